"""What the window says of what supervisors decide for the whole team."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from agent_app.domain.team import SharedKind
from agent_app.domain.templates import Template

translate = QCoreApplication.translate
MOST_NAMES = 3


def decided_words(name: str, moment: str, *, is_withdrawn: bool) -> str:
    """Return who decided it for all, and when."""
    if is_withdrawn:
        words = translate("TeamStandards", "Each has their own: {name}, {moment}.")
    else:
        words = translate("TeamStandards", "From the team: {name}, {moment}.")
    return words.format(name=name, moment=moment)


def waiting_words(name: str, moment: str) -> str:
    """Return what became of what was written here and is not the team's: *name* wrote first at *moment*
    ("": nobody did)."""
    if not name:
        return translate("TeamStandards", "What you decided leaves when the team is back.")
    return translate(
        "TeamStandards",
        "{name} decided otherwise ({moment}) before yours arrived. OK puts yours in its place.",
    ).format(name=name, moment=moment)


def news_words(kind: SharedKind, name: str) -> str:
    """Return that a colleague decided something for all."""
    match kind:
        case SharedKind.TEMPLATES:
            words = translate("TeamStandards", "{name} changed the team's templates.")
        case SharedKind.CALLING_RULES:
            words = translate("TeamStandards", "{name} changed the team's calling rules.")
        case SharedKind.SCORECARD:
            words = translate("TeamStandards", "{name} changed the team's scorecard.")
        case SharedKind.GOALS:
            words = translate("TeamStandards", "{name} changed the team's goal a day.")
    return words.format(name=name)


def beaten_words(kind: SharedKind, name: str) -> str:
    """Return that a colleague decided before what was written here arrived."""
    kept = translate("TeamStandards", "Yours is kept: see Settings.")
    return f"{news_words(kind, name)} {kept}"


def version_words(kind: SharedKind, value: Any, before: Any) -> str:
    """Return what a version says in a few words, or what it changed in the one *before*; None is none."""
    if value is None:
        return translate("TeamStandards", "each has their own")
    match kind:
        case SharedKind.TEMPLATES:
            return _changes(value, before or ())
        case SharedKind.CALLING_RULES:
            words = translate("TeamStandards", "rules that are on: {count}")
            count = sum(rule.enabled for rule in value.rules)
        case SharedKind.SCORECARD:
            words = translate("TeamStandards", "questions: {count}")
            count = len(value.splitlines())
        case SharedKind.GOALS:
            words = translate("TeamStandards", "calls a day: {count}")
            count = value
    return words.format(count=count)


def _changes(now: Sequence[Template], before: Sequence[Template]) -> str:
    texts, old = {one.name: one.text for one in now}, {one.name: one.text for one in before}
    parts = [
        (translate("TeamStandards", "new: {names}"), sorted(texts.keys() - old.keys())),
        (
            translate("TeamStandards", "changed: {names}"),
            sorted(name for name in texts.keys() & old.keys() if texts[name] != old[name]),
        ),
        (translate("TeamStandards", "removed: {names}"), sorted(old.keys() - texts.keys())),
    ]
    return "; ".join(words.replace("{names}", _some(names)) for words, names in parts if names)


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{shown} +{more}" if more > 0 else shown
