"""The other debts of a person, and which of them a call settles."""

from dataclasses import replace

from agent_app.models.person_debts import PersonDebts
from tests.unit.models.desk import FormDesk


def test_ticks_are_for_one_person_and_count_once_there_is_an_outcome(desk: FormDesk) -> None:
    for debt_id in ("d1", "d2", "d3"):
        desk.debt(debt_id, debtor_id="P" if debt_id != "d3" else "Q", phone=None)
    desk.followup("f1")
    asked: list[str] = []
    person = PersonDebts(desk.store, asked.append)
    person.show("d1")
    assert [one.id for one in person.others] == ["d2"]
    person.ask_server()
    assert asked == ["d1"]
    person.tick("d2", ticked=True)
    call = desk.store.followups.get("f1")
    assert call is not None
    assert person.settled(call) == ()
    assert person.settled(replace(call, status="deal_found")) == ("d2",)
    person.show("d1")
    assert person.ticked == {"d2"}
    person.show("d3")
    assert person.ticked == frozenset()
    person.close()
