"""Room: domain. Text that is compared, kept, or shown differently from what it is."""

import unicodedata
from array import array


def fold(text: str) -> str:
    """*text* in plain small letters, for sorting and for finding: Łukasz as lukasz, Lecœur as lecoeur,
    O’Brien with a straight apostrophe, other scripts in Latin letters."""
    if text.isascii():
        return text.lower()
    from anyascii import anyascii  # 20 ms, and most texts do without

    return anyascii(text).lower()


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


def splice(base: str, shown: str, edited: str) -> str:
    """What *edited* means for *base*, of which an editor had made *shown*.

    Qt's editors turn CRLF, CR and U+2028/2029 into LF, no-break spaces into spaces, and cut a
    line at 32,767 characters. Only the stretch that the person changed is taken over; the rest of
    *base* stays byte for byte as it was.
    """
    if edited == shown:
        return base
    places = _places(base)
    if len(places) - 1 < len(shown):
        return edited  # the editor made something quite different of it
    prefix = _common_prefix(shown, edited)
    suffix = _common_prefix(shown[prefix:][::-1], edited[prefix:][::-1])
    middle = edited[prefix : len(edited) - suffix]
    return base[: places[prefix]] + middle + base[places[len(shown) - suffix] :]


def place_in(new: str, old: str, place: int) -> int:
    """Where a cursor that stood at *place* of *old* stands in *new*: before and behind the stretch
    that differs it stays with its letters. Places are counted as Qt does, in units of UTF-16."""
    before, after = _units(old), _units(new)
    prefix = _common_prefix(before, after)
    suffix = _common_prefix(before[prefix:][::-1], after[prefix:][::-1])
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


def _places(base: str) -> list[int]:
    """Where in *base* each shown character begins; a CRLF is shown as one."""
    places: list[int] = []
    at = 0
    while at < len(base):
        places.append(at)
        at += 2 if base.startswith("\r\n", at) else 1
    places.append(len(base))
    return places


def _common_prefix(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
