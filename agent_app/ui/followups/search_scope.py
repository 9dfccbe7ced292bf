"""Where the quick search looks: everywhere. The view and the filters that were chosen before come
back with its end; those that are chosen meanwhile narrow it."""

from agent_app.domain.views import View
from agent_app.ui.followups.filter_bar import Chosen, FilterBar


class SearchScope:
    """Widens *filters* while there is a search."""

    def __init__(self, filters: FilterBar) -> None:
        self._filters = filters
        self._before: Chosen | None = None

    @property
    def began(self) -> View | None:
        """The view that the search began from, where that is another than the one that is shown."""
        before = self._before
        return before.view if before and before.view is not self._filters.view else None

    def follow(self, text: str) -> None:
        """What is searched for became *text*."""
        if text.strip() and self._before is None:
            self._before = self._filters.chosen
            self.widen()
        elif not text.strip() and self._before is not None:
            before, self._before = self._before, None
            if self._filters.chosen == Chosen(View.ALL):  # nobody chose another one meanwhile
                self._filters.choose(before)

    def widen(self) -> None:
        """Look everywhere."""
        self._filters.choose(Chosen(View.ALL))
