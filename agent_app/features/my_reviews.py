"""Reviews of the person's calls: a quiet word at the window's foot, and a page to read and answer them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from agent_app.features.context import AppContext
from agent_app.models.my_reviews import MyReviews
from agent_app.runtime.scope import Scope
from agent_app.store.store import Store
from agent_app.ui.widgets.announce import announce

if TYPE_CHECKING:
    from agent_app.ui.window.my_reviews_page import MyReviewsPage


class MyReviewsFeature(QObject):
    """Serves one account in a team, until `close`; *show* opens a followup."""

    def __init__(self, context: AppContext, store: Store, show: Callable[[str], None]) -> None:
        super().__init__()
        self._context, self._show = context, show
        self._scope = Scope()
        self.reviews = self._scope.adopt(MyReviews(context.team, store, context.tasks))
        self._page: MyReviewsPage | None = None
        self._unread = 0
        self._scope.connect(self.reviews.changed, self._say)
        self._scope.connect(context.window.actions_["my_reviews"].triggered, self.open)
        self._say()

    def close(self) -> None:
        """The account goes."""
        self._scope.close()
        self._context.window.say_reviews(0)
        if self._page is not None and isValid(self._page):
            self._page.dismiss()

    def open(self) -> None:
        """Show the page."""
        from agent_app.ui.window.my_reviews_page import MyReviewsPage  # when it is first wanted

        clock = self._context.clock
        page = MyReviewsPage(self._context.window, self.reviews, clock.now, clock.zone)
        page.wanted.connect(self._show)
        page.refused.connect(self._on_refused)
        self._page = page
        page.open()

    def _say(self) -> None:
        """Say at the foot how many are to be read; nothing comes over what the person does."""
        unread = self.reviews.unread()
        self._context.window.say_reviews(unread)
        if unread > self._unread:
            announce(
                self._context.window,
                self.tr("%n new review(s) of your calls: Ctrl+Shift+J", "", unread),
            )
        self._unread = unread

    def _on_refused(self, error: Exception) -> None:
        self._context.window.notice.say(self._context.describe_error(error), tone="error")
