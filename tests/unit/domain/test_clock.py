"""The day is the person's."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from agent_app.domain.clock import Clock


def test_the_day_is_the_one_in_the_persons_zone() -> None:
    late = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    assert Clock(ZoneInfo("Asia/Tokyo"), lambda: late).today() == date(2026, 3, 2)
    assert Clock(ZoneInfo("America/Lima"), lambda: late).today() == date(2026, 3, 1)
