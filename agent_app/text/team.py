"""What the desk says of its team."""

from datetime import tzinfo
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QLocale

from agent_app.domain.team import Activity, Claim, Role, TeamLink, TeamState
from agent_app.text.moments import clock_text

translate = QCoreApplication.translate


def link_words(link: TeamLink) -> str:
    """Return how the desk is connected with its team, for the window's foot; "" where there is no team."""
    match link:
        case TeamLink.OFF:
            return ""
        case TeamLink.CONNECTING:
            return translate("Team", "Team: connecting…")
        case TeamLink.LIVE:
            return translate("Team", "Team: nobody else here")
        case TeamLink.LOST:
            return translate("Team", "Team not reachable: working alone")
        case TeamLink.REFUSED:
            return translate("Team", "Team: not let in, working alone")
        case TeamLink.NOT_TRUSTED:
            return translate("Team", "Team not trusted: working alone")
        case TeamLink.NOT_SET_UP:
            return translate("Team", "Team not set up yet: working alone")
        case TeamLink.BAD_FILE:
            return translate("Team", "Team: sign-in file not usable, working alone")


def link_sentence(state: TeamState) -> str:
    """Return what is the matter with the team and who can help, or that all is well; "" without a team."""
    match state.link:
        case TeamLink.OFF:
            return ""
        case TeamLink.CONNECTING:
            return translate("Team", "Connecting…")
        case TeamLink.LIVE:
            return translate("Team", "Connected.")
        case TeamLink.LOST:
            return translate(
                "Team",
                "Your team's server does not answer. You work as you do alone; it is tried again by itself.",
            )
        case TeamLink.REFUSED:
            return translate(
                "Team",
                "Your team's server does not let you in (any more). You work as you do alone; your"
                " administrator can help.",
            )
        case TeamLink.NOT_TRUSTED:
            return translate(
                "Team",
                "Your team's server cannot prove that it is the right one, so nothing is sent there."
                " Your administrator can help.",
            )
        case TeamLink.NOT_SET_UP:
            return translate(
                "Team",
                "Your team's server has no place for the team yet. A supervisor or the relay makes it"
                " when they connect.",
            )
        case TeamLink.BAD_FILE:
            return translate(
                "Team",
                "The file that says who you are in the team cannot be used. You work as you do alone;"
                " your administrator can give you another one.",
            )


def place_words(state: TeamState) -> str:
    """Return who one is in the team, and at which server: "Team: Anna (agent), team.example.org."."""
    if state.me is None:
        return ""
    member = translate("Team", "{name} ({role})").format(
        name=state.me.shown, role=role_label(state.me.role)
    )
    parts = (member, server_host(state.server))
    return translate("Team", "Team: {who}.").format(who=", ".join(part for part in parts if part))


def server_host(server: str) -> str:
    """Return a server's host alone."""
    return urlsplit(server if "//" in server else f"//{server}").hostname or server


def role_label(role: Role) -> str:
    """Return what a member is in the team."""
    return {
        Role.AGENT: translate("Team", "agent"),
        Role.SUPERVISOR: translate("Team", "supervisor"),
        Role.RELAY: translate("Team", "relay"),
    }[role]


def activity_label(activity: Activity) -> str:
    """Return what a person does."""
    return {
        Activity.READY: translate("Team", "Ready"),
        Activity.ON_CALL: translate("Team", "On a call"),
        Activity.WRAPPING_UP: translate("Team", "Wrapping up"),
        Activity.AWAY: translate("Team", "Away"),
    }[activity]


def claim_words(claim: Claim, zone: tzinfo) -> str:
    """Return who has a debt since when, as a sentence without its full stop."""
    return translate("Team", "{name} has this debt since {time}").format(
        name=claim.member.shown, time=claim_time(claim, zone)
    )


def claim_brief(claim: Claim, zone: tzinfo) -> str:
    """Return the same in as few words as a row of the list has room for."""
    return translate("Team", "with {name} · {time}").format(
        name=claim.member.shown, time=claim_time(claim, zone)
    )


def claim_time(claim: Claim, zone: tzinfo) -> str:
    """Return since when a debt is somebody's, as a clock shows it."""
    return clock_text(claim.since.astimezone(zone), QLocale())
