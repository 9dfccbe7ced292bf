"""Room: team. Looks at a team's server once, as the person of the credentials would, for the checkup."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from agent_app.domain.team import Member
from agent_app.team.credentials import read_credentials
from agent_app.team.lease import Lease
from agent_app.team.nats_link import open_link
from agent_app.team.presences import Presences
from agent_app.team.subjects import Lifetimes
from agent_app.team.team import RELAY

PATIENCE_S = 8.0


@dataclass(frozen=True, slots=True)
class TeamSeen:
    """Who we are there, where, which version it runs, who else is there, and which relay is active
    with how many reads so far ("": none)."""

    member: Member
    server: str
    version: str
    is_encrypted: bool
    there: int
    relay: str
    hooks: bool


async def look(file: Path, servers: tuple[str, ...], ca_bundle: str) -> TeamSeen:
    """Connect, look and leave; nobody sees us there. Raises NoTeam, or TimeoutError."""
    said = read_credentials(file)
    lives = Lifetimes()
    async with asyncio.timeout(PATIENCE_S):
        link = await open_link(servers or said.servers, said, ca_bundle)
        try:
            await link.make_streams(lives, 1, may_make=False)
            people = Presences(said.member, lives)
            await people.look(link)
            relay = Lease(RELAY, holder=said.member.id, life_s=lives.lease)
            await relay.join(link)
            return TeamSeen(
                said.member,
                link.server,
                link.version,
                link.is_encrypted,
                len(people.all()),
                relay.holder,
                relay.facts.get("hooks") is True,
            )
        finally:
            await link.close()
