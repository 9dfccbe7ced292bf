"""The command line: `desktop` (default), `open`, `close`, `sandbox`, `doctor`, `manage`,
`team`, `relay`, `data`, `selftest`.
What each does is in a module of its own, which is imported for it alone."""

import argparse
import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from agent_app.cli.arguments import parser
from agent_app.runtime.importing import importing_quickly


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0 if it did its work, 2 for wrong arguments."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")
    ):
        os.environ["LANG"] = "C.UTF-8"  # a bare environment has no locale; Qt wants UTF-8
    # No foreign code sees debtors' data; and looking for some reads what every package says (1 MiB).
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    said = sys.argv[1:] if arguments is None else arguments
    options = parser(said).parse_args(said)
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
            from agent_app.cli import relay  # for this command alone

            return relay.run(options)
        case "team":
            from agent_app.cli import team  # for this command alone

            return team.run(options)
        case "data":
            from agent_app.cli import data  # for this command alone

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
