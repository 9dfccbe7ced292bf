"""The computer's zone, from the system's link and from Qt."""

import os
import sys
from pathlib import Path

import pytest

from agent_app.system.zone import local_zone
from tests.scripts import run_script

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such link: Qt is asked"
)


def linked(folder: Path, zone: str) -> Path:
    """Return a link as systems make it."""
    file = folder / "zoneinfo" / zone
    file.parent.mkdir(parents=True)
    file.touch()
    link = folder / "localtime"
    link.symlink_to(file)
    return link


@pytest.fixture(autouse=True)
def no_tz(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZ", raising=False)


def test_the_systems_link_says_it(tmp_path: Path) -> None:
    assert (
        str(local_zone(linked(tmp_path, "America/Argentina/Ushuaia")))
        == "America/Argentina/Ushuaia"
    )


def test_a_zone_that_nobody_knows_is_utc(tmp_path: Path) -> None:
    assert str(local_zone(linked(tmp_path, "Atlantis/Capital"))) == "UTC"


def test_without_a_link_qt_says_it(tmp_path: Path) -> None:
    (tmp_path / "localtime").touch()
    assert str(local_zone(tmp_path / "localtime")) == str(local_zone(tmp_path / "none"))


def test_the_environments_zone_comes_before_the_link(tmp_path: Path) -> None:
    link = linked(tmp_path, "Europe/Paris")
    said = run_script(
        f"from pathlib import Path\nfrom agent_app.system.zone import local_zone\n"
        f"print(local_zone(Path({str(link)!r})))",
        env={**os.environ, "TZ": "Asia/Tokyo"},
    )
    assert said.strip() == "Asia/Tokyo"
