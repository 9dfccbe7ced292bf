"""What is told in several places is told the same in each: fields, columns, settings, actions, faults."""

import tomllib
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import yaml

import agent_app
from agent_app.api.wire import FollowupSaid
from agent_app.domain.fields import FIELDS, Field, Kind
from agent_app.domain.followup import MOMENT_NAMES, Followup
from agent_app.domain.outcomes import Outcome
from agent_app.domain.settings import Settings
from agent_app.domain.views import Column, View
from agent_app.sandbox import faults
from agent_app.sandbox.rules import WRITABLE
from agent_app.text.labels import field_label, outcome_label, outcome_words, view_label

PACKAGE = Path(agent_app.__file__).parent
ROOT = PACKAGE.parent
HELD = {Kind.MOMENT: datetime, Kind.DURATION: int, Kind.FLAG: bool}
"""What a field of this kind holds; of any other kind, text."""


def wire_types(name: str) -> str:
    """How a reply's value is read, as the source says it: `MomentOrNone` …"""
    source = (PACKAGE / "api/wire.py").read_text("utf-8")
    lines = source.partition("class FollowupSaid")[2].partition("\nclass ")[0].splitlines()
    return next(line.partition(": ")[2] for line in lines if line.strip().startswith(f"{name}: "))


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_is_known_to_all_that_has_to_do_with_it(field: Field) -> None:
    types = {one.name: one.type for one in fields(Followup)}
    held = HELD.get(field.kind, str)
    assert types[field.name] is held or held in get_args(types[field.name])
    assert (field.kind is Kind.MOMENT) == (field.name in MOMENT_NAMES)
    assert field.name in get_type_hints(FollowupSaid)
    assert ("Moment" in wire_types(field.name)) == (field.kind is Kind.MOMENT)
    assert field_label(field.name) != field.name
    assert field.name in WRITABLE


def test_what_may_be_written_is_the_contract() -> None:
    contract = yaml.safe_load((ROOT / "resources/openapi.yaml").read_text("utf-8"))
    writable = contract["components"]["schemas"]["FollowupWritable"]["properties"]
    assert [field.name for field in FIELDS] == list(writable) == list(WRITABLE)


def test_every_moment_of_a_reply_is_kept_as_one() -> None:
    hints = get_type_hints(FollowupSaid)
    assert {name for name in hints if "Moment" in wire_types(name)} == set(MOMENT_NAMES)


def test_every_view_and_outcome_has_words() -> None:
    assert len({view_label(view) for view in View}) == len(View)
    assert len({outcome_label(outcome) for outcome in Outcome}) == len(Outcome)
    assert all(outcome_words(outcome) for outcome in Outcome)


def test_every_column_is_sorted_by() -> None:
    from agent_app.store.listing import _OF_DEBT, _SORT

    assert _SORT.keys() | _OF_DEBT.keys() | {Column.REASON} == set(Column)


def test_every_setting_is_in_the_example_or_in_the_window() -> None:
    """What an administrator can set stands in the example, the rest is a person's own."""
    example = (ROOT / "packaging/managed.toml").read_text("utf-8")
    window = "".join(
        file.read_text("utf-8") for file in sorted((PACKAGE / "ui/settings").glob("*.py"))
    ) + (PACKAGE / "features/preferences.py").read_text("utf-8")
    for one in fields(Settings):
        as_table = one.name.removeprefix("team_")
        assert one.name in window or one.name in example or as_table in example, one.name


def test_the_example_names_only_settings() -> None:
    example = tomllib.loads((ROOT / "packaging/managed.toml").read_text("utf-8"))
    known = {one.name for one in fields(Settings)}
    fixed = example.pop("fixed")
    for values in (example, fixed):
        for name, value in values.items():
            names = [f"{name}_{key}" for key in value] if isinstance(value, dict) else [name]
            assert set(names) <= known


def test_every_kind_of_fault_is_carried_out() -> None:
    """`KINDS` is what `--help` tells; each is asked for by its name where faults strike."""
    source = (PACKAGE / "sandbox/faults.py").read_text("utf-8").partition("_AS_JSON")[2]
    for kind in faults.KINDS:
        value = "before" if kind == "drop" else "1"
        assert faults.parse(f"GET * {kind}={value}").kind == kind
        assert f'"{kind}"' in source, kind
