"""The editor for each kind of field."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox

from agent_app.domain.fields import Field, Kind, Value
from agent_app.text.labels import value_label
from agent_app.ui.widgets.editor import Editor
from agent_app.ui.widgets.line_editor import DurationEditor, LineEditor
from agent_app.ui.widgets.moment_editor import MomentEditor
from agent_app.ui.widgets.text_editor import TextEditor
from agent_app.ui.widgets.theme import Theme


class _QuietCombo(QComboBox):
    """A drop-down that the mouse wheel scrolls past instead of changing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around."""
        event.ignore()


class ChoiceEditor(Editor):
    """A drop-down of known values; an unknown one is added as it is."""

    def __init__(self, field: Field) -> None:
        self._combo = _QuietCombo()
        super().__init__(self._combo)
        self._field = field
        self._loaded: Value = None
        self._shown: str = ""
        self._combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._combo.setMinimumContentsLength(12)
        self._combo.setMaxVisibleItems(16)
        self._combo.activated.connect(self.typed)
        self._combo.currentIndexChanged.connect(self._on_index)
        self._loading = False

    def load(self, value: Value, *, fresh: bool = True) -> None:
        """Show *value*; the list holds it even if nobody knows it."""
        text = str(value or "")
        choices = list(self._field.choices)
        if not self._field.required or not text:
            choices.insert(0, "")
        if text and text not in choices:
            choices.append(text)
        self._loading = True
        if choices != [self._combo.itemData(place) for place in range(self._combo.count())]:
            self._combo.clear()
            for choice in choices:
                self._combo.addItem(value_label(self._field.name, choice), choice)
        self._combo.setCurrentIndex(self._combo.findData(text))
        self._loaded, self._shown = value, text
        self._loading = False

    def rebase(self, value: Value) -> None:
        """*value* is what the field holds now; what is chosen stays."""
        self._loaded, self._shown = value, str(value or "")

    def show(self, value: Value) -> None:
        """Choose *value*."""
        self._loading = True
        text = str(value or "")
        if self._combo.findData(text) < 0:
            self._combo.addItem(value_label(self._field.name, text), text)
        self._combo.setCurrentIndex(self._combo.findData(text))
        self._loading = False

    def read(self) -> Value:
        """Return the chosen value, None for "None"."""
        chosen = str(self._combo.currentData() or "")
        return self._loaded if chosen == self._shown else chosen or None

    def _on_index(self) -> None:
        # By keyboard and by assistive technology the index changes without `activated`.
        if not self._loading:
            self.typed.emit()


class FlagEditor(Editor):
    """A check box; its text is its label."""

    def __init__(self, label: str) -> None:
        self._box = QCheckBox(label)
        super().__init__(self._box)
        self._loaded: Value = None
        self._shown = False
        self._loading = False
        self._box.toggled.connect(self._on_toggled)

    def load(self, value: Value, *, fresh: bool = True) -> None:
        """Show *value*; nothing said counts as off."""
        self.show(value)
        self.rebase(value)

    def rebase(self, value: Value) -> None:
        """*value* is what the field holds now; what is checked stays."""
        self._loaded, self._shown = value, bool(value)

    def show(self, value: Value) -> None:
        """Check it or not."""
        self._loading = True
        self._box.setChecked(bool(value))
        self._loading = False

    def read(self) -> Value:
        """Return whether it is checked."""
        checked = self._box.isChecked()
        return self._loaded if checked == self._shown else checked

    def _on_toggled(self) -> None:
        if not self._loading:
            self.typed.emit()


def editor_for(
    field: Field, label: str, theme: Theme, zone: tzinfo, now: Callable[[], datetime]
) -> Editor:
    """Return the editor for a field's kind."""
    match field.kind:
        case Kind.CHOICE:
            return ChoiceEditor(field)
        case Kind.MOMENT:
            return MomentEditor(label, theme, zone, now, ahead=field.name != "call_date")
        case Kind.TEXT:
            return TextEditor()
        case Kind.DURATION:
            return DurationEditor()
        case Kind.FLAG:
            return FlagEditor(label)
        case Kind.LINE | Kind.LINK:
            return LineEditor(exact=field.call_detail or field.kind is Kind.LINK)
