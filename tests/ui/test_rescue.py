"""A rescue as a person meets it: the window lives on meanwhile, and may be closed."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.app.desktop import Desktop
from agent_app.config.account import Account, SignInMethod
from agent_app.config.layers import Configuration
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.reviews import Review
from agent_app.domain.settings import Settings
from agent_app.store.database import Key
from agent_app.store.rescue import mark_damaged, open_or_rescue
from agent_app.ui.signin.passphrase_dialog import PassphraseDialog
from tests.full_disk import file_limit
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Start
from tests.waiting import until

pytestmark = pytest.mark.anyio
KEY = Key(passphrase="for tests")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ROWS = 3_000


def account_of(sandbox: RunningSandbox) -> Account:
    return Account(
        SignInMethod.ENVIRONMENT, sandbox.server, sandbox.client_id, sandbox.client_secret
    )


def damaged(folder: Path, account: Account) -> Path:
    """A store of some size whose damage was met when it was last open."""
    file = folder / f"{account.name}.store"
    store, _ = open_or_rescue(file, KEY)
    rows = [{"id": f"f{n}", "debt_id": "d", "notes": f"note {n} " * 9} for n in range(ROWS)]
    store.followups.upsert(rows, NOW)
    store.drafts.keep(FollowupPatch("f1", {"summary": "typed before"}), NOW)
    store.close()
    mark_damaged(file)
    return file


async def test_the_window_lives_while_a_store_is_rescued(
    start: Start, sandbox: RunningSandbox, tmp_path: Path
) -> None:
    damaged(tmp_path, account_of(sandbox))
    turns, running = 0, True

    async def beat() -> None:
        nonlocal turns
        while running:
            await asyncio.sleep(0.005)
            turns += 1

    beating = asyncio.create_task(beat())
    desk = await start()
    running = False
    await beating
    assert turns > 10
    assert "1 drafts were brought over" in desk.desk.window.notice.words
    assert desk.store.drafts.ids() == ["f1"]


async def test_a_desk_closed_in_the_middle_of_a_rescue(
    qapp: QApplication, sandbox: RunningSandbox, tmp_path: Path
) -> None:
    account = account_of(sandbox)
    file = damaged(tmp_path, account)
    desk = Desktop(qapp, tmp_path, Configuration(Settings(language="en"), passphrase="for tests"))
    starting = desk._tasks.start(desk.start(account))
    await until(lambda: "being brought over" in desk.window._waiting_words.text())
    await desk.stop()
    assert starting.done()
    store, rescued = await asyncio.to_thread(open_or_rescue, file, KEY)
    assert rescued is not None
    assert rescued.rows["followup"] == ROWS
    assert store.drafts.ids() == ["f1"]
    store.close()


async def test_a_rescue_without_room_is_said_in_words(
    start: Start, sandbox: RunningSandbox, tmp_path: Path
) -> None:
    file = damaged(tmp_path, account_of(sandbox))
    before = file.read_bytes()
    with file_limit(40_000):
        desk = await start(loaded=False)
        words = desk.desk.window._waiting_words.text()
    assert "Nothing was removed" in words
    assert desk.desk.store is None
    assert file.read_bytes() == before
    await desk.desk.start(account_of(sandbox))
    assert desk.store.drafts.ids() == ["f1"]


async def test_reviews_go_along_when_a_passphrase_is_chosen(
    qapp: QApplication, sandbox: RunningSandbox, tmp_path: Path
) -> None:
    """Without a keyring nothing is on disk, until somebody chooses a passphrase."""
    desk: Any = Desktop(qapp, tmp_path, Configuration(Settings(language="en")))
    await desk.start(account_of(sandbox))
    try:
        assert not desk.store.on_disk
        desk.store.reviews.keep(Review("f1", "me", NOW, "well done"))
        desk._store_opener._ask_passphrase(desk.account, new=True)
        (dialog,) = desk.window.findChildren(PassphraseDialog)
        dialog.given.emit("a phrase")
        await until(lambda: desk.store is not None and desk.store.on_disk)
        assert [one.comment for one in desk.store.reviews.all()] == ["well done"]
        dialog.close()
    finally:
        await desk.stop()
