"""Signing in and out: which person's account a sign-in makes, and what is kept of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from agent_app.app.connection import AccountConnection
from agent_app.app.local_data import files_of
from agent_app.config.account import Account, SignInMethod
from agent_app.config.people import People, Person
from agent_app.domain.person import Identity
from agent_app.features.context import AppContext
from agent_app.text.team import link_sentence, place_words

if TYPE_CHECKING:
    from agent_app.api.browser import BrowserClient
    from agent_app.api.tokens import Token
    from agent_app.features.sign_in import SignIn
    from agent_app.ui.signin.signin_page import SignInPage


class SignIns(QObject):
    """Serves one window. *account* gives the account that is shown, *is_blank* whether there is nothing in
    its store, *start* shows another one."""

    def __init__(
        self,
        context: AppContext,
        connection: AccountConnection,
        folder: Path,
        account: Callable[[], Account | None],
        is_blank: Callable[[], bool],
        start: "Callable[[Account, Token | None], Awaitable[None]]",
        use_sandbox: Callable[[], object],
    ) -> None:
        super().__init__()
        self._context, self._connection, self._folder = context, connection, folder
        self._account, self._is_blank, self._start = account, is_blank, start
        self._use_sandbox = use_sandbox
        self.people = People(folder)
        self._sign_in: SignIn | None = None
        window = context.window
        window.sign_in_page_made.connect(self._on_page)
        window.sign_in_wanted.connect(self._on_wanted)

    async def close(self) -> None:
        """Give up a sign-in that is under way."""
        if self._sign_in is not None:
            await self._sign_in.close()

    def _on_page(self, page: "SignInPage") -> None:
        from agent_app.features.sign_in import SignIn  # after the first paint

        self._sign_in = SignIn(
            page,
            self._client_at,
            self._on_signed_in,
            self._context.describe_error,
            self._context.settings.network,
            self._needs_password,
        )
        self._say_team()
        self._context.team.changed.connect(self._say_team)
        page.sandbox.connect(self._use_sandbox)
        page.back.connect(self._context.window.back_to_desk)

    def _on_wanted(self) -> None:
        settings, account = self._context.settings, self._account()
        window = self._context.window
        window.show_sign_in(
            settings.server, settings.client_id, may_go_back=window.editor is not None
        )
        known = bool(settings.server and settings.client_id)
        if known and account is not None and account.way is SignInMethod.BROWSER:
            assert self._sign_in is not None
            self._sign_in.begin(settings.server, settings.client_id)

    def _browser_account(self, server: str, client_id: str, secret: str) -> Account:
        """Return the account of a sign-in; a secret that is not typed may stand in the settings."""
        settings = self._context.settings
        known = (settings.server.rstrip("/"), settings.client_id)
        if not secret and (server, client_id) == known:
            secret = settings.client_secret
        return Account(SignInMethod.BROWSER, server, client_id, secret)

    async def _client_at(self, server: str, client_id: str, secret: str) -> "BrowserClient":
        account = self._browser_account(server, client_id, secret)
        return await self._connection.browser_client(account)

    def _needs_password(self, server: str, client_id: str) -> bool:
        """Return whether somebody has signed out here: their browser may still know them."""
        people = self.people.of(self._browser_account(server, client_id, ""))
        return any(one.is_signed_out for one in people)

    async def _on_signed_in(self, server: str, client_id: str, secret: str, token: "Token") -> None:
        await self.sign_in(self._browser_account(server, client_id, secret), token, bool(secret))

    async def sign_in(self, base: Account, token: "Token", typed_secret: bool = False) -> None:
        """Open the desk of who signed in; where nobody knows who that is, they are asked."""
        preferences, window = self._context.preferences, self._context.window
        account = await self._who(base, token.identity)
        if account is None:
            window.sign_in_page.set_waiting(False)
            return
        preferences.keep(
            replace(preferences.settings, server=base.server, client_id=base.client_id)
        )
        window.activateWindow()
        if typed_secret:
            await self._connection.keep_secret(account)
            window.sign_in_page.forget_secret()
        await self._start(account, token)

    # -- who it is

    async def _who(self, base: Account, identity: Identity) -> Account | None:
        """Return the account of the person who signed in, or None where they did not say who they are."""
        identity = self._told(identity)
        people, known = self.people.of(base), self.people.known(base, identity)
        if known is not None:
            return self.people.sign_in(base, known, identity)
        unnamed = [one for one in people if not one.fingerprint]
        if not people and not self._has_work(base):
            return self.people.sign_in(base, Person(), identity)
        if not people:
            unnamed = [Person()]  # an earlier version did not ask whose it is
        if identity.subject and not unnamed:
            return self.people.sign_in(base, self.people.newcomer(base, identity), identity)
        own_name = self._context.settings.agent_name
        choice, name = await self._ask([one.name or own_name for one in unnamed])
        if choice is None:
            return None
        if choice >= 0:
            return self.people.sign_in(base, unnamed[choice], identity)
        person = self.people.newcomer(base, identity, name)
        return self.people.sign_in(base, person, identity, name)

    def _told(self, identity: Identity) -> Identity:
        """Return what the server says of a person, else what the team does."""
        file = self._context.settings.team_credentials
        if identity.subject or not file:
            return identity
        from agent_app.domain.team import NoTeam  # few sign-ins ask the team
        from agent_app.team.credentials import read_credentials

        try:
            member = read_credentials(Path(file)).member
        except NoTeam:
            return identity
        return Identity(f"team/{member.id}", member.name)

    def _say_team(self) -> None:
        """Say on the sign-in page who one is in the team: as it stands, or as the file says."""
        page, team = self._context.window.sign_in_page, self._context.team
        file = self._context.settings.team_credentials
        if team.is_set or not file:
            page.say_team(team.sentence())
            return
        from agent_app.domain.team import NoTeam, TeamState  # few desks sign in with a team
        from agent_app.team.credentials import read_credentials

        try:
            found = read_credentials(Path(file))
        except NoTeam as error:
            page.say_team(link_sentence(TeamState(error.link)))
        else:
            servers = self._context.settings.team_servers or found.servers
            server = servers[0] if servers else ""
            page.say_team(place_words(TeamState(me=found.member, server=server)))

    def _has_work(self, base: Account) -> bool:
        """Return whether somebody worked here before who is not known: a store that was made at the start,
        before anybody signed in, is blank."""
        account = self._account()
        if account is not None and account.name == base.name and self._is_blank():
            return False
        return bool(files_of(base.name, self._folder))

    async def _ask(self, names: list[str]) -> tuple[int | None, str]:
        from agent_app.ui.signin.person_dialog import PersonDialog  # seldom wanted

        answer: asyncio.Future[tuple[int | None, str]] = asyncio.get_running_loop().create_future()

        def settle(choice: int | None, name: str = "") -> None:
            if not answer.done():
                answer.set_result((choice, name))

        dialog = PersonDialog(self._context.window, names)
        dialog.chosen.connect(settle)
        dialog.rejected.connect(lambda: settle(None))
        dialog.open()
        try:
            return await answer
        except asyncio.CancelledError:
            dialog.reject()
            raise

    # -- what waits

    def say_others(self, account: Account) -> None:
        """Say what others have left here: it leaves when they sign in."""
        waiting = self.people.waiting(account)
        if not waiting or account.way is not SignInMethod.BROWSER:
            return
        notice = self._context.window.notice
        if notice.words:
            return  # what is said there is about this person's own data
        notice.say("\n".join(self._waiting_words(one) for one in waiting), tone="info")

    def _waiting_words(self, person: Person) -> str:
        name = person.name or self.tr("Somebody who worked here before")
        if not person.waiting:
            words = self.tr("{name} has drafts on this computer that only they can see.")
        else:
            words = self.tr(
                "%n change(s) of {name} wait on this computer, to be sent when they sign in here.",
                "",
                person.waiting,
            )
        return words.format(name=name)
