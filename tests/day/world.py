"""A sandbox and the desks on it, for one walk: real windows, a real server, folders of their own."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from agent_app.app.desktop import Desktop
from agent_app.config.account import Account, SignInMethod
from agent_app.config.layers import Configuration
from agent_app.domain.settings import Settings
from agent_app.domain.team import NoTeam
from agent_app.team.team import Team, TeamSettings
from tests.day.model import Model
from tests.day.screen import Screen
from tests.day.watch import Watch
from tests.nats_server import RunningNats
from tests.sandbox import RunningSandbox
from tests.unit.team.desks import credentials
from tests.waiting import until

FOLLOWUPS = 100
DUE = 12
"""So many more are due now; with them the list has two pages."""
SHARE = 1_000_000
PASSPHRASE = "for the walks"
START_S = 60.0


class Dialler(QObject):
    """Stands in for the telephone program."""

    def __init__(self) -> None:
        super().__init__()
        self.dialled: list[str] = []
        for scheme in ("tel", "https", "mailto"):
            QDesktopServices.setUrlHandler(scheme, self, "open")  # type: ignore[arg-type]  # the stub is wrong

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.dialled.append(url.toString())


class World:
    """One walk's. *sandbox* is used by one walk after the other."""

    def __init__(
        self,
        sandbox: RunningSandbox,
        desks: int,
        seed: int,
        known: Sequence[str] = (),
        *,
        team: bool = False,
    ) -> None:
        self.sandbox, self.seed = sandbox, seed
        self.nats = RunningNats() if team else None
        self.carol: Team | None = None
        self.model = Model(desks)
        self.watch = Watch(known)
        self.network = ""
        self.troubled = False
        self.screens: list[Screen] = []
        self._folder = Path(tempfile.mkdtemp(prefix="followup-day-"))
        self._server: dict[str, dict[str, Any]] = {}

    async def begin(self) -> None:
        self.sandbox.begin_anew(seed=self.seed % 7 + 1, followups=FOLLOWUPS)
        role = "supervisor" if self.seed % 3 == 0 else "agent"
        self.sandbox.set(reads=SHARE, writes=SHARE, rng=self.seed, role=role)
        for debt in self.pages("/debts"):
            name = " ".join(filter(None, (debt["firstname"], debt["lastname"])))
            self.model.names[debt["id"]] = name or debt["debtor_company"] or ""
            self.model.phones[debt["id"]] = debt["phone"] or ""
        self._add_due()
        self.look_at_server()
        self.watch.begin()
        await self._begin_team()
        for number in range(self.model.desks):
            screen = await self._start(number)
            self.screens.append(screen)
            self.model.beliefs[number].open_id = screen.open_id  # the first call is open by itself

    def _add_due(self) -> None:
        """Calls that were due in the last hours, for "To call now"."""
        debts = sorted(self.model.names)
        for number in range(DUE):
            due = datetime.now(UTC) - timedelta(minutes=7 + 11 * number)
            said = {
                "debt_id": debts[number * 5 % len(debts)],
                "type": "call",
                "status": "scheduled",
                "scheduled_at": due.isoformat(timespec="seconds"),
            }
            self.sandbox.api("POST", "/followups", said, calm=True)

    async def _start(self, number: int) -> Screen:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        folder = self._folder / str(number)
        folder.mkdir(exist_ok=True)
        settings = self._settings(number)
        desk = Desktop(app, folder, Configuration(settings, passphrase=PASSPHRASE))
        desk.window.setWindowState(Qt.WindowState.WindowNoState)
        desk.window.resize(1366, 768)
        desk.window.show()
        desk.window.activateWindow()
        at = self.sandbox
        account = Account(SignInMethod.ENVIRONMENT, at.server, at.client_id, at.client_secret)
        await desk.start(account)
        screen = Screen(desk)
        await until(lambda: screen.is_ready, deadline_s=START_S)
        return screen

    async def _begin_team(self) -> None:
        """Have the colleague, who has no window, in the team as well: what nobody tells is not seen."""
        if self.nats is None:
            return
        self.carol = Team(
            TeamSettings(
                credentials(self._folder, "carol"),
                api=self.sandbox.server,
                client_id=self.sandbox.client_id,
                servers=(self.nats.address,),
            )
        )
        self.carol.start()
        carol = self.carol
        await until(lambda: carol.state.is_live and carol.rows.is_whole)

    def toggle_team(self) -> bool:
        """Have the team's server end as in a crash, or be there again; returns whether it is."""
        assert self.nats is not None
        if self.nats.is_running:
            self.nats.kill()
        else:
            self.nats.start()
        return self.nats.is_running

    async def colleague(self, followup_id: str, name: str, word: str) -> bool:
        """Have a colleague save one field, and their desk tell the team; returns whether that changed it."""
        changes = self.sandbox.colleague(id=followup_id, field=name, word=word)
        if self.carol is not None and changes:
            await self.carol.rows.tell(self.look_at_server()[followup_id], 0.0)
            with contextlib.suppress(NoTeam):  # its server is away: nobody hears of it
                await self.carol.flush()
        return bool(changes)

    def _settings(self, number: int) -> Settings:
        if self.nats is None:
            return Settings(language="en")
        file = credentials(self._folder, f"agent{number + 1}")
        return Settings(
            language="en", team_credentials=str(file), team_servers=(self.nats.address,)
        )

    async def restart(self, number: int) -> None:
        """End a desk in order, and start it again on the same folder."""
        await self.screens[number].desk.stop()
        self.screens[number] = await self._start(number)

    async def end(self) -> None:
        """Whatever happened: no window, no folder, no fault is left."""
        try:
            for screen in self.screens:
                await asyncio.wait_for(screen.desk.stop(), 20)
        finally:
            if self.watch.is_on:
                self.watch.end()
            if self.carol is not None:
                await self.carol.stop()
            if self.nats is not None:
                self.nats.stop()
            shutil.rmtree(self._folder, ignore_errors=True)
            with contextlib.suppress(
                OSError
            ):  # ended from outside, the sandbox may be gone before us
                self.sandbox.no_colleague()
                self.sandbox.no_faults()

    # -- the server, as anybody sees it who asks

    def pages(self, path: str) -> list[dict[str, Any]]:
        """All rows of a list of the API."""
        rows: list[dict[str, Any]] = []
        for number in range(1, 100):
            reply = self.sandbox.api("GET", f"{path}?limit=100&page={number}", calm=True)[1]
            rows += reply["data"]
            if number >= reply["pagination"]["pages"]:
                break
        return rows

    def look_at_server(self) -> dict[str, dict[str, Any]]:
        """All followups as the server has them now, by id; its journal is taken in as well."""
        self._server = {row["id"]: row for row in self.pages("/followups")}
        self.model.debts.update({key: row["debt_id"] for key, row in self._server.items()})
        self.model.follow(self.sandbox.since(self.model.number))
        return self._server

    # -- the weather

    def set_network(self, delay: str) -> None:
        """How slow the network is from now on ("": not at all)."""
        self.network = delay
        self.clear_faults()

    def clear_faults(self) -> None:
        """End all trouble but for the network's slowness."""
        self.sandbox.no_faults()
        self.troubled = False
        if self.network:
            self.sandbox.fault(f"* */external-api/* delay={self.network}")

    def trouble(self, fault: str, **more: Any) -> None:
        self.sandbox.fault(fault, **more)
        self.troubled = True
