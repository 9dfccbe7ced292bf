"""A due call is called out once, also after sleep; it names nobody outside the window."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_app.models.reminders import Reminders
from agent_app.store.store import Store
from agent_app.system.notifier import Notifier
from tests.sandbox import ROOT
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class Watch:
    def __init__(self) -> None:
        self.now = NOON
        self.store = Store(None, None)
        self.called: list[list[str]] = []
        self.reminders = Reminders(self.store, lambda: self.now, lambda: True)
        self.reminders.due.connect(lambda found: self.called.append([c.followup_id for c in found]))
        self.reminders.look()

    def schedule(self, followup_id: str, at: datetime, **more: Any) -> None:
        said = {"id": followup_id, "debt_id": "d", "status": "scheduled", "type": "call",
                "scheduled_at": at, **more}  # fmt: skip
        self.store.followups.upsert([said], self.now)

    def at(self, minutes: float) -> list[list[str]]:
        """What is called out when that many minutes after noon have come."""
        self.now, self.called = NOON + timedelta(minutes=minutes), []
        self.reminders.look()
        return self.called


@pytest.fixture
def watch(qapp: Any) -> Iterator[Watch]:
    found = Watch()
    yield found
    found.reminders.close()
    found.store.close()


def test_once_each_when_due(watch: Watch) -> None:
    watch.schedule("early", NOON - timedelta(minutes=5))
    watch.schedule("a", NOON + timedelta(minutes=5))
    watch.schedule("b", NOON + timedelta(minutes=10))
    watch.schedule("mail", NOON + timedelta(minutes=5), type="email")
    watch.schedule("done", NOON + timedelta(minutes=5), status="no_answer")
    assert watch.at(4) == []
    assert watch.at(5) == [["a"]]
    assert watch.at(6) == []
    assert watch.at(11) == [["b"]]


def test_an_idle_window_leaves_the_disk_in_peace(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It wrote six times a minute that nothing was due."""
    written: list[str] = []
    kept = watch.store.set_state

    def keep(name: str, value: Any) -> None:
        written.append(name)
        kept(name, value)

    monkeypatch.setattr(watch.store, "set_state", keep)
    for minute in range(1, 25):
        assert watch.at(minute) == []
    assert written == []
    watch.schedule("a", NOON + timedelta(minutes=26))
    assert watch.at(26) == [["a"]]
    assert written == ["reminded_until"], (
        "what was called out is not called out again after a crash"
    )


def test_after_sleep_all_that_became_due(watch: Watch) -> None:
    watch.schedule("a", NOON + timedelta(minutes=5))
    watch.schedule("b", NOON + timedelta(hours=3))
    assert watch.at(240) == [["a", "b"]]
    assert watch.at(241) == []


def test_after_days_what_is_long_past_is_let_be(watch: Watch) -> None:
    watch.schedule("a", NOON + timedelta(minutes=5))
    watch.schedule("b", NOON + timedelta(days=2))
    assert watch.at(2 * 24 * 60 + 1) == [["b"]]


def test_a_clock_that_is_put_back_calls_nothing_out_twice(watch: Watch) -> None:
    watch.schedule("a", NOON + timedelta(minutes=5))
    assert watch.at(5) == [["a"]]
    assert watch.at(-60) == []
    assert watch.at(4) == []


def test_snoozed_comes_again_if_it_is_still_to_be_called(watch: Watch) -> None:
    for name in ("a", "b"):
        watch.schedule(name, NOON + timedelta(minutes=1))
    assert watch.at(1) == [["a", "b"]]
    due = [watch.store.followups.due_call(name, watch.now) for name in ("a", "b")]
    watch.reminders.snooze([one for one in due if one], 10)
    watch.schedule("b", NOON + timedelta(minutes=1), status="no_answer")
    assert watch.at(10) == []
    assert watch.at(11) == [["a"]]
    assert watch.at(12) == []


async def test_the_strip_opens_the_call_or_puts_it_off(desk: Driver) -> None:
    wanted = desk.sandbox.some(type="call", status="scheduled")["id"]
    soon = datetime.now(UTC) + timedelta(seconds=1)
    desk.sandbox.put(wanted, scheduled_at=soon.isoformat())
    reminders = desk.form_desk.reminders
    assert reminders is not None
    reminders._reminders.look()  # the first look of all calls out nothing
    desk.desk._refresh()
    await until(lambda: desk.store.followups.get(wanted).scheduled_at == soon)
    await until(lambda: datetime.now(UTC) > soon)
    reminders._reminders.look()
    strip = desk.desk.window.reminder
    debt = desk.store.debts.get(desk.store.followups.get(wanted).debt_id)
    assert debt.debtor in strip.words
    reminders.snooze()
    assert strip.words == ""
    assert wanted in desk.store.state("snoozed")
    found = desk.store.followups.due_call(wanted, datetime.now(UTC))
    reminders._on_due([found])
    reminders.open()
    await until(lambda: desk.session.followup_id == wanted)
    assert strip.words == ""


async def test_outside_the_window_nobody_is_named(desk: Driver) -> None:
    wanted = desk.sandbox.some(type="call", status="scheduled")["id"]
    reminders = desk.form_desk.reminders
    assert reminders is not None
    found = desk.store.followups.due_call(wanted, datetime(2100, 1, 1, tzinfo=UTC))
    debt = desk.store.debts.get(found.debt_id)
    reminders._due = [found]
    assert debt.debtor not in reminders._words(in_window=False)
    assert debt.debtor in reminders._words(in_window=True)
    await desk.open(wanted)
    assert desk.desk.window.windowTitle() == "Followup Desk"
    assert desk.preferences.settings.show_debtor is False


SERVICE = """
import asyncio
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, method, signal

class Notifications(ServiceInterface):
    def __init__(self):
        super().__init__("org.freedesktop.Notifications")
    @method()
    def GetCapabilities(self) -> "as":
        return ["actions", "body"]
    @method()
    def GetServerInformation(self) -> "ssss":
        return ["test", "test", "1", "1.2"]
    @method()
    def CloseNotification(self, number: "u"):
        print("closed", flush=True)
    @method()
    def Notify(self, app: "s", replaces: "u", icon: "s", title: "s", body: "s", actions: "as",
               hints: "a{sv}", timeout: "i") -> "u":
        print("shown", title, "|", body, "|", *actions[1::2], flush=True)
        keys = {actions[n + 1]: actions[n] for n in range(0, len(actions), 2)}
        asyncio.get_running_loop().call_later(0.1, self.ActionInvoked, 7, keys["Snooze"])
        return 7
    @signal()
    def ActionInvoked(self, number: "u", key: "s") -> "us":
        return [number, key]
    @signal()
    def NotificationClosed(self, number: "u", reason: "u") -> "uu":
        return [number, reason]

async def main():
    bus = await MessageBus().connect()
    bus.export("/org/freedesktop/Notifications", Notifications())
    await bus.request_name("org.freedesktop.Notifications")
    print("ready", flush=True)
    await bus.wait_for_disconnect()

asyncio.run(main())
"""


needs_bus = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("dbus-daemon") is None,
    reason="needs a session bus (D-Bus) of its own",
)


@pytest.fixture
def notifications(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator["subprocess.Popen[str]"]:
    """A notification service on a session bus of its own, whose user presses Snooze at once."""
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert bus.stdout is not None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.stdout.readline().strip())
    service = subprocess.Popen(
        [sys.executable, "-c", SERVICE], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert service.stdout is not None
    assert service.stdout.readline() == "ready\n"
    yield service
    for process in (service, bus):
        if process.poll() is None:
            process.terminate()
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()


@needs_bus
async def test_the_systems_notification_has_buttons_that_work(
    qapp: Any, notifications: "subprocess.Popen[str]"
) -> None:
    notifier = Notifier(ROOT / "resources" / "icons" / "followup-desk.svg", "Followup Desk")
    pressed: list[str] = []
    notifier.snoozed.connect(lambda: pressed.append("snoozed"))
    notifier.opened.connect(lambda: pressed.append("opened"))
    assert await notifier.show("Followup Desk", "1 call due.", "Open", "Snooze")
    await until(lambda: pressed)
    assert pressed == ["snoozed"]
    assert notifications.stdout is not None
    said = notifications.stdout.readline()
    assert said.startswith("shown Followup Desk | 1 call due. | ")
    assert {"Open", "Snooze"} <= set(said.split())
    await notifier.close()


@needs_bus
async def test_without_a_service_there_is_only_the_strip(
    qapp: Any, notifications: "subprocess.Popen[str]"
) -> None:
    notifications.terminate()
    notifications.wait(10)
    notifier = Notifier(ROOT / "resources" / "icons" / "followup-desk.svg", "Followup Desk")
    assert not await notifier.show("Followup Desk", "1 call due.", "Open", "Snooze")
    await notifier.close()


def test_settings_that_are_off_remind_of_nothing(watch: Watch) -> None:
    watch.reminders._on = lambda: False
    watch.schedule("a", NOON + timedelta(minutes=5))
    assert watch.at(6) == []
