"""Where a person names their company's server and signs in with the browser."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.ui.widgets.banner import Banner
from agent_app.ui.widgets.card import Card
from agent_app.ui.widgets.links import copy_text
from agent_app.ui.widgets.theme import Theme


class SignInPage(QWidget):
    """Asks; the work is done elsewhere."""

    sign_in = Signal(str, str, str)
    """Server, client ID and client secret, as typed."""
    cancelled = Signal()
    """The person gave up waiting for the browser."""
    back = Signal()
    """The person goes back to the desk that is open."""
    sandbox = Signal()
    """The person would rather try the sandbox."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._server, self._client, self._secret = QLineEdit(), QLineEdit(), QLineEdit()
        self._server.setPlaceholderText("https://…")
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret.setPlaceholderText(self.tr("Only if your administrator gave you one"))
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
        self._try = QPushButton(self.tr("&Try it in practice mode"))
        self._try.clicked.connect(self.sandbox)
        layout = Card(
            self,
            (620, 720),
            self.tr("Sign in to your server"),
            explained=self.tr(
                "Sign in using your browser; Followup Desk never sees your password. Your"
                " administrator knows the server's address and the client ID."
            ),
        ).rows
        for text, edit, name in (
            (self.tr("&Server address"), self._server, "server"),
            (self.tr("Client &ID"), self._client, "client_id"),
        ):
            self._add_field(layout, text, edit, name)
        self._more = QPushButton(self.tr("&More…"))
        self._more.setObjectName("more")
        self._more.setFlat(True)
        self._more.clicked.connect(self._on_more)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        label = self._add_field(layout, self.tr("Client s&ecret"), self._secret, "client_secret")
        self._hidden: tuple[QWidget, ...] = (label, self._secret)
        for widget in self._hidden:
            widget.hide()
        self._team = QLabel()
        self._team.setObjectName("sign_in_team")
        self._team.setTextFormat(Qt.TextFormat.PlainText)
        self._team.setWordWrap(True)
        self._team.setProperty("muted", True)
        self._team.hide()
        layout.addWidget(self._team)
        layout.addWidget(self.banner)
        self.link = LinkToCopy()
        layout.addWidget(self.link)
        buttons = QHBoxLayout()
        for button in (self._back, self._try, self._cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._go)
        layout.addSpacing(6)
        layout.addLayout(buttons)

    def _add_field(self, layout: QVBoxLayout, text: str, edit: QLineEdit, name: str) -> QLabel:
        label = QLabel(text)
        label.setBuddy(edit)
        edit.setAccessibleName(text.replace("&", ""))
        edit.setObjectName(name)
        edit.returnPressed.connect(self._on_go)
        layout.addWidget(label)
        layout.addWidget(edit)
        return label

    def _on_more(self) -> None:
        for widget in self._hidden:
            widget.show()
        self._more.hide()
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_server(self, server: str, client_id: str) -> None:
        """Fill in what is known, and go to what is not."""
        self._server.setText(server)
        self._client.setText(client_id)
        target = self._client if server and not client_id else self._server
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_team(self, words: str) -> None:
        """Say who one is in the team, and where ("": there is no team)."""
        self._team.setText(words)
        self._team.setVisible(bool(words))

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
        fields = (self._server, self._client, self._secret, self._more)
        for widget in (*fields, self._go, self._try):
            widget.setEnabled(not waiting)
        waited = not self._cancel.isHidden()
        self._cancel.setVisible(True)
        if waiting != waited:
            (self._cancel if waiting else self._go).setFocus(Qt.FocusReason.OtherFocusReason)
        self._cancel.setVisible(waiting)
        self.link.offer("")

    def wait_for_browser(self, words: str, link: str, *, is_trouble: bool = False) -> None:
        """Say how it stands with the person's browser, and offer the link to copy."""
        self.banner.say(words, tone="warning" if is_trouble else "info")
        self.link.offer(link)
        if self._cancel.hasFocus():
            self.link.setFocus(
                Qt.FocusReason.OtherFocusReason
            )  # Return copies, and gives up nothing

    def forget_secret(self) -> None:
        """The secret was taken over: it is shown nowhere."""
        self._secret.clear()

    def _on_go(self) -> None:
        self.sign_in.emit(
            self._server.text().strip(), self._client.text().strip(), self._secret.text().strip()
        )


class LinkToCopy(QWidget):
    """The address of the sign-in, for a browser that did not open or shows something else."""

    def __init__(self) -> None:
        super().__init__()
        label = QLabel(self.tr("&No page in your browser? Copy this link into it:"))
        label.setProperty("muted", True)
        self._link = QLineEdit()
        self._link.setReadOnly(True)
        self._link.setObjectName("sign_in_link")
        self._link.setAccessibleName(self.tr("Link to sign in"))
        label.setBuddy(self._link)
        self._copy = QPushButton(self.tr("Cop&y link"))
        self._copy.setObjectName("copy_link")
        self._copy.clicked.connect(self._on_copy)
        row = QHBoxLayout()
        row.addWidget(self._link, 1)
        row.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label)
        layout.addLayout(row)
        self.setFocusProxy(self._copy)
        self.hide()

    def offer(self, link: str) -> None:
        """Offer this link ("": none)."""
        self._link.setText(link)
        self._link.setCursorPosition(0)
        self._copy.setText(self.tr("Cop&y link"))
        self.setVisible(bool(link))

    def _on_copy(self) -> None:
        copy_text(self, self._link.text())
        self._copy.setText(self.tr("Copied"))
