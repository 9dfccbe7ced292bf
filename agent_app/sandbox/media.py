"""Recordings and letters, served from an origin of their own, with links that die.

A link that came from elsewhere is passed on signed, to its own host, as the provider does.
"""

import hashlib
import hmac
import io
import math
import secrets
import struct
import tempfile
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

LIFE_S = 900
RATE = 8_000
OURS = "sandbox-media:"
"""Prefix of a stored link that this server serves itself: `sandbox-media:audio/42/31000`."""


@dataclass(frozen=True)
class Link:
    """A signed link; `expires` is Unix time (seconds)."""

    address: str
    expires: int


@dataclass
class Media:
    """Signs links and serves what they point to. *now* gives Unix time in seconds."""

    now: Callable[[], float]
    life_s: float = LIFE_S
    origin: str = ""
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _folder: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory(prefix="followup-sandbox-")
    )

    def sign(self, stored: str, life_s: float | None = None) -> Link:
        """Return the link under which *stored* can be fetched for *life_s* seconds (None: as recordings)."""
        expires = math.ceil(self.now() + (self.life_s if life_s is None else life_s))
        base = self.origin + "/" + stored[len(OURS) :] if stored.startswith(OURS) else stored
        path = urlsplit(base).path
        query = urlencode({"expires": expires, "signature": self._signature(path, expires)})
        return Link(f"{base}{'&' if '?' in base else '?'}{query}", expires)

    def _signature(self, path: str, expires: int) -> str:
        return hmac.new(self._key, f"{path}\n{expires}".encode(), hashlib.sha256).hexdigest()

    def app(self) -> Starlette:
        """Return the server of the media's origin."""
        return Starlette(
            routes=[
                Route("/audio/{seed:int}/{duration:int}", self._audio),
                Route("/letter/{seed:int}", self._letter),
            ]
        )

    def _allowed(self, request: Request) -> bool:
        try:
            expires = int(request.query_params.get("expires", ""))
        except ValueError:
            return False
        wanted = self._signature(request.url.path, expires)
        given = request.query_params.get("signature", "")
        return expires > self.now() and hmac.compare_digest(given.encode(), wanted.encode())

    async def _audio(self, request: Request) -> Response:
        if not self._allowed(request):
            return PlainTextResponse("This link has expired.", 403)
        seed, duration = request.path_params["seed"], request.path_params["duration"]
        file = Path(self._folder.name) / f"{seed}-{min(duration, 600_000)}.wav"
        if not file.exists():
            file.write_bytes(_recording(seed, min(duration, 600_000)))
        return FileResponse(file, media_type="audio/wav")

    async def _letter(self, request: Request) -> Response:
        if not self._allowed(request):
            return PlainTextResponse("This link has expired.", 403)
        return Response(_letter(request.path_params["seed"]), media_type="application/pdf")

    def close(self) -> None:
        """Remove the generated files."""
        self._folder.cleanup()


def _recording(seed: int, duration_ms: int) -> bytes:
    """Return a WAV file of two voices taking turns: syllables of a few harmonics, with pauses."""
    samples = RATE * duration_ms // 1000
    second = bytearray()
    for step in range(RATE * 4):
        at = step / RATE
        turn = int(at // 2) % 2
        pitch = float(110 + seed % 40 if turn == 0 else 190 + seed % 50)
        pitch *= 1 + 0.06 * math.sin(2 * math.pi * 0.7 * at)
        syllable = max(0.0, math.sin(2 * math.pi * 3.1 * at)) * (at % 2 < 1.6)
        voice = sum(math.sin(2 * math.pi * pitch * k * at) / k for k in (1, 2, 3))
        second += struct.pack("<h", int(6_000 * syllable * voice))
    repeats = samples // (RATE * 4) + 1
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((bytes(second) * repeats)[: samples * 2])
    return out.getvalue()


def _letter(seed: int) -> bytes:
    """Return a one-page PDF."""
    text = f"BT /F1 18 Tf 72 720 Td (Sandbox letter {seed}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
    )
    return bytes(out)
