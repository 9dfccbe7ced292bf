"""What the models of a form work on, without a window: a store, commands, rules, a clock."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from agent_app.config.team_files import read_rules
from agent_app.domain.calling import Rulebook
from agent_app.models.calling_guard import CallingGuard
from agent_app.models.commands import Commands
from agent_app.models.edit_session import EditSession
from agent_app.models.outcome_filler import OutcomeFiller
from agent_app.store.store import Store
from agent_app.system.paths import resources

PARIS = ZoneInfo("Europe/Paris")
THURSDAY = datetime(2026, 11, 26, 15, 0, tzinfo=PARIS)


class FormDesk:
    """One account's models in Paris; the clock says `now`."""

    def __init__(self, now: datetime = THURSDAY) -> None:
        self.now = now
        self.retry, self.weekends = "tomorrow 9", False
        self.book = Rulebook()
        self.store = Store(None, None)
        self.commands = Commands(self.store, self.clock)
        self.guard = CallingGuard(self.store, PARIS, lambda: self.book)
        self.session = EditSession(self.store, self.commands, self.clock, self.guard)
        self.filler = OutcomeFiller(
            self.session,
            self.store,
            self.guard,
            self.clock,
            PARIS,
            lambda: (self.retry, self.weekends),
        )

    def clock(self) -> datetime:
        """UTC, as everywhere."""
        return self.now.astimezone(UTC)

    def close(self) -> None:
        self.session.close()
        self.store.close()

    def turn_on(self, country: str, **changes: Any) -> None:
        """Turn the shipped rule of a country on."""
        book = read_rules(resources() / "rules" / "calling.toml")
        rules = (
            replace(rule, enabled=True, **changes) if rule.country == country else rule
            for rule in book.rules
        )
        self.book = replace(book, rules=tuple(rules))

    def debt(self, debt_id: str = "d1", **said: Any) -> str:
        """The server has told of a debt."""
        known = {"id": debt_id, "country": "FR", "phone": "+33639980001", "lastname": "Fabre"}
        self.store.take_in_debts([known | said], self.clock())
        return debt_id

    def followup(self, followup_id: str = "f1", **said: Any) -> str:
        """The server has told of a followup; by default a call that is to be made."""
        known = {"id": followup_id, "debt_id": "d1", "type": "manual_call", "status": "scheduled"}
        self.store.followups.upsert([known | said], self.clock())
        return followup_id
