"""Whether somebody knows the password of this computer's account.

PAM on Linux and macOS (python-pam), the logon call on Windows. The password is handed to the system
and kept nowhere.
"""

import os
import sys
from pathlib import Path

SERVICES = ("followup-desk", "login")
"""PAM services to ask, the first that is there: the packages bring the first."""
_PAM_FOLDERS = (Path("/etc/pam.d"), Path("/usr/lib/pam.d"), Path("/usr/share/pam.d"))
_LOGON32_LOGON_NETWORK, _LOGON32_PROVIDER_DEFAULT = 3, 0


def pam_service() -> str:
    """Return the PAM service to ask, or "" where there is none."""
    for name in SERVICES:
        if any((folder / name).is_file() for folder in _PAM_FOLDERS):
            return name
    return ""


def can_check_passwords() -> bool:
    """Return whether this system can be asked."""
    if sys.platform == "win32":
        return True
    try:
        import pam  # this system's alone
    except ImportError:
        return False
    try:
        pam.PamAuthenticator()
    except (OSError, AttributeError, TypeError):  # no libpam here: each Python says so differently
        return False
    return bool(pam_service())


def own_name() -> str:
    """Return the account that runs this, by its number: $LOGNAME says what somebody wrote there."""
    import pwd  # this system's alone

    return pwd.getpwuid(os.getuid()).pw_name


def is_own_password(password: str) -> bool:
    """Return whether *password* is that of the account that runs the desk. Blocks: a wrong one takes the
    system a second or two."""
    if not password:
        return False
    if sys.platform == "win32":
        return _windows_knows(password)
    import pam  # this system's alone

    asked = pam.PamAuthenticator()
    return bool(
        asked.authenticate(
            own_name(),
            password,
            service=pam_service(),
            call_end=True,
            print_failure_messages=False,
        )
    )


def _windows_knows(password: str) -> bool:
    """Untried: no Windows was at hand when this was written (packaging/windows/README.md)."""
    if sys.platform != "win32":
        return False
    import ctypes  # this system's alone
    from ctypes import wintypes

    token = wintypes.HANDLE()
    known = ctypes.windll.advapi32.LogonUserW(
        os.environ.get("USERNAME", ""),
        os.environ.get("USERDOMAIN", "."),
        password,
        _LOGON32_LOGON_NETWORK,
        _LOGON32_PROVIDER_DEFAULT,
        ctypes.byref(token),
    )
    if known:
        ctypes.windll.kernel32.CloseHandle(token)
    return bool(known)
