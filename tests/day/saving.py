"""What an agent saves, takes back, and discards."""

import asyncio

from PySide6.QtWidgets import QPushButton

from agent_app.models.edit_session import EditSession
from agent_app.ui.widgets.layer import layer_over
from agent_app.ui.window.my_day_page import MyDayPage
from tests.day.acting import FORM, SOON_S, Act, Broken, Done, step
from tests.day.in_list import to_list
from tests.day.model import NEW, WORD
from tests.day.screen import CONTROL, SHIFT, TEXTS, Key


def _tokens(text: str) -> set[str]:
    return set(WORD.findall(text))


def _is_changed(session: EditSession) -> bool:
    """Whether a save would save anything: of the followup, or of its debt."""
    return bool(session.changed or session.is_begun or session.debt_changed)


class Saving:
    """What a save is about, looked at before the key and after it."""

    def __init__(self, act: Act) -> None:
        screen = act.screen
        self.act, self.followup = act, screen.open_id
        session = screen.desk.session
        self.changed = session is not None and _is_changed(session)
        self.is_begun = session is not None and session.is_begun
        shown = {name: _tokens(screen.text(name)) for name in TEXTS} if self.followup else {}
        self.words = [
            word
            for word in act.model.words_of(self.followup, desk=act.desk)
            if not word.saved and not word.free and word.text in shown.get(word.field, ())
        ]
        self.planned = self.followup and bool(screen.text("next_call").strip())
        self.undecided = screen.undecided
        self.debt = act.model.debts.get(act.model.id_of(self.followup), "")

    @property
    def was_accepted(self) -> bool:
        session, store = self.act.screen.desk.session, self.act.screen.desk.store
        if not self.changed or session is None or store is None:
            return False
        if session.followup_id == self.followup and _is_changed(session):
            return False
        return store.drafts.get(self.followup) is None

    def _is_planned_already(self) -> bool:
        """Whether the save's next call was one that the debt had already."""
        session = self.act.screen.desk.session
        last = session._commands.last_save if session is not None else None
        return last is not None and not set(last.created) - {last.patch.followup_id}

    def note(self) -> str:
        """Take in what became of it; returns words for the sentence."""
        act = self.act
        act.screen.give_reason()
        if not self.was_accepted:
            return "" if not self.changed else " (not accepted)"
        if self.undecided:
            raise Broken(
                "an undecided conflict cannot be saved",
                f"{', '.join(self.undecided)} of {act.model.name_of(self.followup)} were undecided",
            )
        for word in self.words:
            word.saved = True
        # A new call that ended with "No answer" plans another one: two are filed.
        # Where the debt is called at that time already, none is planned.
        planned = self.planned and not self._is_planned_already()
        plans = [self.debt] * (bool(planned) + self.is_begun)
        for debt in plans:
            act.model.plan(debt)
        act.belief.saved.append(self.words)
        act.belief.saved_ids.append(self.followup)
        act.belief.plans.append(plans)
        return ""


@step("save", 6)
async def save(act: Act) -> Done:
    saving = Saving(act)
    act.screen.press(Key.Key_Return, CONTROL)
    said = f"{act.agent} saves {act.model.name_of(saving.followup)} (Ctrl+Return){saving.note()}"
    return Done(said)


@step("save_button", 1)
async def save_button(act: Act) -> Done:
    button = act.screen.window.editor.bar.save_button
    if not button.isVisible() or not button.isEnabled():
        return Done(f"{act.agent} finds nothing to save")
    saving = Saving(act)
    act.screen.click(button)
    act.belief.typing = None
    return Done(
        f"{act.agent} saves {act.model.name_of(saving.followup)} by the button{saving.note()}",
        goes=("widget save",),
    )


@step("save_next_button", 1)
async def save_next_button(act: Act) -> Done:
    button = act.screen.window.editor.bar.next_button
    if not button.isVisible() or not button.isEnabled():
        return Done(f"{act.agent} finds nothing to save and leave")
    saving, rows = Saving(act), set(act.screen.rows)
    act.screen.click(button)
    act.belief.typing = None
    name = act.model.name_of(saving.followup)
    return Done(
        f"{act.agent} saves {name} and goes on by the button{saving.note()}",
        lambda now: now in rows,
        ("widget save",),
    )


def past_colleagues(act: Act, rows: list[str], place: int) -> set[str]:
    """The rows below one, as far as the first whose debt no colleague has; from the top where there is none."""
    claim_of, found = act.screen.desk.context.team.claim_of, set[str]()
    for row in (*rows[place + 1 :], *rows[:place]):
        found.add(row)
        if claim_of(act.model.debts.get(act.model.id_of(row), "")) is None:
            break
    return found


@step("save_next", 6)
async def save_next(act: Act) -> Done:
    saving, rows = Saving(act), act.screen.rows
    act.screen.press(Key.Key_Return, CONTROL | SHIFT)
    if saving.followup in rows:
        place = rows.index(saving.followup)
        following = set(rows[max(0, place - 1) : place + 2])
        if place == len(rows) - 1:  # a queue begins again at its top
            following |= set(rows[:1])
        following |= past_colleagues(act, rows, place)
    else:
        following = set(rows)
    said = f"{act.agent} saves {act.model.name_of(saving.followup)} and goes on (Ctrl+Shift+Return)"
    act.belief.typing = None
    return Done(said + saving.note(), lambda now: now in following)


@step("undo", 2)
async def undo(act: Act) -> Done:
    to_list(act)
    belief, model = act.belief, act.model
    at, rows = act.screen.current, set(act.screen.rows)
    act.screen.press(Key.Key_Z, CONTROL)
    last = belief.saved_ids.pop() if belief.saved_ids else ""
    for word in belief.saved.pop() if belief.saved else ():
        word.free = True
    for debt in belief.plans.pop() if belief.plans else ():
        model.may_miss(debt)
    belief.typing = None
    return Done(
        f"{act.agent} takes the last save back (Ctrl+Z)",
        lambda now: (
            (model.id_of(now) == model.id_of(last))
            or (not now and last.startswith(NEW))
            or now == at
            or (not at and now in rows)
        ),
    )


@step("discard", 1)
async def discard(act: Act) -> Done:
    screen = act.screen
    button = screen.window.editor.bar.discard_button
    if not button.isVisible() or not button.isEnabled():
        return Done(f"{act.agent} finds nothing to discard")
    followup, before = screen.open_id, act.belief.opened_before
    store = screen.desk.store
    refused = store is not None and store.outbox.attention(followup) is not None
    was_begun = followup.startswith(NEW)
    screen.click(button)
    await asyncio.sleep(SOON_S)
    dialog = screen.dialog
    for one in dialog.findChildren(QPushButton) if dialog is not None else ():
        if "iscard" in one.text():
            screen.click(one)
            break
    await asyncio.sleep(0)
    await screen.take()
    for word in act.model.words_of(followup, desk=act.desk):
        word.free |= refused or not word.saved
    if refused and was_begun:
        act.model.may_miss(act.model.debts.get(followup, ""))
    act.belief.typing = None
    return Done(
        f"{act.agent} discards what was typed on {act.model.name_of(followup)}",
        lambda now: was_begun and now in ("", before),
        ("widget discard",),
    )


@step("undo_of_day", 1)
async def undo_of_day(act: Act) -> Done:
    """My day, and there the last save that can be taken back (Ctrl+J, Ctrl+Z, Esc)."""
    screen, model, belief = act.screen, act.model, act.belief
    before = screen.open_id
    screen.press(Key.Key_J, CONTROL)
    await asyncio.sleep(SOON_S)
    await screen.take()
    page = layer_over(screen.window)
    if not isinstance(page, MyDayPage):
        return Done(f"{act.agent} cannot look at their day now")
    line = next((one for one in page.lines if one.may_undo), None)
    screen.press(Key.Key_Z, CONTROL)
    await asyncio.sleep(SOON_S)
    undone = line is not None and any(
        one.number == line.number and one.undone for one in page.lines
    )
    await screen.escape()
    belief.typing = None
    if line is None:
        return Done(f"{act.agent} finds nothing of their day to take back", goes=FORM)
    if not undone:
        raise Broken("undo brings back", f"Undo in My day left the save of {line.who} as it was")
    given = [
        n
        for n, one in enumerate(belief.saved_ids)
        if model.id_of(one) == model.id_of(line.followup_id)
    ]
    for word in model.words_of(line.followup_id, desk=act.desk):
        word.free |= word.saved
    plans = (
        belief.plans[given[-1]] if given else [model.debts.get(model.id_of(line.followup_id), "")]
    )
    for debt in plans:
        model.may_miss(debt)
    if given:
        del belief.saved[given[-1]], belief.saved_ids[given[-1]], belief.plans[given[-1]]
    return Done(
        f"{act.agent} takes back the save of {line.who} in their day (Ctrl+J, Ctrl+Z)",
        lambda now: now == before or model.id_of(now) == model.id_of(line.followup_id),
        FORM,
    )
