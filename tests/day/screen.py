"""What an agent sees of one desk, and their hands on its keyboard and mouse.

The one place that knows how the window is built. Nothing here calls what a key would call.
"""

import asyncio
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)

from agent_app.app.desktop import Desktop
from agent_app.text.labels import value_label
from agent_app.ui.widgets.layer import layer_over
from tests.ui import hands

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Key = Qt.Key
DIGITS = tuple(Key(int(Key.Key_1) + n) for n in range(9))

TEXTS = ("summary", "notes")
"""Fields into which words are typed."""
WATCHED = ("status", "summary", "notes")
"""Fields that a colleague edits too."""


class Screen:
    """One desk's window."""

    def __init__(self, desk: Desktop) -> None:
        self.desk = desk

    # -- what is seen

    @property
    def window(self) -> Any:
        return self.desk.window

    @property
    def is_ready(self) -> bool:
        """Whether list and form are there, with the first call if there is one."""
        form = self.desk.form_desk
        return form is not None and form.has_begun and self.window.editor is not None

    @property
    def open_id(self) -> str:
        """The followup that the form shows, "" for none."""
        return self.desk.session.followup_id if self.desk.session is not None else ""

    @property
    def heading(self) -> str:
        """Whom the form is about, as it stands above it."""
        if not self.open_id or self.window.editor is None:
            return ""
        words: str = self.window.editor.debt._title.text()
        return words

    def text(self, name: str) -> str:
        """What stands in a field of the form."""
        widget = self.field(name)
        if isinstance(widget, QComboBox):
            return widget.currentText()
        if isinstance(widget, QPlainTextEdit):
            return widget.toPlainText()
        return widget.text() if isinstance(widget, QLineEdit) else ""

    def field(self, name: str) -> QWidget:
        widget: QWidget = self.window.editor.form.rows[name].editor.focus
        return widget

    def is_wrong(self, name: str) -> bool:
        """Whether something is said to be wrong with a field."""
        return bool(self.window.editor.form.rows[name].problem_shown)

    @property
    def rows(self) -> list[str]:
        """Ids of the rows of the list, from the top."""
        table = self.window.list_panel.view.model()
        found = (table.row_at(place) for place in range(table.rowCount()))
        return [row.id for row in found if row is not None]

    @property
    def selected(self) -> list[str]:
        """Ids of the rows that look chosen."""
        view = self.window.list_panel.view
        places = sorted({index.row() for index in view.selectionModel().selectedIndexes()})
        found = (view.model().row_at(place) for place in places)
        return [row.id for row in found if row is not None]

    @property
    def current(self) -> str:
        """Id of the list's current row, which the arrow keys go on from."""
        view = self.window.list_panel.view
        row = view.model().row_at(view.currentIndex().row())
        return row.id if row is not None else ""

    @property
    def connection(self) -> str:
        """The connection in words, at the window's foot."""
        return self.desk.status.connection_words()

    @property
    def waiting(self) -> int:
        """How many changes have not left, as the window's foot says."""
        return self.desk.status.state.waiting

    @property
    def undecided(self) -> list[str]:
        """Fields in conflict that are still to be decided."""
        return [one.name for one in self.desk.session.field_conflicts] if self.desk.session else []

    @property
    def dialog(self) -> QWidget | None:
        """A dialog or a popup that holds the keyboard."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget()

    @property
    def place(self) -> str:
        """Where the next key goes, in a word or two."""
        widget = QApplication.focusWidget()
        if widget is None:
            return "nowhere"
        if self.dialog is not None:
            return "dialog"
        if widget is self.window.search_field:
            return "search"
        view = self.window.list_panel.view
        if widget is view or view.isAncestorOf(widget):
            return "list"
        if self.window.editor is not None:
            for name, row in self.window.editor.form.rows.items():
                if row.editor.focus is widget:
                    return f"field {name}"
        kind = "combo" if isinstance(widget, QComboBox) else "widget"
        return f"{kind} {widget.objectName() or type(widget).__name__}"

    @property
    def is_harmless(self) -> bool:
        """Whether a letter that is typed now goes into no text."""
        inputs = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
        return not isinstance(QApplication.focusWidget(), inputs)

    @property
    def typing_in(self) -> str:
        """The text of the form that the keyboard is in, or ""."""
        kind, _, name = self.place.partition(" ")
        return name if kind == "field" and name in TEXTS else ""

    # -- the hands

    async def take(self) -> None:
        """Turn to this desk's window, as a window manager does when a dialog is gone."""
        for _ in range(200):
            if self.dialog is not None or (
                self.window.isActiveWindow() and QApplication.focusWidget() is not None
            ):
                return
            self.window.activateWindow()
            await asyncio.sleep(0.005)

    async def into_dialog(self) -> None:
        """Wait until the dialog that was asked for has the keyboard."""
        for _ in range(200):
            focused, dialog = QApplication.focusWidget(), self.dialog
            if dialog is not None and focused is not None and dialog.isAncestorOf(focused):
                return
            if dialog is not None:
                dialog.activateWindow()
            await asyncio.sleep(0.005)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key wherever the keyboard is."""
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.dialog
        handle = (target or self.window).window().windowHandle()
        # A digit with Alt comes by the window, as a real key does. QTest would turn the loop there.
        digit = chr(key) if Key.Key_0 <= key <= Key.Key_9 else ""
        taken = bool(digit and modifiers & ALT and handle is not None) and hands.key(
            handle, key, digit, modifiers
        )
        if not taken:
            QTest.keyClick(target or self.window, key, modifiers)

    def give_reason(self) -> None:
        """Where a rule speaks against a call: say why it is made all the same."""
        editor = self.window.editor
        if editor is not None and editor.reason.line.hasFocus():
            QTest.keyClicks(editor.reason.line, "asked for it")
            QTest.keyClick(editor.reason.line, Qt.Key.Key_Return)

    def letter(self, letter: str) -> None:
        """Type one letter wherever the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, letter)

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def click_row(self, place: int) -> None:
        view = self.window.list_panel.view
        index = view.model().index(place, 0)
        view.scrollTo(index)
        at: QPoint = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, PLAIN, at)

    async def escape(self) -> None:
        """Close what lies over the window."""
        if (layer := layer_over(self.window)) is not None:
            QTest.keyClick(QApplication.focusWidget() or layer, Qt.Key.Key_Escape)
        for _ in range(3):
            dialog = self.dialog
            if dialog is None:
                break
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            await asyncio.sleep(0.02)
        await self.take()

    def palette_line(self) -> str:
        """What Return would take in the palette, as it is read out."""
        found = [one for one in self._lists("palette_list") if one.isVisible()]
        item = found[0].currentItem() if found else None
        said = item.data(Qt.ItemDataRole.AccessibleTextRole) if item is not None else ""
        return str(said or (item.text() if item is not None else ""))

    def _lists(self, name: str) -> list[QListWidget]:
        found: list[QListWidget] = self.window.findChildren(QListWidget, name)
        return found


def label(name: str, value: Any) -> str:
    """A field's value as the form shows it."""
    return value_label(name, value) if name == "status" else str(value or "")
