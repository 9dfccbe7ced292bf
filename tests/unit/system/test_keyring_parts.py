"""Secrets longer than the smallest credential store takes are kept in parts, and never half."""

import keyring.backend
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.system.secrets import Keyring, KeyringUnavailable

MAX_BYTES = 2_560
"""CRED_MAX_CREDENTIAL_BLOB_SIZE of Windows, which keyring fills with UTF-16."""


class Small(keyring.backend.KeyringBackend):
    """A back end with the limit of Windows; *fails_after* writes it breaks."""

    priority = 1

    def __init__(self, fails_after: int | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[str, str] = {}
        self.fails_after = fails_after

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.fails_after is not None:
            if self.fails_after == 0:
                raise OSError("power cut")
            self.fails_after -= 1
        if len(password.encode("utf-16-le")) > MAX_BYTES:
            raise OSError("too long")
        self.kept[username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[username]


def with_back_end(back_end: Small) -> Keyring:
    found = Keyring()
    found._backend = back_end
    return found


LETTERS = st.characters(exclude_categories=["Cs"])
SECRETS = st.one_of(
    st.text(LETTERS, max_size=40),
    st.integers(1, 9_000).map(lambda n: "x" * n),
    st.integers(600, 2_000).map(lambda n: "🔑" * n),
    st.just("in parts:abc:3"),
)


@given(st.lists(SECRETS, min_size=1, max_size=5))
def test_what_was_kept_last_comes_back_and_nothing_else_is_left(secrets: list[str]) -> None:
    back_end = Small()
    ours = with_back_end(back_end)
    for secret in secrets:
        ours.set("token", secret)
        assert ours.get("token") == secret
    parts = [name for name in back_end.kept if name != "token"]
    assert len(parts) == (0 if back_end.kept["token"] == secrets[-1] else len(parts))
    assert sum(len(back_end.kept[name]) for name in parts) in (0, len(secrets[-1]))
    ours.delete("token")
    assert back_end.kept == {}


@given(st.integers(0, 12), SECRETS, SECRETS)
def test_a_cut_in_between_leaves_the_old_or_the_new(at: int, old: str, new: str) -> None:
    back_end = Small()
    ours = with_back_end(back_end)
    ours.set("token", old)
    back_end.fails_after = at
    try:
        ours.set("token", new)
        wanted = new
    except KeyringUnavailable:
        wanted = old
    back_end.fails_after = None
    assert ours.get("token") == wanted


def test_a_secret_that_lost_a_part_is_none() -> None:
    back_end = Small()
    ours = with_back_end(back_end)
    ours.set("token", "x" * 5_000)
    del back_end.kept[next(name for name in back_end.kept if name.endswith("/1"))]
    assert ours.get("token") is None


def test_the_limit_is_real() -> None:
    with pytest.raises(OSError, match="too long"):
        Small().set_password("s", "n", "x" * 1_281)
