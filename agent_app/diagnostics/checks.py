"""Looks at everything that the desk needs on this computer, for `agent-app doctor` and the support
bundle. In English: it is read by administrators. Nothing here names a debtor or shows a secret.
"""

import asyncio
import json
import os
import platform
import shutil
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from agent_app import __version__
from agent_app.config.account import Account, SignInMethod, store_place
from agent_app.config.layers import Configuration
from agent_app.diagnostics.grade import Grade
from agent_app.diagnostics.team import look_at_team
from agent_app.domain.errors import (
    BadSetting,
    ExternalError,
    NotTrusted,
    ProxyRefused,
    StoreError,
    StoreLocked,
)
from agent_app.domain.server_address import is_loopback
from agent_app.domain.settings import Settings
from agent_app.system.display import need_display
from agent_app.system.dumps import are_dumps_off
from agent_app.system.paths import resources
from agent_app.system.secrets import Keyring, KeyringUnavailable

CLOCK_S, CLOCK_FAR_S = 30, 300
"""A clock that is this far off is worth a warning; scheduled calls are wrong from the second on."""
ROOM_BYTES = 200_000_000
SOON = timedelta(days=21)
FEW = 0.3
"""The share of the hour's requests below which the list stops refreshing itself (sync/budget.py)."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One thing that was looked at."""

    subject: str
    grade: Grade
    words: str


@dataclass(frozen=True, slots=True)
class CheckupTarget:
    """What is looked at: a data folder, its settings, and the account that they lead to."""

    folder: Path
    configuration: Configuration
    account: Account
    keyring: Keyring

    @property
    def settings(self) -> Settings:
        return self.configuration.settings


def build_information() -> dict[str, Any]:
    """Return what the bundle's build wrote down; nothing in a checkout."""
    try:
        payload = json.loads((resources() / "build.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return payload if isinstance(payload, dict) else {}


async def examine(patient: CheckupTarget) -> list[CheckResult]:
    """Look at everything; takes a few seconds where the server is slow. Never raises for what it
    finds."""
    found: list[CheckResult] = []
    for subject, look in CHECKS:
        try:
            payload = await look(patient)
        except ExternalError as error:
            payload = (Grade.ERROR, str(error))
        except Exception as error:  # a checkup that breaks over what it looks at helps nobody
            payload = (Grade.ERROR, f"could not be looked at: {type(error).__name__}")
        if payload is not None:
            found.append(CheckResult(subject, *payload))
    return found


def worst(findings: Sequence[CheckResult]) -> Grade:
    """Return the worst of them."""
    return max((one.grade for one in findings), default=Grade.FINE)


def report(patient: CheckupTarget, findings: Sequence[CheckResult]) -> dict[str, Any]:
    """Return all of it as plain values, for JSON."""
    return {
        "version": __version__,
        "build": build_information(),
        "looked_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "worst": worst(findings).name.lower(),
        "findings": [{**asdict(one), "grade": one.grade.name.lower()} for one in findings],
        "settings": told_settings(patient.configuration),
    }


def told_settings(configuration: Configuration) -> list[dict[str, Any]]:
    """Return every setting, its value and where that comes from; what could be a secret is masked."""
    return [
        {
            "name": one.name,
            "value": masked(one.name, getattr(configuration.settings, one.name)),
            "source": str(configuration.source(one.name)),
        }
        for one in fields(Settings)
    ]


def masked(name: str, value: Any) -> Any:
    """Return a setting's value as a stranger may see it."""
    if name in ("agent_name", "client_secret"):
        return "(set)" if value else ""
    if name == "proxy" and "@" in value:
        parts = urlsplit(value)
        return f"{parts.scheme}://…@{parts.hostname}:{parts.port or ''}".rstrip(":")
    return list(value) if isinstance(value, tuple) else value


# -- the checks: each gives a grade and words, or None where there is nothing to look at

Said = tuple[Grade, str] | None


async def _program(_patient: CheckupTarget) -> Said:
    import PySide6  # when it is looked at

    from agent_app.store.examining import sqlite_version  # when it is looked at

    build = build_information()
    of = f", commit {build['commit']}, built {build['built'][:10]}" if build.get("commit") else ""
    bundled = "bundle" if getattr(sys, "frozen", False) else "source"
    return Grade.FINE, (
        f"Followup Desk {__version__} ({bundled}{of}); Python {platform.python_version()},"
        f" Qt {PySide6.__version__}, SQLite {sqlite_version()}; {platform.platform()}"
    )


async def _settings(patient: CheckupTarget) -> Said:
    configuration = patient.configuration
    fixed = ", ".join(sorted(configuration.fixed)) or "nothing"
    if configuration.system_file is None:
        return Grade.FINE, "no administrators' file; user settings and environment variables apply"
    return Grade.FINE, f"{configuration.system_file} is in effect; fixed there: {fixed}"


async def _display(_patient: CheckupTarget) -> Said:
    need_display()
    from PySide6.QtGui import QGuiApplication  # when it is looked at

    app = QGuiApplication.instance() or QGuiApplication(["agent-app"])
    assert isinstance(app, QGuiApplication)
    screens = [
        f"{one.size().width()}x{one.size().height()} at {one.devicePixelRatio():g}"
        for one in app.screens()
    ]
    if not screens:
        return Grade.ERROR, f"{app.platformName()}: no screen"
    return Grade.FINE, f"{app.platformName()}: {', '.join(screens)}"


async def _fonts(_patient: CheckupTarget) -> Said:
    from PySide6.QtGui import (  # when it is looked at
        QFont,
        QFontDatabase,
        QFontInfo,
        QGuiApplication,
    )

    if QGuiApplication.instance() is None:
        return Grade.WARNING, "not looked at: there is no display"
    families = QFontDatabase.families()
    if not families:
        return Grade.ERROR, "no font at all: install one (fonts-dejavu-core)"
    return Grade.FINE, f"{len(families)} families; text is in {QFontInfo(QFont()).family()}"


async def _sound(_patient: CheckupTarget) -> Said:
    try:
        from PySide6.QtMultimedia import QMediaDevices, QMediaPlayer  # when it is looked at
    except ImportError:
        return Grade.WARNING, "the sound libraries are not installed: recordings cannot be played"
    if not QMediaPlayer().isAvailable():
        return Grade.ERROR, "the sound libraries do not load: recordings cannot be played"
    device = QMediaDevices.defaultAudioOutput()
    if device.isNull():
        return Grade.WARNING, "there is no sound device: recordings cannot be heard"
    return Grade.FINE, device.description()


async def _keyring(patient: CheckupTarget) -> Said:
    def round_trip() -> str:
        name = "doctor"
        patient.keyring.set(name, "a test")
        kept = patient.keyring.get(name)
        patient.keyring.delete(name)
        return patient.keyring.kind if kept == "a test" else ""

    try:
        kind = await asyncio.wait_for(asyncio.to_thread(round_trip), 10)
    except KeyringUnavailable:
        return Grade.WARNING, (
            "no keyring that the system guards: a sign-in lasts until the program ends, and local"
            " data needs a passphrase to be kept"
        )
    except TimeoutError:
        return Grade.WARNING, "the keyring does not answer: is it locked?"
    if not kind:
        return Grade.ERROR, "the keyring does not give back what it is given"
    return Grade.FINE, f"{kind} keeps secrets"


async def _folder(patient: CheckupTarget) -> Said:
    folder = patient.folder
    if not os.access(folder, os.W_OK):
        return Grade.ERROR, f"{folder} cannot be written"
    free = shutil.disk_usage(folder).free
    room = f"{folder}: {free / 1e9:.1f} GB free"
    if free < ROOM_BYTES:
        return Grade.ERROR, f"{room}, too little to be safe"
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        return Grade.WARNING, f"{folder} can be read by others"
    return Grade.FINE, room


async def _store(patient: CheckupTarget) -> Said:
    from agent_app.store.database import Key  # when it is looked at
    from agent_app.store.examining import examine as examine_file

    name = f"{patient.account.name}.store"
    if not (patient.folder / name).exists():
        return Grade.FINE, "nothing is kept here yet"
    try:
        place = await asyncio.to_thread(
            store_place,
            patient.account,
            patient.folder,
            patient.keyring,
            patient.configuration.passphrase,
        )
        if place.file is None:
            return Grade.WARNING, "nothing is kept on disk"
        key = Key(place.raw_key, place.passphrase)
        found = await asyncio.to_thread(examine_file, place.file, key)
    except StoreLocked:
        return Grade.ERROR, f"{name}: its key is not available, or the file is damaged"
    except StoreError as error:
        return Grade.WARNING, f"{name}: {error}"
    words = (
        f"{name}: {found.size_bytes / 1e6:.1f} MB, {found.followups} followups,"
        f" {found.waiting} changes not sent, {found.drafts} drafts"
    )
    if not found.sound:
        return Grade.ERROR, f"{words}; damaged: the next start brings over what is readable"
    return (Grade.WARNING if found.waiting else Grade.FINE), f"{words}; every page is sound"


async def _server(patient: CheckupTarget) -> Said:
    from agent_app.api.probe import look  # when it is looked at
    from agent_app.api.way import proxy_for

    server, network = patient.account.server, patient.settings.network
    if not server:
        return Grade.FINE, "none is set: the sandbox that comes with the program is used"
    if not network.allows(server):
        return Grade.ERROR, f"{server}: not among the allowed hosts"
    proxy = masked("proxy", proxy_for(server, network)) or "no proxy"
    way = f"{server} through {proxy}"
    try:
        seen = await look(server, network)
    except (BadSetting, NotTrusted) as error:
        return Grade.ERROR, f"{way}: {error}"
    except ProxyRefused as error:
        asks = "; the setting proxy takes them: http://user:password@proxy.example:3128"
        return Grade.ERROR, f"{way}: not reached: {error}{asks if error.wants_sign_in else ''}"
    except ExternalError:
        return Grade.ERROR, f"{way}: not reached"
    grade, words = Grade.FINE, [way]
    if seen.certificate is not None:
        until = seen.certificate.until
        words.append(f"{seen.certificate.version}, vouched for by {seen.certificate.issuer}")
        if until is not None:
            words.append(f"until {until:%Y-%m-%d}")
            grade = Grade.WARNING if until < datetime.now(UTC) + SOON else grade
    elif not is_loopback(urlsplit(server).hostname or ""):
        grade = Grade.ERROR
        words.append("not encrypted")
    ahead = seen.clock_ahead_s
    if ahead is not None:
        off = f"{abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} the server's"
        words.append(f"this clock is {off}" if abs(ahead) > CLOCK_S else "the clocks agree")
        if abs(ahead) > CLOCK_S:
            grade = max(grade, Grade.ERROR if abs(ahead) > CLOCK_FAR_S else Grade.WARNING)
    return grade, "; ".join(words)


async def _sign_in(patient: CheckupTarget) -> Said:
    from agent_app.api.probe import rights  # when it is looked at
    from agent_app.api.tokens import ClientCredentials

    account = patient.account
    match account.way:
        case SignInMethod.SANDBOX:
            return None
        case SignInMethod.BROWSER:
            try:
                kept = await asyncio.to_thread(patient.keyring.get, f"refresh/{account.name}")
            except KeyringUnavailable:
                return (
                    Grade.WARNING,
                    "by browser; without a keyring it lasts until the program ends",
                )
            if not kept:
                return Grade.WARNING, "by browser; nobody is signed in"
            # Its token is not used here: a server that renews it would sign the window out.
            return Grade.FINE, "by browser; the sign-in is in the keyring"
    scopes = patient.settings.scopes
    grant = ClientCredentials(account.client_id, account.client_secret, scopes)
    found = await rights(account.server, patient.settings.network, grant)
    left = [
        f"{share.remaining} of {share.limit} {kind}s left this hour"
        for kind, share in sorted(found.share.items())
    ]
    low = any(share.remaining < FEW * share.limit for share in found.share.values())
    words = [f"client {account.client_id}", f"may {' '.join(sorted(found.scopes))}"]
    words += [f"{scope} does not answer: {why}" for scope, why in sorted(found.troubles.items())]
    if found.untried:
        words.append(f"not tried: {' '.join(sorted(found.untried))}")
    words += left
    if "followups:read" not in found.scopes:
        return Grade.ERROR, "; ".join([*words, "without followups:read nothing can be shown"])
    return (Grade.WARNING if low or found.troubles else Grade.FINE), "; ".join(words)


async def _lock(patient: CheckupTarget) -> Said:
    from agent_app.system.proof import can_check_passwords  # when it is looked at

    minutes = patient.settings.idle_lock_minutes
    if not minutes:
        return Grade.WARNING, "the window is never covered"
    words = f"covered after {minutes} min"
    if can_check_passwords():
        words = f"{words}; the system can check passwords"
        asks = "; the sandbox asks for none" if patient.account.way is SignInMethod.SANDBOX else ""
        return Grade.FINE, words + asks
    if patient.account.way is SignInMethod.BROWSER:
        return Grade.FINE, f"{words}; uncovered by signing in again"
    return Grade.WARNING, f"{words}; this system cannot check a password"


async def _dumps(_patient: CheckupTarget) -> Said:
    if are_dumps_off():
        return Grade.FINE, "a crash leaves no memory image"
    return Grade.ERROR, "a crash would leave a memory image with debtors' data"


async def _log(patient: CheckupTarget) -> Said:
    files = sorted((patient.folder / "log").glob("agent-app.log*"))
    size = sum(file.stat().st_size for file in files)
    return Grade.FINE, f"{len(files)} files, {size / 1e6:.1f} MB of 10 MB at most"


async def _team(patient: CheckupTarget) -> Said:
    return await look_at_team(patient.settings)


CHECKS: Sequence[tuple[str, Callable[[CheckupTarget], Awaitable[Said]]]] = (
    ("program", _program),
    ("settings", _settings),
    ("display", _display),
    ("fonts", _fonts),
    ("sound", _sound),
    ("keyring", _keyring),
    ("data folder", _folder),
    ("store", _store),
    ("server", _server),
    ("sign-in", _sign_in),
    ("team", _team),
    ("lock", _lock),
    ("crashes", _dumps),
    ("log", _log),
)
