"""What the window says of reviews that travel in a team."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QLocale

from agent_app.domain.sent_review import Where, Whereabouts
from agent_app.text.moments import brief_moment_text

translate = QCoreApplication.translate


def whereabouts_words(place: Whereabouts, now: datetime, zone: tzinfo) -> str:
    """Return where a review is, and what its agent said to it."""
    match place.where:
        case Where.HERE:
            return translate(
                "TeamReviews", "Reviews stay on this computer: the server has no place for them."
            )
        case Where.NOBODY:
            return translate(
                "TeamReviews",
                "The team does not know who made this call: the review stays on this computer.",
            )
        case Where.OWN:
            return translate("TeamReviews", "Your own call: the review stays on this computer.")
        case Where.WAITS:
            return translate("TeamReviews", "It goes to {name} when the team is back.").format(
                name=place.agent
            )
        case Where.SENT:
            return translate("TeamReviews", "Sent to {name}, not read yet.").format(
                name=place.agent
            )
        case Where.READ:
            assert place.read_at is not None
            moment = brief_moment_text(place.read_at, now, zone, QLocale())
            read = translate("TeamReviews", "{name} read it: {moment}.").format(
                name=place.agent, moment=moment
            )
            if not place.answer:
                return read
            answer = translate("TeamReviews", "Answer: “{words}”").format(words=place.answer)
            return f"{read} {answer}"


def addressee_words(has_team: bool) -> str:
    """Return where a review will go that is not made yet."""
    if has_team:
        return translate("TeamReviews", "Your review goes to the agent who made the call.")
    return translate(
        "TeamReviews", "Reviews stay on this computer: the server has no place for them."
    )
