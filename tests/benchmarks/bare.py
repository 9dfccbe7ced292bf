"""The bare programs that the desk is held against: a PySide6 table and nothing else.

`python -m tests.benchmarks.bare ROWS [SERVER CLIENT SECRET]` prints JSON: milliseconds from the
start of the process (BENCHMARK_STARTED, monotonic seconds) to the first painted row, and its size.
"""

import json
import os
import sys
import time
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QTableView

COLUMNS = 7


class Rows(QAbstractTableModel):
    def __init__(self, rows: list[list[str]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008
        return COLUMNS

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        return None


class FirstPaint(QObject):
    """Says once when a table with rows was painted."""

    def __init__(self, done: Any) -> None:
        super().__init__()
        self._done = done
        self._seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._seen:
            table = watched.parent()
            if isinstance(table, QTableView) and table.model() is not None:
                self._seen = table.model().rowCount() > 0
                if self._seen:
                    QTimer.singleShot(0, self._done)
        return False


def since_start() -> float:
    return (time.monotonic() - float(os.environ["BENCHMARK_STARTED"])) * 1000


def resident_mib() -> float:
    with open("/proc/self/statm") as file:  # noqa: PTH123
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def rows_of_server(server: str, client_id: str, secret: str) -> list[list[str]]:
    import httpx

    with httpx.Client() as client:
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
        token = client.post(f"{server}/token", data=form).json()["access_token"]
        reply = client.get(
            f"{server}/external-api/v1/followups?limit=100",
            headers={"Authorization": f"Bearer {token}"},
        )
        return [[str(v) for v in list(one.values())[:COLUMNS]] for one in reply.json()["data"]]


def main() -> None:
    app = QApplication([])
    if len(sys.argv) > 2:
        rows = rows_of_server(*sys.argv[2:5])
    else:
        rows = [[f"cell {n} {c}" for c in range(COLUMNS)] for n in range(int(sys.argv[1]))]
    model, table = Rows(rows), QTableView()

    def done() -> None:
        print(json.dumps({"first_row_ms": since_start(), "resident_mib": resident_mib()}))
        app.quit()

    first = FirstPaint(done)
    table.setModel(model)
    table.viewport().installEventFilter(first)
    table.resize(1366, 768)
    table.show()
    app.exec()


if __name__ == "__main__":
    main()
