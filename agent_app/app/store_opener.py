"""Open what an account has on this computer: find its store, open or rescue it, read it through when the
window is at rest, and guard it with a passphrase where there is no keyring."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from agent_app.config.account import Account, SignInMethod, StorePlace, store_place
from agent_app.domain.errors import StoreDamaged, StoreError, StoreFull, StoreLocked
from agent_app.runtime.tasks import Tasks, result_of
from agent_app.store.database import Key
from agent_app.store.drafts import Held
from agent_app.store.piecewise import BEGINNING
from agent_app.store.rescue import (
    Rescued,
    mark_damaged,
    open_rescued,
    open_sound,
    remove_leftovers,
    rescue,
)
from agent_app.store.store import Store
from agent_app.system.secrets import Keyring, KeyringUnavailable
from agent_app.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from agent_app.store.examining import Check

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

CHECK_AFTER_S, CHECK_EACH_S = 90.0, 600.0
"""How long after the start a part of the store's file is read through, and how often (seconds): a file of
300,000 followups is through in a day or two, and begun again."""
CHECK_FOR_S = 0.05
CHECKED = "checked"


Snapshot = list[tuple[str, list[Mapping[str, Any]]]]


class StoreOpener(QObject):
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
        describe_error: Callable[[Exception], str],
        tasks: Tasks,
        passphrase: str = "",
    ) -> None:
        """*passphrase* is what the environment gave: nobody here need know it."""
        super().__init__(window)
        self._window, self._folder, self._keyring = window, folder, keyring
        self._describe_error, self._tasks = describe_error, tasks
        self.store: Store | None = None
        self._passphrase, self._typed = passphrase, ""
        self._key: Key | None = None
        self._rescued: Rescued | None = None
        self._rescuing = False
        self._check: Check | None = None
        self._checking: asyncio.Task[None] | None = None
        self._rescue: asyncio.Future[None] | None = None
        self._ending = threading.Event()
        self._carries = False
        self._name = ""
        self._carried: dict[str, Snapshot] = {}
        self._held: dict[str, tuple[Held, ...]] = {}

    @property
    def typed_passphrase(self) -> str:
        """What a person opened the local data with, or ""."""
        return self._typed

    # -- opening and closing

    async def open(self, account: Account) -> bool:
        """Open the account's store, or what could be rescued of it; where that fails the window says
        why, and whether it was opened is returned."""
        self._name, self._rescued = account.name, None
        try:
            place = await self._find(account)
            self._key = Key(place.raw_key, place.passphrase) if place.file else None
            self.store, self._rescued = await self._open(place.file, self._key)
            self._take_over(self.store)
        except StoreError as error:
            # One that was opened a moment ago has the right key, so a page of it is damaged.
            again = isinstance(error, StoreLocked) and self._rescued is None and self.set_aside()
            self.close()
            if again:
                return await self.open(account)
            self._window.show_waiting(self._open_trouble(error))
            if isinstance(error, StoreLocked) and await self._has_no_keyring():
                self._ask_passphrase(account, new=False, wrong=bool(self._typed))
            return False
        self._window.kept_on_disk = self.store.on_disk
        return True

    async def _open(self, file: Path | None, key: Key | None) -> tuple[Store, Rescued | None]:
        """Open the store. A rescue takes its time on a thread of its own; the window says so."""
        if file is None or key is None:
            return Store(None, None), None
        try:
            return open_sound(file, key), None
        except StoreDamaged:
            log.error("the store is damaged")
        self._window.show_waiting(
            translate(
                "Desktop",
                "Some of the local data is damaged. What can be read is being brought over…",
            )
        )
        self._rescue = asyncio.ensure_future(asyncio.to_thread(rescue, file, key, self._ending))
        await result_of(self._rescue)
        return open_rescued(file, key)

    def _open_trouble(self, error: StoreError) -> str:
        if isinstance(error, StoreFull):
            return translate(
                "Desktop",
                "The local data cannot be opened: the disk is full, or the folder cannot be written."
                " Nothing was removed. Free some space and start again.",
            )
        return self._describe_error(error)

    def _take_over(self, store: Store) -> None:
        """What another store held and this one does not yet; it is forgotten when this one has it."""
        if carried := self._carried.get(self._name):
            store.carrying.take_over(carried)
            del self._carried[self._name]
        for held in self._held.pop(self._name, ()):
            with contextlib.suppress(StoreError):  # held there as well, and tried again
                store.drafts.keep(held.patch, held.at, held.unreadable, held.next_at)

    async def _find(self, account: Account) -> StorePlace:
        if account.way is SignInMethod.SANDBOX:
            return store_place(account, self._folder, self._keyring)
        self._window.show_waiting(translate("Desktop", "Opening your followups…"))
        # A locked keyring asks its owner, who may take a while: not on the window's thread.
        passphrase = self._typed or self._passphrase
        return await asyncio.to_thread(
            store_place, account, self._folder, self._keyring, passphrase
        )

    def close(self) -> None:
        """Close the store. What is to be carried along is read last: nothing changes it any more."""
        self.end_check()
        if self.store is None:
            return
        self._held[self._name] = (*self._held.get(self._name, ()), *self.store.drafts.held)
        if self._carries:
            self._carries, self._carried[self._name] = False, self.store.carrying.snapshot()
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
        from agent_app.ui.signin.passphrase_dialog import PassphraseDialog  # after the first paint

        dialog = PassphraseDialog(self._window, new=new, wrong=wrong)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def on_given(passphrase: str) -> None:
            self._typed = passphrase
            self.passphrase_given.emit(account)

        dialog.given.connect(on_given)
        dialog.open()

    def carry(self) -> None:
        """What is in this store goes along into the next one that is opened."""
        self._carries = self.store is not None and not self.store.on_disk

    # -- damage

    def check_at_rest(self) -> None:
        """Read the file a little at a time, in a thread; damage found so is not met in mid-work."""
        store = self.store
        if store is not None and store.path is not None and self._key is not None:
            self._checking = self._tasks.start(self._check_piecewise(store, store.path, self._key))

    async def _check_piecewise(self, store: Store, file: Path, key: Key) -> None:
        await asyncio.sleep(CHECK_AFTER_S)
        await asyncio.to_thread(remove_leftovers, self._folder)
        from agent_app.store.examining import Check  # a minute after the first paint

        while self.store is store:
            name, last = store.state(CHECKED) or BEGINNING
            check = self._check = Check(file, key)
            try:
                place = await asyncio.to_thread(check.go_on, (name, last), CHECK_FOR_S)
            except StoreError as error:
                log.info("the store was not checked: %s", error)
            else:
                if self._check is not check:
                    return
                if place is None:
                    self.on_trouble()
                    return
                store.set_place(**{CHECKED: place})
            await asyncio.sleep(CHECK_EACH_S)

    def end_check(self) -> None:
        """Do not wait for a check that is under way, nor begin the next piece of one."""
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None
        if self._check is not None:
            self._check.end()
            self._check = None

    async def end(self) -> None:
        """The program ends. A rescue under way stops after a few rows: the next start makes it."""
        self._ending.set()
        self.end_check()
        if self._rescue is not None:
            await asyncio.gather(self._rescue, return_exceptions=True)

    def on_trouble(self) -> None:
        """The open file was found damaged."""
        if self.store is not None and self.store.on_disk and not self._rescuing:
            self._rescuing = True
            self.damaged.emit()

    def set_aside(self) -> bool:
        """Have the damaged file rescued at the next opening; says whether there is one."""
        if self.store is None or self.store.path is None:
            return False
        mark_damaged(self.store.path)
        return True

    def reopened(self) -> None:
        """Report damage again: the store that is open now is another one."""
        self._rescuing = False
