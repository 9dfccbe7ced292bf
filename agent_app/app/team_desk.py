"""An account's place in its team: made after the first paint, and only where a team is set."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from agent_app.config.account import Account, SignInMethod
from agent_app.domain.team import NoTeam, TeamLink
from agent_app.features.context import AppContext
from agent_app.models.queue import Queue, nobody
from agent_app.runtime.scope import Closable
from agent_app.store.store import Store

if TYPE_CHECKING:
    from agent_app.app.form_desk import FormDesk
    from agent_app.sync.engine import Engine
    from agent_app.team.team import Team
    from agent_app.ui.followups.list_panel import ListPanel

log = logging.getLogger(__name__)

ALONE_AFTER_S = 20.0
"""A team that was gone for this long (seconds) is not there: the queue begins at a place of its own."""


class TeamDesk:
    """Serves one account: `begin`, then `join` with the sync, `stop` before the store is closed. A desk on
    its own sandbox, or without credentials, has no team, and imports nothing for one."""

    def __init__(self, context: AppContext, account: Account, queue: Queue) -> None:
        self._context, self._account, self._queue = context, account, queue
        self._team: Team | None = None
        self._later: asyncio.TimerHandle | None = None
        self._has_begun = False

    @property
    def is_wanted(self) -> bool:
        """Whether there is to be a team."""
        is_sandbox = self._account.way is SignInMethod.SANDBOX
        return bool(self._context.settings.team_credentials) and not is_sandbox

    def foresee(self) -> None:
        """Say that there is to be a team, before anything of it is imported: the first call waits for it."""
        if self.is_wanted and not self._has_begun:
            self._context.team.foresee()

    def begin(self) -> None:
        """Connect, where there is to be a team; returns at once, and nothing waits for it. Credentials that
        cannot be used are said in the window."""
        if not self.is_wanted or self._team is not None:
            return
        self._has_begun = True
        try:
            self._team = self._made()
        except NoTeam as error:
            log.warning("no team: %s", error)
            self._context.team.fail(error)
            return
        self._context.team.follow(self._team)
        self._context.team.changed.connect(self._on_state)
        self._queue.claim_of = self._context.team.claim_of
        self._team.start()

    def _made(self) -> "Team":
        settings = self._context.settings
        try:
            from agent_app.team.team import Team, TeamSettings  # only where there is a team
        except ImportError as error:
            raise NoTeam(TeamLink.BAD_FILE, f"{error.name} is not installed") from error
        return Team(
            TeamSettings(
                Path(settings.team_credentials),
                api=self._account.server,
                client_id=self._account.client_id,
                servers=settings.team_servers,
                ca_bundle=settings.ca_bundle,
                figures=settings.team_figures,
            )
        )

    def join(self, engine: "Engine") -> None:
        """Have the sync share its work with the team."""
        if self._team is not None:
            engine.join(self._team)

    def serve(
        self,
        store: Store,
        panel: "ListPanel",
        form_desk: "FormDesk",
        quiet_s: Callable[[], float],
    ) -> "list[Closable]":
        """Tell colleagues what is worked on in the form, and show there what they do; carry reviews, and what
        supervisors decide for all. Returns what is to be closed with the form: nothing where no team is
        wanted. *quiet_s* gives how long nobody has typed or clicked (seconds)."""
        if not self.is_wanted:
            return []
        from agent_app.features.at_work import AtWork  # only where there is a team
        from agent_app.features.my_reviews import MyReviewsFeature
        from agent_app.features.team_standards import TeamStandardsFeature
        from agent_app.models.sent_reviews import SentReviews
        from agent_app.models.told_events import ToldEvents

        context = self._context
        at_work = AtWork(context, panel, form_desk.session, form_desk.editor, quiet_s)
        told = ToldEvents(context.team, store, context.tasks, context.clock.now, at_work.times_of)
        form_desk.sent_reviews = SentReviews(context.team, store, context.tasks, context.clock.now)
        return [
            at_work,
            told,
            form_desk.sent_reviews,
            MyReviewsFeature(context, store, form_desk.show),
            TeamStandardsFeature(context, store),
        ]

    def wake(self) -> None:
        """The computer slept, or its network changed."""
        if self._team is not None:
            self._team.wake()

    def _on_state(self) -> None:
        """While the team is there no desk needs a start of its own (`models/queue.py`)."""
        if self._later is not None:
            self._later.cancel()
            self._later = None
        if self._context.team.state.is_live:
            self._queue.note_team(True)
        else:
            loop = asyncio.get_running_loop()
            self._later = loop.call_later(ALONE_AFTER_S, self._queue.note_team, False)

    async def stop(self) -> None:
        """Leave in order: what is held here is free for the others. May be called again."""
        team, context = self._team, self._context.team
        if team is not None:
            await team.stop()
            self._team = None
            context.changed.disconnect(self._on_state)
            if self._later is not None:
                self._later.cancel()
            self._queue.claim_of = nobody
            self._queue.has_team = False
        context.follow(None)
