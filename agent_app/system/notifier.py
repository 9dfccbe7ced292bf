"""The system's own notifications, with buttons where the system has them.

desktop-notifier speaks to each system's service (D-Bus, Windows, macOS). Where there is none, the
strip in the window is all there is; that is no trouble to report.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)

SHOWN_S = 60


_HARMLESS = str.maketrans({"<": "‹", ">": "›", "&": "＆"})
"""Some services read markup in a notification's text, others show it: letters that look the same are
right for both."""


class Notifier(QObject):
    """Shows one notification at a time: a newer one takes the older one's place."""

    opened = Signal()
    snoozed = Signal()

    def __init__(self, icon: Path, name: str) -> None:
        super().__init__()
        self._icon, self._name = icon, name
        self._service: Any = None
        self._shown: str | None = None
        self._taken = False
        self._none_here = False

    async def show(self, title: str, text: str, open_words: str, snooze_words: str) -> bool:
        """Show a notification; says whether the system took it."""
        if self._none_here:
            return False
        self._taken = False
        try:
            from desktop_notifier import Button, DesktopNotifier, Icon  # at the first notification

            if self._service is None:
                logging.getLogger("desktop_notifier").setLevel(logging.ERROR)
                self._service = DesktopNotifier(self._name, Icon(path=self._icon))
            await self.withdraw()
            self._shown = await self._service.send(
                title.translate(_HARMLESS),
                text.translate(_HARMLESS),
                buttons=[
                    Button(open_words, on_pressed=self._emitter(self.opened)),
                    Button(snooze_words, on_pressed=self._emitter(self.snoozed)),
                ],
                on_clicked=self._emitter(self.opened),
                on_dispatched=self._on_taken,
                timeout=SHOWN_S,
            )
        except Exception as error:
            # No service, no bus, a bus that does not answer: each back end has errors of its own.
            log.info("no notification: %s", type(error).__name__)
        if not self._taken:
            self._none_here = True  # it will not come while the program runs
            await self.close()
        return self._taken

    def _on_taken(self) -> None:
        self._taken = True

    async def withdraw(self) -> None:
        """Take the notification away: it was dealt with in the window."""
        shown, self._shown = self._shown, None
        if shown and self._service is not None:
            try:
                await self._service.clear(shown)
            except Exception as error:
                log.info("a notification stays: %s", type(error).__name__)

    async def close(self) -> None:
        """Let go of the system's service."""
        service, self._service, self._shown = self._service, None, None
        bus = getattr(getattr(service, "_backend", None), "bus", None)
        if bus is not None:
            # The library keeps its connection for good; the end of the program is our matter.
            bus.disconnect()
            await bus.wait_for_disconnect()

    def _emitter(self, signal: Any) -> Callable[[], None]:
        return lambda: signal.emit()
