"""Files: what is read of good ones, and what is said of bad ones."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from lscb_analysis.sources.files import read_tables
from lscb_analysis.sources.raw_tables import header_position

CSV = "CHILD,DOB,REVIEW\nA1,01/02/2010,03/04/2016\nA2,,04/05/2016\n"


def one_table(path: Path) -> pd.DataFrame:
    tables, findings = read_tables(path, path.parent)
    assert findings.empty
    return tables[0].rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_csv_file_is_read_in_the_encodings_that_partners_use(tmp_path: Path, encoding: str):
    path = tmp_path / "reviews.csv"
    path.write_bytes("CHILD,Agency\r\nA1,Café\r\n".encode(encoding))
    assert one_table(path).values.tolist() == [["A1", "Café"]]


def test_a_last_row_without_an_end_of_line_is_read(tmp_path: Path):
    path = tmp_path / "reviews.csv"
    path.write_text(CSV.rstrip("\n"))
    assert len(one_table(path)) == 2


def test_a_table_with_a_header_only_is_a_table_without_rows(tmp_path: Path):
    path = tmp_path / "reviews.csv"
    path.write_text("CHILD,DOB,REVIEW\n")
    assert list(one_table(path).columns) == ["CHILD", "DOB", "REVIEW"]
    assert one_table(path).empty


def test_rows_go_by_the_numbers_that_excel_shows(tmp_path: Path):
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("List_3")
        sheet.write_row(0, 0, ["List 3: Referrals"])
        sheet.write_row(1, 0, ["Child Unique ID", "Gender", "Referral Source"])
        sheet.write_row(2, 0, ["A1", "a) Male", "6"])
        sheet.write_row(4, 0, ["A2", "b) Female", "2A"])
    tables, _ = read_tables(path, tmp_path)
    assert tables[0].header_row == 2
    assert tables[0].rows.index.tolist() == [3, 5]
    assert tables[0].place == {"file": "list.xlsx", "sheet": "List_3"}


def test_a_title_above_the_header_is_not_the_header():
    assert header_position([["Domestic abuse"], ["Incident ID", "Crime"], ["1", "Yes"]]) == 1


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_title_above_the_header_hides_no_sign_between_cells(tmp_path: Path, sign: str):
    path = tmp_path / "list.csv"
    path.write_text("List 3: referrals\nCHILD*DOB*REVIEW\nA1**x\n".replace("*", sign))
    assert list(one_table(path).columns) == ["CHILD", "DOB", "REVIEW"]


def test_a_text_full_of_semicolons_is_not_divided_by_them(tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_text("CHILD,Agency,Text\nA1,Police,a; b; c; d; e\n")
    assert one_table(path)["Text"].tolist() == ["a; b; c; d; e"]


def test_a_header_is_the_first_row_though_the_rows_below_are_text_too():
    assert header_position([["CHILD", "DEC", "REC"], ["A1", "", "X1"], ["A2", "B", "C"]]) == 0


def test_a_column_that_occurs_twice_is_a_finding_and_the_first_is_read(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_text("CHILD,DOB,CHILD\nA1,,B1\n")
    tables, findings = read_tables(path, tmp_path)
    assert tables[0].rows["CHILD"].tolist() == ["A1"]
    assert findings["column"].tolist() == ["CHILD"]


def failed(path: Path) -> str:
    tables, findings = read_tables(path, path.parent)
    assert tables == []
    assert findings["severity"].tolist() == ["failed"]
    assert findings["file"].tolist() == [path.name]
    return findings["found"].iloc[0]


def test_a_missing_file_is_a_finding(tmp_path: Path):
    assert failed(tmp_path / "gone.csv") == "no file"


def test_an_empty_file_is_a_finding(tmp_path: Path):
    (tmp_path / "empty.csv").write_bytes(b"\xef\xbb\xbf \r\n")
    assert failed(tmp_path / "empty.csv") == "an empty file"


def test_a_workbook_cut_short_is_a_finding(tmp_path: Path):
    path = tmp_path / "half.xlsx"
    pd.DataFrame({"CHILD": range(500)}).to_excel(path, engine="xlsxwriter")
    path.write_bytes(path.read_bytes()[:3000])
    assert "half-written" in failed(path)


def test_a_workbook_with_a_damaged_part_is_a_finding(tmp_path: Path):
    path = tmp_path / "damaged.xlsx"
    pd.DataFrame({"CHILD": range(500)}).to_excel(path, engine="xlsxwriter")
    content = bytearray(path.read_bytes())
    content[200] ^= 0xFF
    path.write_bytes(content)
    assert failed(path).startswith("a workbook that is damaged") or "half-written" in failed(path)


def test_a_csv_file_cut_in_the_middle_of_a_row_is_a_finding(tmp_path: Path):
    (tmp_path / "half.csv").write_text(CSV + "A3,02")
    assert "cut short" in failed(tmp_path / "half.csv")


def test_a_quotation_that_never_closes_is_a_finding(tmp_path: Path):
    (tmp_path / "half.csv").write_text(CSV + '"A3,02/03/2010')
    assert "never closes" in failed(tmp_path / "half.csv")


def test_a_file_is_refused_where_its_content_is_not_what_its_ending_says(tmp_path: Path):
    workbook = tmp_path / "list.xlsx"
    pd.DataFrame({"CHILD": ["A1"]}).to_excel(workbook, engine="xlsxwriter")
    (tmp_path / "list.csv").write_bytes(workbook.read_bytes())
    (tmp_path / "text.xlsx").write_text(CSV)
    (tmp_path / "text.xls").write_text(CSV)
    (tmp_path / "old.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600) + b"x")
    assert "workbook under the ending" in failed(tmp_path / "list.csv")
    assert "not an .xlsx" in failed(tmp_path / "text.xlsx")
    assert "not an .xls " in failed(tmp_path / "text.xls")
    assert "password" in failed(tmp_path / "old.xlsx")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs a system with users")
def test_a_file_we_may_not_open_is_a_finding(tmp_path: Path):
    path = tmp_path / "open_in_excel.csv"
    path.write_text(CSV)
    path.chmod(0)
    user = os.geteuid()
    if user == 0:  # the superuser may read anything, so step down for a moment
        os.seteuid(65534)
    try:
        assert failed(path) == "a file that may not be opened"
    finally:
        os.seteuid(user)


def test_a_workbook_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path: Path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(30 * 1024**2))
    assert "unpacks to more than" in failed(path)


CELL = '<c{place} t="inlineStr"><is><t>x</t></is></c>'


@pytest.mark.parametrize(
    "last_row",
    [
        '<row r="1048576">' + CELL.format(place=' r="XFD1048576"') + "</row>",
        '<row r="1048576">' + CELL.format(place="") * 16_384 + "</row>",
        '<row r="1048576">' + CELL.format(place=" r='XFD1048576'") + "</row>",
        '<row r="1048576">' + CELL.format(place=' s="0" r="XFD1048576"') + "</row>",
        '<row r="1048576">' + CELL.format(place='\nr = "XFD1048576"') + "</row>",
        '<row r="1048576">' + CELL.format(place=' r="xfd1048576"') + "</row>",
    ],
)
def test_a_cell_far_away_from_the_table_does_not_fill_the_memory(tmp_path: Path, last_row: str):
    path = tmp_path / "wide.xlsx"
    pd.DataFrame({"CHILD": ["A1"]}).to_excel(path, engine="xlsxwriter")
    with_sheet(path, lambda sheet: sheet.replace("</sheetData>", f"{last_row}</sheetData>"))
    assert failed(path) == "a workbook with a cell far away from its table"


def test_rows_that_are_only_formatted_are_no_cells_far_away(tmp_path: Path):
    path = tmp_path / "grey.xlsx"
    pd.DataFrame({"CHILD": ["A1"]}).to_excel(path, engine="xlsxwriter", index=False)
    formatted = '<row r="1048576" s="1"><c r="XFD1048576" s="1"/></row>'
    with_sheet(path, lambda sheet: sheet.replace("</sheetData>", f"{formatted}</sheetData>"))
    assert one_table(path)["CHILD"].tolist() == ["A1"]


def with_sheet(path: Path, changed: Callable[[str], str]) -> None:
    """Write the workbook anew with its sheet changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = changed(parts[sheet].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_an_uneven_row_is_a_finding_with_its_number(tmp_path: Path):
    (tmp_path / "x.csv").write_text("CHILD,DOB\nA1,01/02/2010,more\nA2,\n")
    tables, findings = read_tables(tmp_path / "x.csv", tmp_path)
    assert len(tables[0].rows) == 2
    assert findings["row"].tolist() == ["2"]
