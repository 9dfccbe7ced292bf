"""Signing in and out in the real window, with a browser that does what a person does."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from agent_app.app.desktop import Desktop
from agent_app.config.account import Account, SignInMethod
from agent_app.config.layers import Configuration
from agent_app.domain.settings import Settings
from agent_app.domain.views import View
from agent_app.features import sign_in
from agent_app.system.secrets import Keyring
from agent_app.system.web_browser import OpenedBrowser
from agent_app.ui.signin.sign_out_dialog import SignOutDialog
from agent_app.ui.widgets.mnemonics import letters_of
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Driver
from tests.unit.api.test_browser import Browser, NoBrowser
from tests.waiting import until

pytestmark = pytest.mark.anyio


class HeldKeyring(Keyring):
    """A keyring in memory. While it is `locked` it asks its owner, and whoever calls waits."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}
        self.open = threading.Event()
        self.open.set()
        self.asked = threading.Event()

    def get(self, name: str) -> str | None:
        self._ask()
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self._ask()
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self._ask()
        self.kept.pop(name, None)

    def _ask(self) -> None:
        self.asked.set()
        self.open.wait(20)

    def named(self, kind: str) -> list[str]:
        return [secret for name, secret in self.kept.items() if name.startswith(f"{kind}/")]


Begin = Callable[..., Awaitable[Desktop]]


@pytest.fixture
async def keyring() -> AsyncIterator[HeldKeyring]:
    keyring = HeldKeyring()
    yield keyring
    keyring.open.set()


@pytest.fixture
async def begin(
    qapp: QApplication, sandbox: RunningSandbox, tmp_path: Path, keyring: HeldKeyring
) -> AsyncIterator[Begin]:
    """Opens a desk whose server is the sandbox, to be signed in to by browser."""
    async with contextlib.AsyncExitStack() as stack:

        async def one(**more: Any) -> Desktop:
            given: dict[str, Any] = {"server": sandbox.server, "client_id": sandbox.client_id}
            settings = Settings(language="en", **(given | more))
            desk = Desktop(qapp, tmp_path, Configuration(settings))
            desk._keyring = desk._connection._keyring = desk._store_opener._keyring = keyring
            stack.push_async_callback(desk.stop)
            desk.window.setWindowState(Qt.WindowState.WindowNoState)
            desk.window.resize(1366, 768)
            desk.window.show()
            desk.window.activateWindow()
            await desk.start(Account(SignInMethod.BROWSER, settings.server, settings.client_id))
            return desk

        yield one


def state(desk: Desktop) -> str:
    return str(desk.status.state.connection)


async def signed_in(desk: Desktop, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "open_in_browser", browser.open)
    desk.window.sign_in_wanted.emit()
    await until(lambda: browser.opened)
    await browser.done()
    await until(lambda: state(desk) == "online" and desk.status.state.last_refresh)


def signed_out(desk: Desktop, *, remove: bool = False) -> None:
    """Sign out, as a person does: the action, then the question."""
    desk.window.actions_["sign_out"].trigger()
    (dialog,) = desk.window.findChildren(SignOutDialog)
    dialog.remove.setChecked(remove)
    dialog.go.click()


def page_words(desk: Desktop) -> str:
    return desk.window.sign_in_page.banner.words


async def test_a_first_start_asks_to_sign_in_and_worries_nobody(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    await until(lambda: state(desk) == "signed_out")
    assert desk.window.banner.words == "Sign in to see your followups."
    await signed_in(desk, Browser("agent"), monkeypatch)
    assert desk.window.banner.words == ""


async def test_what_was_saved_while_signed_out_leaves_at_once_after_signing_in(
    begin: Begin, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    await signed_in(desk, Browser("agent"), monkeypatch)
    sandbox.expire(refresh=True)
    wanted = sandbox.some(type="call", status="deal_not_found")["id"]
    driver = Driver(desk, sandbox)
    desk.window.choose_view(View.ALL)
    await driver.open(wanted)
    sandbox.forget_requests()
    driver.type("summary", "saved while nobody was signed in")
    driver.save()
    await until(lambda: state(desk) == "signed_out" and desk.status.state.waiting)
    assert "Your sign-in has ended" in desk.window.banner.words
    assert {seen["code"] for seen in sandbox.requests("PUT")} <= {401}
    sandbox.forget_requests()
    await signed_in(desk, Browser("agent"), monkeypatch)
    await until(lambda: not desk.status.state.waiting)
    assert sandbox.puts() == [{"summary": "saved while nobody was signed in"}]


async def test_fewer_permissions_are_asked_for_and_the_page_says_so(
    begin: Begin, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.set(scopes="followups:read followups:write debts:read", strict_scopes=True)
    said: list[str] = []
    original = sign_in._Guide.sent_on

    def sent_on(self: Any, address: str) -> None:
        original(self, address)
        said.append(self._page.banner.words)

    monkeypatch.setattr(sign_in._Guide, "sent_on", sent_on)
    desk = await begin()
    browser = Browser("agent")
    await signed_in(desk, browser, monkeypatch)
    assert len(browser.opened) == 1
    assert len(said) == 3  # each of the choices but the last
    assert "Your browser asks for less now" in said[0]
    assert desk.status.state.scopes == frozenset(
        ("followups:read", "followups:write", "debts:read")
    )


async def test_a_secret_is_typed_once_and_kept_in_the_keyring_alone(
    begin: Begin,
    sandbox: RunningSandbox,
    keyring: HeldKeyring,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sandbox.set(wants_secret=True)
    desk = await begin()
    browser = Browser("agent")
    monkeypatch.setattr(sign_in, "open_in_browser", browser.open)
    desk.window.sign_in_wanted.emit()
    page = desk.window.sign_in_page
    await until(lambda: "client ID or its secret" in page_words(desk))
    assert "For your administrator: invalid_client: Wrong client id" in page_words(desk)
    await browser.done()
    assert "client ID or its secret" in browser.pages[-1][1]
    page._more.click()
    assert page._secret.hasFocus()
    QTest.keyClicks(page._secret, sandbox.client_secret)
    QTest.keyClick(page._secret, Qt.Key.Key_Return)
    await until(lambda: state(desk) == "online")
    await browser.done()
    assert keyring.named("client-secret") == [sandbox.client_secret]
    assert page._secret.text() == ""
    sandbox.expire()  # a renewal gives it too
    assert desk.engine is not None
    desk.engine.refresh()
    before = desk.status.state.last_refresh
    await until(lambda: desk.status.state.last_refresh != before)
    assert state(desk) == "online"
    await desk.stop()
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert files
    assert not any(sandbox.client_secret.encode() in file.read_bytes() for file in files)


async def test_a_secret_of_the_settings_is_used_and_not_kept(
    begin: Begin,
    sandbox: RunningSandbox,
    keyring: HeldKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sandbox.set(wants_secret=True)
    desk = await begin(client_secret=sandbox.client_secret)
    await signed_in(desk, Browser("agent"), monkeypatch)
    assert keyring.named("client-secret") == []


async def test_a_browser_that_fails_is_said_at_once_and_the_link_works_by_hand(
    begin: Begin, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text("#!/bin/sh\nexit 4\n")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(opener.parent), prepend=":")
    desk = await begin()
    desk.window.sign_in_wanted.emit()
    page = desk.window.sign_in_page
    await until(lambda: page.link.isVisible())
    await until(lambda: "No browser opened. Copy this link" in page_words(desk))
    page.link._copy.click()
    address = QApplication.clipboard().text()
    assert address.startswith(f"{sandbox.server}/authorize?")
    by_hand = Browser("agent")
    by_hand.open(address)
    await until(lambda: state(desk) == "online")
    await by_hand.done()


async def test_nobody_comes_back(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    from agent_app.api import browser

    monkeypatch.setattr(browser.sign_in, "__kwdefaults__", {"patience_s": 0.3})
    monkeypatch.setattr(sign_in, "open_in_browser", lambda _: OpenedBrowser(opened=True))
    desk = await begin()
    desk.window.sign_in_wanted.emit()
    page = desk.window.sign_in_page
    await until(lambda: "Nobody signed in within 5 minutes" in page_words(desk))
    assert not page.link.isVisible()
    assert page._go.hasFocus()


async def test_what_the_server_says_reaches_the_administrator(
    begin: Begin,
    sandbox: RunningSandbox,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sandbox.set(authorize_error="invalid_request nonce is <b>required</b>")
    desk = await begin()
    browser = Browser("agent")
    monkeypatch.setattr(sign_in, "open_in_browser", browser.open)
    desk.window.sign_in_wanted.emit()
    await until(lambda: "nonce is <b>required</b>" in page_words(desk))
    await browser.done()
    assert "nonce is &lt;b&gt;required" in browser.pages[0][1]
    assert "invalid_request: nonce is" in caplog.text
    assert "code_challenge" not in caplog.text


async def test_a_server_that_gives_no_refresh_token_is_worked_with_and_said(
    begin: Begin,
    sandbox: RunningSandbox,
    keyring: HeldKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sandbox.set(gives_refresh=False)
    desk = await begin()
    await signed_in(desk, Browser("agent"), monkeypatch)
    assert "sign in again in 60 min" in desk.window.statusBar().currentMessage()
    assert keyring.named("refresh") == []


async def test_signing_out_while_the_keyring_asks_is_not_undone(
    begin: Begin, keyring: HeldKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    await signed_in(desk, Browser("agent"), monkeypatch)
    account = desk.account
    assert account is not None
    keyring.open.clear()
    keyring.asked.clear()
    opening = asyncio.ensure_future(desk.start(account))
    await until(keyring.asked.is_set)
    signed_out(desk)
    await until(lambda: desk.window.sign_in_page.isVisible())
    keyring.open.set()
    await opening
    await until(lambda: not keyring.named("refresh"))
    assert desk.window.sign_in_page.isVisible()
    assert desk.store is None
    assert desk.engine is None


async def test_signing_out_where_there_is_no_sync_forgets_as_well(
    begin: Begin, keyring: HeldKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    await signed_in(desk, Browser("agent"), monkeypatch)
    assert len(keyring.named("refresh")) == 1
    account = desk.account
    assert account is not None
    desk.preferences.configuration = Configuration(
        Settings(language="en", ca_bundle=str(Path(__file__))), {}, {}
    )
    await desk.start(Account(SignInMethod.BROWSER, "https://api.example", account.client_id))
    elsewhere = desk.account
    assert elsewhere is not None
    keyring.kept[f"refresh/{elsewhere.name}"] = "of a sync that never was"
    assert desk.engine is None
    signed_out(desk)
    await until(lambda: desk.window.sign_in_page.isVisible())
    await until(lambda: f"refresh/{elsewhere.name}" not in keyring.kept)


async def test_quitting_during_a_renewal_keeps_the_sign_in(
    begin: Begin,
    sandbox: RunningSandbox,
    keyring: HeldKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = await begin()
    await signed_in(desk, Browser("agent"), monkeypatch)
    sandbox.expire()
    (before,) = keyring.named("refresh")
    sandbox.forget_requests()
    sandbox.fault("POST /token delay=0.4", count=1)
    assert desk.engine is not None
    desk.engine.refresh()
    await until(lambda: desk.engine and desk.engine._client._tokens._grant.is_spending)
    await desk.stop()
    (after,) = keyring.named("refresh")
    assert after != before
    assert "access_token" in sandbox.token(
        grant_type="refresh_token", client_id=sandbox.client_id, refresh_token=after
    )


async def test_a_covered_window_offers_the_link_too(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    await signed_in(desk, Browser("agent"), monkeypatch)
    monkeypatch.setattr(sign_in, "open_in_browser", NoBrowser("agent").open)
    assert desk.lock is not None
    monkeypatch.setattr("agent_app.features.lock.can_check_passwords", lambda: False)
    desk.lock.lock()
    page = desk.lock.page
    assert page is not None
    page.browser_wanted.emit()
    await until(lambda: page.link.isVisible())
    by_hand = Browser("agent")
    by_hand.open(page.link._link.text())
    await until(lambda: desk.lock and not desk.lock.is_locked)
    await by_hand.done()


async def test_each_key_of_the_page_means_one_thing_and_the_focus_gives_up_nothing(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "open_in_browser", lambda _: OpenedBrowser(opened=True))
    desk = await begin()
    desk.window.sign_in_wanted.emit()
    page = desk.window.sign_in_page
    await until(lambda: page.link.isVisible())
    assert QApplication.focusWidget() is page.link._copy
    page.set_may_go_back(True)
    texts = [action.text() for action in desk.window.menuBar().actions()]
    texts += [one.text() for one in page.findChildren(QPushButton)]
    texts += [one.text() for one in page.findChildren(QLabel) if one.buddy()]
    letters = letters_of(texts).casefold()
    assert len(letters) == len(set(letters)), sorted(letters)
    QTest.keyClick(page.link._copy, Qt.Key.Key_Space)
    assert QApplication.clipboard().text() == page.link._link.text()
    assert page.link._copy.text() == "Copied"
    page._cancel.click()
    assert not page.link.isVisible()
    assert QApplication.focusWidget() is page._go
