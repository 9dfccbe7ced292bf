"""Another program tells of a call: a card says who it is, nothing is taken, nothing is saved."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from agent_app.cli.arguments import parser
from agent_app.domain.screen_pop import from_link
from agent_app.features import screen_pop
from agent_app.features.screen_pop import ScreenPops
from agent_app.system.instance import MAX_BYTES, Instance, socket_name
from tests.sandbox import ROOT
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio

MESSAGES = 10_000
SHIFT, NOTHING = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
NOBODY = "+33600000000"


def screen_pops(desk: Driver) -> ScreenPops:
    found = desk.desk.calls.screen_pops
    assert found is not None
    return found


def said(desk: Driver) -> str:
    """What the card says, in a sentence; "" where there is none."""
    if desk.desk.calls.screen_pops is None or screen_pops(desk).card.isHidden():
        return ""
    return screen_pops(desk).card.words.sentence


def is_known(desk: Driver) -> bool:
    """Whether the card says whose call it is, so that it can be opened."""
    return any(name == "open" for name, _ in screen_pops(desk).card.words.offers)


def button(desk: Driver, name: str) -> QPushButton:
    found = screen_pops(desk).card.findChild(QPushButton, f"call_{name}")
    assert found is not None
    return found


def key(desk: Driver, key: Qt.Key, modifiers: Qt.KeyboardModifier = NOTHING) -> None:
    """Wherever the focus is."""
    desk.press(key, modifiers)


def letters(desk: Driver, text: str) -> None:
    """Typed where the focus is at each letter."""
    for letter in text:
        QTest.keyClicks(QApplication.focusWidget() or desk.desk.window, letter)


async def debtor(
    desk: Driver,
    number: str,
    *,
    name: str = "Kavanagh",
    country: str | None = "France",
    debt: str = "",
    **followup: Any,
) -> str:
    """A debt of our own with one followup, as if both had just been read; returns its id."""
    debt_id = debt or f"debt-{name}"
    at = datetime.now(UTC)
    values = {"type": "call", "status": "scheduled", **followup}
    followup_id = f"followup-{name}-{values['type']}-{values['status']}"
    desk.store.take_in_debts(
        [
            {
                "id": debt_id,
                "firstname": "Pádraig",
                "lastname": name,
                "phone": number,
                "amount": 310.0,
                "currency": "EUR",
                "country": country,
            }
        ],
        at,
    )
    desk.store.followups.upsert([{"id": followup_id, "debt_id": debt_id, **values}], at)
    return followup_id


async def in_notes(desk: Driver, text: str = "He says ") -> str:
    """Somebody writes in the notes of a followup; returns its id."""
    wanted: str = desk.sandbox.some(type="call", status="scheduled")["id"]
    await desk.open(wanted)
    desk.field("notes").setFocus()
    key(desk, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    letters(desk, text)
    return wanted


def at_rest(desk: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has typed for a while, and the cursor is in the list."""
    monkeypatch.setattr(screen_pop, "QUIET_S", 0.0)
    desk.panel.view.setFocus()


# -- somebody works


async def test_a_call_takes_neither_form_nor_keyboard_from_somebody_who_types(desk: Driver) -> None:
    caller = await debtor(desk, "06 39 98 00 12")
    mine = await in_notes(desk)
    before = desk.text("notes")
    letters(desk, "that ")
    desk.desk.take_pop({"phone": "+33639980012", "call_id": "CA1"})
    letters(desk, "he pays 2 of 3 on Friday")
    await until(lambda: "Kavanagh" in said(desk))
    letters(desk, " at 9")
    assert desk.session.followup_id == mine
    assert desk.text("notes") == before + "that he pays 2 of 3 on Friday at 9"
    assert desk.field("notes").hasFocus()
    assert desk.session.changed == {"notes"}
    key(desk, Qt.Key.Key_F4)
    assert desk.session.followup_id == caller
    assert desk.session.value("call_id") == "CA1"
    assert desk.field("notes").hasFocus()
    draft = desk.store.drafts.get(mine)
    assert draft is not None
    assert draft.patch.changes["notes"].endswith("on Friday at 9")
    assert desk.store.outbox.entries() == []


async def test_the_card_says_who_it_is_how_much_and_what_is_open(desk: Driver) -> None:
    await debtor(desk, "06 39 98 00 12")
    await debtor(desk, "06 39 98 00 12", type="sms")
    await in_notes(desk)
    assert desk.desk.take_pop({"phone": "+33639980012"}) == "shown"
    await until(lambda: said(desk))
    who = "+33 6 39 98 00 12 is calling: Pádraig Kavanagh, €310.00, 2 open followup"
    assert said(desk).startswith(who)
    card = screen_pops(desk).card
    assert card.accessibleName() == said(desk)
    assert button(desk, "open").text() == "Open (F4)"
    assert button(desk, "dismiss").text() == "Dismiss"


async def test_a_click_opens_it_and_the_card_moves_nothing(desk: Driver) -> None:
    caller = await debtor(desk, "+33639980012")
    await in_notes(desk)
    parts = (desk.panel, desk.editor, desk.desk.window.search_field)
    where = [(one.mapTo(desk.desk.window, QPoint(0, 0)), one.size()) for one in parts]
    desk.desk.take_pop({"phone": "+33639980012"})
    await until(lambda: said(desk))
    assert [(one.mapTo(desk.desk.window, QPoint(0, 0)), one.size()) for one in parts] == where
    QTest.mouseClick(button(desk, "open"), Qt.MouseButton.LeftButton)
    assert desk.session.followup_id == caller


async def test_it_is_dismissed_and_the_cursor_stays(desk: Driver) -> None:
    await debtor(desk, "+33639980012")
    mine = await in_notes(desk)
    for by_mouse in (True, False):
        desk.desk.take_pop({"phone": "+33639980012"})
        await until(lambda: said(desk))
        if by_mouse:
            QTest.mouseClick(button(desk, "dismiss"), Qt.MouseButton.LeftButton)
        else:
            key(desk, Qt.Key.Key_F4, SHIFT)
        assert said(desk) == ""
        assert desk.field("notes").hasFocus()
        assert desk.session.followup_id == mine


async def test_a_second_call_waits_behind_the_first(desk: Driver) -> None:
    await debtor(desk, "+33639980012")
    await debtor(desk, "+33639980013", name="Müller")
    await in_notes(desk)
    desk.desk.take_pop({"phone": "+33639980012"})
    desk.desk.take_pop({"phone": "+33639980013"})
    await until(lambda: "Müller" in said(desk))
    assert said(desk).endswith("1 more")
    key(desk, Qt.Key.Key_F4, SHIFT)
    assert "Kavanagh" in said(desk)
    assert "more" not in said(desk)


async def test_two_messages_about_one_call_are_one_card(desk: Driver) -> None:
    caller = await debtor(desk, "+33639980012")
    await in_notes(desk)
    desk.desk.take_pop({"phone": "+33639980012", "call_id": "CA1"})
    desk.desk.take_pop({"phone": "+33639980012", "call_id": "CA1", "duration_ms": 61_000})
    await until(lambda: "called at" in said(desk))
    assert "more" not in said(desk)
    key(desk, Qt.Key.Key_F4)
    assert desk.session.followup_id == caller
    assert desk.session.value("call_id") == "CA1"
    assert desk.session.value("duration_ms") == 61_000


async def test_a_call_that_nobody_answers_is_never_dropped(desk: Driver) -> None:
    await debtor(desk, "+33639980012")
    await in_notes(desk)
    desk.desk.take_pop({"phone": "+33639980012"})
    await until(lambda: "is calling" in said(desk))
    call = screen_pops(desk)._calls.latest
    assert call is not None
    call.at -= timedelta(minutes=6)
    screen_pops(desk)._minute.timeout.emit()
    assert "called at" in said(desk)


# -- several debtors


async def test_of_several_debtors_one_is_chosen(desk: Driver) -> None:
    now = datetime.now(UTC)
    later, sooner = now + timedelta(hours=3), now - timedelta(hours=1)
    await debtor(desk, "+33639980012", name="Late", scheduled_at=later)
    wanted = await debtor(desk, "0639980012", name="Soon", scheduled_at=sooner)
    mine = await in_notes(desk)
    desk.desk.take_pop({"phone": "+33639980012"})
    await until(lambda: said(desk))
    card = screen_pops(desk).card
    assert [text.split(",")[0] for text in card.words.choices] == ["Pádraig Soon", "Pádraig Late"]
    key(desk, Qt.Key.Key_F4)
    assert desk.session.followup_id == mine  # nobody's debt is shown before it is chosen
    key(desk, Qt.Key.Key_2)
    assert card.list.currentRow() == 1
    key(desk, Qt.Key.Key_Up)
    assert card.list.currentRow() == 0
    key(desk, Qt.Key.Key_Return)
    assert desk.session.followup_id == wanted


async def test_escape_leaves_the_choice_and_the_cursor_comes_back(desk: Driver) -> None:
    await debtor(desk, "+33639980012", name="One")
    await debtor(desk, "+33639980012", name="Two")
    await in_notes(desk)
    desk.desk.take_pop({"phone": "+33639980012"})
    await until(lambda: said(desk))
    key(desk, Qt.Key.Key_F4)
    assert screen_pops(desk).card.has_focus
    key(desk, Qt.Key.Key_Escape)
    assert said(desk) == ""
    assert desk.field("notes").hasFocus()


# -- nobody is found


async def test_an_unknown_number_is_said_at_once_and_can_be_searched(desk: Driver) -> None:
    mine = await in_notes(desk)
    desk.desk.take_pop({"phone": NOBODY})
    await until(lambda: said(desk))
    assert said(desk) == "+33 6 00 00 00 00 is calling: no debtor has this number"
    QTest.mouseClick(button(desk, "copy"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == NOBODY
    assert desk.field("notes").hasFocus()
    key(desk, Qt.Key.Key_F4)
    search = desk.desk.window.search_field
    assert search.hasFocus()
    assert search.text() == "06 00 00 00 00"
    assert desk.session.followup_id == mine
    letters(desk, "kavanagh")  # a name takes the number's place
    assert search.text() == "kavanagh"


async def test_a_followup_that_is_not_here_is_looked_up(desk: Driver) -> None:
    mine = await in_notes(desk)
    debt_id = desk.sandbox.some()["debt_id"]
    reply = desk.sandbox.api("POST", "/followups", {"debt_id": debt_id, "type": "call"})[1]
    new_id = reply["data"]["id"]
    assert desk.store.followups.get(new_id) is None
    desk.desk.take_pop({"followup_id": new_id, "call_id": "CA2", "phone": NOBODY})
    await until(lambda: "looking it up" in said(desk))
    await until(lambda: is_known(desk))
    assert desk.session.followup_id == mine
    key(desk, Qt.Key.Key_F4)
    assert desk.session.followup_id == new_id
    assert desk.session.value("call_id") == "CA2"


async def test_one_that_nobody_has_is_said_with_its_number(desk: Driver) -> None:
    desk.desk.take_pop({"followup_id": "nobody-has-this", "phone": NOBODY})
    await until(lambda: "its followup was not found, ID nobody-has-this" in said(desk))
    assert "+33 6 00 00 00 00" in said(desk)


async def test_without_a_server_it_is_said_so_and_looked_up_later(desk: Driver) -> None:
    debt_id = desk.sandbox.some()["debt_id"]
    new = desk.sandbox.api("POST", "/followups", {"debt_id": debt_id, "type": "call"})[1]["data"]
    desk.sandbox.fault("GET */followups/* status=503")
    await in_notes(desk)
    desk.desk.take_pop({"followup_id": new["id"]})
    await until(lambda: "cannot be looked up now" in said(desk))
    desk.sandbox.no_faults()
    key(desk, Qt.Key.Key_F4)
    await until(lambda: is_known(desk))


# -- nobody works


async def test_where_nobody_works_it_opens_by_itself(
    desk: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = await debtor(desk, "+33639980012")
    former = desk.sandbox.some(type="call", status="scheduled")["id"]
    await desk.open(former)
    at_rest(desk, monkeypatch)
    status = desk.text("status")
    desk.desk.take_pop({"phone": "+33639980012", "call_id": "CA1", "direction": "inbound"})
    assert desk.session.followup_id == caller
    letters(desk, "so 2")  # somebody began to type just now
    assert desk.text("notes") == "so 2"
    assert desk.text("status") == status
    await until(lambda: "Filled in: Call ID" in said(desk).replace("Phone number, ", ""))
    assert not desk.field("call_id").isHidden()
    QTest.mouseClick(button(desk, "back"), Qt.MouseButton.LeftButton)
    assert desk.session.followup_id == former
    assert desk.store.drafts.get(caller) is not None


@pytest.mark.parametrize("busy", ["typed", "in a field", "begun", "a key just now", "speaking"])
async def test_where_somebody_works_it_does_not(
    desk: Driver, monkeypatch: pytest.MonkeyPatch, busy: str
) -> None:
    await debtor(desk, "+33639980012")
    await desk.open(desk.sandbox.some(type="call", status="scheduled")["id"])
    at_rest(desk, monkeypatch)
    match busy:
        case "typed":
            desk.type("summary", "half a word")
            desk.panel.view.setFocus()
        case "in a field":
            desk.field("notes").setFocus()
        case "begun":
            desk.form_desk.begin_new()
            desk.panel.view.setFocus()
        case "speaking":
            commands = desk.desk.commands
            assert commands is not None
            commands.dialled(desk.session.followup_id)
        case "a key just now":
            monkeypatch.setattr(screen_pop, "QUIET_S", 10.0)
            assert desk.desk.lock is not None
            desk.desk.lock.idle.note()
    mine = desk.session.followup_id
    desk.desk.take_pop({"phone": "+33639980012"})
    await until(lambda: "Kavanagh" in said(desk))
    assert desk.session.followup_id == mine


# -- which followup


async def test_a_call_that_is_due_is_preferred_to_a_message(desk: Driver) -> None:
    at = datetime.now(UTC)
    wanted = await debtor(desk, "+33639980012", scheduled_at=(at + timedelta(days=1)))
    await debtor(desk, "+33639980012", type="sms", status="sent", call_date=at)
    await in_notes(desk)
    desk.desk.take_pop({"phone": "+33639980012", "call_id": "CA1"})
    key(desk, Qt.Key.Key_F4)
    assert desk.session.followup_id == wanted


@pytest.mark.parametrize(
    "there",
    [{"type": "sms", "status": "scheduled"}, {"type": "call", "status": "deal_not_found"}],
    ids=["a message", "a call that was made"],
)
async def test_without_a_call_to_make_a_new_inbound_call_is_begun(
    desk: Driver, there: dict[str, str]
) -> None:
    old = await debtor(desk, "+33639980012", **there)
    await in_notes(desk)
    desk.desk.take_pop({"phone": "+33639980012", "call_id": "CA1"})
    await until(lambda: said(desk))
    assert button(desk, "open").text() == "New call (F4)"
    key(desk, Qt.Key.Key_F4)
    session = desk.session
    assert session.is_begun
    assert session.followup is not None
    assert session.followup.debt_id == "debt-Kavanagh"
    assert (session.value("type"), session.value("direction")) == ("call", "inbound")
    assert session.value("phone_number_used") == "+33639980012"
    assert session.value("call_id") == "CA1"
    assert desk.store.drafts.get(old) is None
    assert desk.store.outbox.entries() == []


async def test_a_message_that_is_named_takes_no_facts_of_a_call(desk: Driver) -> None:
    wanted = await debtor(desk, "+33639980012", type="sms")
    await in_notes(desk)
    desk.desk.take_pop({"followup_id": wanted, "call_id": "CA1", "phone": "+33639980012"})
    key(desk, Qt.Key.Key_F4)
    assert desk.session.followup_id == wanted
    assert desk.session.changed == frozenset()
    assert "takes no details of a call" in said(desk)


async def test_the_facts_of_a_call_are_unsaved_changes(desk: Driver) -> None:
    wanted = desk.sandbox.some(type="call", status="scheduled")
    before = desk.sandbox.followup(wanted["id"])
    link = (
        f"followup://open/{quote(wanted['id'], safe='')}?call_id=CA77&duration_ms=61000"
        "&phone=%2B33639980012&direction=outbound&disconnection_reason=debtor_hangup"
        "&recording_url=https%3A%2F%2Fmedia.example.org%2Fa.wav&colour=red"
    )
    pop = from_link(link)
    assert pop.left_out == ("colour",)
    desk.desk.take_pop({**pop.values(), "colour": "red"})
    key(desk, Qt.Key.Key_F4)
    assert desk.session.followup_id == wanted["id"]
    assert desk.session.value("call_id") == "CA77"
    assert desk.session.value("duration_ms") == 61_000
    assert desk.session.value("phone_number_used") == "+33639980012"
    assert desk.session.value("audio_url") == "https://media.example.org/a.wav"
    assert desk.session.value("call_date") is not None
    assert desk.store.outbox.entries() == []
    assert desk.sandbox.followup(wanted["id"]) == before
    assert "colour" in said(desk)


async def test_an_id_that_begins_with_a_dash(desk: Driver) -> None:
    """As the ids of one followup in 64 do: from a link, and from a telephone system's command."""
    rows = desk.sandbox.api("GET", "/followups?limit=100&page=1")[1]["data"]
    rows += desk.sandbox.api("GET", "/followups?limit=100&page=2")[1]["data"]
    wanted = next(row["id"] for row in rows if row["id"].startswith("-"))
    desk.desk.take_pop(from_link(f"followup://open/{quote(wanted, safe='')}").values())
    key(desk, Qt.Key.Key_F4)
    await until(lambda: desk.session.followup_id == wanted)
    said = ["open", "--call-id", "CA5", "--", wanted]
    asked = parser(said).parse_args(said)
    assert (asked.followup, asked.call_id) == (wanted, "CA5")


async def test_what_was_typed_is_not_overwritten(desk: Driver) -> None:
    wanted = desk.sandbox.some(type="call", status="scheduled")["id"]
    await desk.open(wanted)
    desk.type("call_id", "typed by hand")
    desk.desk.take_pop({"followup_id": wanted, "call_id": "CA1", "direction": "inbound"})
    key(desk, Qt.Key.Key_F4)
    assert desk.session.value("call_id") == "typed by hand"
    assert desk.session.value("direction") == "inbound"


# -- there is nothing to look in yet


async def test_a_call_waits_until_somebody_has_signed_in(desk: Driver) -> None:
    account = desk.desk.account
    assert account is not None
    number = next(
        one["phone_number_used"]
        for one in desk.sandbox.api("GET", "/followups?limit=100&type=call")[1]["data"]
        if one.get("phone_number_used")
    )
    await desk.desk._sign_outs.sign_out()
    assert desk.desk.form_desk is None
    assert desk.desk.take_pop({"phone": number}) == "waiting"
    await until(lambda: "sign in to see whose call it is" in said(desk))
    key(desk, Qt.Key.Key_F4)
    assert said(desk)
    await desk.desk.start(account)
    await until(lambda: "open followup" in said(desk))


async def test_a_call_that_starts_the_program_waits_for_the_form(start: Start) -> None:
    desk = await start(loaded=False)
    account = desk.desk.account
    await desk.desk._stop_account()
    under_way = desk.desk._tasks.start(desk.desk.start(account))
    assert desk.desk.take_pop({"phone": NOBODY}) == "waiting"
    await until(lambda: "+33 6 00 00 00 00" in said(desk))
    await under_way
    await desk.loaded()
    await until(lambda: "no debtor has this number" in said(desk))


async def test_a_locked_window_says_nothing_about_the_caller(desk: Driver) -> None:
    await debtor(desk, "+33639980012")
    assert desk.desk.lock is not None
    await in_notes(desk)
    desk.desk.lock.lock()
    assert desk.desk.take_pop({"phone": "+33639980012"}) == "waiting"
    await until(lambda: said(desk))
    assert said(desk) == "A call is waiting."
    key(desk, Qt.Key.Key_F4)
    key(desk, Qt.Key.Key_F4, SHIFT)
    assert said(desk) == "A call is waiting."
    texts = [one.text() + one.toolTip() for one in screen_pops(desk).card.findChildren(QLabel)]
    assert "Kavanagh" not in " ".join(texts)
    desk.desk.lock.unlock()
    await until(lambda: "Kavanagh" in said(desk))


async def test_a_card_that_is_there_hides_behind_the_lock(desk: Driver) -> None:
    await debtor(desk, "+33639980012")
    await in_notes(desk)
    desk.desk.take_pop({"phone": "+33639980012"})
    await until(lambda: "Kavanagh" in said(desk))
    assert desk.desk.lock is not None
    desk.desk.lock.lock()
    assert said(desk) == "A call is waiting."
    assert "Kavanagh" not in screen_pops(desk).card.accessibleName()


async def test_it_can_be_switched_off(desk: Driver) -> None:
    wanted = desk.sandbox.some(type="call")["id"]
    preferences = desk.preferences
    preferences.keep(replace(preferences.settings, accept_links=False))
    assert desk.desk.take_pop({"followup_id": wanted}) == "off"
    assert desk.session.followup_id != wanted
    assert "is off" in desk.desk.window.notice.words


# -- over the socket


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        ("shown", 0, "the call is shown"),
        ("waiting", 0, "the call waits"),
        ("off", 1, "calls are not shown"),
    ],
)
async def test_a_second_start_hands_over_and_says_what_became_of_it(
    qapp: QApplication, tmp_path: Path, answer: str, status: int, words: str
) -> None:
    first = Instance.claim(tmp_path)
    assert first is not None
    asked: list[dict[str, object]] = []

    def take(values: dict[str, object]) -> str:
        asked.append(values)
        return answer

    first.serve(take)
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
    out, trouble = second.communicate()
    assert second.returncode == status
    assert words in (trouble if status else out)
    assert asked == [{"followup_id": "AB12==", "phone": "+331", "call_id": "CA9"}]
    first.close()


def hostile(rng: random.Random, real_id: str) -> bytes:
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
    match rng.randrange(6):
        case 0:
            return rng.randbytes(rng.randrange(200)) + b"\n"
        case 1:
            return b'{"open": ' * rng.randrange(1, 2_000) + b"\n"
        case 2:
            return json.dumps({"open": rng.choice(values)}).encode() + b"\n"
        case 3:
            return b"x" * rng.choice([MAX_BYTES, MAX_BYTES * 3])
        case 4:
            return json.dumps({rng.choice(["open", "save", "raise"]): True, "b": 2}).encode()
    values_said = {rng.choice(names): rng.choice(values) for _ in range(rng.randrange(1, 6))}
    return json.dumps({"open": values_said}).encode() + b"\n"


async def say(folder: Path, message: bytes) -> None:
    """Over the socket itself, until it is answered, hung up on, or known to want more."""
    socket = QLocalSocket()
    socket.connectToServer(socket_name(folder))
    assert socket.waitForConnected(2_000)
    socket.write(message)
    socket.flush()
    connected = QLocalSocket.LocalSocketState.ConnectedState
    if message.endswith(b"\n") or len(message) > MAX_BYTES:
        await until(lambda: socket.state() != connected or socket.bytesAvailable())
    socket.abort()


async def test_ten_thousand_hostile_messages_save_nothing(desk: Driver, tmp_path: Path) -> None:
    """The parsing is met over the socket itself by some, and straight by the rest."""
    folder = tmp_path / "instance"
    folder.mkdir()
    instance = Instance.claim(folder)
    assert instance is not None
    instance.serve(desk.desk.take_pop)
    rng = random.Random(4)
    real_id = desk.sandbox.some(type="call")["id"]
    puts = len(desk.sandbox.puts())
    for number in range(MESSAGES):
        message = hostile(rng, real_id)
        if number % 20:
            instance.take(message.partition(b"\n")[0][: MAX_BYTES + 1])
            continue
        await say(folder, message)
    assert desk.store.outbox.entries() == []
    assert len(desk.sandbox.puts()) == puts
    assert desk.session.followup_id in ("", real_id) or desk.session.followup is not None
    instance.close()


def test_only_the_same_user_may_use_the_socket(qapp: QApplication, tmp_path: Path) -> None:
    import stat

    if sys.platform == "win32":
        pytest.skip("Windows guards the pipe by its descriptor, not by a mode")
    instance = Instance.claim(tmp_path)
    assert instance is not None
    file = Path(socket_name(tmp_path))
    mode = stat.S_IMODE(file.stat().st_mode)
    instance.close()
    assert mode & 0o077 == 0


async def test_what_is_refused_is_said_in_the_window(desk: Driver) -> None:
    assert desk.desk.take_pop({}) == "nothing"
    assert "no followup and no telephone number" in desk.desk.window.notice.words
