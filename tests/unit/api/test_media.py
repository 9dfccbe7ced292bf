"""Recordings are fetched from public hosts alone, over https, and every hop is a first one."""

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest

from agent_app.api import media
from agent_app.api.media import open_stream
from agent_app.domain.errors import ExternalError, LinkRefused, NotTrusted, NotUnderstood
from agent_app.domain.network import Network
from tests.hosts import a_host
from tests.tls import Authority, tls_server

pytestmark = pytest.mark.anyio


async def outcome(
    link: str, network: Network | None = None, *, this_computer: bool = False
) -> ExternalError | bytes:
    try:
        async with open_stream(link, 0, network, this_computer=this_computer) as stream:
            return b"".join([chunk async for chunk in stream.chunks])
    except ExternalError as error:
        return error


async def test_no_token_goes_to_a_recordings_host() -> None:
    heads: list[str] = []

    async def handle(head: str, writer: asyncio.StreamWriter) -> None:
        heads.append(head.lower())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

    async with a_host(handle) as host:
        assert await outcome(f"{host}/a", this_computer=True) == b"hi"
    assert "authorization" not in heads[0]
    assert "cookie" not in heads[0]


async def test_no_cookie_is_kept_across_redirects() -> None:
    heads: list[str] = []

    async def handle(head: str, writer: asyncio.StreamWriter) -> None:
        heads.append(head.lower())
        first = "GET /a" in head
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n" if first else b"HTTP/1.1 200 OK\r\n")
        writer.write(b"Set-Cookie: who=agent; Path=/; Domain=127.0.0.1\r\n")
        writer.write(b"Set-Cookie: host=only\r\nContent-Length: 0\r\n\r\n")

    async with a_host(handle) as host:
        assert await outcome(f"{host}/a", this_computer=True) == b""
    assert len(heads) == 2
    assert not any("cookie" in head for head in heads)


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/a", "https://192.168.0.1/a", "https://169.254.169.254/latest", "file:///etc",
     "http://example.org/a", "https://u:p@example.org/", "//10.0.0.1/x"],
)  # fmt: skip
async def test_a_redirect_leads_nowhere_private(target: str) -> None:
    async def handle(_head: str, writer: asyncio.StreamWriter) -> None:
        reply = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n"
        writer.write(reply.encode())

    async with a_host(handle) as host:
        assert isinstance(await outcome(f"{host}/a", this_computer=True), LinkRefused)


async def test_a_loop_of_redirects_ends() -> None:
    async def handle(_head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")

    async with a_host(handle) as host:
        assert isinstance(await outcome(f"{host}/a", this_computer=True), NotUnderstood)


@pytest.mark.parametrize("link", ["http://example.org/a", "https://10.0.0.1/a", "ftp://x/", ""])
async def test_where_a_link_may_not_lead(link: str) -> None:
    assert isinstance(await outcome(link), LinkRefused)


@pytest.mark.parametrize(
    "target",
    ["https://" + "a" * 64 + ".example/x", "https://a..b.example/x", "https://[::1/x",
     "https://xn--a.example/x", "https://" + "a." * 200 + "example/x", "https://é" + "é" * 70 + "/x",
     "https://a:99999999/x", "https://\u2100.example/x"],
)  # fmt: skip
async def test_odd_hosts_are_met_in_words(target: str) -> None:
    assert isinstance(await outcome(target), ExternalError)

    async def handle(_head: str, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n"
        writer.write(head.encode("utf-8"))

    async with a_host(handle) as host:
        assert isinstance(await outcome(f"{host}/a", this_computer=True), ExternalError)


# -- this computer


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "127.1", "[::1]", "0.0.0.0"])
async def test_a_server_elsewhere_leads_to_no_service_of_this_computer(name: str) -> None:
    asked: list[str] = []

    async def handle(head: str, writer: asyncio.StreamWriter) -> None:
        asked.append(head)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

    async with a_host(handle) as host:
        port = host.rpartition(":")[2]
        for scheme in ("http", "https"):
            link = f"{scheme}://{name}:{port}/admin?do=it"
            assert isinstance(await outcome(link), LinkRefused)
            allowed = Network(allowed_hosts=("media.example",))
            assert isinstance(await outcome(link, allowed), LinkRefused)
    assert asked == []


async def test_a_name_that_answers_differently_the_second_time_gains_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(100))
        writer.close()

    looked_up: list[str] = []
    truly = socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        if host not in ("rebinds.example", b"rebinds.example"):
            return truly(host, port, *more, **named)
        looked_up.append(host)
        return truly("93.184.216.34" if len(looked_up) == 1 else "127.0.0.1", port, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert isinstance(await outcome(f"https://rebinds.example:{port}/a"), LinkRefused)
    assert len(looked_up) > 1
    assert not any(heard), "not even a handshake is said to it"


# -- every hop is checked like the first


async def test_a_redirect_leads_never_from_https_to_http(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority("The company")
    (tmp_path / "company.pem").write_bytes(authority.pem)
    asked: list[str] = []

    async def handle(head: str, writer: asyncio.StreamWriter) -> None:
        asked.append(head)

    async with a_host(handle) as plain:
        head = f"302 Found\r\nLocation: {plain}/a"
        async with tls_server(authority, "good", tmp_path, head) as host:
            trusting = Network(ca_bundle=str(tmp_path / "company.pem"))
            found = await outcome(f"{host}/a", trusting, this_computer=True)
    assert isinstance(found, LinkRefused)
    assert asked == []


async def test_the_next_hops_certificate_is_checked_though_the_first_had_none(
    tmp_path: Path,
) -> None:
    async with tls_server(Authority("A stranger"), "good", tmp_path, "200 OK") as untrusted:

        async def handle(_head: str, writer: asyncio.StreamWriter) -> None:
            head = f"HTTP/1.1 302 Found\r\nLocation: {untrusted}/a\r\nContent-Length: 0\r\n\r\n"
            writer.write(head.encode())

        async with a_host(handle) as host:
            assert isinstance(await outcome(f"{host}/a", this_computer=True), NotTrusted)


async def test_each_hop_goes_by_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first needs no proxy, the next one does."""
    seen: list[str] = []

    async def proxy(head: str, writer: asyncio.StreamWriter) -> None:
        seen.append(head.splitlines()[0])
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    async def handle(_head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 302 Found\r\nLocation: https://media.example.org/a\r\n"
            b"Content-Length: 0\r\n\r\n"
        )

    async with a_host(proxy) as at, a_host(handle) as host:
        link = host.replace("127.0.0.1", "localhost")
        monkeypatch.setattr(media, "_addresses", loopback_or_nothing)
        found = await outcome(f"{link}/a", Network(proxy=at), this_computer=True)
    assert isinstance(found, ExternalError)
    assert seen == ["CONNECT media.example.org:443 HTTP/1.1"]


async def loopback_or_nothing(host: str, _patience: float | None) -> list[str]:
    return ["127.0.0.1"] if host == "localhost" else []


# -- private places, also where a proxy would find the way


@pytest.mark.parametrize(
    "host",
    ["10.0.0.1", "192.168.7.7", "169.254.169.254", "[64:ff9b::a00:1]", "[64:ff9b:1::7f00:1]",
     "[2002:a00:1::]", "[::ffff:10.0.0.1]", "[fec0::1]", "[ff02::1]", "[fd00::1]", "intranet",
     "printer.local", "wiki.corp", "metadata.internal", "nas.lan.", "127.0.0.1", "localhost"],
)  # fmt: skip
@pytest.mark.parametrize("through", ["nothing", "a proxy"])
async def test_a_private_host_is_never_asked(host: str, through: str) -> None:
    seen: list[str] = []

    async def proxy(head: str, writer: asyncio.StreamWriter) -> None:
        seen.append(head)

    async with a_host(proxy) as at:
        network = Network(proxy=at if through == "a proxy" else "none")
        assert isinstance(await outcome(f"https://{host}/a", network), LinkRefused)
    assert seen == []


async def test_a_name_that_is_private_here_is_refused_though_a_proxy_would_ask_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def inner(_host: str, _patience: float | None) -> list[str]:
        return ["10.1.2.3"]

    async def proxy(_head: str, _writer: asyncio.StreamWriter) -> None:
        raise AssertionError("it was asked")

    monkeypatch.setattr(media, "_addresses", inner)
    async with a_host(proxy) as at:
        found = await outcome("https://looks-public.example/a", Network(proxy=at))
    assert isinstance(found, LinkRefused)
