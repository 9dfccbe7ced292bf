"""Writes into an MSI what wixl makes up: its code, and the moment that it was made.

    msi_moment.py MSI CODE EPOCH

They stand in the summary stream, a property set of Windows' compound files. wixl gives each run another
code and the present moment; two builds of one commit are to be the same to the byte.
"""

import re
import struct
import sys
from pathlib import Path

SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
"""FMTID_SummaryInformation, which stands before the properties."""
MAX_SUMMARY = 2_000
TIME = b"\x40\0\0\0"
"""VT_FILETIME, before a moment in tenths of a microsecond since 1601."""
BEFORE_1970_S = 11_644_473_600


def main(file: Path, code: str, epoch: int) -> None:
    """Set both, in place. Fails where the file is not as wixl writes it."""
    data = bytearray(file.read_bytes())
    place = data.find(SUMMARY)
    head = bytes(data[place : place + MAX_SUMMARY])
    codes = list(re.finditer(rb"\{[0-9A-F-]{36}\}", head))
    times = list(re.finditer(re.escape(TIME) + rb"(.{7}\x01)", head, re.DOTALL))
    if place < 0 or len(codes) != 1 or len(times) != 2:
        raise SystemExit(f"{file.name}: {len(codes)} codes and {len(times)} moments, not 1 and 2")
    moment = struct.pack("<Q", (epoch + BEFORE_1970_S) * 10_000_000)
    for found, value in ((codes[0], code.encode()), *((one, TIME + moment) for one in times)):
        data[place + found.start() : place + found.end()] = value
    file.write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
