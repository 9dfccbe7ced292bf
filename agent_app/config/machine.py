"""Makes the folder of the settings for everybody, and fixes settings there: what installers ask for.

On Windows any user may make a folder in the place where this one lies, and a file in a folder there. So
the folder gets rights of its own (administrators write, everybody reads), and what somebody else put
there before is set aside, unread.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from agent_app.config.layers import FIXED, MANAGED, system_folder, told
from agent_app.config.toml_files import read_toml, write_toml
from agent_app.domain.errors import BadSetting

ASIDE = " (not from an administrator)"

_RIGHTS = "O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"
"""Owned by administrators; nothing comes from the folder above; they and the system do all, users read."""
_OWNER, _RIGHTS_THEMSELVES, _NOT_FROM_ABOVE = 0x1, 0x4, 0x80000000
_FILE = 1
_SYSTEM_AND_ADMINISTRATORS = ("S-1-5-18", "S-1-5-32-544")


def manage(values: Mapping[str, str], folder: Path | None = None) -> Path:
    """Make the folder with its rights, and fix *values* in its file; the rest of the file stays, but
    for its comments. Returns the file. Raises BadSetting, saying what is wrong or what the system
    refused."""
    told(values, lambda name: f"--{name.replace('_', '-')}")
    file = (folder or system_folder()) / MANAGED
    try:
        prepare(file.parent)
    except OSError as error:
        raise BadSetting(f"{file.parent} cannot be made: {error.strerror}") from None
    payload, _text = read_toml(file) or ({}, "")
    fixed = payload.get(FIXED, {})
    if not isinstance(fixed, dict):
        raise BadSetting(f"{file.name}: {FIXED} must be a table")
    if any(fixed.get(name) != value for name, value in values.items()):
        write_toml(file, {**payload, FIXED: {**fixed, **values}})
    return file


def prepare(folder: Path, is_theirs: Callable[[Path], bool] | None = None) -> None:
    """Make *folder* one that only administrators write; what they did not make is set aside."""
    is_theirs = is_theirs or is_administrators
    if leads_elsewhere(folder) or (folder.exists() and not is_theirs(folder)):
        _set_aside(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    _give_rights(folder)
    file = folder / MANAGED
    if leads_elsewhere(file) or (file.exists() and not is_theirs(file)):
        _set_aside(file)


def leads_elsewhere(path: Path) -> bool:
    """Return whether *path* is a link or a junction: rights given to it would be given to another's folder."""
    is_junction: Callable[[Path], bool] = getattr(os.path, "isjunction", lambda _path: False)
    return path.is_symlink() or is_junction(path)


def _set_aside(path: Path) -> None:
    number = 1
    while (aside := path.with_name(f"{path.name}{ASIDE} {number}")).exists():
        number += 1
    path.rename(aside)


def is_administrators(path: Path) -> bool:
    """Return whether the system or administrators own *path*, or who runs this (an administrator, then)."""
    if sys.platform != "win32":
        return True  # only they write in these folders elsewhere
    with tempfile.TemporaryDirectory() as ours:
        return _owner(path) in (*_SYSTEM_AND_ADMINISTRATORS, _owner(Path(ours)))


def _owner(path: Path) -> str:
    """Windows' number for who owns *path*."""
    if sys.platform != "win32":
        raise NotImplementedError
    import ctypes  # Windows' alone
    from ctypes import wintypes

    advapi, kernel = ctypes.WinDLL("advapi32"), ctypes.WinDLL("kernel32")
    kernel.LocalFree.argtypes = [ctypes.c_void_p]
    owner, description, words = ctypes.c_void_p(), ctypes.c_void_p(), wintypes.LPWSTR()
    failed = advapi.GetNamedSecurityInfoW(
        str(path), _FILE, _OWNER, ctypes.byref(owner), None, None, None, ctypes.byref(description)
    )
    if failed:
        raise ctypes.WinError(failed)
    known = advapi.ConvertSidToStringSidW(owner, ctypes.byref(words))
    number = str(words.value) if known else ""
    kernel.LocalFree(words)
    kernel.LocalFree(description)
    return number


def _give_rights(folder: Path) -> None:
    """Only administrators write in *folder*, and in what is made there from now on. Raises OSError."""
    if sys.platform != "win32":
        return
    import ctypes  # Windows' alone

    advapi = ctypes.WinDLL("advapi32", use_last_error=True)
    kernel = ctypes.WinDLL("kernel32")
    kernel.LocalFree.argtypes = [ctypes.c_void_p]
    description = ctypes.c_void_p()
    made = advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        _RIGHTS, 1, ctypes.byref(description), None
    )
    given = made and advapi.SetFileSecurityW(
        str(folder), _OWNER | _RIGHTS_THEMSELVES | _NOT_FROM_ABOVE, description
    )
    code = ctypes.get_last_error()
    kernel.LocalFree(description)
    if not given:
        raise ctypes.WinError(code)
