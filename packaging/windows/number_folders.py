"""Numbers the folders in what wixl-heat writes, from its input to its output: it names them at random."""

import re
import sys

seen: dict[str, str] = {}


def numbered(found: re.Match[str]) -> str:
    """The name of a folder: another for each, the same in each run."""
    return seen.setdefault(found[0], f"dir{len(seen):05}")


sys.stdout.write(re.sub(r"\bdir[0-9A-F]{32}\b", numbered, sys.stdin.read()))
