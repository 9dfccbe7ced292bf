"""Another program opens a followup: facts filled in, nothing saved, whatever it says."""

import json
import random
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication

from agent_app.__main__ import parser
from agent_app.domain.screen_pop import from_link, from_values
from agent_app.system.instance import MOST_BYTES, Instance, socket_name
from tests.sandbox import ROOT
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

MESSAGES = 10_000


async def test_the_facts_of_a_call_are_unsaved_changes(desk: Driver) -> None:
    wanted = desk.sandbox.some(type="call", status="scheduled")
    before = desk.sandbox.followup(wanted["id"])
    link = (
        f"followup://open/{quote(wanted['id'], safe='')}?call_id=CA77&duration_ms=61000"
        "&phone=%2B33639980012&direction=outbound&disconnection_reason=debtor_hangup"
        "&recording_url=https%3A%2F%2Fmedia.example.org%2Fa.wav&colour=red"
    )
    desk.place.screen_pop.open(from_link(link))
    assert desk.session.followup_id == wanted["id"]
    assert desk.session.value("call_id") == "CA77"
    assert desk.session.value("duration_ms") == 61_000
    assert desk.session.value("phone_number_used") == "+33639980012"
    assert desk.session.value("audio_url") == "https://media.example.org/a.wav"
    assert desk.session.value("call_date") is not None
    assert desk.store.outbox.entries() == []
    assert desk.sandbox.followup(wanted["id"]) == before
    assert "colour" in desk.desk.window.notice.words


async def test_an_id_that_begins_with_a_dash(desk: Driver) -> None:
    """As the ids of one followup in 64 do: from a link, and from a telephone system's command."""
    rows = desk.sandbox.api("GET", "/followups?limit=100&page=1")[1]["data"]
    rows += desk.sandbox.api("GET", "/followups?limit=100&page=2")[1]["data"]
    wanted = next(row["id"] for row in rows if row["id"].startswith("-"))
    desk.place.screen_pop.open(from_link(f"followup://open/{quote(wanted, safe='')}"))
    await until(lambda: desk.session.followup_id == wanted)
    said = parser().parse_args(["open", "--call-id", "CA5", "--", wanted])
    assert (said.followup, said.call_id) == (wanted, "CA5")


async def test_what_was_typed_is_not_overwritten(desk: Driver) -> None:
    wanted = desk.sandbox.some(type="call", status="scheduled")["id"]
    await desk.open(wanted)
    desk.type("call_id", "typed by hand")
    desk.place.screen_pop.open(from_values({"followup_id": wanted, "call_id": "CA1"}))
    assert desk.session.value("call_id") == "typed by hand"


async def test_a_followup_that_is_not_here_is_fetched(desk: Driver) -> None:
    debt_id = desk.sandbox.some()["debt_id"]
    reply = desk.sandbox.api("POST", "/followups", {"debt_id": debt_id, "type": "call"})[1]
    new_id = reply["data"]["id"]
    assert desk.store.followups.get(new_id) is None
    desk.place.screen_pop.open(from_values({"followup_id": new_id, "call_id": "CA2"}))
    await until(lambda: desk.session.followup_id == new_id)
    assert desk.session.value("call_id") == "CA2"


async def test_one_that_nobody_has_is_said_so(desk: Driver) -> None:
    pop = desk.place.screen_pop
    pop._patience.setInterval(200)
    pop.open(from_values({"followup_id": "nobody-has-this"}))
    await until(lambda: "was not found" in desk.desk.window.notice.words)


async def test_a_number_finds_the_debtor(desk: Driver) -> None:
    rows = desk.sandbox.api("GET", "/followups?limit=100&type=call")[1]["data"]
    wanted = next(one for one in rows if one.get("phone_number_used"))
    desk.place.screen_pop.open(from_values({"phone": wanted["phone_number_used"]}))
    shown = desk.session.followup
    assert shown is not None
    debt = desk.store.debts.get(shown.debt_id)
    assert wanted["phone_number_used"] in (shown.phone_number_used, debt.phone)


async def test_it_can_be_switched_off(desk: Driver) -> None:
    from dataclasses import replace

    wanted = desk.sandbox.some(type="call")["id"]
    preferring = desk.preferring
    preferring.keep(replace(preferring.settings, accept_links=False))
    desk.place.screen_pop.take({"followup_id": wanted})
    assert desk.session.followup_id != wanted
    assert "switched off" in desk.desk.window.notice.words


async def test_a_second_start_hands_over_what_it_was_asked_to_open(
    qapp: QApplication, tmp_path: Path
) -> None:
    first = Instance.claim(tmp_path)
    assert first is not None
    asked: list[dict[str, object]] = []
    first.asked.connect(asked.append)
    second = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "agent_app",
            "open",
            "AB12==",
            "--call-id",
            "CA9",
            "--phone",
            "+331",
        ],
        cwd=ROOT,
        env={**__import__("os").environ, "AGENT_APP_DATA_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    await until(lambda: second.poll() is not None)
    said, trouble = second.communicate()
    assert (second.returncode, trouble) == (0, ""), trouble
    assert "open already" in said
    assert asked == [{"followup_id": "AB12==", "phone": "+331", "call_id": "CA9"}]
    first.close()


def hostile(dice: random.Random, real_id: str) -> bytes:
    """A message as somebody else might send it."""
    names = [
        "followup_id", "phone", "call_id", "duration_ms", "direction", "recording_url",
        "disconnection_reason", "status", "notes", "__class__", "\0",
    ]  # fmt: skip
    values: list[object] = [
        real_id, "", "x" * 5_000, "-1", 10**30, None, True, [], {"a": 1}, "\n\n", "<img src=x>",
        "javascript:alert(1)", "file:///etc/passwd", "https://u:p@example.org/", "../../etc",
        "+33639980012", "\ud800", "'; drop table followup; --", 3.5, "--help", "$(id)", "%00",
    ]  # fmt: skip
    match dice.randrange(6):
        case 0:
            return dice.randbytes(dice.randrange(200)) + b"\n"
        case 1:
            return b'{"open": ' * dice.randrange(1, 2_000) + b"\n"
        case 2:
            return json.dumps({"open": dice.choice(values)}).encode() + b"\n"
        case 3:
            return b"x" * dice.choice([MOST_BYTES, MOST_BYTES * 3])
        case 4:
            return json.dumps({dice.choice(["open", "save", "raise"]): True, "b": 2}).encode()
    said = {dice.choice(names): dice.choice(values) for _ in range(dice.randrange(1, 6))}
    return json.dumps({"open": said}).encode() + b"\n"


async def say(folder: Path, message: bytes) -> None:
    """Over the socket itself, until it is answered, hung up on, or known to want more."""
    socket = QLocalSocket()
    socket.connectToServer(socket_name(folder))
    assert socket.waitForConnected(2_000)
    socket.write(message)
    socket.flush()
    connected = QLocalSocket.LocalSocketState.ConnectedState
    if message.endswith(b"\n") or len(message) > MOST_BYTES:
        await until(lambda: socket.state() != connected or socket.bytesAvailable())
    socket.abort()


async def test_ten_thousand_hostile_messages_save_nothing(desk: Driver, tmp_path: Path) -> None:
    """The parsing is met over the socket itself by some, and straight by the rest."""
    folder = tmp_path / "instance"
    folder.mkdir()
    instance = Instance.claim(folder)
    assert instance is not None
    instance.asked.connect(desk.place.screen_pop.take)
    dice = random.Random(4)
    real_id = desk.sandbox.some(type="call")["id"]
    puts = len(desk.sandbox.puts())
    for number in range(MESSAGES):
        message = hostile(dice, real_id)
        if number % 20:
            instance.take(message.partition(b"\n")[0][: MOST_BYTES + 1])
            continue
        await say(folder, message)
    desk.place.screen_pop._patience.stop()
    assert desk.store.outbox.entries() == []
    assert len(desk.sandbox.puts()) == puts
    assert desk.session.followup_id in ("", real_id) or desk.session.followup is not None
    instance.close()


def test_only_the_same_user_may_use_the_socket(qapp: QApplication, tmp_path: Path) -> None:
    import stat
    import tempfile

    if sys.platform == "win32":
        pytest.skip("Windows guards the pipe by its descriptor, not by a mode")
    instance = Instance.claim(tmp_path)
    assert instance is not None
    file = Path(tempfile.gettempdir()) / socket_name(tmp_path)
    mode = stat.S_IMODE(file.stat().st_mode)
    instance.close()
    assert mode & 0o077 == 0
