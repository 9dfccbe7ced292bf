"""Settings, accounts, keys: what the world gives is checked, and secrets stay secret."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.app.sandbox_process import own_program
from agent_app.config.account import Account, SignInMethod, account_for, store_place
from agent_app.config.layers import FromEnvironment, from_environment
from agent_app.domain.errors import BadSetting, StoreLocked
from agent_app.domain.settings import Settings
from agent_app.system import secrets
from agent_app.system.paths import data_dir
from agent_app.system.secrets import Keyring, KeyringUnavailable, TokenVault
from tests.sandbox import ROOT
from tests.scripts import run_script


class FakeKeyring(Keyring):
    """A keyring in memory, which can be locked."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}
        self.locked = False

    def get(self, name: str) -> str | None:
        if self.locked:
            raise KeyringUnavailable("locked")
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        if self.locked:
            raise KeyringUnavailable("locked")
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


# -- settings


def test_the_environment() -> None:
    whole = {
        "AGENT_APP_SERVER_URL": "https://example.org",
        "AGENT_APP_CLIENT_ID": "id",
        "AGENT_APP_CLIENT_SECRET": "SECRET",
    }
    found = from_environment(whole)
    assert found == FromEnvironment("https://example.org", "id", "SECRET")
    assert "SECRET" not in repr(found)
    assert from_environment({}) is None
    for name in ("AGENT_APP_SERVER_URL", "AGENT_APP_CLIENT_ID"):
        with pytest.raises(BadSetting, match=name):
            from_environment({key: value for key, value in whole.items() if key != name})


def test_which_account_a_start_is_for() -> None:
    environment = FromEnvironment("https://example.org", "id", "SECRET")
    browser = Settings(server="https://example.org", client_id="id")
    assert account_for(Settings(), None, sandbox=False).way is SignInMethod.SANDBOX
    assert account_for(browser, environment, sandbox=True).way is SignInMethod.SANDBOX
    assert account_for(browser, environment, sandbox=False).way is SignInMethod.ENVIRONMENT
    assert account_for(browser, None, sandbox=False).way is SignInMethod.BROWSER
    names = {
        Account(SignInMethod.BROWSER, "https://a.example.org", "id").name,
        Account(SignInMethod.BROWSER, "https://b.example.org", "id").name,
        Account(SignInMethod.BROWSER, "https://a.example.org", "other").name,
        Account(SignInMethod.ENVIRONMENT, "https://a.example.org", "id").name,
    }
    assert len(names) == 4
    assert "SECRET" not in repr(Account(SignInMethod.ENVIRONMENT, "s", "id", "SECRET"))


def test_the_data_folder() -> None:
    assert data_dir({"AGENT_APP_DATA_DIR": "/x/y"}) == Path("/x/y")
    assert data_dir({}).name == "followup-desk"


# -- keys

BROWSER = Account(SignInMethod.BROWSER, "https://example.org", "id")


def test_the_key_is_made_once_and_lives_in_the_keyring(tmp_path: Path) -> None:
    keyring = FakeKeyring()
    first = store_place(BROWSER, tmp_path, keyring)
    assert len(first.raw_key) == 32
    assert store_place(BROWSER, tmp_path, keyring) == first
    assert first.raw_key.hex() not in repr(first)


def test_without_a_keyring_a_passphrase_or_memory(tmp_path: Path) -> None:
    keyring = FakeKeyring()
    keyring.locked = True
    assert store_place(BROWSER, tmp_path, keyring).file is None
    place = store_place(BROWSER, tmp_path, keyring, "SECRET")
    assert (place.file, place.passphrase) == (tmp_path / f"{BROWSER.name}.store", "SECRET")
    assert "SECRET" not in repr(place)


@pytest.mark.parametrize("locked", [True, False])
def test_a_key_that_is_not_to_be_had_leaves_the_file_alone(tmp_path: Path, locked: bool) -> None:
    file = tmp_path / f"{BROWSER.name}.store"
    file.write_bytes(b"precious")
    keyring = FakeKeyring()
    keyring.locked = locked
    with pytest.raises(StoreLocked):
        store_place(BROWSER, tmp_path, keyring)
    assert file.read_bytes() == b"precious"
    assert keyring.kept == {}


def test_a_keyring_that_writes_plain_files_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    class PlainFile(keyring.backend.KeyringBackend):
        priority = 9

        def set_password(self, service: str, username: str, password: str) -> None:
            raise AssertionError("a secret was offered to a plain file")

        def get_password(self, service: str, username: str) -> str | None:
            raise AssertionError("asked")

        def delete_password(self, service: str, username: str) -> None: ...

    monkeypatch.setattr(keyring, "get_keyring", PlainFile)
    with pytest.raises(KeyringUnavailable):
        Keyring().set("name", "secret")


@pytest.mark.parametrize(
    ("executable", "frozen", "platform", "command"),
    [
        ("/usr/bin/python3", False, "linux", ["/usr/bin/python3", "-m", "agent_app"]),
        ("/usr/lib/agent-app/agent-app", True, "linux", ["/usr/lib/agent-app/agent-app"]),
        (r"C:\P\Agent-App.exe", True, "win32", [r"C:\P\Agent-App-console.exe"]),
        (r"C:\P\agent-app-console.exe", True, "win32", [r"C:\P\agent-app-console.exe"]),
        (r"C:\python.exe", False, "win32", [r"C:\python.exe", "-m", "agent_app"]),
    ],
)
def test_which_program_serves_the_sandbox(
    executable: str, frozen: bool, platform: str, command: list[str]
) -> None:
    assert own_program(executable, frozen, platform) == command


@pytest.mark.anyio
async def test_a_vault_without_a_keyring_lasts_for_the_session() -> None:
    keyring = FakeKeyring()
    keyring.locked = True
    vault = TokenVault(keyring, "refresh/x")
    await vault.store("SECRET")
    assert await vault.load() == "SECRET"
    assert not vault.in_keyring
    await vault.forget()
    assert await vault.load() is None


HOLDER = """
import asyncio, sys
from agent_app.system.secrets import Keyring, TokenVault

async def hold():
    async with TokenVault(Keyring(), "refresh/x").alone():
        print("inside", flush=True)
        await asyncio.to_thread(sys.stdin.readline)

asyncio.run(hold())
"""


@pytest.fixture
def holder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["subprocess.Popen[str]"]:
    """Another process of the same person, with the vault for itself until it is told a line."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "inside\n"
    yield process
    process.kill()
    process.communicate()


async def has_it_alone(name: str) -> None:
    async with TokenVault(FakeKeyring(), name).alone():
        pass


@pytest.mark.anyio
@pytest.mark.parametrize("dies", [False, True])
async def test_one_process_at_a_time_renews(holder: "subprocess.Popen[str]", dies: bool) -> None:
    await has_it_alone("refresh/another account")  # is not in the way
    waits = asyncio.create_task(has_it_alone("refresh/x"))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(waits), 0.3)
    if dies:
        holder.kill()
        holder.wait()
    else:
        assert holder.stdin is not None
        holder.stdin.write("\n")
        holder.stdin.flush()
    await asyncio.wait_for(waits, 10)


@pytest.mark.anyio
async def test_one_that_hangs_is_not_waited_for_for_ever(
    holder: "subprocess.Popen[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "ALONE_S", 0.2)
    await asyncio.wait_for(has_it_alone("refresh/x"), 10)


@pytest.mark.anyio
async def test_without_a_place_for_the_lock_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    await has_it_alone("refresh/x")


# -- a real Secret Service on a private D-Bus session

needs_secret_service = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in ("dbus-daemon", "gnome-keyring-daemon")),
    reason="needs dbus-daemon and gnome-keyring-daemon, which packaging/test.sh installs",
)


@pytest.fixture
def secret_service(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a private session with an unlocked keyring."""
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
    }
    tmp_path.chmod(0o700)
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    )
    assert bus.stdout is not None
    environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
    keeper = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    assert keeper.stdin is not None
    keeper.stdin.write(b"for tests\n")
    keeper.stdin.close()
    yield environment
    for process in (keeper, bus):
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    bus.stdout.close()


@needs_secret_service
def test_secrets_live_in_the_secret_service_and_nowhere_else(
    secret_service: dict[str, str], tmp_path: Path
) -> None:
    script = """
import asyncio, time
from agent_app.app.sandbox_process import own_program
from agent_app.system.secrets import Keyring, KeyringUnavailable, TokenVault
deadline = time.monotonic() + 10
while True:
    try:
        Keyring().get("nothing")
        break
    except KeyringUnavailable:
        assert time.monotonic() < deadline, "the Secret Service did not come up"
vault = TokenVault(Keyring(), "refresh/account")
asyncio.run(vault.store("CANARY-" + "x" * 5000))
assert vault.in_keyring
assert asyncio.run(TokenVault(Keyring(), "refresh/account").load()) == "CANARY-" + "x" * 5000
asyncio.run(vault.forget())
assert asyncio.run(TokenVault(Keyring(), "refresh/account").load()) is None
asyncio.run(vault.store("CANARY-again"))
"""
    run_script(script, env=secret_service)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"CANARY" not in file.read_bytes(), file


# -- the log


@pytest.mark.slow
def test_the_log_turns_over_and_stays_small(tmp_path: Path) -> None:
    script = """
import logging, sys
from pathlib import Path
from agent_app.system.logs import start_log
start_log(Path(sys.argv[1]))
log = logging.getLogger("agent_app.test")
for number in range(120_000):
    log.info("line %06d of a long day at the telephone, and a few more words to fill it", number)
"""
    run_script(script, str(tmp_path))
    files = sorted((tmp_path / "log").iterdir())
    assert [file.name for file in files] == [
        "agent-app.log",
        *(f"agent-app.log.{n}" for n in range(1, 5)),
    ]
    assert all(file.stat().st_size <= 2_000_000 for file in files)
    assert "119999" in files[0].read_text("utf-8").splitlines()[-1]
