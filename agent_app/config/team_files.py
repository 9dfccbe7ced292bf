"""What a team agrees on, as files and as texts: templates, calling rules, and views of the list.

`templates.toml` and `calling.toml` in the data folder; a supervisor can hand either out, or have a team
carry it as a text (JSON). The rules that the desk brings are in the resources, all of them off.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from agent_app.config.toml_files import read_toml, write_toml
from agent_app.domain.calling import (
    WEEKDAYS,
    CallingRule,
    Per,
    Rulebook,
    read_spans,
    spans_text,
)
from agent_app.domain.errors import BadSetting
from agent_app.domain.fields import Status
from agent_app.domain.own_views import MAX_NAME as MAX_VIEW_NAME
from agent_app.domain.own_views import MAX_VIEWS, OwnView
from agent_app.domain.places import is_zone
from agent_app.domain.templates import MAX_NAME, MAX_TEMPLATES, MAX_TEXT, Template, is_name
from agent_app.domain.views import Column, View

TEMPLATES, CALLING, VIEWS = "templates.toml", "calling.toml", "views.toml"

Shape = TypeVar("Shape", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Template(_Strict):
    name: Annotated[str, Field(max_length=MAX_NAME)]
    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]

    @field_validator("name")
    @classmethod
    def _may_be_typed(cls, name: str) -> str:
        if not is_name(name):
            raise ValueError("a name has letters, digits, dots and dashes only")
        return name


class _Templates(_Strict):
    template: Annotated[list[_Template], Field(max_length=MAX_TEMPLATES)] = []


class _Rule(_Strict):
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    name: Annotated[str, Field(min_length=1, max_length=100)]
    source: Annotated[str, Field(max_length=300)] = ""
    checked: date = date(1970, 1, 1)
    enabled: bool = False
    note: Annotated[str, Field(max_length=500)] = ""
    holidays: bool = False
    most: Annotated[int, Field(ge=0, le=1_000)] = 0
    in_days: Annotated[int, Field(ge=0, le=366)] = 0
    per: Per = Per.DEBT
    quiet_days: Annotated[int, Field(ge=0, le=366)] = 0
    refusal_days: Annotated[int, Field(ge=0, le=366)] = 0
    hours: dict[str, str] = {}

    @field_validator("hours")
    @classmethod
    def _are_hours(cls, hours: dict[str, str]) -> dict[str, str]:
        for day, text in hours.items():
            if day not in WEEKDAYS:
                raise ValueError(f"{day} is no weekday ({', '.join(WEEKDAYS)})")
            read_spans(text)
        return hours


class _Book(_Strict):
    conversation: list[Status] = []
    refusal: list[Status] = []
    rule: list[_Rule] = []
    zones: dict[str, dict[str, list[str]]] = {}

    @field_validator("zones")
    @classmethod
    def _are_zones(cls, zones: dict[str, dict[str, list[str]]]) -> dict[str, dict[str, list[str]]]:
        unknown = [z for one in zones.values() for names in one.values() for z in names]
        unknown = [name for name in unknown if not is_zone(name)]
        if unknown:
            raise ValueError(f"{unknown[0]} is no time zone")
        return zones


class _View(_Strict):
    name: Annotated[str, Field(min_length=1, max_length=MAX_VIEW_NAME)]
    view: View
    status: Annotated[str, Field(max_length=60)] = ""
    type: Annotated[str, Field(max_length=40)] = ""
    columns: Annotated[list[Column], Field(max_length=30)] = []
    sort: Column = Column.SCHEDULED
    descending: bool = False


class _Views(_Strict):
    view: Annotated[list[_View], Field(max_length=MAX_VIEWS)] = []


def read_views(file: Path, *, of_team: bool) -> tuple[OwnView, ...]:
    """Return the own views in a file; none where there is no file. Raises BadSetting."""
    payload = _read(file, _Views)
    found = payload.view if payload is not None else []
    return tuple(
        OwnView(
            one.name, one.view, one.status, one.type, tuple(one.columns), one.sort, one.descending,
            of_team,
        )
        for one in found
    )  # fmt: skip


def write_views(file: Path, views: Iterable[OwnView]) -> None:
    """Write own views, whole or not at all. Raises BadSetting if the place refuses."""
    names = ("name", "view", "status", "type", "sort", "descending")
    rows = [
        {name: getattr(one, name) for name in names} | {"columns": list(one.columns)}
        for one in views
    ]
    write_toml(file, {"view": rows})


def read_templates(file: Path) -> list[Template]:
    """Return the templates in a file; none where there is no file. Raises BadSetting, saying what is wrong
    in it."""
    payload = _read(file, _Templates)
    return _templates(payload, file.name) if payload is not None else []


def templates_of(text: str) -> list[Template]:
    """Return the templates that supervisors wrote for all. Raises BadSetting."""
    found = _templates(_parse(text, _Templates, "templates"), "templates")
    return [replace(one, of_team=True) for one in found]


def templates_text(templates: Iterable[Template]) -> str:
    """Return templates as a text for all."""
    rows = [_Template(name=one.name, text=one.text) for one in templates]
    return _Templates(template=rows).model_dump_json()


def _templates(payload: _Templates, place: str) -> list[Template]:
    names = [one.name.casefold() for one in payload.template]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise BadSetting(f"{place}: there are two templates called {twice}")
    return [Template(one.name, one.text) for one in payload.template]


def write_templates(file: Path, templates: Iterable[Template]) -> None:
    """Write templates, whole or not at all. Raises BadSetting if the place refuses."""
    write_toml(file, {"template": [{"name": t.name, "text": t.text} for t in templates]})


def read_rulebook(own: Path, resources: Path) -> Rulebook:
    """Return the team's calling rules, or the ready-made ones. Raises BadSetting."""
    return read_rules(own if own.exists() else resources / "rules" / CALLING)


def read_rules(file: Path) -> Rulebook:
    """Return the calling rules in a file. Raises BadSetting."""
    payload = _read(file, _Book)
    return _book(payload) if payload is not None else Rulebook()


def rules_of(text: str) -> Rulebook:
    """Return the calling rules that supervisors wrote for all. Raises BadSetting."""
    return _book(_parse(text, _Book, "calling rules"))


def rules_text(book: Rulebook) -> str:
    """Return calling rules as a text for all."""
    return _Book.model_validate(_values(book)).model_dump_json()


def _book(payload: _Book) -> Rulebook:
    return Rulebook(
        tuple(_rule(one) for one in payload.rule),
        frozenset(payload.conversation),
        frozenset(payload.refusal),
        {
            country: {start: tuple(names) for start, names in by_start.items()}
            for country, by_start in payload.zones.items()
        },
    )


def write_rules(file: Path, book: Rulebook) -> None:
    """Write calling rules, whole or not at all. Raises BadSetting if the place refuses."""
    write_toml(file, _values(book))


def _values(book: Rulebook) -> dict[str, Any]:
    return {
        "conversation": sorted(book.conversation),
        "refusal": sorted(book.refusal),
        "rule": [_said(rule) for rule in book.rules],
        "zones": {c: {s: list(n) for s, n in z.items()} for c, z in book.zones.items()},
    }


def _rule(payload: _Rule) -> CallingRule:
    hours = {WEEKDAYS.index(day): read_spans(text) for day, text in payload.hours.items()}
    return CallingRule(**{**payload.model_dump(), "hours": hours})


def _said(rule: CallingRule) -> dict[str, Any]:
    names = ("country", "name", "source", "checked", "enabled", "note", "holidays", "most")
    values = {name: getattr(rule, name) for name in (*names, "in_days", "quiet_days")}
    values |= {"refusal_days": rule.refusal_days, "per": str(rule.per)}
    values["hours"] = {WEEKDAYS[day]: spans_text(spans) for day, spans in rule.hours.items()}
    return values


def _read(file: Path, shape: type[Shape]) -> Shape | None:
    found = read_toml(file)
    if found is None:
        return None
    with _saying(file.name):
        return shape.model_validate(found[0])


def _parse(text: str, shape: type[Shape], place: str) -> Shape:
    with _saying(place):
        return shape.model_validate_json(text)


@contextmanager
def _saying(place: str) -> Iterator[None]:
    """Say what is wrong in *place* as a BadSetting."""
    try:
        yield
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])[:200] or "the file"
        raise BadSetting(f"{place}: {where}: {first['msg'][:200]}") from None
