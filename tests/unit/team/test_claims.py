"""Who has which debt, against a real NATS server."""

import asyncio
from pathlib import Path

import pytest

from agent_app.domain.team import Activity, Claim, TeamLink
from agent_app.team import subjects
from tests.nats_server import RunningNats
from tests.unit.team.desks import SHORT, desks, team
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_a_claim_is_seen_by_all_and_released_on_leaving(
    nats: RunningNats, tmp_path: Path
) -> None:
    async with desks(tmp_path, nats.address, "anna", "ben") as (anna, ben):
        told: list[frozenset[str]] = []
        ben.claims.changed.listen(told.append)
        anna.claims.use({"debt/1 é"})
        await until(lambda: ben.claims.is_taken("debt/1 é"))
        claim = ben.claims.of("debt/1 é")
        assert claim is not None
        assert (claim.member.id, claim.member.shown) == ("anna", "Anna")
        assert told == [frozenset({"debt/1 é"})]
        await until(lambda: anna.claims.holds("debt/1 é"))  # ben may hear of it before anna does
        assert not anna.claims.is_taken("debt/1 é")
        anna.claims.use(())
        await until(lambda: not ben.claims.is_taken("debt/1 é"))
        assert told == [frozenset({"debt/1 é"})] * 2


async def test_of_fifty_desks_that_claim_one_debt_one_wins(
    nats: RunningNats, tmp_path: Path
) -> None:
    names = [f"agent-{number}" for number in range(50)]
    async with desks(tmp_path, nats.address, *names) as all_desks:
        for desk in all_desks:
            desk.claims.use({"debt"})
        await until(lambda: all(desk.claims.of("debt") is not None for desk in all_desks))
        await asyncio.sleep(0.3)
        assert sum(desk.claims.holds("debt") for desk in all_desks) == 1
        holders = {claim.member.id for desk in all_desks if (claim := desk.claims.of("debt"))}
        assert len(holders) == 1


async def test_a_claim_is_renewed_while_in_use_and_over_after_a_crash(
    nats: RunningNats, tmp_path: Path
) -> None:
    async with desks(tmp_path, nats.address, "anna", "ben") as (anna, ben):
        anna.claims.use({"debt"})
        await until(lambda: ben.claims.is_taken("debt"))
        began = ben.claims.of("debt")
        await asyncio.sleep(SHORT.lease * 1.3)
        claim = ben.claims.of("debt")
        assert claim is not None and began is not None
        assert abs((claim.since - began.since).total_seconds()) < 0.5
        # The desk dies: nothing is released.
        loop = asyncio.get_running_loop()
        died = loop.time()
        assert anna._task is not None
        anna._task.cancel()
        ben.claims.use({"debt"})
        await until(lambda: not ben.claims.is_taken("debt"))
        assert loop.time() - died <= SHORT.lease + 0.3
        await until(lambda: ben.claims.holds("debt"))  # what is still wanted is had as soon as free


async def test_a_desk_that_comes_late_sees_no_claim_longer(
    nats: RunningNats, tmp_path: Path
) -> None:
    async with desks(tmp_path, nats.address, "anna") as (anna,):
        anna.claims.use({"debt"})
        await until(lambda: anna.claims.holds("debt"))
        assert anna._task is not None
        anna._task.cancel()
        died = asyncio.get_running_loop().time()
        await asyncio.sleep(SHORT.lease * 0.5)
        async with desks(tmp_path, nats.address, "ben") as (ben,):
            await until(lambda: not ben.claims.is_taken("debt"))
            assert asyncio.get_running_loop().time() - died <= SHORT.lease + 0.3


async def test_a_take_over_is_told_to_the_other(nats: RunningNats, tmp_path: Path) -> None:
    async with desks(tmp_path, nats.address, "anna", "ben") as (anna, ben):
        taken: list[Claim] = []
        anna.claims.taken.listen(taken.append)
        anna.claims.use({"debt"})
        await until(lambda: ben.claims.is_taken("debt"))
        ben.claims.use({"debt"})
        ben.claims.take_over("debt")
        await until(lambda: ben.claims.holds("debt") and taken)
        assert [(one.debt_id, one.member.id) for one in taken] == [("debt", "ben")]
        await asyncio.sleep(SHORT.renew * 2)
        assert anna.claims.is_taken("debt")  # it is not fought for
        ben.claims.use(())
        await until(lambda: anna.claims.holds("debt"))


async def test_presence_says_what_a_person_does(nats: RunningNats, tmp_path: Path) -> None:
    async with desks(tmp_path, nats.address, "anna", "ben") as (anna, ben):
        anna.presences.be(Activity.ON_CALL, "debt")
        await until(lambda: (one := ben.presences.of("anna")) and one.activity is Activity.ON_CALL)
        found = ben.presences.of("anna")
        assert found is not None and found.debt_id == "debt"
        assert [one.member.id for one in ben.presences.all()] == ["anna", "ben"]
        await anna.stop()
        await until(lambda: ben.presences.of("anna") is None)
        assert not ben.presences.is_anyone_missing


async def test_who_went_without_a_word_is_missing(nats: RunningNats, tmp_path: Path) -> None:
    async with desks(tmp_path, nats.address, "anna", "ben") as (anna, ben):
        await until(lambda: ben.presences.of("anna"))
        assert anna._task is not None
        anna._task.cancel()
        await until(lambda: ben.presences.is_anyone_missing)
        assert ben.presences.of("anna") is None


async def test_a_server_that_is_killed_and_comes_back(nats: RunningNats, tmp_path: Path) -> None:
    async with desks(tmp_path, nats.address, "anna", "ben") as (anna, ben):
        anna.claims.use({"debt"})
        await until(lambda: ben.claims.is_taken("debt"))
        nats.kill()
        await until(lambda: ben.state.link is TeamLink.LOST)
        assert ben.claims.of("debt") is None  # nobody knows: nothing is claimed to be taken
        began = asyncio.get_running_loop().time()
        anna.claims.use({"debt", "other"})  # waits for nothing
        assert asyncio.get_running_loop().time() - began < 0.05
        nats.start()
        await until(lambda: anna.state.is_live and ben.state.is_live, deadline_s=40)
        await until(lambda: ben.claims.is_taken("other") and ben.claims.is_taken("debt"))


@pytest.mark.parametrize("garbage", [b"", b"\xff\xfe", b"{}", b"[" * 5_000, b'{"v": 2}', b"1"])
async def test_garbage_is_no_message(nats: RunningNats, tmp_path: Path, garbage: bytes) -> None:
    async with desks(tmp_path, nats.address, "anna", "ben") as (anna, ben):
        link = anna._link
        assert link is not None
        for subject in (
            subjects.claim("debt"),
            subjects.presence("anna"),
            subjects.row("f"),
            subjects.debt("d"),
            subjects.event("anna"),
            subjects.budget("client", "read"),
            subjects.write("client"),
            subjects.review("anna", "boss", "1"),
            subjects.answer("anna", "1"),
            subjects.shared("goals", "boss"),
            subjects.lease("relay"),
            "$KV.claims.nonsense",
        ):
            await link.put(subject, garbage)
        ben.claims.use({"debt"})
        await until(lambda: ben.claims.holds("debt") and anna.claims.is_taken("debt"))
        assert ben.state.is_live
        assert anna.state.is_live


async def test_a_claim_that_comes_again_later_is_none(nats: RunningNats, tmp_path: Path) -> None:
    async with desks(tmp_path, nats.address, "anna", "ben") as (anna, ben):
        anna.claims.use({"debt"})
        await until(lambda: anna.claims.holds("debt"))
        link = ben._link
        assert link is not None
        old = await link.last(subjects.CLAIMS, subjects.claim("debt"))
        assert old is not None
        anna.claims.use(())
        await until(lambda: ben.claims.of("debt") is None)
        await asyncio.sleep(SHORT.lease)
        await link.put(subjects.claim("debt"), old.data)
        await link.put(subjects.claim("another"), old.data)
        ben.claims.use({"debt"})
        await until(lambda: ben.claims.holds("debt"))
        assert ben.claims.of("another") is None


async def test_no_server_blocks_nothing(tmp_path: Path) -> None:
    desk = team(tmp_path, "anna", "nats://127.0.0.1:1")
    desk.start()
    await until(lambda: desk.state.link is TeamLink.LOST)
    desk.claims.use({"debt"})
    assert not desk.claims.is_taken("debt")
    began = asyncio.get_running_loop().time()
    await desk.stop()
    assert asyncio.get_running_loop().time() - began < 2
