"""The only room that knows HTTP: requests out, plain values and a few errors in."""

import sys

# httpx does without its command line where that cannot be imported: with all that this imports where
# it is installed, 20 to 50 ms and 6 MiB.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
