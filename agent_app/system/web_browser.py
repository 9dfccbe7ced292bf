"""Opening an address in the person's own browser, and noticing that none opens."""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

log = logging.getLogger(__name__)


class OpenedBrowser:
    """A browser that was asked to open an address."""

    def __init__(self, *, opened: bool, process: "subprocess.Popen[bytes] | None" = None) -> None:
        """*process* is the opener, where it is one of ours: its exit status says more."""
        self._opened, self._process = opened, process

    @property
    def has_failed(self) -> bool:
        """Whether no browser opened, as far as is known by now."""
        if self._process is None:
            return not self._opened
        return self._process.poll() not in (None, 0)


def open_in_browser(address: str) -> OpenedBrowser:
    """Open an address in the person's own browser.

    Qt does not tell the exit status of `xdg-open`, so on X11 it is run here. On Wayland Qt hands it
    the token without which no browser comes to the front.
    """
    opener = shutil.which("xdg-open") if sys.platform.startswith("linux") else None
    if opener is None or QGuiApplication.platformName().startswith("wayland"):
        return OpenedBrowser(opened=bool(QDesktopServices.openUrl(QUrl(address))))
    try:
        process = subprocess.Popen(
            [opener, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # it may stay as the browser, and outlives the desk
            env=for_children(),
        )
    except OSError as error:
        log.warning("no browser could be opened: %s", error.strerror)
        return OpenedBrowser(opened=False)
    return OpenedBrowser(opened=True, process=process)


def for_children(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment for a program that is not ours: with the system's own libraries, which a bundle
    puts its own before. (Its secrets are gone since the start: config/environment.py.)"""
    kept = dict(environment)
    if getattr(sys, "frozen", False):
        before = kept.pop("LD_LIBRARY_PATH_ORIG", "")
        kept.pop("LD_LIBRARY_PATH", None)
        if before:
            kept["LD_LIBRARY_PATH"] = before
    return kept
