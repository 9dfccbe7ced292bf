"""Whose desk it is: the company's name, its people, the provider's reports."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from agent_app.ui.report.ready_reports_dialog import ReadyReportsDialog
from agent_app.ui.settings.dialog import SettingsDialog
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio


def account(desk: Driver) -> str:
    label = desk.desk.window.findChild(QLabel, "account")
    assert label is not None
    return label.text()


def dialog(kind: type[Any]) -> Any:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


async def test_the_company_is_named_beside_its_server(desk: Driver) -> None:
    await until(lambda: account(desk).startswith("Exemple Recouvrement"))
    assert account(desk).endswith("127.0.0.1")


async def test_where_the_token_does_not_tell_only_the_server_is_named(
    start: Start, sandbox: RunningSandbox
) -> None:
    sandbox.set(scopes="followups:read followups:write debts:read")
    desk = await start()
    assert "Exemple" not in account(desk)
    assert not sandbox.requests("GET", "/company")


async def test_my_name_is_chosen_from_the_companys_people(desk: Driver) -> None:
    desk.form_desk.ask_settings()
    settings = dialog(SettingsDialog)
    settings.fields["agent_name"].setEditText("Somebody")
    await until(lambda: settings.fields["agent_name"].count() == 3)
    assert settings.fields["agent_name"].currentText() == "Somebody"  # what stands there stays
    settings.fields["agent_name"].setCurrentIndex(
        settings.fields["agent_name"].findText("Noor Muster")
    )
    settings._on_ok()
    assert desk.preferences.settings.agent_name == "Noor Muster"


async def test_a_ready_report_is_downloaded_without_our_token(
    start: Start, sandbox: RunningSandbox, tmp_path: Path
) -> None:
    sandbox.set(role="supervisor")
    desk = await start()
    desk.form_desk.open_report()
    report = desk.form_desk.report
    report.panel.ready.click()
    shown = dialog(ReadyReportsDialog)
    await until(lambda: shown.reports.count() == 3)
    assert "Monthly" in shown.reports.item(0).text()
    assert "Credits left: 1,250" in shown.credits_left.text()
    wanted: list[Any] = []
    shown.wanted.disconnect()
    shown.wanted.connect(wanted.append)
    shown.fetch.click()
    file = tmp_path / "report.pdf"
    await report.ready.fetch(wanted[0], file)
    assert shown.words.text() == "Saved as report.pdf."
    assert file.read_bytes().startswith(b"%PDF-")
    assert [one.name for one in tmp_path.glob("*.part")] == []
    assert shown.words.text() == "Saved as report.pdf."
    await report.ready.fetch(wanted[0], tmp_path / "nowhere" / "report.pdf")
    assert "cannot be written" in shown.words.text()


async def test_reports_that_cannot_be_read_are_said(start: Start, sandbox: RunningSandbox) -> None:
    sandbox.set(role="supervisor")
    desk = await start()
    sandbox.fault("GET */reports status=503")
    desk.form_desk.open_report()
    desk.form_desk.report.panel.ready.click()
    shown = dialog(ReadyReportsDialog)
    await until(lambda: shown.words.text() not in ("", "Reading…"))
    assert shown.reports.count() == 0
    assert not shown.fetch.isEnabled()
