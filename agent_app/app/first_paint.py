"""Waiting until there is something to look at: what the first paint does not need is made after it."""

import asyncio
import logging

from agent_app.models.sync_status import SyncStatus
from agent_app.ui.widgets.painted import until_painted
from agent_app.ui.window.main_window import MainWindow

log = logging.getLogger(__name__)

PATIENCE_S = 1.0
"""How long the first paint, and the first rows, are waited for (seconds)."""


async def painted(window: MainWindow) -> None:
    """Wait until the list was painted."""
    panel = window.list_panel
    if panel is not None and window.isVisible():
        await until_painted(panel.view.viewport(), PATIENCE_S)


async def rows_or_news(window: MainWindow, status: SyncStatus) -> None:
    """Wait until the first rows were painted, or something keeps them away."""
    panel, news = window.list_panel, asyncio.Event()
    assert panel is not None
    table = panel.view.model()

    def look() -> None:
        state = status.state
        if table.rowCount() or state.error or state.last_refresh:
            news.set()

    status.changed.connect(look)
    table.rowsInserted.connect(look)
    look()
    try:
        async with asyncio.timeout(PATIENCE_S):
            await news.wait()
        if table.rowCount():
            await painted(window)  # it has a patience of its own
    except TimeoutError:
        log.info("no rows in %.0f s", PATIENCE_S)
    finally:
        status.changed.disconnect(look)
        table.rowsInserted.disconnect(look)
