"""`/name` in a text becomes the team's template of that name; Tab goes through its blanks."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from agent_app.domain.templates import Template, blanks_in, filled, matching, typed_name
from agent_app.runtime.weak import weakly
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.blanks import select_blank

MAX_LINES = 8
PREVIEW = 60


class Snippets(QObject):
    """Serves text fields. *templates* and *facts* are asked when they are needed."""

    def __init__(
        self,
        templates: Callable[[], Sequence[Template]],
        facts: Callable[[], Mapping[str, str]],
    ) -> None:
        super().__init__()
        self._templates, self._facts = templates, facts
        self._field: QLineEdit | QPlainTextEdit | None = None
        self._list: QListWidget | None = None
        self._blanks: dict[QObject, Callable[[], Sequence[str]]] = {}

    def serve(self, field: QWidget, blanks: Callable[[], Sequence[str]] = tuple) -> None:
        """Let templates be inserted into a field. *blanks* gives what is to be filled in there."""
        assert isinstance(field, (QLineEdit, QPlainTextEdit))
        self._blanks[field] = blanks
        field.installEventFilter(self)
        field.textChanged.connect(weakly(self._look, field))

    def insert(self, field: QWidget, template: Template) -> None:
        """Put a template in where the cursor is (from the palette)."""
        assert isinstance(field, (QLineEdit, QPlainTextEdit))
        self._put(field, template, 0)

    @property
    def shown(self) -> list[str]:
        """The names that are offered."""
        if self._list is None or self._list.isHidden():
            return []
        return [
            self._list.item(n).data(Qt.ItemDataRole.UserRole) for n in range(self._list.count())
        ]

    # -- while somebody types

    def _look(self, field: QLineEdit | QPlainTextEdit) -> None:
        if not field.hasFocus() or field.isReadOnly():
            return
        name = typed_name(_before(field))
        found = matching(self._templates(), name)[:MAX_LINES] if name is not None else []
        if not found:
            self._hide()
            return
        self._field = field
        self._show(field, found)

    def _show(self, field: QLineEdit | QPlainTextEdit, found: list[Template]) -> None:
        window = field.window()
        if self._list is None or self._list.parent() is not window:
            self._list = QListWidget(window)
            self._list.setObjectName("snippets")
            self._list.setAccessibleName(self.tr("Templates"))
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.itemClicked.connect(weakly(self._take))
        new = self._list.isHidden()
        self._list.clear()
        for template in found:
            preview = " ".join(template.text.split())[:PREVIEW]
            item = QListWidgetItem(f"/{template.name}   {preview}")
            item.setData(Qt.ItemDataRole.UserRole, template.name)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        inside = field.viewport() if isinstance(field, QPlainTextEdit) else field
        place = inside.mapTo(window, field.cursorRect().bottomLeft() + QPoint(0, 6))
        height = self._list.sizeHintForRow(0) * len(found) + 2 * self._list.frameWidth() + 4
        width = min(max(320, self._list.sizeHintForColumn(0) + 24), window.width() - 20)
        if place.y() + height > window.height():
            place.setY(place.y() - height - field.fontMetrics().height() - 12)
        place.setX(max(6, min(place.x(), window.width() - width - 10)))
        self._list.setGeometry(place.x(), place.y(), width, height)
        self._list.show()
        self._list.raise_()
        if new:
            announce(field, self.tr("%n template(s): arrow keys and Return", "", len(found)))

    def _hide(self) -> None:
        if self._list is not None:
            self._list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return the keys of the list, while it is there; Tab, while there are blanks."""
        if watched is not self._field or self._list is None or self._list.isHidden():
            return self._tab(watched, event)
        if event.type() == QEvent.Type.FocusOut:
            self._hide()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _tab(self, field: QObject, event: QEvent) -> bool:
        """Tab and Shift+Tab go to the next and to the last blank; where there is none, on."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) or field not in self._blanks:
            return False
        assert isinstance(field, QWidget)
        backward = event.key() == Qt.Key.Key_Backtab
        blanks = self._blanks[field]()
        return bool(blanks) and select_blank(field, blanks, backward=backward)

    def _key(self, event: QKeyEvent) -> bool:
        assert self._list is not None
        if event.modifiers() not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            return False
        row, last = self._list.currentRow(), self._list.count() - 1
        match event.key():
            case Qt.Key.Key_Down:
                self._list.setCurrentRow(0 if row == last else row + 1)
            case Qt.Key.Key_Up:
                self._list.setCurrentRow(last if row == 0 else row - 1)
            case Qt.Key.Key_Escape:
                self._hide()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab:
                self._take()
            case Qt.Key.Key_Space:
                return self._take_exact()
            case _:
                return False
        return True

    def _take_exact(self) -> bool:
        """A space after a whole name takes it; elsewhere it is a space."""
        if self._field is None:
            return False
        name = typed_name(_before(self._field))
        if not name or not any(t.name == name for t in self._templates()):
            return False
        self._take(name)
        return True

    def _take(self, name: str = "") -> None:
        if self._field is None or self._list is None:
            return
        item = self._list.currentItem()
        name = name or (str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else "")
        template = next((t for t in self._templates() if t.name == name), None)
        typed = typed_name(_before(self._field))
        self._hide()
        if template is not None and typed is not None:
            self._put(self._field, template, len(typed) + 1)

    def _put(self, field: QLineEdit | QPlainTextEdit, template: Template, instead_of: int) -> None:
        """Put the text in the place of the last *instead_of* characters; it can be undone."""
        text = filled(template, self._facts())
        if isinstance(field, QLineEdit):
            line = " ".join(text.split())
            begin = field.cursorPosition() - instead_of
            field.setSelection(begin, instead_of)
            field.insert(line)
            if blanks := blanks_in(line):
                field.setCursorPosition(begin)
                select_blank(field, blanks)
            return
        cursor = field.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, instead_of
        )
        begin = cursor.selectionStart()
        cursor.insertText(text)
        if blanks := blanks_in(text):
            cursor.setPosition(begin)
            field.setTextCursor(cursor)
            select_blank(field, blanks)
        else:
            field.setTextCursor(cursor)


def _before(field: QLineEdit | QPlainTextEdit) -> str:
    """Return what stands in the line before the cursor."""
    if isinstance(field, QLineEdit):
        return field.text()[: field.cursorPosition()]
    cursor = field.textCursor()
    return cursor.block().text()[: cursor.positionInBlock()]
