"""Room: system. Tables as files for other programs: CSV and XLSX, whole or not at all.

Texts of a debtor are not to be run: in XLSX every text is typed as one; in CSV a text that a
spreadsheet would take for a formula gets an apostrophe in front, which keeps +33… readable. Numbers
have no locale, moments are ISO 8601 with their offset.
"""

import csv
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Protocol

Cell = str | int | float | bool | datetime | None

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


class Sheet(Protocol):
    """A table that is being written."""

    def row(self, cells: Sequence[Cell]) -> None: ...
    def finish(self) -> None: ...
    def abandon(self) -> None: ...


def defused(text: str) -> str:
    """*text* as a CSV cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def iso(moment: datetime, zone: tzinfo) -> str:
    """A moment to the second in a person's zone, with the offset."""
    return moment.astimezone(zone).isoformat(timespec="seconds")


class CsvSheet:
    """RFC 4180, UTF-8."""

    def __init__(self, file: Path, headings: Sequence[str], zone: tzinfo) -> None:
        """Raises OSError where the place refuses."""
        self._file, self._zone = file, zone
        self._part = file.with_name(file.name + ".part")
        self._open = self._part.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._open)
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


class XlsxSheet:
    """One sheet with a bold first row that stays in sight."""

    MOST_TEXT = 32_767

    def __init__(self, file: Path, headings: Sequence[str], zone: tzinfo) -> None:
        """Raises OSError where the place refuses."""
        import xlsxwriter

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
                sheet.write_string(line, column, cell[: self.MOST_TEXT])
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


def new_sheet(file: Path, headings: Sequence[str], zone: tzinfo) -> Sheet:
    """A table for *file*, whose ending says of which kind. Raises OSError."""
    kind = XlsxSheet if file.suffix.lower() == ".xlsx" else CsvSheet
    return kind(file, headings, zone)
