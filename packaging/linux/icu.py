"""Cuts ICU's data, of which Qt's wheel brings all, to what Qt asks for: icu.py BUNDLE

Kept are the orders of letters in all languages (the file dialog sorts by them) and the time zones' names
as the system tells them (`QTimeZone.systemTimeZoneId`). Not kept are converters of old encodings, names
of currencies, units, regions and languages, transliteration, spelt-out numbers and breaks of words: Qt
has its own, or no call that leads there. The data is a library of one symbol, so it is linked again.
"""

import re
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

KEPT = re.compile(
    r"coll/.*|(root|pool|res_index|icuver|icustd|supplementalData|likelySubtags|metadata|keyTypeData"
    r"|numberingSystems|zoneinfo64|timezoneTypes|metaZones|windowsZones|plurals)\.res|cnvalias\.icu"
)
PAIR = struct.Struct("<II")
COUNT = struct.Struct("<I")
ALIGNED = 16


def main(bundle: Path) -> None:
    """Replace the one library of ICU's data in BUNDLE."""
    (library,) = (file for file in bundle.rglob("libicudata.so.*") if not file.is_symlink())
    before = library.stat().st_size
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        run("objcopy", "-O", "binary", "--only-section=.rodata", str(library), "whole", at=place)
        (place / "icu").write_bytes(cut((place / "whole").read_bytes()))
        link(library, place)
    print(f"ICU's data: {library.stat().st_size / 1e6:.1f} of {before / 1e6:.1f} MB")


def cut(data: bytes) -> bytes:
    """The package of ICU's data *data* (its common format: a head, a table of contents sorted by name,
    the items) with the items in it that are kept."""
    start = int.from_bytes(data[:2], "little")
    (count,) = COUNT.unpack_from(data, start)
    table = [PAIR.unpack_from(data, start + COUNT.size + n * PAIR.size) for n in range(count)]
    ends = [offset for _name, offset in table[1:]] + [len(data) - start]
    items = []
    for (name_at, begin), end in zip(table, ends, strict=True):
        name = data[start + name_at : data.index(b"\0", start + name_at) + 1]
        if KEPT.fullmatch(name[:-1].decode("ascii").partition("/")[2]):
            items.append((name, data[start + begin : start + end]))
    if not items:
        raise SystemExit("ICU's data is not as it was: nothing of it would be kept")

    names_at = COUNT.size + len(items) * PAIR.size
    names = b"".join(name for name, _item in items)
    toc, contents = COUNT.pack(len(items)), b""
    first = names_at + len(names)
    first += -first % ALIGNED
    for name, item in items:
        toc += PAIR.pack(names_at, first + len(contents))
        names_at += len(name)
        contents += item + bytes(-len(item) % ALIGNED)
    head = toc + names
    return data[:start] + head + bytes(first - len(head)) + contents


def link(library: Path, place: Path) -> None:
    """Make *library* anew from the file `icu` in *place*, under its own name and symbol."""
    (major,) = re.findall(r"\.so\.(\d+)", library.name)
    run("ld", "-r", "-b", "binary", "-o", "icu.o", "icu", at=place)
    run(
        "objcopy", "--rename-section", ".data=.rodata,alloc,load,readonly,data,contents",
        f"--set-section-alignment=.data={ALIGNED}", f"--redefine-sym=_binary_icu_start=icudt{major}_dat",
        "--strip-symbol=_binary_icu_end", "--strip-symbol=_binary_icu_size", "icu.o", at=place,
    )  # fmt: skip
    run(
        "ld", "-shared", "-z", "noexecstack", "-soname", f"libicudata.so.{major}",
        "-o", str(library), "icu.o", at=place,
    )  # fmt: skip


def run(*words: str, at: Path) -> None:
    """Run a program. Raises CalledProcessError where it fails."""
    subprocess.run(words, cwd=at, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
