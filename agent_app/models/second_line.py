"""What a row of the list says in its second line, where there is no room for all columns side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from agent_app.domain.list_row import ListRow
from agent_app.domain.views import Column
from agent_app.models.cells import Cells, Late

translate = QCoreApplication.translate
LATE_TONES: Mapping[Late, str] = {Late.HOURS: "warning", Late.DAYS: "error"}
"""The theme's colour for what is so late."""
APART = "  ·  "
"""Between what different columns say; what one says has a narrower dot."""
_FIRST = (Column.REASON, Column.TYPE, Column.LAST, Column.STATUS)
_LAST = (Column.CREDITOR, Column.PHONE, Column.TRIES, Column.SUMMARY)
_SIDE = (Column.AMOUNT, Column.SCHEDULED, Column.EXECUTED, Column.LOCAL)
"""What stands below the debtor, in this order, and what at the right: one above the other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one of the theme's colours."""

    text: str
    tone: str = "muted"


def folded(shown: Sequence[Column]) -> tuple[Column | None, dict[Column, tuple[Column, ...]]]:
    """Return the column that stands beside the debtor, if any, and what each of the two has below it."""
    side = [one for one in _SIDE if one in shown]
    below: dict[Column, tuple[Column, ...]] = {}
    if side[1:]:
        below[side[0]] = (side[1],)
    line = [one for one in (*_FIRST, *side[2:], *_LAST) if one in shown]
    if line:
        below[Column.DEBTOR] = tuple(line)
    return (side[0] if side else None), below


def pieces(cells: Cells, row: ListRow, texts: Sequence[tuple[Column, str]]) -> list[Piece]:
    """Return the second line of *row*; *texts* are what its columns say."""
    found: list[Piece] = []
    for column, text in texts:
        if text:
            if found:
                found.append(Piece(APART))
            found += _said(cells, row, column, text)
    return _joined(found)


def _joined(said: Sequence[Piece]) -> list[Piece]:
    """Return neighbours of one colour as one piece: each is painted by itself."""
    return [
        Piece("".join(one.text for one in same), tone)
        for tone, same in groupby(said, lambda one: one.tone)
    ]


def there(time: str) -> str:
    """Return a debtor's local time in the second line, where no header says whose time it is."""
    return translate("Cells", "{time} there").format(time=time)


def _said(cells: Cells, row: ListRow, column: Column, text: str) -> list[Piece]:
    match column:
        case Column.SCHEDULED | Column.EXECUTED | Column.LAST:
            near, _, exact = text.partition(" · ")
            late = cells.lateness(row) if column is Column.SCHEDULED else Late.NOT
            return [Piece(near, LATE_TONES.get(late, "muted")), Piece(f"  {exact}")]
        case Column.REASON:
            return [Piece(text, "text")]
        case Column.LOCAL:
            return [Piece(there(text))]
        case Column.TRIES:
            return [Piece(translate("Cells", "tries: {n}").format(n=text))]
        case _:
            return [Piece(text)]
