"""The window's turn between two commits, which run on its thread."""

import asyncio

from agent_app.store.followups import Followups


async def merge_search_index(followups: Followups, most: int) -> None:
    """Let the window have its turn; then merge what was written since, at most *most* times a little,
    with a turn of the window after each."""
    await asyncio.sleep(0)
    while followups.is_untidy and most > 0:
        followups.tidy()
        most -= 1
        await asyncio.sleep(0)
