"""What often comes together at a desk, as steps in a row; a walk leaves some out and does other things
between them."""

from dataclasses import dataclass

Part = tuple[str, tuple[str, ...] | None]


@dataclass(frozen=True)
class Scene:
    """*steps* are names of steps, with the first of their arguments where these are fixed."""

    weight: float
    steps: tuple[Part, ...]


def _scene(weight: float, *parts: str) -> Scene:
    split = [part.split() for part in parts]
    return Scene(weight, tuple((one[0], tuple(one[1:]) or None) for one in split))


SCENES: tuple[Scene, ...] = (
    # A call that nobody answers, and the next one.
    _scene(4, "view 1", "down", "outcome 2", "save_next", "wait", "outcome 2", "save_next", "wait"),
    # A call with an outcome in words.
    _scene(3, "view 1", "down", "outcome", "type", "save", "type_on", "wait"),
    # The way to plan the next call after an outcome.
    _scene(
        2, "view 1", "down", "outcome 3", "type", "save", "wait", "new", "moment", "save", "wait"
    ),
    # The followup left the view, and the telephone rings.
    _scene(2, "view 1", "outcome 1", "type", "save", "wait", "pop", "wait", "type"),
    # Two people on one followup, one of them in a conversation.
    _scene(2, "down", "colleague open status", "talk", "outcome", "save", "wait"),
    _scene(1, "down", "talk", "colleague open", "outcome", "type", "save", "wait"),
    # What was saved while the server was away, and a colleague was quicker.
    _scene(
        3,
        "trouble 503",
        "type notes",
        "type summary",
        "save",
        "wait 300",
        "colleague saved notes",
        "colleague saved summary",
        "refresh",
        "wait 700",
        "calm",
        "wait 3000",
        "decide",
        "save",
        "wait 1500",
    ),
    # Second thoughts.
    _scene(2, "view 1", "down", "outcome 2", "save_next", "undo", "wait", "down"),
    _scene(1.5, "view 1", "down", "outcome", "save_next", "view", "view 1", "undo", "down"),
    # A view or a search, and somebody else's rows in it.
    _scene(1, "search", "down", "outcome", "save", "clear_search"),
    # Many at once, and what is open beside them.
    _scene(1.5, "view 1", "down", "type", "bulk", "wait", "save", "undo", "down"),
    # A promise to pay, saved, and taken back later in the day.
    _scene(1.5, "view 1", "down", "promise", "type", "save_next", "wait", "undo_of_day", "wait"),
    # A view of one's own, and the outcomes between two calls.
    _scene(
        1, "own_view keep", "view 1", "own_view show", "down", "type", "report", "type_on", "save"
    ),
    _scene(1, "outcome", "save", "sample", "down", "view 1", "down"),
    # The mouse.
    _scene(1.5, "click", "outcome", "save_button", "wait"),
    # One followup that the server does not take, and others that it does.
    _scene(1.5, "type", "trouble 500", "save_next", "type", "save_next", "type", "save", "quiet"),
    # Without a network.
    _scene(1.5, "trouble offline", "outcome", "save_next", "type", "save_next", "calm", "quiet"),
)
