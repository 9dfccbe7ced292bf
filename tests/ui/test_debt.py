"""What the debt says before the call, and the server's word about a single field."""

import pytest

from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_a_sentence_without_details_stands_beside_its_field(desk: Driver) -> None:
    await desk.open(desk.sandbox.some(type="call", status="deal_not_found")["id"])
    sentence = "Invalid callId format. Use letters and digits"
    desk.sandbox.fault("PUT */followups/* status=400", count=1, message=sentence)
    desk.session.set("call_id", "CA 7")
    desk.save()
    await until(lambda: desk.error("call_id") == sentence)
    assert not desk.error("notes")
    assert sentence not in desk.editor.banner.words


async def test_a_followup_without_a_type_is_shown_and_saved_as_it_is(desk: Driver) -> None:
    followup_id = desk.sandbox.some(type="call", status="deal_not_found")["id"]
    await desk.open(followup_id)
    debt_id = desk.session.followup.debt_id
    at = desk.desk.status.state.last_refresh
    desk.store.followups.take_in([{"id": "typeless", "debt_id": debt_id, "status": "on_hold"}], at)
    await desk.open("typeless")
    assert desk.text("type") == "None"
    desk.type("notes", "A word")
    assert desk.session.patch.changes == {"notes": "A word"}
    assert desk.session.may_save
    desk.session.discard()
