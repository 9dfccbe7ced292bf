"""No memory images of this process on disk: they would hold debtors' data.

On Linux a limit of one byte is set, not of zero: the kernel writes no core file that small, and it
is the one value at which it does not start a crash collector either (core(5), core_pattern pipes
ignore the limit otherwise; fs/coredump.c in the kernel).
"""

import sys

MIN_BYTES = 1
_SEM_FAILCRITICALERRORS, _SEM_NOGPFAULTERRORBOX = 0x1, 0x2


def keep_no_dumps() -> bool:
    """From here on no crash leaves an image; says whether the system took it."""
    if sys.platform == "win32":
        import ctypes  # this system's alone

        # No error box means no report: Windows Error Reporting is not asked.
        ctypes.windll.kernel32.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)
        return True
    import resource  # this system's alone

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (MIN_BYTES, MIN_BYTES))
    except (OSError, ValueError):  # it is lower already
        return resource.getrlimit(resource.RLIMIT_CORE)[0] <= MIN_BYTES
    return True


def are_dumps_off() -> bool:
    """Return whether this process would leave no image."""
    if sys.platform == "win32":
        return True
    import resource  # this system's alone

    return resource.getrlimit(resource.RLIMIT_CORE)[0] <= MIN_BYTES
