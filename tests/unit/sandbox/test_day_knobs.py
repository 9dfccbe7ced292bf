"""What the walks of tests/day need of the sandbox: other delays, a colleague, lies, a new beginning."""

import random
import time
from typing import Any

import pytest

from agent_app.sandbox.delays import MAX_S, delay_of
from tests.sandbox import RunningSandbox
from tests.waiting import until


@pytest.mark.parametrize(
    ("text", "low", "high"), [("0.5", 0.5, 0.5), ("0.05..2", 0.05, 2.0), ("2..2", 2.0, 2.0)]
)
def test_delays_lie_between(text: str, low: float, high: float) -> None:
    rng = random.Random(1)
    drawn = [delay_of(text).draw(rng) for _ in range(200)]
    assert low <= min(drawn) <= max(drawn) <= high


def test_delays_around_a_median() -> None:
    rng = random.Random(1)
    drawn = sorted(delay_of("lognormal:0.2:0.8").draw(rng) for _ in range(1_001))
    assert 0.15 < drawn[500] < 0.25
    assert drawn[0] < 0.05
    assert max(delay_of("lognormal:5:3").draw(rng) for _ in range(200)) == MAX_S
    again = random.Random(1)
    assert sorted(delay_of("lognormal:0.2:0.8").draw(again) for _ in range(1_001)) == drawn


@pytest.mark.parametrize("text", ["soon", "1..x", "lognormal:1", "lognormal:a:b"])
def test_a_delay_that_makes_no_sense(text: str) -> None:
    with pytest.raises(ValueError, match=r"could not convert|not enough values"):
        delay_of(text)


def test_a_drawn_delay_is_waited_for_and_spares_who_asks(sandbox: RunningSandbox) -> None:
    sandbox.api("GET", "/debts")
    sandbox.fault("* */external-api/* delay=0.3..0.4")
    began = time.monotonic()
    sandbox.api("GET", "/debts")
    assert time.monotonic() - began >= 0.3
    sandbox.no_faults()
    sandbox.fault("* */external-api/* status=500")
    assert sandbox.api("GET", "/debts")[0] == 500
    assert sandbox.api("GET", "/debts", calm=True)[0] == 200


def test_a_colleague_edits_one_followup(sandbox: RunningSandbox) -> None:
    wanted = sandbox.some()["id"]
    sandbox.put(wanted, notes="mine")
    sandbox.colleague(id=wanted, field="notes", word="theirs")
    assert sandbox.followup(wanted)["notes"] == "mine\ntheirs"
    sandbox.colleague(id=wanted, field="status", word="on_hold")
    assert sandbox.followup(wanted)["status"] == "on_hold"
    last = sandbox.since(0)[-2]
    assert (last["who"], last["before"]["status"]) != ("", "on_hold")
    assert sandbox.colleague(id="nobody", field="notes") == {}


@pytest.mark.anyio
async def test_a_colleague_works_on_until_told_to_stop(own_sandbox: RunningSandbox) -> None:
    def edits() -> list[Any]:
        return [one for one in own_sandbox.since(0) if one["who"] == "colleague"]

    own_sandbox.colleague(rate=100, seed=3)
    await until(lambda: len(edits()) > 5)
    own_sandbox.no_colleague()
    before = len(edits())
    own_sandbox.api("GET", "/debts")
    assert len(edits()) == before


def test_a_reply_with_the_old_values(sandbox: RunningSandbox) -> None:
    wanted = sandbox.some()["id"]
    sandbox.put(wanted, summary="before")
    sandbox.fault("PUT */followups/* old-values", count=1)
    assert sandbox.put(wanted, summary="after")["summary"] == "before"
    assert sandbox.followup(wanted)["summary"] == "after"
    assert sandbox.put(wanted, summary="later")["summary"] == "later"


def test_rows_move_between_pages(own_sandbox: RunningSandbox) -> None:
    own_sandbox.fault("GET */followups moving")
    first = own_sandbox.api("GET", "/followups?limit=50&page=1")[1]
    second = own_sandbox.api("GET", "/followups?limit=50&page=2")[1]
    assert first["data"][-1]["id"] == second["data"][0]["id"]
    assert second["pagination"]["total"] == first["pagination"]["total"] + 1


def test_the_journal_says_who_changed_what(sandbox: RunningSandbox) -> None:
    wanted = sandbox.some()
    sandbox.put(wanted["id"], summary="one")
    before = sandbox.since(0)[-1]["number"]
    sandbox.api("PUT", f"/followups/{wanted['id']}", {"summary": "two"}, calm=True)
    made = sandbox.api("POST", "/followups", {"debt_id": wanted["debt_id"], "type": "call"})[1]
    sandbox.followup(wanted["id"])
    put, post, get = sandbox.since(before)
    assert (put["who"], put["before"]) == ("colleague", {"summary": "one"})
    assert (post["who"], post["made"]) == ("", made["data"]["id"])
    assert get["ids"] == [wanted["id"]]
    assert put["at"] <= post["at"] <= get["at"]


def test_it_begins_anew(own_sandbox: RunningSandbox) -> None:
    own_sandbox.fault("GET * status=500")
    own_sandbox.begin_anew(seed=5, followups=30)
    first = own_sandbox.api("GET", "/followups?limit=100")[1]
    assert first["pagination"]["total"] == 30
    own_sandbox.put(first["data"][0]["id"], notes="changed")
    own_sandbox.begin_anew(seed=5, followups=30)
    assert own_sandbox.since(0) == []
    again = own_sandbox.api("GET", "/followups?limit=100")[1]
    assert [row["notes"] for row in again["data"]] == [row["notes"] for row in first["data"]]
