"""OAuth 2.0 as the contract has it: three grants, PKCE S256, rotation, scopes."""

import base64
import hashlib
import hmac
import ipaddress
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from agent_app.sandbox.envelope import Refusal

CLIENT_ID = "sandbox-desk"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105  (public on purpose: the sandbox has no real data)
ACCESS_S = 3_600
CODE_S = 60

AGENT_SCOPES = frozenset(
    {
        "followups:read",
        "followups:write",
        "debts:read",
        "debts:write",
        "users:read",
        "company:read",
    }
)
SUPERVISOR_SCOPES = AGENT_SCOPES | {
    "debtors:read",
    "debtors:write",
    "creditors:read",
    "reports:read",
    "webhooks:read",
}
"""Together all that the contract knows."""
ROLES = {"agent": AGENT_SCOPES, "supervisor": SUPERVISOR_SCOPES}


class OAuthRefusal(Exception):
    """An error of RFC 6749, 5.2."""

    def __init__(self, error: str, description: str, code: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.code = code


@dataclass(frozen=True)
class Grant:
    """Whom a token stands for."""

    client: str
    role: str
    scopes: frozenset[str]
    person: str = ""


@dataclass
class _Code:
    grant: Grant
    redirect_uri: str
    challenge: str
    expires: float


@dataclass
class Accounts:
    """Tokens, codes and the one client. *now* gives Unix time in seconds."""

    now: Callable[[], float]
    access_s: float = ACCESS_S
    client_id: str = CLIENT_ID
    client_secret: str = CLIENT_SECRET
    client_role: str = "agent"
    client_scopes: frozenset[str] | None = None
    strict_scopes: bool = False
    """A client that asks for more than it may have is refused, in every grant; else it gets less."""
    late_scopes: bool = False
    """Strict, but the authorize endpoint lets it pass: the token endpoint refuses."""
    wants_secret: bool = False
    """The client has to give its secret for a code and for a refresh token too."""
    gives_refresh: bool = True
    names_people: bool = True
    """An ID token says who signed in."""
    auth_age_s: float = 0.0
    """How long ago the person gave their password, whatever was asked for."""
    token_nulls: bool = False
    """Keys of a token reply that need not be there are there, and null."""
    authorize_error: str = ""
    """The error that the authorize endpoint sends back, and after a blank its description."""
    _access: dict[str, tuple[Grant, float]] = field(default_factory=dict)
    _refresh: dict[str, Grant] = field(default_factory=dict)
    _codes: dict[str, _Code] = field(default_factory=dict)

    def authorize(self, query: Mapping[str, str], role: str, person: str = "") -> str:
        """Return a code for the consent page's choice."""
        self.check_authorize(query)
        self.check_wishes(query)
        may = ROLES[role] & (self.client_scopes or ROLES[role])
        asked = frozenset(query.get("scope", "").split())
        scopes = asked if self.late_scopes and asked else may & (asked or may)
        code = secrets.token_urlsafe(24)
        self._codes[code] = _Code(
            Grant(self.client_id, role, scopes, person or role),
            query["redirect_uri"],
            query["code_challenge"],
            self.now() + CODE_S,
        )
        return code

    def check_authorize(self, query: Mapping[str, str]) -> None:
        """Raises OAuthRefusal where the request must not be sent back to its redirect."""
        if query.get("client_id") != self.client_id:
            raise OAuthRefusal("invalid_client", "This client is not known here.", 401)
        if not _is_loopback(query.get("redirect_uri", "")):
            raise OAuthRefusal("invalid_request", "The redirect must be on this computer.")
        if query.get("response_type") != "code":
            raise OAuthRefusal("unsupported_response_type", "Only response_type=code.")
        if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
            raise OAuthRefusal("invalid_request", "PKCE with S256 is needed.")

    def check_wishes(self, query: Mapping[str, str]) -> None:
        """Raises OAuthRefusal where the request is sent back to its redirect with an error."""
        if self.authorize_error:
            error, _, description = self.authorize_error.partition(" ")
            raise OAuthRefusal(error, description)
        if not self.late_scopes:
            self._check_scope(query.get("scope", ""), self.client_scopes or SUPERVISOR_SCOPES)

    def _check_scope(self, scope: str, allowed: frozenset[str]) -> None:
        if self.strict_scopes and not set(scope.split()) <= allowed:
            raise OAuthRefusal("invalid_scope", "The client may not have this scope.")

    def _check_secret(self, form: Mapping[str, str]) -> None:
        given = f"{form.get('client_id')}:{form.get('client_secret')}"
        good = f"{self.client_id}:{self.client_secret}"
        if not hmac.compare_digest(given.encode(), good.encode()):
            raise OAuthRefusal("invalid_client", "Wrong client id or secret.", 401)

    def token(self, form: Mapping[str, str]) -> dict[str, object]:
        """Return the token endpoint. Raises OAuthRefusal."""
        match form.get("grant_type"):
            case "client_credentials":
                self._check_secret(form)
                allowed = self.client_scopes or ROLES[self.client_role]
                self._check_scope(form.get("scope", ""), allowed)
                wanted = frozenset(form.get("scope", "").split()) or allowed
                return self._issue(
                    Grant(self.client_id, self.client_role, allowed & wanted), refresh=False
                )
            case "authorization_code":
                if self.wants_secret:
                    self._check_secret(form)
                grant = self._redeem(form)
                self._check_scope(" ".join(grant.scopes), self.client_scopes or SUPERVISOR_SCOPES)
                reply = self._issue(grant, refresh=self.gives_refresh)
                if self.names_people:
                    reply["id_token"] = self._id_token(grant)
                return reply
            case "refresh_token":
                if self.wants_secret:
                    self._check_secret(form)
                kept = self._refresh.pop(form.get("refresh_token", ""), None)
                if kept is None or form.get("client_id", kept.client) != kept.client:
                    raise OAuthRefusal("invalid_grant", "The refresh token is not valid.")
                return self._issue(kept, refresh=True)
            case None | "":
                raise OAuthRefusal("invalid_request", "grant_type is missing.")
        raise OAuthRefusal("unsupported_grant_type", "This grant is not supported.")

    def _redeem(self, form: Mapping[str, str]) -> Grant:
        code = self._codes.pop(form.get("code", ""), None)
        verifier = form.get("code_verifier", "")
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            code is None
            or code.expires < self.now()
            or form.get("client_id") != code.grant.client
            or form.get("redirect_uri") != code.redirect_uri
            or not hmac.compare_digest(challenge, code.challenge)
        ):
            raise OAuthRefusal("invalid_grant", "The code is not valid.")
        return code.grant

    def _id_token(self, grant: Grant) -> str:
        now = int(self.now())
        claims = {
            "sub": f"person-{grant.person}",
            "name": grant.person.capitalize(),
            "iat": now,
            "auth_time": now - int(self.auth_age_s),
        }
        parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims))
        head, body = (base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
        return f"{head}.{body}."

    def _issue(self, grant: Grant, *, refresh: bool) -> dict[str, object]:
        access = secrets.token_urlsafe(32)
        self._access[access] = (grant, self.now() + self.access_s)
        reply: dict[str, object] = {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": int(self.access_s),
            "scope": " ".join(sorted(grant.scopes)),
        }
        if refresh:
            token = secrets.token_urlsafe(32)
            self._refresh[token] = grant
            reply["refresh_token"] = token
        if self.token_nulls:
            reply |= {"refresh_token": None, "scope": None, "expires_in": None}
        return reply

    def who(self, authorization: str) -> Grant:
        """Whom the header stands for. Raises Refusal (401)."""
        scheme, _, token = authorization.partition(" ")
        grant, expires = self._access.get(token.strip(), (None, 0.0))
        if scheme.lower() != "bearer" or grant is None or expires <= self.now():
            raise Refusal(
                401,
                "Authentication credentials are missing or invalid",
                headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
            )
        return grant

    def expire_all(self, *, refresh_too: bool = False) -> None:
        """End all access tokens (and refresh tokens) now."""
        self._access.clear()
        if refresh_too:
            self._refresh.clear()


def need(grant: Grant, scope: str) -> None:
    """Raises Refusal (403) where *scope* was not granted."""
    if scope not in grant.scopes:
        raise Refusal(403, f'Required scope "{scope}" not found in token')


def _is_loopback(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        return parts.scheme == "http" and ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
