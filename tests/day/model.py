"""What must be true, kept apart from the desk: who is believed to be open, which word was typed
where, what a colleague wrote, and what arrived at the server in which order."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

WORD = re.compile(r"\b[wv]\d+a\b")
"""An agent's word: `w` from the first desk, `v` from the second."""
THEIRS = re.compile(r"\btheirs\d+x\b|\bt\d+x\b")
"""A colleague's word."""
NEW = "new:"

FLIGHT_S = 4.0
"""So long a save may be on its way (and on a read that was believed when it left): what a colleague
wrote in this time nobody could have seen; the API has no if-match (seconds)."""
RACE_S = 10.0
"""A colleague's edit between a read and the write that follows it this soon cannot be seen: the
service has no way to say "only if it is still so"."""


@dataclass
class Word:
    """A word that an agent typed while the heading named the followup."""

    text: str
    desk: int
    followup: str
    field: str
    saved: bool = False
    free: bool = False
    """Given up by an act of somebody: discarded, undone, replaced knowingly."""


@dataclass(frozen=True)
class Theirs:
    """The last value that a colleague gave a field."""

    number: int
    at: float
    value: Any


@dataclass
class Belief:
    """What one agent believes of their own desk."""

    open_id: str = ""
    opened_before: str = ""
    typing: tuple[str, str] | None = None
    """Followup and field into which the last letters went, with nothing else done since."""
    worked_in: str = ""
    """The list, or the field of the form, that the keyboard was in last."""
    saved: list[list[Word]] = field(default_factory=list)
    saved_ids: list[str] = field(default_factory=list)
    plans: list[list[str]] = field(default_factory=list)
    """Of each save: the words, the followup, and the debt of a new followup that came with it."""


@dataclass
class Model:
    """*debts* gives each followup's debt, *names* each debt's debtor."""

    desks: int
    words: dict[str, Word] = field(default_factory=dict)
    beliefs: list[Belief] = field(default_factory=list)
    debts: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    planned: dict[str, list[int]] = field(default_factory=dict)
    """By debt: how many new followups were saved there, and how many of these may be missing."""
    filed: dict[str, int] = field(default_factory=dict)
    theirs: dict[tuple[str, str], Theirs] = field(default_factory=dict)
    seen: set[tuple[str, str, int]] = field(default_factory=set)
    """Colleagues' values that stood in a form."""
    decided: dict[tuple[str, str], float] = field(default_factory=dict)
    read_at: dict[str, float] = field(default_factory=dict)
    server_id_of: dict[str, str] = field(default_factory=dict)
    """The server's ids of followups that were written on a desk."""
    wrong: list[tuple[str, str]] = field(default_factory=list)
    """(invariant, sentence): what the server's journal showed to be broken."""
    number: int = 0
    _made: int = 0

    def __post_init__(self) -> None:
        self.beliefs = [Belief() for _ in range(self.desks)]

    # -- words

    def new_word(self, desk: int, followup: str, name: str) -> Word:
        self._made += 1
        word = Word(f"{'wv'[desk]}{self._made}a", desk, followup, name)
        self.words[word.text] = word
        return word

    def new_theirs(self) -> str:
        self._made += 1
        return f"t{self._made}x"

    def minute(self) -> int:
        """A number that no other moment has."""
        self._made += 1
        return self._made

    def id_of(self, followup: str) -> str:
        """The id that a followup has now."""
        return self.server_id_of.get(followup, followup)

    def words_of(self, followup: str, *, desk: int | None = None) -> list[Word]:
        wanted = self.id_of(followup)
        return [
            word
            for word in self.words.values()
            if self.id_of(word.followup) == wanted and (desk is None or word.desk == desk)
        ]

    def name_of(self, followup: str) -> str:
        """The debtor of a followup, for sentences."""
        if not followup:
            return "nobody"
        debt = self.debts.get(self.id_of(followup), "")
        name = self.names.get(debt, "") or followup[:6]
        return f"a new call of {name}" if followup.startswith(NEW) else name

    def misplaced(self, text: str, followup: str, name: str) -> str:
        """A word in *text*, which stands in this field, that was typed elsewhere; or ""."""
        for found in WORD.findall(text):
            word = self.words.get(found)
            if word is None:
                continue
            if word.field != name or self.id_of(word.followup) != self.id_of(followup):
                return (
                    f"{found} was typed in {word.field} of {self.name_of(word.followup)}"
                    f" and stands in {name} of {self.name_of(followup)}"
                )
        return ""

    # -- the server's journal

    def follow(self, journal: list[dict[str, Any]]) -> None:
        """Take in what came to the server since."""
        for one in journal:
            self.number = max(self.number, one["number"])
            if not 200 <= one["code"] < 300 or "/followups" not in one["path"]:
                continue
            if one["method"] == "GET" and one["who"] == "":
                for followup in one.get("ids") or ():
                    self.read_at[followup] = one["at"]
            elif one["method"] == "PUT":
                self._on_put(one)
            elif one["method"] == "POST":
                self._on_post(one)

    def _on_put(self, one: dict[str, Any]) -> None:
        followup = unquote(one["path"].rpartition("/")[2])
        for name, value in json.loads(one["body"]).items():
            before = (one["before"] or {}).get(name)
            if one["who"]:
                self._colleague_wrote(one, followup, name, value, before)
            else:
                self._desk_wrote(one, followup, name, value, before)

    def _colleague_wrote(
        self, one: dict[str, Any], followup: str, name: str, value: Any, before: Any
    ) -> None:
        self.theirs[followup, name] = Theirs(one["number"], one["at"], value)
        for found in set(WORD.findall(str(before or ""))) - set(WORD.findall(str(value or ""))):
            if found in self.words:
                self.words[found].free = True

    def _desk_wrote(
        self, one: dict[str, Any], followup: str, name: str, value: Any, before: Any
    ) -> None:
        misplaced = self.misplaced(str(value or ""), followup, name)
        if misplaced:
            self.wrong.append(("words land where they were typed", f"{misplaced} on the server"))
        theirs = self.theirs.pop((followup, name), None)
        if theirs is None or before != theirs.value or value == theirs.value:
            return
        kept = set(THEIRS.findall(str(theirs.value))) <= set(THEIRS.findall(str(value)))
        if name != "status" and kept:
            return
        known = (followup, name, theirs.number) in self.seen
        known |= self.decided.get((followup, name), 0.0) >= theirs.at
        raced = one["at"] - self.read_at.get(followup, 0.0) <= RACE_S
        raced &= self.read_at.get(followup, 0.0) < theirs.at
        # A read that was answered while the save was on its way cannot have held it up.
        raced |= one["at"] - theirs.at <= FLIGHT_S
        if not known and not raced:
            self.wrong.append(
                (
                    "no colleague's work is overwritten unseen",
                    f"{name} of {self.name_of(followup)}: a colleague's {theirs.value!r} became"
                    f" {value!r}, and nobody at the desk had seen it",
                )
            )

    def _on_post(self, one: dict[str, Any]) -> None:
        body, made = json.loads(one["body"]), str(one["made"])
        debt = str(body.get("debt_id"))
        self.debts[made] = debt
        if one["who"]:
            return
        self.filed[debt] = self.filed.get(debt, 0) + 1
        for name in ("summary", "notes"):
            for found in WORD.findall(str(body.get(name) or "")):
                word = self.words.get(found)
                if word is None:
                    continue
                if word.followup.startswith(NEW):
                    self.server_id_of.setdefault(word.followup, made)
                if self.debts.get(word.followup, debt) != debt or word.field != name:
                    self.wrong.append(
                        (
                            "words land where they were typed",
                            f"{found} was typed on {self.name_of(word.followup)} and was filed as"
                            f" {name} of {self.names.get(debt, debt)}",
                        )
                    )

    def plan(self, debt: str) -> None:
        """A new followup of this debt was saved."""
        self.planned.setdefault(debt, [0, 0])[0] += 1

    def may_miss(self, debt: str) -> None:
        """One of them was taken back: it may be there, cancelled, or not."""
        self.planned.setdefault(debt, [0, 0])[1] += 1
