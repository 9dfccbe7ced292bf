"""Room: ui. Where a person names their company's server and signs in with the browser."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from agent_app.ui.shared.banner import Banner
from agent_app.ui.shared.card import Card
from agent_app.ui.theme import Theme


class SignInPage(QWidget):
    """Asks; the work is done elsewhere."""

    sign_in = Signal(str, str)
    """Server and client ID, as typed."""
    cancelled = Signal()
    """The person gave up waiting for the browser."""
    back = Signal()
    """The person goes back to the desk that is open."""
    sandbox = Signal()
    """The person would rather try the sandbox."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._server, self._client = QLineEdit(), QLineEdit()
        self._server.setPlaceholderText("https://…")
        self.banner = Banner(theme)
        self._go = QPushButton(self.tr("Sign in with the &browser"))
        self._go.setProperty("primary", True)
        self._go.clicked.connect(self._on_go)
        self._cancel = QPushButton(self.tr("&Cancel"))
        self._cancel.clicked.connect(self.cancelled)
        self._cancel.hide()
        self._back = QPushButton(self.tr("Back to the &list"))
        self._back.setObjectName("back_to_list")
        self._back.clicked.connect(self._on_back)
        self._back.hide()
        self._try = QPushButton(self.tr("Try it on the &sandbox"))
        self._try.clicked.connect(self.sandbox)
        layout = Card(
            self,
            (620, 720),
            self.tr("Sign in to your server"),
            self.tr(
                "You sign in in your own browser; Followup Desk never sees your password. Your"
                " administrator knows the server's address and the client ID."
            ),
        ).rows
        for text, edit, name in (
            (self.tr("&Server address"), self._server, "server"),
            (self.tr("Client &ID"), self._client, "client_id"),
        ):
            label = QLabel(text)
            label.setBuddy(edit)
            edit.setAccessibleName(text.replace("&", ""))
            edit.setObjectName(name)
            edit.returnPressed.connect(self._on_go)
            layout.addWidget(label)
            layout.addWidget(edit)
        layout.addWidget(self.banner)
        buttons = QHBoxLayout()
        for button in (self._back, self._try, self._cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._go)
        layout.addSpacing(6)
        layout.addLayout(buttons)

    def show_server(self, server: str, client_id: str) -> None:
        """Fill in what is known, and go to what is not."""
        self._server.setText(server)
        self._client.setText(client_id)
        target = self._client if server and not client_id else self._server
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_may_go_back(self, may: bool) -> None:
        """Whether a desk is open behind this page."""
        self._back.setVisible(may)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back, where there is something to go back to."""
        if event.key() == Qt.Key.Key_Escape and not self._back.isHidden():
            self._on_back()
            return
        super().keyPressEvent(event)

    def _on_back(self) -> None:
        self.cancelled.emit()
        self.banner.say("")
        self.back.emit()

    def set_waiting(self, waiting: bool) -> None:
        """While the person is in the browser."""
        for widget in (self._server, self._client, self._go, self._try):
            widget.setEnabled(not waiting)
        self._cancel.setVisible(waiting)
        if waiting:
            self.banner.say(self.tr("Waiting for your browser: sign in there, then come back."))

    def _on_go(self) -> None:
        self.sign_in.emit(self._server.text().strip(), self._client.text().strip())
