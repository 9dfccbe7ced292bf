"""Cover the window when nobody is there, and ask for a proof before it is uncovered.

Which proof: the passphrase of the local data where it has one; else the password of this computer's
account, as the system checks it; else signing in again. The sandbox's data is made up: it asks for
none. The window remembers which accounts are covered: a restart does not uncover them, nor does a look at
the sandbox. Wrong guesses make the next ones wait.
"""

import asyncio
import hmac
import logging
import math
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from agent_app.config.account import Account, SignInMethod
from agent_app.config.people import People
from agent_app.domain.errors import ExternalError
from agent_app.domain.person import Identity
from agent_app.features.context import AppContext
from agent_app.features.guesses import Guesses
from agent_app.features.sign_in import sign_in_trouble, sign_in_with
from agent_app.system.idle import Idle
from agent_app.system.proof import can_check_passwords, is_own_password
from agent_app.ui.window.lock_page import LockPage

if TYPE_CHECKING:
    from agent_app.api.browser import BrowserClient

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

HOUR_S, MINUTE_S = 3_600, 60


class Proof(StrEnum):
    """What is asked for."""

    PASSPHRASE = "passphrase"  # noqa: S105  (a kind of proof)
    PASSWORD = "password"  # noqa: S105  (a kind of proof)
    BROWSER = "browser"
    NOTHING = "nothing"


class WindowLock(QObject):
    """Serves one window. *account* is the one that is open, *passphrase* what a person opened its local
    data with."""

    locked = Signal()
    """The window is covered now: what was typed is to be kept."""
    signed_out = Signal()
    """Nobody came back for hours: the sign-in is to be forgotten."""
    sign_out_wanted = Signal()
    """Somebody else wants to work here: the sign-in is to be forgotten, and then there is nothing to
    cover."""
    signed_in_again = Signal(object)
    """The person proved who they are by signing in again: the account's new token."""
    signed_in_unknown = Signal(object)
    """Somebody signed in, and the server does not say who: their token. It is covered still."""

    def __init__(
        self,
        context: AppContext,
        account: Callable[[], Account | None],
        passphrase: Callable[[], str],
        client: "Callable[[Account], Awaitable[BrowserClient]]",
        guesses: Guesses,
        people: People,
    ) -> None:
        super().__init__()
        self._context, self._guesses, self._people = context, guesses, people
        self._proving: asyncio.Task[None] | None = None
        self._account, self._passphrase, self._client = account, passphrase, client
        self._proof = Proof.NOTHING
        self.page: LockPage | None = None
        self.idle = Idle(
            after_s=lambda: context.settings.idle_lock_minutes * MINUTE_S,
            long_s=lambda: context.settings.sign_out_hours * HOUR_S,
        )
        self.idle.idle.connect(self.lock)
        self.idle.long_idle.connect(self.signed_out)
        context.window.actions_["lock"].triggered.connect(self.lock)

    @property
    def is_locked(self) -> bool:
        """Whether the window is covered."""
        return self.page is not None

    def wanted(self) -> Proof:
        """Return what is asked for."""
        account = self._account()
        if account is None or account.way is SignInMethod.SANDBOX:
            return Proof.NOTHING
        if self._passphrase():
            return Proof.PASSPHRASE
        if can_check_passwords():
            return Proof.PASSWORD
        return Proof.BROWSER if account.way is SignInMethod.BROWSER else Proof.NOTHING

    def lock(self) -> None:
        """Cover the window."""
        if self.page is not None:
            return
        self.locked.emit()
        proof = self._proof = self.wanted()
        asks = {
            Proof.PASSPHRASE: translate("Lock", "&Passphrase of the local data"),
            Proof.PASSWORD: translate("Lock", "Your &password on this computer"),
        }.get(proof, "")
        account = self._account()
        page = LockPage(
            self._context.theme,
            asks=asks,
            browser=proof is Proof.BROWSER,
            may_sign_out=account is not None and account.way is SignInMethod.BROWSER,
        )
        page.password_given.connect(self._on_password)
        page.browser_wanted.connect(self._on_browser_wanted)
        page.unlock_wanted.connect(self.unlock)
        page.quit_wanted.connect(self._context.window.close)
        page.sign_out_wanted.connect(self.sign_out_wanted)
        self.page = page
        self._context.window.cover(page, account.name if account is not None else "")
        if asks:
            self._context.tasks.start(self._rest(page))

    def _on_password(self, given: str) -> None:
        self._context.tasks.start(self._try(self._proof, given))

    def _on_browser_wanted(self) -> None:
        """Begin, or begin again: the browser's tab may have been closed."""
        if self._proving is not None:
            self._proving.cancel()
        self._proving = self._context.tasks.start(self._prove_by_browser())

    def unlock(self) -> None:
        """The proof is given."""
        if self.page is None:
            return
        self.page = None
        self._context.window.uncover()
        self.idle.note()

    async def _try(self, proof: Proof, given: str) -> None:
        page = self.page
        if page is None or self._guesses.wait_s():
            return
        page.set_asking(True)
        if proof is Proof.PASSPHRASE:
            right = hmac.compare_digest(given.encode(), self._passphrase().encode())
        else:
            right = await asyncio.to_thread(is_own_password, given)
        if self.page is not page:
            return
        page.set_asking(False)
        if right:
            self._guesses.note_right()
            self.unlock()
        else:
            log.info("a proof was refused")
            self._guesses.note_wrong()
            page.say(translate("Lock", "Wrong password. Try again."), is_error=True)
            await self._rest(page)

    async def _rest(self, page: LockPage) -> None:
        """Take no guess for a while, where there were too many."""
        wait_s = self._guesses.wait_s()
        if not wait_s:
            return
        page.set_asking(True)
        words = translate("Lock", "Too many wrong guesses. Please wait {seconds} s.")
        page.say(words.format(seconds=math.ceil(wait_s)), is_error=True)
        await asyncio.sleep(wait_s)
        if self.page is page:
            page.set_asking(False)
            page.say(translate("Lock", "Please try again."))
            page.password.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _prove_by_browser(self) -> None:
        """The account's proof: a new sign-in with the same server."""
        account, page = self._account(), self.page
        if account is None or page is None:
            return
        try:
            client = await self._client(account)
            network, describe = self._context.settings.network, self._context.describe_error
            token = await sign_in_with(account.server, client, network, page, describe, fresh=True)
        except ExternalError as error:
            page.say(sign_in_trouble(error, self._context.describe_error), is_error=True)
            return
        if self.page is not page:
            return
        if not token.identity.subject:
            self.signed_in_unknown.emit(token)
            return
        refusal = self._refusal(account, token.identity)
        if refusal:
            log.info("somebody else signed in, or without a password")
            page.say(refusal, is_error=True)
            return
        self.unlock()
        self.signed_in_again.emit(token)

    def _refusal(self, account: Account, identity: Identity) -> str:
        """Why a sign-in is no proof, or ""."""
        if not self._people.is_of(account, identity):
            return translate(
                "Lock",
                "Somebody else signed in. What is open here belongs to {name}: to work here yourself,"
                " sign them out first.",
            ).format(name=self._name(account))
        if not identity.is_fresh:
            return translate(
                "Lock",
                "Your browser did not ask for your password. Please sign out there, and try again.",
            )
        return ""

    def _name(self, account: Account) -> str:
        person = self._people.person(account)
        return (person.name if person is not None else "") or translate("Lock", "another person")

    def close(self) -> None:
        """Stop watching."""
        self.idle.close()
