"""Where in a text the words of a search are, to mark them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent_app.domain.telephone import without_marks
from agent_app.domain.text import fold

MIN_DIGITS = 3
MAX_MARKED = 2_000
"""Of a text, what may be marked (characters)."""
MAX_WORDS = 20
"""So many different words of a search are marked: somebody may paste a book into it."""
EXCERPT = 60
"""How much of a long text is shown around a hit (characters)."""
BEFORE = 16
"""How much of that is before it (characters)."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hits:
    """The words of a search, or the digits of a number: where they are in any text."""

    words: tuple[str, ...] = ()
    digits: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.digits)

    def spans(self, text: str) -> list[Span]:
        """Return where they are in *text*: from and up to, in order, none over another."""
        if not self:
            return []
        text = text[:MAX_MARKED]
        if self.digits:
            digits = [place for place, letter in enumerate(text) if letter.isdigit()]
            return _merged(_found("".join(text[p] for p in digits), [self.digits], digits))
        folded, places = _folded(text)
        return _merged(_found(folded, self.words, places))

    def excerpt(self, text: str) -> str:
        """Return the stretch of *text* around the first hit, on one line; "" without one."""
        line = " ".join(text.split())
        spans = self.spans(line)
        if not spans:
            return ""
        start = max(0, spans[0][0] - BEFORE)
        end = start + EXCERPT
        shown = line[start:end].strip()
        return f"{'…' if start else ''}{shown}{'…' if end < len(line) else ''}"


def hits_of(typed: str) -> Hits:
    """Return the words that are looked for where *typed* is searched for; the digits alone of a number."""
    bare = "".join(c for c in without_marks(typed) if c.isdigit()).lstrip("0")
    if len(bare) >= MIN_DIGITS and not any(c.isalpha() for c in typed):
        return Hits(digits=bare)
    words = dict.fromkeys(fold(typed[:MAX_MARKED]).split())
    return Hits(tuple(words)[:MAX_WORDS])


@lru_cache(maxsize=512)
def _folded(text: str) -> tuple[str, Sequence[int]]:
    """*text* as it is searched, and for each of its letters the place in *text* that it is from."""
    if text.isascii():
        return fold(text), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = fold(letter)
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), places


def _found(text: str, words: "list[str] | tuple[str, ...]", places: Sequence[int]) -> list[Span]:
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
            at = text.find(word, at + len(word))
    return sorted(found)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
