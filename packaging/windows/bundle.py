"""Lays out the Windows bundle, on any system, with the Python whose byte code it is to hold.

    bundle.py PYTHON SITE MADE INTO

PYTHON is the folder of python.org's embeddable Python, SITE the folder of the `win_amd64` wheels, MADE
holds build.json. INTO/_internal becomes what Python's path names: PYTHON's files, of SITE what the desk
uses, the desk itself, its resources. Only the parts of Qt that are named here go in, with the libraries
that those need; Qt stays in shared libraries of its own that a person may replace (LGPL). Modules
become byte code in the order of their names, so that two runs give the same bytes.
"""

import importlib.util
import marshal
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WITH_SOUND = os.environ.get("AGENT_APP_SOUND", "yes") == "yes"

QT_MODULES = ["QtCore", "QtGui", "QtNetwork", "QtSvg", "QtTest", "QtWidgets"] + (
    ["QtMultimedia"] if WITH_SOUND else []
)
QT_PLUGINS = [
    "platforms/qwindows", "platforms/qoffscreen", "styles/qmodernwindowsstyle",
    "iconengines/qsvgicon", "imageformats/qsvg", "imageformats/qico",
    "networkinformation/qnetworklistmanager",
] + (["multimedia/ffmpegmediaplugin", "multimedia/windowsmediaplugin"] if WITH_SOUND else [])  # fmt: skip
QT_MORE = r"PySide6/(__init__|_config|_git_pyside_version)\.py|PySide6/translations/qtbase_fr\.qm"
"""Of PySide6, beside the modules and plug-ins, what is taken as it is."""

NOT_TAKEN = re.compile(
    # folders
    r"(^|/)(tests?|__pycache__|__pyinstaller|_pyinstaller|include)/"
    r"|^(bin|dateparser_cli|dateparser_scripts"
    r"|phonenumbers/(geodata|carrierdata)|apsw/(sqlite_extra_binaries|fts_test_strings)"
    r"|shiboken6/(lib|include)|holidays/locale)/"
    r"|^apsw/(shell|speedtest|__main__)\.py$|/conftest\.py$"
    # what compilers, type checkers and pip want
    r"|\.(pyi|pxd|pyx|lib|a|h|c|cpp|rst|md|tmpl)$|/py\.typed$"
    r"|\.dist-info/(?!METADATA$|entry_points\.txt$)"
)
WITH_METADATA = re.compile(r"^(keyring)-[^/]+\.dist-info/|^(?!.*\.dist-info/)")
"""Of the packages' descriptions, those that are read when the program runs."""
AS_SOURCE = re.compile(r"^stdnum/")
"""LGPL: replaceable, so not as byte code."""

SYSTEMS_PYTHON = {"python.exe", "pythonw.exe", "python.cat", "LICENSE.txt"}
"""Of the embeddable Python, what the launcher makes unneeded, and what lies with the licences."""


def main(python: Path, site: Path, made: Path, into: Path) -> None:
    """Make INTO/_internal."""
    inner = into / "_internal"
    inner.mkdir(parents=True)
    for file in python.iterdir():
        if file.name not in SYSTEMS_PYTHON and file.suffix != "._pth":
            shutil.copyfile(file, inner / file.name)
    (library,) = python.glob("python3??.dll")
    (inner / f"{library.stem}._pth").write_text(f"{library.stem}.zip\n.\n", "ascii")

    for file, name in wanted(site):
        place(file, inner, name)
    for file in sorted((ROOT / "agent_app").rglob("*.py")):
        place(file, inner, file.relative_to(ROOT).as_posix())
    for file in sorted((ROOT / "resources").rglob("*")):
        if file.is_file():
            place(
                file,
                inner,
                f"agent_app/resources/{file.relative_to(ROOT / 'resources').as_posix()}",
            )
    place(made / "build.json", inner, "agent_app/resources/build.json")
    place(Path(__file__).with_name("launcher") / "start.py", inner, "start.py")


def place(file: Path, inner: Path, name: str) -> None:
    """*file* goes into the bundle under *name*; a module becomes byte code."""
    target = inner / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix != ".py" or AS_SOURCE.match(name):
        shutil.copyfile(file, target)
        return
    code = compile(file.read_bytes(), name, "exec", dont_inherit=True, optimize=0)
    # As importlib keeps it, with no check against a source (PEP 552, flags 1).
    head = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)
    target.with_suffix(".pyc").write_bytes(head + marshal.dumps(code))


def wanted(site: Path) -> list[tuple[Path, str]]:
    """What goes in of the libraries, with its name there."""
    files = [(f, f.relative_to(site).as_posix()) for f in sorted(site.rglob("*")) if f.is_file()]
    taken = [
        (file, name)
        for file, name in files
        if not NOT_TAKEN.search(name)
        and WITH_METADATA.search(name)
        and not re.match(r"PySide6/|shiboken6/.*\.dll$", name)
    ]
    return sorted(taken + qt_files(site))


def qt_files(site: Path) -> list[tuple[Path, str]]:
    """Of Qt and PySide6: what is named above, and the libraries that this needs, and so on."""
    qt, shiboken = site / "PySide6", site / "shiboken6"
    found = {qt / f"{name}.pyd" for name in QT_MODULES}
    found |= {qt / "plugins" / f"{name}.dll" for name in QT_PLUGINS}
    found |= {f for f in qt.rglob("*") if re.fullmatch(QT_MORE, f.relative_to(site).as_posix())}
    found.add(shiboken / "Shiboken.pyd")
    todo = [file for file in found if file.suffix in (".pyd", ".dll")]
    while todo:
        one = todo.pop()
        # A library looks beside itself first; a plug-in's libraries lie in PySide6's own folder.
        places = [shiboken, qt] if one.parent == shiboken else [qt, shiboken]
        for name in imports(one):
            for place in places:
                beside = {f.name.lower(): f for f in place.glob("*.dll")}.get(name.lower())
                if beside is not None:
                    if beside not in found:
                        found.add(beside)
                        todo.append(beside)
                    break
    return [(file, file.relative_to(site).as_posix()) for file in found]


def imports(file: Path) -> list[str]:
    """The libraries that a Windows library names."""
    said = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", str(file)], capture_output=True, text=True, check=True
    ).stdout
    return re.findall(r"^\s*DLL Name: (\S+)", said, re.MULTILINE)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
