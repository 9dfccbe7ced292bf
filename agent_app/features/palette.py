"""The command palette and the sheet of shortcuts, made of what the window can do."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from agent_app.domain.fields import OPEN_STATUSES
from agent_app.domain.list_row import ListRow
from agent_app.domain.views import Column, Filter
from agent_app.features.context import AppContext
from agent_app.runtime.scope import Scope
from agent_app.store.store import Store
from agent_app.text.labels import value_label
from agent_app.text.moments import date_text
from agent_app.text.numbers import phone
from agent_app.ui.widgets.snippets import Snippets
from agent_app.ui.window.actions import keys_of, plain
from agent_app.ui.window.palette import MAX_SHOWN, Entry, Palette

if TYPE_CHECKING:
    from agent_app.ui.window.shortcuts_page import Group

MAX_FOUND = 12
HARMFUL = frozenset({"discard", "sign_out", "quit", "connect", "sandbox", "lock"})
"""What is never chosen beforehand in the palette."""


class CommandPalette(QObject):
    """Finds in one account's followups; *show* opens one."""

    def __init__(
        self, context: AppContext, store: Store, snippets: Snippets, show: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._window, self._theme, self._context = context.window, context.theme, context
        self._store, self._snippets, self._show = store, snippets, show
        self._scope = Scope()
        actions = context.window.actions_
        self._scope.connect(actions["palette"].triggered, self.open_palette)
        self._scope.connect(actions["shortcuts"].triggered, self.open_shortcuts)

    def close(self) -> None:
        """Stop listening to the window."""
        self._scope.close()

    def open_palette(self) -> None:
        """Everything that can be done, and every followup."""
        actions = self._window.actions_
        entries = [
            self._entry(action)
            for action in actions.everything()
            if action.isEnabled() and action.isVisible() and action.objectName() != "palette"
        ]
        outcomes = actions["report"]
        if not outcomes.isVisible():  # asked for by name, it answers why it is not offered
            entries.append(Entry(plain(outcomes), "", outcomes.trigger))
        entries += self._template_entries(QApplication.focusWidget())
        Palette(
            self._window,
            self._theme,
            entries,
            title=self.tr("Search commands and debtors"),
            invitation=self.tr("An action, a view, a debtor, a phone number, an ID, a debt"),
            find=self._followups,
        ).open()

    def _entry(self, action: QAction) -> Entry:
        actions, name = self._window.actions_, action.objectName()
        words = plain(action)
        if action in actions.themes:
            words = self.tr("Theme: {name}").format(name=words)
        also = {
            "settings": self.tr("language, theme, templates, calling hours, reminders, your name"),
            "bigger": self.tr("font"),
            "smaller": self.tr("font"),
        }.get(name, "")
        return Entry(words, keys_of(action), action.trigger, also=also, harmful=name in HARMFUL)

    def open_shortcuts(self) -> None:
        """Every key, on one page."""
        from agent_app.ui.window.shortcuts_page import ShortcutsPage  # after the first paint

        ShortcutsPage(self._window, self._groups()).open()

    def _groups(self) -> "list[Group]":
        from agent_app.ui.window.shortcuts_page import Group  # after the first paint

        actions = self._window.actions_

        left = {spec.name for spec in actions.specs if spec.keys}

        def of(*names: str) -> tuple[tuple[str, str], ...]:
            left.difference_update(names)
            found = (actions[name] for name in names)
            return tuple((keys_of(one), plain(one)) for one in found if one.isVisible())

        def each(found: Iterable[QAction]) -> tuple[tuple[str, str], ...]:
            return tuple((keys_of(one), plain(one)) for one in found)

        offered = [one for one in actions.outcomes.values() if one.isVisible()]
        groups = [
            Group(
                self.tr("Outcomes"),
                (*each(offered), ("Alt+1 …", self.tr("The same from a text"))),
            ),
            Group(self.tr("Save"), of("save", "save_next", "undo", "set_back")),
            Group(
                self.tr("The debtor"),
                of("call", "copy_number", "new", "debt", "history", "answer", "dismiss_call"),
            ),
            Group(
                self.tr("List and search"),
                (
                    (self.tr("Return"), self.tr("Edit the followup")),
                    *of("previous", "next", "find", "to_list", "to_form", "order", "calls", "refresh"),
                    ("Shift+↓ …", self.tr("Select several; Ctrl+A all")),
                    ("0–9, +", self.tr("In the list: search for a number")),
                    (self.tr("Esc"), self.tr("End the search")),
                ),
            ),
            Group(self.tr("Views"), each(actions.views.values())),
            Group(
                self.tr("In a field"),
                (
                    (self.tr("Tab"), self.tr("Next field; from Notes to Next call and Save")),
                    ("Alt+↓", self.tr("Calendar")),
                    ("Ctrl+;", self.tr("Now")),
                    ("/…", self.tr("A template of the team")),
                ),
            ),
            Group(self.tr("Recording"), of("play", "back", "ahead", "faster")),
            Group(
                self.tr("Window"),
                of(
                    "palette", "my_day", "settings", "lock", "bigger", "smaller", "normal",
                    "shortcuts", "quit",
                ),
            ),
            Group(
                self.tr("Supervisors"),
                of("report", "review_next", "review_previous", "mark_reviewed"),
            ),
        ]  # fmt: skip
        groups.append(Group(self.tr("More"), of(*sorted(left))))
        return [group for group in groups if group.lines]

    def _template_entries(self, field: QWidget | None) -> list[Entry]:
        served = isinstance(field, (QLineEdit, QPlainTextEdit)) and field.objectName() in (
            "summary",
            "notes",
        )
        if not served or field is None:
            return []
        return [
            Entry(f"/{one.name}", self.tr("Template"), partial(self._snippets.insert, field, one))
            for one in self._context.preferences.templates
        ]

    def _followups(self, typed: str) -> list[Entry]:
        """Return some followups that match, as the quick search finds its first screen.

        With 300,000 followups a key takes 4 ms of processor time to what it finds being painted
        (median; 95 of 100 under 15 ms), where a search of the whole store took 1.9 s.
        """
        keys, _whole = self._store.listing.first_keys(
            Filter(text=typed), Column.SCHEDULED, descending=True, most=MAX_FOUND
        )
        rows = self._store.listing.rows(keys[:MAX_FOUND])
        of_debtor: dict[tuple[str, str], list[ListRow]] = {}
        for row in (rows[key] for key in keys[:MAX_FOUND] if key in rows):
            of_debtor.setdefault((row.debtor or row.debt_id, row.phone), []).append(row)
        return [entry for found in of_debtor.values() for entry in self._of_one(found)]

    def _of_one(self, rows: "list[ListRow]") -> list[Entry]:
        """Return a debtor, and below them their followups where there are several: what is open first."""
        rows = sorted(rows, key=lambda row: row.status not in OPEN_STATUSES)
        first = rows[0]
        who = (first.debtor or first.debt_id)[:MAX_SHOWN]
        number = phone(first.phone[:MAX_SHOWN])
        if len(rows) == 1:
            taken = self._context.team.brief_of(first.debt_id)
            hint = "  ·  ".join(part for part in (number, *self._what(first), taken) if part)
            return [Entry(who, hint, partial(self._show, first.id), "person")]
        several = self.tr("%n followup(s)", "", len(rows))
        taken = self._context.team.brief_of(first.debt_id)
        hint = "  ·  ".join(part for part in (number, several, taken) if part)
        return [
            Entry(who, hint, partial(self._show, first.id), "person"),
            *(
                Entry(
                    value_label("type", row.type),
                    "  ·  ".join(self._what(row)),
                    partial(self._show, row.id),
                    under=True,
                )
                for row in rows
            ),
        ]

    def _what(self, row: "ListRow") -> list[str]:
        moment = row.call_date or row.scheduled_at
        zone = self._context.clock.zone
        day = date_text(moment.astimezone(zone).date(), QLocale()) if moment else ""
        return [part for part in (value_label("status", row.status), day) if part]
