"""Desks of a team in one process, each with a connection of its own to a real server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from agent_app.team.subjects import Lifetimes
from agent_app.team.team import Team, TeamSettings
from tests.waiting import until

SHORT = Lifetimes(lease=2.0, renew=0.5, presence=2.0, presence_renew=0.4)
"""As the real ones, but no test waits for a minute."""


def credentials(folder: Path, member: str, role: str = "agent", seed: str = "") -> Path:
    """The credentials file of a member on a server that asks for none."""
    file = folder / f"{member}.toml"
    file.write_text(
        f'id = "{member}"\nname = "{member.title()}"\nrole = "{role}"\nseed = "{seed}"\n'
    )
    file.chmod(0o600)
    return file


def settings(folder: Path, member: str, address: str, role: str = "agent") -> TeamSettings:
    return TeamSettings(
        credentials(folder, member, role),
        api="https://api.example",
        client_id="client",
        servers=(address,),
        lives=SHORT,
    )


def team(folder: Path, member: str, address: str, role: str = "agent") -> Team:
    """A desk that is not connected yet."""
    return Team(settings(folder, member, address, role))


@asynccontextmanager
async def desks(
    folder: Path, address: str, *members: str, lives: Lifetimes = SHORT
) -> AsyncIterator[list[Team]]:
    """Desks that are live. A member called "boss" is a supervisor."""
    found: list[Team] = []
    for member in members:
        said = settings(folder, member, address, "supervisor" if member == "boss" else "agent")
        found.append(Team(replace(said, lives=lives)))
    try:
        for one in found:
            one.start()
            await until(lambda one=one: one.state.is_live)  # type: ignore[misc]
        yield found
    finally:
        for one in found:
            await one.stop()
