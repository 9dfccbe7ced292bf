"""The menus of the list's rows, and rows on the clipboard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from agent_app.models.bulk_changes import MAX_AT_ONCE
from agent_app.ui.widgets.links import copy_text

if TYPE_CHECKING:
    from agent_app.models.followup_table import FollowupTable
    from agent_app.ui.followups.list_panel import ListPanel


class RowMenus(QObject):
    """Serves *panel*, whose rows are those of *table*."""

    def __init__(self, panel: "ListPanel", table: "FollowupTable") -> None:
        super().__init__(panel)
        self._panel, self._table = panel, table
        panel.view.customContextMenuRequested.connect(self._show)
        panel.view.copied.connect(self.copy_rows)

    def _show(self, at: QPoint) -> None:
        panel, view = self._panel, self._panel.view
        if not view.has_selection and not panel.current_id:
            return
        menu = QMenu(view)
        if view.has_selection:
            line = panel.selection_line
            menu.addAction(line.reschedule.text()).triggered.connect(line.reschedule_wanted)
            menu.addAction(line.cancel.text()).triggered.connect(line.cancel_wanted)
            menu.addAction(self.tr("Copy")).triggered.connect(self.copy_rows)
            menu.addAction(line.end.text()).triggered.connect(panel.end_selection)
        else:
            menu.addAction(self.tr("Edit")).triggered.connect(panel.entered)
            menu.addAction(self.tr("Call the debtor")).triggered.connect(panel.call_wanted)
            menu.addAction(self.tr("Copy the number")).triggered.connect(panel.copy_wanted)
            menu.addAction(self.tr("Copy the row")).triggered.connect(self.copy_rows)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(view.viewport().mapToGlobal(at))

    def copy_rows(self) -> None:
        """Put what the selected rows show, or the current one, on the clipboard: a line each, for a table
        elsewhere."""
        places = self._panel.view.selected_rows(MAX_AT_ONCE) or [
            self._panel.view.currentIndex().row()
        ]
        rows = list(map(self._table.row_at, places))
        if not any(rows):
            return
        columns = self._panel.columns.layout.columns
        lines = ["\t".join(self._table.cell(row, one) for one in columns) for row in rows if row]
        copy_text(self._panel.view, "\n".join(lines))
