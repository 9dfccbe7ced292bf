"""A look at what Qt is about to tell assistive technology.

Qt's hook for that, QAccessible::installUpdateHandler, is not bound by PySide: it is called by its symbol
here. An event is read where Qt 6's ABI has its kind and its object. Where there is no such symbol (it is
sought on Linux alone) nothing is looked at.
"""

import contextlib
import ctypes
import sys
from collections.abc import Callable

_LIBRARY = "libQt6Gui.so.6"
_INSTALL = "_ZN11QAccessible20installUpdateHandlerEPFvP16QAccessibleEventE"
_UPDATE = "_ZN11QAccessible19updateAccessibilityEP16QAccessibleEvent"
_Handler = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class _Event(ctypes.Structure):
    """The head of a QAccessibleEvent."""

    _fields_ = (
        ("table", ctypes.c_void_p),
        ("kind", ctypes.c_int),
        ("object", ctypes.c_void_p),
    )


class AccessibleHook:
    """*lets_through* says of an event whether it is told: it gets its kind (QAccessible.Event) and the
    address of its object, which may be in the middle of its end."""

    def __init__(self, lets_through: Callable[[int, int], bool]) -> None:
        self._lets_through = lets_through
        self._handler = _Handler(self._on_event)
        self._library: ctypes.CDLL | None = None

    @property
    def is_installed(self) -> bool:
        """Whether it looks."""
        return self._library is not None

    def install(self) -> None:
        """Look from now on, where that is possible."""
        if not sys.platform.startswith("linux") or self.is_installed:
            return
        with contextlib.suppress(OSError, AttributeError):
            library = ctypes.CDLL(_LIBRARY)
            for name in (_INSTALL, _UPDATE):
                getattr(library, name).restype = ctypes.c_void_p
                getattr(library, name).argtypes = [ctypes.c_void_p]
            self._library = library
            self._listen(library)

    def remove(self) -> None:
        """Look no more."""
        if self._library is not None:
            getattr(self._library, _INSTALL)(None)
            self._library = None

    def _listen(self, library: ctypes.CDLL) -> None:
        getattr(library, _INSTALL)(ctypes.cast(self._handler, ctypes.c_void_p))

    def _on_event(self, pointer: int) -> None:
        library = self._library
        event = _Event.from_address(pointer)
        if library is None or not self._lets_through(event.kind, event.object or 0):
            return
        getattr(library, _INSTALL)(None)  # or the event would come back here
        getattr(library, _UPDATE)(pointer)
        if self._library is not None:
            self._listen(library)
