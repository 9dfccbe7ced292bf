"""A disk that is full for a while: files of this process must not grow beyond a size."""

import contextlib
import signal
import sys
from collections.abc import Iterator

import pytest


@contextlib.contextmanager
def file_limit(size_bytes: int) -> Iterator[None]:
    """As a quota does, the system refuses to write beyond *size_bytes* of any file."""
    if sys.platform == "win32":
        pytest.skip("the size limit of a file is set the POSIX way")
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
