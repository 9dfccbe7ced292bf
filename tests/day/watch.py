"""Hears of every mistake of the program: errors in its log, exceptions in slots, Qt's warnings."""

import asyncio
import logging
import sys
import traceback
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

HARMLESS = ("propagateSizeHints", "This plugin does not support", "font", "Wayland")
"""Of Qt's warnings: what says something of the screen that there is not."""


class Watch(logging.Handler):
    """Collects from `begin` to `end`."""

    def __init__(self, known: Sequence[str] = ()) -> None:
        """*known*: words of mistakes that are no news."""
        super().__init__(logging.ERROR)
        self._known = known
        self.mistakes: list[str] = []
        self._hooks: Any = None
        self.is_on = False

    def begin(self) -> None:
        self.is_on = True
        logging.getLogger().addHandler(self)
        self._hooks = sys.excepthook, sys.unraisablehook, qInstallMessageHandler(self._on_qt)
        sys.excepthook = self._on_exception
        sys.unraisablehook = lambda said: self._on_exception(
            said.exc_type, said.exc_value, said.exc_traceback
        )
        asyncio.get_running_loop().set_exception_handler(self._on_task)

    def end(self) -> None:
        self.is_on = False
        logging.getLogger().removeHandler(self)
        sys.excepthook, sys.unraisablehook, handler = self._hooks
        if handler is not None:  # a thread of Qt's may be about to tell, and must not call nobody
            qInstallMessageHandler(handler)

    def emit(self, record: logging.LogRecord) -> None:
        """An error in the log."""
        said = f"{record.name}: {record.getMessage()}"
        if record.exc_info and record.exc_info[1] is not None:
            said += f" ({_where(record.exc_info[1])})"
        self._note(said)

    def _note(self, said: str) -> None:
        if not any(words in said for words in self._known):
            self.mistakes.append(said)

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._note(f"an exception nobody caught ({_where(error) if error else kind})")

    def _on_task(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        where = f" ({_where(error)})" if isinstance(error, BaseException) else ""
        self._note(f"the loop says: {context.get('message')}{where}")

    def _on_qt(self, kind: QtMsgType, _context: Any, words: str | None) -> None:
        serious = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        if self.is_on and serious and not any(one in (words or "") for one in HARMLESS):
            self._note(f"Qt: {words}")


def _where(error: BaseException) -> str:
    """The error's name, and the last line of ours that it went through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if "agent_app" in one.filename] or list(frames)
    at = f" at {ours[-1].filename.rpartition('agent_app/')[2]}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}: {error}{at}"
