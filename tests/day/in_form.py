"""What an agent does in the form: words, moments, outcomes, what the call said about the debt."""

import asyncio
import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.day.acting import FORM, SOON_S, Act, Broken, Dice, Done, step
from tests.day.model import NEW, WORD, Word
from tests.day.screen import ALT, CONTROL, DIGITS, Key
from tests.day.telephone import phone_at

HISTORY = ("widget timeline", "widget pinned")


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
            act.screen.desk.take_pop({"phone": phone_at(act, act.number(2))})
        await asyncio.sleep(gap_s)


def _go_to_text(act: Act, name: str) -> None:
    if act.screen.typing_in != name:
        act.screen.click(act.screen.field(name))
        if name == "notes":
            act.screen.press(Key.Key_End, CONTROL)
        else:  # a line knows End alone
            act.screen.press(Key.Key_End)
        act.belief.typing = None


def may_type(act: Act) -> bool:
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
    if not may_type(act):
        return Done(f"{act.agent} has nothing open to type in")
    name = act.arg(0, "notes")
    _go_to_text(act, name)
    said = await _type_words(act, name, act.number(1, 1), act.number(2, 10))
    return Done(said, goes=(f"field {name}",))


@step("type_on", 4, lambda rng: (str(rng.randint(1, 3)), _gap(rng)))
async def type_on(act: Act) -> Done:
    """Type where the keyboard is, without a look."""
    name = act.screen.typing_in
    if not name or not may_type(act):
        return Done(f"{act.agent} is in no text and types nothing")
    return Done(f"{await _type_words(act, name, act.number(0, 1), act.number(1, 10))} at once")


@step("pop_typing", 1.5, lambda rng: ("notes", "10", str(rng.randrange(40))))
async def pop_typing(act: Act) -> Done:
    if not may_type(act):
        return Done(f"{act.agent} has nothing open to type in")
    _go_to_text(act, "notes")
    said = await _type_words(act, "notes", 2, act.number(1, 10), pop_in=True)
    return Done(f"{said} while the telephone rings", goes=("field notes",))


@step("moment", 2, lambda rng: (rng.choice(("scheduled_at", "next_call")),))
async def moment(act: Act) -> Done:
    name = act.arg(0, "scheduled_at")
    if not may_type(act) or not act.screen.field(name).isVisible():
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


@step("dial", 0.7)
async def dial(act: Act) -> Done:
    act.screen.press(Key.Key_D, CONTROL)
    return Done(f"{act.agent} calls {act.whom} (Ctrl+D)", goes=("widget reason",))


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


@step("promise", 1.2, lambda rng: (str(rng.randint(1, 20)),))
async def promise(act: Act) -> Done:
    """The debtor promises to pay: Ctrl+T, 1, the day, Return. It stands in the form, unsaved."""
    screen = act.screen
    followup = screen.open_id
    if not may_type(act):
        return Done(f"{act.agent} has nothing open to promise for")
    screen.press(Key.Key_T, CONTROL)
    screen.press(DIGITS[0])
    await asyncio.sleep(0)
    about = screen.window.editor.about_debt
    if about.layer.isHidden():
        return Done(f"{act.agent} has no debt to promise for")
    screen.click(about.layer.promise.day)
    screen.press(Key.Key_A, CONTROL)
    for letter in f"+{act.number(0, 3)}d":
        screen.letter(letter)
    screen.press(Key.Key_Return)
    await asyncio.sleep(0)
    if not about.layer.isHidden():  # without an amount it is asked for
        screen.press(Key.Key_Escape)
    act.belief.typing = None
    if not about.layer.isHidden():
        raise Broken("every key does one thing", "the promise stays open")
    return Done(
        f"{act.agent} notes a promise to pay in {act.number(0, 3)} days of"
        f" {act.model.name_of(followup)} (Ctrl+T, 1)",
        goes=FORM,
    )
