"""Imports without what PySide leaves on them, and garbage that is collected between frames only.

Each runs in a process of its own: a test's process has imported Qt already, and wants its collector.
"""

import os

from tests.scripts import run_script


def said_by(program: str) -> str:
    return run_script(program, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}).strip()


def test_no_sources_are_read_of_what_is_imported_with_qt() -> None:
    said = said_by("""
import builtins, gc, linecache
plain = builtins.__import__
from agent_app.runtime.importing import importing_quickly
with importing_quickly():
    assert not gc.isenabled()
    import agent_app.text.labels
    from PySide6 import QtWidgets
assert gc.isenabled() and builtins.__import__ is plain
import agent_app.text.numbers
print([file for file in linecache.cache if "agent_app" in file])
""")
    assert said == "[]"


def test_a_dataclass_made_while_importing_is_as_any_other() -> None:
    """Its methods are compiled when they are first called; nobody can tell."""
    said = said_by("""
import copy, dataclasses, pickle, sys
from agent_app.runtime.importing import importing_quickly
create = getattr(dataclasses, "_create_fn", None)
with importing_quickly():
    from agent_app.domain.promise import Promise  # of the program's own
    @dataclasses.dataclass(frozen=True, slots=True)
    class One:
        a: int
        b: str = "b"
        c: list[int] = dataclasses.field(default_factory=list, compare=False)
    @dataclasses.dataclass
    class Two(Exception):
        a: int
    @dataclasses.dataclass(frozen=True, order=True)
    class Three:
        a: int
assert getattr(dataclasses, "_create_fn", None) is create
if create is not None:
    assert One.__eq__.__qualname__ == "One.__eq__"
    assert "method" in One.__eq__.__code__.co_name  # not compiled yet
one = One(1)
for _ in range(2):
    assert one == One(1, c=[2]) and one != One(2) and one != 3
    assert repr(one) == "One(a=1, b='b', c=[])"
    assert repr(Two(3)) == "Two(a=3)" and Two(3) == Two(3)
    assert Three(1) < Three(2) and Three(2) >= Three(2) and {Three(1)} == {Three(1)}
    for change in (lambda: setattr(one, "a", 2), lambda: delattr(one, "a"), lambda: setattr(one, "z", 2)):
        try:
            change()
        except (dataclasses.FrozenInstanceError, TypeError):  # TypeError: as CPython's own does with slots
            continue
        raise AssertionError
assert dataclasses.replace(one, a=5).a == 5 and copy.deepcopy(one) == one and pickle.loads(pickle.dumps(one)) == one
assert "method" not in One.__eq__.__code__.co_name  # the real one took its place
try:
    hash(dataclasses.make_dataclass("Four", ["a"])(1))
except TypeError:
    print("alike")
""")
    assert said == "alike"


def test_garbage_is_the_timers_alone_to_the_end() -> None:
    said = said_by("""
import gc
from PySide6.QtCore import QCoreApplication
from agent_app.runtime.garbage import MainThreadGarbage
app = QCoreApplication([])
garbage = MainThreadGarbage()
class Ring: pass
for _ in range(5_000):
    one = Ring(); one.self = one
assert sum(type(one) is Ring for one in gc.get_objects()) >= 5_000
garbage.collect()
assert sum(type(one) is Ring for one in gc.get_objects()) <= 1
garbage.close()
print(gc.isenabled())
""")
    assert said == "False"
