"""A whole session of the desk, without its window, against any server: `python -m tests.contract.session
SERVER`. `packaging/contract.sh` puts a proxy between the two that refuses whatever is not in the contract.

Ends with 1 and says what, where anything that was saved needs a person, or a read fails.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from agent_app.api.probe import rights
from agent_app.api.tokens import ClientCredentials
from agent_app.domain.debt import Debt
from agent_app.domain.fields import DEBT_FIELDS, FIELDS, Kind, Value
from agent_app.domain.network import Network
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.subject import subject_of_debt
from agent_app.sandbox.accounts import CLIENT_ID, CLIENT_SECRET
from tests.unit.sync.stories import Desk, desk_on
from tests.waiting import until

NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Server:
    """Where to go; the sandbox's client, unless told otherwise."""

    server: str
    client_id: str = CLIENT_ID
    client_secret: str = CLIENT_SECRET


def values_of(kind: Kind, choices: tuple[str, ...]) -> list[Value]:
    """What a field of that kind is made, one after the other; the last clears it."""
    match kind:
        case Kind.CHOICE:
            return [*choices, None] if choices else []
        case Kind.MOMENT:
            return [NOW, NOW + timedelta(days=3), None]
        case Kind.DURATION:
            return [0, 61_000, None]
        case Kind.FLAG:
            return [True, False]
        case Kind.LINK:
            return ["https://recordings.example.org/a.wav", None]
        case Kind.LINE | Kind.TEXT:
            return ["A word, é, עברית", "Two\nlines" if kind is Kind.TEXT else "Another", None]


async def settled(desk: Desk, what: str) -> None:
    """Wait until nothing waits; what needs a person ends the session."""
    await until(lambda: desk.store.outbox.counts()[0] == 0)
    for entry in desk.store.outbox.entries():
        raise SystemExit(f"{what}: {entry.refusal}")


async def save_each_field(desk: Desk, followup_id: str) -> None:
    """Each field of a followup in turn, with each kind of value and without one."""
    for field in FIELDS:
        for value in values_of(field.kind, field.choices):
            if value is None and field.required:
                continue
            desk.save(followup_id, **{field.name: value})
            await settled(desk, f"{field.name} = {value!r}")


async def save_debt(desk: Desk, debt: Debt) -> None:
    """Each field of a debt, and the way back."""
    for field in DEBT_FIELDS:
        for value in values_of(field.kind, ("status.default.on_hold",)):
            if value is not None or not field.required:
                change(desk, debt.id, {field.name: value})
                await settled(desk, f"the debt's {field.name} = {value!r}")
    desk.commands.undo()
    await settled(desk, "undo")


def change(desk: Desk, debt_id: str, mine: Mapping[str, Value]) -> None:
    debt = desk.store.debts.whole(debt_id)
    assert debt is not None
    base = {name: debt.get(name) for name in mine}
    desk.commands.save(FollowupPatch(subject_of_debt(debt_id), mine, base))


async def ask_about_the_company(desk: Desk) -> None:
    assert desk.engine is not None
    company = desk.engine.company
    print(f"company: {await company.name()}, {len(await company.users())} users")
    print(f"credits: {await company.credits()}")
    reports = await company.reports()
    with tempfile.TemporaryDirectory() as folder:
        for report in reports[:1]:
            await company.fetch_report(report.id, Path(folder) / "report")
    print(f"{len(reports)} reports")


async def session(server: Server) -> None:
    """All that a desk does in a day, in a minute."""
    async with desk_on(server) as desk:  # type: ignore[arg-type]
        await until(lambda: not desk.store.followups.debts_without_name())
        (followup_id, debt_id), *_ = desk.store._database.read(
            "select id, debt_id from followup where type = 'call' and status = 'scheduled'"
        )
        print(f"{desk.store.followups.count()} followups loaded")
        await save_each_field(desk, followup_id)
        print("each field saved and cleared")
        desk.commands.create(debt_id, {"type": "manual_call"})
        desk.commands.create(debt_id, {"status": "scheduled", "scheduled_at": NOW, "notes": "x"})
        await settled(desk, "new followups")
        print("new followups filed")
        debt = desk.store.debts.whole(debt_id)
        assert debt is not None
        await save_debt(desk, debt)
        print("each field of the debt saved and cleared")
        desk.commands.read_person(debt_id)
        desk.commands.opened(followup_id)
        desk.commands.dialled(followup_id)
        desk.commands.refresh()
        assert desk.engine is not None
        desk.engine.load_period(date.today() - timedelta(days=9), date.today())  # noqa: DTZ011
        await until(lambda: desk.state.period_progress is None and not desk.state.refreshing)
        await ask_about_the_company(desk)
    found = await rights(
        server.server, Network(), ClientCredentials(server.client_id, server.client_secret, "")
    )
    if found.troubles:
        raise SystemExit(f"scopes: {found.troubles}")
    print(f"the doctor: {len(found.scopes)} scopes answer, not tried: {sorted(found.untried)}")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server")
    asyncio.run(session(Server(parser.parse_args().server)))


if __name__ == "__main__":
    main()
