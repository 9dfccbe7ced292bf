"""Whether there is a display; without one Qt ends the process with a signal."""

import os
import re
import socket
import sys
from collections.abc import Mapping

from agent_app.domain.errors import BadSetting


def need_display(environment: Mapping[str, str] = os.environ) -> None:
    """Raises BadSetting where a window cannot be opened, as far as that can be told cheaply."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return
    if environment.get("WAYLAND_DISPLAY"):
        return
    display = environment.get("DISPLAY", "")
    if not display:
        raise BadSetting("there is no display to open a window on (try: agent-app selftest)")
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if local and not _answers(local[1]):
        raise BadSetting(f"the display {display} does not answer (DISPLAY names it)")


def _answers(number: str) -> bool:
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108  (where X servers listen)
    for address in ("\0" + path, path):
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            try:
                probe.connect(address)
            except OSError:
                continue
            return True
    return False
