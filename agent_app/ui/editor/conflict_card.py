"""Room: ui. One field that two people changed: was, theirs, mine, and a key for each."""

import difflib
import html
import re
from datetime import tzinfo

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from agent_app.domain.fields import FIELD_BY_NAME, Kind
from agent_app.models.conflicts import Torn
from agent_app.models.edit_session import EditSession
from agent_app.models.words import field_label, value_words
from agent_app.ui.theme import Theme


class ConflictCard(QFrame):
    """One field in conflict."""

    def __init__(self, torn: Torn, session: EditSession, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self.setObjectName("Torn")
        self._torn, self._session = torn, session
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        locale = QLocale()
        label = field_label(torn.name)
        was, theirs, mine = (
            value_words(torn.name, value, zone, locale)
            for value in (torn.was, torn.theirs, torn.mine)
        )
        self.setAccessibleName(
            self.tr("{field}: it was {was}, theirs is {theirs}, mine is {mine}").format(
                field=label, was=was, theirs=theirs, mine=mine
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        title = QLabel(label)
        title.setProperty("fieldlabel", True)
        title.setProperty("changed", True)
        layout.addWidget(title)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        is_text = FIELD_BY_NAME[torn.name].kind in (Kind.TEXT, Kind.LINE)
        rows = (
            (self.tr("Was"), html.escape(was)),
            (
                self.tr("Theirs"),
                _difference(was, theirs, theme) if is_text else html.escape(theirs),
            ),
            (self.tr("Mine"), _difference(was, mine, theme) if is_text else html.escape(mine)),
        )
        for line, (name, text) in enumerate(rows):
            head = QLabel(name)
            head.setProperty("muted", True)
            body = QLabel(text.replace("\n", "<br>"))
            body.setTextFormat(Qt.TextFormat.RichText)  # ours: what people wrote is escaped
            body.setWordWrap(True)
            body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(head, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(body, line, 1)
        layout.addLayout(grid)
        buttons = QHBoxLayout()
        for text, act in (
            (self.tr("Keep mine (M)"), self._mine),
            (self.tr("Take theirs (T)"), self._theirs),
            (self.tr("What it was (W)"), self._was),
        ):
            button = QPushButton(text)
            button.setAccessibleName(f"{text}: {label}")
            button.clicked.connect(act)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout.addLayout(buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key each, the same in every language."""
        act = {
            Qt.Key.Key_M: self._mine,
            Qt.Key.Key_T: self._theirs,
            Qt.Key.Key_W: self._was,
        }.get(Qt.Key(event.key()))
        if act is not None and not event.modifiers():
            act()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the focus is."""
        super().focusInEvent(event)
        self.style().polish(self)

    def _mine(self) -> None:
        self._session.keep_mine(self._torn.name)

    def _theirs(self) -> None:
        self._session.take_theirs(self._torn.name)

    def _was(self) -> None:
        self._session.take_was(self._torn.name)


def _difference(was: str, now: str, theme: Theme) -> str:
    """*now* as HTML, with what was taken out struck through and what was put in marked."""
    old, new = re.findall(r"\s+|\w+|[^\w\s]", was), re.findall(r"\s+|\w+|[^\w\s]", now)
    if len(old) + len(new) > 4_000:
        return html.escape(now)
    parts: list[str] = []
    colours = theme.colours
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = html.escape("".join(old[a:b])), html.escape("".join(new[c:d]))
        if what == "equal":
            parts.append(come)
            continue
        if gone.strip():
            parts.append(f'<s style="color:{colours.error}">{gone}</s>')
        if come:
            style = f"color:{colours.good};background:{colours.good_ground}"
            parts.append(f'<b style="{style}">{come}</b>')
    return "".join(parts)
