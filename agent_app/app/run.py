"""The desktop command: checks, one window a data folder, the loop, the end."""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from agent_app.app.desktop import Desktop
from agent_app.config import layers as settings_file
from agent_app.config.account import Account, SignInMethod, account_for
from agent_app.config.environment import take_environment
from agent_app.config.layers import Configuration
from agent_app.config.people import People
from agent_app.domain.errors import BadSetting
from agent_app.domain.screen_pop import ScreenPop
from agent_app.domain.server_address import checked_server
from agent_app.domain.settings import Settings
from agent_app.runtime.garbage import MainThreadGarbage
from agent_app.runtime.loop import DeskLoop
from agent_app.runtime.signals import EndSignals
from agent_app.system.display import need_display
from agent_app.system.dumps import keep_no_dumps
from agent_app.system.instance import Instance, ask_to_close, tell
from agent_app.system.language import set_language
from agent_app.system.logs import start_log
from agent_app.system.paths import data_dir, private_folder, resources

ARGUMENTS = ("agent-app", "-style", "Fusion")
"""For Qt. `setStyle` would hand the style back, and PySide then makes all that is in QStyle (5 ms)."""


def desktop(
    *,
    sandbox: bool = False,
    outcomes: bool = False,
    pop: ScreenPop | None = None,
    arguments: Mapping[str, str] | None = None,
) -> int:
    """Open the window and stay until it is closed. Returns the process's exit status.

    Where it is open already, it is asked to open what *pop* names. *arguments* are settings that
    the command line gives.
    """
    environment = take_environment()
    try:
        folder = private_folder(data_dir(environment))
        configuration = settings_file.configure(
            folder, environment=environment, arguments=arguments
        )
        settings = configuration.settings
        given = settings_file.from_environment(environment, configuration)
        account = account_for(settings, given, sandbox=sandbox)
        if account.way is not SignInMethod.SANDBOX:
            account = replace(account, server=checked_server(account.server))
        account = People(folder).resume(account)
        need_display()
    except BadSetting as error:
        print(f"agent-app: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"agent-app: the data folder cannot be used: {error.strerror}", file=sys.stderr)
        return 1
    keep_no_dumps()
    start_log(folder)
    app = application(settings)
    answers: list[str] = []
    wanted = pop.values() if pop is not None else None
    instance = Instance.claim(folder, wanted, answers.append)
    if instance is None:
        return _say_answer(answers[0], pop is not None)
    try:
        with DeskLoop(app) as loop:
            return int(
                loop.run_until_complete(
                    _run(app, folder, configuration, account, instance, pop, outcomes)
                )
            )
    finally:
        instance.close()


def _say_answer(answer: str, is_pop: bool) -> int:
    """Say what the window that is open made of it; returns the exit status."""
    ends = {
        "": ("a window is open already, but it does not answer: nothing was shown", 1),
        "off": ("it is open already; Settings › Calls says that calls are not shown", 1),
        "nothing": ("it is open already; it did not understand what to open", 1),
        "no": ("it is open already; it did not understand what to open", 1),
        "waiting": ("it is open already; the call waits there, to be shown as soon as can be", 0),
        "shown": ("it is open already; the call is shown in its window", 0),
    }
    raised = ("it is open already; its window was asked to come to the front", 0)
    words, status = ends.get(answer, raised) if is_pop or not answer else raised
    print(f"agent-app: {words}", file=sys.stderr if status else sys.stdout)
    return status


def tell_of_refusal() -> None:
    """Have the window that is open, if there is one, say that it was asked for nothing it knows."""
    folder = data_dir()
    if folder.is_dir():
        tell(folder, {"open": {}})


def close() -> int:
    """End the window that is open, as an installer has to. Returns 0 where none is open now."""
    folder = data_dir()
    if not folder.is_dir() or ask_to_close(folder):
        return 0
    print("agent-app: the window did not close", file=sys.stderr)
    return 1


def application(settings: Settings) -> QApplication:
    """Return the Qt application with its name and language."""
    app = QApplication.instance() or QApplication(list(ARGUMENTS))
    assert isinstance(app, QApplication)
    app.setApplicationName("Followup Desk")
    app.setDesktopFileName("followup-desk")
    app.setQuitOnLastWindowClosed(False)
    set_language(app, resources(), settings.language)
    return app


async def _run(
    app: QApplication,
    folder: Path,
    configuration: Configuration,
    account: Account,
    instance: Instance,
    pop: ScreenPop | None,
    outcomes: bool,
) -> int:
    garbage = MainThreadGarbage()
    desk = Desktop(app, folder, configuration)
    instance.raised.connect(desk.window.come_to_front)
    instance.serve(desk.take_pop)
    instance.close_wanted.connect(desk.window.quit_now)
    end = EndSignals(desk.window.quit_now)
    sys.excepthook = desk.on_mistake
    asyncio.get_running_loop().set_exception_handler(desk.on_task_mistake)
    desk.window.show()
    if pop is not None:
        desk.take_pop(pop.values())  # it waits on its card until the account is open
    try:
        await desk.start(account)
        if outcomes:
            desk.open_report()
        if not instance.is_reachable:
            desk.calls.say_unreachable()
        await desk.closed.wait()
    finally:
        await desk.stop()
        sys.excepthook = sys.__excepthook__
        end.close()
        garbage.close()
    return 0
