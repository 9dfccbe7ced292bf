"""Signing out: the sign-in is forgotten, nothing of the account stays in the window, and its local data goes
if the person wants that."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject

from agent_app.app.connection import AccountConnection
from agent_app.config.account import Account, SignInMethod
from agent_app.config.people import People
from agent_app.features.context import AppContext
from agent_app.store.store import Store


class SignOuts(QObject):
    """Serves one window. *account* gives the account that is shown, *store* its open store; *keep_draft*
    keeps what is typed there, and *end* closes them."""

    def __init__(
        self,
        context: AppContext,
        connection: AccountConnection,
        people: People,
        account: Callable[[], Account | None],
        store: Callable[[], Store | None],
        keep_draft: Callable[[], None],
        end: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__()
        self._context, self._connection, self._people = context, connection, people
        self._account, self._store = account, store
        self._keep_draft, self._end = keep_draft, end
        context.window.actions_["sign_out"].triggered.connect(self._on_wanted)

    def _on_wanted(self) -> None:
        """Ask a person what becomes of their local data; other accounts have no person."""
        account = self._account()
        if account is None or account.way is not SignInMethod.BROWSER:
            self._on_confirmed(remove=False)
            return
        from agent_app.ui.signin.sign_out_dialog import SignOutDialog  # seldom wanted

        self._keep_draft()
        kept = self._context.status.unsent_words() if any(self._unsent()) else ""
        store = self._store()
        is_only_here = store is not None and (store.reviews.are_there or store.pins.are_there)
        dialog = SignOutDialog(self._context.window, kept, is_only_here=is_only_here)
        dialog.confirmed.connect(self._on_confirmed)
        dialog.open()

    def _on_confirmed(self, remove: bool) -> None:
        self._context.tasks.start(self.sign_out(remove=remove))

    def _unsent(self) -> tuple[int, int]:
        """Return how many saves and drafts are here."""
        store = self._store()
        if store is None:
            return 0, 0
        return sum(store.outbox.counts()), len(store.drafts.ids())

    def note_unsent(self) -> None:
        """Note what of the person waits here, for whoever signs in next."""
        account, store = self._account(), self._store()
        if account is not None and store is not None and store.on_disk:
            waiting, drafts = self._unsent()
            self._people.note(account, waiting=waiting, drafts=drafts)

    async def sign_out(self, *, remove: bool = False) -> None:
        """Sign out on this computer; *remove* the account's local data, unless something of it is unsent."""
        account, store, window = self._account(), self._store(), self._context.window
        waiting, drafts = self._unsent()
        on_disk = store is not None and store.on_disk
        # The keyring may ask its owner before it forgets: the desk closes meanwhile.
        forgetting = self._context.tasks.start(self._connection.sign_out(account))
        await self._end()
        if account is not None:
            self._people.sign_out(account)
        settings = self._context.settings
        window.show_sign_in(settings.server, settings.client_id)
        if waiting and on_disk:
            window.sign_in_page.banner.say(self._context.status.kept_words(waiting))
        await forgetting
        if remove and account is not None and not waiting and not drafts:
            await self._remove(account)

    async def _remove(self, account: Account) -> None:
        erased = await self._connection.erase(account)
        banner = self._context.window.sign_in_page.banner
        if erased.is_whole:
            self._people.forget(account)
            banner.say(self.tr("Your local data was removed from this computer."))
        else:
            words = self.tr(
                "Not all of the local data could be removed. Please tell your administrator."
            )
            banner.say(words, tone="error")
