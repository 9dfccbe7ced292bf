"""What the desk was told: by administrators, by the person, by the environment.

Four layers, each over the one before: the system's `managed.toml`, the person's `settings.toml` in
the data folder, the environment, the arguments. What stands in `[fixed]` of the system's file goes
over all of them. A file with an unknown key or a wrong value is not used in part: it is refused,
with the line.
"""

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from agent_app.config.environment import CLIENT_SECRET, PASSPHRASE
from agent_app.config.toml_files import read_toml, write_toml
from agent_app.domain.errors import BadAddress, BadSetting
from agent_app.domain.network import is_host, is_proxy
from agent_app.domain.part import Part
from agent_app.domain.server_address import checked_server, checked_team_server
from agent_app.domain.settings import (
    DAILY_GOAL,
    FONT_POINTS,
    KEEP_DAYS,
    LANGUAGES,
    LOCK_MINUTES,
    PLANNED_TYPES,
    SIGN_OUT_HOURS,
    SNOOZE_MINUTES,
    THEMES,
    UPDATE_CHANNELS,
    WRAP_UP_MINUTES,
    Settings,
)

MANAGED, OWN = "managed.toml", "settings.toml"
FIXED = "fixed"

_KINDS: dict[type, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    tuple: "a list of texts",
}
_RANGES = {
    "font_points": FONT_POINTS,
    "snooze_minutes": SNOOZE_MINUTES,
    "idle_lock_minutes": LOCK_MINUTES,
    "sign_out_hours": SIGN_OUT_HOURS,
    "keep_days": KEEP_DAYS,
    "daily_goal": DAILY_GOAL,
    "team_wrap_up_minutes": WRAP_UP_MINUTES,
}
_CHOICES = {
    "theme": THEMES,
    "language": LANGUAGES,
    "planned_type": PLANNED_TYPES,
    "update_channel": UPDATE_CHANNELS,
}
_FILES = ("ca_bundle", "calling_rules", "templates", "views", "team_credentials")
_TABLES = ("team",)
"""Settings whose names begin so stand in a table of a file: `team_servers` as `team.servers`."""
_ENVIRONMENT = {
    "server": "AGENT_APP_SERVER_URL",
    "client_id": "AGENT_APP_CLIENT_ID",
    "language": "AGENT_APP_LANGUAGE",
    "team_credentials": "AGENT_APP_TEAM_CREDENTIALS",
    "proxy": "AGENT_APP_PROXY",
    "ca_bundle": "AGENT_APP_CA_BUNDLE",
}
_KNOWN = {one.name: type(one.default) for one in fields(Settings)}


class Source(StrEnum):
    """Where a setting's value comes from."""

    DEFAULT = "default"
    SYSTEM = "system"
    OWN = "own"
    ENVIRONMENT = "environment"
    ARGUMENT = "argument"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings in effect, where each comes from, and what the person's own file says."""

    settings: Settings = field(default_factory=Settings)
    sources: Mapping[str, Source] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)
    system_file: Path | None = None
    """The administrators' file, where there is one."""
    passphrase: str = field(default="", repr=False)
    """What the environment gives to open the local data with; no setting, and written nowhere."""

    @property
    def fixed(self) -> frozenset[str]:
        """The settings that the person cannot change."""
        return frozenset(name for name, source in self.sources.items() if source is Source.FIXED)

    def source(self, name: str) -> Source:
        """Return where a setting comes from."""
        return self.sources.get(name, Source.DEFAULT)

    def changed(self, new: Settings) -> "Configuration":
        """With the person's changes: only those go to their own file, and nothing fixed does."""
        names = [n for n in _KNOWN if getattr(new, n) != getattr(self.settings, n)]
        names = [n for n in names if n not in self.fixed]
        values = {name: getattr(new, name) for name in names}
        return replace(
            self,
            settings=replace(self.settings, **values),
            sources={**self.sources, **dict.fromkeys(names, Source.OWN)},
            own={**self.own, **values},
        )


@dataclass(frozen=True, slots=True)
class FromEnvironment:
    """A server and client credentials that the environment gives (kiosks and tests)."""

    server: str
    client_id: str
    client_secret: str

    def __repr__(self) -> str:
        return f"FromEnvironment({self.server!r})"


def system_folder(
    platform: str = sys.platform, environment: Mapping[str, str] = os.environ
) -> Path:
    """Return where administrators put `managed.toml` on this kind of system."""
    if platform == "win32":
        return Path(environment.get("PROGRAMDATA", r"C:\ProgramData")) / "Followup Desk"
    if platform == "darwin":
        return Path("/Library/Application Support/Followup Desk")
    return Path("/etc/followup-desk")


def configure(
    folder: Path,
    *,
    system: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    arguments: Mapping[str, str] | None = None,
) -> Configuration:
    """Return all layers together. *folder* is the data folder, *system* the administrators' folder.

    Raises BadSetting, naming the file, the line and what is wrong there.
    """
    managed = (system or system_folder()) / MANAGED
    _guarded(managed)
    payload, text = read_toml(managed) or ({}, "")
    there = managed if text else None
    fixed = payload.pop(FIXED, {})
    if not isinstance(fixed, dict):
        raise _bad(managed, text, FIXED, "must be a table")
    own, own_text = read_toml(folder / OWN) or ({}, "")
    if "client_secret" in own:
        place = f"belongs into {MANAGED}, or is typed on the sign-in page"
        raise _bad(folder / OWN, own_text, "client_secret", place)
    layers = [
        (Source.SYSTEM, _checked(managed, text, payload)),
        (Source.OWN, _checked(folder / OWN, own_text, own)),
        (Source.ENVIRONMENT, told(_environment(environment), _ENVIRONMENT.__getitem__)),
        (Source.ARGUMENT, told(dict(arguments or {}), lambda n: f"--{n.replace('_', '-')}")),
        (Source.FIXED, _checked(managed, text, fixed, FIXED)),
    ]
    values: dict[str, Any] = {}
    sources: dict[str, Source] = {}
    for source, layer in layers:
        values |= layer
        sources |= dict.fromkeys(layer, source)
    passphrase = environment.get(PASSPHRASE, "")
    return Configuration(Settings(**values), sources, layers[1][1], there, passphrase)


def _guarded(managed: Path) -> None:
    """Refuse an administrators' file that others may write, or put in its place: it can name the
    server that passwords go to. Raises BadSetting."""
    if sys.platform == "win32":  # rights are not a mode there; the installer sets the folder's
        return
    for place in (managed, managed.parent):
        try:
            payload = place.stat()
        except OSError:
            continue
        may_write = payload.st_mode & 0o002 or (payload.st_mode & 0o020 and payload.st_gid != 0)
        if may_write and not payload.st_mode & 0o1000:
            raise BadSetting(
                f"{place} may be written by others than administrators: it is not used"
            )


def save(folder: Path, configuration: Configuration) -> None:
    """Write the person's own settings, whole or not at all. Raises BadSetting if the folder
    refuses."""
    values = {n: list(v) if isinstance(v, tuple) else v for n, v in configuration.own.items()}
    for table in _TABLES:
        inside = [name for name in values if name.startswith(f"{table}_")]
        if inside:
            values[table] = {name.removeprefix(f"{table}_"): values.pop(name) for name in inside}
    write_toml(folder / OWN, values)


def from_environment(
    environment: Mapping[str, str] = os.environ, configuration: Configuration | None = None
) -> FromEnvironment | None:
    """Return the environment's server, or None. Raises BadSetting where it is only half given, or names
    another one than administrators have fixed in *configuration*."""
    names = ("AGENT_APP_SERVER_URL", "AGENT_APP_CLIENT_ID", CLIENT_SECRET)
    server, client_id, secret = (environment.get(name, "").strip() for name in names)
    if not secret:
        return None
    if not server or not client_id:
        missing = names[0] if not server else names[1]
        raise BadSetting(f"{CLIENT_SECRET} is set, but {missing} is not")
    if configuration is not None:
        for key, name, value in ((names[0], "server", server), (names[1], "client_id", client_id)):
            if name in configuration.fixed and value != getattr(configuration.settings, name):
                raise BadSetting(
                    f"{key}: your administrator has fixed the {name.replace('_', ' ')}"
                )
    return FromEnvironment(server, client_id, secret)


# -- reading and checking


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    payload = {name: environment.get(key, "").strip() for name, key in _ENVIRONMENT.items()}
    return {name: value for name, value in payload.items() if value}


def told(payload: Mapping[str, str], called: Callable[[str], str]) -> dict[str, Any]:
    """Settings given as texts, outside of a file."""
    values: dict[str, Any] = {}
    for name, value in payload.items():
        wrong = _wrong(name, value)
        if wrong:
            raise BadSetting(f"{called(name)} {wrong}")
        values[name] = value
    return values


def _checked(file: Path, text: str, payload: Mapping[str, Any], table: str = "") -> dict[str, Any]:
    """Return a file's values as settings. Names of files are meant from the folder of this one."""
    values: dict[str, Any] = {}
    for name, value in _flat(payload).items():
        if name not in _KNOWN:
            raise _bad(file, text, name, "is no setting", table)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = tuple(value)
        wrong = _wrong(name, value)
        if wrong:
            raise _bad(file, text, name, wrong, table)
        if name in _FILES and value:
            value = str(file.parent / Path(value).expanduser())
            if not Path(value).is_file():
                raise _bad(file, text, name, "names a file that is not there", table)
        values[name] = value
    return values


def _flat(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a file's values with those of the known tables under their settings' names."""
    flat: dict[str, Any] = {}
    for name, value in payload.items():
        if name in _TABLES and isinstance(value, dict):
            flat |= {f"{name}_{inner}": one for inner, one in value.items()}
        else:
            flat[name] = value
    return flat


def _wrong(name: str, value: object) -> str:
    """Return what is wrong with a value, or ""."""
    if type(value) is not _KNOWN[name]:
        return f"must be {_KINDS[_KNOWN[name]]}"
    if name in _CHOICES and value not in _CHOICES[name]:
        return f"must be one of {', '.join(_CHOICES[name])}"
    if name in _RANGES and isinstance(value, int):
        least, most = _RANGES[name]
        return "" if least <= value <= most else f"must be between {least} and {most}"
    if name == "country" and value and not re.fullmatch("[A-Z]{2}", str(value)):
        return "must be a country's two capital letters, as in FR"
    if name == "part" and value and Part.read(str(value)) is None:
        return "must be a part of a whole, as in 3 of 20"
    if name == "team_servers" and isinstance(value, tuple):
        try:
            for one in value:
                checked_team_server(one)
        except BadAddress as error:
            return f"cannot be used: {error}"
        return ""
    if isinstance(value, tuple):
        other = next((one for one in value if not is_host(one)), None)
        return f"must name hosts alone, and {other!r} is none" if other is not None else ""
    if name == "proxy" and not is_proxy(str(value)):
        return "must be system, none or an address like http://proxy.example:3128"
    if name == "server" and value:
        try:
            checked_server(str(value))
        except BadAddress as error:
            return f"cannot be used: {error}"
    return ""


def _bad(file: Path, text: str, name: str, what: str, table: str = "") -> BadSetting:
    line = line_of(text, name, table)
    shown = name
    for one in _TABLES:
        if name.startswith(f"{one}_"):
            shown = f"{one}.{name.removeprefix(f'{one}_')}"
            inside = f"{table}.{one}" if table else one
            places = ((name, table), (shown, table), (shown.partition(".")[2], inside))
            line = max(line_of(text, *place) for place in places)
    return BadSetting(f"{file.name}, line {line}: {shown} {what}")


def line_of(text: str, name: str, table: str = "") -> int:
    """Return the line (from 1) where a TOML text gives *name* its value, in *table* or outside of any.

    tomllib does not tell. A key within a text of many lines would be taken for one: only the number
    in a message suffers.
    """
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line)
        if header:
            inside = header[1].strip("\"'")
            if inside == name and not table:
                return number
        elif inside == table and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[.=]", line):
            return number
    return 1
