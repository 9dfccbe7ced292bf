"""Text that is compared, kept, or shown differently from what it is."""

import re
import unicodedata
from array import array
from bisect import bisect_left


def fold(text: str) -> str:
    """*text* in plain small letters, for sorting and for finding: Łukasz as lukasz, Lecœur as lecoeur,
    O’Brien with a straight apostrophe, other scripts in Latin letters."""
    if text.isascii():
        return text.lower()
    from anyascii import anyascii  # 20 ms, and most texts do without

    return anyascii(text).lower()


def be_ready_to_fold() -> None:
    """Load what `fold` needs for letters with accents, so that its first call does not wait for it."""
    fold("é")


_SPELT_OUT = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "å": "aa",
        "ø": "oe",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "Å": "Aa",
        "Ø": "Oe",
    }
)


def spelt_out(name: str) -> str:
    """*name* as it is written where a keyboard lacks its letters: Müller as Mueller."""
    return unicodedata.normalize("NFC", name).translate(_SPELT_OUT)


def well_formed(text: str) -> str:
    """*text* with a question mark for each half of a surrogate pair, which UTF-8 cannot carry."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


_LINE_ENDS = re.compile(" *[\r\n\t\v\f\u2028\u2029]+ *")
_JOINERS = "\u200c\u200d"
"""Marks that change how letters join, in names and emoji: they belong to a text, not to a number."""


def one_line(text: str, *, exact: bool = False) -> str:
    """Return what a person means who pastes *text* into one line: no line ends, tabs or marks that nobody
    sees, no blanks at its edges. *exact* is for numbers, IDs and links, whose blanks are plain and
    single and which hold no joiners either."""
    line = text
    if not text.isprintable():
        line = "".join(
            c
            for c in _LINE_ENDS.sub(" ", text)
            if c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf")
        )
    if exact:
        line = " ".join("".join(c for c in line if c not in _JOINERS).split())
    return line.strip()


def without_controls(text: str) -> str:
    """*text* as it may leave: no NUL and no other control character but tabs and line ends."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in "\t\n\r" or unicodedata.category(c) != "Cc")


def splice(base: str, shown: str, edited: str) -> str:
    """Return what *edited* means for *base*, of which an editor had made *shown*.

    Qt's editors turn CRLF, CR and U+2028/2029 into LF, no-break spaces into spaces, and cut a
    line at 32,767 characters. Only the stretch that the person changed is taken over; the rest of
    *base* stays byte for byte as it was.
    """
    if edited == shown:
        return base
    pairs = [found.start() - number for number, found in enumerate(re.finditer("\r\n", base))]
    if len(base) - len(pairs) < len(shown):
        return edited  # the editor made something quite different of it
    prefix = common_prefix(shown, edited)
    suffix = common_suffix(shown, edited, min(len(shown), len(edited)) - prefix)
    middle = edited[prefix : len(edited) - suffix]
    end = len(shown) - suffix
    return (
        base[: prefix + bisect_left(pairs, prefix)] + middle + base[end + bisect_left(pairs, end) :]
    )


def place_in(new: str, old: str, place: int) -> int:
    """Return where a cursor that stood at *place* of *old* stands in *new*: before and behind the stretch
    that differs it stays with its letters. Places are counted as Qt does, in units of UTF-16."""
    before, after = _units(old), _units(new)
    prefix = common_prefix(before, after)
    suffix = common_suffix(before, after, min(len(before), len(after)) - prefix)
    if place <= prefix:
        return place
    if place >= len(before) - suffix:
        return len(after) - (len(before) - place)
    return len(after) - suffix


def _units(text: str) -> str:
    """*text* with each unit of its UTF-16 as a character."""
    if text.isascii():
        return text
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, array("H", raw)))


_CHUNK = 1 << 14


def common_prefix(one: str, other: str, most: int | None = None) -> int:
    """Return how many characters both begin with, *most* at most."""
    shorter = min(len(one), len(other))
    at, most = 0, shorter if most is None else min(most, shorter)
    while at < most and one[at : at + _CHUNK] == other[at : at + _CHUNK]:
        at += _CHUNK
    low, high = min(at, most), min(at + _CHUNK, most)
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_suffix(one: str, other: str, most: int) -> int:
    """Return how many characters both end with, *most* at most."""
    at = 0
    while at < most and _same_end(one, other, at, min(at + _CHUNK, most)):
        at = min(at + _CHUNK, most)
    low, high = at, min(at + _CHUNK, most)
    while low < high:
        middle = (low + high + 1) // 2
        if _same_end(one, other, low, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _same_end(one: str, other: str, low: int, high: int) -> bool:
    ends = (text[len(text) - high : len(text) - low] for text in (one, other))
    return next(ends) == next(ends)
