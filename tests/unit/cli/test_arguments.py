"""What the command line takes, command by command."""

from importlib import import_module
from pathlib import Path

import pytest

from agent_app.cli.arguments import COMMANDS, parser


def test_the_help_names_every_command() -> None:
    said = parser(["--help"]).format_help()
    assert [
        name for name, (what, _) in COMMANDS.items() if f"{name}  " in said and what[:20] in said
    ] == list(COMMANDS)


@pytest.mark.parametrize(
    ("command", "argument"),
    [
        ("desktop", "--outcomes"),
        ("open", "--call-id"),
        ("sandbox", "--fault"),
        ("doctor", "--json"),
        ("manage", "--client-id"),
        ("team", "revoke"),
        ("data", "purge"),
        ("relay", "--once"),
        ("selftest", "--team"),
    ],
)
def test_a_command_knows_its_arguments(
    command: str, argument: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser([command, "--help"]).parse_args([command, "--help"])
    assert ended.value.code == 0 and argument in capsys.readouterr().out


def test_where_no_command_is_named_none_is_filled() -> None:
    said: list[str] = []
    assert parser(said).parse_args(said).command is None


def test_a_command_that_nobody_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser(["dekstop"]).parse_args(["dekstop"])
    assert ended.value.code == 2 and "desktop" in capsys.readouterr().err


def test_an_id_that_is_a_commands_name_is_an_id() -> None:
    said = ["open", "desktop"]
    assert parser(said).parse_args(said).followup == "desktop"


def test_the_manual_page_and_the_shells_get_all_arguments() -> None:
    """packaging/build.sh makes them from the function that it names, called without a word."""
    build = (Path(__file__).parents[3] / "packaging" / "build.sh").read_text("utf-8")
    assert "--module agent_app.cli.main --function parser" in build
    commands = next(
        one.choices
        for one in import_module("agent_app.cli.main").parser()._actions
        if isinstance(one.choices, dict)
    )
    assert commands.keys() == COMMANDS.keys()
    for name, command in commands.items():
        alone = next(
            one.choices for one in parser([name])._actions if isinstance(one.choices, dict)
        )[name]
        assert command.format_help() == alone.format_help()
