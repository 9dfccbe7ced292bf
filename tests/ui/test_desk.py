"""The desk around the main job: signing in, themes, languages, what is remembered and logged."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from agent_app.app import store_opener
from agent_app.app.desktop import Desktop
from agent_app.config import layers as settings_file
from agent_app.config.account import Account, SignInMethod
from agent_app.config.layers import Configuration
from agent_app.domain.errors import StoreFull
from agent_app.domain.settings import Settings
from agent_app.features import sign_in
from agent_app.store.database import Key
from agent_app.store.examining import is_sound
from agent_app.system.language import set_language
from agent_app.system.logs import start_log
from agent_app.system.paths import resources
from agent_app.ui.signin.passphrase_dialog import PassphraseDialog
from agent_app.ui.widgets.banner import Banner
from agent_app.ui.widgets.mnemonics import letters_of
from tests.sandbox import RunningSandbox
from tests.scripts import run_script
from tests.ui.conftest import Driver, Start
from tests.unit.api.test_browser import Browser, NoBrowser
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_an_empty_store_asks_the_server_before_it_makes_the_form(start: Start) -> None:
    desk = await start(loaded=False)
    assert desk.table.rowCount() > 0
    assert desk.editor.isVisible()


async def test_a_server_that_takes_its_time_keeps_nobody_from_the_form(
    start: Start, sandbox: RunningSandbox
) -> None:
    sandbox.fault("GET */followups delay=5")
    desk = await start(loaded=False)
    assert desk.table.rowCount() == 0
    assert desk.editor.isVisible()


@pytest.mark.parametrize(("role", "reports"), [("agent", False), ("supervisor", True)])
async def test_signing_in_with_the_browser(
    start: Start,
    sandbox: RunningSandbox,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    role: str,
    reports: bool,
) -> None:
    desk = await start()
    browser = Browser(role)
    monkeypatch.setattr(sign_in, "open_in_browser", browser.open)
    desk.desk.window.sign_in_wanted.emit()
    page = desk.desk.window.sign_in_page
    assert page.isVisible()
    page._server.setText(sandbox.server + "/")
    page._client.setText(sandbox.client_id)
    page._go.click()
    await until(lambda: desk.desk.account and desk.desk.account.way is SignInMethod.BROWSER)
    await browser.done()
    await desk.loaded()
    await until(lambda: desk.desk.status.state.connection == "online")
    scopes = desk.desk.status.state.scopes
    assert scopes is not None
    assert ("reports:read" in scopes) == reports
    assert settings_file.configure(tmp_path, environment={}).settings.server == sandbox.server
    text = (tmp_path / "settings.toml").read_text()
    assert "token" not in text


def _says(banner: Banner, words: str) -> bool:
    return words in banner.words


async def test_a_sign_in_that_is_refused_or_given_up(
    start: Start, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await start()
    page = desk.desk.window.sign_in_page
    desk.desk.window.sign_in_wanted.emit()
    for server, words in (
        ("http://example.org", "must begin with https://"),
        ("nonsense", "must begin with https://"),
        (sandbox.server, "client ID is missing"),
    ):
        page._server.setText(server)
        page._client.setText("")
        page._go.click()
        await until(partial(_says, page.banner, words))
    page._client.setText(sandbox.client_id)
    nobody = Browser("nobody")
    monkeypatch.setattr(sign_in, "open_in_browser", nobody.open)
    page._go.click()
    await until(lambda: "was cancelled" in page.banner.words)
    await nobody.done()
    assert "was cancelled" in nobody.pages[0][1]
    monkeypatch.setattr(sign_in, "open_in_browser", NoBrowser("").open)
    page._go.click()
    await until(lambda: "No browser opened" in page.banner.words)
    assert page.link.isVisible()
    assert page.link._link.text().startswith(f"{sandbox.server}/authorize?")
    page._cancel.click()
    await until(page._go.isEnabled)
    assert page.banner.words == ""
    assert desk.desk.store is not None


async def test_without_a_keyring_the_window_says_what_that_means(
    qapp: QApplication, sandbox: RunningSandbox, tmp_path: Path
) -> None:
    desk = Desktop(qapp, tmp_path, Configuration(Settings(language="en")))
    account = Account(
        SignInMethod.ENVIRONMENT, sandbox.server, sandbox.client_id, sandbox.client_secret
    )
    await desk.start(account)
    try:
        assert "nothing is written to disk" in desk.window.notice.words
        assert list(tmp_path.glob("*.store*")) == []
        await until(lambda: desk.store is not None and desk.store.followups.count() > 0)
        followup_id = sandbox.some(type="call")["id"]
        assert desk.session is not None
        desk.session.open(followup_id)
        desk.session.set("summary", "typed before there was a disk")
        desk.window.notice._button.click()
        (dialog,) = desk.window.findChildren(PassphraseDialog)
        dialog._first.setText("long enough")
        dialog._again.setText("long enougg")
        dialog._on_accept()
        assert "not the same" in dialog._problem.text()
        dialog._again.setText("long enough")
        dialog._on_accept()
        await until(lambda: list(tmp_path.glob("*.store")))
        await until(lambda: desk.store is not None and desk.store.on_disk)
        await until(lambda: desk.session is not None and desk.status.state.last_refresh)
        assert desk.window.notice.words == ""
        desk.session.open(followup_id)
        assert desk.session.value("summary") == "typed before there was a disk"
        desk.session.discard()
    finally:
        await desk.stop()


def asking(desk: Desktop) -> list[PassphraseDialog]:
    return [d for d in desk.window.findChildren(PassphraseDialog) if not d.isHidden()]


def answer(desk: Desktop, words: str) -> None:
    dialog = asking(desk)[-1]
    dialog._first.setText(words)
    dialog._on_accept()


async def test_without_a_keyring_the_passphrase_is_asked_for_again(
    qapp: QApplication,
    sandbox: RunningSandbox,
    tmp_path: Path,
    start: Start,
) -> None:
    first = await start()
    await first.desk.stop()
    desk = Desktop(qapp, tmp_path, Configuration(Settings(language="en")))
    account = Account(
        SignInMethod.ENVIRONMENT, sandbox.server, sandbox.client_id, sandbox.client_secret
    )
    await desk.start(account)
    try:
        assert desk.store is None
        answer(desk, "wrong one")
        await until(lambda: any(d._problem.text() for d in asking(desk)))
        answer(desk, "for tests")
        await until(lambda: desk.store is not None)
        assert desk.store is not None
        assert desk.store.followups.count() > 0
    finally:
        await desk.stop()


async def test_a_disk_that_refuses_is_said_and_the_text_stays(
    desk: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.open(desk.sandbox.some(type="call")["id"])
    desk.type("summary", "typed on a full disk")

    def refuse(*_: object) -> None:
        raise StoreFull("the file cannot be written (FullError)")

    monkeypatch.setattr(desk.store, "save", refuse)
    desk.save()
    assert "The disk is full" in desk.editor.banner.words
    assert desk.text("summary") == "typed on a full disk"
    monkeypatch.undo()
    desk.save()
    await desk.saved()


async def test_a_store_that_does_not_open_is_said_and_left_alone(
    start: Start, tmp_path: Path
) -> None:
    desk = await start()
    await desk.desk.stop()
    (file,) = tmp_path.glob("*.store")
    (tmp_path / f"{file.name}.key-check").unlink()  # so that nobody can tell: key or damage?
    file.write_bytes(b"damaged" * 1000)
    again = await start(loaded=False)
    assert "cannot be opened" in again.desk.window._waiting_words.text()
    assert file.read_bytes() == b"damaged" * 1000


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("place", [0.0, 0.35, 0.5, 0.8])
async def test_a_damaged_store_is_set_aside_and_what_was_unsent_lives_on(
    start: Start,
    sandbox: RunningSandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: float,
) -> None:
    """Wherever the damage is: in what the first screen shows, or where only the check looks."""
    real = Desktop.start

    async def as_in_a_real_run(self: Desktop, *values: Any) -> None:
        monkeypatch.setattr(sys, "excepthook", self.on_mistake)  # as `desktop.py` does
        await real(self, *values)

    monkeypatch.setattr(Desktop, "start", as_in_a_real_run)
    first = await start()
    followup_id = sandbox.some(type="call", status="no_answer")["id"]
    await first.open(followup_id)
    sandbox.fault("PUT * status=503")
    words = f"unsent when the disk went bad at {place}"
    first.type("summary", words)
    first.save()
    await until(lambda: first.session.progress == "waiting")
    await first.desk.stop()
    sandbox.no_faults()
    (file,) = tmp_path.glob("*.store")
    sound = file.read_bytes()
    key = Key(passphrase="for tests")
    # A page that is free holds no words, and nobody minds it: then the next one.
    for at in range(int(len(sound) * place), len(sound), 4096):
        data = bytearray(sound)
        data[at] ^= 0xFF
        file.write_bytes(data)
        if not await asyncio.to_thread(is_sound, file, key):
            break
    monkeypatch.setattr(store_opener, "CHECK_AFTER_S", 0.0)
    # A refresh writes pages anew, free ones first, and so may heal what nobody has looked at yet.
    sandbox.fault("* * status=503")
    again = await start(loaded=False)
    await until(lambda: "was damaged" in again.desk.window.notice.words)
    sandbox.no_faults()
    again.desk._refresh()
    await until(lambda: sandbox.followup(followup_id)["summary"] == words)
    (aside,) = tmp_path.glob("*.damaged-*[0-9]")
    assert aside.stat().st_size >= len(data)


async def test_the_sandbox_with_no_question_asked(qapp: QApplication, tmp_path: Path) -> None:
    desk = Desktop(qapp, tmp_path, Configuration(Settings(language="en")), sandbox_followups=40)
    desk.window.show()
    try:
        await desk.start(Account(SignInMethod.SANDBOX))
        await until(lambda: desk.store is not None and desk.store.followups.count() == 40)
        await until(lambda: desk.status.state.connection == "online")
        assert desk.window.banner.words == ""
        assert desk.window.notice.words == ""
    finally:
        await desk.stop()


async def test_the_theme_changes_and_is_kept(start: Start, tmp_path: Path) -> None:
    desk = await start()
    light = desk.desk.window.palette().window().color()
    desk.desk.window.choose_theme("dark")
    assert desk.desk.window.palette().window().color() != light
    assert settings_file.configure(tmp_path).settings.theme == "dark"
    desk.desk.window.choose_theme("light")
    assert desk.desk.window.palette().window().color() == light


async def test_the_windows_place_is_remembered(qapp: QApplication, start: Start) -> None:
    first = await start()
    first.desk.window.resize(910, 640)
    first.desk.window.close()
    await first.desk.stop()
    second = Desktop(qapp, first.desk._folder, Configuration())
    assert second.window.height() == 640  # the offscreen screen is too narrow for the width
    await second.stop()


async def test_a_mistake_of_ours_is_logged_and_said_without_a_traceback(
    desk: Driver, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise KeyError("ours")
    except KeyError as error:
        desk.desk.on_mistake(KeyError, error, error.__traceback__)
    assert "went wrong in the program" in desk.desk.window.notice.words
    assert "Traceback" not in desk.desk.window.notice.words
    assert "KeyError" in caplog.text


async def test_nothing_of_a_token_or_a_debtor_reaches_the_log(
    start: Start, sandbox: RunningSandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    start_log(tmp_path)
    desk = await start()
    wanted = sandbox.some(type="call", status="no_answer")
    sandbox.put(wanted["id"], notes="CANARY-note")
    await desk.open(wanted["id"])
    for fault in ("PUT * status=500", "PUT * html", "GET * drop=after", "GET * wrong-types"):
        sandbox.fault(fault, count=1)
    desk.type("summary", "CANARY-summary")
    desk.save()
    desk.desk.window.refresh.emit()
    await until(lambda: desk.desk.status.state.waiting == 0)
    token = desk.desk.engine._client._tokens._token
    assert token is not None
    debt = desk.store.debts.get(wanted["debt_id"])
    secrets = ["CANARY", token.access, sandbox.client_secret, debt.lastname or "?none"]
    logged = caplog.text + (tmp_path / "log" / "agent-app.log").read_text()
    assert [one for one in secrets if one in logged] == []


@contextlib.contextmanager
def language(app: QApplication, choice: str) -> Iterator[None]:
    before = set(app.findChildren(QTranslator))
    set_language(app, resources(), choice)
    try:
        yield
    finally:
        for one in set(app.findChildren(QTranslator)) - before:
            app.removeTranslator(one)
            one.deleteLater()
        QLocale.setDefault(QLocale("en_GB"))


@pytest.mark.parametrize("choice", ["en", "fr"])
async def test_alt_leads_to_one_place_only(qapp: QApplication, start: Start, choice: str) -> None:
    with language(qapp, choice):
        desk = await start()
        await desk.open(desk.sandbox.some(type="call")["id"])
        texts = [action.text() for action in desk.desk.window.menuBar().actions()]
        texts += [w.text() for w in desk.editor.findChildren(QPushButton) if w.isVisible()]
        texts += [w.text() for w in desk.editor.findChildren(QLabel) if w.buddy()]
        letters = letters_of(texts).casefold()
        assert len(letters) == len(set(letters)), sorted(letters)
        assert len(letters) >= 15


async def test_french_is_complete_and_follows_the_locale(qapp: QApplication, start: Start) -> None:
    with language(qapp, "fr"):
        desk = await start()
        await desk.open(desk.sandbox.some(type="call", status="no_answer")["id"])
        assert desk.text("status") == "Sans réponse"
        assert desk.desk.window.list_panel.view.accessibleName() == "Relances"
        desk.type("call_date", "25/12/2025 9:05")
        assert "call_date" in desk.session.changed
        assert not desk.session.errors("call_date")
        desk.session.discard()
    assert QCoreApplication.translate("Field", "Status") == "Status"


async def test_nothing_is_left_running_after_the_end(start: Start) -> None:
    desk = await start()
    await desk.desk.stop()
    ours = {"push", "pull", "opened"}
    assert not ours & {task.get_name() for task in asyncio.all_tasks()}


def test_the_style_is_the_same_on_every_system() -> None:
    """In a process of its own: here the style sheet's style is around it."""
    script = """
from agent_app.app.run import application
from agent_app.domain.settings import Settings
print(application(Settings(language="en")).style().name())
"""
    environment = {**os.environ, "QT_STYLE_OVERRIDE": "windows"}
    assert run_script(script, env=environment).strip() == "fusion"
