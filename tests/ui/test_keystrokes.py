"""How many keys the usual tasks take, by real keys; `resources/docs/performance.md` has the table."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from agent_app.domain.views import View
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN, Key = Qt.KeyboardModifier.NoModifier, Qt.Key
TABLE = Path(__file__).parents[2] / "resources" / "docs" / "performance.md"


def focused() -> QWidget:
    """Where the keyboard is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


class Hands:
    """Press keys where the keyboard is, and count them; letters of a time or a number count apart, words
    that are written down do not."""

    def __init__(self) -> None:
        self.keys = self.letters = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        self.keys += 1
        QTest.keyClick(focused(), key, modifiers)

    def type(self, text: str) -> None:
        self.letters += len(text)
        QTest.keyClicks(focused(), text)

    def write(self, words: str) -> None:
        assert isinstance(focused(), (QLineEdit, QPlainTextEdit))
        QTest.keyClicks(focused(), words)

    def save_next(self) -> None:
        self.press(Key.Key_Return, CONTROL | SHIFT)

    @property
    def count(self) -> str:
        return f"{self.keys} + {self.letters}" if self.letters else str(self.keys)


def said(task: str) -> str:
    """What the table says of a task today."""
    for line in TABLE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 3 and cells[1] == task:
            return cells[3]
    raise AssertionError(f"the table has no {task!r}")


@pytest.fixture
async def queue(start: Start, tmp_path: Path) -> Driver:
    """The desk as it begins: the queue, its first call open, the keyboard in the list."""
    before: Driver = await start()
    await until(lambda: before.desk.status.state.progress is None)
    await before.desk.stop()
    (tmp_path / "window.ini").unlink(missing_ok=True)
    driver: Driver = await start(view=None)
    await until(lambda: driver.form_desk.has_begun and driver.table.is_settled)
    assert driver.panel.filters.view is View.TO_CALL_NOW
    assert driver.panel.view.hasFocus()
    return driver


async def test_the_day_starts_with_a_call(queue: Driver) -> None:
    assert queue.session.followup_id == queue.table.row_at(0).id
    assert said("Start of the day → first call on the screen") == Hands().count


async def test_nobody_answers(queue: Driver) -> None:
    hands, called = Hands(), queue.session.followup_id
    hands.press(Key.Key_2)
    hands.save_next()
    await until(lambda: queue.session.followup_id not in ("", called))
    saved = queue.store.followups.get(called)
    assert saved.status == "no_answer"
    assert any(
        one.status == "scheduled" and one.scheduled_at and one.scheduled_at > saved.call_date
        for one in queue.store.followups.of_debt(saved.debt_id)
    )
    assert said("No answer, again tomorrow at 9, next") == hands.count


async def test_a_deal_is_written_down_by_tab_alone(queue: Driver) -> None:
    hands, called = Hands(), queue.session.followup_id
    hands.press(Key.Key_1)
    hands.write("three instalments")
    hands.press(Key.Key_Tab)
    hands.write("pays on the 5th")
    hands.press(Key.Key_Tab)
    hands.type("tue 9")
    hands.save_next()
    await until(lambda: queue.session.followup_id not in ("", called))
    saved = queue.store.followups.get(called)
    assert saved.status == "deal_found"
    assert "three instalments" in saved.summary
    assert "pays on the 5th" in saved.notes
    planned = [one for one in queue.store.followups.of_debt(saved.debt_id) if one.id != called]
    assert any(one.scheduled_at and one.scheduled_at > saved.call_date for one in planned)
    assert said("Deal, summary, note, next call Tuesday at 9, next") == hands.count


async def test_a_call_back_is_one_outcome(queue: Driver) -> None:
    hands, called = Hands(), queue.session.followup_id
    hands.press(Key.Key_5)
    hands.type("mon 10:30")
    hands.save_next()
    await until(lambda: queue.session.followup_id not in ("", called))
    saved = queue.store.followups.get(called)
    planned = [one for one in queue.store.followups.of_debt(saved.debt_id) if one.id != called]
    monday = [one for one in planned if one.scheduled_at and one.scheduled_at.weekday() == 0]
    assert any(one.scheduled_at - saved.call_date < timedelta(days=8) for one in monday)
    assert said("Spoke, call back Monday at 10:30, next") == hands.count


async def test_a_debtor_is_found_by_their_number(queue: Driver) -> None:
    hands = Hands()
    wanted = queue.sandbox.some(type="call", status="deal_found")
    debt = queue.store.debts.get(wanted["debt_id"])
    hands.press(Key.Key_K, CONTROL)
    hands.type("".join(c for c in debt.phone if c.isdigit())[-9:])
    await until(lambda: _first_hit(queue))
    hands.press(Key.Key_Return)
    await until(lambda: queue.session.followup is not None)
    opened = queue.store.debts.get(queue.session.followup.debt_id)
    assert opened.phone == debt.phone
    assert said("Open a debtor by their number") == hands.count


def _first_hit(desk: Driver) -> bool:
    from PySide6.QtWidgets import QListWidget

    (found,) = desk.desk.window.findChildren(QListWidget, "palette_list")
    item = found.currentItem()
    return item is not None and "followup" in str(item.data(Qt.ItemDataRole.AccessibleTextRole))


async def test_the_last_note_is_read_without_a_key(queue: Driver) -> None:
    history = queue.editor.history
    assert history.isVisible()
    assert said("Read the last note of the debt") == Hands().count


async def test_only_calls_are_listed_by_a_key(queue: Driver) -> None:
    queue.desk.window.choose_view(View.ALL)
    hands, called = Hands(), queue.session.followup_id
    queue.panel.view.setFocus()
    hands.press(Key.Key_C)

    def types() -> set[str]:
        return {queue.table.row_at(place).type for place in range(queue.table.rowCount())}

    await until(lambda: types() == {"call"})
    assert queue.session.followup_id == called
    assert said("Only calls in the list") == hands.count
    hands.press(Key.Key_C)
    await until(lambda: len(types()) > 1)
