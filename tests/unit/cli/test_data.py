"""What is kept is shown, goes when it is old, and goes altogether when that is wanted."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLockFile

from agent_app.cli.main import main
from agent_app.config.account import Account, SignInMethod, store_place
from agent_app.config.people import People, Person
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.person import Identity
from agent_app.store.beside import note_key
from agent_app.store.database import Key
from agent_app.store.store import Store
from agent_app.system.secrets import Keyring

NOW = datetime.now(UTC)
SANDBOX = Account(SignInMethod.SANDBOX)
ADA = Account(SignInMethod.BROWSER, "https://server.example", "desk")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AGENT_APP_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("AGENT_APP_SERVER_URL", ADA.server)
    monkeypatch.setenv("AGENT_APP_CLIENT_ID", ADA.client_id)
    monkeypatch.setenv("AGENT_APP_STORE_PASSPHRASE", "for tests")
    return tmp_path


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A command takes the passphrase out of the environment; the next one is given it again."""

    def run(*words: str) -> int:
        monkeypatch.setenv("AGENT_APP_STORE_PASSPHRASE", "for tests")
        return main(["data", *words])

    return run


def fill(account: Account, folder: Path, *, unsent: bool = False) -> Path:
    place = store_place(account, folder, Keyring(), "for tests")
    assert place.file is not None
    key = Key(place.raw_key, place.passphrase)
    store = Store(place.file, key)
    for name, days in (("old", 200), ("new", 2)):
        at = NOW - timedelta(days=days)
        row = {"id": name, "debt_id": "d", "status": "no_answer", "call_date": at}
        store.followups.upsert([row], at)
    if unsent:
        store.outbox.add(FollowupPatch("new", {"notes": "CANARY"}, {"notes": None}), NOW)
    note_key(place.file, key, store.layout())
    store.close()
    return place.file


def test_it_is_shown_whose_data_is_here(
    folder: Path, again: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert again("show") == 0
    assert capsys.readouterr().out == "Nothing is kept here.\n"
    fill(SANDBOX, folder)
    people = People(folder)
    people.sign_in(ADA, Person(), Identity("0815", "Ada"))
    fill(ADA, folder, unsent=True)
    (folder / "elsewhere.store").write_bytes(b"x")
    assert again("show", "--json") == 0
    kept = {one["account"]: one for one in json.loads(capsys.readouterr().out)}
    ada = kept["server.example"]
    assert (ada["person"], ada["followups"], ada["unsent"]) == ("Ada", 2, 1)
    assert ada["oldest"] == (NOW - timedelta(days=200)).date().isoformat()
    assert kept["sandbox"]["unsent"] == 0
    assert "another server" in kept["elsewhere"]["state"]
    assert again("show") == 0
    out = capsys.readouterr().out
    assert "server.example, Ada: 2 followups" in out
    assert "CANARY" not in out


def test_what_is_old_goes_and_the_rest_stays(
    folder: Path, again: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(ADA, folder, unsent=True)
    assert again("purge") == 0
    assert "1 followups went that were done 90 days ago" in capsys.readouterr().out
    assert again("show", "--json") == 0
    (ada,) = json.loads(capsys.readouterr().out)
    assert (ada["followups"], ada["unsent"]) == (1, 1)
    (folder / "settings.toml").write_text("keep_days = 0\n")
    assert again("purge") == 1


def test_nothing_goes_while_the_window_is_open(
    folder: Path, again: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    file = fill(ADA, folder)
    lock = QLockFile(str(folder / ".lock"))
    assert lock.tryLock(0)
    assert again("purge") == 1
    assert again("purge", "--all", "--yes") == 1
    assert "the window is open" in capsys.readouterr().err
    assert file.exists()
    assert again("show") == 0  # looking is no harm
    lock.unlock()


def test_all_of_it_goes_if_nothing_is_unsent_or_that_is_said(
    folder: Path,
    again: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for account in (SANDBOX, ADA):
        fill(account, folder, unsent=account is ADA)
    People(folder).sign_in(ADA, Person(), Identity("0815", "Ada"))
    assert again("purge", "--all", "--yes") == 1
    assert "may not be sent" in capsys.readouterr().err
    monkeypatch.setattr("builtins.input", lambda _: "no")
    assert again("purge", "--all", "--unsent-too") == 1
    assert list(folder.glob("*.store"))
    monkeypatch.setattr("builtins.input", lambda _: "yes")
    assert again("purge", "--all", "--unsent-too") == 0
    assert list(folder.glob("*.store*")) == []
    assert People(folder).of(ADA) == []
