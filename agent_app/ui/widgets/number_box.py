"""A field for a number, with as much room at its left as a field for text has."""

from PySide6.QtWidgets import QSpinBox

ROOM = 7
"""Left of the number (pixels): a style sheet does not reach the line inside."""


class NumberBox(QSpinBox):
    """A spin box whose number does not stick to its edge."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(ROOM, 0, 0, 0)
