"""A desk with a part of the list: what "To call now" shows, where "Save and next" goes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from agent_app.domain.part import Part, share_of
from agent_app.domain.team import Claim, Member
from agent_app.domain.views import View
from agent_app.models.followup_table import FollowupTable
from agent_app.models.queue import Queue
from agent_app.models.reminders import Reminders
from agent_app.models.view_counts import ViewCounts
from agent_app.store.store import Store
from agent_app.system.paths import resources
from agent_app.ui.followups.list_panel import ListPanel
from agent_app.ui.widgets.theme import Theme

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
DEBTS = [f"debt-{number}" for number in range(24)]
MINE = Part(1, 3)


class Desk:
    """A list with its queue."""

    def __init__(self, app: QApplication, queue: Queue) -> None:
        self.queue = queue
        self.store = Store(None, None)
        self.store.followups.upsert(
            [
                {
                    "id": f"f-{number}",
                    "debt_id": debt,
                    "status": "scheduled",
                    "type": "call",
                    "scheduled_at": NOW - timedelta(hours=1) + timedelta(minutes=number),
                }
                for number, debt in enumerate(DEBTS)
            ],
            NOW,
        )
        self.table = FollowupTable(self.store, lambda: NOW, UTC)
        self.counts = ViewCounts(self.store, lambda: NOW, UTC, queue)
        self.panel = ListPanel(
            self.table, self.counts, Theme(app, resources()), lambda: NOW, UTC, queue
        )
        self.panel.chosen.connect(self.panel.note_open)
        self.panel.ask_view(View.TO_CALL_NOW)

    def shown(self) -> list[str]:
        rows = (self.table.row_at(place) for place in range(self.table.rowCount()))
        return [row.debt_id for row in rows if row is not None]

    def following(self) -> str:
        followup = self.store.followups.get(self.panel.following_id())
        return followup.debt_id if followup else ""

    def close(self) -> None:
        self.counts.close()
        self.table.close()
        self.panel.close()
        self.panel.deleteLater()
        self.store.close()


@pytest.fixture
def part() -> list[Part | None]:
    return [MINE]


@pytest.fixture
def desk(qapp: QApplication, part: list[Part | None]) -> Iterator[Desk]:
    desk = Desk(qapp, Queue(lambda: part[0]))
    yield desk
    desk.close()
    QCoreApplication.processEvents()


def mine() -> list[str]:
    return [one for one in DEBTS if MINE.has(one)]


def test_to_call_now_shows_the_part_and_the_key_again_everybodys(desk: Desk) -> None:
    assert desk.shown() == mine() != DEBTS
    desk.panel.ask_view(View.TO_CALL_NOW)
    assert desk.shown() == DEBTS
    desk.panel.ask_view(View.TO_CALL_NOW)
    assert desk.shown() == mine()


def test_the_box_above_the_list_does_the_same(desk: Desk) -> None:
    box = desk.panel.filters._mine
    assert not box.isHidden()
    assert box.text() == "My part only: 1 of 3"
    box.click()
    assert desk.shown() == DEBTS
    desk.panel.choose_view(View.ALL)
    assert box.isHidden()


def test_other_views_show_all_and_next_steers_to_the_part(desk: Desk) -> None:
    desk.panel.choose_view(View.ALL)
    shown = desk.shown()
    assert shown == DEBTS[::-1]  # the latest first
    first_other = next(place for place, one in enumerate(shown) if not MINE.has(one))
    desk.panel.choose(f"f-{DEBTS.index(shown[first_other])}")
    after = [one for one in shown[first_other + 1 :] if MINE.has(one)]
    assert desk.following() == after[0]


def test_what_a_colleague_has_is_skipped_and_the_queue_begins_again(desk: Desk) -> None:
    theirs = Claim(mine()[1], Member("femke"), NOW)
    desk.queue.claim_of = lambda debt_id: theirs if debt_id == theirs.debt_id else None
    desk.panel.open_first()
    assert desk.following() == mine()[2]
    desk.panel.choose(f"f-{DEBTS.index(mine()[-1])}")
    assert desk.following() == mine()[0]


def test_a_part_that_is_taken_away_shows_all(desk: Desk, part: list[Part | None]) -> None:
    part[0] = None
    desk.queue.changed.emit()
    assert desk.shown() == DEBTS
    assert desk.panel.filters._mine.isHidden()


def test_a_desk_alone_begins_among_equals_at_its_own_place(qapp: QApplication) -> None:
    numbers = sorted(DEBTS, key=share_of)
    desk = Desk(qapp, Queue(start=share_of(numbers[5])))
    try:
        same = [
            {"id": f"f-{n}", "debt_id": one, "scheduled_at": NOW} for n, one in enumerate(DEBTS)
        ]
        desk.store.followups.upsert(same, NOW)
        desk.panel.choose_view(View.ALL)
        desk.panel.ask_view(View.TO_CALL_NOW)
        assert desk.shown() == numbers[5:] + numbers[:5]
        agreed = {
            "id": "before",
            "debt_id": DEBTS[0],
            "type": "call",
            "status": "deal_not_found",
            "call_date": NOW - timedelta(days=1),
        }
        desk.store.followups.upsert([agreed], NOW)
        desk.table.renew()
        assert desk.shown()[0] == DEBTS[0]  # what is more urgent comes first all the same
        desk.queue.has_team = True
        desk.queue.changed.emit()
        assert desk.shown()[1:] != [one for one in numbers[5:] + numbers[:5] if one != DEBTS[0]]
    finally:
        desk.close()


def test_reminders_are_of_the_part(desk: Desk) -> None:
    clock = [NOW - timedelta(hours=1)]
    reminders = Reminders(desk.store, lambda: clock[0], lambda: True, desk.queue.skips)
    heard: list[str] = []
    reminders.due.connect(lambda found: heard.extend(one.debt_id for one in found))
    reminders.look()
    clock[0] = NOW
    reminders.look()
    assert sorted(heard) == sorted(mine())
