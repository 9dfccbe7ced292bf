"""What an agent does in the list: views, rows, searches, many rows at once."""

import asyncio

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QPushButton

from tests.day.acting import FORM, SOON_S, Act, Broken, Dice, Done, step
from tests.day.screen import CONTROL, DIGITS, SHIFT, Key

VIEWS = ("To call now", "Overdue", "Today", "Waiting", "Done", "All")
NAMES = ("Mine", "Later")
"""Views that agents keep for themselves."""


def _row(rng: Dice) -> tuple[str, ...]:
    return (str(rng.randrange(12)),)


@step("view", 3, lambda rng: (str(rng.choices((1, 2, 3, 4, 5, 6), (9, 3, 1, 3, 1, 4))[0]),))
async def view(act: Act) -> Done:
    number = act.number(0, 1)
    act.screen.press(DIGITS[number - 1], CONTROL)
    return Done(f"{act.agent} chooses {VIEWS[number - 1]} (Ctrl+{number})")


def to_list(act: Act) -> None:
    if act.screen.place != "list":
        act.screen.press(Key.Key_L, CONTROL)


async def _arrow(act: Act, key: Key, by: int, name: str) -> Done:
    before = act.screen.rows
    to_list(act)
    rows, at = act.screen.rows, act.screen.current
    act.screen.press(key)
    allowed = set(rows[:1] + before[:1]) if at not in rows else set()
    if at in rows:
        place = rows.index(at)
        allowed |= set(rows[max(0, place - 1) : place + 2])
    else:
        allowed |= set(rows)
    whom = act.model.name_of(act.screen.open_id)
    return Done(f"{act.agent} presses {name} in the list (to {whom})", lambda now: now in allowed)


@step("down", 7)
async def down(act: Act) -> Done:
    return await _arrow(act, Key.Key_Down, 1, "↓")


@step("up", 2)
async def up(act: Act) -> Done:
    return await _arrow(act, Key.Key_Up, -1, "↑")


@step("click", 2, _row)
async def click(act: Act) -> Done:
    rows = act.screen.rows
    if not rows:
        return Done(f"{act.agent} looks at the empty list")
    place = act.number(0) % len(rows)
    wanted = rows[place]
    act.screen.click_row(place)
    return Done(
        f"{act.agent} clicks row {place + 1}, {act.model.name_of(wanted)}",
        lambda now: now == wanted,
    )


@step("enter", 1)
async def enter(act: Act) -> Done:
    to_list(act)
    rows, at = set(act.screen.rows), act.screen.current
    act.screen.press(Key.Key_Return)
    return Done(
        f"{act.agent} presses Return in the list",
        lambda now: now == at or (not at and now in rows),
        (*FORM, "combo", "widget"),
    )


@step("select_many", 1, lambda rng: (str(rng.randint(1, 3)),))
async def select_many(act: Act) -> Done:
    """Select rows from the open one on, and think better of it. What is open stays open."""
    before = act.screen.open_id
    to_list(act)
    for _ in range(act.number(0, 1)):
        act.screen.press(Key.Key_Down, SHIFT)
    act.screen.press(Key.Key_Escape)
    return Done(
        f"{act.agent} selects {act.number(0, 1) + 1} rows and lets go of them",
        lambda now: now == before,
        ("list",),
    )


@step("order", 0.7)
async def order(act: Act) -> Done:
    """The other order, by its key in the list."""
    before = act.screen.open_id
    to_list(act)
    act.screen.press(Key.Key_O)
    return Done(f"{act.agent} changes the list's order (O)", lambda now: now == before, ("list",))


@step("calls", 0.4)
async def calls(act: Act) -> Done:
    """Calls alone, and all types again: the open followup stays."""
    before = act.screen.open_id
    to_list(act)
    act.screen.press(Key.Key_C)
    act.screen.press(Key.Key_C)
    return Done(
        f"{act.agent} lists calls alone, then all types (C, C)",
        lambda now: now == before,
        ("list",),
    )


@step("search", 1.5, lambda rng: (str(rng.randrange(40)), rng.choice(("return", "escape"))))
async def search(act: Act) -> Done:
    names = sorted({name for name in act.model.names.values() if name.isascii() and name})
    number = act.number(0)
    text = "zzqq" if number % 5 == 4 or not names else names[number % len(names)].split()[-1]
    before = set(act.screen.rows)
    act.screen.press(Key.Key_F, CONTROL)
    for letter in text.lower():
        act.screen.letter(letter)
        await asyncio.sleep(0.01)
    await asyncio.sleep(SOON_S)
    found = set(act.screen.rows)
    ended = act.arg(1, "return")
    act.screen.press(Key.Key_Return if ended == "return" else Key.Key_Escape)
    return Done(
        f"{act.agent} searches for {text!r} and presses {ended.capitalize()}",
        lambda now: ended == "return" and now in (found | before),
        ("search", "list"),
    )


@step("clear_search", 1)
async def clear_search(act: Act) -> Done:
    act.screen.press(Key.Key_F, CONTROL)
    act.screen.press(Key.Key_A, CONTROL)
    act.screen.press(Key.Key_Delete)
    await asyncio.sleep(SOON_S)
    nothing = not act.screen.current
    act.screen.press(Key.Key_L, CONTROL)
    await asyncio.sleep(0)
    rows = set(act.screen.rows)
    return Done(f"{act.agent} clears the search", lambda now: nothing and now in rows)


# -- many at once


@step(
    "bulk",
    1.2,
    lambda rng: (
        rng.choice(("reschedule", "cancel")),
        str(rng.randint(1, 3)),
        rng.choice(("keep", "undo")),
    ),
)
async def bulk(act: Act) -> Done:
    """Change several rows at once, from the open one on; or at once take it back."""
    screen, what, count = act.screen, act.arg(0, "reschedule"), act.number(1, 1)
    before = screen.open_id
    to_list(act)
    if not screen.current:
        return Done(f"{act.agent} has no row to begin a selection at", lambda now: now == before)
    for _ in range(count):
        screen.press(Key.Key_Down, SHIFT)
    ids = screen.selected
    line = screen.window.list_panel.selection_line
    button: QPushButton = line.reschedule if what == "reschedule" else line.cancel
    screen.click(button)
    await screen.into_dialog()
    if what == "reschedule":
        minute = act.model.minute()
        for letter in f"tomorrow {8 + minute // 60 % 12}:{minute % 60:02}":
            screen.letter(letter)
        await asyncio.sleep(SOON_S * 3)
    was = {one: _values(act, one) for one in ids}
    screen.press(Key.Key_Return)
    await asyncio.sleep(SOON_S)
    if isinstance(screen.dialog, QDialog):  # none of them can be changed so
        await screen.escape()
        await asyncio.sleep(0)
    await screen.take()
    changed = [one for one in ids if _values(act, one) != was[one]]
    said = f"{act.agent} selects {len(ids)} rows, and {what}s {len(changed)} of them"
    act.belief.typing = None
    if not changed:
        screen.press(Key.Key_Escape)
        return Done(said, lambda now: now == before, ("list",))
    if act.arg(2, "keep") == "keep":
        act.belief.saved.append([])
        act.belief.saved_ids.append(changed[0])
        act.belief.plans.append([])
        return Done(said, lambda now: now == before, ("list",))
    new = {one: _values(act, one) for one in changed}
    to_list(act)
    screen.press(Key.Key_Z, CONTROL)
    await asyncio.sleep(SOON_S)
    left = [one for one in changed if new[one] != was[one] and _values(act, one) == new[one]]
    if left:
        raise Broken("undo brings back", f"{act.model.name_of(left[0])} is still {new[left[0]]}")
    return Done(f"{said}, and takes it back (Ctrl+Z)", lambda now: now in (before, *ids), ("list",))


def _values(act: Act, followup: str) -> tuple[object, object]:
    store = act.screen.desk.store
    found = store.followups.get(store.server_id_of(followup)) if store is not None else None
    return (found.status, found.scheduled_at) if found is not None else ("", None)


# -- views of one's own


@step(
    "own_view", 0.8, lambda rng: (rng.choice(("keep", "show", "show", "remove")), rng.choice(NAMES))
)
async def own_view(act: Act) -> Done:
    """Keep what is shown under a name, show it again, or remove it; by the menu beside the views."""
    screen, what, name = act.screen, act.arg(0, "keep"), act.arg(1, NAMES[0])
    before = screen.open_id
    menu = screen.window.list_panel.filters.views.more.menu()
    menu.aboutToShow.emit()
    wanted = {"keep": "Keep this", "show": name, "remove": f"Remove the view “{name}”"}[what]
    found: list[QAction] = [one for one in menu.actions() if one.text().startswith(wanted)]
    if (
        not found
        or not menu.parent().isVisible()
        or not screen.window.list_panel.filters.isEnabled()
    ):
        return Done(f"{act.agent} finds no view to {what}")
    found[0].trigger()
    if what == "keep":
        await screen.into_dialog()
        for letter in name:
            screen.letter(letter)
        screen.press(Key.Key_Return)
        await asyncio.sleep(SOON_S)
    await screen.take()
    rows = set(screen.rows)
    return Done(
        f"{act.agent} {what}s the view {name!r}", lambda now: now == before or now in rows, FORM
    )
