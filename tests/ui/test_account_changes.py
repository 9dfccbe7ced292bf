"""Another account takes the place of the one before: nothing of the old one stays."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_app.app.form_desk import FormDesk
from agent_app.models.debt_card import DebtCard
from agent_app.models.edit_session import EditSession
from agent_app.models.followup_table import FollowupTable
from agent_app.store.store import Store
from agent_app.ui.editor.editor_panel import EditorPanel
from agent_app.ui.editor.form import Form
from agent_app.ui.followups.list_panel import ListPanel
from agent_app.ui.widgets.layer import Layer
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

KINDS = (
    FormDesk,
    EditSession,
    FollowupTable,
    Store,
    DebtCard,
    Form,
    EditorPanel,
    ListPanel,
)
CHANGES = 5


def living() -> dict[str, int]:
    """How many of each kind live once what nobody holds has been collected."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    everything = gc.get_objects()
    return {kind.__name__: sum(type(one) is kind for one in everything) for kind in KINDS}


async def change_accounts(desk: Driver) -> None:
    account = desk.desk.account
    assert account is not None
    for _ in range(CHANGES):
        await desk.desk.start(account)
        await desk.loaded()
        await until(lambda: desk.desk.form_desk is not None)
        wanted = desk.sandbox.some(type="call", status="scheduled")["id"]
        await desk.open(wanted)


async def test_one_of_each_lives_after_five_changes_of_account(desk: Driver) -> None:
    before = living()  # one of each, beside what the windows of other tests left
    await change_accounts(desk)
    await until(lambda: living() == before)


async def test_one_palette_opens_after_five_changes_of_account(desk: Driver) -> None:
    await change_accounts(desk)
    for key, modifiers in (
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    ):
        QTest.keyClick(QApplication.focusWidget() or desk.desk.window, key, modifiers)
        shown = [one for one in desk.desk.window.findChildren(Layer) if one.isVisible()]
        assert len(shown) == 1
        shown[0].dismiss()
