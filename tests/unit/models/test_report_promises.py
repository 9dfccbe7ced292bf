"""Promises are counted by what became of them, and each number leads to its followups."""

import asyncio
from datetime import date, datetime

from agent_app.domain.periods import Span, custom
from agent_app.domain.promise import Standing
from agent_app.domain.views import Column
from agent_app.models.report import ReportModel
from agent_app.models.report_numbers import numbers
from agent_app.runtime.tasks import Tasks
from tests.unit.models.desk import PARIS, FormDesk
from tests.waiting import until


def test_kept_broken_and_open(desk: FormDesk) -> None:
    for debt_id, status in (("d1", "in_progress"), ("d2", "paid"), ("d3", "in_progress")):
        desk.debt(debt_id, status=f"status.default.{status}")
    made_at = datetime(2026, 11, 20, 10, tzinfo=PARIS)
    for debt_id, day in (("d1", 24), ("d2", 24), ("d3", 30)):
        notes = f"Promise · 80.00 EUR → 2026-11-{day}"
        desk.followup(f"f-{debt_id}", debt_id=debt_id, notes=notes, call_date=made_at,
                      status="deal_found")  # fmt: skip

    async def count() -> ReportModel:
        model = ReportModel(desk.store, desk.commands, desk.clock, PARIS, Tasks())
        model.show(Span.CUSTOM, custom(date(2026, 11, 16), date(2026, 11, 26)))
        await until(lambda: not model.counting)
        return model

    model = asyncio.run(count())
    assert [model.promised[one] for one in Standing] == [1, 1, 1]
    found = {number.name: number for number in numbers(model)}
    assert found["Promises to pay"].value == "3"
    assert found["Promises kept"].note.startswith("1 of 2")
    for name, ids in (
        ("Promises to pay", {"f-d1", "f-d2", "f-d3"}),
        ("Promises kept", {"f-d2"}),
        ("Promises broken", {"f-d1"}),
    ):
        keys = desk.store.listing.keys(found[name].behind(), Column.EXECUTED, descending=False)
        assert {row.id for row in desk.store.listing.rows(keys).values()} == ids
    model.close()
