"""The command line: `desktop` (default), `open`, `close`, `sandbox`, `doctor`, `manage`,
`team`, `relay`, `data`, `selftest`.
Arguments only, no work."""

import argparse
import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from agent_app import __version__
from agent_app.cli import data, relay, team
from agent_app.runtime.importing import importing_quickly


def parser() -> argparse.ArgumentParser:
    """Return what the command line can be told."""
    top = argparse.ArgumentParser(
        prog="agent-app",
        description="Followup Desk: list followups, record what came of a call.",
    )
    top.add_argument("--version", action="version", version=f"Followup Desk {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    desktop = commands.add_parser("desktop", help="open the window (the default)")
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

    pop = commands.add_parser(
        "open", help="bring the window to the front with a followup open (for telephone systems)"
    )
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

    sandbox = commands.add_parser("sandbox", help="run the sandbox server alone")
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

    commands.add_parser("close", help="end the open window, keeping what is typed (for installers)")

    doctor = commands.add_parser(
        "doctor", help="look at everything that the desk needs on this computer"
    )
    doctor.add_argument("--json", action="store_true", help="print one line of JSON")

    manage = commands.add_parser(
        "manage",
        help="fix a server for everybody on this computer (for administrators, installers)",
    )
    manage.add_argument("--server", default="", metavar="TEXT", help="its address (https://…)")
    manage.add_argument("--client-id", default="", metavar="TEXT", help="the OAuth client")

    team.add_parser(commands)
    data.add_parser(commands)
    relay.add_parser(commands)

    selftest = commands.add_parser("selftest", help="drive the real window against the sandbox")
    selftest.add_argument("--json", action="store_true", help="print one line of JSON at the end")
    selftest.add_argument("--screenshots", metavar="DIR", help="keep pictures of the window")
    selftest.add_argument(
        "--team", action="store_true", help="try a team of desks on a NATS server instead"
    )
    return top


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0 if it did its work, 2 for wrong arguments."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")
    ):
        os.environ["LANG"] = "C.UTF-8"  # a bare environment has no locale; Qt wants UTF-8
    # No foreign code sees debtors' data; and looking for some reads what every package says (1 MiB).
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    options = parser().parse_args(arguments)
    match options.command:
        case "open":
            return _open(options)
        case "sandbox":
            return _sandbox(options)
        case "close":
            from agent_app.app.run import close  # for this command alone

            return close()
        case "doctor":
            from agent_app.cli.doctor import doctor  # for this command alone

            return doctor(as_json=options.json)
        case "relay":
            return relay.run(options)
        case "team":
            return team.run(options)
        case "data":
            return data.run(options)
        case "manage":
            return _manage({"server": options.server, "client_id": options.client_id})
        case "selftest" if options.team:
            from agent_app.cli.selftest_team import selftest_team  # for this command alone

            return selftest_team(as_json=options.json)
        case "selftest":
            from agent_app.cli.selftest import selftest  # for this command alone

            return selftest(as_json=options.json, screenshots=options.screenshots)
    with importing_quickly():
        from agent_app.app.run import desktop  # for this command alone

    given = {name: getattr(options, name, "") for name in ("server", "client_id", "language")}
    return desktop(
        sandbox=getattr(options, "sandbox", False),
        outcomes=getattr(options, "outcomes", False),
        arguments={name: value for name, value in given.items() if value},
    )


def _open(options: argparse.Namespace) -> int:
    from agent_app.domain.screen_pop import NAMES, NotAPop, from_text  # for this command alone

    values = {name: getattr(options, name, "") for name in NAMES}
    try:
        pop = from_text(options.followup, values)
    except NotAPop as error:
        from agent_app.app.run import tell_of_refusal  # for this command alone

        print(f"agent-app open: {error}", file=sys.stderr)
        tell_of_refusal()
        return 2
    if pop.left_out:
        print(f"agent-app open: left out: {', '.join(pop.left_out)}", file=sys.stderr)
    with importing_quickly():
        from agent_app.app.run import desktop  # for this command alone

    return desktop(pop=pop)


def _manage(values: dict[str, str]) -> int:
    from agent_app.config.machine import manage  # for this command alone
    from agent_app.domain.errors import BadSetting

    try:
        print(manage({name: value.strip() for name, value in values.items() if value.strip()}))
    except BadSetting as error:
        print(f"agent-app manage: {error}", file=sys.stderr)
        return 1
    return 0


def _sandbox(options: argparse.Namespace) -> int:
    from agent_app.sandbox.faults import parse  # for this command alone
    from agent_app.sandbox.server import Options, run

    try:
        server_options = Options(
            port=options.port,
            media_port=options.media_port,
            seed=options.seed,
            followups=options.followups,
            data=options.data,
            reads=options.reads,
            writes=options.writes,
            window_s=options.window,
            access_s=options.access_life,
            link_life_s=options.link_life,
            role=options.role,
            faults=[parse(text) for text in options.fault],
            parent=options.parent,
        )
    except ValueError as error:
        print(f"agent-app sandbox: {error}", file=sys.stderr)
        return 2
    import sqlite3  # for this command alone

    try:
        run(server_options)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        print(f"agent-app sandbox: it cannot listen: {why}", file=sys.stderr)
        return 1
    except sqlite3.Error as error:
        print(f"agent-app sandbox: the data file cannot be used: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def run() -> NoReturn:
    """The whole program. When `main` is back all is kept and closed: the process ends there, without
    Python taking itself apart, which takes 160 ms of a quit (and more where a keyring hangs)."""
    status = main()
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # Windows' windowed program has none
            with contextlib.suppress(OSError):
                stream.flush()
    os._exit(status)
