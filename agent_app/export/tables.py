"""Write tables for other programs: CSV, CSV for Excel, and XLSX, whole or not at all.

No spreadsheet may run a text of a debtor: XLSX marks every text as one; in CSV a text that would be
taken for a formula gets an apostrophe in front, which keeps +33… readable, also where it would begin a
cell only for a spreadsheet that separates by another sign. Moments are ISO 8601 with their offset.

Excel reads CSV by its own computer's habits: it takes a file without a byte order mark for a legacy
code page, separates by the locale's sign, and makes numbers of what looks like one (a telephone number
loses its zero, a long ID its last digits). `ExcelSheet` writes for that.
"""

import csv
import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Protocol

Cell = str | int | float | bool | datetime | None

RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
_INNER = re.compile(r"([;,\t\r\n|]\s*)([=+\-@＝＋－＠])")
_MADE_A_NUMBER = re.compile(r"[+0]\d+|\d{16,}", re.ASCII)
"""What Excel would change when it takes it for a number: a zero or plus in front goes, and digits
beyond the fifteenth become zeros."""


class Sheet(Protocol):
    """A table that is being written."""

    def row(self, cells: Sequence[Cell]) -> None: ...
    def finish(self) -> None: ...
    def abandon(self) -> None: ...


def defused(text: str) -> str:
    """*text* as a CSV cell that no spreadsheet takes for a formula."""
    text = _INNER.sub(r"\1'\2", text)
    return f"'{text}" if text.startswith(RISKY) or text.lstrip().startswith(RISKY) else text


def iso(moment: datetime, zone: tzinfo) -> str:
    """Return a moment to the second in a person's zone, with the offset."""
    return moment.astimezone(zone).isoformat(timespec="seconds")


class CsvSheet:
    """RFC 4180, UTF-8."""

    ENCODING = "utf-8"
    SEPARATOR = ","

    def __init__(self, file: Path, headings: Sequence[str], zone: tzinfo) -> None:
        """Raises OSError where the place refuses."""
        self._file, self._zone = file, zone
        self._part = file.with_name(file.name + ".part")
        self._open = self._part.open("w", encoding=self.ENCODING, newline="")
        self._writer = csv.writer(self._open, delimiter=self.SEPARATOR)
        self._writer.writerow(headings)

    def row(self, cells: Sequence[Cell]) -> None:
        """Add a row."""
        self._writer.writerow([self._text(cell) for cell in cells])

    def _text(self, cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, bool):
            return "true" if cell else "false"
        if isinstance(cell, datetime):
            return iso(cell, self._zone)
        return defused(cell) if isinstance(cell, str) else str(cell)

    def finish(self) -> None:
        """Put the file in its place."""
        self._open.close()
        self._part.replace(self._file)

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._open.close()
        self._part.unlink(missing_ok=True)


class ExcelSheet(CsvSheet):
    """CSV as Excel opens it by a double click."""

    ENCODING = "utf-8-sig"

    def __init__(
        self, file: Path, headings: Sequence[str], zone: tzinfo, decimal_point: str
    ) -> None:
        """*decimal_point* is the locale's: where it is a comma, a semicolon separates. Raises
        OSError."""
        self._point = decimal_point
        self.SEPARATOR = ";" if decimal_point == "," else ","
        super().__init__(file, headings, zone)

    def _text(self, cell: Cell) -> str:
        if isinstance(cell, float):
            return str(cell).replace(".", self._point)
        if isinstance(cell, str) and _MADE_A_NUMBER.fullmatch(cell):
            return f'="{cell}"'  # digits alone: a text that stays one
        return super()._text(cell)


class XlsxSheet:
    """One sheet with a bold first row that stays in sight."""

    MAX_TEXT = 32_767

    def __init__(self, file: Path, headings: Sequence[str], zone: tzinfo) -> None:
        """Raises OSError where the place refuses."""
        import xlsxwriter  # when one is written

        self._file, self._zone = file, zone
        self._part = file.with_name(file.name + ".part")
        self._part.touch()  # xlsxwriter would find out at the end only
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book: Any = xlsxwriter.Workbook(str(self._part), options)
        self._sheet: Any = self._book.add_worksheet()
        bold = self._book.add_format({"bold": True})
        for column, heading in enumerate(headings):
            self._sheet.write_string(0, column, heading, bold)
        self._sheet.freeze_panes(1, 0)
        self._line = 1

    def row(self, cells: Sequence[Cell]) -> None:
        """Add a row."""
        sheet, line = self._sheet, self._line
        for column, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                sheet.write_string(line, column, cell[: self.MAX_TEXT])
            elif isinstance(cell, bool):
                sheet.write_boolean(line, column, cell)
            elif isinstance(cell, datetime):
                sheet.write_string(line, column, iso(cell, self._zone))
            else:
                sheet.write_number(line, column, cell)
        self._line += 1

    def finish(self) -> None:
        """Pack the file and put it in its place; takes a second for 100,000 rows."""
        self._book.close()
        self._part.replace(self._file)

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._sheet._opt_close() if hasattr(self._sheet, "_opt_close") else None
        self._book.fileclosed = True  # or its destructor would write the file after all
        self._part.unlink(missing_ok=True)


def new_sheet(file: Path, headings: Sequence[str], zone: tzinfo, excel_point: str = "") -> Sheet:
    """Return a table for *file*, whose ending says of which kind; CSV for Excel where *excel_point*, the
    locale's decimal point, is given. Raises OSError."""
    if file.suffix.lower() == ".xlsx":
        return XlsxSheet(file, headings, zone)
    if excel_point:
        return ExcelSheet(file, headings, zone, excel_point)
    return CsvSheet(file, headings, zone)
