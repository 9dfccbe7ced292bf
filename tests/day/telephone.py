"""The telephone rings, and is answered."""

from tests.day.acting import FORM, Act, Done, step
from tests.day.screen import Key


def phone_at(act: Act, number: int) -> str:
    phones = sorted(filter(None, act.model.phones.values()))
    return phones[number % len(phones)] if phones and number % 6 != 5 else "+33600000000"


def owners(act: Act, phone: str) -> set[str]:
    """Followups of whoever has this number."""
    debts = {debt for debt, one in act.model.phones.items() if one == phone}
    return {key for key, debt in act.model.debts.items() if debt in debts}


@step("pop", 2, lambda rng: (str(rng.randrange(40)),))
async def pop(act: Act) -> Done:
    phone = phone_at(act, act.number(0))
    is_idle = act.screen.place == "list"
    allowed = owners(act, phone) if is_idle else set()
    act.screen.desk.take_pop({"phone": phone})
    act.belief.typing = None
    return Done(
        f"The telephone rings: {phone}",
        lambda now: now in allowed,
        FORM if is_idle else (),
    )


@step("accept", 1)
async def accept(act: Act) -> Done:
    act.screen.press(Key.Key_F4)
    act.belief.typing = None
    opened = act.screen.desk.session.followup if act.screen.desk.session is not None else None
    if opened is not None and opened.id.startswith("new:"):  # an inbound call of the caller's debt
        act.model.debts.setdefault(opened.id, opened.debt_id)
    return Done(f"{act.agent} presses F4", lambda _now: True, (*FORM, "search", "widget callers"))
