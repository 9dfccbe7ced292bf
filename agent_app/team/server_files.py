"""The folder of a company's team server: its configuration, certificates and people.

`people.toml` says who is in the team; `users.conf`, which the server reads, follows from it. Nothing of a
person's key is kept here but its public half: the file that they get is the only one.
"""

import json
import os
import secrets
import signal
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent_app.domain.errors import BadSetting
from agent_app.domain.team import Member, Role
from agent_app.team.certificates import new_authority, server_certificate
from agent_app.team.credentials import new_seed, public_key
from agent_app.team.rights import rights_of
from agent_app.team.subjects import is_name

PORT = 4222
EVERYWHERE = "0.0.0.0"  # noqa: S104  (a server for the company's desks)
PEOPLE, USERS, SERVER, KEY = "people.toml", "users.conf", "nats.conf", "jetstream-key.conf"
CREDENTIALS = "credentials"


@dataclass(frozen=True, slots=True)
class Person:
    """A member, and the public half of their key."""

    member: Member
    key: str


class ServerFiles:
    """One folder. All that it cannot do it says with BadSetting."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # -- the commands

    def init(
        self,
        hosts: Sequence[str],
        port: int = PORT,
        listen: str = EVERYWHERE,
        cipher: str = "aes",
    ) -> Path:
        """Make what is missing, and a new certificate for the server; people stay. Returns the
        configuration to start the server with."""
        if not hosts:
            raise BadSetting(
                "name the host by which desks reach the server: --host team.example.org"
            )
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not (self.folder / "ca.pem").exists():
                authority, key = new_authority()
                self._write("ca.pem", authority.decode(), private=False)
                self._write("ca.key", key.decode())
            certificate, key = server_certificate(
                (self.folder / "ca.pem").read_bytes(), (self.folder / "ca.key").read_bytes(), hosts
            )
            self._write("server.pem", certificate.decode(), private=False)
            self._write("server.key", key.decode())
            if not (self.folder / KEY).exists():
                self._write(KEY, f'key: "{secrets.token_hex(32)}"\n')
            people = self.people()
            self._keep(people, [f"tls://{_bracketed(host)}:{port}" for host in hosts])
            self._write(SERVER, _configuration(listen, port, cipher), private=False)
        except OSError as error:
            raise self._refused(error) from error
        self.reload()
        return self.folder / SERVER

    def add(self, member: Member) -> Path:
        """Let a person in; returns their credentials file. Who was in already gets a new key, and the
        old one is worth nothing any more."""
        if not is_name(member.id):
            raise BadSetting(
                f"{member.id!r} is no name for a member: small letters, digits, - and _, 40 at most"
            )
        servers = self._servers()
        seed = new_seed()
        people = [one for one in self.people() if one.member.id != member.id]
        authority = (self.folder / "ca.pem").read_text()
        lines = [
            f"id = {_text(member.id)}",
            f"name = {_text(member.name)}",
            f'role = "{member.role}"',
            f'seed = "{seed}"',
            f"servers = [{', '.join(map(_text, servers))}]",
            f"authority = '''\n{authority}'''",
        ]
        try:
            (self.folder / CREDENTIALS).mkdir(exist_ok=True, mode=0o700)
            file = self._write(f"{CREDENTIALS}/{member.id}.toml", "\n".join(lines) + "\n")
            self._keep([*people, Person(member, public_key(seed))], servers)
        except OSError as error:
            raise self._refused(error) from error
        self.reload()
        return file

    def revoke(self, member_id: str) -> None:
        """Let a person in no more: the server ends their connection when it has read its files."""
        people = self.people()
        left = [one for one in people if one.member.id != member_id]
        if len(left) == len(people):
            raise BadSetting(f"nobody is called {member_id!r}")
        try:
            self._keep(left, self._servers())
            (self.folder / CREDENTIALS / f"{member_id}.toml").unlink(missing_ok=True)
        except OSError as error:
            raise self._refused(error) from error
        self.reload()

    def people(self) -> list[Person]:
        """Return who is in the team."""
        found = []
        for one in self._said().get("person", []):
            member = Member(one["id"], one.get("name", ""), Role(one["role"]))
            found.append(Person(member, one["key"]))
        return found

    def reload(self) -> bool:
        """Have the server that runs on these files read them again; says whether one was told."""
        try:
            number = int((self.folder / "nats.pid").read_text())
            os.kill(number, signal.SIGHUP)
        except (OSError, ValueError, AttributeError):
            return False
        return True

    # -- the files

    def _servers(self) -> list[str]:
        servers = self._said().get("servers")
        if not servers:
            raise BadSetting(f"{self.folder} holds no team yet: agent-app team init makes one")
        return [str(one) for one in servers]

    def _said(self) -> dict[str, Any]:
        try:
            return tomllib.loads((self.folder / PEOPLE).read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise BadSetting(f"{PEOPLE} cannot be read: {error}") from error

    def _keep(self, people: Sequence[Person], servers: Sequence[str]) -> None:
        ordered = sorted(people, key=lambda one: one.member.id)
        lines = [f"servers = [{', '.join(map(_text, servers))}]"]
        for one in ordered:
            lines += [
                "",
                "[[person]]",
                f"id = {_text(one.member.id)}",
                f"name = {_text(one.member.name)}",
                f'role = "{one.member.role}"',
                f'key = "{one.key}"',
            ]
        self._write(PEOPLE, "\n".join(lines) + "\n")
        self._write(USERS, _users(ordered))

    def _write(self, name: str, text: str, *, private: bool = True) -> Path:
        """Write a file, whole or not at all."""
        file = self.folder / name
        new = file.with_name(f"{file.name}.new")
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600 if private else 0o644)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text)
        new.replace(file)
        return file

    def _refused(self, error: OSError) -> BadSetting:
        return BadSetting(f"{self.folder} cannot be written: {error.strerror or error}")


def _configuration(listen: str, port: int, cipher: str) -> str:
    return f"""# A team's NATS server, written by `agent-app team init`. Start it in this folder:
#     nats-server -c {SERVER}
# People are let in and out with `agent-app team add` and `revoke`.
server_name: "followup-desk-team"
listen: "{_bracketed(listen)}:{port}"
pid_file: "nats.pid"
max_payload: 1MB
tls {{
  cert_file: "server.pem"
  key_file: "server.key"
  timeout: 5
}}
jetstream {{
  store_dir: "data"
  cipher: "{cipher}"
  include "{KEY}"
}}
include "{USERS}"
"""


def _users(people: Sequence[Person]) -> str:
    """Return who may do what, as the server reads it."""
    lines = ["authorization {", "  users = ["]
    for one in people:
        rights = rights_of(one.member)
        lines += [
            f"    # {one.member.id}, {one.member.role}",
            f"    {{ nkey: {one.key}, permissions: {{",
            f"        publish: {{ allow: {json.dumps(rights.publish)} }},",
            f"        subscribe: {{ allow: {json.dumps(rights.subscribe)} }} }} }}",
        ]
    return "\n".join([*lines, "  ]", "}", ""])


def _text(text: str) -> str:
    """Return a text as TOML and JSON write it."""
    return json.dumps(text, ensure_ascii=False)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
