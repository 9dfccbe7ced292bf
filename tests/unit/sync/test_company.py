"""What a person asks about the company: read once, kept, and never without the scope."""

from datetime import timedelta

import pytest

from tests.sandbox import RunningSandbox
from tests.unit.sync.stories import Desk, desk_on
from tests.waiting import until

pytestmark = pytest.mark.anyio


def reads(sandbox: RunningSandbox, path: str) -> int:
    return len(sandbox.requests("GET", path))


def company(desk: Desk):  # type: ignore[no-untyped-def]
    assert desk.engine is not None
    return desk.engine.company


async def test_name_and_users_are_read_once_and_kept(sandbox: RunningSandbox) -> None:
    async with desk_on(sandbox) as desk:
        assert reads(sandbox, "/company") == 0
        assert await company(desk).name() == "Exemple Recouvrement"
        names = [user.name for user in await company(desk).users()]
        assert names == ["Camille Exemple", "Noor Muster", "Sam Sample"]  # one is not active
        await company(desk).name()
        await company(desk).users()
        assert (reads(sandbox, "/company/profile"), reads(sandbox, "/company/users")) == (1, 1)
        desk.clock.move(days=2)
        await company(desk).users()
        assert reads(sandbox, "/company/users") == 2


async def test_without_the_scope_nothing_is_asked(sandbox: RunningSandbox) -> None:
    sandbox.set(scopes="followups:read debts:read")
    async with desk_on(sandbox) as desk:
        assert await company(desk).name() == ""
        assert await company(desk).users() == []
        assert await company(desk).credits() is None
        assert reads(sandbox, "/company") == 0


async def test_credits_and_a_reports_link(sandbox: RunningSandbox) -> None:
    sandbox.set(role="supervisor")
    async with desk_on(sandbox) as desk:
        left = await company(desk).credits()
        assert (left.left, left.plan) == (1_250, "business")
        first, *_ = await company(desk).reports()
        assert first.is_ready
        assert first.last - first.first < timedelta(days=31)
        assert (await company(desk).report_link(first.id)).startswith(sandbox.media)


async def test_all_debts_of_a_person_are_read_when_asked_for_and_once_a_day(
    sandbox: RunningSandbox,
) -> None:
    async with desk_on(sandbox) as desk:
        debt_id = str(sandbox.some(type="call")["debt_id"])
        await until(lambda: desk.store.debts.get(debt_id) is not None)
        sandbox.forget_requests()
        debt = desk.store.debts.get(debt_id)
        assert debt is not None
        desk.commands.read_person(debt_id)
        desk.commands.read_person(debt_id)  # while the first is under way
        await until(lambda: reads(sandbox, f"/debts/by-debtor/{debt.debtor_id}") == 1)
        desk.commands.read_person(debt_id)
        await until(lambda: not desk.engine._look_ups)  # type: ignore[union-attr]
        assert reads(sandbox, "/debts/by-debtor/") == 1
