"""What the provider's documentation does not say, each guess in this one place.

Source: CONTRACT, "Assumed". Change a line here when the provider's truth becomes known.
"""

DATE_FROM = "date_from"
DATE_TO = "date_to"
DEBT_ID = "debt_id"
"""Names of the list's filters."""

AUTHORIZE_PATH = "/authorize"
TOKEN_PATH = "/token"  # noqa: S105  (a path)
API_PATH = "/external-api/v1"

CLEARED_TEXT = ""
"""A text field is cleared with an empty text, everything else with null."""

_FEWEST = "followups:read followups:write debts:read"
SCOPES = f"{_FEWEST} debts:write reports:read users:read company:read"
"""What we ask for; what the token then carries decides what the window offers."""

SCOPE_CHOICES = (SCOPES, f"{_FEWEST} reports:read", f"{_FEWEST} debts:write", _FEWEST, "")
"""Asked for in turn where a server refuses a request for more than a client may have
(`invalid_scope`) instead of granting less; the last asks for whatever there is."""

OFFLINE = "offline_access"
"""What some providers want to be asked for before they hand out a refresh token. The documented one
does not: it is asked for only where a setting names it."""


def scope_choices(named: str = "") -> tuple[str, ...]:
    """Return what to ask for in turn; *named* is the setting, which goes first."""
    words = named.split()
    if not words:
        return SCOPE_CHOICES
    without = [word for word in words if word != OFFLINE]
    return tuple(dict.fromkeys((" ".join(words), " ".join(without), "")))
