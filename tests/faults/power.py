"""Simulated power cuts on the encrypted file: what was written after the last sync is dropped or
torn, and the file must open again with everything that was acknowledged.

    python -m tests.faults.power --cuts 1000
    python -m tests.faults.power --cuts 1000 --synchronous normal   # loses rows: the harness can

A VFS below the encryption keeps what each file held at its last sync, and the writes since.
"""

import argparse
import itertools
import random
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw

from agent_app.domain.patch import FollowupPatch
from agent_app.store.database import Key, unlock
from agent_app.store.store import Store

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
KEY = Key(raw=b"p" * 32)
SECTOR = 512


@dataclass
class Disk:
    """What is safe of each file, and what was written to it since its last sync."""

    safe: dict[str, bytes] = field(default_factory=dict)
    since: dict[str, list[tuple[int, bytes | None]]] = field(default_factory=dict)
    """(offset, data), or (size, None) for a truncation."""

    def sync(self, name: str) -> None:
        self.safe[name] = apply(self.safe.get(name, b""), self.since.get(name, []))
        self.since[name] = []

    def after_cut(self, rng: random.Random) -> dict[str, bytes]:
        """The files as they may be after the power went: any writes since, some of them torn."""
        files = {}
        for name in self.safe.keys() | self.since.keys():
            kept: list[tuple[int, bytes | None]] = []
            for offset, data in self.since.get(name, []):
                luck = rng.random()
                if luck < 0.5:
                    kept.append((offset, data))
                elif luck < 0.75 and data is not None:
                    kept.append((offset, data[: rng.randrange(0, len(data) + 1, SECTOR)]))
            files[name] = apply(self.safe.get(name, b""), kept)
        return files


def apply(before: bytes, writes: list[tuple[int, bytes | None]]) -> bytes:
    """The bytes of a file after *writes*."""
    now = bytearray(before)
    for offset, data in writes:
        if data is None:
            del now[offset:]
            continue
        if len(now) < offset + len(data):
            now.extend(b"\0" * (offset + len(data) - len(now)))
        now[offset : offset + len(data)] = data
    return bytes(now)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, filename: Any, flags: list[int]) -> None:
        super().__init__("", filename, flags)
        name = filename.filename() if isinstance(filename, apsw.URIFilename) else filename
        self._disk, self._name = disk, Path(name or "temporary").name

    def xWrite(self, data: Any, offset: int) -> None:
        super().xWrite(data, offset)
        self._disk.since.setdefault(self._name, []).append((offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._disk.since.setdefault(self._name, []).append((size, None))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._disk.sync(self._name)


class _Vfs(apsw.VFS):
    def __init__(self, name: str, disk: Disk) -> None:
        self._disk = disk
        super().__init__(name, "win32" if sys.platform == "win32" else "unix")

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        return _File(self._disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        super().xDelete(filename, syncdir)
        name = Path(filename).name
        self._disk.safe.pop(name, None)
        self._disk.since.pop(name, None)


_numbers = itertools.count()
_kept: list[_Vfs] = []
"""The encryption's own VFS above each of these lives as long as the process, so must they."""


@dataclass
class Figures:
    """What came of it."""

    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    corrupt: int = 0

    def __str__(self) -> str:
        return (
            f"power cuts             {self.cuts}\n"
            f"saves acknowledged     {self.acknowledged}\n"
            f"acknowledged and lost  {self.lost}\n"
            f"corrupt files          {self.corrupt}"
        )


def run(cuts: int, synchronous: str = "full", seed: int = 1) -> Figures:
    """Cut the power *cuts* times, at a random moment of a row of saves each time."""
    figures, rng = Figures(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="followup-power-") as name:
        for cut in range(cuts):
            folder = Path(name) / str(cut)
            folder.mkdir()
            _one(folder, figures, rng, synchronous)
    return figures


def _one(folder: Path, figures: Figures, rng: random.Random, synchronous: str) -> None:
    disk = Disk()
    below = f"power-{next(_numbers)}"
    _kept.append(_Vfs(below, disk))
    uri = f"{(folder / 'x.store').as_uri()}?vfs=multipleciphers-{below}"
    store = Store(folder / "x.store", KEY, open_as=uri)
    store._database._synchronous = synchronous
    store._database._connection.execute(f"pragma synchronous = {synchronous}")
    rows = [{"id": f"f{n}", "debt_id": "d", "status": "scheduled"} for n in range(4)]
    store.followups.upsert(rows, NOW)
    if rng.random() < 0.4:
        store._database._connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    told: dict[str, str] = {}
    for number in range(rng.randint(1, 12)):
        followup_id = f"f{rng.randrange(4)}"
        words = f"{number} " + "w" * rng.randint(0, 3_000)
        store.save(FollowupPatch(followup_id, {"notes": words}, {"notes": None}), NOW)
        told[followup_id] = words
        if rng.random() < 0.3:  # what the server says in between is not durable, and undoes nothing
            store.followups.upsert([{"id": followup_id, "summary": words[:60]}], NOW)
        if rng.random() < 0.3:  # the server has it: the entry may come back, to be sent once more
            _confirm(store, followup_id, words, durable=rng.random() < 0.5)
        if rng.random() < 0.1:
            store._database._connection.execute("pragma wal_checkpoint(passive)").fetchall()
    files = disk.after_cut(rng)
    figures.cuts += 1
    figures.acknowledged += len(told)
    after = folder / "after"
    after.mkdir()
    for name, data in files.items():
        if name.endswith("-shm"):
            continue
        (after / name).write_bytes(data)
    _look(after / "x.store", told, figures)
    store.close()


def _confirm(store: Store, followup_id: str, words: str, *, durable: bool) -> None:
    (entry,) = store.outbox.of(followup_id)
    store.outbox.mark_leaving(entry, durable=durable)  # an edit's is not, a new followup's is
    store.outbox.confirm(entry, {"id": followup_id, "notes": words}, NOW)


def _look(file: Path, told: dict[str, str], figures: Figures) -> None:
    connection = apsw.Connection(str(file))
    try:
        unlock(connection, KEY)
        sound = connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        figures.corrupt += not sound
    except apsw.Error:
        figures.corrupt += 1
        return
    finally:
        connection.close()
    store = Store(file, KEY)
    for followup_id, words in told.items():
        waiting = [e.patch.changes.get("notes") for e in store.outbox.of(followup_id)]
        there = store.followups.from_server(followup_id)
        confirmed = there is not None and there.notes == words
        figures.lost += waiting != [words] and not (confirmed and waiting == [])
    store.close()


def main() -> int:
    """The command line; the exit status is 0 if nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--synchronous", choices=("full", "normal"), default="full")
    said = parser.parse_args()
    figures = run(said.cuts, said.synchronous)
    print(figures)
    return 1 if figures.lost or figures.corrupt else 0


if __name__ == "__main__":
    sys.exit(main())
