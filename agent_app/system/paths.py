"""Where things lie on this computer."""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

APP_NAME = "followup-desk"


def resources() -> Path:
    """Return the folder of resources: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def data_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of all local data: AGENT_APP_DATA_DIR, or the system's place for it."""
    chosen = environment.get("AGENT_APP_DATA_DIR", "").strip()
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs  # where no folder is given

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def private_folder(folder: Path) -> Path:
    """*folder*, made if need be, readable by its owner alone. Raises OSError, also for one that
    others use: its mode is theirs."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    said = folder.stat()
    if os.name == "posix" and (said.st_mode & stat.S_ISVTX or said.st_uid != os.getuid()):
        raise OSError(errno.EPERM, f"{folder} is shared with others; name a folder of your own")
    folder.chmod(0o700)
    return folder


def meeting_place() -> Path:
    """Return the folder in which this person's processes meet, whatever data folders they were given.
    Raises OSError."""
    return private_folder(data_dir({}))
