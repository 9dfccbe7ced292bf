"""One bad entry never decides for the others; what cannot get better by itself needs a person."""

import asyncio
import itertools
import json
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_app.api.transport import Answer
from agent_app.domain.errors import Unreachable
from agent_app.domain.outbox import RefusalKind
from agent_app.sync.troubles import LONG, OWN_TRIES
from tests.unit.sync.made_up import MadeUp, Odd

JSON = httpx.Headers({"content-type": "application/json"})
REFUSALS = (402, 405, 406, 409, 410, 411, 413, 414, 415, 417, 421, 423, 428, 431, 451, 499)


def status(code: int) -> Callable[[Answer], Answer]:
    body = json.dumps({"error": True, "message": "", "code": code}).encode()
    return lambda _answer: Answer(code, JSON, body)


def times_out(_answer: Answer) -> Answer:
    raise Unreachable("no answer in time", unclear=True)


def of_another(answer: Answer) -> Answer:
    reply = json.loads(answer.body)
    reply["data"] = {**reply.get("data", {}), "id": "somebody-else"}
    return Answer(answer.code, answer.headers, json.dumps(reply).encode())


TROUBLES: dict[str, Callable[[Answer], Answer]] = {
    **{str(code): status(code) for code in (500, 502, 503, 504, 408, 425, 520)},
    "times out": times_out,
    "another id": of_another,
    "a web page": lambda _answer: Answer(200, JSON, b"<!doctype html>"),
    "empty": lambda _answer: Answer(200, JSON, b""),
    "truncated": lambda answer: Answer(200, JSON, answer.body[: len(answer.body) // 2]),
    "redirect": lambda _answer: Answer(302, JSON, b""),
    "deep": lambda _answer: Answer(200, JSON, b'{"error":false,"data":' + b"[" * 5_000),
}
KINDS: dict[str, Callable[[Answer], Answer]] = {
    **TROUBLES,
    **{str(code): status(code) for code in REFUSALS},
}


def bad(kinds: dict[str, tuple[str, str]]) -> Odd:
    """By followup the methods that fail for it ("PUT", or "GET" for the read before it), and how."""

    def odd(method: str, path: str, answer: Answer) -> Answer:
        wanted, kind = kinds.get(path.rsplit("/", 1)[-1], ("", ""))
        return KINDS[kind](answer) if method == wanted else answer

    return odd


async def until_idle(desk: MadeUp, followups: list[str], most: timedelta) -> None:
    """Wait in made-up time until nothing of these waits any more."""
    await desk.until(lambda: not any(desk.store.outbox.of(one) for one in followups), most)


async def until_attention(desk: MadeUp, followup_id: str, most: timedelta) -> None:
    """Wait in made-up time until a followup needs a person."""
    await desk.until(lambda: desk.store.outbox.attention(followup_id) is not None, most)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.none() | st.tuples(st.sampled_from(["PUT", "GET"]), st.sampled_from(sorted(KINDS))),
        min_size=2,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_whatever_is_bad_the_others_leave(
    kinds: list[tuple[str, str] | None], order: random.Random
) -> None:
    desk = MadeUp(len(kinds))
    names = [f"f{n}" for n in range(len(kinds))]
    trouble = {name: kind for name, kind in zip(names, kinds, strict=True) if kind}
    good = [name for name in names if name not in trouble]
    desk.transport.odd = bad(trouble)

    async def story() -> None:
        await asyncio.sleep(60)  # what is known is old: each save reads first
        order.shuffle(names)
        for name in names:
            desk.save(name, notes=f"words of {name}")
        await until_idle(desk, good, timedelta(minutes=5))
        for name in good:
            assert desk.there(name)["notes"] == f"words of {name}"
        # A refusal needs a person at once, and so does what fails while others are taken.
        for name, (_method, kind) in trouble.items():
            if kind in map(str, REFUSALS):
                await until_attention(desk, name, timedelta(minutes=5))
            waits = desk.store.outbox.of(name)
            assert [one.patch.changes for one in waits] in ([], [{"notes": f"words of {name}"}])
            if kind in map(str, REFUSALS):
                assert desk.attention(name).refusal.kind is RefusalKind.REFUSED  # type: ignore[union-attr]
        # Nothing typed later waits for them either.
        if good:
            desk.save(good[0], summary="later")
            await until_idle(desk, good, timedelta(minutes=5))
            assert desk.there(good[0])["summary"] == "later"
        desk.transport.odd = lambda _method, _path, answer: answer
        for name in trouble:
            if entry := desk.store.outbox.attention(name):
                desk.save(name, **dict(entry.patch.changes))
        await until_idle(desk, names, timedelta(minutes=20))
        for name in names:
            assert desk.there(name)["notes"] == f"words of {name}"
        assert desk.store.outbox.entries() == []

    desk.run(story)


@pytest.mark.parametrize("kind", sorted(TROUBLES))
def test_what_fails_while_others_are_taken_needs_a_person(kind: str) -> None:
    desk = MadeUp(2)
    desk.transport.odd = bad({"f0": ("PUT", kind)})

    async def story() -> None:
        desk.save("f0", notes="the bad one")
        await asyncio.sleep(10)
        desk.save("f1", notes="taken")
        await desk.until(
            lambda: not desk.store.outbox.of("f0") or desk.store.outbox.attention("f0"),
            timedelta(hours=1),
        )
        if kind in ("another id", "times out", "truncated", "empty", "a web page", "redirect"):
            # The server had carried it out: the read before the next try shows that.
            assert desk.store.outbox.of("f0") == []
            assert desk.there("f0")["notes"] == "the bad one"
            return
        entry = desk.attention("f0")
        assert entry.patch.changes == {"notes": "the bad one"}
        assert entry.refusal is not None
        assert entry.refusal.kind is RefusalKind.TROUBLE
        assert entry.refusal.message == (kind if kind.isdigit() else "")
        assert desk.loop.time() < 1_800
        assert desk.count("PUT", "f0") <= OWN_TRIES

    if kind.isdigit() or kind == "deep":
        desk.takes_nothing_of("f0")
    desk.run(story)


def test_one_bad_followup_is_no_trouble_of_the_server() -> None:
    desk = MadeUp(2)
    desk.transport.odd = bad({"f0": ("PUT", "500")})
    seen: set[str] = set()

    async def story() -> None:
        desk.state.answered(desk.loop.now())
        desk.state.listen(lambda state: seen.add(state.connection))
        desk.save("f0", notes="the bad one")
        await asyncio.sleep(10)
        desk.save("f1", notes="taken")
        await until_attention(desk, "f0", timedelta(hours=1))
        assert "trouble" not in seen

    desk.takes_nothing_of("f0")
    desk.run(story)


def test_a_server_that_takes_and_answers_nothing_is_in_trouble() -> None:
    desk = MadeUp(1)
    desk.transport.odd = bad({"f0": ("PUT", "503")})

    async def story() -> None:
        desk.save("f0", notes="kept")
        await desk.until(lambda: desk.state.now.connection == "trouble", timedelta(minutes=2))

    desk.takes_nothing_of("f0")
    desk.run(story)


def test_one_that_fails_alone_for_hours_needs_a_person_while_the_server_answers() -> None:
    desk = MadeUp(1)
    desk.transport.odd = bad({"f0": ("PUT", "500")})

    async def story() -> None:
        desk.save("f0", notes="alone")
        while desk.loop.time() < LONG.total_seconds() - 60:
            await asyncio.sleep(30)
            desk.state.answered(desk.loop.now())  # the list is read now and then
            assert desk.store.outbox.attention("f0") is None
        await until_attention(desk, "f0", timedelta(hours=1))
        assert desk.attention("f0").patch.changes == {"notes": "alone"}

    desk.takes_nothing_of("f0")
    desk.run(story)


def test_a_server_that_answers_nothing_is_waited_for_however_long() -> None:
    desk = MadeUp(12)
    everything = {f"f{n}": ("GET", "503") for n in range(12)}
    desk.transport.odd = bad(everything)

    async def story() -> None:
        await asyncio.sleep(60)
        for name in everything:
            desk.save(name, notes="kept")
        await asyncio.sleep(12 * 3_600)
        assert desk.store.outbox.counts() == (12, 0)
        assert desk.state.now.connection == "trouble"
        assert desk.count("GET") < 12 * 3_600 / 10  # not asked like mad meanwhile
        desk.transport.odd = lambda _method, _path, answer: answer
        await until_idle(desk, list(everything), timedelta(minutes=10))
        assert desk.store.outbox.counts() == (0, 0)

    desk.run(story)


def test_the_edits_of_one_followup_keep_their_order() -> None:
    desk = MadeUp(2)
    desk.transport.odd = bad({"f0": ("PUT", "503")})
    seen: list[Any] = []
    carried_out = desk.records.update

    def update(followup_id: str, changes: Any) -> Any:
        if followup_id == "f0" and seen:
            seen.append(dict(changes))
            return carried_out(followup_id, changes)
        return carried_out(followup_id, changes if followup_id != "f0" else {})

    desk.records.update = update  # type: ignore[method-assign]

    async def story() -> None:
        desk.save("f0", notes="first", status="failed")
        await asyncio.sleep(3)
        desk.save("f0", notes="second")
        desk.save("f1", notes="other")
        await until_idle(desk, ["f1"], timedelta(minutes=1))
        desk.transport.odd = lambda _method, _path, answer: answer
        seen.append("healed")
        await until_idle(desk, ["f0"], timedelta(minutes=10))
        assert (desk.there("f0")["notes"], desk.there("f0")["status"]) == ("second", "failed")
        assert seen[1:] == [{"notes": "second", "status": "failed"}]

    desk.run(story)


def test_a_mistake_of_ours_with_one_entry_holds_that_one(caplog: pytest.LogCaptureFixture) -> None:
    desk = MadeUp(2)

    def slip(method: str, path: str, answer: Answer) -> Answer:
        if method == "PUT" and path.endswith("f0"):
            raise AttributeError("Kavanagh")
        return answer

    desk.transport.odd = slip

    async def story() -> None:
        desk.save("f0", notes="words")
        desk.save("f1", notes="other words")
        await until_idle(desk, ["f1"], timedelta(minutes=1))
        await until_attention(desk, "f0", timedelta(minutes=10))
        problem = desk.attention("f0").refusal
        assert problem is not None
        assert problem.kind is RefusalKind.MISTAKE

    desk.takes_nothing_of("f0")
    desk.run(story)
    assert "AttributeError" in caplog.text


# -- the shares of the hour


@pytest.mark.slow
def test_a_used_up_read_share_does_not_hold_what_needs_no_read() -> None:
    desk = MadeUp(3, reads=2)

    async def story() -> None:
        await asyncio.sleep(60)
        for name in ("f0", "f1"):  # the share goes
            said = await desk.client.get_followup(name)
            desk.store.followups.upsert([said], desk.loop.now())
        desk.api.budget.note("read", desk.client.share["read"])
        desk.save("f2", notes="known for a minute: needs a read")
        await asyncio.sleep(1)
        desk.save("f1", notes="known for a second")
        await until_idle(desk, ["f1"], timedelta(seconds=3))
        assert desk.there("f1")["notes"] == "known for a second"
        assert desk.state.now.connection == "limited" or desk.store.outbox.of("f2")
        assert desk.there("f2")["notes"] is None
        await until_idle(desk, ["f2"], timedelta(hours=2))
        assert desk.there("f2")["notes"] == "known for a minute: needs a read"
        assert desk.loop.time() > 3_600

    desk.run(story)


@pytest.mark.slow
def test_a_used_up_write_share_holds_all_and_then_all_leave_in_order() -> None:
    desk = MadeUp(4, writes=1)
    order: list[str] = []
    carried_out = desk.records.update

    def update(followup_id: str, changes: Any) -> Any:
        order.append(followup_id)
        return carried_out(followup_id, changes)

    desk.records.update = update  # type: ignore[method-assign]

    async def story() -> None:
        for name in ("f0", "f1", "f2"):
            desk.save(name, notes="in turn")
        await asyncio.sleep(30)
        assert order == ["f0"]
        assert desk.state.now.connection == "limited"
        asked = desk.count("PUT")
        await asyncio.sleep(3_000)
        assert desk.count("PUT") == asked
        await until_idle(desk, ["f1", "f2"], timedelta(hours=3))
        assert order == ["f0", "f1", "f2"]

    desk.run(story)


# -- a new followup


def test_a_failing_look_up_is_asked_with_a_growing_pause() -> None:
    desk = MadeUp(2)
    times: list[float] = []

    def odd(method: str, path: str, answer: Answer) -> Answer:
        if method == "GET" and "/followups/debt/d0" in path:
            times.append(desk.loop.time())
            return status(503)(answer)
        return answer

    desk.transport.odd = odd

    async def story() -> None:
        desk.store.create("d0", {"type": "call", "notes": "new"}, desk.loop.now())
        desk.save("f1", notes="other")
        await until_idle(desk, ["f1"], timedelta(minutes=1))
        assert desk.there("f1")["notes"] == "other"
        await asyncio.sleep(3_600)
        assert desk.count("POST", "followups") == 0
        pauses = [later - one for one, later in itertools.pairwise(times)]
        assert len(times) <= 60
        assert max(pauses[4:]) > 8 * max(pauses[:2])

    desk.run(story)


@pytest.mark.parametrize("said", [b"[]", b'{"error":false,"data":7}', b'{"error":false}'])
def test_a_post_that_always_ends_unclear_is_not_filed_twice(said: bytes) -> None:
    desk = MadeUp(1)

    def odd(method: str, path: str, answer: Answer) -> Answer:
        return Answer(201, JSON, said) if (method, path[-9:]) == ("POST", "followups") else answer

    desk.transport.odd = odd

    async def story() -> None:
        new = desk.store.create("d0", {"type": "call", "notes": "new"}, desk.loop.now())
        await until_idle(desk, [new], timedelta(minutes=10))
        rows, total = desk.records.followups({"debt_id": "d0"}, 0, 10)
        assert (total, rows[0]["notes"]) == (2, "new")
        assert desk.store.server_id_of(new) == rows[0]["id"]

    desk.run(story)
