"""Drives the real window against a real sandbox and proves on the server what it did.

The proof does not go through the client: it reads the server over plain HTTP of its own.
"""

import asyncio
import json
import os
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LINKS = {"audio_url", "pdf_url", "media_urls_expire_at"}
"""Signed anew at each read, so no change of the followup."""

PATIENCE_S = 30.0
SUMMARY = "Selftest: will call back on Friday"
SERVER_WORDS = "is too short for the sandbox today"


@dataclass
class Seen:
    """What the selftest saw."""

    listed: int = 0
    saved_fields: list[str] = field(default_factory=list)
    sent_fields: list[str] = field(default_factory=list)
    inline_errors: dict[str, str] = field(default_factory=dict)
    failure: str = ""

    @property
    def ok(self) -> bool:
        """Whether all of it held."""
        return not self.failure

    def as_json(self) -> str:
        """Return one line."""
        report = {
            "listed": self.listed,
            "saved_fields": self.saved_fields,
            "inline_errors": self.inline_errors,
            "ok": self.ok,
        }
        if self.failure:
            report["failure"] = self.failure
        return json.dumps(report, ensure_ascii=False)


class Failed(Exception):
    """Something did not hold."""


class Server:
    """The sandbox as anybody can ask it. All calls block."""

    def __init__(self, address: str, *, client_id: str, client_secret: str) -> None:
        self._address = address
        form = {
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": client_secret,
        }
        data = urllib.parse.urlencode(form).encode()
        self._token = self._ask("POST", "/token", data)["access_token"]

    def _ask(self, method: str, path: str, data: bytes | None = None) -> Any:
        headers = {"X-Sandbox-Control": "1"}
        if path.startswith("/external-api"):
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(  # noqa: S310  (our own sandbox)
            self._address + path, data, headers, method=method
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as reply:
            return json.load(reply)

    def followup(self, followup_id: str) -> dict[str, Any]:
        """Return a followup as the server has it now."""
        reply = self._ask("GET", f"/external-api/v1/followups/{followup_id}")
        found: dict[str, Any] = reply["data"]
        return found

    def puts(self) -> list[dict[str, Any]]:
        """Return the bodies of all PUTs that arrived."""
        seen = self._ask("GET", "/sandbox/requests")["requests"]
        return [json.loads(one["body"]) for one in seen if one["method"] == "PUT"]

    def refuse_next_put(self) -> None:
        """Have the next PUT answered with 422 about the summary."""
        fault = {
            "method": "PUT",
            "path": "*/followups/*",
            "kind": "status",
            "value": 422,
            "count": 1,
            "details": {"summary": [SERVER_WORDS]},
            "message": "Validation failed",
        }
        self._ask("POST", "/sandbox/faults", json.dumps(fault).encode())


def selftest(*, as_json: bool = False, screenshots: str | None = None) -> int:
    """Run it. Returns 0 if everything held, else 1."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    seen = Seen()
    try:
        folder = Path(screenshots) if screenshots else None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="followup-selftest-") as data:
            _run(Path(data), folder, seen)
    except Failed as error:
        seen.failure = str(error)
    except (OSError, ImportError) as error:
        seen.failure = f"{type(error).__name__}: {error}"
    if seen.failure:
        print(f"selftest: {seen.failure}", file=sys.stderr)
    print(f"followups listed       {seen.listed}")
    print(f"fields changed there   {', '.join(seen.saved_fields) or 'none'}")
    for name, words in seen.inline_errors.items():
        print(f"error beside {name:<10}{words}")
    print("everything held" if seen.ok else "it did not hold")
    if as_json:
        print(seen.as_json(), flush=True)
    return 0 if seen.ok else 1


def _run(data: Path, pictures: Path | None, seen: Seen) -> None:
    from agent_app.app.desktop import Desktop  # for this command alone
    from agent_app.app.run import application
    from agent_app.config.layers import Configuration
    from agent_app.domain.settings import Settings
    from agent_app.runtime.garbage import MainThreadGarbage
    from agent_app.runtime.loop import DeskLoop

    app = application(Settings(language="en"))

    async def story() -> None:
        desk = Desktop(app, data, Configuration(Settings(language="en")))
        # A window manager may be missing: then nobody activates a window, and keys go nowhere.
        garbage = MainThreadGarbage()
        desk.window.show()
        desk.window.activateWindow()
        try:
            await _story(desk, pictures, seen)
        finally:
            await desk.stop()
            garbage.close()

    with DeskLoop(app) as loop:
        loop.run_until_complete(story())


async def _story(desk: Any, pictures: Path | None, seen: Seen) -> None:
    from agent_app.config.account import Account, SignInMethod  # for this command alone
    from agent_app.domain.views import View

    await desk.start(Account(SignInMethod.SANDBOX))
    await _until(lambda: desk.status.state.last_refresh is not None, "the list was not loaded")
    panel, editor = desk.window.list_panel, desk.window.editor
    desk.window.choose_view(View.ALL)
    everything = desk.store.followups.count
    await _until(lambda: panel.view.model().rowCount() == everything() > 0, "the list stayed empty")
    seen.listed = panel.view.model().rowCount()
    address = await desk.sandbox_address()
    server = await asyncio.to_thread(
        Server,
        address.server,
        client_id=address.client_id,
        client_secret=address.client_secret,
    )
    await _open_a_call(desk)
    _picture(desk, pictures, "1-opened")
    await _save_two_fields(desk, server, seen)
    _picture(desk, pictures, "2-saved")
    await _client_side_error(editor, seen)
    _picture(desk, pictures, "3-our-rule")
    await _server_side_error(desk, server, seen)
    _picture(desk, pictures, "4-server-rule")
    desk.session.discard()


async def _open_a_call(desk: Any) -> None:
    """Go down the list until a call is open that a summary can be written for."""
    panel = desk.window.list_panel
    for _ in range(panel.view.model().rowCount()):
        panel.step(1)
        followup = desk.session.followup
        if followup is not None and followup.type == "call" and followup.status != "no_answer":
            return
    raise Failed("the list has no call")


async def _save_two_fields(desk: Any, server: Server, seen: Seen) -> None:
    from PySide6.QtCore import Qt  # for this command alone
    from PySide6.QtTest import QTest

    editor = desk.window.editor
    followup_id = desk.session.followup_id
    before = await asyncio.to_thread(server.followup, followup_id)
    status = editor.form.rows["status"].editor.focus
    status.setFocus()
    QTest.keyClicks(status, "No")
    summary = editor.form.rows["summary"].editor.focus
    summary.setFocus()
    summary.selectAll()
    QTest.keyClicks(summary, SUMMARY)
    await _until(lambda: editor.bar.save_button.isEnabled(), "Save was not offered")
    QTest.keyClick(summary, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await _until(
        lambda: desk.session.progress == "saved" and not desk.status.state.waiting,
        "the save was not confirmed",
    )
    after = await asyncio.to_thread(server.followup, followup_id)
    names = (before.keys() | after.keys()) - LINKS
    seen.saved_fields = sorted(n for n in names if before.get(n) != after.get(n))
    seen.sent_fields = sorted((await asyncio.to_thread(server.puts))[-1])
    if seen.saved_fields != ["status", "summary"] or seen.sent_fields != seen.saved_fields:
        raise Failed(f"changed {seen.saved_fields}, sent {seen.sent_fields}")
    if after["summary"] != SUMMARY or after["status"] != "no_answer":
        raise Failed("the server holds other values than were typed")


async def _client_side_error(editor: Any, seen: Seen) -> None:
    from PySide6.QtTest import QTest  # for this command alone

    row = editor.form.rows["duration_ms"]
    row.editor.focus.setFocus()
    row.editor.focus.selectAll()
    QTest.keyClicks(row.editor.focus, "soon")
    await _until(lambda: bool(row.problem_shown), "our own rule did not show")
    seen.inline_errors["Duration"] = row.problem_shown
    if editor.bar.save_button.isEnabled():
        raise Failed("Save was offered for a duration that cannot be read")
    row.set_back.emit()
    await _until(lambda: not row.problem_shown, "the error did not go away")


async def _server_side_error(desk: Any, server: Server, seen: Seen) -> None:
    from PySide6.QtCore import Qt  # for this command alone
    from PySide6.QtTest import QTest

    await asyncio.to_thread(server.refuse_next_put)
    row = desk.window.editor.form.rows["summary"]
    row.editor.focus.setFocus()
    row.editor.focus.selectAll()
    QTest.keyClicks(row.editor.focus, "x")
    QTest.keyClick(row.editor.focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await _until(lambda: row.problem_shown == SERVER_WORDS, "the server's message did not show")
    seen.inline_errors["Summary"] = row.problem_shown
    if row.editor.focus.text() != "x":
        raise Failed("what was typed is gone")


async def _until(holds: Callable[[], bool], else_say: str) -> None:
    """Wait until something holds. Raises Failed after PATIENCE_S."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not holds():  # noqa: ASYNC110  (many kinds of things are waited for)
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise Failed(else_say) from None


def _picture(desk: Any, folder: Path | None, name: str) -> None:
    if folder is not None and not desk.window.grab().save(str(folder / f"{name}.png")):
        raise Failed("a picture could not be written")
