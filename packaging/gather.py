"""Gathers what goes beside the bundle; called by the build scripts, one word a step.

before MADE            build information and icons for the program itself
windows MADE LAUNCHER  the icon and the version resource of Windows' launcher
after MADE BUNDLE      licences and the SBOM of what is inside, into the bundle
stage MADE STAGE       what a Linux package holds beside the bundle
depends BUNDLE MADE    the system libraries that the bundle really needs (Linux)
nfpm MADE TEMPLATE     the packages' description, filled in
sizes BUNDLE           prints what the bundle is made of
licences JSON          checks pip-licenses' answer against the licences that may be shipped
holes JSON             reads pip-audit's answer; ends with 3 where it could not look everything up
"""

import argparse
import gzip
import importlib.metadata
import json
import os
import platform
import re
import shutil
import struct
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SITE = os.environ.get("AGENT_APP_SITE", "https://followup-desk.example")
"""Where the program's page and its picture lie; there is none yet."""
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Windows' own, at its usual scales."""
NOT_INSIDE = {"pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "setuptools", "pip"}
"""What makes the bundle and is not in it (PyInstaller's own loader is, under its exception)."""

MAX_OF_A_LICENCE = 6_000
WHERE = "The whole text is in /usr/lib/agent-app/licences and /usr/share/common-licenses."

MAY_BE_SHIPPED = {
    "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Zlib", "CC0-1.0", "Apache-2.0", "PSF-2.0",
    "MPL-2.0", "LGPL-3.0-only", "LGPL-2.1-or-later", "CNRI-Python", "ISC",
}  # fmt: skip
SAID_OTHERWISE = {
    "apsw-sqlite3mc": "MIT",  # "OSI Approved"; its text is zlib-like, SQLite is public domain
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",  # "Dual License"
    "python-stdnum": "LGPL-2.1-or-later",  # "LGPL"; it lies in the bundle as plain source
    "colorama": "BSD-3-Clause",  # "BSD License"
    "anyascii": "ISC",  # "ISC License (ISCL)"
    "certifi": "MPL-2.0",
    "python-pam": "MIT",  # its metadata names none; its LICENSE file is MIT's
}
"""Licences that a package's metadata names in words of its own."""


def moment() -> datetime:
    """The moment that stands for this build (UTC)."""
    return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)


def version() -> str:
    """The program's version."""
    found = re.search(r'__version__ = "(.+)"', (ROOT / "agent_app/__init__.py").read_text("utf-8"))
    assert found
    return found[1]


def before(made: Path) -> None:
    """Build information, and the icon as each system wants it."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    information = {
        "version": version(),
        "commit": commit,
        "built": moment().isoformat(),
        "python": python_version(),
        "sound": os.environ.get("AGENT_APP_SOUND", "yes") == "yes",
    }
    (made / "build.json").write_text(json.dumps(information, indent=1) + "\n", "utf-8")
    if sys.platform == "darwin" and not icon(256).save(str(made.parent / "followup-desk.icns")):
        raise SystemExit("Qt could not write followup-desk.icns")


def windows(made: Path, launcher: Path) -> None:
    """The icon in Windows' sizes, and what the resource compiler wants of each program."""
    write_ico(made / "followup-desk.ico")
    shutil.copy(launcher / "launcher.manifest", made)
    for program in ("agent-app", "agent-app-console"):
        fill(
            launcher / "launcher.rc",
            made / f"{program}.rc",
            ICON="followup-desk.ico",
            MANIFEST="launcher.manifest",
            NUMBERS=",".join([*version().split("."), "0"]),
            PROGRAM=program,
        )


def write_ico(file: Path) -> None:
    """Pictures in PNG, one a size, behind a table of them (Windows Vista's ICO format)."""
    from PySide6.QtCore import QBuffer, QIODevice

    pictures = []
    for size in ICO_SIZES:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not icon(size).save(buffer, "PNG"):  # type: ignore[call-overload]
            raise SystemExit("Qt could not write an icon")
        pictures.append(buffer.data().data())
    offset = 6 + 16 * len(pictures)
    head = struct.pack("<HHH", 0, 1, len(pictures))
    for size, picture in zip(ICO_SIZES, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    file.write_bytes(head + b"".join(pictures))


def python_version() -> str:
    """The version of the Python that goes in: this one, unless it is made for another system."""
    return os.environ.get("AGENT_APP_PYTHON") or platform.python_version()


def icon(size: int) -> Any:
    """The program's icon as a picture of *size* pixels."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _app = QGuiApplication.instance() or QGuiApplication([])
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(ROOT / "resources/icons/followup-desk.svg")).render(painter)
    painter.end()
    return picture


def licence_of(said: dict[str, str]) -> str:
    """The licence of a package as SPDX names it, as well as its metadata tells."""
    name = said["Name"].replace("_", "-").lower()
    if name in SAID_OTHERWISE:
        return SAID_OTHERWISE[name]
    for key in ("License-Expression", "License-Metadata", "License-Classifier"):
        if said[key] not in ("UNKNOWN", ""):
            return said[key].replace("MIT License", "MIT").replace("BSD License", "BSD-3-Clause")
    return "UNKNOWN"


def may_be_shipped(licence: str) -> bool:
    """Whether one of the choices that a licence gives is one that we ship, with all its parts."""
    return any(
        all(part.strip(" ()") in MAY_BE_SHIPPED for part in choice.split(" AND "))
        for choice in licence.split(" OR ")
    )


def inside(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Of all packages of the environment, those whose code is shipped."""
    return [r for r in rows if r["Name"].replace("_", "-").lower() not in NOT_INSIDE]


def licences(file: Path) -> None:
    """Fails, naming them, where a package has a licence that is not shipped."""
    rows = inside(json.loads(file.read_text("utf-8")))
    bad = [r for r in rows if not may_be_shipped(licence_of(r))]
    for row in bad:
        print(f"NOT SHIPPED  {row['Name']} {row['Version']}: {licence_of(row)}")
    if bad:
        raise SystemExit(f"{len(bad)} packages have licences that are not shipped.")
    counts = Counter(licence_of(row) for row in rows)
    said = ", ".join(f"{count} {licence}" for licence, count in counts.most_common())
    print(f"ok    licences of {len(rows)} packages: {said}")


def holes(file: Path) -> None:
    """Fails where a hole is known; ends with 3 where packages were not looked up, naming how many."""
    try:
        rows = json.loads(file.read_text("utf-8"))["dependencies"]
    except (ValueError, KeyError):
        print("NOT LOOKED AT: the list of published holes cannot be reached from here")
        raise SystemExit(3) from None
    bad = [row for row in rows if row.get("vulns")]
    for row in bad:
        print(f"HOLE  {row['name']} {row['version']}: {', '.join(v['id'] for v in row['vulns'])}")
    if bad:
        raise SystemExit(1)
    skipped = [row["name"] for row in rows if "skip_reason" in row]
    if skipped:
        print(
            f"NOT LOOKED AT: {len(skipped)} of {len(rows)} packages are not in the list of"
            " published holes that can be reached from here"
        )
        raise SystemExit(3)
    print(f"ok, no published hole is known of {len(rows)} packages")


def after(made: Path, bundle: Path) -> None:
    """The licences and the SBOM, in the bundle's folder `licences`."""
    rows = inside(json.loads((made / "licences.json").read_text("utf-8")))
    licences(made / "licences.json")
    folder = bundle / "licences"
    folder.mkdir(exist_ok=True)
    shutil.copy(ROOT / "LICENSE", folder / "Followup-Desk.txt")
    for file in (ROOT / "packaging/licences").iterdir():
        shutil.copy(file, folder / file.name)
    for row in rows:
        texts = [t for t in (row["LicenseText"], row["NoticeText"]) if t not in ("UNKNOWN", "")]
        texts = texts or [f"See {licence_of(row).split(' OR ')[0]}.txt beside this file."]
        head = f"{row['Name']} {row['Version']}\n{row['URL']}\nLicence: {licence_of(row)}\n"
        (folder / f"{row['Name']}.txt").write_text("\n".join([head, *texts]) + "\n", "utf-8")
    python = Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for place in (python / "LICENSE.txt", Path("/usr/share/doc/python3/copyright")):
        if place.exists():
            shutil.copy(place, folder / "Python.txt")
            break
    (folder / "README.txt").write_text(
        "Followup Desk is under the MIT licence (Followup-Desk.txt). It contains the libraries named\n"
        "here. Qt and PySide6 are used under the LGPL 3: their shared libraries lie beside the program\n"
        "in _internal/PySide6 and may be replaced by builds of your own of the same version; so may\n"
        "the source of python-stdnum in _internal/stdnum (LGPL 2.1 or later). What each release holds\n"
        "is listed in sbom.cdx.json. Qt's and FFmpeg's sources: https://download.qt.io and\n"
        "https://ffmpeg.org (FFmpeg's libraries come with Qt's, under the LGPL 2.1 or later).\n",
        "utf-8",
    )
    sbom = made_sbom(json.loads((made / "sbom.json").read_text("utf-8")))
    for place in (made, folder):
        (place / "sbom.cdx.json").write_text(json.dumps(sbom, indent=1) + "\n", "utf-8")


def made_sbom(sbom: dict[str, Any]) -> dict[str, Any]:
    """The environment's SBOM as the program's: what only builds is left out, and what is no Python
    package is named."""
    gone = {
        c["bom-ref"]
        for c in sbom["components"]
        if c["name"].replace("_", "-").lower() in NOT_INSIDE
    }
    sbom["components"] = [c for c in sbom["components"] if c["bom-ref"] not in gone]
    sbom["dependencies"] = [
        {**d, "dependsOn": sorted(set(d.get("dependsOn", [])) - gone)}
        for d in sbom["dependencies"]
        if d["ref"] not in gone
    ]
    qt = importlib.metadata.version("PySide6-Essentials")
    sbom["components"] += [
        {"type": "application", "bom-ref": "python", "name": "python",
         "version": python_version(), "licenses": [{"license": {"id": "PSF-2.0"}}],
         "cpe": f"cpe:2.3:a:python:python:{python_version()}:*:*:*:*:*:*:*"},
        {"type": "framework", "bom-ref": "qt", "name": "qt", "version": qt,
         "licenses": [{"license": {"id": "LGPL-3.0-only"}}],
         "cpe": f"cpe:2.3:a:qt:qt:{qt}:*:*:*:*:*:*:*"},
        {"type": "library", "bom-ref": "sqlite3mc", "name": "SQLite3 Multiple Ciphers (in apsw)",
         "version": importlib.metadata.version("apsw-sqlite3mc"),
         "licenses": [{"license": {"id": "MIT"}}]},
    ]  # fmt: skip
    sbom["metadata"]["component"] = {
        "type": "application",
        "bom-ref": "followup-desk",
        "name": "followup-desk",
        "version": version(),
        "licenses": [{"license": {"id": "MIT"}}],
    }
    sbom["dependencies"].append(
        {"ref": "followup-desk", "dependsOn": sorted(c["bom-ref"] for c in sbom["components"])}
    )
    return sbom


def stage(made: Path, folder: Path) -> None:
    """Icons, metainfo, copyright and changelog."""
    for size in ICON_SIZES:
        place = folder / "icons" / f"{size}x{size}" / "apps"
        place.mkdir(parents=True)
        if not icon(size).save(str(place / "followup-desk.png")):
            raise SystemExit("Qt could not write an icon")
    place = folder / "icons/scalable/apps"
    place.mkdir(parents=True)
    shutil.copy(ROOT / "resources/icons/followup-desk.svg", place)
    from PySide6.QtGui import QImage

    window = QImage(str(ROOT / "resources/pictures/window.png"))
    fill(
        ROOT / "packaging/linux/metainfo.xml",
        folder / "example.followup_desk.FollowupDesk.metainfo.xml",
        WIDTH=window.width(),
        HEIGHT=window.height(),
    )
    shutil.copy(ROOT / "packaging/managed.toml", folder / "managed.toml.example")
    rows = inside(json.loads((made / "licences.json").read_text("utf-8")))
    paragraphs = [
        "Followup Desk, and the libraries that lie in /usr/lib/agent-app beside it.\n"
        f"Source: {SITE}\n",
        "Files: *\nCopyright: the makers of Followup Desk\nLicense: MIT\n"
        + indented((ROOT / "LICENSE").read_text("utf-8")),
    ]
    for row in rows:
        text = row["LicenseText"]
        if len(text) > MAX_OF_A_LICENCE or text == "UNKNOWN":  # the system has it, or it is there
            text = f"{licence_of(row)}. {WHERE}"
        paragraphs.append(
            f"Files: usr/lib/agent-app/_internal/{row['Name'].replace('-', '_')}*\n"
            f"Copyright: the authors of {row['Name']}, as named below\n"
            f"License: {row['Name']}-terms\n" + indented(text)
        )
    (folder / "copyright").write_text("\n".join(paragraphs), "utf-8")
    day = moment().strftime("%a, %d %b %Y %H:%M:%S +0000")
    changes = (
        f"agent-app ({version()}-1) stable; urgency=medium\n\n"
        "  * This release; what is in it stands in CHANGELOG.md.\n\n"
        f" -- The makers of Followup Desk <packages@followup-desk.example>  {day}\n"
    )
    with (
        (folder / "changelog.Debian.gz").open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed,
    ):
        packed.write(changes.encode())


def indented(text: str) -> str:
    """A text as a field of Debian's control format goes on: indented, a dot for an empty line."""
    lines = (line.rstrip().replace("\f", "") for line in text.splitlines())
    return "".join(f" {line}\n" if line else " .\n" for line in lines)


def fill(template: Path, into: Path, **words: object) -> None:
    """A template with the words between @ signs filled in. Raises KeyError for an unknown one."""
    known = {"VERSION": version(), "SITE": SITE, "DATE": f"{moment():%Y-%m-%d}", **words}
    text = re.sub(r"@([A-Z_]+)@", lambda m: str(known[m[1]]), template.read_text("utf-8"))
    into.write_text(text, "utf-8")


def elf_files(bundle: Path) -> list[Path]:
    """The programs and shared libraries in a bundle."""
    files = sorted(f for f in bundle.rglob("*") if f.is_file() and not f.is_symlink())
    found = []
    for file in files:
        with file.open("rb") as opened:
            if opened.read(4) == b"\x7fELF":
                found.append(file)
    return found


ALSO = {
    "deb": ("ca-certificates", "libpam0g"),
    "rpm": ("ca-certificates", "libpam.so.0()(64bit)", "/bin/sh"),
}
"""What no file of the bundle names: certificates that are read, PAM, which ctypes opens, and what runs the
.rpm's scripts (dpkg always has a shell)."""


def depends(bundle: Path, made: Path) -> None:
    """`depends.json`: packages for the .deb (dpkg-shlibdeps), libraries for the .rpm (elfdeps)."""
    files = elf_files(bundle)
    own = {file.name for file in files}
    work = made / "shlibdeps"
    (work / "debian").mkdir(parents=True, exist_ok=True)
    (work / "debian/control").write_text(
        "Source: agent-app\n\nPackage: agent-app\nArchitecture: any\n"
    )
    private = sorted({str(f.parent.resolve()) for f in files})
    said = subprocess.run(
        ["dpkg-shlibdeps", "-O", "--warnings=1", "--ignore-missing-info",
         *[f"-l{folder}" for folder in private], *[f"-e{f.resolve()}" for f in files]],
        cwd=work, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if said.returncode:
        raise SystemExit(f"dpkg-shlibdeps: {said.stderr}")
    packages = said.stdout.strip().removeprefix("shlibs:Depends=").split(", ")
    packages = [one for one in packages if not one.startswith("libpython3")]
    needed = subprocess.run(
        ["/usr/lib/rpm/elfdeps", "--requires"],
        input="".join(f"{f}\n" for f in files), capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    libraries = sorted({one for one in needed if one and one.split("(")[0] not in own})
    (made / "depends.json").write_text(
        json.dumps({"deb": sorted([*packages, *ALSO["deb"]]),
                    "rpm": [*libraries, *ALSO["rpm"]]}, indent=1) + "\n"
    )  # fmt: skip


def nfpm(made: Path, template: Path) -> None:
    """The packages' description, with this bundle's dependencies."""
    needed = json.loads((made / "depends.json").read_text())
    lists = {f"{kind.upper()}_DEPENDS": ", ".join(map(json.dumps, needed[kind])) for kind in needed}
    fill(template, made / "nfpm.yaml", **lists)


KINDS = (
    (
        "multimedia (FFmpeg, QtMultimedia, Qt Quick which it needs)",
        r"lib(av|sw)|/(av|sw)[a-z]+-\d+\.dll|Multimedia|multimedia|Qt6(Qml|Quick)|FFmpeg|ffmpeg|QtConcurrent|Qt6Concurrent",
    ),
    ("Qt's ICU data and code", r"/libicu"),
    ("Qt and PySide6", r"/PySide6/|shiboken|/libQt6"),
    ("cryptography (the keyring's transport)", r"/cryptography"),
    ("Python", r"libpython|lib-dynload|base_library|_internal/[^/]+\.(dll|pyd|zip)$"),
    ("time zones, holidays and numbers", r"tzdata|pytz|holidays|stdnum|dateutil|phonenumbers"),
    ("the program and all pure Python", r"/agent-app(-console)?(\.exe)?$|\.pyc$"),
    ("licences", r"/licences/"),
)


def sizes(bundle: Path) -> None:
    """Prints the size of the bundle, by what it is made of (MB of 10^6 bytes)."""
    total: Counter[str] = Counter()
    for file in bundle.rglob("*"):
        if file.is_file() and not file.is_symlink():
            kind = next((k for k, pattern in KINDS if re.search(pattern, str(file))), "the rest")
            total[kind] += file.stat().st_size
    for kind, size in total.most_common():
        print(f"{size / 1e6:8.1f} MB  {kind}")
    print(f"{total.total() / 1e6:8.1f} MB  in all")


def main() -> None:
    """Take a step."""
    steps = {
        f.__name__: f
        for f in (before, windows, after, stage, depends, nfpm, sizes, licences, holes)
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=steps)
    parser.add_argument("paths", nargs="+", type=Path)
    said = parser.parse_args()
    steps[said.step](*said.paths)


if __name__ == "__main__":
    main()
