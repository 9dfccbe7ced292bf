"""What an edit is of: a followup, which its own id names, or a debt."""

_DEBT = "debt:"
"""The server's ids are opaque, but none is made of a word and a colon; those of ours begin `new:`."""


def subject_of_debt(debt_id: str) -> str:
    """Name a debt as what an edit is of."""
    return _DEBT + debt_id


def debt_of_subject(subject: str) -> str:
    """Return the debt's id, or "" where the edit is of a followup."""
    return subject[len(_DEBT) :] if subject.startswith(_DEBT) else ""
