"""Reads from a token reply who signed in.

An ID token says it (OpenID Connect Core, 2), else an access token that is a JWT (RFC 9068). Their
signatures are not checked: they come from the token endpoint itself, over TLS (Core, 3.1.3.7, 6).
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from agent_app.api.wire import parse_json
from agent_app.domain.errors import NotUnderstood
from agent_app.domain.person import Identity

MAX_LETTERS = 16_384
_NAMES = ("name", "preferred_username", "email")
_MOST_NAME = 80


def identity_of(id_token: str, access_token: str, client_id: str) -> Identity:
    """Return who signed in. An access token whose subject is the client itself names nobody."""
    for token in (id_token, access_token):
        claims = _claims(token)
        subject = claims.get("sub")
        if isinstance(subject, str) and subject and subject != client_id:
            return Identity(subject, _name(claims), _age(claims))
    return Identity()


def _claims(token: str) -> Mapping[str, Any]:
    parts = token.split(".")
    if len(parts) != 3 or len(token) > MAX_LETTERS:
        return {}
    body = parts[1] + "=" * (-len(parts[1]) % 4)
    try:
        claims = parse_json(base64.urlsafe_b64decode(body))
    except (binascii.Error, ValueError, NotUnderstood):
        return {}
    return claims if isinstance(claims, dict) else {}


def _name(claims: Mapping[str, Any]) -> str:
    for key in _NAMES:
        words = claims.get(key)
        if isinstance(words, str) and words.strip():
            plain = "".join(letter if letter.isprintable() else " " for letter in words)
            return " ".join(plain.split())[:_MOST_NAME]
    return ""


def _age(claims: Mapping[str, Any]) -> float | None:
    """Both moments are by the server's own clock."""
    given, issued = claims.get("auth_time"), claims.get("iat")
    if isinstance(given, int | float) and isinstance(issued, int | float):
        return max(0.0, float(issued) - float(given))
    return None
