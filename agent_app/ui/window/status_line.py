"""The line at the window's foot: the connection, how fresh the list is, what waits, and
whose server it is."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStatusBar, QWidget

from agent_app.domain.sync_state import Connection
from agent_app.models.sync_status import SyncStatus
from agent_app.models.team_status import TeamStatus
from agent_app.ui.widgets.theme import Theme

MAX_NAME = 60


class StatusLine(QStatusBar):
    """Follows a `SyncStatus` when told to `show_status`, and a `TeamStatus` by itself."""

    unsent_wanted = Signal()
    """The person wants to see what is not sent."""
    reviews_wanted = Signal()
    """The person wants to read what supervisors said of their calls."""

    def __init__(self, theme: Theme, status: SyncStatus, team: TeamStatus) -> None:
        super().__init__()
        self._theme, self._status, self._team_status = theme, status, team
        self.setSizeGripEnabled(False)
        self._picture, self._connection, self._fresh = QLabel(), QLabel(), QLabel()
        self._outbox = QPushButton()
        self._outbox.setProperty("link", True)
        self._outbox.setToolTip(self.tr("Show what is not sent (Ctrl+7)"))
        self._outbox.clicked.connect(self.unsent_wanted)
        room = self._outbox.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # or the whole window would move up at each save
        self._outbox.setSizePolicy(room)
        self._account = QLabel()
        self._account.setObjectName("account")
        self._account.setTextFormat(Qt.TextFormat.PlainText)
        self._team = QLabel()
        self._team.setObjectName("team")
        self._team.setTextFormat(Qt.TextFormat.PlainText)
        self._team.hide()
        self._reviews = QPushButton()
        self._reviews.setObjectName("my_reviews")
        self._reviews.setProperty("link", True)
        self._reviews.clicked.connect(self.reviews_wanted)
        self._reviews.hide()
        self._where = ""
        self._connection.setObjectName("connection")
        self._fresh.setObjectName("freshness")
        self._outbox.setObjectName("outbox")
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(2)
        for label in (self._picture, self._connection, self._fresh, self._outbox):
            row.addWidget(label)
        self.addWidget(left)
        self.addPermanentWidget(self._reviews)
        self.addPermanentWidget(self._team)
        self.addPermanentWidget(self._account)
        team.changed.connect(self._show_team)
        team.people_changed.connect(self._show_team)

    def show_account(self, where: str) -> None:
        """Name the server."""
        self._where = where
        self._account.setText(where)

    def show_company(self, name: str) -> None:
        """Name the company that is signed in to the server ("": not known)."""
        parts = (name[:MAX_NAME], self._where)
        self._account.setText("  ·  ".join(part for part in parts if part))

    def show_reviews(self, unread: int) -> None:
        """Say how many reviews of the person's calls are to be read."""
        self._reviews.setText(self.tr("%n new review(s)", "", unread))
        self._reviews.setVisible(unread > 0)

    def show_status(self) -> None:
        """Show how things stand now."""
        status = self._status
        self._connection.setText(status.connection_words())
        icon = (
            ("done", "good")
            if status.state.connection is Connection.ONLINE
            else ("waiting", "muted")
        )
        if status.sentence():
            icon = ("warning", "warning")
        self._picture.setPixmap(self._theme.icon(*icon).pixmap(QSize(16, 16)))
        self._fresh.setText(status.refresh_words())
        waiting = status.outbox_words()
        self._outbox.setText(waiting)
        self._outbox.setVisible(bool(waiting))

    def _show_team(self) -> None:
        words = self._team_status.words()
        self._team.setVisible(bool(words))
        self._team.setText(words)
        self._team.setToolTip(self._team_status.sentence().replace("<", "‹").replace(">", "›"))
