"""A connection to NATS: the one module that knows its client.

A link lives from its opening to its end. It does not come back by itself: whoever opened it opens
another one, and hears anew what is there. So nothing that was missed in between is taken for known.
"""

import asyncio
import contextlib
import logging
import re
import ssl
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import APIError, NotFoundError
from nats.nuid import NUID

from agent_app.domain.errors import BadAddress
from agent_app.domain.server_address import checked_team_server, is_loopback
from agent_app.domain.team import Beaten, NoTeam, TeamLink
from agent_app.team.bus import Heard, Message
from agent_app.team.credentials import Credentials, public_key, signed
from agent_app.team.subjects import Lifetimes, Stream, streams

log = logging.getLogger(__name__)
T = TypeVar("T")

CONNECT_S = 3.0
ANSWER_S = 4.0
"""How long one server has to accept a connection, and to answer (seconds)."""
CLOSE_S = 1.0
FOLLOW_S, FOLLOW_TRIES = 1.5, 8
HEARTBEAT_S = 5.0
PING_S = 5
TURN_S = 0.004
"""Messages are heard for this long before the window has its turn (seconds)."""
MOST_UNHEARD = 400_000
FULL_S = 0.01
_WRONG_SEQUENCE = (10071, 10164)
_EXPECT, _OPERATION = "Nats-Expected-Last-Subject-Sequence", "KV-Operation"
_GONE = ("DEL", "PURGE")


def _is_news(record: logging.LogRecord) -> bool:
    """asyncio warns of each TLS connection that the other end closes; the client cannot help it."""
    return "eof_received" not in str(record.msg)


logging.getLogger("asyncio").addFilter(_is_news)


class _NotSafe(NatsError):
    """A server elsewhere that does not speak TLS."""


class _Client(Client):
    """A client that sends nothing of ours to a server elsewhere before TLS stands."""

    must_have_tls = False
    """Whether TLS is a must on loopback as well."""

    def _connect_command(self) -> bytes:
        server = self._current_server
        host = (server.uri.hostname if server is not None else None) or ""
        is_safe = bool(self._server_info.get("tls_required"))
        if not is_safe and (self.must_have_tls or not is_loopback(host)):
            raise _NotSafe("the server does not ask for TLS")
        return super()._connect_command()


class Link:
    """Implements `Bus`. Made by `open_link`."""

    def __init__(self, client: Client, ended: asyncio.Event, why: "_Heard") -> None:
        self._client, self._ended, self._why = client, ended, why
        self._js = client.jetstream(timeout=ANSWER_S)
        self._offsets: deque[float] = deque(maxlen=16)
        self._last_turn = time.monotonic()
        self._heartbeats: dict[str, float] = {}
        self._names = NUID()
        self._unacknowledged: set[asyncio.Task[None]] = set()

    @property
    def server(self) -> str:
        """Where it leads."""
        url = self._client.connected_url
        return url.netloc.rpartition("@")[2] if url is not None else ""

    @property
    def version(self) -> str:
        """The server's."""
        return str(self._client._server_info.get("version", ""))

    @property
    def is_encrypted(self) -> bool:
        """Whether TLS stands between us."""
        return bool(self._client._server_info.get("tls_required"))

    async def ended(self) -> NoTeam:
        """Wait for the end, and say why it came. Also ends where the server has fallen silent."""
        while not self._ended.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_S):
                    await self._ended.wait()
            silent = time.monotonic() - 3 * HEARTBEAT_S
            if any(heard < silent for heard in self._heartbeats.values()):
                return NoTeam(TeamLink.LOST, "a stream has fallen silent")
        return self._why.last()

    async def close(self) -> None:
        """End it; what was put with `say` has left."""
        with contextlib.suppress(Exception):
            async with asyncio.timeout(ANSWER_S):
                await asyncio.gather(*self._unacknowledged, return_exceptions=True)
        with contextlib.suppress(Exception):
            async with asyncio.timeout(CLOSE_S):
                await self._client.close()

    # -- Bus

    def now(self) -> float:
        """Return the server's clock, as its latest messages have shown it."""
        offset = max(self._offsets) if self._offsets else time.time() - time.monotonic()
        return time.monotonic() + offset

    async def put(
        self, subject: str, data: bytes, *, expect: int | None = None, is_deleted: bool = False
    ) -> int:
        """Have a message kept."""
        headers: dict[str, str] = {}
        if expect is not None:
            headers[_EXPECT] = str(expect)
        if is_deleted:
            headers[_OPERATION] = _GONE[0]
        reply = await self._asked(
            self._js.publish(subject, data, timeout=ANSWER_S, headers=headers or None), subject
        )
        return reply.seq

    async def say(self, subject: str, data: bytes) -> None:
        """Have a message kept, without waiting; a refusal is logged."""
        task = asyncio.get_running_loop().create_task(self._say(subject, data))
        self._unacknowledged.add(task)
        task.add_done_callback(self._unacknowledged.discard)
        if len(self._unacknowledged) > 200:
            await asyncio.wait(self._unacknowledged, return_when=asyncio.FIRST_COMPLETED)

    async def _say(self, subject: str, data: bytes) -> None:
        try:
            await self.put(subject, data)
        except NoTeam as error:
            log.info("a message was not kept (%s): %s", subject.split(".")[0], error)

    async def flush(self) -> None:
        """Wait until all that was said is kept."""
        while self._unacknowledged:
            await self._or_end(asyncio.wait(set(self._unacknowledged)))

    async def last(self, stream: str, subject: str) -> Message | None:
        """Return the last message of a subject."""
        try:
            raw = await self._asked(
                self._js.get_last_msg(stream, subject), f"$JS.API.STREAM.MSG.GET.{stream}"
            )
        except _NotThere:
            return None
        headers = raw.headers or {}
        stamped = raw.time.timestamp() if raw.time is not None else self.now()
        return Message(
            raw.subject or subject,
            raw.data or b"",
            raw.seq or 0,
            stamped,
            headers.get(_OPERATION) in _GONE,
        )

    async def extent(self, stream: str) -> tuple[float, int]:
        """When a stream was made, and its last sequence."""
        info = await self._asked(self._js.stream_info(stream))
        born = info.created.timestamp() if info.created is not None else 0.0
        return born, info.state.last_seq

    async def follow(
        self,
        stream: str,
        subject: str,
        heard: Heard,
        *,
        after: int = 0,
        every: bool = False,
        is_full: Callable[[], bool] = lambda: False,
    ) -> None:
        """Hear what is there, and from then on all.

        A cluster may put what serves us on a node that is gone: then it is asked for anew.
        """
        for left in reversed(range(FOLLOW_TRIES)):
            try:
                await self._follow(stream, subject, heard, after, every, is_full)
            except _NoAnswer:
                if not left:
                    raise
            else:
                return

    async def _follow(
        self,
        stream: str,
        subject: str,
        heard: Heard,
        after: int,
        every: bool,
        is_full: Callable[[], bool],
    ) -> None:
        name, inbox = self._names.next().decode(), self._client.new_inbox()
        hearing = _Hearing(heard)

        async def on_message(message: Msg) -> None:
            self._heartbeats[name] = time.monotonic()
            if not message.reply.startswith("$JS.ACK"):
                await _control(message)
                return
            try:
                hearing.hear(self._read(message), message)
            except _Gap:
                self._fail(NoTeam(TeamLink.LOST, "a message is missing"))
            await self._give_a_turn()
            while is_full() and not self._ended.is_set():
                self._heartbeats[name] = time.monotonic()
                await asyncio.sleep(FULL_S)

        subscription = await self._asked(
            self._client.subscribe(
                inbox, cb=on_message, pending_msgs_limit=MOST_UNHEARD, pending_bytes_limit=0
            )
        )
        policy = DeliverPolicy.ALL if every else DeliverPolicy.LAST_PER_SUBJECT
        config = ConsumerConfig(
            name=name,
            deliver_subject=inbox,
            deliver_policy=DeliverPolicy.BY_START_SEQUENCE if after else policy,
            opt_start_seq=after + 1 if after else None,
            filter_subject=subject,
            ack_policy=AckPolicy.NONE,
            max_deliver=1,
            flow_control=True,
            idle_heartbeat=HEARTBEAT_S,
            mem_storage=True,
            num_replicas=1,
        )
        asks = f"$JS.API.CONSUMER.CREATE.{stream}.{name}.{subject}"
        try:
            adding = self._js.add_consumer(stream, config, timeout=FOLLOW_S)
            info = await self._asked(adding, asks)
        except _NoAnswer:
            await subscription.unsubscribe()
            raise
        self._heartbeats[name] = time.monotonic()
        delivered = info.delivered.consumer_seq if info.delivered is not None else 0
        if not info.num_pending and not delivered:
            hearing.is_up_to_date.set()
        await self._or_end(hearing.is_up_to_date.wait())

    def _read(self, message: Msg) -> Message:
        said = message.metadata
        stamped = said.timestamp.timestamp()
        if not said.num_pending:
            self._offsets.append(stamped - time.monotonic())
        headers = message.headers or {}
        return Message(
            message.subject,
            message.data,
            said.sequence.stream,
            stamped,
            headers.get(_OPERATION) in _GONE,
            said.num_pending,
        )

    async def _give_a_turn(self) -> None:
        """The client hands over what has come without a pause: the window would stand still."""
        now = time.monotonic()
        if now - self._last_turn > TURN_S:
            await asyncio.sleep(0)
            self._last_turn = time.monotonic()

    # -- places

    async def make_streams(self, lives: Lifetimes, replicas: int, *, may_make: bool) -> None:
        """Make the streams that are not there yet. Raises NoTeam(NOT_SET_UP) where we may not."""
        for stream in streams(lives):
            try:
                await self._asked(self._js.stream_info(stream.name))
            except _NotThere:
                if not may_make:
                    raise
                await self._asked(self._js.add_stream(_config(stream, replicas)))

    # -- small things

    def _fail(self, error: BaseException) -> None:
        self._why.errors.append(error)
        self._ended.set()

    async def _or_end(self, work: Awaitable[T]) -> T:
        """*work*, unless the connection ends before. Raises NoTeam."""
        doing = asyncio.ensure_future(work)
        ending = asyncio.ensure_future(self._ended.wait())
        try:
            await asyncio.wait((doing, ending), return_when=asyncio.FIRST_COMPLETED)
            if not doing.done():
                raise self._why.last()
            return doing.result()
        finally:
            doing.cancel()
            ending.cancel()

    async def _asked(self, work: Awaitable[T], subject: str = "") -> T:
        """*work*, which publishes to *subject*, with its errors as ours. Where we may not, the server
        says so aside and gives no answer."""
        doing = asyncio.ensure_future(work)
        if subject:
            self._why.asking[subject.lower()] = doing
        try:
            return await self._or_end(doing)
        except asyncio.CancelledError:
            if doing in self._why.refused:
                raise NoTeam(TeamLink.REFUSED, "not allowed") from None
            raise
        except NoTeam:
            raise
        except NotFoundError as error:
            raise _NotThere from error
        except APIError as error:
            if error.err_code in _WRONG_SEQUENCE:
                raise Beaten from error
            raise NoTeam(TeamLink.LOST, f"the server said {error.err_code}") from error
        except TimeoutError as error:  # NATS' own is one, too
            raise _NoAnswer from error
        except (NatsError, OSError) as error:
            raise _translated(error) from error
        finally:
            self._why.asking.pop(subject.lower(), None)
            self._why.refused.discard(doing)


class _Heard:
    """What a connection's server said that is no answer to anything."""

    def __init__(self) -> None:
        self.errors: list[BaseException] = []
        self.asking: dict[str, asyncio.Future[Any]] = {}
        self.refused: set[asyncio.Future[Any]] = set()

    def hear(self, error: BaseException) -> None:
        """Take in an error; one about our rights ends the request that it is about."""
        if "permissions violation" not in str(error).lower():
            self.errors.append(error)
            return
        named = re.search(r'"([^"]+)"', str(error))
        doing = self.asking.get(named[1].lower()) if named is not None else None
        if doing is not None:
            self.refused.add(doing)
            doing.cancel()

    def last(self) -> NoTeam:
        """Why the connection came to its end."""
        return _translated(self.errors[-1] if self.errors else ConnectionError())


class _NotThere(NoTeam):
    """A stream, or a message, that is not there."""

    def __init__(self) -> None:
        super().__init__(TeamLink.NOT_SET_UP, "not there")


class _NoAnswer(NoTeam):
    """The server does not answer in time."""

    def __init__(self) -> None:
        super().__init__(TeamLink.LOST, "no answer in time")


class _Gap(Exception):
    """A message was lost on the way."""


class _Hearing:
    """Counts what comes of one stream, and hands it on."""

    def __init__(self, heard: Heard) -> None:
        self._heard, self._number = heard, 0
        self.is_up_to_date = asyncio.Event()

    def hear(self, message: Message, raw: Msg) -> None:
        """Hand a message on. Raises _Gap where others are missing before it."""
        number = raw.metadata.sequence.consumer
        if number != self._number + 1:
            raise _Gap
        self._number = number
        self._heard(message)
        if not message.left:
            self.is_up_to_date.set()


async def _control(message: Msg) -> None:
    """Answer what the server asks for while it sends."""
    headers = message.headers or {}
    if message.reply:
        await message.respond(b"")
    elif stalled := headers.get("Nats-Consumer-Stalled"):
        await message._client.publish(stalled)


def _config(stream: Stream, replicas: int) -> StreamConfig:
    return StreamConfig(
        name=stream.name,
        subjects=[stream.subjects],
        max_age=stream.age,
        max_msgs_per_subject=stream.each,
        storage=StorageType.MEMORY if stream.in_memory else StorageType.FILE,
        discard=DiscardPolicy.NEW if stream.kv else DiscardPolicy.OLD,
        allow_rollup_hdrs=stream.kv,
        deny_delete=stream.kv,
        allow_direct=True,
        num_replicas=replicas,
        duplicate_window=min(120.0, stream.age or 120.0),
    )


def _translated(error: BaseException) -> NoTeam:
    """Return what NATS, TLS or the network said, as ours."""
    if isinstance(error, NoTeam):
        return error
    if isinstance(error, _NotSafe | ssl.SSLError):
        return NoTeam(TeamLink.NOT_TRUSTED, _why(error))
    said = str(error).lower()
    if "authorization" in said or "authentication" in said or "revoked" in said:
        return NoTeam(TeamLink.REFUSED, "the credentials are not accepted")
    if "permissions violation" in said:
        return NoTeam(TeamLink.REFUSED, "not allowed")
    return NoTeam(TeamLink.LOST, _why(error))


def _why(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return type(error).__name__ if isinstance(error, OSError) else str(error)[:200]


async def open_link(
    addresses: tuple[str, ...],
    credentials: Credentials,
    ca_bundle: str = "",
    *,
    must_have_tls: bool = False,
) -> Link:
    """Connect with one of the servers. Raises NoTeam, saying why."""
    if not addresses:
        raise NoTeam(TeamLink.BAD_FILE, "no server is named")
    ended, why = asyncio.Event(), _Heard()
    client = _Client()
    client.must_have_tls = must_have_tls

    async def on_error(error: Exception) -> None:
        why.hear(error)
        log.info("the team's server: %s", _translated(error))

    async def on_closed() -> None:
        ended.set()

    options: dict[str, Any] = {}
    if credentials.seed:
        client._public_nkey = public_key(credentials.seed)
        client._auth_configured = True
        options["signature_cb"] = lambda nonce: signed(credentials.seed, nonce)
        if credentials.jwt:
            options["user_jwt_cb"] = lambda: bytearray(credentials.jwt.encode())
    try:
        await client.connect(
            servers=_checked(addresses),
            name=f"followup-desk {credentials.member.id}",
            error_cb=on_error,
            closed_cb=on_closed,
            allow_reconnect=False,
            connect_timeout=CONNECT_S,  # type: ignore[arg-type]
            max_reconnect_attempts=1,
            reconnect_time_wait=0,
            ping_interval=PING_S,
            max_outstanding_pings=2,
            inbox_prefix=f"_INBOX_{credentials.member.id}",
            tls=_tls(credentials, ca_bundle),
            **options,
        )
    except (NatsError, OSError, TimeoutError) as error:
        with contextlib.suppress(
            Exception
        ):  # where TLS did not come about its end does not, either
            async with asyncio.timeout(CLOSE_S):
                await client.close()
        raise _translated(_first_said(why.errors, error)) from error
    return Link(client, ended, why)


def _checked(addresses: tuple[str, ...]) -> list[str]:
    try:
        return [checked_team_server(one) for one in addresses]
    except BadAddress as error:
        raise NoTeam(TeamLink.BAD_FILE, str(error)) from error


def _first_said(why: list[BaseException], error: BaseException) -> BaseException:
    """Return what says most of why no connection came about: a certificate, a refusal, else the last."""
    for one in (*why, error):
        if _translated(one).link is not TeamLink.LOST:
            return one
    return error


def _tls(credentials: Credentials, ca_bundle: str) -> ssl.SSLContext:
    if not credentials.authority and not ca_bundle:
        import truststore  # for this command alone

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if credentials.authority:
        context = ssl.create_default_context(cadata=credentials.authority)
    else:
        context = ssl.create_default_context(cafile=ca_bundle)
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # as in api/way.py
    return context
