"""Room: sandbox. OAuth 2.0 as the contract has it: three grants, PKCE S256, rotation, scopes."""

import base64
import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from agent_app.sandbox.envelope import Refusal

CLIENT_ID = "sandbox-desk"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105  (public on purpose: the sandbox has no real data)
ACCESS_S = 3_600
CODE_S = 60

AGENT_SCOPES = frozenset({"followups:read", "followups:write", "debts:read"})
SUPERVISOR_SCOPES = AGENT_SCOPES | {"reports:read", "users:read", "company:read"}
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
    _access: dict[str, tuple[Grant, float]] = field(default_factory=dict)
    _refresh: dict[str, Grant] = field(default_factory=dict)
    _codes: dict[str, _Code] = field(default_factory=dict)

    def authorize(self, query: Mapping[str, str], role: str) -> str:
        """A code for the consent page's choice."""
        self.check_authorize(query)
        scopes = ROLES[role] & frozenset(query.get("scope", "").split() or ROLES[role])
        code = secrets.token_urlsafe(24)
        self._codes[code] = _Code(
            Grant(self.client_id, role, scopes),
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

    def token(self, form: Mapping[str, str]) -> dict[str, object]:
        """The token endpoint. Raises OAuthRefusal."""
        match form.get("grant_type"):
            case "client_credentials":
                good = hmac.compare_digest(
                    f"{form.get('client_id')}:{form.get('client_secret')}".encode(),
                    f"{self.client_id}:{self.client_secret}".encode(),
                )
                if not good:
                    raise OAuthRefusal("invalid_client", "Wrong client id or secret.", 401)
                allowed = self.client_scopes or ROLES[self.client_role]
                if self.strict_scopes and not set(form.get("scope", "").split()) <= allowed:
                    raise OAuthRefusal("invalid_scope", "The client may not have this scope.")
                wanted = frozenset(form.get("scope", "").split()) or allowed
                return self._issue(
                    Grant(self.client_id, self.client_role, allowed & wanted), refresh=False
                )
            case "authorization_code":
                return self._issue(self._redeem(form), refresh=True)
            case "refresh_token":
                grant = self._refresh.pop(form.get("refresh_token", ""), None)
                if grant is None or form.get("client_id", grant.client) != grant.client:
                    raise OAuthRefusal("invalid_grant", "The refresh token is not valid.")
                return self._issue(grant, refresh=True)
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
        return reply

    def who(self, authorization: str) -> Grant:
        """Whom the header stands for. Raises Refusal (401)."""
        scheme, _, token = authorization.partition(" ")
        grant, expires = self._access.get(token.strip(), (None, 0.0))
        if scheme.lower() != "bearer" or grant is None or expires <= self.now():
            raise Refusal(
                401,
                "Invalid or expired access token",
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
