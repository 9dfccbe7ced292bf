"""A real desk in a real window, on the loop that a real run uses."""

import contextlib
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytestqt.plugin
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from agent_app.app.desktop import Desktop
from agent_app.app.run import application
from agent_app.config.account import Account, SignInMethod
from agent_app.config.layers import Configuration
from agent_app.domain.settings import Settings
from agent_app.domain.views import View
from agent_app.runtime.loop import DeskLoop
from agent_app.store import cipher
from agent_app.ui.followups.list_state import ListState
from tests.sandbox import RunningSandbox
from tests.waiting import until

# A passphrase is made a key slowly on purpose, and here it happens at each start of a desk.
cipher.PASSPHRASE_ROUNDS = 1

# Between the phases of a test the plug-in lets Qt handle events. Tasks of the desk's loop would run
# then, outside of the loop ("no running event loop"): here the loop alone handles events.
pytestqt.plugin._process_events = lambda: None


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application, in English whatever the machine speaks."""
    app = application(Settings(language="en"))
    QLocale.setDefault(QLocale("en_GB"))
    return app


@pytest.fixture
def anyio_backend(qapp: QApplication) -> tuple[str, dict[str, Any]]:
    """Asynchronous tests of the window run on Qt's loop."""
    return ("asyncio", {"loop_factory": lambda: DeskLoop(qapp)})


@pytest.fixture(autouse=True)
def _no_leftovers(qapp: QApplication) -> Iterator[None]:
    """As in a real run, garbage is collected on Qt's thread only (system/garbage.py)."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Driver:
    """Drives a desk as a person would: by keyboard, by names."""

    def __init__(self, desk: Desktop, sandbox: RunningSandbox) -> None:
        self.desk, self.sandbox = desk, sandbox

    @property
    def session(self) -> Any:
        assert self.desk.session is not None
        return self.desk.session

    @property
    def form_desk(self) -> Any:
        """The form's half of the desk."""
        assert self.desk.form_desk is not None
        return self.desk.form_desk

    @property
    def preferences(self) -> Any:
        """Settings, templates, rules."""
        assert self.desk.preferences is not None
        return self.desk.preferences

    @property
    def store(self) -> Any:
        assert self.desk.store is not None
        return self.desk.store

    @property
    def panel(self) -> Any:
        assert self.desk.window.list_panel is not None
        return self.desk.window.list_panel

    @property
    def editor(self) -> Any:
        assert self.desk.window.editor is not None
        return self.desk.window.editor

    @property
    def table(self) -> Any:
        return self.panel.view.model()

    def field(self, name: str) -> QWidget:
        widget: QWidget = self.editor.form.rows[name].editor.focus
        return widget

    def text(self, name: str) -> str:
        widget = self.field(name)
        if isinstance(widget, QComboBox):
            return widget.currentText()
        if isinstance(widget, QPlainTextEdit):
            return widget.toPlainText()
        assert isinstance(widget, QLineEdit)
        return widget.text()

    def type(self, name: str, text: str) -> None:
        """Replace what is in a field by typing."""
        widget = self.field(name)
        widget.setFocus()
        if isinstance(widget, (QLineEdit, QPlainTextEdit)):
            widget.selectAll()
            if not text:
                QTest.keyClick(widget, Qt.Key.Key_Delete)
        if isinstance(
            widget, QComboBox
        ):  # its letters are no shortcuts, which `QTest` does not know
            widget.setCurrentIndex(widget.findText(text, Qt.MatchFlag.MatchStartsWith))
            widget.activated.emit(widget.currentIndex())
            return
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(widget, letter)
            else:  # no keyboard has it: it comes from an input method, as on a real desk
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(widget, event)

    def press(
        self, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key wherever the focus is."""
        target = QApplication.focusWidget() or self.desk.window
        QTest.keyClick(target, pressed, modifiers)

    def save(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def error(self, name: str) -> str:
        said: str = self.editor.form.rows[name].problem_shown
        return said

    async def open(self, followup_id: str) -> None:
        """Open a followup that is in the list."""
        await until(lambda: self.panel.choose(followup_id))
        await until(lambda: self.session.followup_id == followup_id)

    async def saved(self) -> None:
        await until(lambda: self.session.progress == "saved")
        await until(lambda: self.desk.status.state.waiting == 0)

    async def saved_all(self) -> None:
        """Nothing waits to be sent, of any followup."""
        await until(lambda: not self.store.outbox.entries())

    async def loaded(self) -> None:
        await until(lambda: self.desk.status.state.last_refresh is not None)
        await until(lambda: self.table.rowCount() > 0)


Start = Callable[..., Any]


def _left_at(folder: Path, view: View | None) -> None:
    """Make a window that was left at *view* before (None: it never was there)."""
    file = folder / "window.ini"
    if view is not None and not file.exists():
        keep = QSettings(str(file), QSettings.Format.IniFormat)
        keep.setValue("list", ListState(view).text())
        keep.sync()


@pytest.fixture
async def start(
    qapp: QApplication, sandbox: RunningSandbox, tmp_path: Path
) -> AsyncIterator[Start]:
    """Opens a desk on the sandbox; `await start()` gives its driver."""
    async with contextlib.AsyncExitStack() as stack:

        async def begin(
            where: RunningSandbox | None = None,
            *,
            loaded: bool = True,
            secret: str = "",
            folder: Path = tmp_path,
            server: str = "",
            typed: bool = False,
            view: View | None = View.ALL,
            settings: Settings = Settings(language="en"),  # noqa: B008  (frozen)
        ) -> Driver:
            at = where or sandbox
            given = "" if typed else "for tests"
            _left_at(folder, view)
            desk = Desktop(qapp, folder, Configuration(settings, passphrase=given))
            desk._store_opener._typed = "for tests" if typed else ""
            stack.push_async_callback(desk.stop)
            desk.window.setWindowState(Qt.WindowState.WindowNoState)
            desk.window.resize(1366, 768)
            desk.window.show()
            desk.window.activateWindow()
            account = Account(
                SignInMethod.ENVIRONMENT,
                server or at.server,
                at.client_id,
                secret or at.client_secret,
            )
            await desk.start(account)
            driver = Driver(desk, at)
            if loaded:
                await driver.loaded()
            return driver

        yield begin


@pytest.fixture
async def desk(start: Start) -> Driver:
    """A desk with its list loaded."""
    driver: Driver = await start()
    return driver
