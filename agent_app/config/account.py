"""Which server and which account a start is for, and what opens its store."""

import hashlib
import secrets
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from agent_app.config.layers import FromEnvironment
from agent_app.domain.errors import StoreLocked
from agent_app.domain.settings import Settings
from agent_app.system.secrets import Keyring, KeyringUnavailable


class SignInMethod(StrEnum):
    """How an account signs in."""

    SANDBOX = "sandbox"
    ENVIRONMENT = "environment"
    BROWSER = "browser"


@dataclass(frozen=True, slots=True)
class Account:
    """One person's sign-in. `server` and the client are empty for the sandbox until it listens; `person` is
    as `config/people.py` has it."""

    way: SignInMethod
    server: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    person: str = ""

    @property
    def base(self) -> "Account":
        """The same server and client, whoever signs in."""
        return replace(self, person="")

    def of(self, person: str) -> "Account":
        """Return the same server and client, of another person."""
        return replace(self, person=person)

    @property
    def name(self) -> str:
        """A name for files and keyring entries that tells accounts apart, and tells nothing."""
        if self.way is SignInMethod.SANDBOX:
            return "sandbox"
        text = f"{self.way}|{self.server}|{self.client_id}"
        if self.person:
            text += f"|{self.person}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def account_for(
    settings: Settings, environment: FromEnvironment | None, *, sandbox: bool
) -> Account:
    """Return the account of this start: asked-for sandbox, environment, settings, else the sandbox."""
    if sandbox:
        return Account(SignInMethod.SANDBOX)
    if environment is not None:
        return Account(
            SignInMethod.ENVIRONMENT,
            environment.server,
            environment.client_id,
            environment.client_secret,
        )
    if settings.server and settings.client_id:
        return Account(
            SignInMethod.BROWSER, settings.server, settings.client_id, settings.client_secret
        )
    return Account(SignInMethod.SANDBOX)


@dataclass(frozen=True, slots=True)
class StorePlace:
    """Where an account's store lies and what opens it; `file` None means memory only."""

    file: Path | None
    raw_key: bytes = field(default=b"", repr=False)
    passphrase: str = field(default="", repr=False)


def store_place(
    account: Account, folder: Path, keyring: Keyring, passphrase: str = ""
) -> StorePlace:
    """Return where to keep what this account knows.

    The key is random and lives in the keyring; a *passphrase* opens the file in its place; without
    either nothing is written to disk. The sandbox's data is made up, so its key is no secret.
    Raises StoreLocked where a file is there and its key is not available: it stays untouched.
    """
    file = folder / f"{account.name}.store"
    if account.way is SignInMethod.SANDBOX:
        return StorePlace(file, raw_key=hashlib.sha256(b"followup desk sandbox").digest())
    if passphrase:
        return StorePlace(file, passphrase=passphrase)
    name = f"store-key/{account.name}"
    try:
        kept = keyring.get(name)
        if kept is None:
            if file.exists() and file.stat().st_size:
                raise StoreLocked("the keyring does not hold this file's key")
            kept = secrets.token_hex(32)
            keyring.set(name, kept)
        return StorePlace(file, raw_key=bytes.fromhex(kept))
    except KeyringUnavailable:
        if file.exists() and file.stat().st_size:
            raise StoreLocked("the keyring that holds this file's key is not available") from None
        return StorePlace(None)
