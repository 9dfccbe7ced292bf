"""A real desk in a real window on a sandbox of its own, for the longer proofs."""

import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.sandbox import RunningSandbox
from tests.waiting import until

PASSPHRASE = "for the proofs"


@asynccontextmanager
async def running_desk(folder: Path) -> AsyncIterator[tuple[Any, RunningSandbox]]:
    """The desk with its list loaded, and its sandbox without limits."""
    from PySide6.QtWidgets import QApplication

    from agent_app.app.desktop import Desktop
    from agent_app.config.account import Account, SignInMethod
    from agent_app.config.layers import Configuration
    from agent_app.domain.settings import Settings

    sandbox = RunningSandbox("--reads", "1000000", "--writes", "1000000")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desk: Any = Desktop(app, folder, Configuration(Settings(language="en"), passphrase=PASSPHRASE))
    desk.window.show()
    account = Account(
        SignInMethod.ENVIRONMENT, sandbox.server, sandbox.client_id, sandbox.client_secret
    )
    await desk.start(account)
    await until(lambda: desk.status.state.last_refresh is not None)
    try:
        yield desk, sandbox
    finally:
        await desk.stop()
        sandbox.stop()


def on_the_desks_loop(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run *work* offscreen as a real run would: on its loop, with its collecting of garbage."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from agent_app.runtime.importing import importing_quickly

    with importing_quickly():
        from agent_app.app.run import application
    from agent_app.domain.settings import Settings
    from agent_app.runtime.garbage import MainThreadGarbage
    from agent_app.runtime.loop import DeskLoop

    app = application(Settings(language="en"))
    garbage = MainThreadGarbage()
    try:
        with DeskLoop(app) as loop:
            return loop.run_until_complete(work())
    finally:
        garbage.close()
