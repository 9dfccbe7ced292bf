"""What can go wrong out in the world, as a small tree.

Each leaf says what it means for the agent's work: `retry` tells whether the same request can
succeed later by itself, `unclear` whether the server may have carried it out all the same.
Words for people are made from these by `models/words.py`; the text of an error is for the log
and so never holds personal data, a token, or an address with its query.
A mistake of our own is not here: it is an ordinary exception, logged and reported.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum


class ExternalError(Exception):
    """Something outside the desk did not do what we asked."""

    retry = False
    unclear = False


class Unreachable(ExternalError):
    """No answer came: refused, no such host, reset, too slow."""

    retry = True

    def __init__(self, why: str, *, unclear: bool = False) -> None:
        super().__init__(why)
        self.unclear = unclear


class ProxyRefused(Unreachable):
    """The proxy does not let us through; `wants_sign_in`: not without a user name and password."""

    def __init__(self, proxy: str, *, wants_sign_in: bool) -> None:
        what = "asks for a user name and password" if wants_sign_in else "refused"
        super().__init__(f"the proxy {proxy} {what}")
        self.proxy = proxy
        self.wants_sign_in = wants_sign_in


class Distrust(StrEnum):
    """What is wrong with a certificate."""

    EXPIRED = "expired"
    NOT_YET = "not_yet"
    OTHER_HOST = "other_host"
    UNKNOWN_ISSUER = "unknown_issuer"
    NO_TLS = "no_tls"


class NotTrusted(ExternalError):
    """The server's certificate is not one that this computer trusts, or there is no TLS.

    `names` are the hosts that it is for, `moment` is when it ended or will begin, as far as that is
    known; `bundle` is the administrators' file of authorities, "" for the system's.
    """

    retry = True

    def __init__(
        self,
        fault: Distrust,
        *,
        host: str = "",
        names: tuple[str, ...] = (),
        moment: datetime | None = None,
        bundle: str = "",
    ) -> None:
        on = f" on {moment:%Y-%m-%d}" if moment is not None else ""
        words = {
            Distrust.EXPIRED: f"its certificate expired{on}",
            Distrust.NOT_YET: f"its certificate is not valid yet, only{on or ' later'}:"
            " is this computer's clock right?",
            Distrust.OTHER_HOST: f"its certificate is for {', '.join(names) or 'another host'},"
            f" not for {host}",
            Distrust.UNKNOWN_ISSUER: "its certificate is not vouched for by "
            + (bundle or "the system's certificates"),
            Distrust.NO_TLS: "it does not speak TLS as it should",
        }
        super().__init__(words[fault])
        self.fault, self.host, self.names = fault, host, names
        self.moment, self.bundle = moment, bundle


class ServerTrouble(ExternalError):
    """The server answered with 5xx: its own trouble."""

    retry = True
    unclear = True

    def __init__(self, code: int) -> None:
        super().__init__(f"HTTP {code}")
        self.code = code


class NotUnderstood(ExternalError):
    """The reply does not conform: not JSON, too large, another shape, another id."""

    retry = True
    unclear = True


class RateLimited(ExternalError):
    """429: the company's hourly share is used up, of reads or of writes (`kind`)."""

    retry = True

    def __init__(
        self, retry_after: float | None, until: datetime | None = None, kind: str = ""
    ) -> None:
        super().__init__("HTTP 429")
        self.retry_after = retry_after
        self.until = until
        self.kind = kind


class SignedOut(ExternalError):
    """No valid token, and none to be had without the person."""

    retry = True


class CredentialsRefused(SignedOut):
    """The authorize or the token endpoint refused who we say we are.

    `code` is OAuth's, `description` what the server says of it to developers: plain text, cut short,
    for administrators.
    """

    def __init__(self, code: str = "", description: str = "") -> None:
        payload = ": ".join(part for part in (code, description) if part)
        super().__init__(
            f"the sign-in was refused: {payload}" if payload else "the sign-in was refused"
        )
        self.code = code
        self.description = description


class NobodySignedIn(ExternalError):
    """The person was asked to sign in in a browser and did not come back in time."""


class NotAllowed(ExternalError):
    """403: the token lacks a scope."""

    def __init__(self, scope: str = "") -> None:
        super().__init__(f"HTTP 403 {scope}".strip())
        self.scope = scope


class NotFound(ExternalError):
    """404: no such thing for this company."""


class LinkDead(ExternalError):
    """A signed link to a recording no longer opens it."""


class LinkRefused(ExternalError):
    """A link leads where the desk does not go: no https, or a private address."""


class Rejected(ExternalError):
    """400 or 422: the server refuses the values; `fields` says which and why, in its words."""

    def __init__(self, code: int, message: str, fields: Mapping[str, list[str]]) -> None:
        super().__init__(f"HTTP {code}: {', '.join(sorted(fields)) or 'no field named'}")
        self.code = code
        self.message = message
        self.fields = dict(fields)


class Refused(ExternalError):
    """Another 4xx: the server refuses the request as it is, and will refuse it again."""

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(f"HTTP {code}")
        self.code = code
        self.message = message


class NotTaken(ExternalError):
    """The server said that it saved a change, and a read shows that it did not; `fields` names what
    is still as it was."""

    retry = True
    unclear = True

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(f"not taken: {', '.join(sorted(fields))}")
        self.fields = tuple(fields)


class StoreError(ExternalError):
    """The local file did not do what we asked."""


class StoreLocked(StoreError):
    """The key does not open the file, or the file is damaged: SQLite cannot tell which."""


class StoreDamaged(StoreLocked):
    """The key is right, so the file is damaged."""


class StoreNewer(StoreError):
    """The file was written by a later version of the desk."""


class StoreFull(StoreError):
    """The disk is full, or the folder cannot be written."""


class BadSetting(ExternalError):
    """A setting, an argument or an environment variable cannot be used; the text says which."""


class NotWritten(BadSetting):
    """The place where settings are kept refuses them."""


class BadAddress(BadSetting):
    """A server's address cannot be used; `fault` names why, for words in any language."""

    def __init__(self, fault: str, words: str) -> None:
        super().__init__(words)
        self.fault = fault
