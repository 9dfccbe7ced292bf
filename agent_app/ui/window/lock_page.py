"""What covers the window when nobody was there for a while."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from agent_app.ui.signin.signin_page import LinkToCopy
from agent_app.ui.widgets.banner import Banner
from agent_app.ui.widgets.card import Card
from agent_app.ui.widgets.theme import Theme


class LockPage(QWidget):
    """Asks for a proof: a password (*asks* names which), signing in again, or nothing."""

    password_given = Signal(str)
    browser_wanted = Signal()
    unlock_wanted = Signal()
    quit_wanted = Signal()
    sign_out_wanted = Signal()

    def __init__(
        self, theme: Theme, *, asks: str, browser: bool, may_sign_out: bool = False
    ) -> None:
        super().__init__()
        self._asks = bool(asks)
        layout = Card(
            self,
            (480, 560),
            self.tr("Locked"),
            explained=self.tr("What you typed is kept on this computer."),
        ).rows
        self.password = QLineEdit()
        self.password.setObjectName("lock_password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setVisible(self._asks)
        if asks:
            label = QLabel(asks)
            label.setBuddy(self.password)
            self.password.setAccessibleName(asks.replace("&", ""))
            layout.addWidget(label)
        layout.addWidget(self.password)
        self.banner = Banner(theme)
        layout.addWidget(self.banner)
        self.link = LinkToCopy()
        layout.addWidget(self.link)
        self._unlock = QPushButton(
            self.tr("Sign in with the &browser") if browser else self.tr("&Unlock")
        )
        self._unlock.setObjectName("unlock")
        self._unlock.setProperty("primary", True)
        self._quit = QPushButton(self.tr("&Quit"))
        self._quit.clicked.connect(self.quit_wanted)
        self._sign_out = QPushButton(self.tr("&Sign out"))
        self._sign_out.setObjectName("sign_out")
        self._sign_out.setToolTip(
            self.tr("For somebody else to work here. What is typed and saved is kept.")
        )
        self._sign_out.setVisible(may_sign_out)
        self._sign_out.clicked.connect(self.sign_out_wanted)
        buttons = QHBoxLayout()
        buttons.addWidget(self._quit)
        buttons.addWidget(self._sign_out)
        buttons.addStretch(1)
        buttons.addWidget(self._unlock)
        layout.addSpacing(6)
        layout.addLayout(buttons)
        if asks:
            self._unlock.clicked.connect(self._on_password)
            self.password.returnPressed.connect(self._on_password)
        else:
            self._unlock.clicked.connect(self.browser_wanted if browser else self.unlock_wanted)
            self._unlock.setAutoDefault(True)
        QWidget.setTabOrder(self.password, self._unlock)
        QWidget.setTabOrder(self._unlock, self._quit)
        QWidget.setTabOrder(self._quit, self._sign_out)
        self.setFocusProxy(self.password if asks else self._unlock)

    def _on_password(self) -> None:
        if self.password.text():
            self.password_given.emit(self.password.text())

    def set_asking(self, asking: bool) -> None:
        """While the system is asked, or the person is in the browser."""
        for widget in (self.password, self._unlock):
            widget.setEnabled(not asking)

    def wait_for_browser(self, words: str, link: str, *, is_trouble: bool = False) -> None:
        """Say how it stands with the person's browser, and offer the link to copy."""
        self.banner.say(words, tone="warning" if is_trouble else "info")
        self.link.offer(link)

    def say(self, words: str, *, is_error: bool = False) -> None:
        """Say why it stays locked, or what is waited for."""
        self.password.clear()
        self.link.offer("")
        self.banner.say(words, tone="error" if is_error else "info")
        if is_error:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
