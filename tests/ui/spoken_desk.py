"""A desk for `atspi.py`, in a process of its own: it does what it reads, a line each, and answers.

`python -m tests.ui.spoken_desk FOLDER SERVER CLIENT_ID CLIENT_SECRET` on an X server.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from agent_app.app.desktop import Desktop
from agent_app.app.run import application
from agent_app.config.account import Account, SignInMethod
from agent_app.config.layers import Configuration
from agent_app.domain.errors import Unreachable
from agent_app.domain.outcomes import Outcome
from agent_app.domain.settings import Settings
from agent_app.domain.sync_state import Connection
from agent_app.domain.views import View
from agent_app.runtime.loop import DeskLoop
from tests.waiting import until

NONE = Qt.KeyboardModifier.NoModifier


class Acts:
    """What the desk can be told. There is no window manager: shortcuts, which need an active window, are
    not pressed."""

    def __init__(self, desk: Desktop) -> None:
        self.desk = desk

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.focus, key, modifiers)

    @property
    def focus(self) -> QWidget:
        """Where the keyboard is."""
        return QApplication.focusWidget() or self.desk.window

    async def list(self) -> None:
        """Into the list of all, with a row open."""
        panel = self.desk.window.list_panel
        assert panel is not None
        panel.choose_view(View.ALL)
        panel.view.setFocus()
        panel.open_first()
        panel.step(3)

    async def row(self) -> None:
        """On to the next row."""
        self.press(Qt.Key.Key_Down)

    async def save(self) -> None:
        """Note something and save; until the server has it."""
        editor, session = self.desk.window.editor, self.desk.session
        assert editor is not None and session is not None
        session.set("summary", f"{session.value('summary')} again")
        editor.save()
        await until(lambda: session.progress == "saved")

    async def save_next(self) -> None:
        """No answer; on to the next."""
        editor = self.desk.window.editor
        assert editor is not None
        editor.choose_outcome(Outcome.NO_ANSWER)
        self.desk.window.save_and_next()
        editor.reason.give_up()

    async def wrong(self) -> None:
        """Type a moment that is none, and try to save."""
        editor = self.desk.window.editor
        assert editor is not None
        line = editor.form.rows["scheduled_at"].editor.focus
        assert isinstance(line, QLineEdit)
        editor.form.focus_field("scheduled_at")
        await until(line.hasFocus)
        line.selectAll()
        QTest.keyClicks(line, "no moment")
        await until(lambda: line.text() == "no moment")  # AT-SPI was asked about each key
        editor.save()

    async def call(self) -> None:
        """Somebody calls."""
        self.desk.take_pop({"phone": "+33600000000"})

    async def offline(self) -> None:
        """The network goes away."""
        assert self.desk.engine is not None
        self.desk.engine.state.set(connection=Connection.OFFLINE, error=Unreachable("no network"))

    async def form(self) -> None:
        """Into the form."""
        editor = self.desk.window.editor
        assert editor is not None
        editor.focus_form()

    async def search(self) -> None:
        """Look for something."""
        self.desk.window.go_to_search()
        QTest.keyClicks(self.focus, "mar")


async def serve(desk: Desktop, account: Account) -> None:
    desk.window.resize(1366, 768)
    desk.window.show()
    desk.window.activateWindow()
    await desk.start(account)
    await until(lambda: desk.session is not None and desk.status.state.last_refresh is not None)
    acts = Acts(desk)
    await until(QAccessible.isActive)
    print("ready", flush=True)
    loop = asyncio.get_running_loop()
    while True:
        line = await loop.run_in_executor(None, sys.stdin.readline)
        name = line.strip()
        if not name or name == "quit":
            break
        act: Callable[[], Awaitable[None]] = getattr(acts, name)
        await act()
        for _ in range(40):
            await asyncio.sleep(0.01)
        print("done", flush=True)
    await desk.stop()


def main() -> None:
    folder, server, client_id, secret = sys.argv[1:]
    os.environ["AGENT_APP_STORE_PASSPHRASE"] = "for tests"
    app = application(Settings(language="en"))
    QLocale.setDefault(QLocale("en_GB"))
    desk = Desktop(app, Path(folder), Configuration(Settings(language="en")))
    account = Account(SignInMethod.ENVIRONMENT, server, client_id, secret)
    with asyncio.Runner(loop_factory=lambda: DeskLoop(app)) as runner:
        runner.run(serve(desk, account))


if __name__ == "__main__":
    main()
