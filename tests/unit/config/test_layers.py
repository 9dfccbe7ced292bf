"""Settings in layers: administrators, the person, the environment, the arguments."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.config.layers import Source, configure, line_of, save, system_folder
from agent_app.domain.errors import BadSetting
from agent_app.domain.network import Network, is_host, is_proxy
from agent_app.domain.settings import Settings


@pytest.fixture
def system(tmp_path: Path) -> Path:
    folder = tmp_path / "etc"
    folder.mkdir()
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def test_settings_come_back(own: Path, system: Path) -> None:
    found = configure(own, system=system, environment={})
    assert found.settings == Settings()
    assert found.system_file is None
    wanted = Settings(
        server="https://example.org",
        client_id="é",
        theme="dark",
        allowed_hosts=("*.example.org",),
    )
    save(own, found.changed(wanted))
    again = configure(own, system=system, environment={})
    assert again.settings == wanted
    assert again.source("theme") is Source.OWN
    assert again.source("retry") is Source.DEFAULT


def test_each_layer_goes_over_the_one_before(own: Path, system: Path) -> None:
    (system / "managed.toml").write_text(
        'server = "https://system.example"\nlanguage = "fr"\ntheme = "dark"\nretry = "+2h"\n'
        "[fixed]\nidle_lock_minutes = 5\n"
    )
    (own / "settings.toml").write_text(
        'server = "https://own.example"\nlanguage = "en"\nidle_lock_minutes = 60\ntheme = "light"\n'
    )
    environment = {"AGENT_APP_SERVER_URL": "https://env.example", "AGENT_APP_LANGUAGE": "system"}
    found = configure(
        own,
        system=system,
        environment=environment,
        arguments={"server": "https://argument.example"},
    )
    settings = found.settings
    assert settings.server == "https://argument.example"
    assert settings.language == "system"
    assert settings.theme == "light"
    assert settings.retry == "+2h"
    assert settings.idle_lock_minutes == 5
    assert {name: str(found.source(name)) for name in found.sources} == {
        "server": "argument",
        "language": "environment",
        "theme": "own",
        "retry": "system",
        "idle_lock_minutes": "fixed",
    }
    assert found.fixed == {"idle_lock_minutes"}


def test_only_the_persons_own_changes_go_to_their_file(own: Path, system: Path) -> None:
    (system / "managed.toml").write_text(
        'retry = "+2h"\n[fixed]\nserver = "https://fixed.example"\n'
    )
    environment = {"AGENT_APP_CLIENT_ID": "from the environment"}
    found = configure(own, system=system, environment=environment)
    new = replace(found.settings, theme="dark", server="https://other.example")
    changed = found.changed(new)
    assert changed.settings.server == "https://fixed.example"
    save(own, changed)
    assert (own / "settings.toml").read_text() == 'theme = "dark"\n'
    # back to the default is a wish as well: the administrators' value would come back otherwise
    save(own, changed.changed(replace(changed.settings, retry="tomorrow 9")))
    assert configure(own, system=system, environment={}).settings.retry == "tomorrow 9"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("theme = 'pink'", r"line 1: theme must be one of system, light, dark"),
        ("planned_type = 'sms'", r"planned_type must be one of manual_call, call, same"),
        ("\n\ncolour = 'x'", r"line 3: colour is no setting"),
        ("server = 5", r"line 1: server must be a text"),
        ("server = x", r"line 1"),
        ("# language = 'en'\nlanguage = 'klingon'", r"line 2: language must be one of"),
        ("snooze_minutes = 0", r"between 1 and 240"),
        ("reminders = 1", r"true or false"),
        ("allowed_hosts = ['https://a.example']", r"hosts alone, and 'https://a.example' is none"),
        ("allowed_hosts = 'a.example'", r"a list of texts"),
        ("proxy = 'socks5://a:1'", r"proxy must be system, none or an address"),
        ("ca_bundle = 'none.pem'", r"ca_bundle names a file that is not there"),
        ("server = 'http://a.example'", r"line 1: server cannot be used: .*https"),
        ("update_channel = 'beta'", r"update_channel must be one of off"),
        ("retry = '+2h'\n[fixed]\nretry = 5", r"line 3: retry must be a text"),
        ("fixed = 5", r"line 1: fixed must be a table"),
    ],
)
def test_wrong_settings_are_named_with_their_line(
    system: Path, own: Path, text: str, named: str
) -> None:
    (system / "managed.toml").write_text(text)
    with pytest.raises(BadSetting, match=r"managed\.toml.*" + named):
        configure(own, system=system, environment={})
    if "fixed" not in text:
        (system / "managed.toml").rename(own / "settings.toml")
        with pytest.raises(BadSetting, match=r"settings\.toml.*" + named):
            configure(own, system=system, environment={})


def test_unreadable_settings(own: Path) -> None:
    (own / "settings.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadSetting, match=r"settings\.toml"):
        configure(own, environment={})
    (own / "settings.toml").unlink()
    (own / "settings.toml").mkdir()
    with pytest.raises(BadSetting, match=r"settings\.toml"):
        configure(own, environment={})


def test_wrong_environment_and_arguments_are_named(own: Path) -> None:
    with pytest.raises(BadSetting, match="AGENT_APP_PROXY must be"):
        configure(own, environment={"AGENT_APP_PROXY": "socks://x"})
    with pytest.raises(BadSetting, match="--language must be one of"):
        configure(own, environment={}, arguments={"language": "de"})


def test_files_are_meant_from_the_settings_folder(system: Path, own: Path) -> None:
    (system / "company.pem").write_text("x")
    (system / "managed.toml").write_text('ca_bundle = "company.pem"')
    found = configure(own, system=system, environment={})
    assert found.settings.ca_bundle == str(system / "company.pem")


def test_the_example_of_the_documentation_is_sound(own: Path, tmp_path: Path) -> None:
    example = Path(__file__).parents[3] / "packaging" / "managed.toml"
    text = example.read_text("utf-8")
    for name in ("company.pem", "calling.toml", "templates.toml", "views.toml"):
        (tmp_path / name).write_text("")
    (tmp_path / "managed.toml").write_text(text)
    found = configure(own, system=tmp_path, environment={})
    assert found.fixed >= {"server", "client_id", "allowed_hosts", "update_channel"}
    assert found.settings.network.allows(found.settings.server)


@given(st.lists(st.sampled_from(["a = 1", "", "[t]", "b = 'a = 2'", "x = 1"])), st.integers(0, 20))
def test_lines_are_counted_as_an_editor_does(lines: list[str], at: int) -> None:
    lines = [*[one for one in lines if one != "[t]"][:at], "wanted = 1", *lines[at:]]
    assert lines[line_of("\n".join(lines), "wanted") - 1] == "wanted = 1"


@pytest.mark.parametrize(
    ("platform", "folder"),
    [
        ("linux", "/etc/followup-desk"),
        ("darwin", "/Library/Application Support/Followup Desk"),
        ("win32", "D:\\Data/Followup Desk"),
    ],
)
def test_where_administrators_put_their_file(platform: str, folder: str) -> None:
    found = system_folder(platform, {"PROGRAMDATA": "D:\\Data"})
    assert str(found) == str(Path(folder))


def test_allowed_hosts() -> None:
    network = Network(allowed_hosts=("api.example.org", "*.media.example"))
    assert network.allows("https://api.example.org/x")
    assert network.allows("https://API.example.org:8443")
    assert network.allows("https://eu.media.example/a.mp3?sig=1")
    assert network.allows("http://127.0.0.1:8000")
    for other in (
        "media.example",
        "notapi.example.org",
        "api.example.org.evil.example",
        "x.media.example.evil",
    ):
        assert not network.allows(f"https://{other}/")
    assert Network().allows("https://anything.example")


def test_what_can_stand_as_a_host_or_a_proxy() -> None:
    assert all(is_host(one) for one in ("a", "a.b", "*.a-b.example", "127.0.0.1"))
    assert not any(is_host(one) for one in ("", "*.", "a/b", "a:1", "https://a", "a..b", "*"))
    assert all(is_proxy(one) for one in ("system", "none", "http://p:3128", "https://p"))
    assert not any(is_proxy(one) for one in ("", "p:3128", "socks5://p:1", "http://", "http://p:x"))


def test_the_team_has_a_table_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "anna.toml").write_text("")
    own = '[team]\nservers = ["tls://team.example:4222", "127.0.0.1"]\ncredentials = "anna.toml"\n'
    (tmp_path / "settings.toml").write_text(own)
    found = configure(tmp_path, system=tmp_path / "none", environment={})
    assert found.settings.team_servers == ("tls://team.example:4222", "127.0.0.1")
    assert found.settings.team_credentials == str(tmp_path / "anna.toml")
    save(tmp_path, found.changed(replace(found.settings, team_figures=False)))
    again = configure(tmp_path, system=tmp_path / "none", environment={})
    assert (again.settings.team_servers, again.settings.team_figures) == (
        found.settings.team_servers,
        False,
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('theme = "dark"\n[team]\nservers = ["https://x"]', 3),
        ('theme = "dark"\nteam.servers = ["https://x"]', 2),
        ('[fixed.team]\n\nservers = ["https://x"]', 3),
        ("[team]\nnonsense = 1", 2),
    ],
)
def test_a_wrong_team_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "managed.toml").write_text(text)
    with pytest.raises(BadSetting, match=rf"line {line}: team\.(servers|nonsense) "):
        configure(tmp_path / "own", system=tmp_path, environment={})
