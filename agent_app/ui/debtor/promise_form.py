"""A promise to pay, as three short fields: how much, until when, in how many instalments."""

from collections.abc import Callable

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from agent_app.domain.promise import MAX_INSTALMENTS, Promise
from agent_app.models.promise_maker import PromiseMaker
from agent_app.text.moments import date_text
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.number_box import NumberBox
from agent_app.ui.widgets.restyle import restyle
from agent_app.ui.widgets.words_label import WordsLabel


class PromiseForm(QWidget):
    """Return in a field, or the button, makes the promise an unsaved change of the followup."""

    made = Signal()
    typed = Signal(str, str)
    """A field's name and what stands in it, as it is typed."""

    def __init__(self, maker: PromiseMaker) -> None:
        super().__init__()
        self._maker = maker
        self.amount, self.day, self.instalments = QLineEdit(), QLineEdit(), NumberBox()
        self.amount.setObjectName("promise_amount")
        self.day.setObjectName("promise_day")
        self.day.setPlaceholderText(self.tr("friday, 5/12, +10d …"))
        self.instalments.setObjectName("promise_instalments")
        self.instalments.setRange(1, MAX_INSTALMENTS)
        self._hint = WordsLabel()
        self._hint.setObjectName("promise_hint")
        self._hint.setProperty("muted", True)
        self.take = QPushButton(self.tr("Fill in"))
        self.take.setObjectName("promise_take")
        self.take.setAutoDefault(True)
        self._currency = QLabel()
        self._lay_out()
        for line in (self.amount, self.day):
            line.textEdited.connect(self._on_typed)
            line.textChanged.connect(self._show)
            line.returnPressed.connect(self._on_take)
        self.instalments.valueChanged.connect(self._on_instalments)
        self.instalments.lineEdit().returnPressed.connect(self._on_take)
        self.take.clicked.connect(self._on_take)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        for column, (text, field) in enumerate(
            (
                (self.tr("Amount"), self.amount),
                (self.tr("By"), self.day),
                (self.tr("Instalments"), self.instalments),
            )
        ):
            label = QLabel(text)
            label.setProperty("fieldlabel", True)
            label.setBuddy(field)
            field.setAccessibleName(text)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
        grid.addWidget(self.take, 1, 3)
        grid.addWidget(self._hint, 2, 0, 1, 4)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)

    def begin(self, typed: Callable[[str], str]) -> None:
        """Begin with the whole debt, or with what was *typed* before into a field of that name."""
        self.amount.setText(typed(self.amount.objectName()) or self._maker.usual_amount)
        self.day.setText(typed(self.day.objectName()))
        times = typed(self.instalments.objectName())
        self.instalments.blockSignals(True)
        self.instalments.setValue(int(times) if times.isdecimal() else 1)
        self.instalments.blockSignals(False)
        self._show()

    def take_focus(self) -> None:
        """Go to what is to be typed first."""
        (self.day if self.amount.text() else self.amount).setFocus()

    def _on_typed(self, text: str) -> None:
        line = self.sender()
        if line is not None:
            self.typed.emit(line.objectName(), text)

    def _on_instalments(self, value: int) -> None:
        self.typed.emit(self.instalments.objectName(), str(value) if value > 1 else "")
        self._show()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields."""
        fields = (self.amount, self.day, self.instalments)
        return tuple(field.objectName() for field in fields)

    @property
    def is_begun(self) -> bool:
        """Whether somebody said by when: without that nothing is promised yet."""
        return bool(self.day.text().strip())

    @property
    def promise(self) -> Promise | None:
        """What is typed, or None while it makes no promise."""
        amount = self._maker.read_amount(self.amount.text())
        day = self._maker.read_day(self.day.text())
        if amount is None or day is None:
            return None
        return Promise(amount, self._maker.currency, day, self.instalments.value())

    @property
    def hint(self) -> str:
        """How what is typed is understood, or what is missing."""
        return self._hint.text()

    def _show(self) -> None:
        amount = self._maker.read_amount(self.amount.text())
        day = self._maker.read_day(self.day.text())
        self.take.setEnabled(self.promise is not None)
        for field, is_wrong in (
            (self.amount, bool(self.amount.text().strip()) and amount is None),
            (self.day, bool(self.day.text().strip()) and day is None),
        ):
            if bool(field.property("wrong")) != is_wrong:
                field.setProperty("wrong", is_wrong)
                restyle(field)
        if amount is None:
            words = self.tr("How much was promised?")
        elif day is not None:
            words = self.tr("By {day}; a call is planned for the day after, to check it.").format(
                day=date_text(day, QLocale())
            )
        elif self.day.text().strip():
            words = self.tr("This is not a day from today on.")
        else:
            words = self.tr("By which day?")
        self._hint.setText(words)

    def _on_take(self) -> None:
        self.finish()

    def finish(self) -> bool:
        """Make the promise; where what is typed makes none, say so and return False."""
        promise = self.promise
        if promise is None:
            announce(self, self.hint)
            (
                self.amount if self._maker.read_amount(self.amount.text()) is None else self.day
            ).setFocus()
            return False
        self._maker.make(promise)
        self.made.emit()
        return True
