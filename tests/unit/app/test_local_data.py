"""Local data ends: the key first, then the files, and nothing of another account."""

from pathlib import Path

import pytest

from agent_app.app.local_data import erase, files_of, size_of
from agent_app.config.account import Account, SignInMethod, store_place
from agent_app.domain.errors import StoreLocked
from agent_app.store.beside import note_key
from agent_app.store.database import Key
from agent_app.store.store import Store
from agent_app.system.secrets import Keyring, KeyringUnavailable

ADA = Account(SignInMethod.BROWSER, "https://server.example", "desk")
BEN = ADA.of("0815")


class KeyringInMemory(Keyring):
    def __init__(self, *, unavailable: bool = False, is_locked: bool = False) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}
        self.unavailable, self.is_locked = unavailable, is_locked
        self.deleted: list[tuple[str, bool]] = []
        self.watched: Path | None = None

    def get(self, name: str) -> str | None:
        self._look()
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self._look()
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self._look()
        self.deleted.append((name, bool(self.watched and self.watched.exists())))
        self.kept.pop(name, None)

    @property
    def kind(self) -> str:
        if self.unavailable:
            raise KeyringUnavailable("none")
        return "in memory"

    def _look(self) -> None:
        if self.unavailable or self.is_locked:
            raise KeyringUnavailable("none")


def make(account: Account, folder: Path, keyring: Keyring, passphrase: str = "") -> Path:
    place = store_place(account, folder, keyring, passphrase)
    assert place.file is not None
    key = Key(place.raw_key, place.passphrase)
    store = Store(place.file, key)
    store.set_state("what", "CANARY")
    note_key(place.file, key, store.layout())
    store.close()
    return place.file


def test_the_key_goes_first_and_another_accounts_data_stays(tmp_path: Path) -> None:
    keyring = KeyringInMemory()
    mine, other = make(ADA, tmp_path, keyring), make(BEN, tmp_path, keyring)
    keyring.kept[f"refresh/{ADA.name}"] = "token"
    keyring.watched = mine
    aside = mine.with_name(f"{mine.name}.damaged-20260101")
    aside.write_bytes(b"x" * 10_000)
    assert size_of(ADA.name, tmp_path) > 10_000
    erased = erase(ADA.name, tmp_path, keyring)
    assert erased.is_whole
    assert erased.files == 3
    assert keyring.deleted[0] == (f"store-key/{ADA.name}", True)
    assert files_of(ADA.name, tmp_path) == []
    assert other.exists()
    assert list(keyring.kept) == [f"store-key/{BEN.name}"]


def test_a_copy_of_the_file_cannot_be_opened_any_more(tmp_path: Path) -> None:
    keyring = KeyringInMemory()
    copy = make(ADA, tmp_path, keyring).read_bytes()
    erase(ADA.name, tmp_path, keyring)
    (tmp_path / f"{ADA.name}.store").write_bytes(copy)
    with pytest.raises(StoreLocked, match="does not hold this file's key"):
        store_place(ADA, tmp_path, keyring)


def test_a_passphrase_opens_nothing_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The salt is overwritten before the name goes: what the disk still has is no use."""
    keyring = KeyringInMemory(unavailable=True)
    file = make(ADA, tmp_path, keyring, "a phrase")
    left: dict[str, bytes] = {}
    monkeypatch.setattr(Path, "unlink", lambda self: left.update({self.name: self.read_bytes()}))
    assert erase(ADA.name, tmp_path, keyring).is_whole
    assert file.name in left
    monkeypatch.undo()
    file.with_name(f"{file.name}.key-check").unlink()
    with pytest.raises(StoreLocked):
        Store(file, Key(passphrase="a phrase")).state("what")


def test_a_locked_keyring_is_said(tmp_path: Path) -> None:
    keyring = KeyringInMemory()
    make(ADA, tmp_path, keyring)
    keyring.is_locked = True
    erased = erase(ADA.name, tmp_path, keyring)
    assert erased.has_key
    assert not erased.is_whole
    assert files_of(ADA.name, tmp_path) == []
