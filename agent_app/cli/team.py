"""The `team` command: makes a team's server files, lets people in and out."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from agent_app.domain.errors import BadSetting
from agent_app.domain.team import Member, Role

FOLDER = "followup-desk-team"
TRIED_FOLLOWUPS = 500


def add_arguments(team: argparse.ArgumentParser) -> None:
    """Add what the command can be told."""
    team.add_argument("--folder", type=Path, default=Path(FOLDER), help=f"where ({FOLDER})")
    what = team.add_subparsers(dest="what", required=True, metavar="WHAT")
    init = what.add_parser(
        "init", help="configuration, certificates and encryption; again: a new server certificate"
    )
    init.add_argument(
        "--host", action="append", required=True, help="a name or address by which desks reach it"
    )
    init.add_argument("--port", type=int, default=4222)
    init.add_argument("--listen", default="0.0.0.0", help="the address to listen on (all)")  # noqa: S104
    init.add_argument("--cipher", choices=("aes", "chacha"), default="aes")
    add = what.add_parser("add", help="let a person in, and write their credentials file")
    add.add_argument("id", help="their name in the team: small letters, digits, - and _")
    add.add_argument("--name", default="", help="how colleagues see them")
    add.add_argument("--role", choices=[str(one) for one in Role], default="agent")
    what.add_parser("try", help="a team on this computer: a server, a relay and three windows")
    what.add_parser("list", help="who is in the team")
    revoke = what.add_parser("revoke", help="let a person in no more")
    revoke.add_argument("id")


def run(said: argparse.Namespace) -> int:
    """Run it; the exit status is 0 where it did its work, 1 where it says why not."""
    if said.what == "try":
        return _try()
    from agent_app.team.server_files import ServerFiles  # `cryptography` takes a while

    files = ServerFiles(said.folder)
    try:
        match said.what:
            case "init":
                file = files.init(said.host, said.port, said.listen, said.cipher)
                print(f"Start the server with: cd {file.parent} && nats-server -c {file.name}")
                print(f"Let people in with: agent-app team --folder {said.folder} add NAME")
            case "add":
                file = files.add(Member(said.id, said.name, Role(said.role)))
                print(f"{file} is for {said.id} alone: it says who they are.")
                print("On their computer, in settings.toml:")
                print(f'    [team]\n    credentials = "{file.name}"')
            case "revoke":
                files.revoke(said.id)
                print(f"{said.id} is let in no more.")
            case "list":
                for one in files.people():
                    print(f"{one.member.id}\t{one.member.role}\t{one.member.name}")
    except BadSetting as error:
        print(f"agent-app: {error}", file=sys.stderr)
        return 1
    if said.what in ("init", "add", "revoke") and not files.reload():
        print(
            "A server that runs does not know it yet: nats-server --signal reload, or start it again."
        )
    return 0


def _stand(data: Path, part: str) -> None:
    """Have a window that begins with this data folder stand beside the others (`ui/window/window_place.py`)."""
    data.mkdir(mode=0o700)
    (data / "window.ini").write_text(f"[General]\npart={part}\n", encoding="utf-8")


def _try() -> int:
    """Open two agents' windows and a supervisor's on one sandbox, until all are closed."""
    import asyncio  # for this command alone

    from agent_app.app.sandbox_process import own_program  # what it starts
    from agent_app.cli.trial import PEOPLE, Trial
    from agent_app.domain.errors import ExternalError

    trial = Trial()
    running: list[subprocess.Popen[bytes]] = []
    try:
        place = asyncio.run(trial.start(TRIED_FOLLOWUPS))
        windows = [name for name in place.credentials if name != "relay"]
        for name, file in place.credentials.items():
            if name in windows:
                _stand(trial.folder / name, f"{windows.index(name) + 1} of {len(windows)}")
            environment = {
                **os.environ,
                "AGENT_APP_SERVER_URL": place.sandbox.server,
                "AGENT_APP_CLIENT_ID": place.sandbox.client_id,
                "AGENT_APP_CLIENT_SECRET": place.sandbox.client_secret,
                "AGENT_APP_DATA_DIR": str(trial.folder / name),
                "AGENT_APP_STORE_PASSPHRASE": "a trial's own, no secret",
                "AGENT_APP_TEAM_CREDENTIALS": str(file),
            }
            what = ["relay", "--credentials", str(file)] if name == "relay" else ["desktop"]
            running.append(subprocess.Popen([*own_program(), *what], env=environment))
        shown = ", ".join(words for words, role in PEOPLE.values() if role is not Role.RELAY)
        print(f"Windows of {shown}. Everything ends with the last of them, or with Ctrl+C.")
        for window in running[:-1]:
            window.wait()
    except KeyboardInterrupt:
        return 0
    except ExternalError as error:
        print(f"agent-app: {error}", file=sys.stderr)
        return 1
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait()
        trial.stop()
    return 0
