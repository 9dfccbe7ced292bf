"""Several people at one computer: nobody sees, sends or uncovers what is another's."""

import contextlib
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from agent_app.app.desktop import Desktop
from agent_app.config.account import Account, SignInMethod
from agent_app.config.layers import Configuration
from agent_app.config.people import FILE, People
from agent_app.domain.settings import Settings
from agent_app.domain.views import View
from agent_app.features import sign_in
from agent_app.system.web_browser import OpenedBrowser
from agent_app.ui.signin.person_dialog import PersonDialog
from agent_app.ui.signin.sign_out_dialog import SignOutDialog
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Driver
from tests.ui.test_signing_in import HeldKeyring, page_words, signed_in, signed_out, state
from tests.unit.api.test_browser import Browser
from tests.waiting import until

pytestmark = pytest.mark.anyio
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
    """Starts the program, as its command does: for who was here last."""
    async with contextlib.AsyncExitStack() as stack:

        async def one(**more: Any) -> Desktop:
            settings = Settings(
                language="en", server=sandbox.server, client_id=sandbox.client_id, **more
            )
            desk = Desktop(qapp, tmp_path, Configuration(settings))
            desk._keyring = desk._connection._keyring = desk._store_opener._keyring = keyring
            stack.push_async_callback(desk.stop)
            desk.window.setWindowState(Qt.WindowState.WindowNoState)
            desk.window.resize(1366, 768)
            desk.window.show()
            desk.window.activateWindow()
            account = Account(SignInMethod.BROWSER, settings.server, settings.client_id)
            await desk.start(People(tmp_path).resume(account))
            return desk

        yield one


def person(name: str) -> Browser:
    return Browser("agent", person=name)


def texts(desk: Desktop) -> str:
    return " ".join(one.text() for one in desk.window.findChildren(QLabel) if one.isVisible())


async def has_signed_out(desk: Desktop, *, remove: bool = False) -> None:
    signed_out(desk, remove=remove)
    await until(lambda: desk.window.sign_in_page.isVisible() and desk.store is None)
    await until(lambda: not desk._tasks._running)


@dataclass(frozen=True)
class Work:
    """What somebody left: a save that the server refused, and a draft."""

    saved_id: str
    typed_id: str
    saved: str
    typed: str


async def leave_work(desk: Desktop, sandbox: RunningSandbox) -> Work:
    """Save into one followup while the server refuses, and type into another."""
    first, second = sandbox.api("GET", "/followups?limit=50&type=call")[1]["data"][:2]
    word = uuid.uuid4().hex[:8]
    work = Work(first["id"], second["id"], f"CANARY saved {word}", f"CANARY typed {word}")
    driver = Driver(desk, sandbox)
    sandbox.fault("PUT * status=503")
    driver.panel.choose_view(View.ALL)
    await driver.open(work.saved_id)
    driver.type("summary", work.saved)
    driver.save()
    await until(lambda: desk.store is not None and sum(desk.store.outbox.counts()) == 1)
    await driver.open(work.typed_id)
    driver.type("summary", work.typed)
    desk._keep_draft()
    return work


# -- A and B


async def test_what_one_saved_never_leaves_in_anothers_name_and_drafts_are_not_shown(
    begin: Begin, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    await signed_in(desk, person("ada"), monkeypatch)
    work = await leave_work(desk, sandbox)
    await has_signed_out(desk)
    sandbox.no_faults()
    sandbox.forget_requests()

    await signed_in(desk, person("ben"), monkeypatch)
    assert desk.store is not None
    assert desk.store.outbox.entries() == []
    assert desk.store.drafts.ids() == []
    driver = Driver(desk, sandbox)
    driver.panel.choose_view(View.ALL)
    for one, words in ((work.saved_id, work.saved), (work.typed_id, work.typed)):
        await driver.open(one)
        assert driver.text("summary") != words
    desk.window.refresh.emit()
    await until(lambda: not desk.status.state.refreshing)
    assert sandbox.puts() == []
    assert "of Ada waits on this computer" in desk.window.notice.words

    await has_signed_out(desk)
    await signed_in(desk, person("ada"), monkeypatch)
    await until(lambda: not desk.status.state.waiting)
    assert sandbox.puts() == [{"summary": work.saved}]
    Driver(desk, sandbox).panel.choose_view(View.ALL)
    await Driver(desk, sandbox).open(work.typed_id)
    assert Driver(desk, sandbox).text("summary") == work.typed


async def test_a_restart_opens_the_desk_of_who_was_here_last(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    await signed_in(desk, person("ada"), monkeypatch)
    await has_signed_out(desk)
    await signed_in(desk, person("ben"), monkeypatch)
    ben = desk.account
    assert ben is not None
    assert ben.person
    await desk.stop()
    again = await begin()
    assert again.account == ben
    assert again.store is not None
    assert again.store.followups.count() > 0
    await until(lambda: state(again) == "online")


async def test_the_administrators_see_that_something_waits(
    begin: Begin, sandbox: RunningSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after a quit without signing out, and in a file that names no debtor."""
    desk = await begin()
    await signed_in(desk, person("ada"), monkeypatch)
    await leave_work(desk, sandbox)
    account = desk.account
    assert account is not None
    await desk.stop()
    (ada,) = People(tmp_path).of(account)
    assert (ada.name, ada.waiting, ada.drafts, ada.is_signed_out) == ("Ada", 1, 1, False)
    assert "CANARY" not in (tmp_path / FILE).read_text()
    assert "person-ada" not in (tmp_path / FILE).read_text()


# -- after a sign-out


async def test_after_a_sign_out_nothing_is_readable_without_signing_in(
    begin: Begin, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    await signed_in(desk, person("ada"), monkeypatch)
    assert desk.store is not None
    names = [
        str(row[0])
        for row in desk.store._database.read("select distinct debtor_key from followup")
        if row[0]
    ]
    await has_signed_out(desk)
    assert desk.window.list_panel is None
    assert desk.window.editor is None
    desk.window.sign_in_wanted.emit()
    assert desk.window.sign_in_page._back.isHidden()
    desk.window.sign_in_page.cancelled.emit()
    await desk.stop()

    again = await begin()
    assert again.window.sign_in_page.isVisible()
    assert again.store is None
    assert again.engine is None
    assert again.window.list_panel is None
    seen = texts(again).casefold()
    assert names
    assert not [name for name in names if name in seen]
    browser = person("ada")
    await signed_in(again, browser, monkeypatch)
    assert "prompt=login" in browser.opened[0]
    assert "max_age=0" in browser.opened[0]


async def test_a_first_sign_in_takes_what_the_browser_remembers(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    browser = person("ada")
    await signed_in(desk, browser, monkeypatch)
    assert "prompt" not in browser.opened[0]


async def test_signing_out_can_remove_the_local_data_and_its_key(
    begin: Begin, keyring: HeldKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    await signed_in(desk, person("ada"), monkeypatch)
    account = desk.account
    assert account is not None
    assert list(tmp_path.glob(f"{account.name}.store*"))
    await has_signed_out(desk, remove=True)
    assert "was removed" in page_words(desk)
    assert list(tmp_path.glob("*.store*")) == []
    assert keyring.named("store-key") == []
    assert keyring.named("refresh") == []
    assert People(tmp_path).of(account) == []
    await signed_in(desk, person("ada"), monkeypatch)  # a new one is made


async def test_what_is_not_sent_cannot_be_removed(
    begin: Begin, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    await signed_in(desk, person("ada"), monkeypatch)
    work = await leave_work(desk, sandbox)
    desk.window.actions_["sign_out"].trigger()
    (dialog,) = desk.window.findChildren(SignOutDialog)
    assert not dialog.remove.isEnabled()
    assert "not sent yet" in dialog.remove.accessibleDescription()
    dialog.reject()
    await desk._sign_outs.sign_out(remove=True)
    sandbox.no_faults()
    await signed_in(desk, person("ada"), monkeypatch)
    await until(lambda: not desk.status.state.waiting)
    assert sandbox.puts()[-1] == {"summary": work.saved}


async def test_signing_out_closes_what_is_open_over_the_window(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    await signed_in(desk, person("ada"), monkeypatch)
    assert desk.form_desk is not None
    desk.form_desk.ask_settings()
    await has_signed_out(desk)
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isModal()]


# -- where the server does not say who it is


def asked(desk: Desktop) -> PersonDialog | None:
    found = [one for one in desk.window.findChildren(PersonDialog) if not one.isHidden()]
    return found[0] if found else None


async def begins_to_sign_in(
    desk: Desktop, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> PersonDialog:
    monkeypatch.setattr(sign_in, "open_in_browser", browser.open)
    desk.window.sign_in_wanted.emit()
    await until(lambda: asked(desk) is not None)
    dialog = asked(desk)
    assert dialog is not None
    return dialog


async def test_a_server_that_names_nobody_has_the_person_asked(
    begin: Begin, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.set(names_people=False)
    desk = await begin(agent_name="Ada")
    await signed_in(desk, Browser("agent"), monkeypatch)  # the first one is asked nothing
    await leave_work(desk, sandbox)
    first = desk.account
    await has_signed_out(desk)
    sandbox.no_faults()
    sandbox.forget_requests()

    dialog = await begins_to_sign_in(desk, Browser("agent"), monkeypatch)
    assert [one.text() for one in dialog.buttons] == ["Ada"]
    assert desk.store is None
    assert "CANARY" not in texts(desk)
    dialog.other.setChecked(True)
    assert not dialog._ok.isEnabled()
    dialog.name.setText("Ben")
    dialog._ok.click()
    await until(lambda: state(desk) == "online")
    assert desk.account != first
    assert desk.store is not None
    assert desk.store.drafts.ids() == []
    await has_signed_out(desk)
    assert sandbox.puts() == []

    dialog = await begins_to_sign_in(desk, Browser("agent"), monkeypatch)
    assert [one.text() for one in dialog.buttons] == ["Ben", "Ada"]
    dialog.buttons[1].setChecked(True)
    dialog._ok.click()
    await until(lambda: desk.account == first and bool(sandbox.puts()))


async def test_who_does_not_say_who_they_are_is_not_signed_in(
    begin: Begin,
    sandbox: RunningSandbox,
    keyring: HeldKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sandbox.set(names_people=False)
    desk = await begin()
    await signed_in(desk, Browser("agent"), monkeypatch)
    await has_signed_out(desk)
    dialog = await begins_to_sign_in(desk, Browser("agent"), monkeypatch)
    dialog.reject()
    await until(lambda: desk.window.sign_in_page._go.isEnabled())
    assert desk.store is None
    assert keyring.named("refresh") == []


# -- the lock


@pytest.fixture
def by_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent_app.features.lock.can_check_passwords", lambda: False)


async def covered(desk: Desktop, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Any:
    await signed_in(desk, person("ada"), monkeypatch)
    monkeypatch.setattr(sign_in, "open_in_browser", browser.open)
    assert desk.lock is not None
    desk.lock.lock()
    return desk.lock.page


async def test_only_the_same_person_uncovers_and_with_a_fresh_sign_in(
    begin: Begin, by_browser: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    ben = person("ben")
    page = await covered(desk, ben, monkeypatch)
    page._unlock.click()
    await until(lambda: "Somebody else signed in" in page.banner.words)
    assert "belongs to Ada" in page.banner.words
    assert desk.lock is not None
    assert desk.lock.is_locked
    assert "prompt=login" in ben.opened[0]
    await ben.done()
    ada = person("ada")
    monkeypatch.setattr(sign_in, "open_in_browser", ada.open)
    page._unlock.click()
    await until(lambda: desk.lock and not desk.lock.is_locked)
    await until(lambda: state(desk) == "online")


async def test_a_browser_that_asked_for_no_password_proves_nothing(
    begin: Begin, sandbox: RunningSandbox, by_browser: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.set(auth_age_s=7_200)
    desk = await begin()
    page = await covered(desk, person("ada"), monkeypatch)
    page._unlock.click()
    await until(lambda: "did not ask for your password" in page.banner.words)
    assert desk.lock is not None
    assert desk.lock.is_locked


async def test_the_button_works_again_when_the_tab_was_closed(
    begin: Begin, by_browser: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    page = await covered(desk, person("ada"), monkeypatch)
    monkeypatch.setattr(sign_in, "open_in_browser", lambda _: OpenedBrowser(opened=True))
    page._unlock.click()
    await until(lambda: page.link.isVisible())
    assert page._unlock.isEnabled()
    ada = person("ada")
    monkeypatch.setattr(sign_in, "open_in_browser", ada.open)
    page._unlock.click()
    await until(lambda: desk.lock and not desk.lock.is_locked)


async def test_behind_the_cover_somebody_unknown_closes_the_desk_first(
    begin: Begin, sandbox: RunningSandbox, by_browser: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.set(names_people=False)
    desk = await begin(agent_name="Ada")
    browser = Browser("agent")
    page = await covered(desk, browser, monkeypatch)
    first = desk.account
    page._unlock.click()
    await until(lambda: asked(desk) is not None)
    assert desk.store is None
    assert desk.window.list_panel is None
    dialog = asked(desk)
    assert dialog is not None
    dialog._ok.click()
    await until(lambda: desk.account == first and state(desk) == "online")
    assert desk.lock is not None
    assert not desk.lock.is_locked


async def test_somebody_else_can_sign_the_first_one_out_and_work(
    begin: Begin, sandbox: RunningSandbox, by_browser: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await begin()
    await signed_in(desk, person("ada"), monkeypatch)
    await leave_work(desk, sandbox)
    ada = desk.account
    assert desk.lock is not None
    desk.lock.lock()
    page: Any = desk.lock.page
    page._sign_out.click()
    await until(lambda: desk.lock and not desk.lock.is_locked)
    assert desk.window.list_panel is None
    assert desk.store is None
    sandbox.no_faults()
    await signed_in(desk, person("ben"), monkeypatch)
    assert desk.account != ada
    assert desk.store is not None
    assert desk.store.drafts.ids() == []
    assert not any(seen["code"] == 200 for seen in sandbox.requests("PUT"))
