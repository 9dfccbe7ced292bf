"""What a notification says is text, whatever the system's service would read in it."""

from pathlib import Path
from typing import Any

import pytest

from agent_app.system.notifier import Notifier

pytestmark = pytest.mark.anyio


class Service:
    """Takes what is sent, as desktop-notifier does."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    async def send(self, title: str, text: str, *, on_dispatched: Any, **_more: Any) -> str:
        self.sent.append((title, text))
        on_dispatched()
        return "1"

    async def clear(self, _shown: str) -> None:
        pass


@pytest.mark.parametrize(
    "name", ["<a href='https://evil.example'>Ada</a>", "<img src=/x> Ben", "Zoé & Co &lt;b&gt;"]
)
async def test_a_debtors_name_is_no_markup(name: str) -> None:
    service, notifier = Service(), Notifier(Path("icon.svg"), "Followup Desk")
    notifier._service = service
    assert await notifier.show("A call is due", f"A call is due: {name}", "Open", "Snooze")
    ((_title, text),) = service.sent
    assert not set("<>&") & set(text)
    assert "A call is due: " in text
