"""Room: api. What the provider's documentation does not say, each guess in this one place.

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

SCOPES = "followups:read followups:write debts:read reports:read"
"""What we ask for; what the token then carries decides what the window offers."""

SCOPE_CHOICES = (SCOPES, "followups:read followups:write debts:read", "")
"""Asked for in turn where a server refuses a request for more than a client may have
(`invalid_scope`) instead of granting less; the last asks for whatever there is."""
