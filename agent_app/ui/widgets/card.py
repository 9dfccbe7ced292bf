"""A card in the middle of a page that holds nothing else."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class Card(QFrame):
    """Fills *page* with itself, a little above its middle; `rows` takes what it holds.

    *width* is the least and the most (px); *explained* stands under the title.
    """

    def __init__(
        self, page: QWidget, width: tuple[int, int], title: str, *, explained: str
    ) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setMinimumWidth(width[0])
        self.setMaximumWidth(width[1])
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(28, 24, 28, 24)
        self.rows.setSpacing(8)
        for text, kind in ((title, "title"), (explained, "muted")):
            label = QLabel(text)
            label.setProperty(kind, True)
            label.setWordWrap(kind == "muted")
            self.rows.addWidget(label)
        self.rows.addSpacing(6)
        whole = QVBoxLayout(page)
        whole.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self, 3)
        row.addStretch(1)
        whole.addLayout(row)
        whole.addStretch(3)
