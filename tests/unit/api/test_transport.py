"""What httpx does not do by itself: deadlines, size limits, trust, loopback without a proxy."""

import asyncio
import logging
import socket
import ssl
import time

import pytest

from agent_app.api.transport import MAX_BYTES, Transport
from agent_app.api.way import proxy_for
from agent_app.domain.errors import (
    BadSetting,
    ExternalError,
    NotTrusted,
    NotUnderstood,
    Unreachable,
)
from agent_app.domain.network import Network
from agent_app.domain.server_address import checked_server
from tests.sandbox import RunningSandbox

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "ftp://example.org",
        "https://",
        "http://example.org",
        "https://u:p@example.org",
        "https://example.org?x=1",
        "https://example.org/#a",
        "https://[",
        "https://example.org:99999",
        "http://",
    ],
)
async def test_what_is_no_server(address: str) -> None:
    with pytest.raises(BadSetting):
        checked_server(address)


@pytest.mark.parametrize(
    ("address", "server"),
    [
        (" https://Example.org/ ", "https://example.org"),
        ("https://example.org/base/", "https://example.org/base"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("http://localhost", "http://localhost"),
    ],
)
async def test_what_is_a_server(address: str, server: str) -> None:
    assert checked_server(address) == server


async def failure(server: str, *, deadline_s: float = 5.0, path: str = "/token") -> ExternalError:
    transport = Transport(server, deadline_s=deadline_s)
    try:
        with pytest.raises(ExternalError) as caught:
            await transport.send("POST", path, form={"grant_type": "x"})
        return caught.value
    finally:
        await transport.aclose()


async def test_refused() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = await failure(f"http://127.0.0.1:{port}")
    assert isinstance(error, Unreachable)
    assert not error.unclear


async def test_no_such_host() -> None:
    error = await failure("https://no-such-host.invalid")
    assert isinstance(error, Unreachable)
    assert not error.unclear


async def test_a_certificate_that_nobody_knows(tmp_path: object) -> None:
    # A server that speaks no TLS at all on an https address is not trusted either.
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        error = await failure(f"https://127.0.0.1:{port}")
    assert isinstance(error, NotTrusted)
    assert isinstance(ssl.SSLError(), OSError)


async def test_a_dripping_server_does_not_hold_a_request(sandbox: RunningSandbox) -> None:
    sandbox.fault("POST /token drip=0.2")
    began = time.monotonic()
    error = await failure(sandbox.server, deadline_s=1.0)
    assert isinstance(error, Unreachable)
    assert error.unclear
    assert time.monotonic() - began < 5


async def test_a_slow_server(sandbox: RunningSandbox) -> None:
    sandbox.fault("POST /token delay=3 ", count=1)
    error = await failure(sandbox.server, deadline_s=0.3)
    assert isinstance(error, Unreachable)
    assert error.unclear


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_reset_is_unclear(sandbox: RunningSandbox, when: str) -> None:
    sandbox.fault(f"POST /token drop={when}")
    error = await failure(sandbox.server)
    assert isinstance(error, Unreachable)
    assert error.unclear


@pytest.mark.parametrize("kind", [f"big={MAX_BYTES + 1}", "bomb=200000000"])
async def test_a_large_body_is_refused_while_it_comes(sandbox: RunningSandbox, kind: str) -> None:
    sandbox.fault(f"POST /token {kind}")
    assert isinstance(await failure(sandbox.server), NotUnderstood)


async def test_a_body_that_breaks_off(sandbox: RunningSandbox) -> None:
    sandbox.fault("POST /token cut")
    error = await failure(sandbox.server)
    assert isinstance(error, Unreachable)
    assert error.unclear


async def test_a_redirect_is_not_followed(sandbox: RunningSandbox) -> None:
    sandbox.fault("POST /token redirect=http://127.0.0.1:1/elsewhere")
    transport = Transport(sandbox.server)
    answer = await transport.send("POST", "/token", form={"grant_type": "x"})
    assert answer.code == 307
    await transport.aclose()


async def test_loopback_goes_through_no_proxy(
    sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    transport = Transport(sandbox.server)
    answer = await transport.send("POST", "/token", form={"grant_type": "x"})
    assert answer.code == 400
    await transport.aclose()


async def test_the_system_proxy_is_used_for_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        error = await failure("https://desk.example.org")
    assert isinstance(error, Unreachable)
    assert asked == [b"CONNECT desk.example.org:443 HTTP/1.1\r\n"]


SAID_BY_THE_SYSTEM = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.mark.parametrize(
    ("said", "proxy"),
    [
        ({"https_proxy": "http://one:1"}, "http://one:1"),
        ({"HTTPS_PROXY": "one:1"}, "http://one:1"),
        ({"ALL_PROXY": "http://all:1"}, "http://all:1"),
        ({"all_proxy": "all:1"}, "http://all:1"),
        ({"all_proxy": "http://all:1", "https_proxy": "http://one:1"}, "http://one:1"),
        ({"http_proxy": "http://one:1"}, ""),
        ({"all_proxy": "http://all:1", "no_proxy": "desk.example"}, ""),
        ({"all_proxy": "http://all:1", "NO_PROXY": "other, .example"}, ""),
        ({"all_proxy": "http://all:1", "no_proxy": "desk.example:443"}, ""),
        ({"all_proxy": "http://all:1", "no_proxy": "desk.example:8443"}, "http://all:1"),
        ({"all_proxy": "http://all:1", "no_proxy": "*"}, ""),
        ({"all_proxy": "socks5://all:1"}, None),
    ],
)
def test_the_convention_of_proxies(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, str], proxy: str | None
) -> None:
    for name in SAID_BY_THE_SYSTEM:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    if proxy is None:
        with pytest.raises(BadSetting, match="not supported"):
            proxy_for("https://desk.example", Network())
    else:
        assert proxy_for("https://desk.example", Network()) == proxy


async def test_addresses_do_not_reach_the_log(
    sandbox: RunningSandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    transport = Transport(sandbox.server)
    await transport.send(
        "GET", "/external-api/v1/followups", query={"phone": "CANARY"}, bearer="CANARY"
    )
    await transport.aclose()
    assert "CANARY" not in caplog.text
