"""What must hold after every step, and when a walk has ended."""

from agent_app.domain.outbox import EntryKind
from tests.day.acting import Broken, Done
from tests.day.model import NEW, WORD, Word
from tests.day.screen import TEXTS, WATCHED, Screen, label
from tests.day.world import World

ONE_TRUTH = "one truth about what is open"
WORDS = "words land where they were typed"
FOCUS = "focus is decided, not fallen into"
MISTAKE = "no mistake of the program"
SENDER = "the sender lives"
WHOLE = "the list is whole"
ONCE = "each planned call is filed once"


def no_mistake(world: World) -> None:
    """No error in the log, no exception in a slot, no warning of Qt."""
    if world.watch.mistakes:
        raise Broken(MISTAKE, world.watch.mistakes[0])


def journal_is_clean(world: World) -> None:
    """Nothing arrived at the server that should not."""
    if world.model.wrong:
        raise Broken(*world.model.wrong[0])


def note_seen(world: World) -> None:
    """Remember which colleagues' values stand in the forms."""
    model = world.model
    for screen in world.screens:
        followup = model.id_of(screen.open_id)
        for name in WATCHED if followup and screen.is_ready else ():
            theirs = model.theirs.get((followup, name))
            if theirs is not None and screen.text(name) == label(name, theirs.value):
                model.seen.add((followup, name, theirs.number))


def learn_ids(world: World) -> None:
    """Which id the server gave to what was written on a desk; it must be of the same debt."""
    model = world.model
    for screen in world.screens:
        store = screen.desk.store
        if store is None:
            continue
        for entry in store.outbox.entries():
            if entry.kind is EntryKind.CREATE:
                model.debts.setdefault(entry.patch.followup_id, entry.debt_id)
        known = [word.followup for word in model.words.values()]
        known += [one for belief in model.beliefs for one in (belief.open_id, *belief.saved_ids)]
        for followup in {one for one in known if one.startswith(NEW)}:
            server_id_of = store.server_id_of(followup)
            if server_id_of != followup:
                model.server_id_of[followup] = server_id_of
                model.debts.setdefault(followup, model.debts.get(server_id_of, ""))


def opened_by_an_act(world: World, desk: int, done: Done) -> None:
    """The open followup is what it was, or one that the step may open."""
    model, screen = world.model, world.screens[desk]
    belief = model.beliefs[desk]
    was, now = belief.open_id, screen.open_id
    if (
        model.id_of(was) == model.id_of(now)
        or done.may_open(now)
        or done.may_open(model.id_of(now))
    ):
        return
    raise Broken(
        ONE_TRUTH,
        f"{model.name_of(was)} was open, and now it is {model.name_of(now)}"
        f" ({was[:12] or 'none'} → {now[:12] or 'none'})",
    )


def stays_open(world: World) -> None:
    """Nothing but a step has changed what is open."""
    model = world.model
    for screen, belief in zip(world.screens, model.beliefs, strict=True):
        if model.id_of(screen.open_id) != model.id_of(belief.open_id):
            raise Broken(
                ONE_TRUTH,
                f"by itself {model.name_of(belief.open_id)} became"
                f" {model.name_of(screen.open_id)} in the form",
            )


def screen_agrees(world: World, screen: Screen) -> str:
    """Heading, form and list speak of the same followup; returns what does not, or ""."""
    followup = world.model.id_of(screen.open_id)
    selected = screen.selected
    if len(selected) > 1:
        return f"{len(selected)} rows look chosen"
    if selected and world.model.id_of(selected[0]) != followup:
        return (
            f"the list has {world.model.name_of(selected[0])} chosen, the form shows"
            f" {world.model.name_of(followup)}"
        )
    name = world.model.names.get(world.model.debts.get(followup, ""), "")
    heading = screen.heading
    if followup and name and name.split()[-1] not in heading and not heading.startswith(followup):
        debt = world.model.debts.get(followup, "")
        if heading != debt:  # not read yet
            return f"the heading says {heading!r}, the followup is of {name!r}"
    return ""


def focus_is_sensible(screen: Screen, before: tuple[str, str], done: Done) -> str:
    """The keyboard is where it was, where the agent worked last, in the list, or where the step may
    have led it; returns what is wrong, or ""."""
    if screen.dialog is not None or not screen.window.isActiveWindow():
        return ""
    place = screen.place
    kind, _, name = place.partition(" ")
    if place in (*before, "list") or place.startswith(done.goes or ("\0",)):
        return ""
    if kind == "field" and screen.is_wrong(name):
        return ""  # it is said what is wrong there
    if kind == "widget" and screen.is_harmless:
        return ""
    return f"the keyboard was in {before[0]}, and now it is in {place}"


# -- words


def words_are_kept(world: World) -> str:
    """Every word is in its followup's form, draft, outbox or on the server, and nowhere else;
    returns what is not, or ""."""
    server = world.look_at_server()
    learn_ids(world)
    model = world.model
    for screen in world.screens:
        misplaced = _misplaced(world, screen)
        if misplaced:
            return misplaced
    for word in model.words.values():
        if not word.free and not _is_kept(world, word, server):
            return (
                f"{word.text}, typed in {word.field} of {model.name_of(word.followup)}, is neither"
                " in form, draft nor outbox, nor on the server"
            )
    return ""


def _misplaced(world: World, screen: Screen) -> str:
    model, store = world.model, screen.desk.store
    followup = screen.open_id
    for name in TEXTS if followup and screen.is_ready else ():
        if wrong := model.misplaced(screen.text(name), followup, name):
            return f"{wrong} (in the form)"
    if store is None:
        return ""
    for key in store.drafts.ids():
        draft = store.drafts.get(key)
        for name in TEXTS if draft is not None else ():
            assert draft is not None
            if wrong := model.misplaced(str(draft.patch.changes.get(name) or ""), key, name):
                return f"{wrong} (in its draft)"
    for entry in store.outbox.entries():
        for name in TEXTS:
            text = str(entry.patch.changes.get(name) or "")
            if wrong := model.misplaced(text, entry.patch.followup_id, name):
                return f"{wrong} (in the outbox)"
    return ""


def _is_kept(world: World, word: Word, server: dict[str, dict[str, object]]) -> bool:
    followup = world.model.id_of(word.followup)
    row = server.get(followup)
    if row is not None and word.text in WORD.findall(str(row.get(word.field) or "")):
        return True
    return any(word.text in text for text in texts_on(world.screens[word.desk], word))


def texts_on(screen: Screen, word: Word) -> list[str]:
    """What the desk itself holds of a word's field: form, draft, outbox."""
    found: list[str] = []
    store = screen.desk.store
    if store is None:
        return found
    ids = {word.followup, store.server_id_of(word.followup)}
    if screen.open_id in ids:
        found.append(screen.text(word.field))
    for followup in ids:
        draft = store.drafts.get(followup)
        if draft is not None:
            found.append(str(draft.patch.changes.get(word.field) or ""))
        entries = store.outbox.of(followup)
        found += [str(entry.patch.changes.get(word.field) or "") for entry in entries]
    return found


# -- at the end


def all_has_left(world: World) -> str:
    """Nothing waits any more; returns what does, or ""."""
    for screen in world.screens:
        if screen.waiting:
            return f"{screen.waiting} change(s) still wait; the window says {screen.connection!r}"
    return ""


def server_has_all(world: World) -> str:
    """Each saved word is on the server once, or waits for a person; returns what is not, or ""."""
    server, model = world.look_at_server(), world.model
    for word in model.words.values():
        if word.free or not word.saved:
            continue
        row = server.get(model.id_of(word.followup))
        text = str(row.get(word.field) or "") if row is not None else ""
        count = WORD.findall(text).count(word.text)
        if count == 1:
            continue
        if count > 1:
            return f"{word.text} is {count} times in {word.field} of {model.name_of(word.followup)}"
        if not any(word.text in one for one in texts_on(world.screens[word.desk], word)):
            return f"{word.text} was saved and is not on the server"
    return ""


def calls_are_filed(world: World) -> str:
    """Each planned call was filed once, those that need a person aside; returns what was not."""
    model = world.model
    pending: dict[str, int] = {}
    for screen in world.screens:
        store = screen.desk.store
        for entry in store.outbox.entries() if store is not None else ():
            if entry.kind is EntryKind.CREATE:
                pending[entry.debt_id] = pending.get(entry.debt_id, 0) + 1
    for debt in {*model.planned, *model.filed}:
        planned, missing = model.planned.get(debt, [0, 0])
        filed = model.filed.get(debt, 0)
        least = planned - missing - pending.get(debt, 0)
        if not least <= filed <= planned:
            return f"{planned} calls were planned for {model.names.get(debt)}, {filed} were filed"
    return ""


def list_is_whole(world: World, screen: Screen) -> str:
    """The list, showing all, has the server's rows; returns what it has not, or ""."""
    server, shown = set(world.look_at_server()), screen.rows
    own = {one for one in shown if one.startswith(NEW)}
    missing, gone = server - set(shown), set(shown) - server - own
    if missing:
        return f"{len(missing)} of {len(server)} followups are missing from the list"
    if gone:
        return f"{len(gone)} rows of the list are not on the server"
    if len(shown) != len(set(shown)):
        return "a row is twice in the list"
    return ""
