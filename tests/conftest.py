"""What all tests share."""

import os
import sys
from collections.abc import Iterator

import hypothesis
import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from tests.sandbox import RunningSandbox

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

# How long one example takes says more of a busy machine than of the desk.
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("desk")


def pytest_configure() -> None:
    """Have what Qt says go to Python for the whole run. The plug-in changes who hears it at each test; if
    nobody did in between, a thread of Qt's that was about to tell would call nobody, and crash."""
    qInstallMessageHandler(_say)


def _say(_kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    print(words, file=sys.stderr)


@pytest.fixture
def anyio_backend() -> str:
    """Asynchronous tests run on plain asyncio, but for those of the window."""
    return "asyncio"


@pytest.fixture(scope="session")
def _shared_sandbox() -> Iterator[RunningSandbox]:
    sandbox = RunningSandbox()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def sandbox(_shared_sandbox: RunningSandbox) -> Iterator[RunningSandbox]:
    """A sandbox with no faults and nothing counted; what earlier tests saved is still there."""
    _shared_sandbox.reset()
    yield _shared_sandbox
    _shared_sandbox.no_faults()


@pytest.fixture
def own_sandbox() -> Iterator[RunningSandbox]:
    """A sandbox that no other test has touched."""
    sandbox = RunningSandbox("--followups", "150")
    yield sandbox
    sandbox.stop()
