"""What the call card says, in sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from agent_app.domain.callers import Caller
from agent_app.domain.fields import Direction
from agent_app.domain.screen_pop import ScreenPop
from agent_app.text.numbers import phone

translate = QCoreApplication.translate


class CallCounts(QObject):
    """Counts in words. Only a QObject's own `tr` is translated with its plurals."""

    def more(self, count: int) -> str:
        """Return how many calls wait behind the one that is shown."""
        return self.tr("%n more", "", count)

    def debts(self, count: int) -> str:
        """Return how many debts a number leads to."""
        return self.tr("%n debts have this number", "", count)

    def to_be_done(self, count: int) -> str:
        """Return how many followups of a debtor are open."""
        return self.tr("%n open followup(s)", "", count)


@dataclass(frozen=True, slots=True)
class CardWords:
    """A card: who calls in one line, what is known of them below it, what can be done.

    `offers` are pairs of what is done ("open", "search" …) and its words, the main one first;
    `choices` are debtors to choose from.
    """

    heading: str
    title: str = ""
    facts: str = ""
    offers: tuple[tuple[str, str], ...] = ()
    choices: tuple[str, ...] = ()
    chosen: int = 0
    more: str = ""

    @property
    def sentence(self) -> str:
        """All of it, as a screen reader says it."""
        about = ", ".join(part for part in (self.title, self.facts) if part)
        said = ": ".join(part for part in (self.heading, about) if part)
        return " ".join(part for part in (said, *self.choices, self.more) if part)


def heading(pop: ScreenPop, number: str, *, over_at: str) -> str:
    """Return who calls whom. *over_at* is the time at which a call that has ended came in, else ""."""
    if not number:
        if not over_at:
            return translate("CallCard", "A call")
        return translate("CallCard", "A call at {time}").format(time=over_at)
    number = phone(number)
    if pop.direction == Direction.OUTBOUND:
        text = (
            translate("CallCard", "Call to {number} at {time}")
            if over_at
            else translate("CallCard", "Call to {number}")
        )
    else:
        text = (
            translate("CallCard", "{number} called at {time}")
            if over_at
            else translate("CallCard", "{number} is calling")
        )
    return text.format(number=number, time=over_at)


def more_words(more: int) -> str:
    """Return how many calls wait behind the one that is shown."""
    return CallCounts().more(more) if more else ""


def known(
    about: str,
    callers: Sequence[Caller],
    chosen: int,
    more: str,
    taken: Callable[[str], str] = lambda _debt_id: "",
) -> CardWords:
    """Return one debtor, or several to choose from. *taken* says which colleague has a debt, or ""."""
    best = callers[chosen]
    dismiss = ("dismiss", translate("CallCard", "Dismiss"))
    if len(callers) > 1:
        return CardWords(
            about,
            title=CallCounts().debts(len(callers)),
            offers=(("open", translate("CallCard", "Choose (F4)")), dismiss),
            choices=tuple(_in_a_line(caller, taken(caller.debt_id)) for caller in callers),
            chosen=chosen,
            more=more,
        )
    words = translate("CallCard", "Open (F4)")
    if not best.followup_id:
        words = translate("CallCard", "New call (F4)")
    facts = _facts(best, taken(best.debt_id))
    return CardWords(about, best.name, facts, offers=(("open", words), dismiss), more=more)


def unknown(about: str, number: str, followup_id: str, *, loading: bool, more: str) -> CardWords:
    """Nobody is found: neither by the followup that was named nor by the number."""
    if followup_id:
        title = translate("CallCard", "its followup was not found")
    elif loading:
        title = translate("CallCard", "no debtor so far, the list is still being loaded")
    else:
        title = translate("CallCard", "no debtor has this number")
    offers = []
    if number:
        offers = [
            ("search", translate("CallCard", "Search (F4)")),
            ("copy", translate("CallCard", "Copy")),
        ]
    return CardWords(
        about,
        title,
        facts=_id_words(followup_id),
        offers=(*offers, ("dismiss", translate("CallCard", "Dismiss"))),
        more=more,
    )


def looking_up(about: str, more: str) -> CardWords:
    """Return the followup that was named is being read."""
    return CardWords(
        about,
        translate("CallCard", "looking it up…"),
        offers=(("dismiss", translate("CallCard", "Dismiss")),),
        more=more,
    )


def not_looked_up(about: str, followup_id: str, more: str) -> CardWords:
    """The server cannot be asked now."""
    return CardWords(
        about,
        translate("CallCard", "its followup cannot be looked up now"),
        facts=_id_words(followup_id),
        offers=(
            ("retry", translate("CallCard", "Try again (F4)")),
            ("dismiss", translate("CallCard", "Dismiss")),
        ),
        more=more,
    )


def kept_for_later(about: str, *, opening: bool, more: str) -> CardWords:
    """There is no desk yet to look in."""
    title = (
        translate("CallCard", "your followups are being opened")
        if opening
        else translate("CallCard", "sign in to see whose call it is")
    )
    return CardWords(
        about,
        title,
        offers=(("dismiss", translate("CallCard", "Dismiss")),),
        more=more,
    )


def behind_the_lock() -> CardWords:
    """The window is locked: nothing about anybody."""
    return CardWords(translate("CallCard", "A call is waiting."))


def opened(
    name: str, *, filled: str, left_out: str, by_itself: bool, is_message: bool
) -> CardWords:
    """Return what became of a call that was opened."""
    about = (
        translate("CallCard", "Opened, as nothing was being typed")
        if by_itself
        else translate("CallCard", "Opened")
    )
    facts = []
    if filled:
        facts.append(translate("CallCard", "Filled in: {fields}.").format(fields=filled))
    if is_message:
        facts.append(translate("CallCard", "A message takes no details of a call."))
    if left_out:
        facts.append(
            translate("CallCard", "Left out, as it made no sense: {names}.").format(names=left_out)
        )
    offers = [("dismiss", translate("CallCard", "Close"))]
    if by_itself:
        offers.insert(0, ("back", translate("CallCard", "Go back")))
    return CardWords(about, name, " ".join(facts), tuple(offers))


def _id_words(followup_id: str) -> str:
    return translate("CallCard", "ID {id}").format(id=followup_id) if followup_id else ""


def _facts(caller: Caller, taken: str) -> str:
    return ", ".join(part for part in (taken, caller.amount, _to_be_done(caller)) if part)


def _to_be_done(caller: Caller) -> str:
    if not caller.to_be_done:
        return translate("CallCard", "no open followup")
    return CallCounts().to_be_done(caller.to_be_done)


def _in_a_line(caller: Caller, taken: str) -> str:
    return ", ".join(part for part in (caller.name, _facts(caller, taken)) if part)
