"""Stories of saving: late, refused, torn, created once, undone."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from agent_app.domain.outbox import RefusalKind
from agent_app.store.outbox import Entry
from tests.sandbox import RunningSandbox
from tests.unit.sync.stories import Desk, desk_on
from tests.waiting import until

pytestmark = pytest.mark.anyio


def a_call(sandbox: RunningSandbox) -> str:
    return str(sandbox.some(type="call", status="no_answer")["id"])


def reads(sandbox: RunningSandbox) -> int:
    """Of followups: those of debts may come at any time."""
    return len(sandbox.requests("GET", "/external-api/v1/followups"))


# -- late edits


async def test_a_fresh_edit_leaves_without_a_read(sandbox: RunningSandbox) -> None:
    wanted = a_call(sandbox)
    async with desk_on(sandbox) as desk:
        sandbox.forget_requests()
        desk.save(wanted, notes="fresh")
        await desk.settled()
        assert sandbox.puts() == [{"notes": "fresh"}]
        assert reads(sandbox) == 0


async def test_a_late_edit_merges_with_what_only_the_other_changed(
    sandbox: RunningSandbox,
) -> None:
    wanted = a_call(sandbox)
    async with desk_on(sandbox, running=False) as desk:
        desk.save(wanted, notes="mine")
        sandbox.put(wanted, summary="theirs")
        desk.clock.move(minutes=10)
        desk.start()
        await desk.settled()
        assert sandbox.puts()[-1] == {"notes": "mine"}
        now = desk.followup(wanted)
        assert (now.notes, now.summary) == ("mine", "theirs")
        assert sandbox.followup(wanted)["summary"] == "theirs"


async def test_an_edit_on_an_old_base_is_held_against_the_server_first(
    sandbox: RunningSandbox,
) -> None:
    wanted = a_call(sandbox)
    async with desk_on(sandbox) as desk:
        sandbox.put(wanted, notes="theirs, torn")
        desk.clock.move(minutes=6)
        desk.save(wanted, notes="mine, torn")
        await until(lambda: desk.store.outbox.attention(wanted))
        assert sandbox.followup(wanted)["notes"] == "theirs, torn"


async def test_both_changed_the_same_needs_a_person_and_loses_no_side(
    sandbox: RunningSandbox,
) -> None:
    wanted = a_call(sandbox)
    async with desk_on(sandbox, running=False) as desk:
        was = desk.followup(wanted).notes
        desk.save(wanted, notes="mine, torn twice", summary="mine too")
        sandbox.put(wanted, notes="theirs, torn twice")
        desk.clock.move(minutes=10)
        desk.start()
        await until(lambda: desk.store.outbox.attention(wanted))
        entry = desk.store.outbox.attention(wanted)
        assert entry is not None
        assert entry.refusal is not None
        assert entry.refusal.kind is RefusalKind.CONFLICT
        assert dict(entry.refusal.theirs) == {"notes": "theirs, torn twice"}
        assert entry.patch.changes == {"notes": "mine, torn twice", "summary": "mine too"}
        assert entry.patch.base["notes"] == was
        assert desk.followup(wanted).notes == "theirs, torn twice"
        desk.save(wanted, notes="theirs and mine", summary="mine too")
        await desk.settled()
        assert sandbox.puts()[-1] == {"notes": "theirs and mine", "summary": "mine too"}


async def test_both_changed_it_to_the_same_needs_nothing(sandbox: RunningSandbox) -> None:
    wanted = a_call(sandbox)
    async with desk_on(sandbox, running=False) as desk:
        desk.save(wanted, notes="agreed")
        sandbox.put(wanted, notes="agreed")
        sandbox.forget_requests()
        desk.clock.move(minutes=10)
        desk.start()
        await desk.settled()
        assert sandbox.puts() == []
        assert desk.store.outbox.counts() == (0, 0)


async def test_a_reply_of_another_id_is_no_save(sandbox: RunningSandbox) -> None:
    wanted = a_call(sandbox)
    async with desk_on(sandbox) as desk:
        sandbox.fault("PUT * wrong-id", count=1)
        desk.save(wanted, notes="whose is it")
        await until(lambda: desk.store.outbox.of(wanted)[0].attempts == 1)
        await desk.settled()
        assert sandbox.followup(wanted)["notes"] == "whose is it"


async def test_deleted_on_the_server_keeps_the_text_and_files_it_anew(
    sandbox: RunningSandbox,
) -> None:
    wanted = a_call(sandbox)
    async with desk_on(sandbox) as desk:
        debt = desk.followup(wanted).debt_id
        sandbox.ask("DELETE", f"/sandbox/followups/{wanted}")
        desk.save(wanted, notes="precious words")
        await until(lambda: desk.store.outbox.attention(wanted))
        entry = desk.store.outbox.attention(wanted)
        assert entry is not None
        assert entry.refusal is not None
        assert entry.refusal.kind is RefusalKind.NOT_THERE
        old = desk.store.followups.get(wanted)
        assert old is not None
        new = desk.commands.file_as_new(old, dict(entry.patch.changes))
        await desk.settled()
        there = sandbox.followup(desk.store.server_id_of(new))
        assert (there["notes"], there["debt_id"]) == ("precious words", debt)


# -- new followups


def _moved_on(desk: Desk, before: list[Entry]) -> bool:
    return desk.store.outbox.entries() != before


async def create(desk: Desk, **values: Any) -> str:
    debt = desk.sandbox.some(type="call")["debt_id"]
    return desk.commands.create(debt, {"type": "manual_call", "notes": "new one", **values})


def of_its_debt(desk: Desk, followup_id: str) -> list[dict[str, Any]]:
    debt = desk.followup(desk.store.server_id_of(followup_id)).debt_id
    rows = desk.sandbox.api("GET", f"/followups/debt/{debt}?limit=100")[1]["data"]
    return [row for row in rows if row["notes"] == "new one"]


async def test_a_new_followup_gets_the_servers_id_and_keeps_its_row(
    own_sandbox: RunningSandbox,
) -> None:
    async with desk_on(own_sandbox) as desk:
        new = await create(desk)
        key = desk.store.listing.keys_of([new])[new]
        assert desk.followup(new).notes == "new one"
        await desk.settled()
        server_id_of = desk.store.server_id_of(new)
        assert server_id_of != new
        assert desk.store.listing.keys_of([server_id_of]) == {server_id_of: key}
        assert len(of_its_debt(desk, new)) == 1


async def test_an_edit_of_a_new_followup_joins_it_or_follows_it(
    own_sandbox: RunningSandbox,
) -> None:
    async with desk_on(own_sandbox, running=False) as desk:
        new = await create(desk)
        desk.save(new, summary="before it left")
        assert len(desk.store.outbox.entries()) == 1
        desk.start()
        own_sandbox.fault("POST */followups delay=0.4", count=1)
        await until(lambda: desk.store.outbox.entries()[0].state == "leaving")
        desk.save(new, summary="while it was leaving")
        await desk.settled()
        there = own_sandbox.followup(desk.store.server_id_of(new))
        assert there["summary"] == "while it was leaving"
        (row,) = of_its_debt(desk, new)
        assert row["id"] == there["id"]


@pytest.mark.parametrize("fault", ["drop=after", "status=502", "html", "truncate"])
async def test_an_unclear_post_is_looked_for_and_never_made_twice(
    own_sandbox: RunningSandbox, fault: str
) -> None:
    async with desk_on(own_sandbox) as desk:
        own_sandbox.fault(f"POST */followups {fault}", count=1)
        new = await create(desk)
        await until(lambda: desk.store.outbox.entries() and desk.store.outbox.entries()[0].looked)
        while desk.store.outbox.counts()[0]:
            desk.clock.move(seconds=31)
            assert desk.engine is not None
            desk.engine.wake()
            await until(partial(_moved_on, desk, desk.store.outbox.entries()))
        assert len(of_its_debt(desk, new)) == 1
        posts = len(own_sandbox.requests("POST", "/followups"))
        assert posts <= 2


async def test_while_the_look_up_fails_nothing_is_sent(own_sandbox: RunningSandbox) -> None:
    async with desk_on(own_sandbox) as desk:
        own_sandbox.fault("POST */followups drop=after", count=1)
        new = await create(desk)
        own_sandbox.fault("GET */followups/debt/* status=503", count=2, skip=1)
        await until(lambda: desk.store.outbox.entries()[0].looked)
        for failed in (True, True, False):
            before = desk.store.outbox.entries()
            desk.clock.move(minutes=6)
            assert desk.engine is not None
            desk.engine.wake()
            await until(partial(_moved_on, desk, before))
            await until(lambda: all(e.state == "waiting" for e in desk.store.outbox.entries()))
            assert (desk.store.server_id_of(new) == new) is failed
        assert len(own_sandbox.requests("POST", "/followups")) == 1
        assert len(of_its_debt(desk, new)) == 1


async def test_two_alike_ask_the_person(own_sandbox: RunningSandbox) -> None:
    async with desk_on(own_sandbox) as desk:
        own_sandbox.fault("POST */followups drop=after", count=1)
        new = await create(desk)
        await until(lambda: own_sandbox.requests("POST", "/followups"))
        debt = desk.followup(new).debt_id
        twin = {"debt_id": debt, "type": "manual_call", "notes": "new one"}
        own_sandbox.api("POST", "/followups", twin)
        await until(lambda: desk.store.outbox.attention(new))
        entry = desk.store.outbox.attention(new)
        assert entry is not None
        assert entry.refusal is not None
        assert entry.refusal.kind is RefusalKind.AMBIGUOUS
        assert len(own_sandbox.requests("POST", "/followups")) == 2


async def test_a_post_under_way_when_the_program_ended_is_looked_for(
    own_sandbox: RunningSandbox, tmp_path: Path
) -> None:
    file = tmp_path / "x.store"
    async with desk_on(own_sandbox, file) as desk:
        own_sandbox.fault("POST */followups delay=30", count=1)
        new = await create(desk)
        await until(lambda: desk.store.outbox.entries()[0].attempts)
        debt = desk.followup(new).debt_id
        await desk.stop()
    own_sandbox.no_faults()  # the request may not have got as far as to meet its fault
    own_sandbox.api(
        "POST", "/followups", {"debt_id": debt, "type": "manual_call", "notes": "new one"}
    )
    async with desk_on(own_sandbox, file) as desk:
        await until(lambda: desk.store.server_id_of(new) != new)
        assert len(of_its_debt(desk, new)) == 1


# -- undo


async def test_undo_takes_a_save_out_of_the_outbox(sandbox: RunningSandbox) -> None:
    wanted = a_call(sandbox)
    async with desk_on(sandbox, running=False) as desk:
        desk.save(wanted, notes="too quick")
        assert desk.commands.undo() == wanted
        assert desk.store.outbox.entries() == []
        assert desk.commands.undo() == ""


async def test_undo_sends_the_way_back_where_the_save_has_left(sandbox: RunningSandbox) -> None:
    wanted = a_call(sandbox)
    before = sandbox.followup(wanted)
    async with desk_on(sandbox) as desk:
        desk.save(wanted, notes="too quick", status="failed")
        await desk.settled()
        assert sandbox.followup(wanted) != before
        assert desk.commands.undo() == wanted
        await desk.settled()
        after = sandbox.followup(wanted)
        assert {n: after[n] or "" for n in ("notes", "status")} == {
            n: before[n] or "" for n in ("notes", "status")
        }


async def test_after_a_minute_it_is_too_late_to_undo(sandbox: RunningSandbox) -> None:
    wanted = a_call(sandbox)
    async with desk_on(sandbox) as desk:
        desk.save(wanted, notes="settled")
        await desk.settled()
        desk.clock.move(seconds=61)
        assert desk.commands.undo() == ""


# -- waiting


@pytest.mark.parametrize("word", [1800, "0", "-1", '"abc"', "1e12", None])
async def test_a_rate_limit_is_waited_for_with_sense(
    own_sandbox: RunningSandbox, tmp_path: Path, word: Any
) -> None:
    file = tmp_path / "x.store"
    async with desk_on(own_sandbox, file) as desk:
        own_sandbox.fault("PUT * status=429", count=1, retry_after=word)
        wanted = a_call(own_sandbox)
        desk.save(wanted, notes="later")
        await until(lambda: desk.state.connection == "limited")
        wait = (desk.state.until - desk.clock.now()).total_seconds()
        assert wait == pytest.approx(1800 if word == 1800 else 60, abs=6)
        ahead = desk.clock.ahead
    # The wait survives a restart: nothing is sent before its end.
    async with desk_on(own_sandbox, file) as desk:
        desk.clock.ahead = ahead
        assert desk.engine is not None
        desk.engine.refresh()
        await until(lambda: desk.state.connection == "limited")
        assert own_sandbox.followup(wanted)["notes"] != "later"
        desk.clock.move(seconds=1810)
        desk.engine.wake()
        await desk.settled()
        assert own_sandbox.followup(wanted)["notes"] == "later"


async def test_entries_leave_in_the_order_of_saving_after_a_wait_of_all(
    own_sandbox: RunningSandbox,
) -> None:
    rows = own_sandbox.api("GET", "/followups?limit=10&type=call")[1]["data"]
    async with desk_on(own_sandbox, running=False) as desk:
        for number, row in enumerate(rows):
            desk.save(row["id"], notes=f"number {number}")
        own_sandbox.fault("PUT * status=429", count=1, retry_after=600)
        desk.start()
        await until(lambda: desk.state.connection == "limited")
        assert len(desk.store.outbox.entries()) == len(rows)
        desk.clock.move(minutes=11)
        assert desk.engine is not None
        desk.engine.wake()
        await desk.settled()
        good = [r for r in own_sandbox.requests("PUT") if r["code"] == 200]
        assert [r["path"].rsplit("/", 1)[1] for r in good] == [row["id"] for row in rows]


async def test_what_an_unclear_try_of_ours_left_is_no_conflict(sandbox: RunningSandbox) -> None:
    wanted = a_call(sandbox)
    async with desk_on(sandbox) as desk:
        sandbox.fault("PUT * drop=after", count=1)
        desk.save(wanted, notes="arrived, but nobody told us")
        await until(lambda: desk.store.outbox.entries()[0].attempts == 1)
        await until(lambda: desk.store.outbox.entries()[0].state == "waiting")
        await desk.stop()
        desk.save(wanted, notes="typed after it")
        desk.clock.move(minutes=10)
        desk.start()
        await desk.settled()
        assert desk.store.outbox.attention(wanted) is None
        assert sandbox.followup(wanted)["notes"] == "typed after it"
