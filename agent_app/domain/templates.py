"""Texts that a team writes often: found by name, filled with the debt's facts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MAX_NAME, MAX_TEXT = 40, 5_000
MAX_TEMPLATES = 1_000
MAX_FOR_ALL = 100_000
"""What supervisors write for all is together no longer (characters)."""
FIELDS = ("debtor", "amount", "date", "time", "agent", "phone", "reference", "due", "creditor")
"""What stands in braces in a template's text; anything else in braces is left as it is."""

_NAME = re.compile(r"[\w.\-]+")
_PLACE = re.compile(r"\{([a-z]+)\}")
_BLANK = re.compile(r"\{[^\W\d_][^{}\n]{0,38}\}")
_TYPED = re.compile(r"(?:^|(?<=\s))/([\w.\-]*)$")


@dataclass(frozen=True, slots=True)
class Template:
    """One text; `/name` inserts it. `of_team`: supervisors wrote it for all."""

    name: str
    text: str
    of_team: bool = False


def is_name(text: str) -> bool:
    """Return whether *text* can be typed after a slash: letters, digits, dots, dashes."""
    return len(text) <= MAX_NAME and bool(_NAME.fullmatch(text))


def filled(template: Template, facts: Mapping[str, str]) -> str:
    """Return the template's text with *facts* in their places; a fact that is not known leaves its
    place in braces, so that the agent sees what is missing."""
    return _PLACE.sub(lambda place: facts.get(place[1]) or place[0], template.text)


def blanks_in(text: str) -> list[str]:
    """Return the places in braces that are still to be filled in, in their order, each once."""
    if "{" not in text:
        return []
    return list(dict.fromkeys(_BLANK.findall(text)))


def unfilled(text: str, was: str) -> list[str]:
    """Return the places in *text* that are to be filled in and that it had not when it *was* as it was."""
    found = blanks_in(text)
    known = set(blanks_in(was)) if found else set()
    return [one for one in found if one not in known]


def typed_name(before: str) -> str | None:
    """Return the name that is being typed at the end of *before*, without its slash; None where no
    template is being typed. A slash inside a word (24/11, https://) is none."""
    found = _TYPED.search(before)
    return found[1] if found else None


def matching(templates: Iterable[Template], begun: str) -> list[Template]:
    """Return the templates whose names begin with *begun*, then those that hold it, by name."""
    wanted = begun.casefold()
    found = [one for one in templates if wanted in one.name.casefold()]
    return sorted(found, key=lambda t: (not t.name.casefold().startswith(wanted), t.name))
