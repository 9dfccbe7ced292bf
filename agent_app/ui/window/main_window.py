"""The one window: menu, tools, list and form side by side, and how things stand."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from agent_app.domain.fields import Type
from agent_app.domain.views import RARE, View
from agent_app.models.sync_status import SyncStatus
from agent_app.models.team_status import TeamStatus
from agent_app.ui.followups.list_panel import ListPanel
from agent_app.ui.widgets.focus import FocusKeeper
from agent_app.ui.widgets.layer import Layer
from agent_app.ui.widgets.mnemonics import letters_of
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.window.actions import WindowActions
from agent_app.ui.window.cover import Cover
from agent_app.ui.window.desk_view import DeskView
from agent_app.ui.window.status_follower import StatusFollower
from agent_app.ui.window.status_line import StatusLine
from agent_app.ui.window.tool_bar import ToolBar
from agent_app.ui.window.window_place import ask_for_attention, come_to_front, restore_place

if TYPE_CHECKING:
    from agent_app.ui.editor.editor_panel import EditorPanel
    from agent_app.ui.signin.signin_page import SignInPage


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

    def __init__(self, theme: Theme, status: SyncStatus, team: TeamStatus, keep: QSettings) -> None:
        super().__init__()
        self._theme, self._status, self._keep = theme, status, keep
        self._reports: list[QWidget] = []
        self._asked_to_quit = False
        self.kept_on_disk = True
        self.setWindowTitle("Followup Desk")
        self.setWindowIcon(theme.app_icon())
        self.setMinimumSize(720, 400)
        self._sign_in_page: SignInPage | None = None
        self._desk = DeskView(theme, keep)
        self.banner, self.notice, self.reminder = (
            self._desk.banner,
            self._desk.notice,
            self._desk.reminder,
        )
        self._waiting_words = QLabel()
        self._pages = QStackedWidget()
        self._cover = Cover(self, self._pages, keep)
        self._make_centre()
        self._make_actions()
        self._status_line = StatusLine(theme, status, team)
        self._status_line.unsent_wanted.connect(self._show_unsent)
        self._status_line.reviews_wanted.connect(self.actions_["my_reviews"].trigger)
        self.setStatusBar(self._status_line)
        self._focus = FocusKeeper(self, self._desk.is_place, self._desk.other_places)
        theme.changed.connect(self._paint_icons)
        follower = self._follower = StatusFollower(
            status, self.actions_, self._tools, self._status_line, self._desk
        )
        follower.sign_in_wanted.connect(self.sign_in_wanted)
        follower.refresh_wanted.connect(self.refresh)
        self._paint_icons()
        restore_place(self, keep)

    # -- building

    def _make_centre(self) -> None:
        self._waiting_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._waiting_words.setProperty("muted", True)
        self._pages.addWidget(self._waiting_words)
        self._pages.addWidget(self._desk)
        self.setCentralWidget(self._pages)

    def _make_actions(self) -> None:
        self.actions_ = WindowActions(self, self, self._theme.choice)
        self.actions_["connect"].triggered.connect(self.sign_in_wanted)
        tools = self._tools = ToolBar(self.actions_, self._theme)
        tools.search_typed.connect(self._on_search)
        tools.found_wanted.connect(self._on_found)
        tools.search_left.connect(self._on_search_left)
        self.addToolBar(tools)

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
        self._desk.show_list(panel)
        panel.search_cleared.connect(self.search_field.clear)
        panel.older_line.wanted.connect(self.older_wanted)
        self.search_field.clear()
        self._status_line.show_account(where)
        self._cover.turn_to(self._desk)
        self._enable(True)
        self.setTabOrder(self.search_field, panel.filters)
        panel.view.setFocus()
        self._follower.show_status()

    def show_company(self, name: str) -> None:
        """Name the company whose desk it is ("": not known)."""
        self._status_line.show_company(name)

    def clear_desk(self) -> None:
        """Throw the desk away that is shown: nothing of its account stays in the window."""
        for dialog in self.findChildren(QDialog):
            dialog.close()
        for old in self._reports:
            old.setParent(None)
            old.deleteLater()
        self._reports = []
        self._set_in_report(False)
        self._desk.clear()
        self.search_field.clear()
        self.show_company("")

    def put_editor(self, editor: "EditorPanel") -> None:
        """The form of the desk that is shown."""
        self._desk.put_editor(editor)
        editor.list_wanted.connect(self.go_to_list)
        editor.outcome_bar.offered.connect(self.actions_.offer_outcomes)
        self.actions_.offer_outcomes(editor.outcome_bar.offer)
        editor.save_next_wanted.connect(self.save_and_next)

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
        self._set_in_report(True)

    @property
    def shows_report(self) -> bool:
        """Whether the supervisors' view is in the place of list and form."""
        return self._pages.currentWidget() in self._reports

    def leave_report(self) -> None:
        """Go back from the supervisors' view to where the person was in list or form."""
        self._set_in_report(False)
        self._cover.turn_to(self._desk)
        self._focus.settle()

    def _set_in_report(self, shown: bool) -> None:
        self.actions_.in_report(shown)
        self._tools.show_search(not shown)

    def back_to_desk(self) -> None:
        """Leave the sign-in page, or the supervisors' view, for list and form."""
        self._set_in_report(False)
        self._cover.turn_to(self._desk)
        self._enable(True)
        if self.list_panel is not None:
            self.list_panel.view.setFocus()

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
        if self.list_panel is not None and not self.shows_desk and not self.is_covered:
            self.back_to_desk()

    def was_covered(self, name: str) -> bool:
        """Return whether the account *name* is covered, or was when the program ended."""
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

    @property
    def menu_letters(self) -> str:
        """The letters that Alt opens a menu with."""
        return letters_of(action.text() for action in self.menuBar().actions())

    @property
    def editor(self) -> "EditorPanel | None":
        """The form's half."""
        return self._desk.editor

    @property
    def list_panel(self) -> ListPanel | None:
        """The list's half."""
        return self._desk.list

    @property
    def search_field(self) -> QLineEdit:
        """The quick search."""
        return self._tools.search

    def _enable(self, on: bool) -> None:
        self.actions_.enable(on)
        self.search_field.setEnabled(on)

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
        if self.editor is None or self.list_panel is None:
            return
        self.editor.save(partial(self._go_on, self.list_panel.following_id()))

    def _go_on(self, following: str) -> None:
        if self.list_panel is not None and following:
            if not self.list_panel.choose(following):
                self.list_panel.step(1)
            self.list_panel.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_search(self) -> None:
        """Put the keyboard into the search."""
        self.bring_desk()
        self._tools.go_to_search()

    def _on_search(self, text: str) -> None:
        if self.list_panel is not None:
            self.list_panel.search(text)

    def _on_found(self) -> None:
        """Return or ↓ in the search opens the first hit; without any one goes on searching."""
        if self.list_panel is not None and (
            not self.search_field.text().strip() or self.list_panel.open_first()
        ):
            self.go_to_list()

    def _on_search_left(self) -> None:
        """Escape in the search: the whole view again."""
        self.search_field.clear()
        self.go_to_list()

    def toggle_order(self) -> None:
        """Sort the list by what is best to call next, or by age."""
        if self.list_panel is not None:
            self.list_panel.toggle_order()

    def toggle_calls(self) -> None:
        """List calls alone, or any type again."""
        if self.list_panel is not None:
            self.list_panel.filters.toggle_type(Type.CALL)

    def go_to_list(self) -> None:
        """Put the keyboard into the list."""
        self.bring_desk()
        if self.list_panel is not None:
            self.list_panel.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, by: int) -> None:
        """Open the row *by* rows further down."""
        if self.list_panel is not None:
            self.list_panel.step(by)

    def _show_unsent(self) -> None:
        self.choose_view(View.UNSENT)

    def choose_view(self, view: View) -> None:
        """Show a saved view of the list."""
        if self.list_panel is not None:
            if self.shows_report:  # never while it is covered
                self.back_to_desk()
            if view in RARE:
                self.search_field.clear()  # none of them may be hidden by a search
            self.list_panel.ask_view(view)

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
        self._tools.paint_icons()
        self._follower.show_status()

    # -- its end and its place

    def _ask_to_quit(self, waiting: int) -> None:
        from agent_app.ui.window.dialogs import QuitQuestion  # after the first paint

        QuitQuestion(self, waiting, on_disk=self.kept_on_disk, leave=self.quit_now).open()

    def free_at_the_top(self, *, below: bool = False) -> QRect:
        """Return where nothing is that anybody needs: right of the tools, up to the search, as high as
        menu and tools; or *below* them, over the list."""
        tools, panel = self._tools, self._desk.list
        if not below and tools.isVisible():
            return tools.free()
        bottom = tools.mapTo(self, QPoint(0, tools.height())).y()
        right = self.width() - 16
        if self.shows_desk and panel is not None:
            right = panel.mapTo(self, QPoint(panel.width(), 0)).x()
        return QRect(QPoint(16, bottom + 4), QPoint(right, bottom + 4))

    def ask_for_attention(self) -> None:
        """Another program has news: be seen, and leave the keyboard to whoever has it."""
        ask_for_attention(self)

    def come_to_front(self) -> None:
        """Another start wants this window."""
        come_to_front(self)

    def say_reviews(self, unread: int) -> None:
        """Say at the foot how many reviews of the person's calls are to be read."""
        self._status_line.show_reviews(unread)

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
        self._desk.remember()
        self._keep.sync()
        event.accept()
        self.closing.emit()
