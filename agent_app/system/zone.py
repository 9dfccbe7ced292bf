"""The zone that the person's computer is set to."""

import os
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LINK = Path("/etc/localtime")
"""Where systems other than Windows say their zone, usually a link into the database (localtime(5))."""


def local_zone(link: Path = LINK) -> tzinfo:
    """Return the system's zone with its summer-time rules; UTC where the system names none we know."""
    try:
        return ZoneInfo(_linked(link) or _from_qt())
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _linked(link: Path) -> str:
    """Return the zone that *link* leads to; nothing where it says none, or where TZ says another.

    Qt would say it too, and take 7 to 10 ms of a start for it.
    """
    if "TZ" in os.environ:
        return ""
    return str(link.resolve()).partition("/zoneinfo/")[2]


def _from_qt() -> str:
    from PySide6.QtCore import QTimeZone  # only where there is no such link

    return bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
