"""The window's actions, each described once: menus, tools, palette and the sheet of
shortcuts are made of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from agent_app.domain.outcomes import Outcome
from agent_app.domain.views import View
from agent_app.text.labels import outcome_label, outcome_words, view_label

Act = Callable[[], object]

GO_ON = frozenset({"previous", "next", "bigger", "smaller"})
"""What goes on while its keys are held."""
WHILE_COVERED = frozenset({"quit", "about"})


@dataclass(frozen=True, slots=True)
class Spec:
    """One action: its name in the code, its text, and its keys."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    needs_desk: bool = True


class WindowActions(QObject):
    """Makes the actions and the menu bar of *window*; *acts* says by name what each does."""

    def __init__(
        self,
        window: QMainWindow,
        acts: Mapping[str, Act],
        choose_view: Callable[[View], None],
        choose_outcome: Callable[[Outcome], None],
        choose_theme: Callable[[str], None],
        theme_choice: str,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._by_name: dict[str, QAction] = {}
        self._needing: list[QAction] = []
        self._on, self._covered = True, False
        for spec in self._specs():
            action = self._make(spec.text, spec.keys, acts[spec.name])
            action.setObjectName(spec.name)
            action.setAutoRepeat(spec.name in GO_ON)
            self._by_name[spec.name] = action
            if spec.needs_desk:
                self._needing.append(action)
        self.views = {view: self._view(view, choose_view) for view in View}
        self.outcomes = {one: self._outcome(one, choose_outcome) for one in Outcome}
        self._needing += [*self.views.values(), *self.outcomes.values()]
        self.themes = self._themes(choose_theme, theme_choice)
        self._make_menus()

    def _specs(self) -> list[Spec]:
        return [
            Spec("refresh", self.tr("&Refresh"), ("F5",)),
            Spec("older", self.tr("&Get older followups")),
            Spec("previous", self.tr("&Previous"), ("Ctrl+Up",)),
            Spec("next", self.tr("&Next"), ("Ctrl+Down",)),
            Spec("save", self.tr("&Save"), ("Ctrl+Return", "Ctrl+Enter")),
            Spec(
                "save_next",
                self.tr("Save and go to the ne&xt"),
                ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
            ),
            Spec("discard", self.tr("&Discard changes…")),
            Spec("set_back", self.tr("Set this field &back"), ("Ctrl+B",)),
            Spec("undo", self.tr("&Undo the last choice or save"), ("Ctrl+Z",)),
            Spec("new", self.tr("Ne&w call for this debt"), ("Ctrl+N",)),
            Spec("call", self.tr("&Call the debtor"), ("Ctrl+D",)),
            Spec("copy_number", self.tr("Cop&y the number"), ("Ctrl+Shift+C",)),
            Spec("history", self.tr("&History of the debt"), ("Ctrl+H",)),
            Spec("play", self.tr("P&lay or pause the recording"), ("F8",)),
            Spec("back", self.tr("Recording: 5 s bac&k"), ("F7",)),
            Spec("ahead", self.tr("Recording: 5 s ahea&d"), ("F9",)),
            Spec("faster", self.tr("Recording: spe&ed"), ("Shift+F8",)),
            Spec("find", self.tr("&Search"), ("Ctrl+F",)),
            Spec("to_list", self.tr("Go to the &list"), ("Ctrl+L",)),
            Spec("to_form", self.tr("Go to the &form"), ("Ctrl+E",)),
            Spec("palette", self.tr("&Find an action or a followup…"), ("Ctrl+K",)),
            Spec("bigger", self.tr("Text b&igger"), ("Ctrl++", "Ctrl+="), needs_desk=False),
            Spec("smaller", self.tr("Text s&maller"), ("Ctrl+-",), needs_desk=False),
            Spec("normal", self.tr("Text as the s&ystem's"), ("Ctrl+0",), needs_desk=False),
            Spec("report", self.tr("Outco&mes (supervisors)"), ("Ctrl+O",)),
            Spec("review_next", self.tr("Review: next"), ("J",)),
            Spec("review_previous", self.tr("Review: previous"), ("K",)),
            Spec("mark_reviewed", self.tr("Mark as re&viewed"), ("Ctrl+M",)),
            Spec("settings", self.tr("S&ettings…"), ("Ctrl+,",)),
            Spec("connect", self.tr("&Connect to a server…"), needs_desk=False),
            Spec("sandbox", self.tr("Use the sand&box"), needs_desk=False),
            Spec("sign_out", self.tr("Sign &out"), needs_desk=False),
            Spec("lock", self.tr("&Lock the window"), ("Ctrl+Shift+L",)),
            Spec("quit", self.tr("&Quit"), ("Ctrl+Q",), needs_desk=False),
            Spec("answer", self.tr("Open the ca&ller"), ("F4",), needs_desk=False),
            Spec(
                "dismiss_call", self.tr("D&ismiss the call card"), ("Shift+F4",), needs_desk=False
            ),
            Spec("shortcuts", self.tr("&Keyboard shortcuts"), ("F1",), needs_desk=False),
            Spec("support", self.tr("&Make a support bundle…"), needs_desk=False),
            Spec("about", self.tr("&About Followup Desk"), needs_desk=False),
        ]

    def _make(self, text: str, keys: tuple[str, ...], act: Act) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(one) for one in keys])
        action.setAutoRepeat(False)
        action.triggered.connect(lambda _checked=False: act())
        self._window.addAction(action)
        return action

    def _view(self, view: View, choose: Callable[[View], None]) -> QAction:
        keys = f"Ctrl+{list(View).index(view) + 1}"
        return self._make(view_label(view), (keys,), lambda: choose(view))

    def _outcome(self, outcome: Outcome, choose: Callable[[Outcome], None]) -> QAction:
        """A number alone: a text field that has the focus takes it for itself."""
        number = str(list(Outcome).index(outcome) + 1)
        action = self._make(outcome_label(outcome), (number,), lambda: choose(outcome))
        action.setStatusTip(outcome_words(outcome))
        return action

    def _themes(self, choose: Callable[[str], None], choice: str) -> list[QAction]:
        group = QActionGroup(self._window)
        found = []
        for name, text in (
            ("system", self.tr("As the &system")),
            ("light", self.tr("&Light")),
            ("dark", self.tr("&Dark")),
        ):
            action = self._make(text, (), partial(choose, name))
            action.setCheckable(True)
            action.setChecked(choice == name)
            action.setData(name)
            group.addAction(action)
            found.append(action)
        return found

    def _make_menus(self) -> None:
        bar = self._window.menuBar()
        file = bar.addMenu(self.tr("&File"))
        self._add(file, "connect sandbox sign_out | lock | settings | quit")
        followup = bar.addMenu(self.tr("F&ollowup"))
        self._add(followup, "save save_next undo set_back discard")
        outcome = followup.addMenu(self.tr("Outco&me"))
        outcome.addActions(list(self.outcomes.values()))
        self._add(
            followup,
            "| answer dismiss_call | new call copy_number history | play back ahead faster",
        )
        self._add(followup, "| previous next")
        view = bar.addMenu(self.tr("&View"))
        view.addActions(list(self.views.values()))
        self._add(view, "| report review_next review_previous mark_reviewed")
        self._add(view, "| find to_list to_form refresh older | bigger smaller normal")
        themes = view.addMenu(self.tr("&Theme"))
        themes.addActions(self.themes)
        help_ = bar.addMenu(self.tr("&Help"))
        self._add(help_, "palette shortcuts | support about")

    def _add(self, menu: QMenu, names: str) -> None:
        for name in names.split():
            if name == "|":
                menu.addSeparator()
            else:
                menu.addAction(self._by_name[name])

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def enable(self, on: bool) -> None:
        """Whether there is a desk to act on."""
        self._on = on
        self._offer()

    def cover(self, covered: bool) -> None:
        """While the window is covered there is nothing to do but to leave."""
        self._covered = covered
        self._offer()

    def _offer(self) -> None:
        for action in self.everything():
            needs = action in self._needing
            action.setEnabled(
                action.objectName() in WHILE_COVERED if self._covered else self._on or not needs
            )

    def show_theme(self, choice: str) -> None:
        """Check the theme that was chosen elsewhere."""
        for action in self.themes:
            action.setChecked(action.data() == choice)

    def everything(self) -> list[QAction]:
        """All actions in the order of the palette: outcomes, views, then the rest."""
        return [
            *self.outcomes.values(),
            *self.views.values(),
            *self._by_name.values(),
            *self.themes,
        ]


def plain(action: QAction) -> str:
    """An action's text as one reads it."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def keys_of(action: QAction) -> str:
    """An action's first keys, as the system writes them."""
    keys = action.shortcuts()
    return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
