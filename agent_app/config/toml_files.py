"""TOML files that people hand to each other: read within limits, and written whole or not at all.

The parser itself has no limits: one dotted key of 12,000 parts takes it seconds and 600 MB, and deep
nesting ends in a RecursionError. So a text is looked through for its shape before it is parsed.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from agent_app.domain.errors import BadSetting, NotWritten

MAX_BYTES = 500_000
MAX_LINES = 40_000
MAX_TABLES = 3_000
MAX_MARKS = 15_000
"""Brackets, commas, dots and equals signs outside of texts."""
MAX_DEPTH = 12
"""Parts of a dotted name, and brackets within brackets."""
MAX_WORD = 1_000
"""Characters of a name, number or date that stands without quotes (Python refuses to read a number of
more than 4,300 digits)."""

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+"
    r"|[\[\]{}.,=\n]"
    r"|[^\[\]{}.,=\n\"'#]++",
    re.DOTALL,
)


def read_toml(file: Path) -> tuple[dict[str, Any], str] | None:
    """Return a file's values and its text, or None where there is no file. Raises BadSetting, saying what is
    wrong with it."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadSetting(f"{file.name} cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise BadSetting(f"{file.name} is larger than {MAX_BYTES} bytes")
    try:
        text = data.decode("utf-8")
        wrong = what_is_too_much(text)
        if wrong:
            raise BadSetting(f"{file.name}, {wrong}")
        return tomllib.loads(text), text
    except (ValueError, RecursionError) as error:  # tomllib's own error is a ValueError
        raise BadSetting(f"{file.name} cannot be understood: {error}") from None


def write_toml(file: Path, values: Mapping[str, Any]) -> None:
    """Write a file, whole or not at all. Raises NotWritten if the place refuses, BadSetting for what could
    not be read again."""
    import tomli_w  # when one is written

    temporary = file.with_name(file.name + ".new")
    text = tomli_w.dumps(values, multiline_strings=True)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadSetting(f"{file.name} cannot hold {text[error.start]!a}") from None
    if len(data) > MAX_BYTES:
        raise BadSetting(f"{file.name} would be larger than {MAX_BYTES} bytes")
    if wrong := what_is_too_much(text):
        raise BadSetting(f"{file.name}, {wrong}")
    try:
        temporary.write_bytes(data)
        temporary.replace(file)
    except OSError as error:
        raise NotWritten(f"{file.name} cannot be written: {error.strerror}") from None


def what_is_too_much(text: str) -> str:
    """Return what of a TOML text goes beyond the limits, with its line; or ""."""
    if text.count("\n") > MAX_LINES:
        return f"line {MAX_LINES}: more lines than a file may have"
    line, tables, marks, depth, dots = 1, 0, 0, 0, 0
    begins, place = True, 0
    while found := _TOKEN.match(text, place):
        piece, place = found[0], found.end()
        match piece:
            case "\n":
                dots = 0
            case "[" | "{":
                depth, tables = depth + 1, tables + begins
            case "]" | "}":
                depth = max(0, depth - 1)
            case "," | "=":
                dots = 0
            case ".":
                dots += 1
            case _ if piece[0] not in "\"'#" and len(piece.strip()) > MAX_WORD:
                return f"line {line}: a name or number of more than {MAX_WORD} characters"
        marks += piece in "[]{},=."
        begins = piece == "\n" or (begins and piece.isspace())
        if depth > MAX_DEPTH or dots >= MAX_DEPTH:
            return f"line {line}: nested more than {MAX_DEPTH} deep"
        if tables > MAX_TABLES or marks > MAX_MARKS:
            return f"line {line}: more entries than a file may have"
        line += piece.count("\n")
    return ""  # what follows, if anything, is a text without its end: the parser says so
