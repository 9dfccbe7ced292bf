"""What two people made of one text: the stretches that differ, and both joined into one text.

Texts are compared by sentences and lines, short ones by words. The time is bounded whatever the texts
are: what they share at their ends is found by halving, and where the rest would take long to compare
it counts as changed as a whole.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from agent_app.domain.text import common_prefix, common_suffix

SHORT = 300
"""Up to so many characters, words are compared instead of sentences."""
MAX_COMPARED = 60_000
"""What differs is looked into up to so many characters of both texts together."""
MAX_STEPS = 200_000
"""difflib takes at most one step for each pair of equal pieces and each stretch that it finds: this
many are a few hundredths of a second."""
LOOK_BACK = 2_000
"""A sentence's beginning is looked for so far before the first difference."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n\s*")
_WORD_END = re.compile(r"\s+|(?<=\w)(?=[^\w\s])|(?<=[^\w\s])(?=\w)")

Stretch = tuple[int, int]
"""From where to where in a text (characters)."""


def changed(was: str, now: str) -> list[Stretch]:
    """Return the stretches of *now* that *was* does not have, without the blanks around them."""
    ends = _WORD_END if max(len(was), len(now)) <= SHORT else _SENTENCE_END
    start, end = _shared_ends((was, now), ends)
    old, new = _middles((was, now), start, end, ends)
    found: list[Stretch] = []
    place = start
    for what, _a, _b, c, d in _opcodes(old, new):
        length = sum(map(len, new[c:d]))
        if what != "equal" and length:
            found.append((place, place + length))
        place += length
    return [one for one in (_trimmed(now, stretch) for stretch in found) if one[0] < one[1]]


def both(was: str, theirs: str, mine: str, gap: str = "\n\n") -> str:
    """Return one text with what either made of *was*: theirs first where both wrote in the same place, with
    *gap* between, and nothing twice."""
    texts = (was, theirs, mine)
    start, end = _shared_ends(texts, _SENTENCE_END)
    base, their, my = _middles(texts, start, end, _SENTENCE_END)
    middle = ""
    for piece in _merged(base, their, my, gap):
        # What stood last in its own text has nothing behind it that would keep it from the next.
        parted = not middle or middle[-1].isspace() or piece[:1].isspace()
        middle += piece if parted else gap + piece
    tail = max((text[len(text) - end :] for text in texts), key=len)
    return theirs[:start] + middle + tail


def _merged(
    was: Sequence[str], theirs: Sequence[str], mine: Sequence[str], gap: str
) -> Iterator[str]:
    at = at_theirs = at_mine = 0
    for base, their, my, length in _kept_by_both(was, theirs, mine):
        one = _of_a_gap(was[at:base], theirs[at_theirs:their], mine[at_mine:my], gap)
        if one:
            yield one
        for number in range(length):
            yield max(theirs[their + number], mine[my + number], key=len)  # with its blanks
        at, at_theirs, at_mine = base + length, their + length, my + length


def _kept_by_both(
    was: Sequence[str], theirs: Sequence[str], mine: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield where both kept pieces of *was*: its place in each, and how many; last the ends of all three."""
    one, other = _blocks(was, theirs), _blocks(was, mine)
    i = j = 0
    while i < len(one) and j < len(other):
        a, t, n = one[i]
        b, m, k = other[j]
        first, last = max(a, b), min(a + n, b + k)
        if first < last:
            yield first, t + first - a, m + first - b, last - first
        if a + n < b + k:
            i += 1
        else:
            j += 1
    yield len(was), len(theirs), len(mine), 0


def _of_a_gap(was: Sequence[str], theirs: Sequence[str], mine: Sequence[str], gap: str) -> str:
    """Return what becomes of a place that not both kept."""
    base, their, my = _keys(was), _keys(theirs), _keys(mine)
    if my in (base, their):
        return "".join(theirs)
    if their == base:
        return "".join(mine)
    shared = 0
    while shared < min(len(their), len(my)) and their[shared] == my[shared]:
        shared += 1
    begin, theirs, mine = "".join(mine[:shared]), theirs[shared:], mine[shared:]
    their_text, my_text = "".join(theirs), "".join(mine)
    if not their_text or not my_text:
        longer = their_text or my_text
        parted = not begin or not longer or begin[-1].isspace()
        return begin + ("" if parted else gap) + longer
    return begin + their_text.rstrip() + gap + my_text


# -- pieces


def _middles(texts: Sequence[str], start: int, end: int, ends: re.Pattern[str]) -> list[list[str]]:
    """Return what lies between the shared ends of *texts*, in pieces; in one where it is too long."""
    inside = [text[start : len(text) - end] for text in texts]
    if sum(map(len, inside)) > MAX_COMPARED:
        return [[text] if text else [] for text in inside]
    return [_pieces(text, ends) for text in inside]


def _pieces(text: str, ends: re.Pattern[str]) -> list[str]:
    """*text* in pieces, each with the blanks behind it."""
    cuts = [0, *(found.end() for found in ends.finditer(text)), len(text)]
    return [text[a:b] for a, b in pairwise(cuts) if a < b]


def _keys(pieces: Sequence[str]) -> list[str]:
    return [piece.strip() for piece in pieces]


def _is_too_much(old: Sequence[str], new: Sequence[str]) -> bool:
    here, there = Counter(_keys(old)), Counter(_keys(new))
    pairs = sum(count * there[key] for key, count in here.items() if key in there)
    return pairs * min(len(old), len(new)) > MAX_STEPS


def _matcher(old: Sequence[str], new: Sequence[str]) -> "SequenceMatcher[str]":
    return SequenceMatcher(None, _keys(old), _keys(new), autojunk=False)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    if _is_too_much(old, new):
        return [("replace", 0, len(old), 0, len(new))]
    return list(_matcher(old, new).get_opcodes())


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    if _is_too_much(old, new):
        return []
    return [(one.a, one.b, one.size) for one in _matcher(old, new).get_matching_blocks()]


# -- what texts share at their ends


def _shared_ends(texts: Sequence[str], ends: re.Pattern[str]) -> Stretch:
    """Return how many characters all *texts* begin with and end with: whole pieces, which do not overlap."""
    least = min(map(len, texts))
    start = min(common_prefix(texts[0], text, least) for text in texts[1:])
    if start < max(map(len, texts)):
        start = _last_cut(texts[0], start, ends)
    rest = least - start
    end = min(common_suffix(texts[0], text, rest) for text in texts[1:])
    tail = texts[0][len(texts[0]) - end :][:LOOK_BACK]
    cut = next((found.end() for found in ends.finditer(tail)), len(tail)) if end else 0
    return start, max(0, end - cut)


def _last_cut(text: str, place: int, ends: re.Pattern[str]) -> int:
    """Return the last beginning of a piece before *place*; a place itself where none is near."""
    near = max(0, place - LOOK_BACK)
    cuts = [found.end() for found in ends.finditer(text[near:place])]
    if cuts and cuts[-1] == place - near:  # the blanks may go on
        cuts.pop()
    return near + cuts[-1] if cuts else near


def _trimmed(text: str, stretch: Stretch) -> Stretch:
    inside = text[stretch[0] : stretch[1]]
    begin = stretch[0] + len(inside) - len(inside.lstrip())
    return begin, max(begin, stretch[0] + len(inside.rstrip()))
