"""Benchmarks inside one window: what a person feels between a key and what they see.

`python -m tests.benchmarks.window FOLDER [NAME …]` prints JSON; `__main__` runs it in a process of its
own. The window is 1366×768 on the platform that QT_QPA_PLATFORM names.
"""

import tests.benchmarks.as_started  # noqa: F401

# isort: split

import asyncio
import dataclasses
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_app.app.desktop import Desktop
from agent_app.config.account import Account, SignInMethod
from agent_app.config.layers import Configuration
from agent_app.domain.periods import Span
from agent_app.domain.settings import Settings
from agent_app.domain.views import Column, View
from agent_app.models.followup_table import COLUMNS
from agent_app.sync.push import ONE_SAVE
from agent_app.sync.yielding import merge_search_index
from agent_app.ui.widgets.painted import Painted
from tests.benchmarks.filled import WORDS, fill_sandbox_account
from tests.benchmarks.measured import Measured
from tests.faults.running import on_the_desks_loop
from tests.sandbox import RunningSandbox

MANY = 100_000


class Bench:
    """A desk with many followups, and a stop-watch."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk
        self.panel, self.view = desk.window.list_panel, desk.window.list_panel.view
        self._list, self._form = self.view.viewport(), desk.window.editor
        self._paints = {part: Painted(part) for part in (self._list, self._form)}

    def timed(self, act: Callable[[], object], *, form: bool = False) -> float:
        """How long *act* takes until what it changed is painted (ms): a frame as Qt puts it together,
        the list (and the *form*) made to paint where Qt saw no need."""
        self.forget_paints()
        began = time.perf_counter()
        act()
        self.finish_frame(form=form)
        return (time.perf_counter() - began) * 1000

    def forget_paints(self) -> None:
        """A frame begins."""
        for seen in self._paints.values():
            seen.painted.clear()

    def finish_frame(self, *, form: bool = False) -> None:
        """Have painted what was not painted yet."""
        QApplication.sendPostedEvents(None, 0)
        for part in [self._list, self._form] if form else [self._list]:
            if not self._paints[part].painted.is_set():
                part.repaint()

    async def rest(self) -> None:
        """Let timers and settling come to an end."""
        await asyncio.sleep(0.25)


async def search(bench: Bench) -> Measured:
    values = []
    field = bench.desk.window.search_field
    queries = [*WORDS[:8], "Moreau", "Söderström", "F0012345", "06 39 98 12", "zzz", "pl an", "D00"]
    for query in queries:
        field.setFocus()
        await bench.rest()  # the list is painted anew as it loses the focus: not the letter's doing
        for letter in query:
            model = bench.view.model()
            began = time.perf_counter()
            shown = asyncio.Event()

            def on_reset(shown: asyncio.Event = shown) -> None:
                bench.forget_paints()  # what is painted from here on is what was found
                shown.set()

            model.modelReset.connect(on_reset)
            if letter.isascii():
                QTest.keyClicks(field, letter)
            else:
                field.insert(letter)
            await shown.wait()
            bench.finish_frame()
            values.append((time.perf_counter() - began) * 1000)
            model.modelReset.disconnect(on_reset)
        await bench.rest()
        field.clear()
        await bench.rest()
    return Measured("search", "a key in the quick search to the filtered rows shown, 100,000 rows",
                    values, "p99", 16)  # fmt: skip


async def sort(bench: Bench) -> Measured:
    values = []
    header = bench.view.horizontalHeader()
    for _ in range(4):
        for column in (n for n, one in enumerate(COLUMNS) if one is not Column.REASON):
            order = Qt.SortOrder.AscendingOrder if _ % 2 else Qt.SortOrder.DescendingOrder
            values.append(bench.timed(partial(header.setSortIndicator, column, order)))
            await bench.rest()
    header.setSortIndicator(COLUMNS.index(Column.SCHEDULED), Qt.SortOrder.DescendingOrder)
    await bench.rest()
    return Measured("sort", "click on a header to rows shown, 100,000 rows", values, "p99", 50)


async def scroll(bench: Bench) -> Measured:
    values = []
    viewport = bench.view.viewport()
    middle = QPointF(viewport.rect().center())
    for _ in range(200):
        event = QWheelEvent(
            middle, viewport.mapToGlobal(middle), QPoint(), QPoint(0, -480),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        values.append(bench.timed(partial(QApplication.sendEvent, viewport, event)))
        await asyncio.sleep(0)
    bench.view.scrollToTop()
    return Measured("scroll", "200 wheel steps through 100,000 rows, a frame", values, "p99", 16)


async def open_(bench: Bench) -> Measured:
    values = []
    for row in range(120):
        values.append(bench.timed(partial(bench.view.chosen_row.emit, row), form=True))
        await asyncio.sleep(0)
    return Measured("open", "row change to the form filled and painted", values[20:], "p99", 16)


async def type_(bench: Bench) -> Measured:
    values = []
    notes = bench.desk.window.editor.form.rows["notes"].editor.focus
    notes.setFocus()
    text = "promised to pay in two parts on friday and monday " * 6
    for letter in text:
        began = time.perf_counter()
        QTest.keyClicks(notes, letter)
        notes.viewport().repaint()
        values.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(0.004)
    bench.desk.session.discard()
    return Measured("type", "key press in the notes to the character painted, drafts kept",
                    values[20:], "p99", 8)  # fmt: skip


async def save(bench: Bench) -> Measured:
    values = []
    desk = bench.desk
    for row in range(205):
        bench.view.chosen_row.emit(row)
        await asyncio.sleep(0.01)
        desk.session.set("summary", f"benchmark {row}")
        values.append(bench.timed(desk.window.editor.save))
        assert desk.store.outbox.of(desk.session.followup_id)
        await merge_search_index(
            desk.store.followups, ONE_SAVE
        )  # as the sync does, which rests here
        await asyncio.sleep(0.01)
    return Measured("save", "Save pressed to the outbox committed and the row changed",
                    values[5:], "p99", 8)  # fmt: skip


async def outcomes(bench: Bench) -> Measured:
    desk = bench.desk
    desk.status._on_state(
        dataclasses.replace(desk.status.state, scopes=frozenset({"reports:read"}))
    )
    values = []
    for number in range(5):
        began = time.perf_counter()
        desk.form_desk.open_report()
        report = desk.form_desk.report
        if number:
            report.model.show(Span.LAST_MONTH)
        while report.model.counting:  # noqa: ASYNC110
            await asyncio.sleep(0.001)  # as idle as a window is while somebody waits
        desk.window.repaint()
        values.append((time.perf_counter() - began) * 1000)
        desk.window.back_to_desk()
        await bench.rest()
    return Measured("outcomes", "the supervisors' view on 100,000 followups (first opening: max)",
                    values, "max", 500)  # fmt: skip


ALL = {
    "search": search, "sort": sort, "scroll": scroll, "open": open_, "type": type_, "save": save,
    "outcomes": outcomes,
}  # fmt: skip


async def run(
    folder: Path, names: list[str], measures: dict[str, Any] | None = None, rows: int = MANY
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    fill_sandbox_account(folder, rows)
    sandbox = RunningSandbox("--followups", "0")
    desk = Desktop(app, folder, Configuration(Settings(language="en")), sandbox_followups=0)
    desk.window.setWindowState(Qt.WindowState.WindowNoState)
    desk.window.resize(1366, 768)
    desk.window.show()
    desk.window.activateWindow()
    await desk.start(Account(SignInMethod.SANDBOX))
    assert desk.window.list_panel is not None
    desk.window.list_panel.choose_view(View.ALL)
    await asyncio.sleep(1.5)
    if desk.engine is not None:
        await desk.engine.stop()  # nothing but what is measured
    try:
        known = measures or ALL
        for name in names or list(known):
            found = await known[name](Bench(desk))
            print(json.dumps(dataclasses.asdict(found)), flush=True)
    finally:
        sandbox.stop()
        await desk.stop()


def main() -> None:
    on_the_desks_loop(lambda: run(Path(sys.argv[1]), sys.argv[2:]))


if __name__ == "__main__":
    main()
