"""Only damage is called damage: what the disk does to us at the moment of a check is not."""

import itertools
import os
from pathlib import Path
from threading import Thread
from typing import Any

import apsw
import pytest

from agent_app.domain.errors import StoreError, StoreLocked
from agent_app.store import examining
from agent_app.store.database import Key
from agent_app.store.examining import Check, examine, is_sound
from agent_app.store.store import Store
from tests.full_disk import file_limit
from tests.unit.store.test_rescue import EDITS, RAW, fill, flip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "x.store"
    fill(file, RAW)
    return file


def test_a_quota_is_no_damage(file: Path) -> None:
    store = Store(file, RAW)
    with file_limit(8_192):
        assert is_sound(file, RAW)
        assert examine(file, RAW).sound
    store.close()


def test_a_quota_is_said_where_a_closed_file_cannot_be_looked_at(file: Path) -> None:
    with file_limit(8_192), pytest.raises(StoreError) as refused:
        examine(file, RAW)
    assert not isinstance(refused.value, StoreLocked)


def test_a_check_leaves_nothing_behind_and_copies_nothing(file: Path) -> None:
    before = {one.name: one.read_bytes() for one in file.parent.iterdir()}
    assert is_sound(file, RAW)
    after = {one.name: one.read_bytes() for one in file.parent.iterdir()}
    assert {name: data for name, data in after.items() if name in before} == before
    assert sum(len(data) for name, data in after.items() if name not in before) <= 32_768


class _Reading(apsw.VFSFile):
    def __init__(self, vfs: "_Failing", name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._vfs = vfs

    def xRead(self, amount: int, offset: int) -> bytes:
        self._vfs.reads += 1
        if self._vfs.reads > self._vfs.good:
            raise apsw.IOError("the disk does not answer")
        return super().xRead(amount, offset)


class _Failing(apsw.VFS):
    """A disk that fails to read after so many reads."""

    def __init__(self, name: str, good: int) -> None:
        super().__init__(name, "win32" if os.name == "nt" else "unix")
        self.good, self.reads = good, 0

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        return _Reading(self, name, flags)


_numbers = itertools.count()
_kept: list[_Failing] = []
"""The encryption's own VFS above each of these lives as long as the process, so must they."""


@pytest.mark.parametrize("good", range(0, 60, 3))
def test_a_disk_that_does_not_answer_is_no_damage(
    file: Path, monkeypatch: pytest.MonkeyPatch, good: int
) -> None:
    def open_there(path: Path, key: Key) -> apsw.Connection:
        below = f"failing-{next(_numbers)}"
        _kept.append(_Failing(below, good))
        uri = f"file:{path}?vfs=multipleciphers-{below}"
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        connection = apsw.Connection(uri, flags=flags)
        connection.execute(f"pragma key = 'raw:{key.raw.hex()}'")
        return connection

    monkeypatch.setattr(examining, "open_to_read", open_there)
    with pytest.raises(StoreError) as refused:
        is_sound(file, RAW)
    assert not isinstance(refused.value, StoreLocked)


def test_a_check_is_ended_early(file: Path) -> None:
    check = Check(file, RAW)
    check.end()
    with pytest.raises(StoreError):
        check.is_sound()


def test_a_check_under_way_is_ended_from_another_thread(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = Check(file, RAW)
    other = Thread(target=check.end)
    endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select x from n"

    def looks_for_ever(connection: apsw.Connection) -> bool:
        for (number,) in connection.execute(endless):
            if number == 1:
                other.start()
        return True

    monkeypatch.setattr(examining, "_says_sound", looks_for_ever)
    with pytest.raises(StoreError):
        check.is_sound()
    other.join()


def test_the_doctor_counts_what_waits(file: Path) -> None:
    found = examine(file, RAW)
    assert (found.sound, found.waiting, found.drafts) == (True, EDITS + 1, EDITS)


def test_the_doctor_tells_damage_from_a_wrong_key(file: Path) -> None:
    with pytest.raises(StoreLocked):
        examine(file, Key(raw=b"o" * 32))
    flip(file, 0)
    assert not examine(file, RAW).sound
    with pytest.raises(StoreLocked):
        examine(file, Key(raw=b"o" * 32))
