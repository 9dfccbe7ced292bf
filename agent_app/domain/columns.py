"""Which columns a list shows, in what order and width, and what it is sorted by: by view, and as a person
changed it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from agent_app.domain.views import Column, View

MAX_WIDTH = 2_000
C = Column


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` are those that are shown, from the left; `widths` those that a person chose (in the window's
    units)."""

    columns: tuple[Column, ...]
    sort: Column
    descending: bool = False
    widths: Mapping[Column, int] = field(default_factory=dict)


DEFAULTS: Mapping[View, Layout] = {
    View.TO_CALL_NOW: Layout((C.DEBTOR, C.AMOUNT, C.REASON, C.LAST, C.LOCAL, C.SUMMARY), C.REASON),
    View.OVERDUE: Layout(
        (C.DEBTOR, C.AMOUNT, C.SCHEDULED, C.TYPE, C.TRIES, C.SUMMARY), C.SCHEDULED
    ),
    View.TODAY: Layout((C.DEBTOR, C.AMOUNT, C.SCHEDULED, C.TYPE, C.STATUS, C.SUMMARY), C.SCHEDULED),
    View.WAITING: Layout(
        (C.DEBTOR, C.AMOUNT, C.SCHEDULED, C.TYPE, C.STATUS, C.SUMMARY), C.SCHEDULED
    ),
    View.DONE: Layout(
        (C.DEBTOR, C.AMOUNT, C.EXECUTED, C.TYPE, C.STATUS, C.SUMMARY), C.EXECUTED, True
    ),
    View.ALL: Layout(
        (C.DEBTOR, C.TYPE, C.STATUS, C.SCHEDULED, C.AMOUNT, C.SUMMARY), C.SCHEDULED, True
    ),
    View.UNSENT: Layout((C.DEBTOR, C.TYPE, C.STATUS, C.SCHEDULED, C.SUMMARY), C.SCHEDULED, True),
    View.DRAFTS: Layout((C.DEBTOR, C.TYPE, C.STATUS, C.SCHEDULED, C.SUMMARY), C.SCHEDULED, True),
}
"""What each view says: no column that is the same, or empty, in all of its rows."""

_NOT_IN: Mapping[View, frozenset[Column]] = {
    View.TO_CALL_NOW: frozenset({C.EXECUTED}),
    View.OVERDUE: frozenset({C.REASON, C.EXECUTED}),
}


def offered(view: View) -> tuple[Column, ...]:
    """Return the columns that can be shown in a view, in the order of a menu."""
    left_out = _NOT_IN.get(view, frozenset({C.REASON}))
    return tuple(column for column in Column if column not in left_out)


def layout_text(layout: Layout) -> str:
    """Return a layout as `read_layout` reads it."""
    return json.dumps(
        {
            "columns": layout.columns,
            "sort": layout.sort,
            "descending": layout.descending,
            "widths": dict(layout.widths),
        }
    )


def read_layout(text: str, view: View) -> Layout:
    """Return the layout that was kept for a view, without what it cannot have; the view's own where nothing can
    be made of it."""
    usual, known = DEFAULTS[view], set(offered(view))
    try:
        kept = json.loads(text)
        columns = tuple(Column(one) for one in kept["columns"] if one in known)
        widths = {Column(k): int(v) for k, v in kept["widths"].items() if k in set(Column)}
        sort = Column(kept["sort"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return usual
    if C.DEBTOR not in columns:
        columns = (C.DEBTOR, *columns)
    widths = {column: width for column, width in widths.items() if 0 < width <= MAX_WIDTH}
    sort = sort if sort in known else usual.sort
    return Layout(tuple(dict.fromkeys(columns)), sort, kept.get("descending") is True, widths)
