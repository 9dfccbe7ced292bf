"""What a person can do in the window, each declared once: its name, its text, its keys, its menu, when
it is possible, and what it does. Menus, tools, palette and the sheet of shortcuts are made of this.

What a feature does has no act here: the feature connects to the action's `triggered`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from agent_app.domain.fields import Type
from agent_app.domain.outcomes import DIGITS, Choice, Outcome, fitting
from agent_app.domain.views import View
from agent_app.text.labels import outcome_label, outcome_words, view_label

if TYPE_CHECKING:
    from agent_app.ui.editor.editor_panel import EditorPanel


class ActsIn(Protocol):
    """The window, as far as the acts need it."""

    @property
    def editor(self) -> "EditorPanel | None":
        """The form's half."""

    def step(self, by: int) -> None:
        """Open the row *by* rows further down."""

    def save_and_next(self) -> None:
        """Save, and open the row that comes next."""

    def go_to_search(self) -> None:
        """Put the keyboard into the search."""

    def toggle_order(self) -> None:
        """Sort the list by what is best to call next, or by age."""

    def toggle_calls(self) -> None:
        """List calls alone, or any type again."""

    def go_to_list(self) -> None:
        """Put the keyboard into the list."""

    def refresh_or_stop(self) -> None:
        """Read anew, or stop reading."""

    def get_older_or_stop(self) -> None:
        """Read what is older than what is here, or stop that."""

    def choose_view(self, view: View) -> None:
        """Show a saved view."""

    def choose_theme(self, name: str) -> None:
        """Show another theme."""

    def show_about(self) -> None:
        """Say what the program is."""

    def close(self) -> object:
        """Leave."""


Act = Callable[[ActsIn], object]

POSSIBLE_IN_REPORT = frozenset({
    "connect", "sandbox", "sign_out", "lock", "settings", "quit", "answer", "dismiss_call", "report",
    "sample", "my_day", "my_reviews", "find", "to_list", "refresh", "older", "bigger", "smaller", "normal", "palette",
    "shortcuts", "support", "about",
})  # fmt: skip
"""What can be done while the supervisors' view is in the place of list and form. The rest would act on a
form that nobody sees."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One action. Menus are made in the order of the list; a line is drawn where `group` changes."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    act: Act | None = None
    """What it does; None: what the feature does that connects to it."""
    menu: str = ""
    group: int = 0
    needs_desk: bool = True
    """Whether it is possible only where a list is shown."""
    while_covered: bool = False
    """Whether it is possible while the window is covered."""
    held: bool = False
    """Whether it goes on while its keys are held."""
    for_supervisors: bool = False
    for_team: bool = False
    """Whether it is there only where the desk is in a team."""
    is_tool: bool = False
    """Whether it stands in the tool bar."""


def in_form(act: "Callable[[EditorPanel], object]") -> Act:
    """Make an act of the form's half: nothing happens where there is none."""

    def do(window: ActsIn) -> None:
        if window.editor is not None:
            act(window.editor)

    return do


class WindowActions(QObject):
    """Makes the actions and the menu bar of *window*, which is told what *acts_in* can do."""

    def __init__(self, window: QMainWindow, acts_in: ActsIn, theme_choice: str) -> None:
        super().__init__(window)
        self._window, self._acts_in = window, acts_in
        self._by_name: dict[str, QAction] = {}
        self._needing: list[QAction] = []
        self._on, self._covered, self._reports = True, False, False
        self._offered: frozenset[Outcome] = fitting(Type.CALL).all
        self.specs = self._specs()
        for spec in self.specs:
            action = self._make(spec.text, spec.keys, spec.act)
            action.setObjectName(spec.name)
            action.setAutoRepeat(spec.held)
            self._by_name[spec.name] = action
            if spec.needs_desk:
                self._needing.append(action)
        self.views = {view: self._view(view) for view in View}
        self.outcomes = {one: self._outcome(one) for one in Outcome}
        self._needing += [*self.views.values(), *self.outcomes.values()]
        self.themes = self._themes(theme_choice)
        self._make_menus()
        self.offer_to_team(False)
        self._offer()

    def _specs(self) -> list[Spec]:
        return [
            Spec("connect", self.tr("&Connect to a server…"), menu="file", needs_desk=False),
            Spec("sandbox", self.tr("Practice &mode"), menu="file", needs_desk=False),
            Spec("sign_out", self.tr("Sign &out"), menu="file", needs_desk=False),
            Spec("lock", self.tr("&Lock the window"), ("Ctrl+Shift+L",), menu="file", group=1),
            Spec("settings", self.tr("S&ettings…"), ("Ctrl+,",), menu="file", group=2),
            Spec("quit", self.tr("&Quit"), ("Ctrl+Q",), lambda window: window.close(),
                 menu="file", group=3, needs_desk=False, while_covered=True),
            Spec("save", self.tr("&Save"), ("Ctrl+Return", "Ctrl+Enter"),
                 in_form(lambda form: form.save()), menu="followup"),
            Spec("save_next", self.tr("Save and go to the ne&xt"),
                 ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
                 lambda window: window.save_and_next(), menu="followup"),
            Spec("undo", self.tr("&Undo the last choice or save"), ("Ctrl+Z",),
                 in_form(lambda form: form.undo()), menu="followup"),
            Spec("set_back", self.tr("Re&vert field"), ("Ctrl+B",),
                 in_form(lambda form: form.set_back_focused()), menu="followup"),
            Spec("discard", self.tr("&Discard changes…"), (),
                 in_form(lambda form: form.discard()), menu="followup"),
            Spec("answer", self.tr("Open the ca&ller"), ("F4",), menu="followup", group=1,
                 needs_desk=False),
            Spec("dismiss_call", self.tr("D&ismiss the call card"), ("Shift+F4",), menu="followup",
                 group=1, needs_desk=False),
            Spec("new", self.tr("Ne&w call for this debt"), ("Ctrl+N",), menu="followup", group=2),
            Spec("call", self.tr("&Call the debtor"), ("Ctrl+D",),
                 in_form(lambda form: form.dialling.call_debtor()), menu="followup", group=2),
            Spec("copy_number", self.tr("Cop&y the number"), ("Ctrl+Shift+C",),
                 in_form(lambda form: form.dialling.copy_number()), menu="followup", group=2),
            Spec("debt", self.tr("About the deb&t…"), ("Ctrl+T",),
                 in_form(lambda form: form.ask_about_debt()), menu="followup", group=2),
            Spec("take_over", self.tr("Take &over from a colleague"), ("Ctrl+Shift+O",),
                 in_form(lambda form: form.take_over_wanted.emit()), menu="followup", group=2,
                 for_team=True),
            Spec("history", self.tr("&History of the debt"), ("Ctrl+H",), menu="followup", group=2),
            Spec("play", self.tr("Play or pause the recordin&g"), ("F8",),
                 in_form(lambda form: form.player.toggle()), menu="followup", group=3),
            Spec("back", self.tr("Recording: 5 s bac&k"), ("F7",),
                 in_form(lambda form: form.player.skip(-1)), menu="followup", group=3),
            Spec("ahead", self.tr("Recording: 5 s &ahead"), ("F9",),
                 in_form(lambda form: form.player.skip(1)), menu="followup", group=3),
            Spec("faster", self.tr("Recording: spe&ed"), ("Shift+F8",),
                 in_form(lambda form: form.player.next_rate()), menu="followup", group=3),
            Spec("previous", self.tr("&Previous"), ("Ctrl+Up",), lambda window: window.step(-1),
                 menu="followup", group=4, held=True, is_tool=True),
            Spec("next", self.tr("&Next"), ("Ctrl+Down",), lambda window: window.step(1),
                 menu="followup", group=4, held=True, is_tool=True),
            Spec("report", self.tr("&Outcomes (supervisors)"), ("Ctrl+O",), menu="view", group=1,
                 for_supervisors=True, is_tool=True),
            Spec("sample", self.tr("Five &calls of today, at random"), menu="view", group=1,
                 for_supervisors=True),
            Spec("review_next", self.tr("Review: next"), ("J",), lambda window: window.step(1),
                 menu="view", group=1, for_supervisors=True),
            Spec("review_previous", self.tr("Review: previous"), ("K",), lambda window: window.step(-1),
                 menu="view", group=1, for_supervisors=True),
            Spec("mark_reviewed", self.tr("Mark as re&viewed"), ("Ctrl+M",), menu="view", group=1,
                 for_supervisors=True),
            Spec("my_day", self.tr("M&y day"), ("Ctrl+J",), menu="view", group=1),
            Spec("my_reviews", self.tr("R&eviews of my calls"), ("Ctrl+Shift+J",), menu="view", group=1,
                 for_team=True),
            Spec("find", self.tr("&Search"), ("Ctrl+F",), lambda window: window.go_to_search(),
                 menu="view", group=2),
            Spec("to_list", self.tr("Go to the &list"), ("Ctrl+L",), lambda window: window.go_to_list(),
                 menu="view", group=2),
            Spec("to_form", self.tr("Go to the &form"), ("Ctrl+E",),
                 in_form(lambda form: form.focus_form()), menu="view", group=2),
            Spec("order", self.tr("Or&der: best next, or by age"), ("O",),
                 lambda window: window.toggle_order(), menu="view", group=2),
            Spec("calls", self.tr("O&nly calls, or all types"), ("C",),
                 lambda window: window.toggle_calls(), menu="view", group=2),
            Spec("refresh", self.tr("&Refresh"), ("F5",), lambda window: window.refresh_or_stop(),
                 menu="view", group=2, is_tool=True),
            Spec("older", self.tr("&Get older followups"), (),
                 lambda window: window.get_older_or_stop(), menu="view", group=2),
            Spec("bigger", self.tr("Text b&igger"), ("Ctrl++", "Ctrl+="), menu="view", group=3,
                 needs_desk=False, held=True),
            Spec("smaller", self.tr("Text s&maller"), ("Ctrl+-",), menu="view", group=3,
                 needs_desk=False, held=True),
            Spec("normal", self.tr("Reset te&xt size"), ("Ctrl+0",), menu="view", group=3,
                 needs_desk=False),
            Spec("palette", self.tr("Search &commands and debtors…"), ("Ctrl+K",), menu="help"),
            Spec("shortcuts", self.tr("&Keyboard shortcuts"), ("F1",), menu="help", needs_desk=False),
            Spec("support", self.tr("Crea&te support bundle…"), menu="help", group=1, needs_desk=False),
            Spec("about", self.tr("&About Followup Desk"), (), lambda window: window.show_about(),
                 menu="help", group=1, needs_desk=False, while_covered=True),
        ]  # fmt: skip

    def _make(self, text: str, keys: tuple[str, ...], act: Act | None) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(one) for one in keys])
        action.setAutoRepeat(False)
        if act is not None:
            window = self._acts_in  # which owns the action, and goes with it
            action.triggered.connect(lambda _checked=False: act(window))
        self._window.addAction(action)
        return action

    def _view(self, view: View) -> QAction:
        keys = f"Ctrl+{list(View).index(view) + 1}"
        return self._make(view_label(view), (keys,), lambda window: window.choose_view(view))

    def _outcome(self, outcome: Outcome) -> QAction:
        """Return a number alone: a text field that has the focus takes it for itself."""
        number = str(DIGITS[outcome])
        choose = in_form(lambda form: form.choose_outcome(outcome))
        action = self._make(outcome_label(outcome), (number,), choose)
        action.setStatusTip(outcome_words(outcome))
        return action

    def _themes(self, choice: str) -> list[QAction]:
        group = QActionGroup(self._window)
        found = []
        for name, text in (
            ("system", self.tr("&System default")),
            ("light", self.tr("&Light")),
            ("dark", self.tr("&Dark")),
        ):
            action = self._make(text, (), partial(_choose_theme, name))
            action.setCheckable(True)
            action.setChecked(choice == name)
            action.setData(name)
            group.addAction(action)
            found.append(action)
        return found

    # -- menus and tools

    def _make_menus(self) -> None:
        bar = self._window.menuBar()
        self._fill(bar.addMenu(self.tr("&File")), "file")
        followup = bar.addMenu(self.tr("F&ollowup"))
        self._fill(followup, "followup")
        outcome = QMenu(self.tr("Outco&me"), followup)
        outcome.addActions(list(self.outcomes.values()))
        followup.insertMenu(next(one for one in followup.actions() if one.isSeparator()), outcome)
        view = bar.addMenu(self.tr("&View"))
        view.addActions(list(self.views.values()))
        self._fill(view, "view")
        view.addMenu(self.tr("&Theme")).addActions(self.themes)
        self._fill(bar.addMenu(self.tr("&Help")), "help")

    def _fill(self, menu: QMenu, name: str) -> None:
        group = 0
        for spec in self.specs:
            if spec.menu == name:
                if spec.group != group:
                    menu.addSeparator()
                    group = spec.group
                menu.addAction(self._by_name[spec.name])

    @property
    def tools(self) -> list[QAction]:
        """The actions of the tool bar."""
        return [self._by_name[spec.name] for spec in self.specs if spec.is_tool]

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    # -- when they are possible

    def enable(self, on: bool) -> None:
        """Say whether there is a desk to act on."""
        self._on = on
        self._offer()

    def cover(self, covered: bool) -> None:
        """While the window is covered there is nothing to do but to leave."""
        self._covered = covered
        self._offer()

    def in_report(self, shown: bool) -> None:
        """Say whether the supervisors' view is in the place of list and form."""
        self._reports = shown
        for name in ("previous", "next"):
            self._by_name[name].setVisible(not shown)
        self._offer()

    def offer_to_supervisors(self, offered: bool) -> None:
        """Show the supervisors' actions in the menus, or not. Their keys answer why not."""
        for spec in self.specs:
            if spec.for_supervisors:
                self._by_name[spec.name].setVisible(offered)

    def offer_to_team(self, offered: bool) -> None:
        """Show what only a team can do, or not."""
        for spec in self.specs:
            if spec.for_team:
                self._by_name[spec.name].setVisible(offered)

    def offer_outcomes(self, offered: Choice) -> None:
        """Others fit what is open now: of two with the same key only one is there."""
        self._offered = offered.all
        self._offer()

    def outcome_of(self, digit: int) -> QAction | None:
        """Return the outcome that a number key stands for now, or None."""
        found = (one for one in self._offered if DIGITS[one] == digit)
        return next((self.outcomes[one] for one in found), None)

    def _offer(self) -> None:
        for action in self.everything():
            action.setEnabled(self._is_possible(action))
        for outcome, action in self.outcomes.items():
            action.setVisible(outcome in self._offered)
            action.setEnabled(action.isEnabled() and outcome in self._offered)

    def _is_possible(self, action: QAction) -> bool:
        name = action.objectName()
        if self._covered:
            return any(spec.while_covered for spec in self.specs if spec.name == name)
        if self._reports and (name in self._by_name or action in self.outcomes.values()):
            return name in POSSIBLE_IN_REPORT
        return self._on or action not in self._needing

    def show_theme(self, choice: str) -> None:
        """Check the theme that was chosen elsewhere."""
        for action in self.themes:
            action.setChecked(action.data() == choice)

    def everything(self) -> list[QAction]:
        """Return all actions in the order of the palette: outcomes, views, then the rest."""
        return [
            *self.outcomes.values(),
            *self.views.values(),
            *self._by_name.values(),
            *self.themes,
        ]


def _choose_theme(name: str, window: ActsIn) -> None:
    window.choose_theme(name)


def plain(action: QAction) -> str:
    """Return an action's text as one reads it."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def keys_of(action: QAction) -> str:
    """Return an action's first keys, as the system writes them."""
    keys = action.shortcuts()
    return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
