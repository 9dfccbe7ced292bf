"""The pages over the window, the supervisors' view, and the window itself."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from agent_app.domain.views import View
from tests.day.acting import FORM, SOON_S, Act, Broken, Done, step
from tests.day.screen import CONTROL, Key


@step("my_day", 0.7)
async def my_day(act: Act) -> Done:
    act.screen.press(Key.Key_J, CONTROL)
    await asyncio.sleep(SOON_S)
    await act.screen.escape()
    return Done(f"{act.agent} looks at their day (Ctrl+J, Esc)", goes=FORM)


@step("shortcuts", 0.3)
async def shortcuts(act: Act) -> Done:
    act.screen.press(Key.Key_F1)
    await asyncio.sleep(SOON_S)
    act.screen.press(Key.Key_2)  # no outcome: the page has the keyboard
    await act.screen.escape()
    return Done(f"{act.agent} looks up a key (F1, Esc)", goes=FORM)


@step("palette", 1.2, lambda rng: (str(rng.randrange(40)), str(rng.choice((0, 20)))))
async def palette(act: Act) -> Done:
    names = sorted({name for name in act.model.names.values() if name.isascii() and name})
    name = names[act.number(0) % len(names)] if names else "zz"
    act.screen.press(Key.Key_K, CONTROL)
    await asyncio.sleep(SOON_S)
    for letter in name.split()[-1].lower():
        if letter.isalpha():
            act.screen.press(getattr(Key, f"Key_{letter.upper()}"))
        await asyncio.sleep(act.number(1) / 1000)
    await asyncio.sleep(SOON_S)
    line = act.screen.palette_line()
    wanted = {key for key, debt in act.model.debts.items() if act.model.names.get(debt) == name}
    act.belief.typing = None
    if name and line.startswith(name):
        act.screen.press(Key.Key_Return)
        await act.screen.take()
        return Done(
            f"{act.agent} finds {name} by Ctrl+K and presses Return",
            lambda now: now in wanted,
            FORM,
        )
    await act.screen.escape()
    return Done(f"{act.agent} presses Ctrl+K, types {name!r} and leaves with Esc")


@step("refresh", 2.5)
async def refresh(act: Act) -> Done:
    act.screen.press(Key.Key_F5)
    return Done(f"{act.agent} refreshes (F5)")


@step("close_notice", 0.5)
async def close_notice(act: Act) -> Done:
    button = act.screen.window.notice._button
    if not button.isVisible():
        return Done(f"{act.agent} sees no notice")
    act.screen.click(button)
    return Done(f"{act.agent} closes the notice")


@step("away", 1, lambda rng: (str(rng.choice((50, 300, 1200))),))
async def away(act: Act) -> Done:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    await asyncio.sleep(act.number(0, 100) / 1000)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    return Done(f"{act.agent} looks into another program and comes back")


@step("minimise", 0.4)
async def minimise(act: Act) -> Done:
    act.screen.window.showMinimized()
    await asyncio.sleep(SOON_S)
    act.screen.window.come_to_front()
    await act.screen.take()
    return Done(f"{act.agent} minimises the window and brings it back")


@step("restart", 0.5)
async def restart(act: Act) -> Done:
    await act.world.restart(act.desk)
    act.belief.typing = None
    act.belief.saved.clear()
    act.belief.saved_ids.clear()
    act.belief.plans.clear()
    screen = act.screen
    is_queue = screen.window.list_panel.filters.view is View.TO_CALL_NOW
    if is_queue and screen.rows and not screen.open_id:
        raise Broken("the day starts with a call", "the queue has rows, and none of them is open")
    return Done(f"{act.agent} quits and starts again", lambda _now: True)


# -- supervisors


@step("report", 0.6)
async def report(act: Act) -> Done:
    """Into the outcomes, and out again by Esc: list and form are as they were."""
    screen = act.screen
    before, rows = screen.open_id, screen.rows
    screen.press(Key.Key_O, CONTROL)
    await asyncio.sleep(SOON_S * 3)
    shown = not screen.window.list_panel.isVisible()
    if shown:
        screen.press(Key.Key_Escape)
        await asyncio.sleep(SOON_S)
    await screen.take()
    if not screen.window.list_panel.isVisible():
        raise Broken("every key does one thing", "Esc does not lead out of the outcomes")
    if shown and not rows and screen.rows:
        rows = screen.rows
    words = "looks at the outcomes (Ctrl+O, Esc)" if shown else "may not see the outcomes (Ctrl+O)"
    return Done(f"{act.agent} {words}", lambda now: now == before, ("list", *FORM))


@step("sample", 0.6)
async def sample(act: Act) -> Done:
    """Calls of today that chance draws, the first of them open; then all followups again."""
    screen = act.screen
    before = screen.open_id
    action = screen.window.actions_["sample"]
    if not action.isVisible() or not action.isEnabled():
        return Done(f"{act.agent} may not draw calls to review")
    action.trigger()
    await asyncio.sleep(SOON_S * 3)
    rows = set(screen.rows)
    for _ in range(2):
        screen.press(Key.Key_J)
    await asyncio.sleep(SOON_S)
    if not screen.window.list_panel.isVisible():  # nothing was done today
        screen.press(Key.Key_Escape)
        await asyncio.sleep(SOON_S)
    await screen.take()
    act.belief.typing = None
    return Done(
        f"{act.agent} draws calls of today and looks at them (J, J)",
        lambda now: now == before or now in rows,
        ("list", *FORM, "widget"),
    )
