"""A damaged file: noticed, set aside unchanged, and what is readable brought over.

The new file is made beside the damaged one, in one transaction, and takes its place when it is
whole. A mark beside the file says how far that has come and is removed last: a rescue that was
killed at any moment goes on, or begins anew, at the next start. Only where the key is proven to be
right is a file ever called damaged.
"""

import contextlib
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from agent_app.domain.errors import StoreDamaged, StoreError, StoreFull, StoreLocked
from agent_app.store.beside import key_is_right, note_key, sync_folder, write_whole
from agent_app.store.carrying import TABLES
from agent_app.store.database import Key, opens, translated
from agent_app.store.salvage import Salvage, remove, salvaging
from agent_app.store.store import Store

log = logging.getLogger(__name__)

_COPY = re.compile(r"(copy|model-\d+)(-wal|-shm|-journal)?")

Step = Callable[[str], None]
"""Is told each step of a rescue before it is made (a test's way to stop there)."""


@dataclass(frozen=True, slots=True)
class Rescued:
    """Where the damaged file lies now, and how many rows of each table were brought over."""

    aside: Path
    rows: dict[str, int] = field(default_factory=dict)


def open_sound(file: Path, key: Key) -> Store:
    """Open the store.

    Raises StoreDamaged where it has to be rescued first, StoreLocked where *key* may be wrong: then
    it is left alone.
    """
    if _mark(file).exists():
        if not _is_proven(file, key):
            raise StoreLocked("the key does not open this file")
        raise StoreDamaged("damage was met in this file")
    try:
        store = Store(file, key)
    except StoreLocked as error:
        if not key_is_right(file, key):
            raise
        raise StoreDamaged("the file is damaged") from error
    note_key(file, key, store.layout())
    return store


def _is_proven(file: Path, key: Key) -> bool:
    """Return whether the key is the damaged file's, by what lies beside it or by what it opens."""
    if key_is_right(file, key):
        return True
    return any(one.exists() and opens(one, key) for one in (file, _new(file)))


def open_rescued(file: Path, key: Key) -> tuple[Store, Rescued]:
    """Open the store that a rescue has just put in its place, which ends the rescue."""
    mark = _read_mark(file)
    store = Store(file, key)
    note_key(file, key, store.layout())
    _mark(file).unlink(missing_ok=True)
    return store, mark or Rescued(file)


def open_or_rescue(file: Path | None, key: Key | None) -> tuple[Store, Rescued | None]:
    """Open the store; one that is known to be damaged is set aside and its rows brought over."""
    if file is None or key is None:
        return Store(None, None), None
    try:
        return open_sound(file, key), None
    except StoreDamaged:
        rescue(file, key)
        return open_rescued(file, key)


def remove_leftovers(folder: Path) -> None:
    """Remove the copies that checks and rescues of earlier versions left where they were killed."""
    for copies in folder.glob("tmp*"):
        if not copies.is_dir() or copies.is_symlink():
            continue
        names = [one.name for one in copies.iterdir()]
        if names and all(_COPY.fullmatch(name) for name in names):
            with contextlib.suppress(OSError):
                for name in names:
                    (copies / name).unlink()
                copies.rmdir()


def mark_damaged(path: Path) -> None:
    """Note beside an open file that its damage was met: the next opening rescues it."""
    if not _mark(path).exists():
        _mark(path).touch(0o600)


def rescue(path: Path, key: Key, end: Event | None = None, step: Step = lambda _name: None) -> None:
    """Make a new file of what is readable, and let it take the place of the damaged one.

    For a thread of its own: it may take some seconds. *end* ends it early; then, as after a failure,
    nothing has changed, and it can be begun again. Raises StoreFull where there is no room for the
    new file, StoreDamaged where nothing can be read.
    """

    def look() -> None:
        if end is not None and end.is_set():
            raise StoreError("the rescue was ended")

    mark_damaged(path)
    new = _new(path)
    mark = _read_mark(path)
    if mark is None or not (new.exists() or mark.aside.exists()):
        step("build")
        remove(new)
        with translated():
            rows = _build(path, key, new, look)
        step("note")
        mark = Rescued(_unused(path), rows)
        try:
            write_whole(_mark(path), json.dumps({"aside": mark.aside.name, "rows": rows}))
        except StoreFull:
            remove(new)
            raise
    try:
        _swap(path, new, mark.aside, step)
    except OSError as error:
        raise StoreFull(f"the damaged file cannot be set aside: {error.strerror}") from error
    log.warning("a damaged store was set aside; rows brought over: %s", mark.rows)


def _build(path: Path, key: Key, new: Path, look: Callable[[], None]) -> dict[str, int]:
    with salvaging(path, key, look) as old:
        store = Store(new, key)
        try:
            rows = store.carrying.take_over(
                ((table, old.rows(table)) for table in TABLES), lambda: _is_whole(old)
            )
        except BaseException:
            store.close()
            remove(new)
            raise
        store.close()
    log_file = new.with_name(new.name + "-wal")
    if log_file.exists() and log_file.stat().st_size:
        raise StoreFull("the new file is not whole")
    return rows


def _is_whole(old: Salvage) -> bool:
    return "followup" not in old.lost_some


def _swap(path: Path, new: Path, aside: Path, step: Step) -> None:
    """Each step may be the last one that was made: made again, they end the same."""
    if new.exists():
        for ending in ("", "-wal", "-shm"):
            step(f"aside{ending}")
            file = path.with_name(path.name + ending)
            if file.exists():
                file.rename(aside.with_name(aside.name + ending))
        sync_folder(path.parent)
        step("place")
        new.rename(path)
    sync_folder(path.parent)
    step("placed")


def _new(path: Path) -> Path:
    return path.with_name(path.name + ".rescued")


# -- the mark


def _mark(path: Path) -> Path:
    return path.with_name(path.name + ".damage-met")


def _read_mark(path: Path) -> Rescued | None:
    """Return what the mark says of a new file that is whole; None where there is none yet."""
    try:
        payload = json.loads(_mark(path).read_text())
        return Rescued(path.with_name(str(payload["aside"])), dict(payload["rows"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _unused(path: Path) -> Path:
    """Return a name for the damaged file that no earlier one has."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return path.with_name(f"{path.name}.damaged-{stamp}")
