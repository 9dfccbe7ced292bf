"""A person's credentials file: who they are, their key, the servers, whom to trust.

`agent-app team` writes it as TOML. The standard `.creds` files of companies that run a NATS of their own
are read, too. Keys are nkeys: Ed25519 with a checksum, in letters and digits.
"""

import base64
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from agent_app.domain.team import Member, NoTeam, Role, TeamLink
from agent_app.team.subjects import is_name

SEED, USER = 18 << 3, 20 << 3
"""The first byte of an nkey's seed, and of a user's public key (their first letters, S and U)."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """`seed` is a user's nkey, `jwt` the server's own word on them where it uses such, `authority` the
    certificate (PEM) that vouches for the servers ("": the system's)."""

    member: Member
    seed: str = field(default="", repr=False)
    servers: tuple[str, ...] = ()
    authority: str = ""
    jwt: str = field(default="", repr=False)


def read_credentials(file: Path) -> Credentials:
    """Return the credentials in *file*. Raises NoTeam where it is not there or makes no sense."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _bad("the credentials file cannot be read") from error
    try:
        return _standard(text) if "BEGIN NATS USER JWT" in text else _own(text)
    except (ValueError, KeyError, TypeError) as error:
        raise _bad("the credentials file makes no sense") from error


def _bad(why: str) -> NoTeam:
    return NoTeam(TeamLink.BAD_FILE, why)


def _own(text: str) -> Credentials:
    said = tomllib.loads(text)
    member = Member(str(said["id"]), str(said.get("name", "")), Role(said.get("role", "agent")))
    if not is_name(member.id):
        raise ValueError("not a member's id")
    seed = str(said.get("seed", ""))
    if seed:
        private_bytes(seed)
    servers = tuple(str(one) for one in said.get("servers", ()))
    return Credentials(member, seed, servers, str(said.get("authority", "")))


def _standard(text: str) -> Credentials:
    blocks = [part for part in text.split("-----") if part.strip() and "NATS" not in part]
    lines = [line.strip() for part in blocks for line in part.splitlines() if line.strip()]
    jwt = next(line for line in lines if line.count(".") == 2)
    seed = next(line for line in lines if line.startswith("SU"))
    private_bytes(seed)
    body = jwt.split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    name = str(said["name"]).lower().replace(" ", "-")
    if not is_name(name):
        raise ValueError("not a member's id")
    return Credentials(Member(name), seed, jwt=jwt)


# -- nkeys


def new_seed() -> str:
    """Return a new user's seed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # for this command alone
        Ed25519PrivateKey,  # for this command alone
    )

    raw = Ed25519PrivateKey.generate().private_bytes_raw()
    return _encoded(bytes([SEED | (USER >> 5), (USER & 31) << 3]) + raw)


def private_bytes(seed: str) -> bytes:
    """Return the key that a seed stands for. Raises ValueError where it is no user's seed."""
    raw = _decoded(seed)
    if len(raw) != 34 or raw[0] & 0xF8 != SEED or (raw[0] & 7) << 5 | raw[1] >> 3 != USER:
        raise ValueError("not a user's seed")
    return raw[2:]


def public_key(seed: str) -> str:
    """Return the public key of a seed, as the server's configuration names a user."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # for this command alone
        Ed25519PrivateKey,  # for this command alone
    )

    key = Ed25519PrivateKey.from_private_bytes(private_bytes(seed))
    return _encoded(bytes([USER]) + key.public_key().public_bytes_raw())


def signed(seed: str, nonce: str) -> bytes:
    """Return the proof of who we are that a server asks for."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # for this command alone
        Ed25519PrivateKey,  # for this command alone
    )

    key = Ed25519PrivateKey.from_private_bytes(private_bytes(seed))
    return base64.b64encode(key.sign(nonce.encode()))


def _encoded(raw: bytes) -> str:
    return base64.b32encode(raw + _checksum(raw).to_bytes(2, "little")).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    whole = base64.b32decode(text + "=" * (-len(text) % 8))
    raw, said = whole[:-2], int.from_bytes(whole[-2:], "little")
    if len(whole) < 4 or _checksum(raw) != said:
        raise ValueError("a key with a slip in it")
    return raw


def _checksum(raw: bytes) -> int:
    """CRC-16 with the polynomial 0x1021 from 0 (XMODEM), which is also binhex's."""
    import binascii  # for this command alone

    return binascii.crc_hqx(raw, 0)
