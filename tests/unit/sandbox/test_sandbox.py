"""The sandbox speaks the contract to the letter."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import wave
from io import BytesIO
from typing import Any

import pytest

from agent_app.sandbox import faults, rules
from agent_app.sandbox.envelope import Refusal
from agent_app.sandbox.limits import Limits
from agent_app.sandbox.seed import Seed
from tests.sandbox import ROOT, RunningSandbox

NOON = 1_780_000_000.0


# -- seed


def test_the_same_seed_and_hour_make_the_same_week() -> None:
    assert Seed(7, 100, NOON).data() == Seed(7, 100, NOON + 60).data()
    assert Seed(7, 100, NOON).data() != Seed(8, 100, NOON).data()


def test_the_week_looks_like_a_real_one() -> None:
    debts, followups = Seed(1, 500, NOON).data()
    assert (len(debts), len(followups)) == (180, 500)
    assert {f["status"] for f in followups} == set(rules.STATUSES)
    assert {f["type"] for f in followups} == set(rules.TYPES)
    texts = [f["notes"] or "" for f in followups]
    assert any(len(text) > 1_500 for text in texts)
    assert any("\u0600" <= c <= "\u06ff" for text in texts for c in text)
    assert any("\u0590" <= c <= "\u05ff" for text in texts for c in text)
    assert any(ord(c) > 0x1F000 for text in texts for c in text)
    assert any(f["summary"] is None for f in followups)
    assert any(d["phone"] is None for d in debts)
    assert len({d["country"] for d in debts}) >= 5
    assert any("audio_url" in f for f in followups)


# -- limits


def test_the_window_slides() -> None:
    now = [0.0]
    limits = Limits(lambda: now[0], reads=2, writes=1, window_s=60)
    limits.take("c", "read")
    now[0] = 30
    limits.take("c", "read")
    now[0] = 40
    with pytest.raises(Refusal) as caught:
        limits.take("c", "read")
    assert caught.value.details == {
        "retry_after": 20,
        "limit": 2,
        "reset_time": "1970-01-01T00:01:00Z",
    }
    assert limits.headers("c", "read") == {
        "X-RateLimit-Limit": "2",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": "60",
        "X-RateLimit-Window": "60",
    }
    limits.take("c", "write")
    limits.take("other", "read")
    now[0] = 61
    limits.take("c", "read")


def test_a_429_has_the_four_headers_and_its_details(own_sandbox: RunningSandbox) -> None:
    own_sandbox.set(reads=1)
    own_sandbox.api("GET", "/followups")
    code, reply, headers = own_sandbox.api("GET", "/followups")
    assert code == 429
    assert set(reply["details"]) == {"retry_after", "limit", "reset_time"}
    assert headers["x-ratelimit-limit"] == "1"
    assert headers["x-ratelimit-remaining"] == "0"
    assert headers["x-ratelimit-window"] == "3600"
    assert own_sandbox.api("PUT", "/followups/x", {})[0] == 404


# -- what it answers


def test_replies_are_uneven_as_the_contract_says(own_sandbox: RunningSandbox) -> None:
    with_audio = next(
        f for f in own_sandbox.api("GET", "/followups?limit=100")[1]["data"] if f["audio_url"]
    )
    got = own_sandbox.api("GET", f"/followups/{with_audio['id']}")[1]["data"]
    put = own_sandbox.api("PUT", f"/followups/{with_audio['id']}", {})[1]["data"]
    posted = own_sandbox.api(
        "POST",
        "/followups",
        {"debt_id": got["debt_id"], "type": "call", "audio_url": "https://example.org/a.wav"},
    )
    assert posted[0] == 201
    assert set(got) >= set(rules.WRITABLE)
    gone = {"triggered_payment"} | {name for name in got if name.startswith("email_")}
    assert len(gone) == 6
    assert set(got) - set(put) == gone
    assert set(got) - set(posted[1]["data"]) == gone
    assert posted[1]["data"]["processed_at"]  # at once, though nothing was executed
    assert posted[1]["data"]["call_date"] is None


def test_a_followup_needs_its_debt_alone(own_sandbox: RunningSandbox) -> None:
    debt_id = own_sandbox.some()["debt_id"]
    code, reply, _ = own_sandbox.api("POST", "/followups", {"debt_id": debt_id})
    assert (code, reply["data"]["status"]) == (201, "on_hold")
    code, reply, _ = own_sandbox.api("POST", "/followups", {"type": "call"})
    assert (code, list(reply["details"])) == (400, ["debt_id"])


def test_debts_stand_as_the_contract_says_and_as_a_company_does(
    own_sandbox: RunningSandbox,
) -> None:
    debts = own_sandbox.api("GET", "/debts?limit=100")[1]["data"]
    statuses = {one["status"] for one in debts}
    assert statuses > set(rules.DEBT_STATUSES)  # and one that nobody knows
    keys = ("timeline_id", "iban", "plan_start_date", "contacts", "metadata", "summary")
    for name in keys:
        assert any(one[name] for one in debts), name
        assert any(not one[name] for one in debts), name
    assert all(one["import_date"].endswith("+00:00") for one in debts)
    for one in debts:
        assert bool(one["plan_start_date"]) == one["payment_plan_active"]


def test_a_debt_is_changed_by_its_fields(own_sandbox: RunningSandbox) -> None:
    debt_id = own_sandbox.some()["debt_id"]
    before = own_sandbox.api("GET", f"/debts/{debt_id}")[1]["data"]
    body = {"city": "Exempleville", "status": "status.custom.ours", "amount": 1, "summary": None}
    code, reply, _ = own_sandbox.api("PUT", f"/debts/{debt_id}", body)
    assert (code, reply["error"]) == (200, False)
    after = own_sandbox.api("GET", f"/debts/{debt_id}")[1]["data"]
    assert reply["data"] == after
    moved = {name for name in after if after[name] != before[name]}
    assert {"city", "address", "status"} <= moved <= {"city", "address", "status", "summary"}
    assert after["address"].endswith("Exempleville")
    assert own_sandbox.api("PUT", "/debts/nowhere", {})[0] == 404


@pytest.mark.parametrize("name", list(rules.DEBT_WRITABLE))
def test_a_debts_wrong_value_is_said_in_one_sentence(sandbox: RunningSandbox, name: str) -> None:
    debt_id = sandbox.some()["debt_id"]
    code, reply, _ = sandbox.api("PUT", f"/debts/{debt_id}", {name: 7})
    assert code == 400
    assert "details" not in reply
    assert name in reply["message"]


def test_a_debt_needs_its_own_scope(own_sandbox: RunningSandbox) -> None:
    own_sandbox.set(scopes="followups:read followups:write debts:read")
    own_sandbox.expire()
    debt_id = own_sandbox.some()["debt_id"]
    code, reply, _ = own_sandbox.api("PUT", f"/debts/{debt_id}", {"city": "X"})
    assert (code, reply["message"]) == (403, 'Required scope "debts:write" not found in token')


def test_a_persons_debts_are_listed_by_the_debtors_id(sandbox: RunningSandbox) -> None:
    pages = [sandbox.api("GET", f"/debts?limit=100&page={n}")[1]["data"] for n in (1, 2)]
    debts = [debt for page in pages for debt in page]
    of: dict[str, list[str]] = {}
    for debt in debts:
        of.setdefault(debt["debtor_id"], []).append(debt["id"])
    debtor_id, ids = max(of.items(), key=lambda one: len(one[1]))
    assert len(ids) > 1
    code, reply, _ = sandbox.api("GET", f"/debts/by-debtor/{debtor_id}")
    assert (code, sorted(one["id"] for one in reply["data"])) == (200, sorted(ids))
    assert len({(one["lastname"], one["phone"]) for one in reply["data"]}) == 1
    assert sandbox.api("GET", "/debts/by-debtor/nobody")[0] == 404


def test_the_company_its_credits_and_a_reports_file(sandbox: RunningSandbox) -> None:
    sandbox.set(role="supervisor")
    sandbox.expire()
    assert sandbox.api("GET", "/company/profile")[1]["data"]["name"]
    assert sandbox.api("GET", "/company/credits")[1]["data"]["current_credits"] > 0
    assert any(one["is_active"] for one in sandbox.api("GET", "/company/users")[1]["data"])
    first = sandbox.api("GET", "/reports")[1]["data"][0]
    assert sandbox.api("GET", f"/reports/{first['id']}")[1]["data"] == first
    link = sandbox.api("GET", f"/reports/{first['id']}/download")[1]["data"]["download_url"]
    assert link.startswith(sandbox.media)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(link, timeout=20) as reply:
        assert reply.read(5) == b"%PDF-"
    assert sandbox.api("GET", "/reports/none/download")[0] == 404


def test_where_there_is_no_media_the_links_are_null_and_have_no_end(
    own_sandbox: RunningSandbox,
) -> None:
    made = own_sandbox.some()
    for code, reply, _ in (
        own_sandbox.api("PUT", f"/followups/{made['id']}", {"audio_url": None}),
        own_sandbox.api("POST", "/followups", {"debt_id": made["debt_id"], "type": "call"}),
    ):
        assert code < 300
        got = own_sandbox.api("GET", f"/followups/{reply['data']['id']}")[1]["data"]
        for said in (reply["data"], got):
            assert said["audio_url"] is None
            if said["pdf_url"] is None:
                assert "media_urls_expire_at" not in said


def test_validation_names_every_wrong_field(sandbox: RunningSandbox) -> None:
    wanted = sandbox.some()["id"]
    body = {
        "status": "x",
        "type": 1,
        "call_date": "today",
        "scheduled_at": "2026-01-01T10:00:00",
        "summary": 1,
        "notes": [],
        "call_id": {},
        "audio_url": "a b",
        "duration_ms": -1,
        "phone_number_used": 0,
        "direction": "up",
        "disconnection_reason": True,
        "is_retry": None,
        "debt_id": "another",
    }
    code, reply, _ = sandbox.api("PUT", f"/followups/{wanted}", body)
    assert code == 400
    assert set(reply["details"]) == set(body)
    assert all(isinstance(word, str) for said in reply["details"].values() for word in said)


@pytest.mark.parametrize(
    "body",
    [
        {"summary": "", "notes": None, "duration_ms": 3.0, "audio_url": None, "unknown": [1]},
        {"call_date": "2026-01-01t10:00:00.5z", "scheduled_at": "2016-12-31T23:59:60+01:00"},
        {"audio_url": "urn:isbn:0", "direction": None, "duration_ms": 10**30},
        {},
    ],
)
def test_what_the_contract_allows_is_not_refused(
    sandbox: RunningSandbox, body: dict[str, Any]
) -> None:
    code, reply, _ = sandbox.api("PUT", f"/followups/{sandbox.some()['id']}", body)
    assert code == 200, reply


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_object(sandbox: RunningSandbox, body: bytes) -> None:
    token = sandbox.token()["access_token"]
    wanted = sandbox.some()["id"]
    request = urllib.request.Request(
        f"{sandbox.server}/external-api/v1/followups/{wanted}",
        body,
        {"Authorization": f"Bearer {token}"},
        method="PUT",
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=10)
    with caught.value as refused:
        assert refused.code == 400
        assert json.load(refused)["error"] is True


def test_paging_and_filters(sandbox: RunningSandbox) -> None:
    _, reply, _ = sandbox.api("GET", "/followups?status=no_answer&type=call&limit=5&page=2")
    assert reply["pagination"]["page"] == 2
    assert {(f["status"], f["type"]) for f in reply["data"]} <= {("no_answer", "call")}
    assert "message" not in reply
    some = sandbox.some()
    _, of_debt, _ = sandbox.api("GET", f"/followups/debt/{some['debt_id']}?limit=100")
    _, filtered, _ = sandbox.api("GET", f"/followups?debt_id={some['debt_id']}&limit=100")
    assert [f["id"] for f in of_debt["data"]] == [f["id"] for f in filtered["data"]]
    _, days, _ = sandbox.api("GET", "/followups?date_from=2026-01-01&date_to=2001-01-01")
    assert days["pagination"]["total"] == 0
    for query in (
        "page=0",
        "limit=101",
        "limit=x",
        "status=x",
        "date_from=1",
        "debt_id=",
        "page=9.5",
    ):
        code, reply, _ = sandbox.api("GET", f"/followups?{query}")
        assert code == 400
        assert list(reply["details"]) == [query.partition("=")[0]]


def test_no_token_no_answer(sandbox: RunningSandbox) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic x"}):
        code, reply, said = sandbox.ask("GET", "/external-api/v1/followups", headers=headers)
        assert code == 401
        words = "Authentication credentials are missing or invalid"
        assert reply == {"error": True, "message": words, "code": 401}
        assert said["x-ratelimit-limit"] == "1000"


def test_a_recording_plays_in_part_and_its_link_dies(own_sandbox: RunningSandbox) -> None:
    def link() -> str:
        rows = own_sandbox.api("GET", "/followups?limit=100")[1]["data"]
        return str(next(f["audio_url"] for f in rows if f["audio_url"]))

    alive = link()
    assert alive.startswith(own_sandbox.media)
    assert not alive.startswith(own_sandbox.server)
    with urllib.request.urlopen(alive, timeout=10) as reply:
        whole = reply.read()
    with wave.open(BytesIO(whole)) as sound:
        assert sound.getnframes() > 0
    part = urllib.request.Request(alive, headers={"Range": "bytes=100-199"})
    with urllib.request.urlopen(part, timeout=10) as reply:
        assert (reply.status, reply.read()) == (206, whole[100:200])
    own_sandbox.set(link_life_s=-5)
    for dead in (link(), alive.replace("signature=", "signature=0")):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(dead, timeout=10)
        caught.value.close()
        assert caught.value.code == 403


def test_the_knobs_need_their_header(sandbox: RunningSandbox) -> None:
    code, _, _ = sandbox.ask("POST", "/sandbox/expire", {}, headers={"X-Sandbox-Control": "0"})
    assert code == 403


# -- faults


@pytest.mark.parametrize(
    "text", ["PUT", "PUT * nonsense", "PUT * drop=sideways", "PUT * delay=1 x=2"]
)
def test_a_fault_that_makes_no_sense(text: str) -> None:
    with pytest.raises(ValueError, match=r"fault|drop"):
        faults.parse(text)


def test_a_fault_strikes_as_often_as_it_is_told(sandbox: RunningSandbox) -> None:
    sandbox.fault("GET */debts status=503", count=2, skip=1)
    codes = [sandbox.api("GET", "/debts")[0] for _ in range(4)]
    assert codes == [200, 503, 503, 200]


# -- the command


def test_the_command_says_where_it_listens_and_keeps_its_data(tmp_path: Any) -> None:
    file = tmp_path / "week.sqlite3"
    command = [
        sys.executable,
        "-m",
        "agent_app",
        "sandbox",
        "--followups",
        "5",
        "--data",
        str(file),
    ]
    for _ in range(2):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert "listens on http://127.0.0.1:" in process.stdout.readline()
        assert "sandbox-desk" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.stdout.read()
        # Windows has no SIGTERM: the process is ended at once, and the data must stand that
        assert process.wait(10) == (1 if os.name == "nt" else 0)
        process.stdout.close()
    first = RunningSandbox("--data", str(file))
    assert first.api("GET", "/followups")[1]["pagination"]["total"] == 5
    first.stop()


@pytest.mark.parametrize(
    ("path", "dated"), [("company/users", "last_activity"), ("reports", "created_at")]
)
def test_users_and_reports_are_listed_for_who_may_see_them(
    own_sandbox: RunningSandbox, path: str, dated: str
) -> None:
    own_sandbox.set(scopes="followups:read")
    assert own_sandbox.api("GET", f"/{path}")[0] == 403
    own_sandbox.set(scopes="", role="supervisor")
    own_sandbox.expire()
    _, reply, _ = own_sandbox.api("GET", f"/{path}?limit=2&page=2")
    assert reply["pagination"]["page"] == 2
    assert len(reply["data"]) == min(2, reply["pagination"]["total"] - 2)
    first = own_sandbox.api("GET", f"/{path}")[1]["data"][0]
    assert first[dated].endswith("Z")
    assert own_sandbox.api("GET", f"/{path}?page=0")[0] == 400
