"""A call's facts, as a telephone system hands them over, checked field by field.

They come from a command line, a `followup:` link or the local socket, so anybody may have written
them: each field has a form and a length, a field that does not fit is left out and named, and
nothing here is ever executed, fetched or saved.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, unquote, urlsplit

from agent_app.domain.errors import ExternalError
from agent_app.domain.fields import Direction, Value
from agent_app.domain.links import is_safe_link
from agent_app.domain.telephone import without_marks

SCHEME = "followup"
TELEPHONE_SCHEMES = frozenset({"tel", "callto", "sip", "sips"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_QUOTES = "\"'<>«»“”„‘’"
MAX_CHARACTERS = 4_096
MAX_ID, MAX_TEXT = 200, 120
FIRST_YEAR, LAST_YEAR = 2000, 2100
MAX_DURATION_MS = 24 * 3600 * 1000
NAMES = (
    "followup_id",
    "phone",
    "call_id",
    "duration_ms",
    "direction",
    "recording_url",
    "disconnection_reason",
    "started_at",
)


class NotAPop(ExternalError):
    """Nothing in it says what to open."""


@dataclass(frozen=True, slots=True)
class ScreenPop:
    """What to open, and what is known of the call. `started_at` is ISO 8601 with its offset; `left_out`
    names fields that did not fit."""

    followup_id: str = ""
    phone: str = ""
    call_id: str = ""
    duration_ms: int | None = None
    direction: str = ""
    recording_url: str = ""
    disconnection_reason: str = ""
    started_at: str = ""
    left_out: tuple[str, ...] = ()

    def values(self) -> dict[str, object]:
        """Return the pop as `from_values` takes it."""
        found = {name: getattr(self, name) for name in NAMES}
        return {name: value for name, value in found.items() if value not in ("", None)}

    def with_news(self, later: "ScreenPop") -> "ScreenPop":
        """Return what is known of the call after a *later* message about it."""
        known = self.values() | later.values()
        left_out = tuple(dict.fromkeys(self.left_out + later.left_out))
        return replace(ScreenPop(left_out=left_out), **known)  # type: ignore[arg-type]

    def changes(self, now: datetime) -> dict[str, Value]:
        """Return the call's facts as changes of the followup. Where the telephone does not say when the call
        began, it is taken to have just ended."""
        found: dict[str, Value] = {
            "phone_number_used": self.phone or None,
            "call_id": self.call_id or None,
            "duration_ms": self.duration_ms,
            "direction": self.direction or None,
            "audio_url": self.recording_url or None,
            "disconnection_reason": self.disconnection_reason or None,
        }
        changes: dict[str, Value] = {
            name: value for name, value in found.items() if value is not None
        }
        if self.started_at:
            changes["call_date"] = datetime.fromisoformat(self.started_at).astimezone(UTC)
        elif self.duration_ms is not None:
            began = now - timedelta(milliseconds=self.duration_ms)
            changes["call_date"] = began.replace(microsecond=0)
        return changes


def from_values(values: Mapping[str, object]) -> ScreenPop:
    """Return a screen pop of loose *values*. Raises NotAPop if neither an id nor a phone is left."""
    found: dict[str, object] = {}
    left_out: list[str] = []
    for name, value in values.items():
        if name not in NAMES:
            left_out.append(name[:40] if name.isprintable() else "?")
            continue
        if value is None or value == "":
            continue
        good = _checked(name, value)
        if good is None:
            left_out.append(name)
        else:
            found[name] = good
    pop = ScreenPop(**found, left_out=tuple(left_out[:10]))  # type: ignore[arg-type]
    if not pop.followup_id and not pop.phone:
        raise NotAPop("neither a followup nor a phone number to open")
    if "followup_id" in left_out:
        raise NotAPop("the followup's id has no form of an id")
    return pop


def from_text(text: str, values: Mapping[str, object]) -> ScreenPop:
    """Return a screen pop of what a command line names, an id or a link, and of loose *values* beside it.
    Raises NotAPop."""
    clean = _bare(text)
    scheme = _SCHEME.match(clean)
    if scheme is None:
        return from_values({**values, "followup_id": clean})
    if scheme[1].lower() in TELEPHONE_SCHEMES:
        return from_values({**values, "phone": clean})
    return from_link(clean)


def from_link(link: str) -> ScreenPop:
    """Return a screen pop of `followup://open/ID?call_id=…`, read as URLs are: scheme and host in any case,
    slashes more or less. Raises NotAPop."""
    link = _bare(link)
    if len(link) > MAX_CHARACTERS:
        raise NotAPop("the link is too long")
    try:
        parts = urlsplit(link)
        query = parse_qsl(
            parts.query.replace("&amp;", "&"), keep_blank_values=True, max_num_fields=20
        )
    except ValueError:
        raise NotAPop("the link cannot be read") from None
    host, _, path = f"{parts.netloc}{parts.path}".strip("/").partition("/")
    if parts.scheme != SCHEME or host.lower() != "open":
        raise NotAPop("the link is none of ours")
    values: dict[str, object] = dict(query)
    if "phone" in values:
        # A plus that was not escaped is read as a space.
        values["phone"] = re.sub(r"^([a-z]+:)? ", r"\1+", str(values["phone"]), flags=re.IGNORECASE)
    followup_id = _bare(unquote(path.strip("/")))
    if followup_id:
        values["followup_id"] = followup_id
    return from_values(values)


def _bare(text: str) -> str:
    """*text* without what surrounds it where it was copied from: blanks, unseen marks, quotes."""
    text = "".join(c for c in text if unicodedata.category(c) != "Cf").strip()
    while len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1].strip()
    return text


def _checked(name: str, value: object) -> object | None:
    """*value* as the field takes it, or None where it does not fit."""
    if name == "duration_ms":
        return _duration(value)
    if not isinstance(value, str):
        return None
    value = without_marks(value) if name == "phone" else _bare(value)
    if not value.isprintable():
        return None
    match name:
        case "followup_id":
            good = 0 < len(value) <= MAX_ID and not re.search(r"\s", value)
            return value if good else None
        case "phone":
            digits = sum(c.isdigit() for c in value)
            form = re.fullmatch(r"\+?[0-9 ()./\-]{3,40}( ext\. [0-9]{1,7})?", value, re.ASCII)
            return value if form and 3 <= digits <= 15 + 7 else None
        case "direction":
            return value if value in set(Direction) else None
        case "recording_url":
            return value if is_safe_link(value) else None
        case "started_at":
            return _moment(value)
    return value if 0 < len(value) <= MAX_TEXT else None


def _moment(text: str) -> str | None:
    """Return a moment of these times to the second, with its offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return moment.replace(microsecond=0).isoformat()


def _duration(value: object) -> int | None:
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII):
        return None
    return int(text) if int(text) <= MAX_DURATION_MS else None
