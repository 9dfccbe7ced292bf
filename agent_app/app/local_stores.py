"""All that is kept in a data folder, account by account, without a window."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from agent_app.app.local_data import erase, size_of
from agent_app.config.account import Account, SignInMethod, StorePlace, store_place
from agent_app.config.layers import Configuration
from agent_app.config.people import People
from agent_app.domain.errors import StoreError
from agent_app.store.database import Key
from agent_app.store.examining import overview
from agent_app.store.rescue import open_sound
from agent_app.sync.retention import Retention
from agent_app.system.secrets import Keyring

STORE = ".store"


@dataclass(frozen=True, slots=True)
class Kept:
    """What an account has here. `state` is "open", or why nothing of it can be told."""

    account: str
    person: str
    bytes: int
    state: str
    followups: int = 0
    unsent: int = 0
    drafts: int = 0
    oldest: str = ""

    @property
    def words(self) -> str:
        """In a line."""
        whose = f"{self.account}, {self.person}" if self.person else self.account
        if self.state != "open":
            return f"{whose}: {self.bytes // 1024} KiB; {self.state}"
        oldest = f" (the oldest of {self.oldest})" if self.oldest else ""
        return (
            f"{whose}: {self.followups} followups{oldest}, {self.unsent} changes not sent,"
            f" {self.drafts} drafts; {self.bytes // 1024} KiB"
        )


class LocalStores:
    """The stores of one data folder. *account* is whom the settings name."""

    def __init__(self, folder: Path, configuration: Configuration, account: Account) -> None:
        self._folder, self.configuration, self._account = folder, configuration, account
        self._keyring, self.people = Keyring(), People(folder)

    def names(self) -> list[str]:
        """Return the names of all stores, whosever they are."""
        return sorted(one.name.removesuffix(STORE) for one in self._folder.glob(f"*{STORE}"))

    def accounts(self) -> list[Account]:
        """Return the accounts that have a store here, as far as the settings tell whose it is."""
        known = [Account(SignInMethod.SANDBOX), self._account.base]
        known += [self._account.of(one.id) for one in self.people.of(self._account)]
        names = set(self.names())
        return list({one.name: one for one in known if one.name in names}.values())

    def kept(self) -> Iterator[Kept]:
        """Yield what there is."""
        accounts = {one.name: one for one in self.accounts()}
        for name in self.names():
            size = size_of(name, self._folder)
            account = accounts.get(name)
            if account is None:
                yield Kept(name, "", size, "of another server or client than the settings name")
            else:
                yield self._kept(account, size)

    def _kept(self, account: Account, size: int) -> Kept:
        person = self.people.person(account)
        server = urlsplit(account.server).hostname or account.server
        whose = "sandbox" if account.way is SignInMethod.SANDBOX else server
        named = (whose, person.name if person else "", size)
        try:
            place = self._place(account)
            found = overview(place[0], place[1])
        except StoreError as error:
            return Kept(*named, f"it cannot be opened here ({error})")
        oldest = found.oldest.date().isoformat() if found.oldest else ""
        return Kept(*named, "open", found.followups, found.waiting, found.drafts, oldest)

    def _place(self, account: Account) -> tuple[Path, Key]:
        place: StorePlace = store_place(
            account, self._folder, self._keyring, self.configuration.passphrase
        )
        if place.file is None:
            raise StoreError("nothing is kept on disk")
        return place.file, Key(place.raw_key, place.passphrase)

    def purge(self, account: Account) -> int:
        """Let go of what is done and old; returns how many followups went. Raises StoreError."""
        store = open_sound(*self._place(account))
        days = self.configuration.settings.keep_days
        try:
            return asyncio.run(Retention(store, lambda: days, lambda: datetime.now(UTC)).make())
        finally:
            store.close()

    def erase(self, name: str) -> bool:
        """Remove all that the account of this name has here; says whether nothing of it can be read any
        more."""
        account = next((one for one in self.accounts() if one.name == name), None)
        erased = erase(name, self._folder, self._keyring)
        if erased.is_whole and account is not None:
            self.people.forget(account)
        return erased.is_whole
