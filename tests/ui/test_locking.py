"""The window is covered when nobody is there; nothing behind it shows, works or is lost."""

import json
import os
import pwd
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit

from agent_app.config.account import Account, SignInMethod
from agent_app.features import guesses, lock
from agent_app.features.lock import Proof
from agent_app.store.followups import DueCall
from agent_app.system import proof
from agent_app.system.idle import Idle
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.qt_log_ignore(  # what QtMultimedia says where there is no sound
        "Couldn't load", "Couldn't resolve", "PulseAudioService", extend=True
    ),
]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Clock:
    """Two clocks that a test sets, in seconds."""

    def __init__(self) -> None:
        self.monotonic, self.wall = 1_000.0, 5_000.0

    def both(self) -> tuple[Any, Any]:
        return (lambda: self.monotonic), (lambda: self.wall)

    def pass_(self, seconds: float) -> None:
        self.monotonic += seconds
        self.wall += seconds


@pytest.fixture
async def desk(desk: Driver) -> Driver:
    """A desk whose local data a person opened with a passphrase of theirs."""
    desk.desk._store_opener._typed = "for tests"
    return desk


@pytest.fixture
def clock(desk: Driver) -> Clock:
    clock = Clock()
    idle = desk.desk.lock.idle  # type: ignore[union-attr]
    idle._clocks = clock.both()
    idle.note()
    return clock


def idle_of(desk: Driver) -> Idle:
    assert desk.desk.lock is not None
    return desk.desk.lock.idle


def visible_texts(desk: Driver) -> str:
    window = desk.desk.window
    found = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    return " ".join(
        [*found, *(one.text() for one in window.findChildren(QLineEdit) if one.isVisible())]
    )


def page_of(desk: Driver) -> Any:
    assert desk.desk.lock is not None
    return desk.desk.lock.page


async def test_after_ten_minutes_the_window_is_covered(desk: Driver, clock: Clock) -> None:
    window = desk.desk.window
    assert window.menuBar().isVisible()
    idle_of(desk).look()
    assert page_of(desk) is None
    clock.pass_(599)
    idle_of(desk).look()
    assert page_of(desk) is None
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)  # somebody is there
    clock.pass_(599)
    idle_of(desk).look()
    assert page_of(desk) is None
    clock.pass_(2)
    idle_of(desk).look()
    assert page_of(desk).isVisible()
    assert not desk.panel.isVisible()
    assert not window.menuBar().isVisible()
    assert not window.statusBar().isVisible()


async def test_a_computer_that_slept_was_idle(desk: Driver, clock: Clock) -> None:
    clock.wall += 3_600  # the other clock stands still during sleep
    idle_of(desk).look()
    assert page_of(desk) is not None


async def test_nothing_typed_is_lost_behind_it_and_the_right_passphrase_opens(
    desk: Driver, clock: Clock
) -> None:
    await desk.open(desk.table.row_at(0).id)
    desk.type("summary", "He will call back CANARY")
    clock.pass_(700)
    idle_of(desk).look()
    page: Any = page_of(desk)
    assert "CANARY" not in visible_texts(desk)
    draft = desk.store.drafts.get(desk.table.row_at(0).id)
    assert draft is not None
    assert "CANARY" in str(draft.patch.changes)
    assert page.password.hasFocus()
    QTest.keyClicks(page.password, "not this")
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    await until(lambda: page.banner.words)
    assert page_of(desk) is page
    assert page.password.text() == ""
    QTest.keyClicks(page.password, "for tests")
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    await until(lambda: page_of(desk) is None)
    assert desk.text("summary") == "He will call back CANARY"
    assert desk.editor.isVisible()
    assert desk.desk.window.menuBar().isVisible()


@pytest.mark.parametrize("where", ["list", "notes"])
async def test_the_keyboard_comes_back_to_where_it_was(desk: Driver, where: str) -> None:
    await desk.open(str(desk.sandbox.some(type="call", status="deal_not_found")["id"]))
    place = desk.panel.view if where == "list" else desk.field("notes")
    place.setFocus()
    desk.press(Qt.Key.Key_L, CONTROL | SHIFT)
    page = desk.desk.lock.page  # type: ignore[union-attr]
    assert page is not None and page.password.hasFocus()
    QTest.keyClicks(page.password, "for tests")
    desk.press(Qt.Key.Key_Return)
    await until(lambda: not desk.desk.lock.is_locked)  # type: ignore[union-attr]
    assert desk.desk.window.focusWidget() is place


async def test_no_key_leads_past_it(desk: Driver) -> None:
    window = desk.desk.window
    desk.press(Qt.Key.Key_L, CONTROL | SHIFT)
    assert page_of(desk) is not None
    for action in window.actions_.everything():
        if action.objectName() not in ("quit", "about"):
            assert not action.isEnabled(), action.text()
    for key in (Qt.Key.Key_K, Qt.Key.Key_O, Qt.Key.Key_1, Qt.Key.Key_Comma):
        desk.press(key, CONTROL)
    desk.press(Qt.Key.Key_F1)
    desk.press(Qt.Key.Key_Escape)
    assert page_of(desk).isVisible()
    assert not [
        w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
    ]


async def test_dialogs_are_covered_too_and_come_back(desk: Driver) -> None:
    desk.form_desk.ask_settings()
    dialog = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
    )
    modality = dialog.windowModality()
    desk.desk.lock.lock()  # type: ignore[union-attr]
    assert not dialog.isVisible()
    desk.desk.lock.unlock()  # type: ignore[union-attr]
    assert dialog.isVisible()
    assert dialog.windowModality() == modality
    dialog.reject()


async def test_a_call_that_comes_in_meanwhile_waits_behind_it(desk: Driver) -> None:
    desk.desk.lock.lock()  # type: ignore[union-attr]
    wanted = desk.sandbox.some(type="call")["id"]
    desk.desk.take_pop({"followup_id": wanted, "call_id": "late"})
    desk.press(Qt.Key.Key_F4)
    assert desk.session.followup_id != wanted
    desk.desk.window.back_to_desk()
    assert page_of(desk).isVisible()
    desk.desk.lock.unlock()  # type: ignore[union-attr]
    desk.press(Qt.Key.Key_F4)
    assert desk.session.followup_id == wanted
    assert desk.session.value("call_id") == "late"


async def test_a_restart_does_not_uncover(start: Start) -> None:
    first = await start()
    first.desk.lock.lock()
    await first.desk.stop()
    second: Driver = await start(loaded=False, typed=True)
    page: Any = page_of(second)
    assert page is not None
    assert page.isVisible()
    await until(lambda: second.desk.form_desk is not None)
    assert not second.panel.isVisible()
    QTest.keyClicks(page.password, "for tests")
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    await until(lambda: second.panel.isVisible())
    await second.desk.stop()
    third = await start(loaded=False)
    assert page_of(third) is None


async def test_never_is_never(desk: Driver, clock: Clock) -> None:
    desk.preferences.keep(type(desk.preferences.settings)(idle_lock_minutes=0, sign_out_hours=1))
    clock.pass_(3_000)
    idle_of(desk).look()
    assert page_of(desk) is None


@pytest.mark.parametrize(
    ("way", "passphrase", "checks_passwords", "asked"),
    [
        (SignInMethod.BROWSER, "x", True, Proof.PASSPHRASE),
        (SignInMethod.BROWSER, "", True, Proof.PASSWORD),
        (SignInMethod.BROWSER, "", False, Proof.BROWSER),
        (SignInMethod.ENVIRONMENT, "x", True, Proof.PASSPHRASE),
        (SignInMethod.ENVIRONMENT, "", True, Proof.PASSWORD),
        (SignInMethod.ENVIRONMENT, "", False, Proof.NOTHING),
        (SignInMethod.SANDBOX, "", True, Proof.NOTHING),
        (SignInMethod.SANDBOX, "x", True, Proof.NOTHING),
    ],
)
async def test_what_is_asked_for(
    desk: Driver,
    monkeypatch: pytest.MonkeyPatch,
    way: SignInMethod,
    passphrase: str,
    checks_passwords: bool,
    asked: Proof,
) -> None:
    desk.desk._store_opener._typed = passphrase
    monkeypatch.setattr(lock, "can_check_passwords", lambda: checks_passwords)
    desk.desk.account = Account(way, "https://example.org", "an id")
    assert desk.desk.lock is not None
    assert desk.desk.lock.wanted() is asked


async def test_after_hours_the_sign_in_is_forgotten(desk: Driver, clock: Clock) -> None:
    told = []
    desk.desk.lock.signed_out.connect(lambda: told.append(1))  # type: ignore[union-attr]
    clock.pass_(8 * 3_600 + 1)
    idle_of(desk).look()
    idle_of(desk).look()
    assert told == [1]


async def test_a_window_that_is_opened_later_is_watched(desk: Driver, clock: Clock) -> None:
    dialog = QDialog(desk.desk.window)
    dialog.show()
    dialog.activateWindow()
    await until(lambda: QGuiApplication.focusWindow() is dialog.windowHandle())
    clock.pass_(590)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
    clock.pass_(590)
    idle_of(desk).look()
    assert page_of(desk) is None
    dialog.deleteLater()


async def test_a_support_bundle_has_the_log_and_no_debtor(desk: Driver, tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "agent-app.log").write_text("a line\n")
    await desk.open(desk.table.row_at(0).id)
    desk.type("notes", "CANARY owes much")
    desk.session.keep_draft()
    desk.desk._on_support_wanted()
    dialog = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
    )
    dialog.reject()
    file = tmp_path / "bundle.zip"
    support = desk.desk._support
    assert support is not None
    await support.make(file)
    with zipfile.ZipFile(file) as packed:
        assert sorted(packed.namelist()) == ["README.txt", "log/agent-app.log", "report.json"]
        report = json.loads(packed.read("report.json"))
        whole = b"".join(packed.read(name) for name in packed.namelist())
    subjects = {one["subject"]: one for one in report["findings"]}
    known = desk.store.followups.count()
    assert f"{known} followups, 0 changes not sent, 1 drafts" in subjects["store"]["words"]
    assert b"CANARY" not in whole
    for secret in ("for tests", desk.sandbox.client_secret, desk.table.row_at(0).debtor):
        assert secret.encode() not in whole
    assert "bundle.zip" in desk.desk.window.notice.words


async def test_nobody_is_asked_for_a_passphrase_that_the_environment_gave(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kiosk's agents were never told it."""
    monkeypatch.setattr(lock, "can_check_passwords", lambda: True)
    kiosk = await start()
    assert kiosk.store.on_disk
    assert kiosk.desk.lock.wanted() is Proof.PASSWORD


async def test_guesses_slow_down_and_a_restart_forgets_none(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "FIRST_S", 60.0)
    desk: Any = await start(typed=True)
    desk.desk.lock.lock()
    page: Any = page_of(desk)
    for number in range(guesses.FREE + 1):
        QTest.keyClicks(page.password, f"guess {number}")
        QTest.keyClick(page.password, Qt.Key.Key_Return)
        await until(lambda: not page.password.text())
    await until(lambda: "Please wait 60 s" in page.banner.words)
    assert not page.password.isEnabled()
    page.password_given.emit("for tests")  # not even the right one
    await desk.desk.stop()
    again: Driver = await start(loaded=False, typed=True)
    page = page_of(again)
    await until(lambda: "Please wait" in page.banner.words)
    assert not page.password.isEnabled()


async def test_after_the_wait_the_right_one_opens(
    desk: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "FIRST_S", 0.05)
    lock_: Any = desk.desk.lock
    for _ in range(guesses.FREE + 1):
        lock_._guesses.note_wrong()
    lock_.lock()
    page: Any = page_of(desk)
    await until(lambda: page.password.isEnabled())
    QTest.keyClicks(page.password, "for tests")
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    await until(lambda: page_of(desk) is None)
    assert lock_._guesses.wait_s() == 0


async def test_a_look_at_the_sandbox_uncovers_nobody_else(desk: Driver) -> None:
    assert desk.desk.lock is not None
    window, account = desk.desk.window, desk.desk.account
    assert account is not None
    desk.desk.lock.lock()
    assert window.was_covered(account.name)
    await desk.desk.stop()
    window._cover._page = None  # as after a start with --sandbox
    window._cover.put(QLabel(), "sandbox")
    window._cover.remove()
    assert window.was_covered(account.name)
    assert not window.was_covered("sandbox")


async def test_a_reminder_that_comes_while_covered_names_nobody(desk: Driver) -> None:
    due = desk.sandbox.some(type="call", status="scheduled")
    reminders: Any = desk.form_desk.reminders
    assert desk.desk.lock is not None
    desk.desk.lock.lock()
    at = desk.store.followups.get(due["id"]).scheduled_at
    reminders._on_due([DueCall(due["id"], due["debt_id"], at)])
    strip = desk.desk.window.reminder
    debtor = desk.store.debts.get(due["debt_id"]).debtor
    assert debtor
    assert strip.words
    assert debtor not in strip.words
    desk.desk.lock.unlock()
    assert debtor in strip.words
    desk.desk.lock.lock()
    assert debtor not in strip.words


async def test_the_lock_asks_for_the_account_that_runs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "somebody-else")
    monkeypatch.setenv("USER", "somebody-else")
    assert proof.own_name() == pwd.getpwuid(os.getuid()).pw_name
