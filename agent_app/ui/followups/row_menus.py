"""The menus of the list's rows, and rows on the clipboard."""

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from agent_app.models.bulk_changes import MAX_AT_ONCE
from agent_app.models.followup_table import FollowupTable
from agent_app.ui.followups.columns import Columns
from agent_app.ui.followups.row_view import RowView
from agent_app.ui.followups.selection_line import SelectionLine
from agent_app.ui.widgets.links import copy_text


class RowMenus(QObject):
    """Serves *view*, whose rows are those of *table*; *line* has what can be done with several."""

    edit_wanted = Signal()
    call_wanted = Signal()
    number_wanted = Signal()
    """The person wants to edit the current row, to call its debtor, or to copy their number."""

    def __init__(
        self, view: RowView, table: FollowupTable, columns: Columns, line: SelectionLine
    ) -> None:
        super().__init__(view)
        self._view, self._table, self._columns, self._line = view, table, columns, line
        view.customContextMenuRequested.connect(self._show)
        view.copied.connect(self.copy_rows)

    def _show(self, at: QPoint) -> None:
        view, line = self._view, self._line
        if not view.has_selection and not view.currentIndex().isValid():
            return
        menu = QMenu(view)
        if view.has_selection:
            menu.addAction(line.reschedule.text()).triggered.connect(line.reschedule_wanted)
            menu.addAction(line.cancel.text()).triggered.connect(line.cancel_wanted)
            menu.addAction(self.tr("Copy")).triggered.connect(self.copy_rows)
            menu.addAction(line.end.text()).triggered.connect(line.ended)
        else:
            menu.addAction(self.tr("Edit")).triggered.connect(self.edit_wanted)
            menu.addAction(self.tr("Call the debtor")).triggered.connect(self.call_wanted)
            menu.addAction(self.tr("Copy the number")).triggered.connect(self.number_wanted)
            menu.addAction(self.tr("Copy the row")).triggered.connect(self.copy_rows)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(view.viewport().mapToGlobal(at))

    def copy_rows(self) -> None:
        """Put what the selected rows show, or the current one, on the clipboard: a line each, for a table
        elsewhere."""
        places = self._view.selected_rows(MAX_AT_ONCE) or [self._view.currentIndex().row()]
        rows = [row for row in map(self._table.row_at, places) if row is not None]
        columns = self._columns.layout.columns
        lines = ["\t".join(self._table.cell(row, one) for one in columns) for row in rows]
        if lines:
            copy_text(self._view, "\n".join(lines))
