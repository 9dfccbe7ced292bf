"""Who signed in, as token replies say it, or do not."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.api.identity import identity_of
from agent_app.domain.person import Identity


def jwt(claims: Any) -> str:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"e30.{body}.sig"


ADA = {"sub": "0815", "name": "Ada\n Quill", "iat": 1_000, "auth_time": 940}


def test_an_id_token_goes_before_the_access_token() -> None:
    found = identity_of(jwt(ADA), jwt({"sub": "4711"}), "desk")
    assert found == Identity("0815", "Ada Quill", 60.0)
    assert found.is_fresh
    assert not Identity("0815", "", 7_200.0).is_fresh
    assert identity_of("", jwt({"sub": "4711", "email": "a@b.example"}), "desk") == Identity(
        "4711", "a@b.example"
    )


@pytest.mark.parametrize(
    "token",
    ["", "opaque", "a.b", "a.!!!.c", "a.e30.c", jwt([1]), jwt({"sub": 7}), jwt({"sub": ""}),
     jwt({"sub": "desk"}), "a." + "x" * 20_000 + ".c"],
)  # fmt: skip
def test_what_names_nobody(token: str) -> None:
    assert identity_of("", token, "desk") == Identity()


@given(st.text(), st.one_of(st.none(), st.integers(), st.text(), st.floats()))
def test_no_token_is_too_odd(text: str, odd: Any) -> None:
    for token in (text, f"{text}.{text}.{text}", jwt({"sub": odd, "name": odd, "iat": odd})):
        found = identity_of(token, token, "desk")
        assert isinstance(found, Identity)
