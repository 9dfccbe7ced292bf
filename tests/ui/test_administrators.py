"""What an administrator fixes is in effect and cannot be changed in the window."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.app.desktop import Desktop
from agent_app.config.account import Account, SignInMethod
from agent_app.config.environment import PASSPHRASE
from agent_app.config.layers import configure
from agent_app.config.team_files import write_templates
from agent_app.domain.templates import Template
from agent_app.ui.settings.dialog import SettingsDialog
from tests.sandbox import RunningSandbox
from tests.waiting import until

pytestmark = pytest.mark.anyio

MANAGED = """
retry = "+3h"
templates = "team.toml"
[fixed]
idle_lock_minutes = 3
language = "en"
calling_rules = "rules.toml"
allowed_hosts = ["only.example"]
"""
RULES = """
[[rule]]
country = "FR"
name = "The company's own"
enabled = true
hours = { monday = "10:00-12:00" }
"""


@pytest.fixture
async def managed(
    qapp: QApplication, tmp_path: Path, sandbox: RunningSandbox
) -> AsyncIterator[Desktop]:
    system, own = tmp_path / "etc", tmp_path / "own"
    system.mkdir()
    own.mkdir()
    (system / "managed.toml").write_text(MANAGED)
    (system / "rules.toml").write_text(RULES)
    write_templates(system / "team.toml", [Template("hello", "Good day")])
    (own / "calling.toml").write_text("")  # a person's own would go before, if it were not fixed
    desk = Desktop(qapp, own, configure(own, system=system, environment={PASSPHRASE: "for tests"}))
    desk.window.show()
    account = Account(
        SignInMethod.ENVIRONMENT, sandbox.server, sandbox.client_id, sandbox.client_secret
    )
    await desk.start(account)
    yield desk
    await desk.stop()


async def test_what_is_fixed_is_in_effect_and_shown_as_such(managed: Desktop) -> None:
    place, preferences = managed.form_desk, managed.preferences
    assert place is not None
    assert preferences is not None
    assert [rule.name for rule in preferences.book.rules] == ["The company's own"]
    assert [one.name for one in preferences.templates] == ["hello"]
    place.ask_settings()
    dialog = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, SettingsDialog) and w.isVisible()
    )
    assert not dialog.fields["idle_lock_minutes"].isEnabled()
    assert dialog.fields["idle_lock_minutes"].value() == 3
    assert not dialog.fields["language"].isEnabled()
    assert not dialog.rules.isEnabled()
    assert "administrator" in dialog.fields["idle_lock_minutes"].toolTip()
    assert dialog.fields["retry"].isEnabled()
    assert dialog.fields["retry"].text() == "+3h"
    assert dialog.templates.isEnabled()
    dialog.fields["retry"].setText("+4h")
    dialog._on_ok()
    own = (managed._folder / "settings.toml").read_text()
    assert own == 'retry = "+4h"\n'
    assert managed.lock is not None
    assert managed.lock.idle._after_s() == 180


async def test_a_server_that_is_not_allowed_is_said_on_the_page(managed: Desktop) -> None:
    managed.window.sign_in_wanted.emit()
    page = managed.window.sign_in_page
    page.sign_in.emit("https://elsewhere.example", "id", "")
    await until(lambda: page.banner.words)
    assert page.banner.words == "Your administrator does not allow this server."
