"""Outcomes for who has `reports:read`: figures, ways to the followups behind them, reviews, files."""

import asyncio
import csv
import json
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_app.domain.periods import Period, Span
from agent_app.domain.reviews import LookFor
from agent_app.domain.views import Column, View
from agent_app.models.report_numbers import numbers
from agent_app.models.review_sample import SIZE
from agent_app.text.endings import ending_label
from agent_app.ui.report.chart import Chart
from agent_app.ui.window.palette import Palette
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
async def supervisor(start: Start, sandbox: RunningSandbox) -> Driver:
    sandbox.set(role="supervisor")
    desk: Driver = await start()
    return desk


async def open_report(desk: Driver) -> Any:
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_O, CONTROL)
    report = desk.form_desk.report
    assert report is not None
    assert report.panel is not None
    report.model.show(Span.CUSTOM, a_fortnight())
    await until(lambda: not report.model.counting)
    return report


def a_fortnight() -> Period:
    today = datetime.now().astimezone().date()
    return Period(today - timedelta(days=13), today)


def on_the_server(desk: Driver) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    page, pages = 1, 1
    while page <= pages:
        reply = desk.sandbox.api("GET", f"/followups?limit=100&page={page}")[1]
        rows += reply["data"]
        pages, page = reply["pagination"]["pages"], page + 1
    return rows


async def test_the_figures_are_those_of_the_server(supervisor: Driver) -> None:
    report = await open_report(supervisor)
    period = a_fortnight()

    def inside(one: dict[str, Any]) -> bool:
        if not one["call_date"]:
            return False
        day = datetime.fromisoformat(one["call_date"]).astimezone().date()
        return bool(period.first <= day <= period.last)

    rows = [one for one in on_the_server(supervisor) if inside(one)]
    calls = [
        one
        for one in rows
        if one["type"] in ("call", "manual_call")
        and one["direction"] != "inbound"
        and one["status"] not in ("scheduled", "on_hold", "cancelled")
    ]
    reached = [o for o in calls if o["status"] in ("deal_found", "deal_not_found", "bad_behavior")]
    tally = report.model.tally
    assert tally.contacts == len(rows)
    assert tally.attempted == len(calls)
    assert tally.reached == len(reached)
    assert tally.deals == sum(o["status"] == "deal_found" for o in reached)
    assert tally.no_answer == sum(o["status"] == "no_answer" for o in calls)
    assert tally.failed == sum(o["status"] == "failed" for o in rows)
    assert len(tally.talk_ms) == sum(bool(o["duration_ms"]) for o in reached)


async def test_every_number_leads_to_what_is_behind_it(supervisor: Driver) -> None:
    report = await open_report(supervisor)
    tally = report.model.tally
    counts = {
        number.name: supervisor.store.listing.count(number.behind())
        for number in numbers(report.model)
    }
    assert counts["Contacts"] == tally.contacts
    assert counts["Attempted"] == tally.attempted
    assert counts["Reached"] == tally.reached
    assert counts["Deals"] == tally.deals
    assert counts["No answer"] == tally.no_answer
    assert counts["Failures"] == tally.failed
    assert counts["E-mails opened"] == tally.opened
    assert counts["Overdue now"] == len(report.model.overdue.ages_ms)
    panel = report.panel
    deals = [n.name for n in numbers(report.model)].index("Deals")
    QTest.mouseClick(panel._tiles[deals], Qt.MouseButton.LeftButton)
    assert supervisor.table.rowCount() == tally.deals
    assert "Deals" in supervisor.panel.slice_words.text()
    assert supervisor.session.followup.status == "deal_found"
    supervisor.desk.window.choose_view(supervisor.panel.filters.view)
    assert supervisor.table.rowCount() == 500 or supervisor.table.rowCount() > tally.deals


async def test_bars_and_cells_lead_there_too(supervisor: Driver) -> None:
    report = await open_report(supervisor)
    pictures, tally = report.panel.pictures, report.model.tally
    wanted: list[tuple[Any, str]] = []
    pictures.wanted.disconnect()
    pictures.wanted.connect(lambda found, words: wanted.append((found, words)))
    for picture in pictures.pictures:
        pictures.fill(picture)
        assert picture.table.rowCount() > 0
        assert picture.table.accessibleName() == picture.title
    (weekday, hour), cell = max(tally.cells.items(), key=lambda one: one[1].attempted)
    pictures.setCurrentWidget(pictures.heat)
    click(pictures.heat.chart, (weekday, hour))
    assert supervisor.store.listing.count(wanted[-1][0]) == cell.attempted
    pictures.setCurrentWidget(pictures.days)
    busiest, counts = max(tally.days.items(), key=lambda one: sum(one[1].values()))
    column = report.model.period.days.index(busiest)
    pictures.days.chart.grab()
    part = next(one.place[1] for one in pictures.days.chart.marks if one.place[0] == column)
    click(pictures.days.chart, (column, part))
    assert supervisor.store.listing.count(wanted[-1][0]) in counts.values()
    pictures.funnel.table.cellActivated.emit(1, 1)
    assert supervisor.store.listing.count(wanted[-1][0]) == tally.reached
    pictures.talk.table.cellActivated.emit(3, 1)
    assert supervisor.store.listing.count(wanted[-1][0]) == tally.talk_columns()[3]
    for line, (reason, count) in enumerate(tally.top_reasons()):
        pictures.reasons.table.cellActivated.emit(line, 1)
        assert supervisor.store.listing.count(wanted[-1][0]) == count
        assert wanted[-1][1] == (ending_label(reason) or "none given")


def click(chart: Chart, place: tuple[int, int]) -> None:
    chart.grab()  # a mark is where it was drawn
    mark = next(mark for mark in chart.marks if mark.place == place)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=mark.rect.center().toPoint())


async def test_an_agent_sees_no_outcomes_and_is_told_why(desk: Driver) -> None:
    window = desk.desk.window
    assert not window.actions_["report"].isVisible()
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_K, CONTROL)
    palette = next(w for w in QApplication.allWidgets() if isinstance(w, Palette))
    QTest.keyClicks(palette.line, "outcomes (sup")
    assert len(palette.words) == 1
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert "reports:read" in window.notice.words
    window.notice.say("")
    desk.desk.open_report()  # as --outcomes does
    assert "reports:read" in window.notice.words


async def test_rules_to_look_for_have_counts_and_lead_there(supervisor: Driver) -> None:
    followup_id = supervisor.sandbox.some(type="call", status="deal_found")["id"]
    supervisor.sandbox.put(followup_id, summary="", notes="card 4111 1111 1111 1111")
    supervisor.desk._refresh()
    await until(lambda: not supervisor.store.followups.get(followup_id).summary)
    report = await open_report(supervisor)
    found = report.model.found
    assert found[LookFor.DEAL_WITHOUT_SUMMARY] >= 1
    assert found[LookFor.SECRET_IN_NOTES] >= 1
    look_for = report.panel.review.look_for
    item = look_for.item(list(LookFor).index(LookFor.SECRET_IN_NOTES))
    assert f"({found[LookFor.SECRET_IN_NOTES]})" in item.text()
    look_for.itemClicked.emit(item)  # one click
    assert supervisor.table.rowCount() == found[LookFor.SECRET_IN_NOTES]


async def test_walk_and_review(supervisor: Driver, tmp_path: Path) -> None:
    report = await open_report(supervisor)
    report.panel.wanted.emit(report.model.attempts(), "Attempted")
    bar = report.reviews
    assert bar.isVisible()
    assert "stay on this computer" in bar._said.text()
    first = supervisor.session.followup_id
    supervisor.press(Qt.Key.Key_J)
    second = supervisor.session.followup_id
    assert second != first
    supervisor.press(Qt.Key.Key_K)
    assert supervisor.session.followup_id == first
    question, box = next(iter(bar._boxes.items()))
    box.setCurrentIndex(1)
    bar.comment.setText("Well done")
    supervisor.press(Qt.Key.Key_M, CONTROL)
    review = supervisor.store.reviews.get(first)
    assert (review.comment, dict(review.scores)) == ("Well done", {question: "yes"})
    assert supervisor.store.outbox.entries() == []
    supervisor.press(Qt.Key.Key_J)
    assert bar.comment.text() == ""
    supervisor.press(Qt.Key.Key_K)
    assert bar.comment.text() == "Well done"
    assert "Reviewed by" in bar._said.text()
    file = tmp_path / "reviews.json"
    report.export_reviews(file)
    said = json.loads(file.read_text("utf-8"))
    said["reviews"][0] |= {"comment": "Later", "at": "2100-01-01T00:00:00+00:00"}
    file.write_text(json.dumps(said))
    await report.import_reviews(file)
    assert supervisor.store.reviews.get(first).comment == "Later"
    report.export_reviews(file)
    older = json.loads(file.read_text("utf-8"))
    older["reviews"][0] |= {"comment": "Earlier", "at": "2000-01-01T00:00:00+00:00"}
    file.write_text(json.dumps(older))
    await report.import_reviews(file)
    assert supervisor.store.reviews.get(first).comment == "Later"
    file.write_text('{"version": 1, "reviews": [{"x": 1}]}')
    await report.import_reviews(file)
    assert "holds no reviews" in supervisor.desk.window.notice.words


async def test_many_reviews_are_taken_in_while_the_window_goes_on(
    supervisor: Driver, tmp_path: Path
) -> None:
    report = await open_report(supervisor)
    at, scores = "2026-11-25T10:00:00Z", {"Was it said?": "yes"}
    rows = [
        {"followup_id": f"f-{n}", "reviewer": "Zoé", "at": at, "comment": "", "scores": scores}
        for n in range(5_000)
    ]
    file = tmp_path / "reviews.json"
    file.write_text(json.dumps({"version": 1, "reviews": rows}))
    turns = 0
    importing = asyncio.ensure_future(report.import_reviews(file))
    while not importing.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns >= 50
    assert len(supervisor.store.reviews.all()) >= 5_000
    rows[-1]["at"] = "9999-12-31T23:59:59-12:00"
    rows[0]["at"] = "2026-11-26T10:00:00Z"
    file.write_text(json.dumps({"version": 1, "reviews": rows}))
    await report.import_reviews(file)
    assert "holds no reviews" in supervisor.desk.window.notice.words
    assert supervisor.store.reviews.get("f-0").at.day == 25  # nothing of it was taken in


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
async def test_exports_are_read_back_the_same(
    supervisor: Driver, tmp_path: Path, ending: str
) -> None:
    nasty = supervisor.sandbox.some(type="call", status="deal_found")["id"]
    supervisor.sandbox.put(nasty, summary="=HYPERLINK(1)", notes="é\n\"quoted\", 'q'")
    supervisor.desk._refresh()
    await until(lambda: supervisor.store.followups.get(nasty).summary == "=HYPERLINK(1)")
    report = await open_report(supervisor)
    model = report.model
    plain, personal = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    await report.export_rows(plain, personal=False)
    await report.export_rows(personal, personal=True)
    assert {file.name for file in tmp_path.iterdir() if file.suffix == f".{ending}"} == {
        plain.name,
        personal.name,
    }
    rows = read(personal)
    assert len(rows) == model.tally.contacts
    assert not {"debtor", "phone", "summary", "notes"} & set(read(plain)[0])
    for row in rows:
        followup = supervisor.store.followups.get(row["id"].removeprefix("'"))
        called = datetime.fromisoformat(str(row["call_date"]))
        assert called.tzinfo is not None
        assert abs(called - followup.call_date) <= timedelta(seconds=1)
        assert str(row["duration_ms"] or "") == str(
            "" if followup.duration_ms is None else followup.duration_ms
        )
        phone = str(row["phone"] or "")
        assert phone.removeprefix("'").startswith("+") or not phone
    mine = next(row for row in rows if row["id"].removeprefix("'") == nasty)
    escape = "'" if ending == "csv" else ""
    assert mine["summary"] == f"{escape}=HYPERLINK(1)"
    assert mine["notes"] == "é\n\"quoted\", 'q'"


def read(file: Path) -> list[dict[str, Any]]:
    if file.suffix == ".csv":
        with file.open(encoding="utf-8", newline="") as opened:
            csv.field_size_limit(10_000_000)  # other tests leave long notes on the sandbox
            return list(csv.DictReader(opened))
    book: Any = openpyxl.load_workbook(file)  # type: ignore[no-untyped-call, attr-defined]
    table = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    book.close()
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


async def test_an_export_that_cannot_be_written_says_so(supervisor: Driver, tmp_path: Path) -> None:
    report = await open_report(supervisor)
    await report.export_rows(tmp_path / "nowhere" / "a.csv", personal=False)
    assert "cannot be written" in supervisor.desk.window.notice.words
    assert list(tmp_path.glob("nowhere*")) == []


async def test_a_period_is_read_once_and_then_in_part(supervisor: Driver) -> None:
    engine = supervisor.desk.engine
    assert engine is not None
    supervisor.store.set_state("loaded_at", 0)
    supervisor.store.set_state("days_read", {})
    supervisor.sandbox.forget_requests()
    today = datetime.now().astimezone().date()
    first = today - timedelta(days=10)

    def asked() -> list[str]:
        return [
            str(one["path"]) + "?" + str(one.get("query", ""))
            for one in supervisor.sandbox.requests("GET", "/followups")
        ]

    engine.load_period(first, today)
    await until(lambda: len(supervisor.store.state("days_read") or {}) == 11)
    once = len(asked())
    assert once >= 1
    engine.load_period(first, today)
    push: Any = engine._pull.periods
    real = push._now
    push._now = lambda: real() + timedelta(minutes=11)
    supervisor.sandbox.forget_requests()
    engine.load_period(first, today)
    await until(lambda: asked())
    read_days = supervisor.store.state("days_read")
    await until(lambda: supervisor.store.state("days_read") != read_days)
    push._now = real
    old, new = first.isoformat(), today.isoformat()
    after = supervisor.store.state("days_read")
    assert after[old] == read_days[old]  # settled: not read again
    assert after[new] > read_days[new]


async def test_a_load_can_be_stopped_and_keeps_what_it_has(supervisor: Driver) -> None:
    engine: Any = supervisor.desk.engine
    supervisor.store.set_state("loaded_at", 0)
    supervisor.sandbox.fault("GET */followups delay=0.3")
    report = await open_report(supervisor)
    today = datetime.now().astimezone().date()
    engine.load_period(today - timedelta(days=30), today)
    await until(lambda: supervisor.desk.status.state.period_progress is not None)
    assert report.panel._stop.isVisible()
    report.panel._stop.click()
    await until(lambda: supervisor.desk.status.state.period_progress is None)
    first = (today - timedelta(days=30)).isoformat()
    assert first not in (supervisor.store.state("days_read") or {})
    assert not report.panel._stop.isVisible()


async def test_changing_the_period_counts_anew(supervisor: Driver) -> None:
    report = await open_report(supervisor)
    panel, model = report.panel, report.model
    panel.span.setCurrentIndex(list(Span).index(Span.TODAY))
    await until(lambda: not model.counting)
    assert model.period == Period(model.today, model.today)
    assert isinstance(model.today, date)
    panel.span.setCurrentIndex(list(Span).index(Span.CUSTOM))
    assert panel._first.isVisible()
    began = time.monotonic()
    panel._first.setText((model.today - timedelta(days=2)).isoformat())
    await until(lambda: not model.counting and time.monotonic() > began)
    assert model.period.first == model.today - timedelta(days=2)


async def test_the_way_in_and_out_leaves_the_desk_as_it_was(supervisor: Driver) -> None:
    window = supervisor.desk.window
    button: Any = window._tools.widgetForAction(window.actions_["report"])
    assert button.isVisible()
    supervisor.panel.choose_view(View.ALL)
    supervisor.panel.step(3)
    followup_id = supervisor.session.followup_id
    supervisor.type("notes", "half a word")
    button.click()
    panel = supervisor.form_desk.report.panel
    assert panel.isVisible()
    await until(lambda: not window.search_field.isVisible())
    await until(lambda: not supervisor.form_desk.report.model.counting)
    QTest.keyClick(panel.span, Qt.Key.Key_Escape)
    assert window.shows_desk
    assert (supervisor.panel.filters.view, supervisor.session.followup_id) == (
        View.ALL,
        followup_id,
    )
    assert supervisor.field("notes").hasFocus()
    supervisor.press(Qt.Key.Key_O, CONTROL)
    assert window.shows_report
    supervisor.press(Qt.Key.Key_O, CONTROL)
    assert window.shows_desk
    supervisor.press(Qt.Key.Key_O, CONTROL)
    panel.back.click()
    assert window.shows_desk
    assert supervisor.field("notes").hasFocus()
    supervisor.session.discard()


async def test_keys_of_the_form_do_nothing_while_the_outcomes_are_shown(supervisor: Driver) -> None:
    supervisor.panel.open_first()
    before = supervisor.session.followup.status
    await open_report(supervisor)
    panel = supervisor.form_desk.report.panel
    panel.back.setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_J):
        QTest.keyClick(panel.back, key)
    QTest.keyClick(panel.back, Qt.Key.Key_Return, CONTROL)
    assert not supervisor.session.may_discard
    assert supervisor.session.followup.status == before
    assert supervisor.store.outbox.entries() == []
    actions = supervisor.desk.window.actions_
    assert not actions["save"].isEnabled()
    assert actions["palette"].isEnabled()
    supervisor.press(Qt.Key.Key_F, CONTROL)  # a search leads back to the list
    assert supervisor.desk.window.search_field.hasFocus()
    assert actions["save"].isEnabled()


async def test_a_period_is_compared_with_the_same_weekdays_and_says_so(supervisor: Driver) -> None:
    report = await open_report(supervisor)
    panel, model = report.panel, report.model
    panel.span.setCurrentIndex(list(Span).index(Span.LAST_WEEK))
    await until(lambda: not model.counting)
    assert "same weekdays before" in panel.compared.text()
    assert "not over" not in panel.compared.text()
    panel.span.setCurrentIndex(list(Span).index(Span.THIS_WEEK))
    await until(lambda: not model.counting)
    assert (model.period.first - model.period.before().first).days == 7
    assert "as today is not over" in panel.compared.text()
    assert model.compared_until.time() <= datetime.now(model.compared_until.tzinfo).time()


async def test_two_dates_are_kept_while_one_is_away(supervisor: Driver) -> None:
    report = await open_report(supervisor)
    report.panel.span.setCurrentIndex(list(Span).index(Span.CUSTOM))
    period = Period(report.model.today - timedelta(days=4), report.model.today)
    report.panel._first.setText(period.first.isoformat())
    report.panel._last.setText(period.last.isoformat())
    await until(lambda: report.model.period == period)
    supervisor.press(Qt.Key.Key_O, CONTROL)
    supervisor.press(Qt.Key.Key_O, CONTROL)
    assert report.model.period == period


async def test_calls_of_today_are_drawn_and_open_one_after_the_other(supervisor: Driver) -> None:
    report = await open_report(supervisor)
    now = report.sample._now
    report.sample._now = lambda: now() - timedelta(days=1)  # soon after midnight a day has no calls
    report.panel.review.sample.click()
    drawn = report.sample.drawn()
    assert 0 < len(drawn) <= SIZE
    assert supervisor.table.rowCount() == len(drawn)
    assert report.reviews.isVisible()
    seen = []
    for _ in drawn:
        seen.append(supervisor.session.followup_id)
        supervisor.press(Qt.Key.Key_M, CONTROL)
    assert sorted(seen) == sorted(drawn)
    assert all(supervisor.store.reviews.get(one) is not None for one in drawn)
    report.open()
    assert (
        f"{len(drawn)} of {len(drawn)} reviewed"
        in report.panel.review.sample.accessibleDescription()
    )
    report.panel.review.sample.click()
    assert not set(report.sample.drawn()) & set(drawn) or report.sample.drawn() == drawn


async def test_the_funnel_says_shares_and_money_stands_beside_counts(supervisor: Driver) -> None:
    report = await open_report(supervisor)
    model, pictures = report.model, report.panel.pictures
    pictures.fill(pictures.funnel)
    table = pictures.funnel.table
    attempted, reached, deals, _paid = model.tally.funnel
    assert table.item(1, 2).text() == f"{round(100 * reached / attempted)} %"
    assert table.item(2, 2).text() == f"{round(100 * deals / reached)} %"
    assert table.item(2, 3).text() == f"{round(100 * deals / attempted)} %"
    found = {number.name: number for number in numbers(model)}
    assert "€" in found["Under deals"].value
    pictures.fill(pictures.creditors)
    assert pictures.creditors.table.rowCount() > 0
    wanted: list[Any] = []
    pictures.wanted.disconnect()
    pictures.wanted.connect(lambda found, _words: wanted.append(found))
    for picture in (pictures.creditors, pictures.amounts):
        pictures.fill(picture)
        for row in range(picture.table.rowCount()):
            picture.table.cellActivated.emit(row, 1)
            keys = supervisor.store.listing.keys(wanted[-1], Column.EXECUTED, descending=False)
            debts = {one[0] for one in supervisor.store.listing.cells(keys, ("debt_id",))}
            assert str(len(debts)) == picture.table.item(row, 1).text()


async def test_what_is_of_few_is_pale_and_said(supervisor: Driver) -> None:
    report = await open_report(supervisor)
    panel = report.panel
    for tile, number in zip(panel._tiles, panel._numbers, strict=True):
        assert tile.shown.property("muted") is number.is_small
        assert ("small sample" in tile.accessibleDescription()) is number.is_small
        assert ("small sample" in tile.toolTip()) is number.is_small
    panel.pictures.fill(panel.pictures.heat)
    table = panel.pictures.heat.table
    for row in range(table.rowCount()):
        few = int(table.item(row, 1).text()) < 30
        assert (table.item(row, 0).toolTip() == "small sample") is few
