"""What a screen reader hears of the desk: the events of AT-SPI, on a bus and a screen of their own."""

import contextlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.sandbox import RunningSandbox

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
EVENTS = "org.a11y.atspi.Event."
HEARD = ("object:", "window:", "focus:")
TABLE_CELL = 56
"""Its number among AT-SPI's roles."""
DEADLINE_S, QUIET_S = 20.0, 0.3


def missing() -> str:
    """What is not installed of what this needs, or ""."""
    if not any(Path(one).exists() for one in LAUNCHERS):
        return "at-spi2-core"
    return next((tool for tool in ("Xvfb", "dbus-daemon") if shutil.which(tool) is None), "")


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its kind ("Object:StateChanged:focused"), who sent it, and what it carries."""

    kind: str
    path: str
    detail: tuple[int, int]
    value: Any
    sender: str = ""


@dataclass
class Stream:
    """The events of one desk, and what makes it act."""

    desk: "subprocess.Popen[str]"
    bus: DBusConnection
    questions: DBusConnection
    """Another connection to the same bus: the first one is listened to."""
    events: list[Event] = field(default_factory=list)
    _news: threading.Event = field(default_factory=threading.Event)
    """Something was heard."""

    def listen(self) -> None:
        """Read until the bus is closed."""
        with contextlib.suppress(ConnectionError, OSError, ValueError):
            while True:
                message = self.bus.receive()
                fields = {key.name: value for key, value in message.header.fields.items()}
                interface = fields.get("interface", "")
                if not interface.startswith(EVENTS):
                    continue
                minor, one, two, value = message.body[:4]
                kind = f"{interface.removeprefix(EVENTS)}:{fields['member']}:{minor}".rstrip(":")
                self.events.append(
                    Event(kind, fields["path"], (one, two), value[1], fields["sender"])
                )
                self._news.set()

    def is_cell(self, event: Event) -> bool:
        """Whether who sent it is a cell of a table."""
        accessible = "org.a11y.atspi.Accessible"
        return bool(
            _call(self.questions, event.sender, event.path, accessible, "GetRole")[0] == TABLE_CELL
        )

    def act(self, name: str) -> list[Event]:
        """Let the desk do something; what was sent meanwhile."""
        self.settle()
        began = len(self.events)
        assert self.desk.stdin is not None and self.desk.stdout is not None
        self.desk.stdin.write(f"{name}\n")
        self.desk.stdin.flush()
        assert self.desk.stdout.readline().strip() == "done"
        self.settle()
        return self.events[began:]

    def settle(self) -> None:
        """Until nothing was sent for a while."""
        end = time.monotonic() + DEADLINE_S
        while self._news.wait(QUIET_S) and time.monotonic() < end:
            self._news.clear()


def _call(bus: DBusConnection, name: str, path: str, interface: str, *what: Any) -> Any:
    member, *rest = what
    address = DBusAddress(path, bus_name=name, interface=interface)
    return bus.send_and_get_reply(new_method_call(address, member, *rest)).body


@contextlib.contextmanager
def process(*command: str, **more: Any) -> "Iterator[subprocess.Popen[str]]":
    """A process that ends with the block."""
    child = subprocess.Popen(command, text=True, stdout=subprocess.PIPE, **more)
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


@contextlib.contextmanager
def surroundings(folder: Path) -> Iterator[dict[str, str]]:
    """A screen and a session bus; gives the environment for programs on them."""
    with contextlib.ExitStack() as stack:
        read, write = os.pipe()
        screen = ("Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten")
        stack.enter_context(process(*screen, "tcp", pass_fds=(write,), stderr=subprocess.DEVNULL))
        os.close(write)
        with os.fdopen(read) as pipe:
            display = f":{pipe.readline().strip()}"
        daemon = stack.enter_context(
            process("dbus-daemon", "--session", "--nofork", "--print-address")
        )
        assert daemon.stdout is not None
        yield {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "DBUS_SESSION_BUS_ADDRESS": daemon.stdout.readline().strip(),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "XDG_RUNTIME_DIR": str(folder),
        }


@contextlib.contextmanager
def spoken_desk(sandbox: RunningSandbox, folder: Path) -> Iterator[Stream]:
    """A desk on *sandbox*, and the stream of its events."""
    with surroundings(folder) as env, contextlib.ExitStack() as stack:
        session = stack.enter_context(open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"]))
        (address,) = _call(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        bus = stack.enter_context(open_dbus_connection(address))
        for one in HEARD:
            _call(
                bus,
                "org.a11y.atspi.Registry",
                "/org/a11y/atspi/registry",
                "org.a11y.atspi.Registry",
                "RegisterEvent",
                "s",
                (one,),
            )
        for kind in ("Object", "Window", "Focus"):
            bus.send_and_get_reply(
                message_bus.AddMatch(MatchRule(type="signal", interface=f"{EVENTS}{kind}"))
            )
        data = folder / "data"
        data.mkdir()
        desk = stack.enter_context(
            process(
                sys.executable,
                "-m",
                "tests.ui.spoken_desk",
                str(data),
                sandbox.server,
                sandbox.client_id,
                sandbox.client_secret,
                env=env,
                stdin=subprocess.PIPE,
            )
        )
        questions = stack.enter_context(open_dbus_connection(address))
        stream = Stream(desk, bus, questions)
        threading.Thread(target=stream.listen, daemon=True).start()
        assert desk.stdout is not None
        assert desk.stdout.readline().strip() == "ready"
        yield stream
