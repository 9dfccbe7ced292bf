"""List and form side by side, with what the window has to say below the list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from agent_app.ui.followups.list_panel import ListPanel
from agent_app.ui.followups.list_state import ListState
from agent_app.ui.widgets.banner import Banner
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.window.quiet_part import QuietPart

if TYPE_CHECKING:
    from agent_app.ui.editor.editor_panel import EditorPanel

FIRST_SIZES = [690, 670]
"""How wide list and form are at first (pixels, in proportion)."""


class DeskView(QWidget):
    """Shows one account's list, and its form once that is there; *keep* remembers how wide they are."""

    def __init__(self, theme: Theme, keep: QSettings) -> None:
        super().__init__()
        self._keep = keep
        self.list: ListPanel | None = None
        self.editor: EditorPanel | None = None
        self._no_editor: QWidget | None = None
        self._quiet: QuietPart | None = None
        self.banner, self.notice, self.reminder = Banner(theme), Banner(theme), Banner(theme)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(10)
        left = QWidget()
        self._left_parts = QVBoxLayout(left)
        self._left_parts.setContentsMargins(0, 0, 0, 0)
        self._left_parts.setSpacing(6)
        # Below the list: what comes and goes here moves no row, no field and no button.
        for strip in self._strips:
            self._left_parts.addWidget(strip)
        self._splitter.addWidget(left)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 2, 10, 6)
        layout.setSpacing(6)
        layout.addWidget(self._splitter, 1)

    @property
    def _strips(self) -> tuple[Banner, ...]:
        return self.banner, self.notice, self.reminder

    def show_list(self, panel: ListPanel) -> None:
        """Show a list; the account that was shown before is thrown away."""
        self._throw_away()
        self.list, self._no_editor = panel, QWidget()
        self._left_parts.insertWidget(0, panel, 1)
        self._splitter.addWidget(self._no_editor)
        sizes = self._keep.value("splitter")
        if not (isinstance(sizes, QByteArray) and self._splitter.restoreState(sizes)):
            self._splitter.setSizes(FIRST_SIZES)
        panel.restore(ListState.read(str(self._keep.value("list") or "")))

    def put_editor(self, editor: "EditorPanel") -> None:
        """Put the form beside the list."""
        assert self.list is not None
        assert self._no_editor is not None
        sizes = self._splitter.sizes()
        self._splitter.replaceWidget(1, editor)
        self._no_editor.deleteLater()
        self._no_editor, self.editor = None, editor
        self._quiet = QuietPart(editor)
        self.list.about_to_choose.connect(self._quiet.look)
        self._splitter.setSizes(sizes)
        self.list.entered.connect(editor.focus_form)

    def clear(self) -> None:
        """Throw away what is shown of an account, and all that was said."""
        self._throw_away()
        for strip in self._strips:
            strip.say("")

    def _throw_away(self) -> None:
        if self._quiet is not None:
            self._quiet.close()
            self._quiet = None
        for old in (self.list, self.editor, self._no_editor):
            if old is not None:
                old.setParent(None)
                old.deleteLater()
        self.list = self.editor = self._no_editor = None

    def remember(self) -> None:
        """Keep how wide list and form are, and how the list is shown."""
        if self.list is not None:
            self._keep.setValue("splitter", self._splitter.saveState())
            self._keep.setValue("list", self.list.state().text())

    # -- where a person works

    def is_place(self, widget: QWidget) -> bool:
        """Return whether a person works in *widget*, and the next key belongs there."""
        in_list = self.list is not None and widget is self.list.view
        return in_list or (self.editor is not None and widget in self.editor.form.fields())

    def other_places(self, last: QWidget | None) -> list[QWidget]:
        """Return where the next key belongs if the last place is gone."""
        in_list = [self.list.view] if self.list is not None else []
        in_form = self.editor.form.useful() if self.editor is not None else []
        was_in_form = last is not None and last in in_form
        return [*in_form, *in_list] if was_in_form else [*in_list, *in_form]
