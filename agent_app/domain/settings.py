"""Room: domain. What the desk can be told about how it works."""

from dataclasses import dataclass

THEMES = ("system", "light", "dark")
LANGUAGES = ("system", "en", "fr")
FONT_POINTS, SNOOZE_MINUTES = (-3, 12), (1, 240)
"""The least and the most."""


DEFAULT_QUESTIONS = """Did the agent say who they are and why they call?
Was the tone respectful?
Was what was agreed written down?"""
"""The scorecard until a team writes its own, one question a line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`server` and `client_id` name the real server, if there is one.

    `font_points` is added to the system's font size; `retry` is the team's rule for a next call, as
    one would type it; `show_debtor` lets notifications name a debtor, which others may read.
    """

    server: str = ""
    client_id: str = ""
    theme: str = "system"
    language: str = "system"
    font_points: int = 0
    agent_name: str = ""
    retry: str = "tomorrow 9"
    retry_on_weekends: bool = False
    reminders: bool = True
    snooze_minutes: int = 10
    show_debtor: bool = False
    accept_links: bool = True
    review_questions: str = DEFAULT_QUESTIONS
