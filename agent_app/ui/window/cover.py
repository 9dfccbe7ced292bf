"""A page over all that the program shows; what is behind it comes back as it was."""

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

_COVERED = "covered"


class Cover(QObject):
    """Covers the pages of a window. A restart remembers for whom, as *keep* does."""

    def __init__(self, window: QWidget, pages: QStackedWidget, keep: QSettings) -> None:
        super().__init__(window)
        self._window, self._pages, self._keep = window, pages, keep
        self._page: QWidget | None = None
        self._behind: QWidget | None = None
        self._name = ""
        self._hidden: list[tuple[QWidget, Qt.WindowModality]] = []

    def is_remembered(self, name: str) -> bool:
        """Return whether there is a cover over the account *name*, or was when the program ended."""
        return name in self._names()

    def _names(self) -> set[str]:
        return set(str(self._keep.value(_COVERED, "")).split())

    def _remember(self, names: set[str]) -> None:
        self._keep.setValue(_COVERED, " ".join(sorted(names)))
        self._keep.sync()

    @property
    def is_there(self) -> bool:
        """Whether there is a cover now."""
        return self._page is not None

    def turn_to(self, page: QWidget) -> None:
        """Show a page, or have it ready behind the cover."""
        if self._page is None:
            self._pages.setCurrentWidget(page)
        else:
            self._behind = page

    def put(self, page: QWidget, name: str) -> None:
        """Cover all windows with *page*, until `remove`, while the account *name* is shown."""
        self._name = name
        self._remember(self._names() | {name})
        self._behind, self._page = self._pages.currentWidget(), page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        for other in QApplication.topLevelWidgets():
            if other.isVisible() and other.isWindow() and other is not self._window:
                self._hidden.append((other, other.windowModality()))
                other.hide()
                other.destroyed.connect(self._forget_hidden)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> bool:
        """Show again what was covered; says whether no dialog came back to take the focus."""
        page, self._page = self._page, None
        if page is None:
            return False
        self._remember(self._names() - {self._name})
        if self._behind is not None:
            self._pages.setCurrentWidget(self._behind)
        self._pages.removeWidget(page)
        page.deleteLater()
        hidden, self._hidden = self._hidden, []
        for other, modality in hidden:
            other.setWindowModality(modality)
            other.show()
        return not hidden

    def _forget_hidden(self, gone: QObject) -> None:
        self._hidden = [pair for pair in self._hidden if pair[0] is not gone]
