"""Room: system. What the desk was told: a settings file, and the environment above it.

`settings.toml` in the data folder holds the server that a person signed in to and their taste.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from agent_app.domain.errors import BadSetting
from agent_app.domain.settings import FONT_POINTS, LANGUAGES, SNOOZE_MINUTES, THEMES, Settings

_KINDS: dict[type, str] = {str: "a text", int: "a whole number", bool: "true or false"}
_RANGES = {"font_points": FONT_POINTS, "snooze_minutes": SNOOZE_MINUTES}


@dataclass(frozen=True, slots=True)
class FromEnvironment:
    """A server and client credentials that the environment gives (kiosks and tests)."""

    server: str
    client_id: str
    client_secret: str

    def __repr__(self) -> str:
        return f"FromEnvironment({self.server!r})"


def load(folder: Path) -> Settings:
    """The settings in *folder*. Raises BadSetting, naming the file and what is wrong in it."""
    file = folder / "settings.toml"
    try:
        said = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise BadSetting(f"{file.name} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{file.name} cannot be understood: {error}") from None
    known = {field.name: type(field.default) for field in fields(Settings)}
    for name, value in said.items():
        if name not in known:
            raise BadSetting(f"{file.name} has an unknown setting: {name}")
        if type(value) is not known[name]:
            raise BadSetting(f"{file.name}: {name} must be {_KINDS[known[name]]}")
    settings = Settings(**said)
    if settings.theme not in THEMES:
        raise BadSetting(f"{file.name}: theme must be one of {', '.join(THEMES)}")
    if settings.language not in LANGUAGES:
        raise BadSetting(f"{file.name}: language must be one of {', '.join(LANGUAGES)}")
    for name, (least, most) in _RANGES.items():
        if not least <= getattr(settings, name) <= most:
            raise BadSetting(f"{file.name}: {name} must be between {least} and {most}")
    return settings


def save(folder: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all. Raises BadSetting if the folder refuses."""
    values = {
        field.name: getattr(settings, field.name)
        for field in fields(Settings)
        if getattr(settings, field.name) != field.default
    }
    write_toml(folder / "settings.toml", values)


def write_toml(file: Path, values: Mapping[str, Any]) -> None:
    """Write a file, whole or not at all. Raises BadSetting if the place refuses."""
    import tomli_w

    temporary = file.with_name(file.name + ".new")
    try:
        temporary.write_text(tomli_w.dumps(values, multiline_strings=True), "utf-8")
        temporary.replace(file)
    except OSError as error:
        raise BadSetting(f"{file.name} cannot be written: {error.strerror}") from None


def from_environment(environment: Mapping[str, str] = os.environ) -> FromEnvironment | None:
    """The environment's server, or None. Raises BadSetting where it is only half given."""
    names = ("AGENT_APP_SERVER_URL", "AGENT_APP_CLIENT_ID", "AGENT_APP_CLIENT_SECRET")
    server, client_id, secret = (environment.get(name, "").strip() for name in names)
    if not secret:
        return None
    if not server or not client_id:
        missing = names[0] if not server else names[1]
        raise BadSetting(f"AGENT_APP_CLIENT_SECRET is set, but {missing} is not")
    return FromEnvironment(server, client_id, secret)


def with_environment(settings: Settings, environment: Mapping[str, str] = os.environ) -> Settings:
    """*settings* with the server and client that the environment names for browser sign-in."""
    server = environment.get("AGENT_APP_SERVER_URL", "").strip() or settings.server
    client_id = environment.get("AGENT_APP_CLIENT_ID", "").strip() or settings.client_id
    return replace(settings, server=server, client_id=client_id)
