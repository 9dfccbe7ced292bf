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
from tests.day.model import Model
from tests.day.screen import Screen
from tests.day.watch import Watch
from tests.sandbox import RunningSandbox
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
        self, sandbox: RunningSandbox, desks: int, seed: int, known: Sequence[str] = ()
    ) -> None:
        self.sandbox, self.seed = sandbox, seed
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
        desk = Desktop(app, folder, Configuration(Settings(language="en"), passphrase=PASSPHRASE))
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
