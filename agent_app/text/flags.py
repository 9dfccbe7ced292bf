"""Flags in words."""

from datetime import tzinfo

from PySide6.QtCore import QCoreApplication, QLocale

from agent_app.domain.flags import Flag, Raised
from agent_app.text.moments import date_text

translate = QCoreApplication.translate


def flag_label(flag: Flag) -> str:
    """Return a flag in a word or two, as its pill says it."""
    match flag:
        case Flag.DECEASED:
            return translate("Flag", "Deceased")
        case Flag.DO_NOT_CALL:
            return translate("Flag", "Do not call")
        case Flag.REPRESENTED:
            return translate("Flag", "Represented")
        case Flag.DISPUTED:
            return translate("Flag", "Disputed")
        case Flag.WRONG_NUMBER:
            return translate("Flag", "Wrong number")


def flag_words(raised: Raised, zone: tzinfo) -> str:
    """Return where a flag was found: the sentence and its day."""
    if raised.at is None and not raised.sentence:
        return translate("Flag", "The debt says so.")
    day = date_text(raised.at.astimezone(zone).date(), QLocale()) if raised.at else ""
    if not raised.sentence:
        return translate("Flag", "{day}: nobody has this number.").format(day=day)
    if not day:
        return translate("Flag", "The debt's summary: “{sentence}”").format(
            sentence=raised.sentence
        )
    return translate("Flag", "{day}: “{sentence}”").format(day=day, sentence=raised.sentence)
