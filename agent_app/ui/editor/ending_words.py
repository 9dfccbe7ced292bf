"""Says in words what a telephone system wrote as a code: why a call ended."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from agent_app.models.edit_session import EditSession
from agent_app.text.endings import ending_label


class EndingWords(QLabel):
    """Follows the open followup; hidden where its reason is in words already. Stands below that field."""

    def __init__(self, session: EditSession) -> None:
        super().__init__()
        self._session = session
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("muted", True)
        self.setWordWrap(True)
        self.setObjectName("ending_words")
        for signal in (session.opened, session.base_moved, session.edited):
            signal.connect(self._show)
        self._show()

    def _show(self, *_what: object) -> None:
        reason = str(self._session.value("disconnection_reason") or "")
        words = ending_label(reason)
        self.setText(words)
        self.setVisible(words != reason)
