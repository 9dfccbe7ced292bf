"""Tables for other programs: nothing runs, nothing is changed by a spreadsheet's own habits."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.export.tables import defused, new_sheet

HEADINGS = ("debtor", "phone", "amount", "id")


def written(file: Path, *rows: tuple[object, ...], point: str = "") -> bytes:
    sheet = new_sheet(file, HEADINGS, UTC, point)
    for row in rows:
        sheet.row(row)  # type: ignore[arg-type]
    sheet.finish()
    return file.read_bytes()


def test_a_csv_for_excel_where_the_decimal_is_a_comma(tmp_path: Path) -> None:
    row = ("Zoé; Léa", "0612345678", 12.5, "1234567890123456789")
    raw = written(tmp_path / "a.csv", row, point=",")
    assert raw.startswith(b"\xef\xbb\xbf"), "without the mark Excel reads ZoÃ©"
    assert raw.decode("utf-8-sig").splitlines() == [
        "debtor;phone;amount;id",
        '"Zoé; Léa";"=""0612345678""";12,5;"=""1234567890123456789"""',
    ]


def test_a_csv_for_excel_where_the_decimal_is_a_point(tmp_path: Path) -> None:
    raw = written(tmp_path / "a.csv", ("A, B", "+33612345678", 12.5, "42"), point=".")
    assert raw.decode("utf-8-sig").splitlines() == [
        "debtor,phone,amount,id",
        '"A, B","=""+33612345678""",12.5,42',
    ]


def test_a_plain_csv_has_no_mark_and_no_locale(tmp_path: Path) -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    raw = written(tmp_path / "a.csv", ("Zoé", "0612", 12.5, at))
    assert raw.decode().splitlines()[1] == "Zoé,0612,12.5,2026-01-02T03:04:05+00:00"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＠x", "'=1"])
def test_no_text_is_a_formula(text: str) -> None:
    assert defused(text) == f"'{text}"


@given(st.text(alphabet="a;,\t|=+-@＝ \n", max_size=20), st.sampled_from(";,\t|"))
def test_no_text_becomes_a_formula_for_who_separates_otherwise(text: str, separator: str) -> None:
    assert not any(
        cell.lstrip().startswith(("=", "@", "＝")) for cell in defused(text).split(separator)
    )


def test_what_excel_wrote_is_read_back(tmp_path: Path) -> None:
    row = ("=cmd", "+33 6 12", None, True)
    raw = written(tmp_path / "a.csv", row, point=",")
    read = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert read[1] == ["'=cmd", "'+33 6 12", "", "true"]
