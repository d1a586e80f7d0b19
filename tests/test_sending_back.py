from __future__ import annotations

import os
import stat
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from lscb_analysis.findings import as_findings, finding
from lscb_analysis.sending_back import write_sender_workbooks

QUARTER = "2016-17-Q4"
TOLD = {"found": "an impossible date", "expected": "a date", "action": "correct it"}
RETURNS = pd.DataFrame(
    [(f"{QUARTER}/referrals.xlsx", "Children's social care"), (f"{QUARTER}/p.csv", "Police")],
    columns=["file", "agency"],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    submission = tmp_path / QUARTER
    submission.mkdir()
    with xlsxwriter.Workbook(submission / "referrals.xlsx") as workbook:
        sheet = workbook.add_worksheet("List 3")
        sheet.write_row(0, 0, ["Child Unique ID", "Date of referral", "Referral Source"])
        sheet.write_row(1, 0, ["MF1", "31/02/2016", "6"])
        sheet.write_string(2, 0, "=HYPERLINK(1)")
        sheet.write_row(2, 1, ["30/02/2016", "6"])
    (submission / "p.csv").write_text("Incident ID,Incident Date,Crime\nMP1,99/99/2016,Yes\n")
    return tmp_path


def at(row: int, file: str = "referrals.xlsx", **place: str) -> dict[str, str]:
    place = {"sheet": "List 3", "column": "Date of referral", "letter": "B"} | place
    return finding("annex_a", f"{QUARTER}/{file}", row=row, **place, **TOLD)


def rows(path: Path) -> list[dict[str, object]]:
    header, *body = CalamineWorkbook.from_path(path).get_sheet_by_name("Findings").to_python()
    return [dict(zip(header, each, strict=True)) for each in body]


def written(folder: Path, *found: dict[str, str]) -> dict[str, Path]:
    paths = write_sender_workbooks(folder, QUARTER, as_findings(found), RETURNS)
    return {path.stem: path for path in paths}


def test_each_sender_gets_a_workbook_of_its_own_files_only(folder: Path):
    police = at(2, "p.csv", sheet="", column="Incident Date")
    books = written(folder, at(2), police)
    assert set(books) == {"children_s_social_care", "police"}
    assert [row["File"] for row in rows(books["police"])] == [f"{QUARTER}/p.csv"]


def test_the_sender_finds_its_own_reference_and_what_it_sent(folder: Path):
    [row] = rows(written(folder, at(2))["children_s_social_care"])
    assert (row["Your reference"], row["What you sent"]) == ("MF1", "31/02/2016")
    assert (row["Row"], row["Column letter"]) == ("2", "B")


def test_the_child_is_the_right_one_though_another_has_nothing_in_it(folder: Path):
    children = "".join(f"<Child><LAchildID>{n}</LAchildID></Child>" for n in ("MF1", "MF2"))
    message = f"<Message><Children><Child/>{children}</Children></Message>"
    (folder / QUARTER / "census.xml").write_text(message)
    place = {"file": f"{QUARTER}/census.xml", "row": "Child[2]", "column": "LAchildID"}
    [row] = rows(written(folder, finding("cin_census", **place, **TOLD))["children_s_social_care"])
    assert row["Your reference"] == "MF1"


def test_what_looks_like_a_formula_stays_text(folder: Path):
    path = written(folder, at(3))["children_s_social_care"]
    assert rows(path)[0]["Your reference"] == "=HYPERLINK(1)"
    import zipfile

    with zipfile.ZipFile(path) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
    assert all(b"<f>" not in sheet for sheet in sheets)


def test_a_file_that_could_not_be_read_goes_to_the_sources_agency(folder: Path):
    lost = finding("annex_a", QUARTER, found="no list 8", expected="it", action="ask")
    [row] = rows(written(folder, lost)["children_s_social_care"])
    assert row["What was found"] == "no list 8"


def test_the_workbooks_of_an_earlier_check_are_replaced(folder: Path):
    first = written(folder, at(2))
    assert written(folder) == {}
    assert not any(path.exists() for path in first.values())


def test_notes_and_other_quarters_are_not_sent_back(folder: Path):
    note = at(2) | {"severity": "note"}
    other = at(2) | {"file": "2016-17-Q3/referrals.xlsx"}
    assert written(folder, note, other) == {}


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_the_workbook_is_its_owners_alone(folder: Path):
    [path] = written(folder, at(2)).values()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
