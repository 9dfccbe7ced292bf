"""What the server alone writes: processed, payment triggered, e-mail opened, letter."""

from datetime import tzinfo

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QLabel

from agent_app.models.edit_session import EditSession
from agent_app.text.moments import moment_text


class Facts(QLabel):
    """Follows an `EditSession`; hidden where there is nothing to say."""

    def __init__(self, session: EditSession, zone: tzinfo) -> None:
        super().__init__()
        self._session, self._zone = session, zone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("muted", True)
        self.setWordWrap(True)
        self.setContentsMargins(14, 0, 14, 4)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setObjectName("facts")
        session.opened.connect(self._show)
        session.progressed.connect(self._show)
        self._show()

    def _show(self) -> None:
        parts = self._parts()
        self.setText("  ·  ".join(parts))
        self.setVisible(bool(parts))

    def _parts(self) -> list[str]:
        followup = self._session.followup
        if followup is None:
            return []
        parts: list[str] = []
        locale = QLocale()
        if followup.processed_at is not None:
            at = moment_text(followup.processed_at, self._zone, locale)
            parts.append(self.tr("Processed {moment}").format(moment=at))
        if followup.triggered_payment:
            parts.append(self.tr("Payment triggered"))
        if followup.email_opened:
            count = followup.email_open_count or 1
            said = self.tr("E-mail opened %n time(s)", "", count)
            if followup.email_first_opened_at is not None:
                at = moment_text(followup.email_first_opened_at, self._zone, locale)
                said = self.tr("{said}, first {moment}").format(said=said, moment=at)
            parts.append(said)
        if followup.email_clicked:
            parts.append(self.tr("link clicked %n time(s)", "", followup.email_click_count or 1))
        return parts
