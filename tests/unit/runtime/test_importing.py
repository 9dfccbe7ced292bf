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
