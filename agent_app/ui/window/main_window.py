"""The one window: menu, tools, list and form side by side, and how things stand."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QRect, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.sync_state import Connection
from agent_app.domain.views import View
from agent_app.models.sync_status import SyncStatus
from agent_app.ui.followups.list_panel import ListPanel
from agent_app.ui.followups.list_state import ListState
from agent_app.ui.widgets.banner import Banner
from agent_app.ui.widgets.focus import FocusKeeper
from agent_app.ui.widgets.layer import Layer
from agent_app.ui.widgets.mnemonics import letters_of
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.window.actions import WindowActions
from agent_app.ui.window.cover import Cover
from agent_app.ui.window.quiet_part import QuietPart
from agent_app.ui.window.status_line import StatusLine

if TYPE_CHECKING:
    from agent_app.ui.editor.editor_panel import EditorPanel
    from agent_app.ui.signin.signin_page import SignInPage


def first_size(room: QSize) -> QSize:
    """How large the window is at its first start, where the screen has that *room*: not so wide that
    the eye wanders, and with room for the frame."""
    return QSize(min(1600, room.width() * 9 // 10), min(1000, room.height() * 9 // 10))


def is_small(room: QSize) -> bool:
    """Whether the desk needs the whole screen."""
    return room.width() < 1500 or room.height() < 860


class MainWindow(QMainWindow):
    """Shows a desk: the list of `show_list`, the form of `put_editor`."""

    refresh = Signal()
    loading_given_up = Signal()
    older_wanted = Signal(bool)
    """The person wants the followups that are older than what is here, or (False) no more of them."""
    sign_in_wanted = Signal()
    sign_in_page_made = Signal(object)
    theme_chosen = Signal(str)
    covered = Signal()
    """It was covered, or uncovered."""
    closing = Signal()

    def __init__(self, theme: Theme, status: SyncStatus, keep: QSettings) -> None:
        super().__init__()
        self._theme, self._status, self._keep = theme, status, keep
        self._list: ListPanel | None = None
        self._reports: list[QWidget] = []
        self._editor: EditorPanel | None = None
        self._no_editor: QWidget | None = None
        self._quiet: QuietPart | None = None
        self._asked_to_quit = False
        self.kept_on_disk = True
        self.setWindowTitle("Followup Desk")
        self.setWindowIcon(theme.app_icon())
        self.setMinimumSize(720, 400)
        self.banner = Banner(theme)
        self.notice = Banner(theme)
        self.reminder = Banner(theme)
        self._sign_in_page: SignInPage | None = None
        self._desk = QWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(10)
        self._waiting_words = QLabel()
        self._pages = QStackedWidget()
        self._cover = Cover(self, self._pages, keep)
        self._search = QLineEdit()
        self._make_centre()
        self._make_actions()
        self._status_line = StatusLine(theme, status)
        self._status_line.unsent_wanted.connect(self._show_unsent)
        self.setStatusBar(self._status_line)
        self._focus = FocusKeeper(self, self._is_place, self._other_places)
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
        layout.addWidget(self._splitter, 1)
        self._left = QWidget()
        self._left_parts = QVBoxLayout(self._left)
        self._left_parts.setContentsMargins(0, 0, 0, 0)
        self._left_parts.setSpacing(6)
        # Below the list: what comes and goes here moves no row, no field and no button.
        for strip in (self.banner, self.notice, self.reminder):
            self._left_parts.addWidget(strip)
        self._splitter.addWidget(self._left)
        self._waiting_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._waiting_words.setProperty("muted", True)
        self._pages.addWidget(self._waiting_words)
        self._pages.addWidget(self._desk)
        self.setCentralWidget(self._pages)

    def _make_actions(self) -> None:
        self.actions_ = WindowActions(self, self, self._theme.choice)
        self.actions_["connect"].triggered.connect(self.sign_in_wanted)
        tools = QToolBar(self.tr("Tools"))
        tools.setObjectName("tools")
        tools.setMovable(False)
        tools.setIconSize(QSize(18, 18))
        tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tools.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for action in sorted(self.actions_.tools, key=lambda one: one.objectName() != "refresh"):
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
        self._search.setMinimumWidth(240)
        self._search.textChanged.connect(self._on_search)
        self._search.returnPressed.connect(self._on_found)
        for key, act in (
            (Qt.Key.Key_Escape, self._on_search_left),
            (Qt.Key.Key_Down, self._on_found),
        ):
            shortcut = QShortcut(QKeySequence(key), self._search)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        self._search_icon = self._search.addAction(
            self._theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._search_icon.setText(self.tr("Go to the search"))
        self._search_icon.triggered.connect(self.go_to_search)
        tools.addWidget(self._search)
        self.addToolBar(tools)
        self._tools = tools

    # -- what is shown

    def show_waiting(self, words: str) -> None:
        """Nothing can be shown yet; *words* say what is waited for."""
        self._waiting_words.setText(words)
        self._cover.turn_to(self._waiting_words)
        self._enable(False)

    def show_list(self, panel: ListPanel, where: str) -> None:
        """Show a desk's list; the desk before it is thrown away. *where* names the server.

        Its form comes with `put_editor`, once the list has been painted.
        """
        if self._quiet is not None:
            self._quiet.close()
            self._quiet = None
        for old in (self._list, self._editor, self._no_editor):
            if old is not None:
                old.setParent(None)
                old.deleteLater()
        self._list, self._editor, self._no_editor = panel, None, QWidget()
        self._left_parts.insertWidget(0, panel, 1)
        self._splitter.addWidget(self._no_editor)
        sizes = self._keep.value("splitter")
        if not (isinstance(sizes, QByteArray) and self._splitter.restoreState(sizes)):
            self._splitter.setSizes([690, 670])
        panel.restore(ListState.read(str(self._keep.value("list") or "")))
        panel.search_cleared.connect(self._search.clear)
        panel.older_line.wanted.connect(self.older_wanted)
        self._search.clear()
        self._status_line.show_account(where)
        self._cover.turn_to(self._desk)
        self._enable(True)
        self.setTabOrder(self._search, panel.filters)
        panel.view.setFocus()
        self._on_status()

    def show_company(self, name: str) -> None:
        """Name the company whose desk it is ("": not known)."""
        self._status_line.show_company(name)

    def clear_desk(self) -> None:
        """Throw the desk away that is shown: nothing of its account stays in the window."""
        for dialog in self.findChildren(QDialog):
            dialog.close()
        for old in (self._list, self._editor, self._no_editor, *self._reports):
            if old is not None:
                old.setParent(None)
                old.deleteLater()
        self._list = self._editor = self._no_editor = None
        self._reports = []
        self._search.clear()
        for strip in (self.banner, self.notice, self.reminder):
            strip.say("")
        self.show_company("")

    def put_editor(self, editor: "EditorPanel") -> None:
        """The form of the desk that is shown."""
        assert self._list is not None
        assert self._no_editor is not None
        sizes = self._splitter.sizes()
        self._splitter.replaceWidget(1, editor)
        self._no_editor.deleteLater()
        self._no_editor, self._editor = None, editor
        self._quiet = QuietPart(editor)
        self._list.about_to_choose.connect(self._quiet.look)
        editor.list_wanted.connect(self.go_to_list)
        editor.outcome_bar.offered.connect(self.actions_.offer_outcomes)
        self.actions_.offer_outcomes(editor.outcome_bar.offer)
        editor.save_next_wanted.connect(self.save_and_next)
        self._splitter.setSizes(sizes)
        self._list.entered.connect(editor.focus_form)

    @property
    def sign_in_page(self) -> "SignInPage":
        """The sign-in page; made when it is first wanted, as most starts do without."""
        if self._sign_in_page is None:
            from agent_app.ui.signin.signin_page import SignInPage  # after the first paint

            self._sign_in_page = SignInPage(self._theme)
            self._pages.addWidget(self._sign_in_page)
            self.sign_in_page_made.emit(self._sign_in_page)
        return self._sign_in_page

    def show_sign_in(self, server: str, client_id: str, *, may_go_back: bool = False) -> None:
        """Show the sign-in page; *may_go_back* says that a desk stays open behind it."""
        self.sign_in_page.set_may_go_back(may_go_back)
        self._cover.turn_to(self.sign_in_page)
        self._enable(False)
        self.sign_in_page.set_waiting(False)
        self.sign_in_page.show_server(server, client_id)

    def show_report(self, panel: QWidget) -> None:
        """Show the supervisors' view in the place of list and form."""
        if self._pages.indexOf(panel) < 0:
            for old in self._reports:
                self._pages.removeWidget(old)
                old.deleteLater()
            self._reports = [panel]
            panel.setContentsMargins(10, 2, 10, 6)
            self._pages.addWidget(panel)
        self._cover.turn_to(panel)

    def back_to_desk(self) -> None:
        """Leave the sign-in page, or the supervisors' view, for list and form."""
        self._cover.turn_to(self._desk)
        self._enable(True)
        if self._list is not None:
            self._list.view.setFocus()

    def cover(self, page: QWidget, name: str) -> None:
        """Cover all that this program shows with *page*, until `uncover`; a restart remembers that the
        account *name* was covered."""
        for layer in self.findChildren(Layer):
            layer.dismiss()
        self._set_furniture(False)
        self._cover.put(page, name)
        self.covered.emit()

    @property
    def is_covered(self) -> bool:
        """Whether it is covered now."""
        return self._cover.is_there

    @property
    def shows_desk(self) -> bool:
        """Whether list and form are in sight."""
        return self._pages.currentWidget() is self._desk

    def bring_desk(self) -> None:
        """Have list and form in sight, wherever the person is."""
        if self._list is not None and not self.shows_desk and not self.is_covered:
            self.back_to_desk()

    def was_covered(self, name: str) -> bool:
        """Whether the account *name* is covered, or was when the program ended."""
        return self._cover.is_remembered(name)

    def uncover(self) -> None:
        """Show again what was covered."""
        self._set_furniture(True)
        focus_is_free = self._cover.remove()
        if self._pages.currentWidget() is self._desk and focus_is_free:
            self._focus.settle()
        self.covered.emit()

    def _set_furniture(self, shown: bool) -> None:
        """Menus, tools and status bar name debtors and servers, and lead past the cover."""
        self.menuBar().setVisible(shown)
        self._tools.setVisible(shown)
        self.statusBar().setVisible(shown)
        self.actions_.cover(not shown)

    def _is_place(self, widget: QWidget) -> bool:
        """Where a person works, and the next key belongs."""
        in_list = self._list is not None and widget is self._list.view
        return in_list or (self._editor is not None and widget in self._editor.form.fields())

    def _other_places(self, last: QWidget | None) -> list[QWidget]:
        """Where the next key belongs if the last place is gone."""
        in_list = [self._list.view] if self._list is not None else []
        in_form = self._editor.form.useful() if self._editor is not None else []
        was_in_form = last is not None and last in in_form
        return [*in_form, *in_list] if was_in_form else [*in_list, *in_form]

    @property
    def menu_letters(self) -> str:
        """The letters that Alt opens a menu with."""
        return letters_of(action.text() for action in self.menuBar().actions())

    @property
    def editor(self) -> "EditorPanel | None":
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
        self.actions_.enable(on)
        self._search.setEnabled(on)

    # -- what the person does

    def refresh_or_stop(self) -> None:
        """Read the list anew, or stop the reading that is under way."""
        if self._status.state.progress is not None:
            self.loading_given_up.emit()
        else:
            self.refresh.emit()

    def get_older_or_stop(self) -> None:
        """Get what is older than what is here, or stop that."""
        self.older_wanted.emit(not self._status.state.older.reading)

    def save_and_next(self) -> None:
        """Save, and go to the row that comes next in the view as it is now."""
        if self._editor is None or self._list is None:
            return
        self._editor.save(partial(self._go_on, self._list.following_id()))

    def _go_on(self, following: str) -> None:
        if self._list is not None and following:
            if not self._list.choose(following):
                self._list.step(1)
            self._list.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_search(self) -> None:
        """Put the keyboard into the search."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _on_search(self, text: str) -> None:
        if self._list is not None:
            self._list.search(text)

    def _on_found(self) -> None:
        """Return or ↓ in the search opens the first hit; without any one goes on searching."""
        if self._list is not None and (not self._search.text().strip() or self._list.open_first()):
            self.go_to_list()

    def _on_search_left(self) -> None:
        """Escape in the search: the whole view again."""
        self._search.clear()
        self.go_to_list()

    def toggle_order(self) -> None:
        """Sort the list by what is best to call next, or by age."""
        if self._list is not None:
            self._list.toggle_order()

    def go_to_list(self) -> None:
        """Put the keyboard into the list."""
        if self._list is not None:
            self._list.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, by: int) -> None:
        """Open the row *by* rows further down."""
        if self._list is not None:
            self._list.step(by)

    def _show_unsent(self) -> None:
        self.choose_view(View.UNSENT)

    def choose_view(self, view: View) -> None:
        """Show a saved view of the list."""
        if self._list is not None:
            if self._pages.currentWidget() in self._reports:  # never while it is covered
                self.back_to_desk()
            if view is View.UNSENT:
                self._search.clear()  # none of them may be hidden by a search
            self._list.ask_view(view)

    def choose_theme(self, name: str) -> None:
        """Show another theme from now on."""
        self._theme.choose(name)
        self.actions_.show_theme(name)
        self.theme_chosen.emit(name)

    def show_about(self) -> None:
        """Say what the program is, and which version."""
        from agent_app.ui.window.dialogs import About  # after the first paint

        About(self, self._theme).open()

    # -- how it follows

    def _paint_icons(self) -> None:
        for name, icon in (("refresh", "refresh"), ("previous", "up"), ("next", "down")):
            self.actions_[name].setIcon(self._theme.icon(icon, "muted"))
        self._keep_room_for_refresh()
        self._search_icon.setIcon(self._theme.icon("search", "muted"))
        self._on_status()

    def _refresh_words(self, loading: bool) -> str:
        return self.tr("Stop &loading") if loading else self.tr("&Refresh")

    def _keep_room_for_refresh(self) -> None:
        """What stands beside the button stays where it is, whatever the button says."""
        action, widest = self.actions_["refresh"], 0
        button = self._tools.widgetForAction(action)
        said = action.text()
        for loading in (False, True):
            action.setText(self._refresh_words(loading))
            widest = max(widest, button.sizeHint().width())
        action.setText(said)
        button.setMinimumWidth(widest)

    def _on_status(self) -> None:
        state = self._status.state
        self.actions_.offer_to_supervisors(state.may_report)
        self._status_line.show_status()
        loading = state.progress is not None
        self.actions_["refresh"].setText(self._refresh_words(loading))
        older = state.older
        self.actions_["older"].setVisible(bool(older.missing))
        self.actions_["older"].setText(
            self.tr("Stop &getting older followups")
            if older.reading
            else self.tr("&Get older followups")
        )
        self._show_trouble()
        if self._list is not None:
            self._list.older_line.show_older(self._status.older_words(), reading=older.reading)
            busy = state.refreshing or (state.connection is Connection.STARTING and not state.error)
            self._list.show_progress(state.progress, busy)
            nothing_yet = state.last_refresh is None
            self._list.show_empty_words(
                self.tr("Loading followups…") if nothing_yet and not state.error else ""
            )

    def _show_trouble(self) -> None:
        sentence = self._status.sentence()
        if not sentence:
            self.banner.say("")
        elif self._status.state.connection is Connection.SIGNED_OUT:
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

    def _ask_to_quit(self, waiting: int) -> None:
        from agent_app.ui.window.dialogs import QuitQuestion  # after the first paint

        QuitQuestion(self, waiting, on_disk=self.kept_on_disk, leave=self.quit_now).open()

    def _restore(self) -> None:
        geometry = self._keep.value("geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            room = QGuiApplication.primaryScreen().availableSize()
            self.resize(first_size(room))
            if is_small(room):
                self.setWindowState(Qt.WindowState.WindowMaximized)

    def free_at_the_top(self, *, below: bool = False) -> QRect:
        """Where nothing is that anybody needs: right of the tools, up to the search, as high as
        menu and tools; or *below* them, over the list."""
        tools, search = self._tools, self._search
        bottom = tools.mapTo(self, QPoint(0, tools.height())).y()
        if below or not tools.isVisible():
            right = self.width() - 16
            if self.shows_desk and self._list is not None:
                right = self._list.mapTo(self, QPoint(self._list.width(), 0)).x()
            return QRect(QPoint(16, bottom + 4), QPoint(right, bottom + 4))
        ends = [
            button.mapTo(self, QPoint(button.width(), 0)).x()
            for action in tools.actions()
            if (button := tools.widgetForAction(action)) is not None
            and isinstance(button, QToolButton)
        ]
        left = max(ends, default=0) + 12
        return QRect(QPoint(left, 2), QPoint(search.mapTo(self, QPoint(0, 0)).x() - 12, bottom - 2))

    def ask_for_attention(self) -> None:
        """Another program has news: be seen, and leave the keyboard to whoever has it."""
        if self.isActiveWindow():
            return
        if self.isMinimized() or not self.isVisible():
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
            self.show()
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=False)
        self.raise_()
        QApplication.alert(self)

    def come_to_front(self) -> None:
        """Another start wants this window."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def quit_now(self) -> None:
        """Close without asking: the system wants it (SIGTERM, log-out, an installer), or the person
        said so."""
        self._asked_to_quit = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say what is not sent yet; remember the window's place.

        What is open in the form is kept by `app.desktop`.
        """
        if self._status.state.waiting and not self._asked_to_quit and self.isVisible():
            event.ignore()
            waiting = self._status.state.waiting
            self._ask_to_quit(waiting)
            return
        self._keep.setValue("geometry", self.saveGeometry())
        if self._list is not None:
            self._keep.setValue("splitter", self._splitter.saveState())
            self._keep.setValue("list", self._list.state().text())
        self._keep.sync()
        event.accept()
        self.closing.emit()
