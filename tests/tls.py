"""Certificates made for a test, and a server that shows one of them."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LONG_AGO, FAR_OFF = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
HOSTS = {"other": ("other.example", "www.other.example")}
SPANS = {
    "expired": (LONG_AGO, datetime(2026, 1, 1, 12, tzinfo=UTC)),
    "early": (datetime(2099, 1, 1, 12, tzinfo=UTC), FAR_OFF),
}


class Authority:
    """Vouches for certificates."""

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)])
        made = self._begin(self._name, self._key.public_key(), LONG_AGO, FAR_OFF)
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self.pem = _pem(made.sign(self._key, hashes.SHA256()))

    def _begin(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, begins: datetime, ends: datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(ends)
        )

    def vouch(self, kind: str) -> bytes:
        """A certificate with its key: `good`, `expired`, `early` or for an `other` host."""
        key = ec.generate_private_key(ec.SECP256R1())
        hosts = HOSTS.get(kind, ("localhost",))
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        begins, ends = SPANS.get(kind, (LONG_AGO, FAR_OFF))
        made = self._begin(subject, key.public_key(), begins, ends).add_extension(names, False)
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return private + _pem(made.sign(self._key, hashes.SHA256()))


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


@asynccontextmanager
async def tls_server(
    authority: Authority, kind: str, folder: Path, head: str = "404 Not Found"
) -> AsyncIterator[str]:
    """The address of a server that shows such a certificate and answers with *head* alone."""
    file = folder / "served.pem"
    file.write_bytes(authority.vouch(kind) + authority.pem)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(f"HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            pass  # it did not like the certificate
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "localhost", 0, family=2, ssl=context)
    try:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
