"""Who signs in at this computer, so that each person has their own local data.

A small file of the data folder says which people there are at a server: their name, as the server or they
themselves say it, a fingerprint of the server's word for them, and what of theirs waits here. It holds
nothing of debtors.
"""

import hashlib
import json
import logging
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent_app.config.account import Account, SignInMethod
from agent_app.domain.person import Identity

log = logging.getLogger(__name__)

FILE = "people.json"


@dataclass(frozen=True, slots=True)
class Person:
    """`id` is part of the names of their files ("": the first one's have none). `fingerprint` tells them
    from others where the server does. `waiting` saves and `drafts` were here when they were last seen
    (`seen`, UTC)."""

    id: str = ""
    fingerprint: str = ""
    name: str = ""
    is_signed_out: bool = False
    waiting: int = 0
    drafts: int = 0
    seen: datetime = datetime(1970, 1, 1, tzinfo=UTC)


_PLAIN = {one.name: type(one.default) for one in fields(Person)}
_People = dict[str, list[Person]]
"""By account (its name without a person), the last one seen first."""


class People:
    """The people of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def of(self, account: Account) -> list[Person]:
        """Return all who signed in to the account's server here, the last one first."""
        return self._read().get(account.base.name, [])

    def resume(self, account: Account) -> Account:
        """Return the account of who was here last, for a start at which nobody signs in."""
        people = self.of(account) if account.way is SignInMethod.BROWSER else []
        return account.of(people[0].id) if people else account

    def person(self, account: Account) -> Person | None:
        """Return who the account is of, if anybody has signed in to it."""
        return next((one for one in self.of(account) if one.id == account.person), None)

    def is_signed_out(self, account: Account) -> bool:
        """Return whether who the account is of has signed out: until they sign in again, nothing is shown."""
        person = self.person(account)
        return person is not None and person.is_signed_out

    def known(self, account: Account, identity: Identity) -> Person | None:
        """Return the person whom the server names, where they have been here."""
        if not identity.subject:
            return None
        print_ = fingerprint_of(account, identity)
        return next((one for one in self.of(account) if one.fingerprint == print_), None)

    def is_of(self, account: Account, identity: Identity) -> bool:
        """Return whether the server names the person whom the account is of."""
        person = self.known(account, identity)
        return person is not None and person.id == account.person

    def sign_in(
        self, account: Account, person: Person, identity: Identity, name: str = ""
    ) -> Account:
        """Note that *person* signed in; returns their account."""
        changes: dict[str, Any] = {
            "fingerprint": fingerprint_of(account, identity) or person.fingerprint,
            "name": name or identity.name or person.name,
            "is_signed_out": False,
            "seen": datetime.now(UTC),
        }
        self._put(account, replace(person, **changes))
        return account.of(person.id)

    @staticmethod
    def newcomer(account: Account, identity: Identity, name: str = "") -> Person:
        """Somebody who was not here before. Where this file is lost they get their files again: the id
        is made of what the server says of them, or of the name that they give."""
        known = fingerprint_of(account, identity)
        if not known:
            text = f"{account.base.name}|name|{' '.join(name.split()).casefold()}"
            known = hashlib.sha256(text.encode()).hexdigest()
        return Person(id=known[:12])

    def note(self, account: Account, *, waiting: int, drafts: int) -> None:
        """Note what of a person waits here."""
        self._change(account, waiting=waiting, drafts=drafts)

    def sign_out(self, account: Account) -> None:
        """Note that the person has signed out."""
        self._change(account, is_signed_out=True)

    def forget(self, account: Account) -> None:
        """Forget a person: their local data is gone."""
        people = self._read()
        left = [one for one in self.of(account) if one.id != account.person]
        self._write(people | {account.base.name: left})

    def waiting(self, account: Account) -> list[Person]:
        """Others than who the account is of, of whom something waits here."""
        return [
            one
            for one in self.of(account)
            if one.id != account.person and (one.waiting or one.drafts)
        ]

    def _change(self, account: Account, **changes: Any) -> None:
        person = self.person(account)
        if person is not None and any(
            getattr(person, name) != value for name, value in changes.items()
        ):
            self._put(account, replace(person, **changes))

    def _put(self, account: Account, person: Person) -> None:
        people = self._read()
        others = [one for one in self.of(account) if one.id != person.id]
        self._write(people | {account.base.name: [person, *others]})

    def _read(self) -> _People:
        try:
            return _people(json.loads(self._file.read_bytes()))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            # Without it nobody is known: whoever signs in is asked.
            log.warning("who signed in here cannot be read: %s", type(error).__name__)
            return {}

    def _write(self, people: _People) -> None:
        said = {name: [_said(one) for one in each] for name, each in people.items()}
        new = self._file.with_suffix(".new")
        try:
            new.touch(0o600)
            new.write_text(json.dumps({"people": said}, ensure_ascii=False), encoding="utf-8")
            new.replace(self._file)
        except OSError as error:
            log.warning("who signed in here cannot be kept: %s", error.strerror)


def _said(person: Person) -> dict[str, object]:
    return asdict(person) | {"seen": person.seen.isoformat()}


def _people(said: object) -> _People:
    """Read the file's words without pydantic, which takes 50 ms to come and is not needed for the first
    paint. Raises ValueError where a value is of another kind; what is unknown is left out."""
    by_account = _dict(_dict(said).get("people", {}))
    return {
        name: [_person(_dict(one)) for one in each]
        for name, each in by_account.items()
        if isinstance(each, list)
    }


def _dict(said: object) -> dict[str, object]:
    if not isinstance(said, dict):
        raise ValueError("not an object")
    return said


def _person(said: dict[str, object]) -> Person:
    values: dict[str, Any] = {key: value for key, value in said.items() if key in _PLAIN}
    if "seen" in values:
        seen = datetime.fromisoformat(str(values["seen"]))
        values["seen"] = seen if seen.tzinfo else seen.replace(tzinfo=UTC)
    if any(type(value) is not _PLAIN[key] for key, value in values.items()):
        raise ValueError("a value of another kind")
    return Person(**values)


def fingerprint_of(account: Account, identity: Identity) -> str:
    """Return a fingerprint of the server's word for a person, which tells nothing by itself; "" for none."""
    if not identity.subject:
        return ""
    text = f"{account.base.name}|{identity.subject}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]
