"""What happens around an agent: colleagues, the server's troubles, the network, time."""

import asyncio
import contextlib
import random
import time

from tests.day.acting import Act, Done, step
from tests.waiting import until

Dice = random.Random
STATUSES = ("deal_found", "no_answer", "deal_not_found", "in_progress")
NETWORKS = ("", "0.05..0.4", "lognormal:0.15:0.8", "lognormal:0.35:0.3", "0.05..2")


@step("network", 0.5, lambda rng: (rng.choice(NETWORKS[1:]),))
async def network(act: Act) -> Done:
    act.world.set_network(act.arg(0))
    return Done(f"Every reply takes {act.arg(0) or 'no time'} (s)")


@step("wait", 3, lambda rng: (str(rng.choice((100, 300, 300, 700, 1500, 3000))),))
async def wait(act: Act) -> Done:
    await asyncio.sleep(act.number(0, 300) / 1000)
    return Done(f"{act.number(0, 300)} ms pass")


@step("quiet", 2, lambda rng: (str(rng.choice((1500, 4000))),))
async def quiet(act: Act) -> Done:
    """Wait until nothing waits, at most so long."""
    with contextlib.suppress(AssertionError):
        await until(
            lambda: not act.screen.waiting and not act.screen.desk.status.state.refreshing,
            deadline_s=act.number(0, 1500) / 1000,
        )
    return Done(f"{act.agent} waits until all is quiet")


@step("talk", 0.6)
async def talk(act: Act) -> Done:
    """A conversation: longer than a read may be old."""
    await asyncio.sleep(11)
    return Done(f"{act.agent} speaks with the debtor for 11 s")


# -- colleagues


def _edit(rng: Dice) -> tuple[str, ...]:
    whom = rng.choices(("open", "saved", "next", "any"), (5, 3, 1, 1))[0]
    return (whom, rng.choice(("status", "notes", "summary")), str(rng.randrange(50)))


@step("colleague", 4, _edit)
async def colleague(act: Act) -> Done:
    """A colleague saves one field of a followup: the open one, the last saved, the next in the list, or
    any other."""
    whom, name, number = act.arg(0, "open"), act.arg(1, "notes"), act.number(2)
    followup = _target(act, whom, number)
    if not followup:
        return Done("A colleague finds nothing to edit")
    word = STATUSES[number % len(STATUSES)] if name == "status" else act.model.new_theirs()
    changed = await act.world.colleague(followup, name, word)
    said = word.replace("_", " ") if changed else "nothing"
    return Done(f"A colleague saves {name} of {act.model.name_of(followup)}: {said}")


def _target(act: Act, whom: str, number: int) -> str:
    model, rows = act.model, act.screen.rows
    server = act.world.look_at_server()
    followup = ""
    if whom == "open":
        followup = model.id_of(act.screen.open_id)
    elif whom == "saved" and act.belief.saved_ids:
        followup = model.id_of(act.belief.saved_ids[-1])
    elif whom == "next" and act.screen.open_id in rows:
        followup = rows[(rows.index(act.screen.open_id) + 1) % len(rows)]
    if followup not in server and whom in ("any", "next", "saved"):
        followup = sorted(server)[number % len(server)]
    return followup if followup in server else ""


@step("burst", 0.7, lambda rng: (str(rng.randint(2, 6)), str(rng.randrange(50))))
async def burst(act: Act) -> Done:
    rows = [one for one in act.screen.rows if one in act.world.look_at_server()]
    start = act.number(1)
    for place in range(act.number(0, 3) if rows else 0):
        followup = rows[(start + place) % min(len(rows), 8)]
        if place % 2:
            word, name = act.model.new_theirs(), "notes"
        else:
            word, name = STATUSES[(start + place) % len(STATUSES)], "status"
        await act.world.colleague(followup, name, word)
    return Done(f"A colleague edits {act.number(0, 3)} rows of the list in a burst")


@step("busy", 0.4, lambda rng: (rng.choice(("0.5", "2")), str(rng.randrange(1000))))
async def busy(act: Act) -> Done:
    if act.world.carol is not None:
        return Done("The colleague is in the team, and is not so busy")
    act.world.sandbox.colleague(rate=float(act.arg(0, "1")), seed=act.number(1))
    return Done(f"A colleague begins to make {act.arg(0, '1')} edits a second")


@step("team_server", 0)
async def team_server(act: Act) -> Done:
    if act.world.nats is None:
        return Done("There is no team")
    is_there = act.world.toggle_team()
    return Done(f"The team's server {'is back' if is_there else 'is away'}")


@step("rows", 0.8, lambda rng: (str(rng.randint(1, 4)), str(rng.randrange(50))))
async def rows(act: Act) -> Done:
    """Followups come on the server, due now: they belong on top of the list."""
    debts = sorted(act.model.names)
    for number in range(act.number(0, 1)):
        said = {
            "debt_id": debts[(act.number(1) + number) % len(debts)],
            "type": "call",
            "status": "scheduled",
            "scheduled_at": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()),
        }
        act.world.sandbox.api("POST", "/followups", said, calm=True)
    return Done(f"{act.number(0, 1)} followups are added on the server")


# -- trouble

TROUBLES = {
    "500": "PUT {open} status=500",
    "409": "PUT {open} status=409",
    "413": "PUT {open} status=413",
    "503": "PUT */followups/* status=503",
    "post": "POST */followups status=500",
    "refused": "PUT */followups/* status=400",
    "limited": "* */external-api/* status=429",
    "offline": "* */external-api/* drop=before",
    "lost": "PUT */followups/* drop=after",
    "lost-post": "POST */followups drop=after",
    "old-values": "PUT */followups/* old-values",
    "id-only": "PUT */followups/* missing-keys",
    "wrong-id": "PUT */followups/* wrong-id",
    "moving": "GET */followups moving",
    "slow": "PUT */followups/* delay=0.5..2",
    "slow-reads": "GET */external-api/* delay=0.3..2",
}
"""Names of troubles, and the sandbox's words for them."""

_ONCE = {"refused": 1, "limited": 2, "lost": 1, "lost-post": 1, "old-values": 1, "id-only": 1}
_ONCE |= {"wrong-id": 1, "moving": 2}
_WEIGHTS = (2, 1, 1, 4, 2, 3, 2, 3, 2, 1, 2, 2, 1, 2, 4, 2)


@step("trouble", 3.5, lambda rng: (rng.choices(tuple(TROUBLES), _WEIGHTS)[0],))
async def trouble(act: Act) -> Done:
    name = act.arg(0, "503")
    followup = act.model.id_of(act.screen.open_id)
    fault = TROUBLES[name].format(open=f"*/followups/{followup or 'none'}")
    more: dict[str, object] = {"count": _ONCE.get(name, 0)}
    if name == "limited":
        more["retry_after"] = 1
    if name == "refused":
        more["details"] = {"notes": ["is not allowed"]}
    act.world.trouble(fault, **more)
    return Done(f"Trouble begins: {fault}" + (f" ({more['count']}×)" if more["count"] else ""))


@step("calm", 3)
async def calm(act: Act) -> Done:
    act.world.clear_faults()
    return Done("All trouble is over")


@step("expire", 0.7)
async def expire(act: Act) -> Done:
    act.world.sandbox.expire()
    return Done("All tokens expire")
