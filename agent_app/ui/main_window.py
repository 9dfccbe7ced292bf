"""Room: ui. The one window: menu, tools, list and form side by side, and how things stand."""

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from agent_app import __version__
from agent_app.domain.views import View
from agent_app.models.sync_status import SyncStatus
from agent_app.models.words import view_label
from agent_app.ui.editor.editor_panel import EditorPanel
from agent_app.ui.followups.list_panel import ListPanel
from agent_app.ui.shared.banner import Banner
from agent_app.ui.shared.mnemonics import letters_of
from agent_app.ui.signin.signin_page import SignInPage
from agent_app.ui.theme import Theme


class MainWindow(QMainWindow):
    """Shows a desk: what `desktop.py` puts into it with `show_desk`."""

    refresh = Signal()
    loading_given_up = Signal()
    sign_in_wanted = Signal()
    sign_out_wanted = Signal()
    sandbox_wanted = Signal()
    theme_chosen = Signal(str)
    closing = Signal()

    def __init__(self, theme: Theme, status: SyncStatus, keep: QSettings) -> None:
        super().__init__()
        self._theme, self._status, self._keep = theme, status, keep
        self._list: ListPanel | None = None
        self._editor: EditorPanel | None = None
        self._where = ""
        self._asked_to_quit = False
        self.kept_on_disk = True
        self.setWindowTitle("Followup Desk")
        self.setWindowIcon(theme.app_icon())
        self.setMinimumSize(900, 560)
        self.banner = Banner(theme)
        self.notice = Banner(theme)
        self.sign_in_page = SignInPage(theme)
        self._desk = QWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(10)
        self._waiting_words = QLabel()
        self._pages = QStackedWidget()
        self._search = QLineEdit()
        self._make_centre()
        self._make_actions()
        self._make_status_bar()
        theme.changed.connect(self._paint_icons)
        status.changed.connect(self._on_status)
        self._paint_icons()
        self._on_status()
        self._restore()

    # -- building

    def _make_centre(self) -> None:
        layout = QVBoxLayout(self._desk)
        layout.setContentsMargins(10, 2, 10, 6)
        layout.setSpacing(6)
        layout.addWidget(self.banner)
        layout.addWidget(self.notice)
        layout.addWidget(self._splitter, 1)
        self._waiting_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._waiting_words.setProperty("muted", True)
        self._pages.addWidget(self._waiting_words)
        self._pages.addWidget(self._desk)
        self._pages.addWidget(self.sign_in_page)
        self.setCentralWidget(self._pages)

    def _make_actions(self) -> None:
        tools = QToolBar(self.tr("Tools"))
        tools.setObjectName("tools")
        tools.setMovable(False)
        tools.setIconSize(QSize(18, 18))
        tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tools.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._refresh = self._action(self.tr("&Refresh"), "F5", self._on_refresh)
        self._previous = self._action(self.tr("&Previous"), "Alt+Up", lambda: self._step(-1))
        self._next = self._action(self.tr("&Next"), "Alt+Down", lambda: self._step(1))
        self._next.setShortcuts([QKeySequence("Ctrl+Down")])
        self._previous.setShortcuts([QKeySequence("Ctrl+Up")])
        self._save = self._action(self.tr("&Save"), "Ctrl+Return", self._on_save)
        self._save.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self._discard = self._action(self.tr("&Discard changes…"), "", self._on_discard)
        self._set_back = self._action(self.tr("Set this field &back"), "Ctrl+B", self._on_set_back)
        self._undo = self._action(self.tr("&Undo the last save"), "Ctrl+Z", self._on_undo)
        self._find = self._action(self.tr("&Search"), "Ctrl+F", self._on_find)
        self._to_list = self._action(self.tr("Go to the &list"), "Ctrl+L", self._on_to_list)
        self._to_form = self._action(self.tr("Go to the &form"), "Ctrl+E", self._on_to_form)
        self._connect = self._action(self.tr("&Connect to a server…"), "", self.sign_in_wanted.emit)
        self._sandbox = self._action(self.tr("Use the sand&box"), "", self.sandbox_wanted.emit)
        self._sign_out = self._action(self.tr("Sign &out"), "", self.sign_out_wanted.emit)
        self._quit = self._action(self.tr("&Quit"), "Ctrl+Q", self.close)
        self._about = self._action(self.tr("&About Followup Desk"), "", self._on_about)
        self._make_menus()
        for action in (self._refresh, self._previous, self._next):
            tools.addAction(action)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        tools.addWidget(space)
        self._search.setAccessibleName(self.tr("Search"))
        self._search.setObjectName("search")
        self._search.setPlaceholderText(
            self.tr("Search (Ctrl+F): debtor, phone, summary, notes, ID")
        )
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(420)
        self._search.textChanged.connect(self._on_search)
        self._search.returnPressed.connect(self._on_to_list)
        self._search_icon = self._search.addAction(
            self._theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._search_icon.setText(self.tr("Go to the search"))
        self._search_icon.triggered.connect(self._on_find)
        tools.addWidget(self._search)
        self.addToolBar(tools)

    def _make_menus(self) -> None:
        file = self.menuBar().addMenu(self.tr("&File"))
        file.addActions([self._connect, self._sandbox, self._sign_out])
        file.addSeparator()
        file.addAction(self._quit)
        followup = self.menuBar().addMenu(self.tr("F&ollowup"))
        followup.addActions([self._save, self._undo, self._set_back, self._discard])
        followup.addSeparator()
        followup.addActions([self._previous, self._next])
        view = self.menuBar().addMenu(self.tr("&View"))
        for number, one in enumerate(View, start=1):
            view.addAction(
                self._action(
                    view_label(one), f"Ctrl+{number}", lambda one=one: self._choose_view(one)
                )
            )
        view.addSeparator()
        view.addActions([self._find, self._to_list, self._to_form, self._refresh])
        view.addSeparator()
        themes = view.addMenu(self.tr("&Theme"))
        group = QActionGroup(self)
        for name, text in (
            ("system", self.tr("As the &system")),
            ("light", self.tr("&Light")),
            ("dark", self.tr("&Dark")),
        ):
            action = self._action(text, "", lambda name=name: self._on_theme(name))
            action.setCheckable(True)
            action.setChecked(self._theme.choice == name)
            group.addAction(action)
            themes.addAction(action)
        self.menuBar().addMenu(self.tr("&Help")).addAction(self._about)

    def _action(self, text: str, keys: str, act: object) -> QAction:
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: act())  # type: ignore[operator]
        return action

    def _make_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self._connection, self._fresh, self._outbox = QLabel(), QLabel(), QPushButton()
        self._outbox.setProperty("link", True)
        self._outbox.setToolTip(self.tr("Show what is not sent (Ctrl+7)"))
        self._outbox.clicked.connect(lambda: self._choose_view(View.UNSENT))
        self._account = QLabel()
        self._picture = QLabel()
        self._connection.setObjectName("connection")
        self._fresh.setObjectName("freshness")
        self._outbox.setObjectName("outbox")
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(2)
        for label in (self._picture, self._connection, self._fresh, self._outbox):
            row.addWidget(label)
        bar.addWidget(left)
        bar.addPermanentWidget(self._account)

    # -- what is shown

    def show_waiting(self, words: str) -> None:
        """Nothing can be shown yet; *words* say what is waited for."""
        self._waiting_words.setText(words)
        self._pages.setCurrentWidget(self._waiting_words)
        self._enable(False)

    def show_desk(self, panel: ListPanel, editor: EditorPanel, where: str) -> None:
        """Show a desk; the one before it is thrown away. *where* names the server."""
        for old in (self._list, self._editor):
            if old is not None:
                old.setParent(None)
                old.deleteLater()
        self._list, self._editor = panel, editor
        self._splitter.addWidget(panel)
        self._splitter.addWidget(editor)
        sizes = self._keep.value("splitter")
        if not (isinstance(sizes, QByteArray) and self._splitter.restoreState(sizes)):
            self._splitter.setSizes([780, 570])
        columns = self._keep.value("columns")
        if isinstance(columns, QByteArray):
            panel.view.horizontalHeader().restoreState(columns)
        panel.entered.connect(editor.focus_form)
        panel.search_cleared.connect(self._search.clear)
        self._search.clear()
        self._where = where
        self._account.setText(where)
        self._pages.setCurrentWidget(self._desk)
        self._enable(True)
        self.setTabOrder(self._search, panel.filters)
        panel.view.setFocus()
        self._on_status()

    def show_sign_in(self, server: str, client_id: str) -> None:
        """Show the sign-in page."""
        self._pages.setCurrentWidget(self.sign_in_page)
        self._enable(False)
        self.sign_in_page.set_waiting(False)
        self.sign_in_page.show_server(server, client_id)

    @property
    def menu_letters(self) -> str:
        """The letters that Alt opens a menu with."""
        return letters_of(action.text() for action in self.menuBar().actions())

    @property
    def editor(self) -> EditorPanel | None:
        """The form's half."""
        return self._editor

    @property
    def list_panel(self) -> ListPanel | None:
        """The list's half."""
        return self._list

    @property
    def search_field(self) -> QLineEdit:
        """The quick search."""
        return self._search

    def _enable(self, on: bool) -> None:
        for action in (
            self._refresh,
            self._previous,
            self._next,
            self._save,
            self._discard,
            self._set_back,
            self._undo,
            self._find,
            self._to_list,
            self._to_form,
        ):
            action.setEnabled(on)
        self._search.setEnabled(on)

    # -- what the person does

    def _on_refresh(self) -> None:
        if self._status.state.progress is not None:
            self.loading_given_up.emit()
        else:
            self.refresh.emit()

    def _on_save(self) -> None:
        if self._editor is not None:
            self._editor.save()

    def _on_discard(self) -> None:
        if self._editor is not None:
            self._editor.discard()

    def _on_undo(self) -> None:
        if self._editor is not None:
            self._editor.undo()

    def _on_set_back(self) -> None:
        if self._editor is not None:
            self._editor.set_back_focused()

    def _on_find(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _on_search(self, text: str) -> None:
        if self._list is not None:
            self._list.search(text)

    def _on_to_list(self) -> None:
        if self._list is not None:
            self._list.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self._list.view.currentIndex().isValid():
                self._list.step(1)

    def _on_to_form(self) -> None:
        if self._editor is not None:
            self._editor.focus_form()

    def _step(self, by: int) -> None:
        if self._list is not None:
            self._list.step(by)

    def _choose_view(self, view: View) -> None:
        if self._list is not None:
            self._list.choose_view(view)

    def _on_theme(self, name: str) -> None:
        self._theme.choose(name)
        self.theme_chosen.emit(name)

    def _on_about(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("About Followup Desk"))
        box.setIconPixmap(self._theme.app_icon().pixmap(64, 64))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Followup Desk {__version__}")
        box.setInformativeText(self.tr("Followups of debts: listed, edited, and never lost."))
        box.open()

    # -- how it follows

    def _paint_icons(self) -> None:
        for action, name in (
            (self._refresh, "refresh"),
            (self._previous, "up"),
            (self._next, "down"),
        ):
            action.setIcon(self._theme.icon(name, "muted"))
        self._search_icon.setIcon(self._theme.icon("search", "muted"))
        self._on_status()

    def _on_status(self) -> None:
        status = self._status
        state = status.state
        good = state.connection == "online"
        words = status.connection_words()
        self._connection.setText(words)
        icon = ("done", "good") if good else ("waiting", "muted")
        if status.sentence():
            icon = ("warning", "warning")
        self._picture.setPixmap(self._theme.icon(*icon).pixmap(QSize(16, 16)))
        self._fresh.setText(status.refresh_words())
        loading = state.progress is not None
        self._refresh.setText(self.tr("Stop &loading") if loading else self.tr("&Refresh"))
        self._outbox.setText(status.outbox_words())
        self._outbox.setVisible(bool(status.outbox_words()))
        self._show_trouble()
        if self._list is not None:
            busy = state.refreshing or (state.connection == "starting" and not state.error)
            self._list.show_progress(state.progress, busy)
            nothing_yet = state.last_refresh is None
            self._list.show_empty_words(
                self.tr("Loading followups…") if nothing_yet and not state.error else ""
            )

    def _show_trouble(self) -> None:
        sentence = self._status.sentence()
        if not sentence:
            self.banner.say("")
        elif self._status.state.connection == "signed_out":
            self.banner.say(
                sentence,
                tone="warning",
                action=self.tr("Sign in"),
                act=self.sign_in_wanted.emit,
            )
        else:
            self.banner.say(
                sentence,
                tone="warning",
                action=self.tr("Try again"),
                act=self.refresh.emit,
            )

    # -- its end and its place

    def _ask_to_quit(self) -> None:
        """Quitting with a full outbox is safe where there is a disk; say which it is."""
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle(self.tr("Not everything is sent"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(
            self.tr("%n change(s) did not reach the server yet.", "", self._status.state.waiting)
        )
        box.setInformativeText(
            self.tr("They are kept on this computer, encrypted, and leave when you start again.")
            if self.kept_on_disk
            else self.tr("Nothing is kept on this computer: if you quit now, they are lost.")
        )
        leave = box.addButton(self.tr("Quit"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(leave if self.kept_on_disk else stay)
        box.setEscapeButton(stay)
        box.finished.connect(lambda _: self.quit_now() if box.clickedButton() is leave else None)
        box.open()

    def _restore(self) -> None:
        geometry = self._keep.value("geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            room = QGuiApplication.primaryScreen().availableGeometry()
            self.resize(min(1360, room.width()), min(760, room.height()))

    def come_to_front(self) -> None:
        """Another start wants this window."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def quit_now(self) -> None:
        """Close without asking: the system wants it (SIGTERM, log-out), or the person said so."""
        self._asked_to_quit = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say what is not sent yet; remember the window's place.

        What is open is kept by `desktop.py`.
        """
        if self._status.state.waiting and not self._asked_to_quit and self.isVisible():
            event.ignore()
            self._ask_to_quit()
            return
        self._keep.setValue("geometry", self.saveGeometry())
        if self._list is not None:
            self._keep.setValue("splitter", self._splitter.saveState())
            self._keep.setValue("columns", self._list.view.horizontalHeader().saveState())
        self._keep.sync()
        event.accept()
        self.closing.emit()
