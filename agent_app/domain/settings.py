"""What the desk can be told about how it works."""

from dataclasses import dataclass, field

from agent_app.domain.network import SYSTEM_PROXY, Network

THEMES = ("system", "light", "dark")
LANGUAGES = ("system", "en", "fr")
UPDATE_CHANNELS = ("off",)
"""The desk looks for no updates by itself: the system's packages bring them."""
PLANNED_TYPES = ("manual_call", "call", "same")
"""What a planned call is filed as; "same": as the followup that it follows, where that was dialled."""
FONT_POINTS, SNOOZE_MINUTES, LOCK_MINUTES, SIGN_OUT_HOURS = (-3, 12), (1, 240), (0, 480), (1, 72)
KEEP_DAYS = (0, 3_650)
DAILY_GOAL = (0, 500)
WRAP_UP_MINUTES = (0, 60)
"""The least and the most."""
MAX_SCORECARD = 5_000
"""The longest scorecard (characters)."""


DEFAULT_QUESTIONS = """Did the agent say who they are and why they call?
Was the tone respectful?
Was what was agreed written down?"""
"""The scorecard until a team writes its own, one question a line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`server` and `client_id` name the real server, if there is one.

    `font_points` is added to the system's font size; `retry` is the team's rule for a next call, as
    one would type it; `planned_type` is what a planned call is filed as (the provider executes one of
    type `call` by itself at its time); `promise_words` is how the team writes a promise to pay ("": the
    usual way), with {amount}, {day} and {instalments} in it; `show_debtor` lets notifications name a debtor, which others may read.
    `country` (ISO 3166) is the team's: a number that names no country, of a debt that names none, is
    taken to be of it. `part` names this desk's part of a shared list ("3 of 20"; "": all of it). `calling_rules`, `templates` and `views` name a team's files; after `idle_lock_minutes` without a key or
    a click the window is covered (0: never), after `sign_out_hours` the sign-in is forgotten.
    `daily_goal` is how many calls a day an agent aims at (0: none is shown).
    Followups that are done leave this computer `keep_days` after all they tell of (0: never); the server
    keeps its own.
    `client_secret` is for servers that want one from a client that signs in by browser, `scopes` what
    is asked for there ("": the usual). `team_credentials` names the file that says who one is in the team
    ("": no team), `team_servers` its servers where the file does not; without `team_figures` this desk
    tells nobody what its agent did. A wrap-up of more than `team_wrap_up_minutes` is shown to supervisors as
    too long (0: none is).
    """

    server: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    scopes: str = ""
    theme: str = "system"
    language: str = "system"
    country: str = ""
    part: str = ""
    font_points: int = 0
    agent_name: str = ""
    retry: str = "tomorrow 9"
    retry_on_weekends: bool = False
    planned_type: str = "manual_call"
    promise_words: str = ""
    reminders: bool = True
    snooze_minutes: int = 10
    show_debtor: bool = False
    accept_links: bool = True
    review_questions: str = DEFAULT_QUESTIONS
    allowed_hosts: tuple[str, ...] = ()
    proxy: str = SYSTEM_PROXY
    ca_bundle: str = ""
    calling_rules: str = ""
    templates: str = ""
    views: str = ""
    idle_lock_minutes: int = 10
    sign_out_hours: int = 8
    keep_days: int = 90
    daily_goal: int = 0
    update_channel: str = "off"
    team_servers: tuple[str, ...] = ()
    team_credentials: str = ""
    team_figures: bool = True
    team_wrap_up_minutes: int = 3

    @property
    def network(self) -> Network:
        """What they say of the network."""
        return Network(self.proxy, self.ca_bundle, self.allowed_hosts)
