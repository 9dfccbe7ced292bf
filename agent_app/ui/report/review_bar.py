"""A supervisor's review of the open followup: the team's questions, a comment, a mark."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from agent_app.domain.reviews import MAX_COMMENT, Review, Score
from agent_app.text.report import score_label


class ReviewBar(QFrame):
    """Shown while a supervisor walks through followups (J and K)."""

    marked = Signal(str, dict)
    """The comment and the scores by question."""

    def __init__(
        self, questions: Callable[[], Sequence[str]], told: Callable[[Review | None], str]
    ) -> None:
        """*told* says in words by whom and when a review was made, and where it is or will go."""
        super().__init__()
        self.setProperty("card", True)
        self._questions, self._told = questions, told
        self._boxes: dict[str, QComboBox] = {}
        self._said = QLabel()
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._said.setProperty("muted", True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        label = QLabel(self.tr("Comment"))
        self.comment = QLineEdit()
        self.comment.setMaxLength(MAX_COMMENT)
        self.comment.setObjectName("review_comment")
        self.comment.setAccessibleName(label.text())
        label.setBuddy(self.comment)
        self.mark = QPushButton(self.tr("Mark as reviewed (Ctrl+M)"))
        self.mark.setObjectName("mark_reviewed")
        self.mark.setAutoDefault(False)
        self.mark.clicked.connect(self.give)
        self.comment.returnPressed.connect(self.give)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(6)
        layout.addWidget(self._said)
        layout.addLayout(self._grid)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.comment, 1)
        row.addWidget(self.mark)
        layout.addLayout(row)

    def show_review(self, review: Review | None) -> None:
        """Show what was found before, or an empty scorecard."""
        self._make_boxes()
        self.tell(review)
        self.comment.setText(review.comment if review is not None else "")
        self.comment.setCursorPosition(0)
        for question, box in self._boxes.items():
            score = review.scores.get(question) if review is not None else None
            box.setCurrentIndex(0 if score is None else 1 + list(Score).index(score))

    def tell(self, review: Review | None) -> None:
        """Say where the review is; what is typed stays."""
        self._said.setText(self._told(review))

    def _make_boxes(self) -> None:
        questions = list(self._questions())
        if list(self._boxes) == questions:
            return
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._boxes = {}
        for line, question in enumerate(questions):
            label = QLabel(question)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            box = QComboBox()
            box.addItem("–", None)
            for score in Score:
                box.addItem(score_label(score), score)
            label.setBuddy(box)
            self._grid.addWidget(label, line, 0)
            self._grid.addWidget(box, line, 1)
            self._boxes[question] = box

    def give(self) -> None:
        """Mark the open followup as reviewed."""
        scores = {
            question: Score(box.currentData())
            for question, box in self._boxes.items()
            if box.currentData() is not None
        }
        self.marked.emit(self.comment.text().strip(), scores)
