"""What an agent does at the desk: each a small function that tells in a sentence what was done."""

import asyncio
import random
import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from agent_app.models.edit_session import EditSession
from tests.day.acting import Act, Broken, Done, step
from tests.day.model import NEW, WORD, Word
from tests.day.screen import ALT, CONTROL, SHIFT, TEXTS

Dice = random.Random
Key = Qt.Key
DIGITS = tuple(Key(int(Key.Key_1) + n) for n in range(9))
VIEWS = ("To call now", "Overdue", "Today", "Waiting", "Done", "All")
FORM = ("field",)
HISTORY = ("widget timeline", "widget pinned")
SOON_S = 0.08


def _row(rng: Dice) -> tuple[str, ...]:
    return (str(rng.randrange(12)),)


# -- the list


@step("view", 3, lambda rng: (str(rng.choices((1, 2, 3, 4, 5, 6), (9, 3, 1, 3, 1, 4))[0]),))
async def view(act: Act) -> Done:
    number = act.number(0, 1)
    act.screen.press(DIGITS[number - 1], CONTROL)
    return Done(f"{act.agent} chooses {VIEWS[number - 1]} (Ctrl+{number})")


def _to_list(act: Act) -> None:
    if act.screen.place != "list":
        act.screen.press(Key.Key_L, CONTROL)


async def _arrow(act: Act, key: Key, by: int, name: str) -> Done:
    before = act.screen.rows
    _to_list(act)
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
    _to_list(act)
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
    _to_list(act)
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
    _to_list(act)
    act.screen.press(Key.Key_O)
    return Done(f"{act.agent} changes the list's order (O)", lambda now: now == before, ("list",))


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


# -- words


async def _letters(act: Act, word: Word, gap_s: float, *, pop_in: bool = False) -> None:
    """Type a word, letter by letter, where the keyboard is."""
    screen, belief = act.screen, act.belief
    home = (word.followup, word.field)
    typed = f" {word.text}" if screen.text(word.field) else word.text
    for place, letter in enumerate(typed):
        if screen.typing_in != word.field:
            raise Broken(
                "focus is decided, not fallen into",
                f"while {act.agent} typed in {word.field} of {act.model.name_of(word.followup)}"
                f" the keyboard went to {screen.place}",
            )
        before = screen.text(word.field)
        screen.letter(letter)
        gone = set(WORD.findall(before)) - set(WORD.findall(screen.text(word.field)))
        gone -= {word.text}
        if gone and belief.typing == home:
            raise Broken(
                "words land where they were typed",
                f"the letter {letter!r} replaced {', '.join(sorted(gone))} in {word.field}, which"
                f" {act.agent} was still typing",
            )
        for one in gone:
            act.model.words[one].free = True
        belief.typing = home
        if pop_in and place == 2:
            act.screen.desk.take_pop({"phone": _phone(act, act.number(2))})
        await asyncio.sleep(gap_s)


def _go_to_text(act: Act, name: str) -> None:
    if act.screen.typing_in != name:
        act.screen.click(act.screen.field(name))
        if name == "notes":
            act.screen.press(Key.Key_End, CONTROL)
        else:  # a line knows End alone
            act.screen.press(Key.Key_End)
        act.belief.typing = None


def _may_type(act: Act) -> bool:
    return bool(act.screen.open_id) and act.screen.desk.status.state.may_write


async def _type_words(act: Act, name: str, count: int, gap_ms: int, *, pop_in: bool = False) -> str:
    home = act.screen.open_id
    words = []
    for _ in range(count):
        word = act.model.new_word(act.desk, home, name)
        words.append(word.text)
        await _letters(act, word, gap_ms / 1000, pop_in=pop_in)
    return f"{act.agent} types {' '.join(words)} in {name} of {act.model.name_of(home)}"


def _typing(rng: Dice) -> tuple[str, ...]:
    return (rng.choice(("notes", "notes", "summary")), str(rng.randint(1, 3)), _gap(rng))


def _gap(rng: Dice) -> str:
    return str(rng.choice((0, 5, 20, 60)))


@step("type", 7, _typing)
async def type_(act: Act) -> Done:
    if not _may_type(act):
        return Done(f"{act.agent} has nothing open to type in")
    name = act.arg(0, "notes")
    _go_to_text(act, name)
    said = await _type_words(act, name, act.number(1, 1), act.number(2, 10))
    return Done(said, goes=(f"field {name}",))


@step("type_on", 4, lambda rng: (str(rng.randint(1, 3)), _gap(rng)))
async def type_on(act: Act) -> Done:
    """Type where the keyboard is, without a look."""
    name = act.screen.typing_in
    if not name or not _may_type(act):
        return Done(f"{act.agent} is in no text and types nothing")
    return Done(f"{await _type_words(act, name, act.number(0, 1), act.number(1, 10))} at once")


@step("pop_typing", 1.5, lambda rng: ("notes", "10", str(rng.randrange(40))))
async def pop_typing(act: Act) -> Done:
    if not _may_type(act):
        return Done(f"{act.agent} has nothing open to type in")
    _go_to_text(act, "notes")
    said = await _type_words(act, "notes", 2, act.number(1, 10), pop_in=True)
    return Done(f"{said} while the telephone rings", goes=("field notes",))


@step("moment", 2, lambda rng: (rng.choice(("scheduled_at", "next_call")),))
async def moment(act: Act) -> Done:
    name = act.arg(0, "scheduled_at")
    if not _may_type(act) or not act.screen.field(name).isVisible():
        return Done(f"{act.agent} sees no {name} to fill in")
    act.screen.click(act.screen.field(name))
    act.screen.press(Key.Key_A, CONTROL)
    minute = act.model.minute()
    text = f"tomorrow {8 + minute // 60 % 12}:{minute % 60:02}"
    for letter in text:
        act.screen.letter(letter)
    act.belief.typing = None
    return Done(f"{act.agent} types {text!r} in {name} of {act.whom}", goes=(f"field {name}",))


@step(
    "outcome", 7, lambda rng: (str(rng.choices((1, 2, 3, 4, 5, 7, 8), (3, 6, 3, 1, 3, 1, 1))[0]),)
)
async def outcome(act: Act) -> Done:
    number = act.number(0, 2)
    in_list = act.screen.place == "list"
    act.screen.press(DIGITS[number - 1], Qt.KeyboardModifier.NoModifier if in_list else ALT)
    act.belief.typing = None
    name = f"{number}" if in_list else f"Alt+{number}"
    return Done(f"{act.agent} presses {name} on {act.whom}", goes=FORM)


# -- saving


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


@step("save_next", 6)
async def save_next(act: Act) -> Done:
    saving, rows = Saving(act), act.screen.rows
    act.screen.press(Key.Key_Return, CONTROL | SHIFT)
    if saving.followup in rows:
        place = rows.index(saving.followup)
        following = set(rows[max(0, place - 1) : place + 2])
    else:
        following = set(rows)
    said = f"{act.agent} saves {act.model.name_of(saving.followup)} and goes on (Ctrl+Shift+Return)"
    act.belief.typing = None
    return Done(said + saving.note(), lambda now: now in following)


@step("undo", 2)
async def undo(act: Act) -> Done:
    _to_list(act)
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


# -- the rest of the keys


@step("new", 2)
async def new(act: Act) -> Done:
    followup = act.screen.open_id
    debt = act.model.debts.get(act.model.id_of(followup), "")
    act.screen.press(Key.Key_N, CONTROL)
    now_open = act.screen.open_id
    act.belief.typing = None
    if now_open.startswith(NEW):
        act.model.debts[now_open] = debt
    if followup and debt and now_open == followup and act.screen.desk.status.state.may_write:
        raise Broken(
            "one truth about what is open", f"Ctrl+N on {act.model.name_of(followup)} did nothing"
        )
    return Done(
        f"{act.agent} begins a new call for {act.model.name_of(followup)} (Ctrl+N)",
        lambda now: now.startswith(NEW) or act.model.id_of(now_open) == now,
        FORM,
    )


@step("debt", 1.5, lambda rng: (str(rng.choice((0, 3, 5, 6))),))
async def debt(act: Act) -> Done:
    """The call said something about the debt (Ctrl+T and a number), or it is thought better of."""
    number = act.number(0)
    followup, screen = act.screen.open_id, act.screen
    screen.press(Key.Key_T, CONTROL)
    if number:
        screen.press(DIGITS[number - 1])
    await asyncio.sleep(0)
    layer = screen.window.editor.about_debt.layer
    if not layer.isHidden():
        screen.press(Key.Key_Return if number == 5 else Key.Key_Escape)
    act.belief.typing = None
    if not layer.isHidden():
        raise Broken("every key does one thing", "what the call said of the debt stays open")
    said = {0: "nothing", 3: "a wrong number", 5: "a dispute", 6: "a payment"}[number]
    return Done(
        f"{act.agent} notes {said} about the debt of {act.model.name_of(followup)} (Ctrl+T)",
        goes=FORM,
    )


@step("history", 0.7)
async def history(act: Act) -> Done:
    act.screen.press(Key.Key_H, CONTROL)
    await asyncio.sleep(SOON_S)
    if act.screen.place in HISTORY:
        act.screen.press(Key.Key_Escape)
    act.belief.typing = None
    return Done(f"{act.agent} reads the history (Ctrl+H, Esc)", goes=FORM)


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


@step("pin", 0.7, lambda rng: (str(rng.randrange(1_000)),))
async def pin(act: Act) -> Done:
    """A few words that stay with the debt, on this computer."""
    screen, note = act.screen, act.screen.window.editor.history.pinned
    if not screen.open_id or not note.isVisible() or not note.isEnabled():
        return Done(f"{act.agent} sees nothing to pin words to")
    screen.click(note)
    screen.press(Key.Key_A, CONTROL)
    words = f"pinned {act.number(0)}"
    for letter in words:
        screen.letter(letter)
    debt = act.model.debts.get(act.model.id_of(screen.open_id), "")
    screen.press(Key.Key_Escape)
    act.belief.typing = None
    store, form = screen.desk.store, screen.desk.form_desk
    if store is not None and form is not None and form.pinned.debt_id == debt:
        kept = {store.pins.get(debt), form.pinned.text}
        if words not in kept:
            raise Broken("no typed word is lost", f"{words!r} was pinned, {kept} is kept")
    return Done(f"{act.agent} pins {words!r} to the debt of {act.whom}", goes=FORM)


@step("outcome_menu", 0.7, lambda rng: (str(rng.choice((4, 6, 7, 9))),))
async def outcome_menu(act: Act) -> Done:
    """An outcome that is not among the usual ones."""
    more = act.screen.window.editor.outcome_bar.more
    number = act.number(0, 6)
    if not act.screen.open_id or not more.isVisible() or not more.isEnabled():
        return Done(f"{act.agent} sees no more outcomes")
    act.screen.click(more)
    await asyncio.sleep(SOON_S)
    act.screen.press(DIGITS[number - 1])
    await asyncio.sleep(0)
    await act.screen.escape()
    act.belief.typing = None
    return Done(f"{act.agent} chooses outcome {number} of the menu on {act.whom}", goes=FORM)


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


@step("dial", 0.7)
async def dial(act: Act) -> Done:
    act.screen.press(Key.Key_D, CONTROL)
    return Done(f"{act.agent} calls {act.whom} (Ctrl+D)", goes=("widget reason",))


@step("refresh", 2.5)
async def refresh(act: Act) -> Done:
    act.screen.press(Key.Key_F5)
    return Done(f"{act.agent} refreshes (F5)")


@step("decide", 1.5, lambda rng: (rng.choice("MT"),))
async def decide(act: Act) -> Done:
    screen = act.screen
    if not screen.undecided:
        return Done(f"{act.agent} has nothing to decide")
    followup, name, letter = screen.open_id, screen.undecided[0], act.arg(0, "M")
    panel = screen.window.editor.conflicts
    focused = QApplication.focusWidget()
    if focused is not None and panel.isAncestorOf(focused):
        screen.press(getattr(Key, f"Key_{letter}"))
    else:
        marked = f"({letter})"
        for button in panel.findChildren(QPushButton):
            if button.isVisible() and marked in button.text():
                screen.click(button)
                break
    taken = name not in screen.undecided
    if taken:
        act.model.decided[act.model.id_of(followup), name] = time.time()
    if taken and letter == "T":
        for word in act.model.words_of(followup, desk=act.desk):
            word.free |= word.field == name
    act.belief.typing = None
    what = "keeps their own" if letter == "M" else "takes the colleague's"
    return Done(f"{act.agent} {what} {name} in the conflict", goes=("widget", *FORM))


@step("close_notice", 0.5)
async def close_notice(act: Act) -> Done:
    button = act.screen.window.notice._button
    if not button.isVisible():
        return Done(f"{act.agent} sees no notice")
    act.screen.click(button)
    return Done(f"{act.agent} closes the notice")


# -- the telephone


def _phone(act: Act, number: int) -> str:
    phones = sorted(filter(None, act.model.phones.values()))
    return phones[number % len(phones)] if phones and number % 6 != 5 else "+33600000000"


def owners(act: Act, phone: str) -> set[str]:
    """Followups of whoever has this number."""
    debts = {debt for debt, one in act.model.phones.items() if one == phone}
    return {key for key, debt in act.model.debts.items() if debt in debts}


@step("pop", 2, lambda rng: (str(rng.randrange(40)),))
async def pop(act: Act) -> Done:
    phone = _phone(act, act.number(0))
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


# -- the window


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
    return Done(f"{act.agent} quits and starts again", lambda _now: True)
