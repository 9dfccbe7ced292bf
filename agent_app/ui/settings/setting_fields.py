"""Widgets that edit one setting each: they show a value, and give it back."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QLocale, QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit

from agent_app.domain.part import Part
from agent_app.domain.text import one_line
from agent_app.text.numbers import region_of
from agent_app.ui.widgets.number_box import NumberBox

_TWO_LETTERS = QRegularExpression("[A-Za-z]{2}")
QUESTION_LINES = 9


class ChoiceField(QComboBox):
    """One of some values; *names* are their words."""

    def __init__(self, names: Mapping[str, str], value: str) -> None:
        super().__init__()
        for one, words in names.items():
            self.addItem(words, one)
        self.setCurrentIndex(self.findData(value))

    def setting(self) -> str:
        """Return the chosen value."""
        return str(self.currentData())


class NumberField(NumberBox):
    """A whole number between two; *at_least* are the words for the least one, "" for none."""

    def __init__(
        self, bounds: tuple[int, int], value: int, *, suffix: str = "", at_least: str = ""
    ) -> None:
        super().__init__()
        self.setRange(*bounds)
        self.setSuffix(suffix)
        self.setSpecialValueText(at_least)
        self.setValue(value)

    def put(self, value: int) -> None:
        """Show another number."""
        self.setValue(value)

    def setting(self) -> int:
        """Return the number."""
        return self.value()


class LineField(QLineEdit):
    """A line of text; *read* makes the setting of it."""

    def __init__(
        self,
        value: str,
        *,
        most: int,
        placeholder: str = "",
        read: Callable[[str], str] = one_line,
    ) -> None:
        super().__init__(value)
        self.setMaxLength(most)
        self.setPlaceholderText(placeholder)
        self._read = read

    def setting(self) -> str:
        """Return the text as it is to be kept."""
        return self._read(self.text())


class CountryField(QLineEdit):
    """A country, as two letters (ISO 3166)."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.setValidator(QRegularExpressionValidator(_TWO_LETTERS, self))
        self.setMaximumWidth(self.fontMetrics().horizontalAdvance("M") * 6)
        self.setPlaceholderText(region_of(QLocale()))

    def setting(self) -> str:
        """Return the code, or "" where there is none."""
        return self.text().upper() if self.hasAcceptableInput() else ""


class NameField(QComboBox):
    """A person's name: typed, or chosen from those that are offered."""

    def __init__(self, value: str, *, most: int) -> None:
        super().__init__()
        self._most = most
        line = QLineEdit()
        line.setMaxLength(most)
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setEditText(value)

    def offer(self, names: Sequence[str]) -> None:
        """Offer *names* to choose from; what stands there stays."""
        text = self.currentText()
        self.clear()
        self.addItems([name[: self._most] for name in names])
        self.setEditText(text)

    def setting(self) -> str:
        """Return the name."""
        return self.currentText().strip()


class CheckField(QCheckBox):
    """On or off."""

    def __init__(self, text: str, *, on: bool) -> None:
        super().__init__(text)
        self.setChecked(on)

    def setting(self) -> bool:
        """Return whether it is on."""
        return self.isChecked()


class LinesField(QPlainTextEdit):
    """Several lines of text."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().height() * QUESTION_LINES)

    def put(self, value: str) -> None:
        """Show another text."""
        self.setPlainText(value)

    def text(self) -> str:
        """Return the text."""
        return self.toPlainText().strip()

    def setting(self) -> str:
        """Return the text as it is to be kept."""
        return self.text()


def written_part(text: str) -> str:
    """Return a part of the list as it is kept: "3 of 20", or "" for all of it."""
    return str(Part.read(text) or "")
