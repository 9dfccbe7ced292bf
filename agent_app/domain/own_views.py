"""Views that a person or a team made for themselves: a view, narrowed, with its own columns and order."""

from dataclasses import dataclass

from agent_app.domain.views import Column, View

MAX_NAME, MAX_VIEWS = 40, 50


@dataclass(frozen=True, slots=True)
class OwnView:
    """`status` and `type` narrow `view` ("": any; a debt's status begins with "debt "). `of_team` says that
    it came with the team's file."""

    name: str
    view: View
    status: str = ""
    type: str = ""
    columns: tuple[Column, ...] = ()
    sort: Column = Column.SCHEDULED
    descending: bool = False
    of_team: bool = False


def with_own(views: tuple[OwnView, ...], new: OwnView) -> tuple[OwnView, ...]:
    """Return a person's views with a *new* one, which takes the place of one of the same name."""
    others = [one for one in views if one.name.casefold() != new.name.casefold()]
    return tuple(sorted((*others, new), key=lambda one: one.name.casefold()))
