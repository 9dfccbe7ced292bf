"""Keeps the form's news from screen readers while the keyboard is elsewhere.

Another row changes some 80 things in the form: labels, fields, choices. Orca reads what has the focus
alone, and drops some of what comes so quickly, at times the row itself. So what changes where nobody is
waits, and is told when the keyboard comes: once for each thing, as it is then.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleStateChangeEvent,
    QAccessibleTableModelChangeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getCppPointer, isValid

if TYPE_CHECKING:
    from agent_app.runtime.accessible_hook import AccessibleHook

Kind = QAccessible.Event
SAID = frozenset({Kind.Announcement.value, Kind.Alert.value, Kind.Focus.value})
"""Told wherever they are."""


class QuietPart(QObject):
    """Serves *part* of a window, until `close`."""

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self._part = part
        self._hook: AccessibleHook | None = None
        self._of_part: dict[int, QWidget] = {}
        self._told: dict[int, tuple[bool, bool]] = {}
        """By widget whether it was enabled and shown when that was told last."""
        self._news: dict[int, set[int]] = {}
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        app.focusChanged.connect(self._on_focus)

    def close(self) -> None:
        """Keep nothing back any more."""
        self._app.focusChanged.disconnect(self._on_focus)
        if self._hook is not None:
            self._hook.remove()
        for one in (self._news, self._of_part, self._told):
            one.clear()

    def look(self) -> None:
        """Much is about to change: know the widgets that are there now. Costs nothing unless a screen
        reader is there."""
        if not QAccessible.isActive():
            return
        if self._hook is None:
            # ctypes; only where a screen reader is there
            from agent_app.runtime.accessible_hook import AccessibleHook

            self._hook = AccessibleHook(self._lets_through)
        self._hook.install()
        inside = [self._part, *self._part.findChildren(QWidget)]
        self._of_part = {getCppPointer(one)[0]: one for one in inside}
        told = {address: _state(one) for address, one in self._of_part.items()}
        self._told = told | {
            address: self._told[address] for address in self._news.keys() & self._told
        }

    def _is_read(self, focus: QWidget | None) -> bool:
        return focus is not None and (focus is self._part or self._part.isAncestorOf(focus))

    def _lets_through(self, kind: int, address: int) -> bool:
        if address not in self._of_part or kind in SAID:
            return True
        if self._is_read(QApplication.focusWidget()):
            return True
        self._news.setdefault(address, set()).add(kind)
        return False

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._part) or not self._is_read(now):
            return
        news, self._news = self._news, {}
        for address, kinds in news.items():
            widget = self._of_part.get(address)
            if widget is not None and isValid(widget):
                was = self._told.get(address, _state(widget))
                for event in _events(widget, kinds, was):
                    QAccessible.updateAccessibility(event)


def _state(widget: QWidget) -> tuple[bool, bool]:
    return widget.isEnabled(), widget.isVisible()


def _events(widget: QWidget, kinds: set[int], was: tuple[bool, bool]) -> list[QAccessibleEvent]:
    """Return what is told of a widget, as it is now, where it had news of these kinds. The text of a field is
    read when it is read: who reads keeps no copy of it."""
    plain = (Kind.NameChanged, Kind.DescriptionChanged, Kind.ValueChanged)
    events = [QAccessibleEvent(widget, kind) for kind in plain if kind.value in kinds]
    enabled, shown = _state(widget)
    if shown != was[1]:
        events.append(QAccessibleEvent(widget, Kind.ObjectShow if shown else Kind.ObjectHide))
    if enabled != was[0]:
        changed = QAccessible.State()
        changed.disabled = True
        events.append(QAccessibleStateChangeEvent(widget, changed))
    if Kind.TableModelChanged.value in kinds:
        reset = QAccessibleTableModelChangeEvent.ModelChangeType.ModelReset
        events.append(QAccessibleTableModelChangeEvent(widget, reset))
    return events
