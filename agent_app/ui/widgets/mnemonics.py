"""Letters to press with Alt, found for each label in whatever language it is in."""

import re
from collections.abc import Iterable


def letters_of(texts: Iterable[str]) -> str:
    """Return the letters that *texts* have an & before."""
    return "".join(found[1] for text in texts if (found := re.search(r"(?<!&)&([^&])", text)))


def with_mnemonics(labels: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """*labels* with an & before a letter that no other has; without one where none is left."""
    used = {letter.casefold() for letter in taken}
    found: list[str] = []
    for label in labels:
        plain = label.replace("&", "&&")
        place = next(
            (
                at
                for at, letter in enumerate(plain)
                if letter.isalnum() and letter.casefold() not in used
            ),
            None,
        )
        if place is None:
            found.append(plain)
            continue
        used.add(plain[place].casefold())
        found.append(f"{plain[:place]}&{plain[place:]}")
    return found
