"""Reviews of the person's calls, on a page over the window: read, answer, open the call."""

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from PySide6.QtCore import QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.errors import StoreError
from agent_app.domain.reviews import Score
from agent_app.models.my_reviews import MAX_ANSWER, MyReviews, Received
from agent_app.runtime.weak import weakly
from agent_app.text.moments import brief_moment_text
from agent_app.text.report import score_label
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.layer import Layer

MAX_CARDS = 50
"""So many of the last reviews are listed."""
MAX_NAME = 60
WIDE, LEAST, MOST, ROOM = 720, 240, 620, 16
"""The page's width, its heights, and what is left below the last card (pixels)."""
KEEP_MS = 400
"""How long after a letter an answer that is being typed is kept (milliseconds)."""


class MyReviewsPage(Layer):
    """Shows *reviews* and follows them while it is open. *now* gives UTC."""

    wanted = Signal(str)
    """The person wants to open a followup."""
    refused = Signal(object)
    """The local file did not take an answer: the error."""

    def __init__(
        self, window: QWidget, reviews: MyReviews, now: Callable[[], datetime], zone: tzinfo
    ) -> None:
        super().__init__(window, "", QSize(WIDE, MOST))
        self._reviews, self._now, self._zone = reviews, now, zone
        self.title.setText(self.tr("Reviews of my calls"))
        self.setAccessibleName(self.title.text())
        self._nothing = QLabel(self.tr("No review of your calls yet."))
        self._nothing.setProperty("muted", True)
        self._inside = QWidget()
        self._cards = QVBoxLayout(self._inside)
        self._cards.setContentsMargins(0, 0, 6, 0)
        self._cards.setSpacing(10)
        self.area = QScrollArea()
        self.area.setWidget(self._inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(self.title.text())
        keys = QLabel(self.tr("Return marks a review as read and sends your answer. Esc closes."))
        keys.setProperty("muted", True)
        keys.setWordWrap(True)
        self.rows.addWidget(self.title)
        self.rows.addWidget(self._nothing)
        self.rows.addWidget(self.area, 1)
        self.rows.addWidget(keys)
        self.answers: dict[str, QLineEdit] = {}
        self.read_buttons: dict[str, QPushButton] = {}
        self._shown: list[Received] = []
        self._keep = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep.timeout.connect(weakly(self._keep_typed))
        self._follow = weakly(self._show)
        reviews.changed.connect(self._follow)
        self.closed.connect(weakly(self._end))
        self._show()

    def open(self) -> None:
        """Show it, as high as what it says, with the keyboard in the first answer."""
        around = self.sizeHint().height() - self.area.sizeHint().height()
        width = WIDE - 2 * ROOM
        inside = self._inside.layout()
        assert inside is not None
        high = around + max(inside.totalHeightForWidth(width), self._inside.sizeHint().height())
        self._wanted = QSize(WIDE, max(LEAST, min(high + ROOM, MOST)))
        self.show_over(next(iter(self.answers.values()), self.area))

    def _show(self) -> None:
        found = self._reviews.all()[:MAX_CARDS]
        self._nothing.setVisible(not found)
        if found == self._shown:
            return
        self._keep_typed()
        had = next((one for one, field in self.answers.items() if field.hasFocus()), "")
        has_focus = self.isVisible() and (bool(had) or self._inside.isAncestorOf(_focus(self)))
        self._shown = found
        self.answers.clear()
        self.read_buttons.clear()
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in found:
            self._cards.addWidget(self._card(one))
        self._cards.addStretch(1)
        if has_focus:
            first = next(iter(self.answers.values()), self.area)
            self.answers.get(had, first).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- a card

    def _card(self, one: Received) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        rows = QVBoxLayout(card)
        rows.setContentsMargins(14, 10, 14, 12)
        rows.setSpacing(6)
        rows.addLayout(self._heading(one))
        if one.review.scores:
            rows.addLayout(_scores(one.review.scores))
        if one.review.comment:
            rows.addWidget(_words(one.review.comment))
        if one.is_unread:
            rows.addLayout(self._answer(one))
        elif said := self._said(one):
            rows.addWidget(_words(said, muted=True))
        return card

    def _heading(self, one: Received) -> QHBoxLayout:
        name = one.whose or self.tr("A call")
        link = QPushButton(name[:MAX_NAME].replace("&", "&&"))
        link.setProperty("link", True)
        link.setProperty("inline", True)
        link.setEnabled(bool(one.whose))
        link.setToolTip(self.tr("Open this call"))
        link.clicked.connect(weakly(self._open, one.review.followup_id))
        by = QLabel(
            self.tr("{name} · {moment}").format(
                name=one.reviewer,
                moment=brief_moment_text(one.review.at, self._now(), self._zone, QLocale()),
            )
        )
        by.setTextFormat(Qt.TextFormat.PlainText)
        by.setProperty("muted", True)
        row = QHBoxLayout()
        row.addWidget(link)
        row.addStretch(1)
        row.addWidget(by)
        return row

    def _answer(self, one: Received) -> QHBoxLayout:
        field = QLineEdit(self._reviews.draft(one.review.id))
        field.setMaxLength(MAX_ANSWER)
        field.setPlaceholderText(self.tr("Answer (if you like)"))
        field.setAccessibleName(self.tr("Answer"))
        field.setAccessibleDescription(f"{one.reviewer}: {one.review.comment}")
        field.textEdited.connect(weakly(self._on_typed))
        read = QPushButton(self.tr("Mark as read"))
        read.setAutoDefault(False)
        give = weakly(self._give, one.review.id)
        field.returnPressed.connect(give)
        read.clicked.connect(give)
        self.answers[one.review.id] = field
        self.read_buttons[one.review.id] = read
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(field, 1)
        row.addWidget(read)
        return row

    def _said(self, one: Received) -> str:
        parts = []
        if one.waits:
            parts.append(self.tr("Read; it is said when the team is back."))
        elif one.review.acknowledged_at is not None:
            moment = brief_moment_text(
                one.review.acknowledged_at, self._now(), self._zone, QLocale()
            )
            parts.append(self.tr("Read: {moment}.").format(moment=moment))
        if one.answer:
            parts.append(self.tr("Your answer: “{words}”").format(words=one.answer))
        return " ".join(parts)

    # -- what the person does

    def _open(self, followup_id: str) -> None:
        self.dismiss()
        self.wanted.emit(followup_id)

    def _give(self, review_id: str) -> None:
        try:
            self._reviews.answer(review_id, self.answers[review_id].text())
        except StoreError as error:
            self.refused.emit(error)
            return
        announce(self, self.tr("Marked as read."))

    def _end(self) -> None:
        self._reviews.changed.disconnect(self._follow)
        self._keep_typed()

    def _on_typed(self) -> None:
        self._keep.start()

    def _keep_typed(self) -> None:
        self._keep.stop()
        try:
            for review_id, field in self.answers.items():
                self._reviews.keep_draft(review_id, field.text())
        except StoreError as error:
            self.refused.emit(error)


def _focus(page: QWidget) -> QWidget:
    return page.focusWidget() or page


def _scores(scores: Mapping[str, str]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(0, 1)
    for place, (question, score) in enumerate(scores.items()):
        known = score in list(Score)
        grid.addWidget(_words(question, muted=True), place, 0)
        grid.addWidget(_words(score_label(Score(score)) if known else score), place, 1)
    return grid


def _words(text: str, *, muted: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("muted", muted)
    return label
