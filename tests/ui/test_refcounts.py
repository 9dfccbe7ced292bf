"""PySide6 6.12.0 on Python 3.11 loses references to None, True and False in ordinary calls, and
the process dies of it. The pin in pyproject.toml keeps it out; this notices if it comes back."""

import sys

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit

ROUNDS = 2_000
SLACK = 200


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None, True and False are immortal from Python 3.12 on"
)
def test_ordinary_calls_leave_the_counts_alone(qapp: QApplication) -> None:
    box, line, combo = QCheckBox(), QLineEdit(), QComboBox()
    combo.addItem("one", None)
    before = [sys.getrefcount(one) for one in (None, True, False)]
    for number in range(ROUNDS):
        on = number % 2 == 0
        box.setChecked(on)
        box.isChecked()
        line.setReadOnly(not on)
        line.setVisible(False)
        line.setProperty("wrong", on)
        line.property("nothing")
        combo.itemData(0)
        combo.setItemData(0, on, Qt.ItemDataRole.UserRole)
        box.parentWidget()
        QSettings.defaultFormat()
    after = [sys.getrefcount(one) for one in (None, True, False)]
    assert [abs(a - b) < SLACK for a, b in zip(after, before, strict=True)] == [True, True, True]
