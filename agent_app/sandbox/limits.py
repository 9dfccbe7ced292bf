"""The hourly shares: a sliding window per OAuth client (CONTRACT, "Rate limits")."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from agent_app.sandbox.envelope import Refusal

READS, WRITES, WINDOW_S = 1_000, 500, 3_600


@dataclass
class Limits:
    """Counts requests. *now* gives Unix time in seconds."""

    now: Callable[[], float]
    reads: int = READS
    writes: int = WRITES
    window_s: int = WINDOW_S
    _seen: dict[tuple[str, str], deque[float]] = field(default_factory=dict)

    def _window(self, client: str, kind: str) -> tuple[deque[float], int]:
        seen = self._seen.setdefault((client, kind), deque())
        edge = self.now() - self.window_s
        while seen and seen[0] <= edge:
            seen.popleft()
        return seen, self.reads if kind == "read" else self.writes

    def headers(self, client: str, kind: str) -> dict[str, str]:
        """Return the four headers that every reply carries."""
        seen, limit = self._window(client, kind)
        reset = (seen[0] if seen else self.now()) + self.window_s
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(limit - len(seen), 0)),
            "X-RateLimit-Reset": str(math.ceil(reset)),
            "X-RateLimit-Window": str(self.window_s),
        }

    def take(self, client: str, kind: str) -> None:
        """Count one request. Raises Refusal (429) where the share is used up."""
        seen, limit = self._window(client, kind)
        if len(seen) < limit:
            seen.append(self.now())
            return
        free_at = (seen[0] if seen else self.now()) + self.window_s
        wait = max(1, math.ceil(free_at - self.now()))
        until = f"{datetime.fromtimestamp(free_at, UTC):%Y-%m-%dT%H:%M:%SZ}"
        details = {"retry_after": wait, "limit": limit, "reset_time": until}
        words = "Rate limit exceeded. Please try again later."
        raise Refusal(429, words, details, {"Retry-After": str(wait)})

    def clear(self) -> None:
        """Forget what was counted."""
        self._seen.clear()
