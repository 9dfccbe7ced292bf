"""Keeping what an account has on this computer: its store is found, opened or rescued, read through
when the window is at rest, and guarded by a passphrase where there is no keyring."""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from agent_app.domain.errors import StoreError, StoreLocked
from agent_app.store.database import Key
from agent_app.store.rescue import Rescued, is_sound, mark_damaged, open_or_rescue
from agent_app.store.store import Store
from agent_app.system.account import Account, StorePlace, Way, store_place
from agent_app.system.secrets import Keyring, KeyringUnavailable
from agent_app.ui.main_window import MainWindow

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

PASSPHRASE = "AGENT_APP_STORE_PASSPHRASE"  # noqa: S105  (a name)
CHECK_AFTER_S = 20.0
"""The store is read through this long after the start, when the window is at rest."""
_CARRIED = ("followup", "draft", "outbox")


class Keeping(QObject):
    """The store of the account that is shown."""

    passphrase_given = Signal(object)
    """The account that is to be opened with it."""
    damaged = Signal()
    """Found while it was open: said once, until the store was opened anew."""

    def __init__(
        self,
        window: MainWindow,
        folder: Path,
        keyring: Keyring,
        words: Callable[[Exception], str],
        do: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        super().__init__(window)
        self._window, self._folder, self._keyring = window, folder, keyring
        self._words, self._do = words, do
        self.store: Store | None = None
        self._given = ""
        self._key: Key | None = None
        self._rescued: Rescued | None = None
        self._rescuing = False
        self._check: asyncio.Future[bool] | None = None
        self._carried: dict[str, list[dict[str, Any]]] = {}

    @property
    def passphrase(self) -> str:
        """What the person or the environment gave, if anything."""
        return self._given or os.environ.get(PASSPHRASE, "")

    # -- opening and closing

    async def open(self, account: Account) -> bool:
        """Open the account's store, or what could be rescued of it; where that fails the window says
        why, and whether it was opened is returned."""
        try:
            place = await self._find(account)
            self._key = Key(place.raw_key, place.passphrase) if place.file else None
            self.store, self._rescued = open_or_rescue(place.file, self._key)
        except StoreError as error:
            self._window.show_waiting(self._words(error))
            if isinstance(error, StoreLocked) and await self._has_no_keyring():
                self._ask_passphrase(account, new=False, wrong=bool(self._given))
            return False
        self._window.kept_on_disk = self.store.on_disk
        carried, self._carried = self._carried, {}
        for table, rows in carried.items():
            self.store.bring_back(table, rows)
        return True

    async def _find(self, account: Account) -> StorePlace:
        if account.way is Way.SANDBOX:
            return store_place(account, self._folder, self._keyring)
        self._window.show_waiting(translate("Desktop", "Opening your followups…"))
        # A locked keyring asks its owner, who may take a while: not on the window's thread.
        given = {PASSPHRASE: self._given} if self._given else dict(os.environ)
        return await asyncio.to_thread(store_place, account, self._folder, self._keyring, given)

    def close(self) -> None:
        """Close the store."""
        if self.store is not None:
            self.store.close()
            self.store = None

    # -- where it is

    def say_where(self, account: Account) -> None:
        """Tell the person where nothing is written to disk, and what was rescued."""
        store, rescued = self.store, self._rescued
        assert store is not None
        notice = self._window.notice
        if not store.on_disk:
            notice.say(
                translate(
                    "Desktop",
                    "There is no keyring on this computer, so nothing is written to disk: what is"
                    " not sent is lost when the program ends. A passphrase of yours changes that.",
                ),
                tone="warning",
                action=translate("Desktop", "Choose a passphrase…"),
                act=lambda: self._ask_passphrase(account, new=True),
            )
        elif rescued is not None:
            notice.say(
                translate(
                    "Desktop",
                    "The local data was damaged. It was set aside as {file}; {edits} unsent changes"
                    " and {drafts} drafts were brought over, the list is read from the server"
                    " again.",
                ).format(
                    file=rescued.aside.name,
                    edits=rescued.rows.get("outbox", 0),
                    drafts=rescued.rows.get("draft", 0),
                ),
                tone="warning",
            )
        else:
            notice.say("")

    async def _has_no_keyring(self) -> bool:
        try:
            await asyncio.to_thread(self._keyring.get, "is there one")
        except KeyringUnavailable:
            return True
        return False

    def _ask_passphrase(self, account: Account, *, new: bool, wrong: bool = False) -> None:
        """Without a keyring: have the person guard the local data with a passphrase."""
        from agent_app.ui.signin.passphrase_dialog import PassphraseDialog

        dialog = PassphraseDialog(self._window, new=new, wrong=wrong)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def on_given(passphrase: str) -> None:
            self._given = passphrase
            self.passphrase_given.emit(account)

        dialog.given.connect(on_given)
        dialog.open()

    def carry(self) -> None:
        """What is in this store goes along into the next one that is opened."""
        if self.store is not None:
            self._carried = {table: self.store.rows_of(table) for table in _CARRIED}

    # -- damage

    def check_at_rest(self) -> None:
        """Read the whole file once, in a thread; damage found so is not met in mid-work later."""
        store = self.store
        if store is not None and store.path is not None and self._key is not None:
            self._do(self._check_later(store.path, self._key))

    async def _check_later(self, file: Path, key: Key) -> None:
        await asyncio.sleep(CHECK_AFTER_S)
        self._check = asyncio.ensure_future(asyncio.to_thread(is_sound, file, key))
        try:
            sound = await asyncio.shield(self._check)
        except StoreError:
            return
        if not sound:
            self.on_trouble()

    def end_check(self) -> None:
        """Do not wait for a check that is under way."""
        if self._check is not None:
            self._check.cancel()

    def on_trouble(self) -> None:
        """The open file was found damaged."""
        if self.store is not None and self.store.on_disk and not self._rescuing:
            self._rescuing = True
            self.damaged.emit()

    async def set_aside(self) -> bool:
        """Have the damaged file rescued at the next opening; says whether there is one."""
        if self.store is None or self.store.path is None:
            return False
        log.error("the store is damaged")
        if self._check is not None and not self._check.done():
            # SQLite removes a log by its name when its last reader goes: a check that is still
            # reading the old file would take the new one's log away.
            await asyncio.wait({self._check})
        mark_damaged(self.store.path)
        return True

    def reopened(self) -> None:
        """It was opened anew: damage met from now on is new."""
        self._rescuing = False
