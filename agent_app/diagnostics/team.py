"""Looks at the team's server for the checkup: credentials, encryption, who is there, the relay."""

from pathlib import Path

from agent_app.diagnostics.grade import Grade
from agent_app.domain.settings import Settings
from agent_app.domain.team import NoTeam, TeamLink

_WORDS = {
    TeamLink.REFUSED: "the credentials are not accepted: ask for new ones (agent-app team add)",
    TeamLink.NOT_TRUSTED: "its certificate is not trusted",
    TeamLink.NOT_SET_UP: "it has no place for the team yet: start a relay, or a supervisor's desk",
    TeamLink.BAD_FILE: "the credentials cannot be used",
    TeamLink.LOST: "it was not reached",
}


async def look_at_team(settings: Settings) -> tuple[Grade, str] | None:
    """Return a grade and words; None where no team is set."""
    if not settings.team_credentials:
        return (Grade.FINE, f"none; this desk's part is {settings.part}") if settings.part else None
    try:
        from agent_app.team.probe import look  # with a team alone
    except ImportError:
        return Grade.ERROR, "nats-py or cryptography is not installed: the desk works alone"
    try:
        seen = await look(
            Path(settings.team_credentials), settings.team_servers, settings.ca_bundle
        )
    except NoTeam as error:
        return Grade.ERROR, f"{_WORDS.get(error.link, 'it was not reached')} ({error})"
    except TimeoutError:
        return Grade.ERROR, "it did not answer in time"
    tls = "TLS" if seen.is_encrypted else "not encrypted (this computer alone)"
    words = [f"{seen.server} (NATS {seen.version}), {tls}, as {seen.member.role}"]
    words.append(f"{seen.there} at work")
    words.append("a relay reads the list" if seen.relay else "no relay: desks read the list")
    if seen.relay:
        words.append("webhooks come in" if seen.hooks else "no webhooks")
    return Grade.FINE, ", ".join(words)
