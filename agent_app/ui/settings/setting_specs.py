"""The settings of the window, each declared once: its page, its words, its widget, what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QWidget

from agent_app.domain.part import Part
from agent_app.domain.settings import (
    DAILY_GOAL,
    FONT_POINTS,
    KEEP_DAYS,
    LOCK_MINUTES,
    MAX_SCORECARD,
    SNOOZE_MINUTES,
    Settings,
)
from agent_app.ui.settings.setting_fields import (
    CheckField,
    ChoiceField,
    CountryField,
    LineField,
    LinesField,
    NameField,
    NumberField,
    written_part,
)

MAX_PROMISE_WORDS, MAX_NAME, MAX_RULE, MAX_PART = 200, 80, 100, 12

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Spec:
    """One setting. `text` is its label (a check box has its own), `why` a sentence below it; `wrong`
    gives a sentence for a text that cannot be used."""

    name: str
    text: str
    why: str
    field: QWidget
    wrong: Callable[[str], str] | None = None


def general(now: Settings) -> list[Spec]:
    """Make the settings of the page "General"."""
    as_system = translate("SettingsDialog", "System default")
    languages = {"system": as_system, "en": "English", "fr": "Français"}
    themes = {
        "system": as_system,
        "light": translate("SettingsDialog", "Light"),
        "dark": translate("SettingsDialog", "Dark"),
    }
    return [
        Spec("language", translate("SettingsDialog", "&Language"),
             translate("SettingsDialog", "The language of the window; it changes at the next start."),
             ChoiceField(languages, now.language)),
        Spec("theme", translate("SettingsDialog", "&Theme"),
             translate("SettingsDialog", "Light or dark colours."), ChoiceField(themes, now.theme)),
        Spec("font_points", translate("SettingsDialog", "Text &size"),
             translate("SettingsDialog", "Text size: + points. Ctrl and + or − do the same."),
             NumberField(FONT_POINTS, now.font_points)),
        Spec("agent_name", translate("SettingsDialog", "Your &name"),
             translate("SettingsDialog", "Goes into templates in the place of {agent}, and stands below your reviews; choose it from the company's people where the server tells them."),
             NameField(now.agent_name, most=MAX_NAME)),
        Spec("idle_lock_minutes", translate("SettingsDialog", "Loc&k after"),
             translate("SettingsDialog", "Lock the window after this long without activity."),
             NumberField(LOCK_MINUTES, now.idle_lock_minutes, suffix=translate("SettingsDialog", " min"),
                         at_least=translate("SettingsDialog", "never"))),
        Spec("keep_days", translate("SettingsDialog", "&Done is kept"),
             translate("SettingsDialog", "Followups that are done leave this computer so long after; the server keeps them."),
             NumberField(KEEP_DAYS, now.keep_days, suffix=translate("SettingsDialog", " days"),
                         at_least=translate("SettingsDialog", "for ever"))),
        Spec("daily_goal", translate("SettingsDialog", "&Goal a day"),
             translate("SettingsDialog", "How many calls you aim at; “My day” (Ctrl+J) shows how far you are."),
             NumberField(DAILY_GOAL, now.daily_goal, suffix=translate("SettingsDialog", " calls"),
                         at_least=translate("SettingsDialog", "none"))),
    ]  # fmt: skip


def _own_words(rule: str) -> str:
    """Return the rule for the next call as the person would type it: the default one in their language."""
    return translate("SettingsDialog", "tomorrow 9") if rule == Settings().retry else rule


def calls(now: Settings, is_rule: Callable[[str], bool]) -> list[Spec]:
    """Make the settings of the page "Calls"; *is_rule* says whether a text can plan the next call."""
    planned = {
        "manual_call": translate("SettingsDialog", "Manual call: a person rings"),
        "call": translate("SettingsDialog", "Call: the provider may ring"),
        "same": translate("SettingsDialog", "The same as the call before"),
    }

    def wrong_rule(text: str) -> str:
        if is_rule(text):
            return ""
        return translate(
            "SettingsDialog", "The next call is not a time. Try tomorrow 9, +2h or mon 10:30."
        )

    def wrong_part(text: str) -> str:
        if not text.strip() or Part.read(text) is not None:
            return ""
        return translate("SettingsDialog", "My part is not a part of a whole. Try 3 of 20.")

    return [
        Spec("retry", translate("SettingsDialog", "Next &call"),
             translate("SettingsDialog", "When “No answer” plans the next call, as you would type it: tomorrow 9, +2h, mon 10:30."),
             LineField(_own_words(now.retry), most=MAX_RULE), wrong_rule),
        Spec("planned_type", translate("SettingsDialog", "&Planned as"),
             translate("SettingsDialog", "What a next or new call is filed as. The provider rings followups of type call by itself."),
             ChoiceField(planned, now.planned_type)),
        Spec("promise_words", translate("SettingsDialog", "Pro&mise to pay"),
             translate("SettingsDialog", "How the team writes one into summary and notes, with {amount}, {day} and {instalments}."),
             LineField(now.promise_words, most=MAX_PROMISE_WORDS,
                       placeholder=translate("SettingsDialog", "Promises {amount} by {day}"))),
        Spec("country", translate("SettingsDialog", "Telephone c&ountry"),
             translate("SettingsDialog", "Two letters, as in FR: where numbers without a country belong if the debt names none."),
             CountryField(now.country)),
        Spec("part", translate("SettingsDialog", "My p&art of the list"),
             translate("SettingsDialog", "Where several desks share a list: 3 of 20 shows you a twentieth of the calls, nobody else's. Empty: all of them."),
             LineField(now.part, most=MAX_PART, placeholder="3 of 20", read=written_part), wrong_part),
        Spec("retry_on_weekends", "",
             translate("SettingsDialog", "Otherwise a planned call that falls on a weekend moves to Monday."),
             CheckField(translate("SettingsDialog", "Call on &weekends"), on=now.retry_on_weekends)),
        Spec("reminders", "",
             translate("SettingsDialog", "A call that becomes due is shown once, in the window and by the system."),
             CheckField(translate("SettingsDialog", "&Remind me of calls"), on=now.reminders)),
        Spec("snooze_minutes", translate("SettingsDialog", "S&nooze"),
             translate("SettingsDialog", "How long Snooze puts a reminder off."),
             NumberField(SNOOZE_MINUTES, now.snooze_minutes, suffix=translate("SettingsDialog", " min"))),
        Spec("show_debtor", "",
             translate("SettingsDialog", "Others may see your screen: third parties must not learn of a debt."),
             CheckField(translate("SettingsDialog", "Name the &debtor in notifications"), on=now.show_debtor)),
        Spec("accept_links", "",
             translate("SettingsDialog", "A telephone program may open a followup and fill in the call's facts; nothing is saved without you."),
             CheckField(translate("SettingsDialog", "Open followups on &incoming calls"), on=now.accept_links)),
    ]  # fmt: skip


def reviews(now: Settings) -> list[Spec]:
    """Make the settings of the page "Reviews"."""

    def wrong_scorecard(text: str) -> str:
        if len(text) <= MAX_SCORECARD:
            return ""
        words = translate(
            "SettingsDialog", "The scorecard is too long ({most} characters at most)."
        )
        return words.format(most=QLocale().toString(MAX_SCORECARD))

    return [
        Spec("review_questions", translate("SettingsDialog", "S&corecard"),
             translate("SettingsDialog", "What supervisors ask of a followup that they review, one question a line."),
             LinesField(now.review_questions), wrong_scorecard),
    ]  # fmt: skip
