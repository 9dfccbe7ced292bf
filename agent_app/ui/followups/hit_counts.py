"""What the list says of its length: how many rows, how many a search found and where, and why there is
none."""

from PySide6.QtCore import QLocale, QObject

from agent_app.domain.views import View
from agent_app.models.followup_table import FollowupTable
from agent_app.models.view_counts import ViewCounts
from agent_app.text.labels import view_label
from agent_app.ui.followups.filter_bar import Chosen, FilterBar
from agent_app.ui.followups.nothing import Nothing
from agent_app.ui.followups.open_line import OpenLine
from agent_app.ui.followups.search_scope import SearchScope

MAX_COUNTED = 2_000
"""Of so many hits is counted in which views they are."""


class HitCounts(QObject):
    """Follows *table* and *counts*; says it in *line*, and in *nothing* where no row is shown."""

    def __init__(
        self,
        table: FollowupTable,
        counts: ViewCounts,
        filters: FilterBar,
        scope: SearchScope,
        line: OpenLine,
        nothing: Nothing,
    ) -> None:
        super().__init__(line)
        self._table, self._counts, self._scope = table, counts, scope
        self._filters = filters
        self._line, self._nothing = line, nothing
        self._found = dict[View, int]()
        self._empty_words = ""
        self.text = ""
        """What is searched for."""
        self.in_slice = False
        """Whether something else than a view is shown."""
        table.counted.connect(self._on_count)
        counts.counted.connect(self._on_counts)

    @property
    def is_search(self) -> bool:
        """Whether the person looks for something."""
        return bool(self.text.strip())

    @property
    def is_narrowed(self) -> bool:
        """Whether a search looks into a view or through filters that the person chose for it."""
        narrowed = self._filters.chosen != Chosen(View.ALL)
        return self.is_search and narrowed and not self.in_slice

    @property
    def may_widen(self) -> bool:
        """Whether a search found something elsewhere."""
        return self.is_narrowed and bool(self._found.get(View.ALL))

    def show_empty_words(self, words: str) -> None:
        """What an empty list says while nothing was read yet."""
        self._empty_words = words
        self._on_count(self._table.rowCount())

    def _on_counts(self, counts: dict[View, int]) -> None:
        self._found = counts
        self._filters.show_counts(counts)
        if self.is_search:
            self._say_found(self._table.rowCount())

    def _count_views(self, count: int) -> None:
        """Have the views' numbers follow the search, where that costs nothing."""
        few = self._table.is_whole and count <= MAX_COUNTED
        if not self.is_search:
            self._counts.search("")
        elif few or self.is_narrowed:
            self._counts.search(self.text)
        else:
            self._counts.forget()

    def _on_count(self, count: int) -> None:
        self._count_views(count)
        if self.is_search and not self.in_slice:
            self._say_found(count)
            return
        self._line.say_count(count)
        if count:
            self._nothing.hide()
        elif self.is_search or self._filters.is_narrowed:
            self._nothing.say(self.tr("No followup matches."), self.tr("Clear search and filters"))
        elif self._empty_words:
            self._nothing.say(self._empty_words, "")
        else:
            self._nothing.say(self.tr("All clear – nothing here."), "")

    def _say_found(self, count: int) -> None:
        """How many followups were found, and where others are."""
        view, everywhere = self._filters.view, self._found.get(View.ALL, 0)
        numbers = {view: count}
        for other in (View.ALL, self._scope.began):
            if other is not None and other is not view and other in self._found:
                numbers[other] = self._found[other]
        one = self.tr("{count} in {view}")
        self._line.say_found(
            " · ".join(
                one.format(count=QLocale().toString(number), view=view_label(where))
                for where, number in numbers.items()
            )
        )
        if count:
            self._nothing.hide()
        elif self.is_narrowed and everywhere:
            words = self.tr("Nothing in {view}.").format(view=view_label(view))
            number = QLocale().toString(everywhere)
            self._nothing.say(words, self.tr("Show {count} in All").format(count=number))
        else:
            self._nothing.say(self.tr("No followup matches."), self.tr("Clear search and filters"))
