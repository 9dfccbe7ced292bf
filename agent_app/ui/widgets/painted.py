"""Waiting until a widget was painted."""

import asyncio
import logging

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

log = logging.getLogger(__name__)


class Painted(QObject):
    """Notices that a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.painted = asyncio.Event()
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look on."""
        if event.type() == QEvent.Type.Paint:
            self.painted.set()
        return False

    def end(self) -> None:
        """Stop looking."""
        self._widget.removeEventFilter(self)


async def until_painted(widget: QWidget, patience_s: float) -> None:
    """Return when *widget* was painted, or after *patience_s* seconds."""
    seen = Painted(widget)
    try:
        async with asyncio.timeout(patience_s):
            await seen.painted.wait()
    except TimeoutError:
        log.info("the window was not painted in %.0f s", patience_s)
    finally:
        seen.end()
