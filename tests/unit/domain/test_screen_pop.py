"""What telephone systems, and others, hand over: checked field by field."""

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.links import is_safe_link, may_be_reached
from agent_app.domain.screen_pop import NotAPop, from_link, from_text, from_values

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_a_whole_link() -> None:
    pop = from_link(
        "followup://open/A%2Fb%3D?phone=+33639980012&duration_ms=61000&direction=inbound"
    )
    assert (pop.followup_id, pop.phone, pop.duration_ms) == ("A/b=", "+33639980012", 61_000)
    assert pop.changes(NOW)["call_date"] == datetime(2026, 11, 24, 11, 58, 59, tzinfo=UTC)
    assert pop.left_out == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("duration_ms", "-5"), ("duration_ms", "1e9"), ("duration_ms", "999999999"),
        ("duration_ms", "٣"), ("duration_ms", True), ("direction", "sideways"),
        ("recording_url", "http://media.example.org/a.wav"),
        ("recording_url", "https://user:secret@example.org/a.wav"),
        ("recording_url", "javascript:alert(1)"), ("recording_url", "https://ex ample.org/"),
        ("recording_url", "file:///etc/passwd"), ("call_id", "a\nb"), ("call_id", "x" * 121),
        ("disconnection_reason", "\x1b[2J"), ("phone", "call me"), ("phone", "1" * 60),
        ("status", "deal_found"), ("notes", "hello"),
    ],
)  # fmt: skip
def test_a_field_that_does_not_fit_is_left_out_and_named(name: str, value: object) -> None:
    pop = from_values({"followup_id": "abc", name: value})
    assert pop.left_out == (name,)
    assert pop.changes(NOW) == {}


@pytest.mark.parametrize(
    "link",
    [
        "", "followup:", "followup://save/abc", "https://open/abc", "followup://open/",
        "followup://open/?call_id=1", "followup://open/a%20b", "followup://open/" + "x" * 201,
        "followup://open/abc?" + "a=1&" * 2_000, "followup://open/%00",
        "followup://[/abc",
    ],
)  # fmt: skip
def test_what_is_no_link_of_ours(link: str) -> None:
    with pytest.raises(NotAPop):
        from_link(link)


@pytest.mark.parametrize(
    ("text", "followup_id", "phone"),
    [
        ("followup://open/A1b", "A1b", ""), ("FOLLOWUP://open/A1b", "A1b", ""),
        ("Followup://Open/A1b", "A1b", ""), ("followup:open/A1b", "A1b", ""),
        ("followup:/open/A1b", "A1b", ""), ("followup:///open/A1b", "A1b", ""),
        ("followup://open/A1b/", "A1b", ""), ("followup://open//A1b//", "A1b", ""),
        ('"followup://open/A1b"', "A1b", ""), ("«\u00a0followup://open/A1b\u00a0»", "A1b", ""),
        ("<followup://open/A1b>", "A1b", ""), ("\u200efollowup://open/A1b\r\n", "A1b", ""),
        ("followup://open/%22A1b%22", "A1b", ""), ("followup://open/A%2Fb%3D/", "A/b=", ""),
        ("followup://open?phone=tel:+33639980012", "", "+33639980012"),
        ("followup:open?phone=%2B33%C2%A06%2039%2098%2000%2012", "", "+33 6 39 98 00 12"),
        ("followup://open/A1b?phone=06%E2%80%AF39980012&amp;direction=inbound", "A1b",
         "06 39980012"),
        ("tel:+33639980012", "", "+33639980012"), ("TEL:+33-6-39-98-00-12", "", "+33-6-39-98-00-12"),
        ("sip:+33639980012@pbx.example", "", "+33639980012"), ("\u00a0A1b\t", "A1b", ""),
    ],
)  # fmt: skip
def test_links_of_telephone_systems(text: str, followup_id: str, phone: str) -> None:
    pop = from_text(text, {})
    assert (pop.followup_id, pop.phone, pop.left_out) == (followup_id, phone, ())


@pytest.mark.parametrize(
    "text",
    ["https://open/A1b", "followup://save/A1b", "mailto:a@b.example", "FOLLOWUP://open/", ""],
)
def test_what_is_named_by_nothing_of_ours_is_refused(text: str) -> None:
    with pytest.raises(NotAPop):
        from_text(text, {})


@given(st.binary(min_size=18, max_size=18))
def test_an_id_of_the_server_may_begin_with_anything(said: bytes) -> None:
    """One in 64 of the ids that are URL-safe base64 begins with a dash."""
    for one in (said, b"\xf8" + said[1:]):
        followup_id = base64.urlsafe_b64encode(one).decode()
        assert (
            from_link(f"followup://open/{quote(followup_id, safe='')}").followup_id == followup_id
        )


@pytest.mark.slow
@given(st.dictionaries(st.text(max_size=30), st.one_of(st.text(), st.integers(), st.none())))
def test_no_values_are_too_odd(values: dict[str, object]) -> None:
    try:
        pop = from_values(values)
    except NotAPop:
        return
    assert set(pop.changes(NOW)) <= {"phone_number_used", "call_id", "duration_ms", "direction",
                                     "audio_url", "disconnection_reason", "call_date"}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "began"),
    [
        ("2026-03-02T09:15:00+01:00", datetime(2026, 3, 2, 8, 15, tzinfo=UTC)),
        ("2026-03-02T08:15:00.750Z", datetime(2026, 3, 2, 8, 15, tzinfo=UTC)),
        ("2026-03-02T08:15:00", None),  # nobody knows in which zone
        ("1850-01-01T00:00:00Z", None),
        ("yesterday", None),
    ],
)
def test_a_call_began_when_the_telephone_says_so(said: str, began: datetime | None) -> None:
    pop = from_values({"followup_id": "f", "started_at": said, "duration_ms": 60_000})
    assert (pop.left_out == ()) is (began is not None)
    assert pop.changes(NOW)["call_date"] == (began or NOW - timedelta(minutes=1))


@given(st.text())
def test_no_link_is_too_odd(link: str) -> None:
    for one in (link, f"followup://open/{link}"):
        try:
            from_link(one)
        except NotAPop:
            continue


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("93.184.216.34", True), ("127.0.0.1", False), ("::1", False), ("10.0.0.5", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("172.16.0.1", False),
        ("::ffff:10.0.0.1", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("100.64.0.1", False), ("64:ff9b::a00:1", False), ("64:ff9b::5db8:d822", True),
        ("2002:c0a8:101::1", False), ("fec0::1", False), ("ff02::1", False), ("ff0e::1", False),
        ("0.0.0.0", False), ("2606:2800:220:1::1", True), ("x", False),
    ],
)  # fmt: skip
def test_private_addresses_are_not_for_links_from_outside(address: str, may: bool) -> None:
    assert may_be_reached(address) is may
    here = address in ("127.0.0.1", "::1")
    assert may_be_reached(address, this_computer=True) is (may or here)


def test_links_that_may_be_opened() -> None:
    assert is_safe_link("https://pay.example.org/F1?x=1")
    assert is_safe_link("http://127.0.0.1:8000/audio")
    assert not is_safe_link("http://pay.example.org/")
    assert not is_safe_link("https://")
    assert not is_safe_link("ftp://example.org/")
