"""Stories of a debt that is changed from a call: sent like a followup's edit, and as carefully."""

from typing import Any

import pytest

from agent_app.domain.debt import Debt
from agent_app.domain.fields import Value
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.subject import subject_of_debt
from agent_app.store.outbox import Entry
from tests.sandbox import RunningSandbox
from tests.unit.sync.stories import Desk, desk_on
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def known(desk: Desk) -> str:
    """The id of a debt that is here."""
    debt_id = str(desk.sandbox.some(type="call")["debt_id"])
    await until(lambda: desk.store.debts.get(debt_id) is not None)
    return debt_id


def shown(desk: Desk, debt_id: str) -> Debt:
    debt = desk.store.debts.get(debt_id)
    assert debt is not None
    return debt


def there(desk: Desk, debt_id: str) -> Any:
    return desk.sandbox.api("GET", f"/debts/{debt_id}")[1]["data"]


def save(desk: Desk, debt_id: str, **mine: Value) -> None:
    debt = desk.store.debts.whole(debt_id)
    assert debt is not None
    base = {name: debt.get(name) for name in mine}
    desk.commands.save(FollowupPatch(subject_of_debt(debt_id), mine, base))


def attention(desk: Desk, debt_id: str) -> Entry:
    entry = desk.store.outbox.attention(subject_of_debt(debt_id))
    assert entry is not None
    return entry


async def test_only_what_changed_is_sent_and_shown_at_once(sandbox: RunningSandbox) -> None:
    async with desk_on(sandbox, running=False) as desk:
        desk.start()
        debt_id = await known(desk)
        await desk.stop()
        sandbox.forget_requests()
        save(desk, debt_id, phone="+33199001122", status="status.default.in_progress")
        assert shown(desk, debt_id).phone == "+33199001122"
        before = desk.store.debts.from_server(debt_id)
        assert before is not None
        assert before.phone != "+33199001122"
        desk.start()
        await desk.settled()
        (put,) = sandbox.requests("PUT")
        assert put["path"].endswith(f"/debts/{debt_id}")
        assert "phone" in put["body"]
        assert "city" not in put["body"]
        assert there(desk, debt_id)["phone"] == "+33199001122"
        assert shown(desk, debt_id).phone == "+33199001122"


async def test_its_followups_are_found_by_the_new_number(sandbox: RunningSandbox) -> None:
    async with desk_on(sandbox) as desk:
        debt_id = await known(desk)
        save(desk, debt_id, phone="+33199445566")
        assert desk.store.callers.debts_of("+33199445566", "FR") == [debt_id]
        await desk.settled()
        assert there(desk, debt_id)["phone"] == "+33199445566"


async def test_an_address_in_one_line_does_not_outlive_its_parts(sandbox: RunningSandbox) -> None:
    async with desk_on(sandbox) as desk:
        debt_id = await known(desk)
        await desk.stop()
        save(desk, debt_id, city="Exempleville", postal_code="99999")
        assert shown(desk, debt_id).address is None
        desk.start()
        await desk.settled()
        assert "99999 Exempleville" in (shown(desk, debt_id).address or "")


async def test_what_a_colleague_changed_elsewhere_merges(sandbox: RunningSandbox) -> None:
    async with desk_on(sandbox) as desk:
        debt_id = await known(desk)
        desk.clock.move(minutes=1)
        sandbox.api("PUT", f"/debts/{debt_id}", {"summary": "theirs"})
        save(desk, debt_id, email="mine@example.org")
        await desk.settled()
        assert there(desk, debt_id)["email"] == "mine@example.org"
        assert (shown(desk, debt_id).summary, shown(desk, debt_id).email) == (
            "theirs",
            "mine@example.org",
        )


async def test_a_conflict_needs_a_person_and_overwrites_nothing(sandbox: RunningSandbox) -> None:
    async with desk_on(sandbox) as desk:
        debt_id = await known(desk)
        desk.clock.move(minutes=1)
        sandbox.api("PUT", f"/debts/{debt_id}", {"status": "status.default.paid", "city": "Leurs"})
        save(desk, debt_id, city="Miennes")
        await until(lambda: desk.store.outbox.counts() == (0, 1))
        problem = attention(desk, debt_id).refusal
        assert problem is not None
        assert (problem.kind, dict(problem.theirs)) == ("conflict", {"city": "Leurs"})
        assert there(desk, debt_id)["city"] == "Leurs"
        assert shown(desk, debt_id).city == "Leurs"
        save(desk, debt_id, city="Miennes")  # decided: on what is there now
        await desk.settled()
        assert there(desk, debt_id)["city"] == "Miennes"


async def test_a_refusal_names_the_field(sandbox: RunningSandbox) -> None:
    async with desk_on(sandbox) as desk:
        debt_id = await known(desk)
        said = "Invalid phone: must be a number"
        sandbox.fault(f"PUT */debts/{debt_id} status=400", message=said)
        save(desk, debt_id, phone="12")
        await until(lambda: desk.store.outbox.counts() == (0, 1))
        problem = attention(desk, debt_id).refusal
        assert problem is not None
        assert (problem.kind, problem.fields) == ("rejected", (("phone", (said,)),))


async def test_without_the_scope_it_waits_for_a_person(sandbox: RunningSandbox) -> None:
    sandbox.set(scopes="followups:read followups:write debts:read")
    async with desk_on(sandbox) as desk:
        debt_id = await known(desk)
        assert not desk.state.may_write_debts
        save(desk, debt_id, phone="+33199001122")
        await until(lambda: desk.store.outbox.counts() == (0, 1))
        problem = attention(desk, debt_id).refusal
        assert problem is not None
        assert (problem.kind, problem.message) == ("not_allowed", "debts:write")


async def test_an_undo_sends_the_way_back(sandbox: RunningSandbox) -> None:
    async with desk_on(sandbox) as desk:
        debt_id = await known(desk)
        was = there(desk, debt_id)["email"]
        save(desk, debt_id, email="wrong@example.org")
        await desk.settled()
        assert there(desk, debt_id)["email"] == "wrong@example.org"
        desk.commands.undo()
        await desk.settled()
        assert (there(desk, debt_id)["email"] or None) == was


async def test_an_unclear_put_is_sent_again_and_is_no_conflict_with_itself(
    sandbox: RunningSandbox,
) -> None:
    async with desk_on(sandbox) as desk:
        debt_id = await known(desk)
        sandbox.fault("PUT */debts/* drop=after", count=1)
        save(desk, debt_id, summary="heard once")
        await until(lambda: len(sandbox.requests("PUT")) == 1)
        desk.commands.refresh()
        await desk.settled()
        assert there(desk, debt_id)["summary"] == "heard once"
        assert desk.store.outbox.entries() == []


async def test_a_debt_that_was_asked_for_before_a_save_does_not_undo_it(
    sandbox: RunningSandbox,
) -> None:
    async with desk_on(sandbox) as desk:
        debt_id = await known(desk)
        asked = desk.store.debts.answers.ask()
        old = there(desk, debt_id)
        save(desk, debt_id, city="Neuve")
        await desk.settled()
        desk.store.take_in_debts([old], desk.clock.now(), asked=asked)
        assert shown(desk, debt_id).city == "Neuve"
