"""A save is what the server has: read before it is written, verified where the reply is in doubt."""

import asyncio
import json
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_app.api.transport import Answer
from agent_app.domain.errors import Unreachable
from agent_app.domain.fields import Value
from agent_app.domain.outbox import RefusalKind
from agent_app.sync.origins import FRESH
from tests.unit.sync.made_up import MadeUp

SOON = timedelta(minutes=2)


def changed(answer: Answer, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Answer:
    """*answer* with another followup in its body."""
    reply = json.loads(answer.body)
    reply["data"] = change(reply["data"])
    return Answer(answer.code, answer.headers, json.dumps(reply).encode())


def on(method: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    return lambda m, _path, answer: changed(answer, change) if m == method else answer


def idle(desk: MadeUp) -> Callable[[], bool]:
    return lambda: not desk.store.outbox.entries()


# -- a fresh read before a save


@pytest.mark.parametrize("known_for", [timedelta(seconds=1), FRESH + timedelta(seconds=1)])
def test_what_was_read_more_than_seconds_ago_is_read_before_it_is_written(
    known_for: timedelta,
) -> None:
    desk = MadeUp()

    async def story() -> None:
        await asyncio.sleep(known_for.total_seconds())
        desk.save("f0", status="no_answer")
        await desk.until(idle(desk), SOON)
        assert desk.count("GET", "f0") == (1 if known_for > FRESH else 0)
        assert desk.there("f0")["status"] == "no_answer"

    desk.run(story)


def test_a_calls_details_are_nobody_elses_and_need_no_read() -> None:
    desk = MadeUp()

    async def story() -> None:
        await asyncio.sleep(60)
        desk.save("f0", duration_ms=61_000, direction="outbound")
        await desk.until(idle(desk), SOON)
        assert (desk.count("GET", "f0"), desk.count("PUT", "f0")) == (0, 1)

    desk.run(story)


@pytest.mark.parametrize(
    ("name", "theirs", "mine"),
    [
        ("status", "deal_found", "no_answer"),
        ("type", "email", "sms"),
        ("summary", "Promised to pay on Friday", "nobody there"),
        ("notes", "he paid", "rang twice"),
        ("call_date", "2026-06-01T07:00:20+00:00", datetime(2026, 6, 1, 7, 0, 30, tzinfo=UTC)),
        ("scheduled_at", "2026-06-02T09:00:00+00:00", datetime(2026, 6, 3, 9, tzinfo=UTC)),
    ],
)
def test_two_agents_on_one_row_a_colleagues_word_is_never_overwritten_unseen(
    name: str, theirs: str, mine: Value
) -> None:
    desk = MadeUp()

    async def story() -> None:
        await asyncio.sleep(20)  # both have it open
        desk.records.update("f0", {name: theirs})
        await asyncio.sleep(10)
        desk.save("f0", **{name: mine})
        await desk.until(lambda: desk.store.outbox.attention("f0"), SOON)
        problem = desk.attention("f0").refusal
        assert problem is not None
        assert (problem.kind, [one for one, _ in problem.theirs]) == ("conflict", [name])
        assert desk.there("f0")[name] == theirs
        assert desk.count("PUT") == 0

    desk.run(story)


def test_a_retry_after_an_unclear_end_reads_first_and_sees_a_colleague() -> None:
    desk = MadeUp()

    def lost(method: str, _path: str, answer: Answer) -> Answer:
        if method == "PUT" and desk.count("PUT") == 1:
            desk.records.update("f0", {"summary": "theirs"})
            raise Unreachable("lost", unclear=True)
        return answer

    desk.transport.odd = lost
    real = desk.records.update

    def update(followup_id: str, changes: Mapping[str, Any]) -> Any:
        if changes.get("summary") == "mine" and desk.count("PUT") == 1:
            return real(followup_id, {})  # it never arrived
        return real(followup_id, changes)

    desk.records.update = update  # type: ignore[method-assign]

    async def story() -> None:
        desk.save("f0", summary="mine")
        await desk.until(lambda: desk.store.outbox.attention("f0"), SOON)
        assert desk.there("f0")["summary"] == "theirs"

    desk.run(story)


def test_saving_again_and_again_is_never_a_conflict_with_oneself() -> None:
    desk = MadeUp()

    async def story() -> None:
        for number in range(20):
            desk.save("f0", notes=f"line {number}  \r\n", summary=f" s {number}")
            await asyncio.sleep(number % 7)
        await desk.until(idle(desk), SOON)
        assert desk.there("f0")["notes"] == "line 19"

    tidies(desk, lambda text: text.strip())
    desk.run(story)


# -- replies that lie


@pytest.mark.parametrize(
    "reply",
    [
        lambda row: {**row, "notes": "old", "summary": None},
        lambda row: {"id": row["id"], "debt_id": row["debt_id"]},
        lambda row: {**dict.fromkeys(row), "id": row["id"], "debt_id": row["debt_id"]},
    ],
    ids=["the old values", "the id alone", "nulls"],
)
def test_a_reply_that_does_not_show_the_save_is_checked_and_the_text_stays(reply: Any) -> None:
    desk = MadeUp()
    desk.records.update("f0", {"notes": "old"})
    desk.store.followups.upsert([{"id": "f0", "notes": "old"}], desk.loop.now())
    desk.transport.odd = on("PUT", reply)
    shown: set[Any] = set()

    async def story() -> None:
        desk.save("f0", notes="new words", summary="in short")
        desk.store.changes.listen(lambda _: shown.add(desk.shown("f0", "notes")))
        await desk.until(idle(desk), SOON)
        assert desk.there("f0")["notes"] == "new words"
        assert (desk.shown("f0", "notes"), desk.shown("f0", "summary")) == (
            "new words",
            "in short",
        )
        assert shown == {"new words"}
        assert (desk.count("PUT"), desk.count("GET", "f0")) == (1, 1)

    desk.run(story)


def test_keys_that_no_reply_has_are_as_we_asked() -> None:
    desk = MadeUp()
    desk.transport.odd = lambda _m, path, answer: (
        changed(answer, lambda row: {"id": row["id"]}) if path.endswith("f0") else answer
    )

    async def story() -> None:
        desk.save("f0", notes="new words", status="failed")
        await desk.until(idle(desk), SOON)
        assert (desk.shown("f0", "notes"), desk.shown("f0", "status")) == ("new words", "failed")

    desk.run(story)


def test_a_cleared_text_and_link_do_not_come_back() -> None:
    desk = MadeUp()
    desk.records.update("f0", {"notes": "old", "audio_url": "https://x.example/a"})
    desk.store.followups.upsert(
        [{"id": "f0", "notes": "old", "audio_url": "https://x.example/a?sig=1"}], desk.loop.now()
    )
    without = lambda row: {k: v for k, v in row.items() if v}  # noqa: E731
    desk.transport.odd = lambda _m, path, answer: (
        changed(answer, without) if path.endswith("f0") else answer
    )

    async def story() -> None:
        desk.save("f0", notes="", audio_url="")
        await desk.until(idle(desk), SOON)
        assert not desk.shown("f0", "notes")
        assert not desk.shown("f0", "audio_url")

    desk.run(story)


def test_what_the_server_truly_did_not_take_needs_a_person_after_some_tries() -> None:
    desk = MadeUp()
    desk.takes_nothing_of("f0")

    async def story() -> None:
        desk.save("f0", notes="not taken", summary="neither")
        await desk.until(lambda: desk.store.outbox.attention("f0"), SOON)
        entry = desk.attention("f0")
        assert entry.refusal is not None
        assert entry.refusal.kind is RefusalKind.NOT_TAKEN
        assert sorted(entry.refusal.message.split(",")) == ["notes", "summary"]
        assert entry.patch.changes == {"notes": "not taken", "summary": "neither"}
        assert 2 <= desk.count("PUT") <= 4

    desk.run(story)


def test_a_server_that_shows_a_save_a_moment_late_is_no_trouble() -> None:
    desk = MadeUp()
    late: list[float] = []

    def odd(method: str, path: str, answer: Answer) -> Answer:
        if method == "PUT":
            late.append(desk.loop.time())
        if path.endswith("f0") and late and desk.loop.time() - late[0] < 0.2:
            return changed(answer, lambda row: {**row, "notes": None})
        return answer

    desk.transport.odd = odd

    async def story() -> None:
        desk.save("f0", notes="a replica lags")
        await desk.until(idle(desk), SOON)
        assert desk.shown("f0", "notes") == "a replica lags"
        assert desk.count("PUT") == 1

    desk.run(story)


# -- texts that the server tidies


def tidies(desk: MadeUp, tidy: Callable[[str], str]) -> None:
    """Have the server keep texts in its own way."""
    update, create = desk.records.update, desk.records.create

    def tidied(values: Mapping[str, Any]) -> dict[str, Any]:
        texts = ("notes", "summary")
        return {n: tidy(v) if n in texts and v else v for n, v in values.items()}

    desk.records.update = lambda followup_id, changes: update(followup_id, tidied(changes))  # type: ignore[method-assign]
    desk.records.create = lambda values: create(tidied(values))  # type: ignore[method-assign]


TIDIED: dict[str, Callable[[str], str]] = {
    "trimmed": lambda text: text.strip(),
    "line ends": lambda text: text.replace("\r\n", "\n"),
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "all": lambda text: unicodedata.normalize("NFC", text.replace("\r\n", "\n").strip()),
}
TYPED = "  Re\u0301gle\u0301\r\nle 3 \r\n"


@pytest.mark.parametrize("how", TIDIED)
@pytest.mark.parametrize("lost", [False, True])
def test_a_text_that_the_server_tidies_is_still_the_same_post(how: str, lost: bool) -> None:
    desk = MadeUp()
    tidies(desk, TIDIED[how])

    def odd(method: str, _path: str, answer: Answer) -> Answer:
        if lost and method == "POST":
            raise Unreachable("lost", unclear=True)
        return answer

    async def story() -> None:
        await desk.client.sign_in()
        desk.transport.odd = odd
        values = {"type": "call", "notes": TYPED, "summary": " s "}
        new = desk.store.create("d0", values, desk.loop.now())
        await desk.until(idle(desk), SOON)
        rows, total = desk.records.followups({"debt_id": "d0"}, 0, 10)
        assert total == 2
        assert desk.count("POST", "followups") == 1
        shown = desk.shown(desk.store.server_id_of(new), "notes")
        assert shown == rows[0]["notes"] == TIDIED[how](TYPED)

    desk.run(story)


@pytest.mark.parametrize("how", TIDIED)
def test_a_text_that_the_server_tidies_is_shown_as_it_has_it_and_is_no_conflict_later(
    how: str,
) -> None:
    desk = MadeUp()
    tidies(desk, TIDIED[how])

    async def story() -> None:
        desk.save("f0", notes=TYPED)
        await desk.until(idle(desk), SOON)
        assert desk.shown("f0", "notes") == TIDIED[how](TYPED)
        assert desk.count("PUT") == 1
        await asyncio.sleep(60)
        desk.save("f0", notes="something else")
        await desk.until(idle(desk), SOON)
        assert desk.there("f0")["notes"] == "something else"

    desk.run(story)


def test_what_was_typed_while_a_save_left_is_no_conflict_however_the_server_tidies() -> None:
    desk = MadeUp()
    tidies(desk, str.upper)

    async def story() -> None:
        desk.save("f0", notes="first")
        await desk.until(lambda: desk.store.outbox.entries()[0].state == "leaving", SOON)
        desk.save("f0", notes="first and second")
        await desk.until(idle(desk), SOON)
        assert desk.there("f0")["notes"] == "FIRST AND SECOND"

    real = desk.transport.send

    async def slow(method: str, path: str, **more: Any) -> Answer:
        answer = await real(method, path, **more)
        if method == "PUT":
            await asyncio.sleep(2)
        return answer

    desk.transport.send = slow  # type: ignore[method-assign]
    desk.run(story)


# -- a new followup


def test_an_edit_while_a_new_one_is_looked_for_is_not_lost_and_not_filed_twice() -> None:
    desk = MadeUp()

    def lost(method: str, path: str, answer: Answer) -> Answer:
        if method == "POST" and path.endswith("followups"):
            raise Unreachable("lost", unclear=True)
        return answer

    desk.transport.odd = lost

    async def story() -> None:
        values = {"type": "call", "notes": "new", "summary": "s"}
        new = desk.store.create("d0", values, desk.loop.now())
        await desk.until(lambda: desk.store.outbox.entries()[0].looked, SOON)
        desk.save(new, notes="new, and more")
        await desk.until(idle(desk), SOON)
        rows, total = desk.records.followups({"debt_id": "d0"}, 0, 10)
        assert (total, rows[0]["notes"], rows[0]["summary"]) == (2, "new, and more", "s")

    desk.run(story)


def test_an_edit_during_the_look_up_before_a_post_is_not_lost() -> None:
    desk = MadeUp()
    real = desk.transport.send

    async def slow(method: str, path: str, **more: Any) -> Answer:
        if "/followups/debt/" in path:
            await asyncio.sleep(5)
        return await real(method, path, **more)

    desk.transport.send = slow  # type: ignore[method-assign]

    async def story() -> None:
        new = desk.store.create("d0", {"type": "call", "notes": "new"}, desk.loop.now())
        await asyncio.sleep(2)
        desk.save(new, notes="typed during the look-up")
        await desk.until(idle(desk), SOON)
        rows, total = desk.records.followups({"debt_id": "d0"}, 0, 10)
        assert (total, rows[0]["notes"]) == (2, "typed during the look-up")

    desk.run(story)


@pytest.mark.parametrize("also_get", [False, True])
def test_the_reply_to_a_post_that_shows_nothing_puts_no_text_away(also_get: bool) -> None:
    desk = MadeUp()

    def odd(method: str, path: str, answer: Answer) -> Answer:
        nothing = lambda row: {  # noqa: E731
            **dict.fromkeys(row),
            "id": row["id"],
            "debt_id": row["debt_id"],
        }
        if method == "POST" and path.endswith("followups"):
            return changed(answer, nothing)
        if also_get and method == "GET" and "/debt/" not in path:
            raise Unreachable("no answer in time", unclear=True)
        return answer

    desk.transport.odd = odd

    async def story() -> None:
        new = desk.store.create("d0", {"type": "call", "notes": "new"}, desk.loop.now())
        await desk.until(lambda: desk.store.server_id_of(new) != new, SOON)
        assert desk.shown(desk.store.server_id_of(new), "notes") == "new"
        assert desk.records.followups({"debt_id": "d0"}, 0, 10)[1] == 2

    desk.run(story)


# -- all of it


step = st.tuples(
    st.sampled_from(["mine", "theirs"]),
    st.sampled_from(["notes", "summary", "status"]),
    st.integers(0, 2),
    st.sampled_from([0.0, 1.0, 4.0, 9.0, 70.0]),
)
VALUES = {
    "notes": ("a", " b\r\nc ", "d"),
    "summary": ("x", "y ", "z"),
    "status": ("failed", "no_answer", "deal_found"),
}


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(step, max_size=10),
    st.lists(st.sampled_from(["ok", "lost", "old", "id", "500"]), max_size=12),
)
def test_no_word_of_either_is_overwritten_unseen_whatever_replies_say(
    steps: list[Any], replies: list[str]
) -> None:
    desk = MadeUp()
    tidies(desk, lambda text: text.replace("\r\n", "\n").strip())
    script = list(replies)
    seen_by_us: dict[str, set[Any]] = {name: {None, "scheduled", ""} for name in VALUES}
    real = desk.records.update
    by_colleague = False

    def update(followup_id: str, changes: Mapping[str, Any]) -> Any:
        before = desk.there("f0")
        for name, value in changes.items():
            if not by_colleague:
                known = seen_by_us[name] | {value}
                assert before[name] in known, f"{name} was overwritten unseen"
        return real(followup_id, changes)

    desk.records.update = update  # type: ignore[method-assign]

    def odd(method: str, _path: str, answer: Answer) -> Answer:
        if method != "PUT" or not script:
            return answer
        match script.pop(0):
            case "lost":
                raise Unreachable("lost", unclear=True)
            case "old":
                return changed(answer, lambda row: {**row, "notes": None, "summary": None})
            case "id":
                return changed(answer, lambda row: {"id": row["id"]})
            case "500":
                return Answer(500, answer.headers, b"")
        return answer

    desk.transport.odd = odd

    async def story() -> None:
        nonlocal by_colleague
        for who, name, number, pause in steps:
            value = VALUES[name][number]
            if who == "theirs":
                by_colleague = True
                real("f0", {name: value})
                by_colleague = False
            else:
                shown = desk.store.followups.get("f0")
                waits = desk.store.outbox.attention("f0")
                assert shown is not None
                mine = dict(waits.patch.changes) if waits is not None else {}
                if waits is not None and waits.refusal is not None:
                    for one, theirs in waits.refusal.theirs:
                        seen_by_us[one].add(theirs)
                for one in VALUES:
                    seen_by_us[one].add(shown.get(one))
                tidy = value.replace("\r\n", "\n").strip()
                seen_by_us[name] |= {value, tidy}
                desk.save("f0", **{**mine, name: value})
            await asyncio.sleep(pause)
        await desk.until(lambda: desk.store.outbox.counts()[0] == 0, timedelta(minutes=30))

    desk.run(story)
