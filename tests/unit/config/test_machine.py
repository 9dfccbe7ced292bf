import tomllib
from pathlib import Path

import pytest

from agent_app.config.layers import configure
from agent_app.config.machine import ASIDE, manage, prepare
from agent_app.domain.errors import BadSetting

VALUES = {"server": "https://followups.example.org", "client_id": "desk-7"}


def test_an_installers_server_is_fixed_for_everybody(tmp_path: Path) -> None:
    file = manage(VALUES, tmp_path / "Followup Desk")
    found = configure(tmp_path, system=file.parent, environment={})
    assert (found.settings.server, found.settings.client_id) == tuple(VALUES.values())
    assert found.fixed == {"server", "client_id"}


def test_without_values_there_is_a_folder_and_no_file(tmp_path: Path) -> None:
    assert not manage({}, tmp_path / "new").exists()
    assert (tmp_path / "new").is_dir()


def test_what_an_administrator_wrote_stays(tmp_path: Path) -> None:
    file = tmp_path / "managed.toml"
    text = "# ours\nlanguage = 'fr'\n[fixed]\nproxy = 'none'\nclient_id = 'desk-6'\n"
    file.write_text(text)
    manage({}, tmp_path)
    assert file.read_text() == text
    manage(VALUES, tmp_path)
    assert tomllib.loads(file.read_text()) == {
        "language": "fr",
        "fixed": {"proxy": "none", **VALUES},
    }
    once = file.stat().st_mtime_ns
    manage(VALUES, tmp_path)
    assert file.stat().st_mtime_ns == once


@pytest.mark.parametrize(
    ("values", "before", "said"),
    [
        ({"server": "ftp://x"}, "", "--server cannot be used"),
        (VALUES, "fixed = 3", "must be a table"),
        (VALUES, "what", "cannot be understood"),
    ],
)
def test_what_cannot_stand_there_is_refused(
    values: dict[str, str], before: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "managed.toml").write_text(before)
    with pytest.raises(BadSetting, match=said):
        manage(values, tmp_path)
    assert (tmp_path / "managed.toml").read_text() == before


def test_a_place_that_refuses_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSetting, match="cannot be made"):
        manage({}, tmp_path / "file" / "inner")


def test_what_another_put_there_is_set_aside(tmp_path: Path) -> None:
    folder = tmp_path / "Followup Desk"
    for number in (1, 2):
        folder.mkdir()
        (folder / "managed.toml").write_text(f"language = 'fr' # {number}")
        prepare(folder, lambda _path: False)
        assert list(folder.iterdir()) == []
        aside = tmp_path / f"Followup Desk{ASIDE} {number}"
        assert (aside / "managed.toml").read_text().endswith(f"# {number}")
        folder.rmdir()


def test_a_file_in_an_administrators_folder_may_be_anothers(tmp_path: Path) -> None:
    (tmp_path / "managed.toml").write_text("language = 'fr'")
    prepare(tmp_path, lambda path: path == tmp_path)
    assert [f.name for f in tmp_path.iterdir()] == [f"managed.toml{ASIDE} 1"]


def test_a_link_to_elsewhere_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "system").mkdir()
    folder = tmp_path / "Followup Desk"
    folder.symlink_to(tmp_path / "system")
    manage(VALUES, folder)
    assert not folder.is_symlink()
    assert list((tmp_path / "system").iterdir()) == []
