"""The files of a team's server, and credentials."""

import base64
import sys
from pathlib import Path

import pytest

from agent_app.domain.errors import BadSetting
from agent_app.domain.team import Member, NoTeam, TeamLink
from agent_app.team.credentials import new_seed, private_bytes, public_key, read_credentials
from agent_app.team.server_files import ServerFiles


def test_keys_are_nkeys() -> None:
    seed = new_seed()
    assert seed.startswith("SU")
    assert public_key(seed).startswith("U")
    assert len(public_key(seed)) == 56
    slipped = seed[:20] + ("A" if seed[20] != "A" else "B") + seed[21:]
    with pytest.raises(ValueError, match="slip"):
        private_bytes(slipped)


def test_files_say_what_is_wrong(tmp_path: Path) -> None:
    files = ServerFiles(tmp_path / "team")
    with pytest.raises(BadSetting, match="no team yet"):
        files.add(Member("anna"))
    files.init(["127.0.0.1"])
    with pytest.raises(BadSetting, match="no name"):
        files.add(Member("Anna Smith"))
    with pytest.raises(BadSetting, match="nobody"):
        files.revoke("anna")
    file = files.add(Member("anna", 'Anna "É" \\ x'))
    assert read_credentials(file).member == Member("anna", 'Anna "É" \\ x')
    if sys.platform != "win32":  # there the person's folder keeps others out
        assert file.stat().st_mode & 0o077 == 0
    key = read_credentials(file).seed
    files.init(["team.example"])  # again: people stay
    assert [one.member.id for one in files.people()] == ["anna"]
    assert public_key(key) in (tmp_path / "team" / "users.conf").read_text()
    assert key not in "".join(
        one.read_text() for one in (tmp_path / "team").iterdir() if one.is_file()
    )


@pytest.mark.parametrize("text", ["", "id = [1]", 'id = "A B"', 'id = "a"\nseed = "SUX"', "\x00"])
def test_a_credentials_file_that_makes_no_sense(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text)
    with pytest.raises(NoTeam) as told:
        read_credentials(file)
    assert told.value.link is TeamLink.BAD_FILE


def test_a_standard_file_names_its_user(tmp_path: Path) -> None:
    body = base64.urlsafe_b64encode(b'{"name": "Anna"}').decode().rstrip("=")
    seed, file = new_seed(), tmp_path / "anna.creds"
    file.write_text(
        f"-----BEGIN NATS USER JWT-----\nhead.{body}.sign\n------END NATS USER JWT------\n\n"
        f"-----BEGIN USER NKEY SEED-----\n{seed}\n------END USER NKEY SEED------\n"
    )
    said = read_credentials(file)
    assert (said.member.id, said.seed, said.jwt) == ("anna", seed, f"head.{body}.sign")
