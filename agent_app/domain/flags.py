"""What an agent must know before they speak: do not call, disputed, wrong number, deceased, represented.

Drawn from what was written about a debt, in English and in French. A sentence that says the contrary
("dispute settled", "may be called again") ends what was said before it. It is a reading of prose: a
flag points to where it was found, and stops nobody.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.debt import Debt
from agent_app.domain.debt_status import DebtStatus
from agent_app.domain.followup import Followup
from agent_app.domain.text import fold

MAX_READ = 10_000
"""Of a long text the beginning and the end are read, so many characters of each."""


class Flag(StrEnum):
    """The flags, the gravest first."""

    DECEASED = "deceased"
    DO_NOT_CALL = "do_not_call"
    REPRESENTED = "represented"
    DISPUTED = "disputed"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag, the sentence that says so, and the followup it was found in ("": the debt itself)."""

    flag: Flag
    sentence: str
    followup_id: str = ""
    at: datetime | None = None


_SAYS: dict[Flag, str] = {
    Flag.DECEASED: r"""
        \bdeceased\b | \bpassed\ away\b | \b(?:debtor|client|customer|he|she)\ (?:has\ )?died\b
        | \b(?:he|she|debtor)\ is\ dead\b
        | \bdecedee?s?\b | \best\ morte?\b | \bacte\ de\ deces\b | \bdeces\ d[ue]\b
        """,
    Flag.DO_NOT_CALL: r"""
        \b(?:do\ not|don'?t|never|must\ not|stop|no\ longer)\ (?:be\ )?(?:call|phone|ring|contact)(?:ing|ed)?
            (?:\ (?:him|her|them|me|us|this\ number|the\ debtor))?(?:\ (?:again\b|any\ ?more\b)|\ *$)
        | \bnot\ (?:to\ be|want\ to\ be)\ (?:called|contacted)(?:\ (?:again\b|any\ ?more\b)|\ *$)
        | \bno\ more\ calls?\b | \bcease\ and\ desist\b
        | \bne\ (?:plus|pas|jamais|surtout\ pas)\ (?:la\ |le\ |les\ |l')?(?:r?appeler|(?:re)?contacter|telephoner)
            (?:\ (?:le\ debiteur|la\ debitrice|ce\ numero|monsieur|madame))?\ *$
        | \bne\ (?:plus|pas)\ etre\ (?:r?appelee?|(?:re)?contactee?)\ *$
        | \bn'appele[rz]\ plus\b | \bplus\ aucun\ appel\b
        """,
    Flag.REPRESENTED: r"""
        \brepresented\ by\b | \b(?:his|her|their|the|debtor's)\ (?:lawyer|attorney|solicitor|barrister)\b
        | \bhas\ (?:a|an|hired\ a|hired\ an)\ (?:lawyer|attorney|solicitor)\b
        | \brepresentee?\ par\b | \b(?:son|leur|l')\ ?avocate?\b | \ba\ (?:pris\ )?une?\ avocate?\b
        | \bsous\ (?:curatelle|tutelle)\b | \b(?:son|sa|le|la)\ (?:curateur|curatrice|tuteur|tutrice)\b
        | \bmandataire\ judiciaire\b
        """,
    Flag.DISPUTED: r"""
        \bdisput(?:e|es|ed|ing)\b | \b(?:contests|denies)\ (?:the|this|owing)\b
        | \b(?:he|she)\ (?:has\ )?never\ (?:signed|ordered)\b
        | \bconteste(?:nt)?\b | \bcontestation\b | \bcontestee\b | \blitige\b
        | \bn'(?:a|avoir)\ jamais\ (?:signe|commande)\b
        """,
    Flag.WRONG_NUMBER: r"""
        \bwrong\ number\b | \bnot\ (?:his|her|their)\ number\b
        | \bnumber\ belongs\ to\b
        | \bnumber\ (?:is\ )?(?:not\ in\ service|disconnected|no\ longer\ in\ use|unallocated)\b
        | \b(?:mauvais|faux)\ numero\b | \berreur\ de\ numero\b
        | \bnumero\ (?:est\ )?(?:errone|incorrect|invalide|non\ attribue)\b
        | \bnumero\ (?:n'est\ )?plus\ attribue\b
        """,
}
_DENIES: dict[Flag, str] = {
    Flag.DECEASED: r"""
        \b(?:mother|father|wife|husband|partner|son|daughter|brother|sister|friend|relative)\b
        | \b(?:mere|pere|mari|femme|epouse?x?|conjointe?|compagn\w+|fils|fille|frere|soeur|amie?|proche)\b
        | \bnot\ deceased\b | \bpas\ decedee?\b
        """,
    Flag.DO_NOT_CALL: r"""
        \b(?:may|can)\ be\ called\b | \bpeut\ etre\ r?appelee?\b | \bok\ to\ call\b
        """,
    Flag.REPRESENTED: r"""
        \bno\ longer\ represented\b | \b(?:no|without\ a)\ (?:lawyer|attorney|solicitor)\b
        | \bn'est\ plus\ representee?\b | \b(?:sans|pas\ d'|plus\ d')\ ?avocate?\b
        | \bwill\ (?:see|ask|call|take|hire)\b | \b(?:va|compte)\ (?:voir|prendre|consulter)\b
        """,
    Flag.DISPUTED: r"""
        \b(?:no|not|without|never)\ (?:a\ )?disput\w+ | \bdoes\ not\ (?:dispute|contest|deny)\b
        | \bdispute\ (?:is\ |was\ )?(?:settled|resolved|closed|withdrawn|over)\b
        | \bne\ conteste\ (?:pas|plus)\b | \b(?:sans|aucune?|plus\ de|pas\ de)\ (?:contestation|litige)\b
        | \b(?:litige|contestation)\ (?:est\ )?(?:reglee?|close?|resolue?|levee?|terminee?)\b
        """,
    Flag.WRONG_NUMBER: r"""
        \bnot\ (?:a|the)\ wrong\ number\b | \bnew\ number\b | \bnouveau\ numero\b
        """,
}
_SENTENCE = re.compile(r"[^.!?;\n]+")
_FOUND = {flag: re.compile(text, re.VERBOSE) for flag, text in _SAYS.items()}
_DENIED = {flag: re.compile(text, re.VERBOSE) for flag, text in _DENIES.items()}
_DEAD_LINES = frozenset({"invalid_number", "unallocated_number"})
"""Reasons of disconnection that mean that nobody has the number."""


def flags_of(history: Iterable[Followup], debt: Debt | None) -> list[Raised]:
    """Return the flags of a debt, the gravest first. *history* has its followups, the latest first: what was
    said last about a flag counts."""
    found: dict[Flag, Raised | None] = {}
    if debt is not None and debt.status == DebtStatus.INVALID_PHONE:
        found[Flag.WRONG_NUMBER] = Raised(Flag.WRONG_NUMBER, "")
    for one in history:
        at = one.call_date or one.scheduled_at
        for text in (one.notes, one.summary):
            for flag, sentence in _read(text or ""):
                raised = Raised(flag, sentence, one.id, at) if sentence else None
                found.setdefault(flag, raised)
        if one.disconnection_reason in _DEAD_LINES and _is_still_called(one, debt):
            found.setdefault(Flag.WRONG_NUMBER, Raised(Flag.WRONG_NUMBER, "", one.id, at))
    for flag, sentence in _read((debt.summary if debt else "") or ""):
        found.setdefault(flag, Raised(flag, sentence) if sentence else None)
    return [raised for flag in Flag if (raised := found.get(flag)) is not None]


def _is_still_called(one: Followup, debt: Debt | None) -> bool:
    """Return whether the number of a call is still the debtor's as far as we know."""
    return debt is None or not debt.phone or debt.phone == one.phone_number_used


def _read(text: str) -> list[tuple[Flag, str]]:
    """Return what a text says of each flag, its last sentences first; "" where that is the contrary."""
    if len(text) > 2 * MAX_READ:
        text = f"{text[:MAX_READ]}\n{text[-MAX_READ:]}"
    said: list[tuple[Flag, str]] = []
    for sentence in reversed(_SENTENCE.findall(text)):
        folded = " ".join(fold(sentence).replace("’", "'").split())
        for flag in Flag:
            if _DENIED[flag].search(folded):
                if flag is not Flag.DECEASED:
                    said.append((flag, ""))
            elif _FOUND[flag].search(folded):
                said.append((flag, sentence.strip()))
    return said
