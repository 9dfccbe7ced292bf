"""What the command line can be told: the commands, and the arguments of the one that is named."""

import argparse
from collections.abc import Callable, Sequence

from agent_app import __version__

Fill = Callable[[argparse.ArgumentParser], None]


def parser(said: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """Return the parser for *said*. A command that is not named there gets no arguments of its own: all of
    them took 9 ms of each start of the window. None: all of them, for the manual page and the shells."""
    top = argparse.ArgumentParser(
        prog="agent-app",
        description="Followup Desk: list followups, record what came of a call.",
    )
    top.add_argument("--version", action="version", version=f"Followup Desk {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name, (what, fill) in COMMANDS.items():
        command = commands.add_parser(name, help=what)
        if said is None or name in said:
            fill(command)
    return top


def _desktop(desktop: argparse.ArgumentParser) -> None:
    desktop.add_argument("--sandbox", action="store_true", help="use the built-in sandbox server")
    desktop.add_argument(
        "--outcomes", action="store_true", help="open the supervisors' view of outcomes"
    )
    for name, what in (
        ("server", "the server's address (https://…)"),
        ("client-id", "the OAuth client to sign in with"),
        ("language", "system, en or fr"),
    ):
        desktop.add_argument(f"--{name}", default="", metavar="TEXT", help=what)


def _open(pop: argparse.ArgumentParser) -> None:
    pop.add_argument(
        "followup",
        nargs="?",
        default="",
        metavar="FOLLOWUP_ID",
        help="the followup (after -- if it begins with a dash), or a followup:// link; "
        "without it --phone finds the debtor",
    )
    for name, what in (
        ("phone", "the other party's number"),
        ("call-id", "the telephone system's id of the call"),
        ("duration-ms", "how long the call took, in milliseconds"),
        ("direction", "inbound or outbound"),
        ("recording-url", "where the recording lies (https)"),
        ("disconnection-reason", "why the call ended"),
        ("started-at", "when the call began (ISO 8601 with its offset)"),
    ):
        pop.add_argument(f"--{name}", default="", metavar="TEXT", help=what)


def _sandbox(sandbox: argparse.ArgumentParser) -> None:
    sandbox.add_argument("--port", type=_port, default=0, metavar="P", help="0 takes a free port")
    sandbox.add_argument("--media-port", type=_port, default=0, metavar="P")
    sandbox.add_argument("--seed", type=int, default=1, metavar="N", help="which made-up week")
    sandbox.add_argument("--followups", type=_count, default=500, metavar="N")
    sandbox.add_argument("--data", metavar="FILE", help="keep the data in this file")
    sandbox.add_argument("--reads", type=_count, default=1000, metavar="N", help="reads per window")
    sandbox.add_argument("--writes", type=_count, default=500, metavar="N")
    sandbox.add_argument("--window", type=_count, default=3600, metavar="S", help="window, seconds")
    sandbox.add_argument("--access-life", type=float, default=3600.0, metavar="S")
    sandbox.add_argument("--link-life", type=float, default=900.0, metavar="S")
    sandbox.add_argument("--role", choices=("agent", "supervisor"), default="agent")
    sandbox.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="'METHOD PATH KIND[=VALUE] [count=N]'",
        help="make trouble for matching requests; see agent_app/sandbox/faults.py",
    )
    sandbox.add_argument("--parent", action="store_true", help=argparse.SUPPRESS)


def _doctor(doctor: argparse.ArgumentParser) -> None:
    doctor.add_argument("--json", action="store_true", help="print one line of JSON")


def _manage(manage: argparse.ArgumentParser) -> None:
    manage.add_argument("--server", default="", metavar="TEXT", help="its address (https://…)")
    manage.add_argument("--client-id", default="", metavar="TEXT", help="the OAuth client")


def _selftest(selftest: argparse.ArgumentParser) -> None:
    selftest.add_argument("--json", action="store_true", help="print one line of JSON at the end")
    selftest.add_argument("--screenshots", metavar="DIR", help="keep pictures of the window")
    selftest.add_argument(
        "--team", action="store_true", help="try a team of desks on a NATS server instead"
    )


def _team(team: argparse.ArgumentParser) -> None:
    from agent_app.cli.team import add_arguments  # for this command alone

    add_arguments(team)


def _data(data: argparse.ArgumentParser) -> None:
    from agent_app.cli.data import add_arguments  # for this command alone

    add_arguments(data)


def _relay(relay: argparse.ArgumentParser) -> None:
    from agent_app.cli.relay import add_arguments  # for this command alone

    add_arguments(relay)


def _nothing(_command: argparse.ArgumentParser) -> None:
    pass


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port


def _count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return count


COMMANDS: dict[str, tuple[str, Fill]] = {
    "desktop": ("open the window (the default)", _desktop),
    "open": (
        "bring the window to the front with a followup open (for telephone systems)",
        _open,
    ),
    "sandbox": ("run the sandbox server alone", _sandbox),
    "close": ("end the open window, keeping what is typed (for installers)", _nothing),
    "doctor": ("look at everything that the desk needs on this computer", _doctor),
    "manage": (
        "fix a server for everybody on this computer (for administrators, installers)",
        _manage,
    ),
    "team": ("the files of a team's own NATS server (for administrators)", _team),
    "data": ("what is kept on this computer, and its end", _data),
    "relay": ("read the list once for a whole team (a service without a window)", _relay),
    "selftest": ("drive the real window against the sandbox", _selftest),
}
"""Each command's name, what the help says of it, and how its arguments are added."""
