"""`agent-app doctor`: says what is wrong, ends with its worst, and shows no secret."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale

from agent_app.api.transport import Transport
from agent_app.config.account import Account, SignInMethod, account_for
from agent_app.config.layers import Configuration, configure, save
from agent_app.diagnostics.checks import CheckupTarget, examine, told_settings, worst
from agent_app.diagnostics.grade import Grade
from agent_app.domain.errors import BadSetting, NotTrusted, ProxyRefused
from agent_app.domain.network import Network
from agent_app.domain.settings import Settings
from agent_app.store.database import Key
from agent_app.store.store import Store
from agent_app.system.secrets import Keyring
from agent_app.text.labels import error_words
from tests.sandbox import ROOT, RunningSandbox
from tests.tls import Authority, tls_server

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.qt_log_ignore(  # what QtMultimedia says where there is no sound
        "Couldn't load", "Couldn't resolve", "PulseAudioService", extend=True
    ),
]
PASSPHRASE = "AGENT_APP_STORE_PASSPHRASE"
SETTINGS = ("AGENT_APP_SERVER_URL", "AGENT_APP_CLIENT_ID", "AGENT_APP_CLIENT_SECRET", PASSPHRASE)


def doctor(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    bare = {k: v for k, v in os.environ.items() if k not in SETTINGS}
    return subprocess.run(
        [sys.executable, "-m", "agent_app", "doctor", *arguments],
        cwd=ROOT,
        env={**bare, "AGENT_APP_DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def found(findings: list[Any]) -> dict[str, tuple[Grade, str]]:
    return {one.subject: (one.grade, one.words) for one in findings}


async def look(folder: Path, account: Account, **settings: Any) -> dict[str, tuple[Grade, str]]:
    patient = CheckupTarget(folder, Configuration(Settings(**settings)), account, Keyring())
    return found(await examine(patient))


def by_environment(sandbox: RunningSandbox, server: str = "", secret: str = "") -> Account:
    return Account(
        SignInMethod.ENVIRONMENT,
        server or sandbox.server,
        sandbox.client_id,
        secret or sandbox.client_secret,
    )


def test_the_command_prints_and_ends_with_its_worst(
    tmp_path: Path, sandbox: RunningSandbox
) -> None:
    environment = {
        "AGENT_APP_SERVER_URL": sandbox.server,
        "AGENT_APP_CLIENT_ID": sandbox.client_id,
        "AGENT_APP_CLIENT_SECRET": sandbox.client_secret,
        PASSPHRASE: "CANARY-passphrase",
        "AGENT_APP_PROXY": "http://user:CANARY-proxy@proxy.example:3128",
    }
    said = doctor(tmp_path, "--json", **environment)
    report = json.loads(said.stdout)
    grades = {one["grade"] for one in report["findings"]}
    assert report["worst"] == ("error" if "error" in grades else "warning")
    assert said.returncode == {"warning": 1, "error": 2}[report["worst"]]
    for canary in ("CANARY", sandbox.client_secret):
        assert canary not in said.stdout + said.stderr
    sources = {one["name"]: one["source"] for one in report["settings"]}
    assert sources["server"] == sources["proxy"] == "environment"
    assert sources["retry"] == "default"
    plain = doctor(tmp_path, **environment)
    assert "sign-in" in plain.stdout
    assert "Settings:" in plain.stdout
    assert "Traceback" not in plain.stderr


def test_settings_that_cannot_be_used_are_the_finding(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('theme = "dark"\nlanguage = "xx"\n')
    said = doctor(tmp_path, "--json")
    assert said.returncode == 2
    assert "settings.toml, line 2: language must be one of" in said.stdout
    said = doctor(tmp_path)
    assert said.returncode == 2
    assert said.stdout.startswith("ERROR")


async def test_a_server_that_answers(tmp_path: Path, sandbox: RunningSandbox) -> None:
    seen = await look(tmp_path, by_environment(sandbox))
    assert seen["server"][0] is Grade.FINE
    assert "no proxy" in seen["server"][1]
    assert "the clocks agree" in seen["server"][1]
    grade, words = seen["sign-in"]
    assert grade is Grade.FINE
    assert "followups:write" in words
    assert "reads left this hour" in words


async def test_each_scopes_endpoint_is_asked_once(tmp_path: Path, sandbox: RunningSandbox) -> None:
    sandbox.set(role="supervisor")
    scopes = "followups:read debts:read users:read reports:read debts:write webhooks:read"
    seen = await look(tmp_path, by_environment(sandbox), scopes=scopes)
    grade, words = seen["sign-in"]
    assert grade is Grade.FINE, words
    assert "not tried: debts:write webhooks:read" in words
    asked = [one["path"].removeprefix("/external-api/v1") for one in sandbox.requests("GET")]
    assert asked == ["/followups", "/debts", "/company/users", "/reports"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("GET */company/users status=404", "users:read does not answer: /company/users is not"),
        ("GET */debts status=403", "debts:read does not answer: /debts: HTTP 403"),
        ("GET */debts status=500", "debts:read does not answer: /debts: HTTP 500"),
        ("GET */reports html", "reports:read does not answer: /reports: the reply"),
    ],
)
async def test_an_endpoint_that_does_not_answer_is_named_and_the_others_are_asked(
    tmp_path: Path, sandbox: RunningSandbox, fault: str, words: str
) -> None:
    sandbox.set(role="supervisor")
    sandbox.fault(fault)
    scopes = "followups:read debts:read users:read reports:read"
    grade, said = (await look(tmp_path, by_environment(sandbox), scopes=scopes))["sign-in"]
    assert grade is Grade.WARNING
    assert words in said
    assert said.count("does not answer") == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"server": "http://127.0.0.1:9"}, "not reached"),
        ({"secret": "wrong"}, "invalid_client"),
    ],
)
async def test_a_server_that_does_not(
    tmp_path: Path, sandbox: RunningSandbox, changes: dict[str, str], words: str
) -> None:
    seen = await look(tmp_path, by_environment(sandbox, **changes))
    subject = "server" if "server" in changes else "sign-in"
    assert seen[subject][0] is Grade.ERROR
    assert words in seen[subject][1]


async def test_a_host_that_is_not_allowed(tmp_path: Path) -> None:
    account = Account(SignInMethod.BROWSER, "https://elsewhere.example", "id")
    seen = await look(tmp_path, account, allowed_hosts=("api.example",))
    assert seen["server"] == (
        Grade.ERROR,
        "https://elsewhere.example: not among the allowed hosts",
    )


async def test_a_file_of_certificates_that_holds_none(tmp_path: Path) -> None:
    (tmp_path / "company.pem").write_text("no certificate")
    account = Account(SignInMethod.BROWSER, "https://api.example", "id")
    seen = await look(tmp_path, account, ca_bundle=str(tmp_path / "company.pem"))
    assert seen["server"][0] is Grade.ERROR
    assert "holds no certificates" in seen["server"][1]


@pytest.mark.parametrize(
    ("served", "bundle", "words"),
    [
        ("expired", "company", "its certificate expired on 2026-01-01"),
        ("early", "company", "its certificate is not valid yet, only on 2099-01-01"),
        ("other", "company", "its certificate is for other.example, www.other.example, not for"),
        ("good", "stranger", "stranger.pem"),
        ("good", "company", "vouched for by The company"),
    ],
)
async def test_what_is_wrong_with_a_certificate_is_told_apart(
    tmp_path: Path, served: str, bundle: str, words: str
) -> None:
    authority, stranger = Authority("The company"), Authority("A stranger")
    (tmp_path / "company.pem").write_bytes(authority.pem)
    (tmp_path / "stranger.pem").write_bytes(stranger.pem)
    async with tls_server(authority, served, tmp_path) as server:
        account = Account(SignInMethod.BROWSER, server, "id")
        file = str(tmp_path / f"{bundle}.pem")
        seen = await look(tmp_path, account, ca_bundle=file)
        assert words in seen["server"][1]
        transport = Transport(server, Network(ca_bundle=file))
        if (served, bundle) != ("good", "company"):
            with pytest.raises(NotTrusted) as caught:
                await transport.send("POST", "/token", form={"grant_type": "x"})
            said = error_words(caught.value, UTC, QLocale("en_GB"), None)
            told = {
                "expired": "expired on 01/01/2026",
                "early": "not valid yet",
                "other": "is for other.example, www.other.example, not for localhost",
                "good": "not vouched for by",
            }
            assert told[served] in said
        await transport.aclose()


def test_a_client_secret_of_the_administrators_is_in_effect_and_shown_to_nobody(
    tmp_path: Path,
) -> None:
    system, own = tmp_path / "etc", tmp_path / "own"
    system.mkdir()
    own.mkdir()
    (system / "managed.toml").write_text(
        '[fixed]\nserver = "https://api.example"\nclient_id = "id"\nclient_secret = "CANARY"\n'
        'scopes = "followups:read offline_access"\n'
    )
    configuration = configure(own, system=system, environment={})
    account = account_for(configuration.settings, None, sandbox=False)
    assert account.client_secret == "CANARY"
    assert account.way is SignInMethod.BROWSER
    told = told_settings(configuration)
    assert {"name": "client_secret", "value": "(set)", "source": "fixed"} in told
    save(own, configuration.changed(replace(configuration.settings, theme="dark")))
    written = (own / "settings.toml").read_text()
    shown = f"{told}{account!r}{configuration.settings!r}{configuration!r}{written}"
    assert "CANARY" not in shown
    (own / "settings.toml").write_text('client_secret = "CANARY"\n')
    with pytest.raises(
        BadSetting, match=r"line 1: client_secret belongs into managed.toml"
    ) as caught:
        configure(own, system=system, environment={})
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (407, "asks for a user name and password; the setting proxy takes them"),
        (403, "refused"),
    ],
)
async def test_a_proxy_that_refuses_is_named(tmp_path: Path, code: int, words: str) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {code} No\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    proxy = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with proxy:
        port = proxy.sockets[0].getsockname()[1]
        at = f"http://agent:CANARY@127.0.0.1:{port}"
        account = Account(SignInMethod.BROWSER, "https://api.example", "id")
        seen = await look(tmp_path, account, proxy=at)
        assert f"not reached: the proxy 127.0.0.1:{port} {words}" in seen["server"][1]
        assert "CANARY" not in seen["server"][1]
        transport = Transport("https://api.example", Network(proxy=at))
        with pytest.raises(ProxyRefused) as caught:
            await transport.send("POST", "/token", form={"grant_type": "x"})
        said = error_words(caught.value, UTC, QLocale("en_GB"), None)
        assert f"The proxy 127.0.0.1:{port} " in said
        assert ("user name and password" in said) == (code == 407)
        await transport.aclose()


async def test_the_store(tmp_path: Path, sandbox: RunningSandbox) -> None:
    account = by_environment(sandbox)

    async def seen(passphrase: str) -> tuple[Grade, str]:
        told = Configuration(passphrase=passphrase)
        patient = CheckupTarget(tmp_path, told, account, Keyring())
        return found(await examine(patient))["store"]

    assert "nothing is kept" in (await seen("right"))[1]
    file = tmp_path / f"{account.name}.store"
    Store(file, Key(passphrase="right")).close()
    grade, words = await seen("right")
    assert grade is Grade.FINE
    assert "0 changes not sent" in words
    grade, words = await seen("wrong")
    assert grade is Grade.ERROR
    assert "key" in words
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    file.write_bytes(whole)
    assert (await seen("right"))[0] is Grade.ERROR


@pytest.mark.skipif(os.name == "nt", reason="a matter of POSIX's permission bits")
async def test_a_folder_that_others_can_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    seen = await look(tmp_path, Account(SignInMethod.SANDBOX))
    assert seen["data folder"][0] is Grade.WARNING


def test_the_worst_counts() -> None:
    assert worst([]) is Grade.FINE


@pytest.mark.skipif(os.name == "nt", reason="memory images and their limit are POSIX's")
def test_no_memory_image_is_left(tmp_path: Path) -> None:
    """A process that ends by SIGABRT writes a core file where nobody forbids it; ours does not."""
    script = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
if sys.argv[1] == "ours":
    from agent_app.system.dumps import are_dumps_off, keep_no_dumps
    assert keep_no_dumps() and are_dumps_off()
    assert resource.getrlimit(resource.RLIMIT_CORE) == (1, 1)
os.abort()
"""
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    for whose in ("ours", "plain"):
        done = subprocess.run(
            [sys.executable, "-c", script, whose],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        assert done.returncode == -6, done.stderr
        left = list(tmp_path.iterdir())
        if whose == "ours":
            assert left == []
        elif pattern == "core" and os.getenv("CI") is None:
            assert left, "this test would not notice an image"
