"""A server as `agent-app team` sets it up: TLS, keys, rights by subject, encryption at rest."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_app.diagnostics.team import look_at_team
from agent_app.domain.settings import Settings
from agent_app.domain.team import Event, Member, NoTeam, Role, SharedKind, TeamLink, TeamReview
from agent_app.team import subjects
from agent_app.team.credentials import new_seed, read_credentials
from agent_app.team.nats_link import Link, open_link
from agent_app.team.server_files import ServerFiles
from agent_app.team.team import Team, TeamSettings
from tests.nats_server import RunningNats, free_port
from tests.unit.team.desks import SHORT
from tests.waiting import until


def utc_now() -> datetime:
    return datetime.now(UTC)


class Company:
    """A team's server with its files, and desks with their credentials."""

    def __init__(self, folder: Path) -> None:
        self.files = ServerFiles(folder)
        self.port = free_port()
        self.files.init(["127.0.0.1", "localhost"], self.port, "127.0.0.1")
        self.credentials = {
            name: self.files.add(Member(name, name.title(), role))
            for name, role in (
                ("anna", Role.AGENT),
                ("ben", Role.AGENT),
                ("boss", Role.SUPERVISOR),
                ("relay", Role.RELAY),
            )
        }
        self.server = RunningNats((folder / "nats.conf").read_text(), folder, self.port)
        self.teams: list[Team] = []

    def team(self, name: str) -> Team:
        said = TeamSettings(
            self.credentials[name], api="https://api.example", client_id="client", lives=SHORT
        )
        self.teams.append(Team(said))
        return self.teams[-1]

    def revoke(self, name: str) -> None:
        """Let a person in no more, as an administrator would."""
        self.files.revoke(name)
        if not self.files.reload():  # Windows: a server that is no service has to start again
            self.server.kill()
            self.server.start()

    async def live(self, *names: str) -> list[Team]:
        """Desks that are connected. A supervisor comes first: they make the streams."""
        found = [self.team(name) for name in names]
        for one in found:
            one.start()
            await until(lambda one=one: one.state.is_live)  # type: ignore[misc]
        return found

    async def link(self, name: str) -> Link:
        credentials = read_credentials(self.credentials[name])
        return await open_link(credentials.servers, credentials)


@pytest.fixture
async def company(tmp_path: Path) -> AsyncIterator[Company]:
    company = Company(tmp_path)
    yield company
    for one in company.teams:
        await one.stop()
    company.server.stop()


pytestmark = pytest.mark.anyio


async def test_a_day_of_a_team(company: Company) -> None:
    boss, anna, ben = await company.live("boss", "anna", "ben")
    anna.claims.use({"debt"})
    await until(lambda: ben.claims.is_taken("debt"))
    await until(lambda: len(boss.presences.all()) == 3)
    await anna.events.tell(Event("", "", "f-1", "debt", "deal_found", utc_now(), 60_000, 20_000))
    await until(lambda: boss.events.all() and anna.events.all())
    assert [one.agent for one in boss.events.all()] == ["anna"]
    assert ben.events.all() == []
    await boss.reviews.publish(TeamReview("r-1", "f-1", "anna", "", utc_now(), "Well done"))
    await until(anna.reviews.unread)
    await anna.reviews.acknowledge("r-1", "Thank you")
    await until(lambda: [one.answer for one in boss.reviews.all()] == ["Thank you"])
    assert anna.reviews.unread() == []
    assert ben.reviews.all() == []
    await boss.shared.publish(SharedKind.GOALS, "twenty contacts")
    await until(lambda: anna.shared.of(SharedKind.GOALS))
    goals = anna.shared.of(SharedKind.GOALS)
    assert goals is not None
    assert (goals.version, goals.by, goals.text) == (1, "boss", "twenty contacts")


@pytest.mark.parametrize(
    "subject",
    [
        subjects.presence("ben"),
        subjects.event("ben"),
        subjects.answer("ben", "r"),
        subjects.shared("templates", "anna"),
        subjects.shared("templates", "boss"),
        subjects.review("ben", "anna", "r"),
        subjects.lease("relay"),
    ],
)
async def test_an_agent_cannot_write_what_is_not_theirs(company: Company, subject: str) -> None:
    (boss,) = await company.live("boss")
    link = await company.link("anna")
    stream = next(
        one.name for one in subjects.streams(SHORT) if subject.startswith(one.subjects[:-1])
    )
    with pytest.raises(NoTeam):
        async with asyncio.timeout(6):
            await link.put(subject, b"{}")
    heard: list[object] = []
    assert boss._link is not None
    await boss._link.follow(stream, subject, heard.append)
    assert heard == []
    await link.close()


@pytest.mark.parametrize(
    ("stream", "subject"),
    [
        (subjects.EVENTS, "event.*"),
        (subjects.EVENTS, "event.ben"),
        (subjects.REVIEWS, "review.ben.*.*"),
        (subjects.ANSWERS, "answer.*.*"),
    ],
)
async def test_an_agent_cannot_read_what_others_did(
    company: Company, stream: str, subject: str
) -> None:
    await company.live("boss")
    link = await company.link("anna")
    heard: list[object] = []
    with pytest.raises((NoTeam, TimeoutError)):
        async with asyncio.timeout(6):
            await link.follow(stream, subject, heard.append)
    with pytest.raises((NoTeam, TimeoutError)):
        async with asyncio.timeout(6):
            await link.last(stream, subjects.event("ben"))
    assert heard == []
    await link.close()


async def test_who_is_revoked_is_let_in_no_more(company: Company) -> None:
    boss, anna = await company.live("boss", "anna")
    anna.claims.use({"debt"})
    await until(lambda: boss.claims.is_taken("debt"))
    company.revoke("anna")
    await until(lambda: anna.state.link is TeamLink.REFUSED)
    await until(lambda: boss.state.is_live)
    began = asyncio.get_running_loop().time()
    anna.claims.use({"debt", "other"})
    assert asyncio.get_running_loop().time() - began < 0.05  # nothing waits
    await until(lambda: not boss.claims.is_taken("debt"))


async def test_agents_do_not_make_the_streams(company: Company) -> None:
    anna = company.team("anna")
    anna.start()
    await until(lambda: anna.state.link is TeamLink.NOT_SET_UP)
    await company.live("relay")
    anna.wake()
    await until(lambda: anna.state.is_live)


async def test_a_certificate_of_somebody_else_is_not_trusted(
    company: Company, tmp_path: Path
) -> None:
    (boss,) = await company.live("boss")
    other = ServerFiles(tmp_path / "other")
    other.init(["127.0.0.1"], company.port, "127.0.0.1")
    theirs = (tmp_path / "other" / "ca.pem").read_text()
    text = company.credentials["anna"].read_text()
    company.credentials["anna"].write_text(
        re.sub(r"-----BEGIN.*END CERTIFICATE-----\n", theirs, text, flags=re.DOTALL)
    )
    anna = company.team("anna")
    anna.start()
    await until(lambda: anna.state.link is TeamLink.NOT_TRUSTED)
    assert boss.state.is_live


async def test_a_certificate_for_another_host_is_not_trusted(company: Company) -> None:
    company.files.init(["elsewhere.example"], company.port, "127.0.0.1")
    company.server.kill()
    company.server.start()
    said = read_credentials(company.credentials["anna"])
    with pytest.raises(NoTeam) as told:
        await open_link((f"tls://127.0.0.1:{company.port}",), said)
    assert told.value.link is TeamLink.NOT_TRUSTED


async def test_a_server_without_tls_gets_nothing_of_ours(tmp_path: Path) -> None:
    plain = RunningNats()
    try:
        seed = new_seed()
        file = tmp_path / "anna.toml"
        file.write_text(f'id = "anna"\nseed = "{seed}"\n')
        with pytest.raises(NoTeam) as told:
            await open_link((plain.address,), read_credentials(file), must_have_tls=True)
        assert told.value.link is TeamLink.NOT_TRUSTED
        link = await open_link((plain.address,), read_credentials(file))  # this computer's own
        await link.close()
    finally:
        plain.stop()


async def test_what_rests_is_encrypted(company: Company, tmp_path: Path) -> None:
    (boss,) = await company.live("boss")
    await boss.shared.publish(SharedKind.TEMPLATES, "words that nobody shall find")
    await until(lambda: boss.shared.of(SharedKind.TEMPLATES))
    company.server.stop()
    found = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert any(file.stat().st_size for file in found)
    assert not any(b"nobody shall find" in file.read_bytes() for file in found)


async def test_the_checkup_sees_the_team(company: Company) -> None:
    _, anna = await company.live("relay", "anna")
    file = str(company.credentials["anna"])
    grade, words = await look_at_team(Settings(team_credentials=file)) or (9, "")
    assert grade == 0, words
    assert "TLS, as agent, 1 at work, no relay" in words
    kept = company.credentials["anna"].read_text()
    company.revoke("anna")
    company.credentials["anna"].write_text(kept)
    await until(lambda: anna.state.link is TeamLink.REFUSED)
    grade, words = await look_at_team(Settings(team_credentials=file)) or (9, "")
    assert (grade, words[:30]) == (2, "the credentials are not accept")
    assert await look_at_team(Settings()) is None
