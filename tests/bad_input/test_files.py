"""Bad input: a finding says where, what and what to do, and everything else is still read.

Each test spoils one file of a quarter of the example board.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.periods import Quarter
from lscb_analysis.sources import AreaRecords, read_area
from tests.bad_input.conftest import (
    QUARTER,
    YEAR_END,
    a_csv_with_a_workbook_ending,
    a_workbook_with_a_csv_ending,
    empty,
    half,
    noise,
    nothing_but_zeros,
    password,
)

KEY = b"k" * 32
# what each file alone gives, so that it is missed where the file cannot be read
OF_FILE = {
    "annex_a.xlsx": {
        *("referrals", "assessments", "section_47s", "conferences", "cp_plans"),
        *("looked_after_periods", "looked_after_at_date", "care_leavers_at_date"),
    },
    "child_deaths.xlsx": {"child_deaths", "death_factors", "death_forms"},
    "marac.xlsx": {"marac_meetings"},
    "insights.csv": {"insights"},
    "incidents.csv": {"da_incidents"},
    "children.csv": {"da_notified_children"},
}
EVERYTHING = frozenset[str]().union(*OF_FILE.values())


def read(area: Path, quarter: Quarter = QUARTER) -> AreaRecords:
    return read_area(area, quarter, KEY)


def tables(found: AreaRecords) -> set[str]:
    return {name for name, rows in found.records.items() if len(rows)} & EVERYTHING


def failed(found: AreaRecords) -> pd.DataFrame:
    return found.findings[found.findings["severity"] == "failed"]


SPOILED = [
    ("annex_a.xlsx", half, "workbook"),
    ("annex_a.xlsx", empty, "an empty file"),
    ("annex_a.xlsx", password, "a password"),
    ("child_deaths.xlsx", half, "workbook"),
    ("child_deaths.xlsx", nothing_but_zeros, "an empty file"),
    ("marac.xlsx", a_csv_with_a_workbook_ending, "not an .xlsx"),
    ("marac.xlsx", noise, "not an .xlsx"),
    ("insights.csv", empty, "an empty file"),
    ("incidents.csv", a_workbook_with_a_csv_ending, "a workbook under the ending"),
    ("children.csv", noise, "not text"),
]


@pytest.mark.parametrize(
    ("name", "spoil", "told"), SPOILED, ids=[f"{s[0]}-{s[1].__name__}" for s in SPOILED]
)
def test_a_file_that_cannot_be_read_is_one_failed_source_and_the_others_are_read(
    area, name: str, spoil: Callable[[Path], None], told: str
):
    spoil(area / QUARTER.id / name)
    found = read(area)
    about = failed(found)
    assert about["file"].tolist() == [f"{QUARTER.id}/{name}"]
    assert told in about["found"].iloc[0]
    assert (about[["expected", "action"]] != "").all(axis=None)
    assert EVERYTHING - tables(found) == OF_FILE[name]


def test_a_whole_quarter_gives_every_table_and_no_failure(area):
    found = read(area)
    assert tables(found) == EVERYTHING
    assert failed(found).empty


@pytest.mark.parametrize("name", ["annex_a.xlsx", "marac.xlsx"])
def test_a_missing_file_is_missed_in_its_own_tables_only(area, name):
    (area / QUARTER.id / name).unlink()
    assert EVERYTHING - tables(read(area)) == OF_FILE[name]


def test_a_folder_with_the_name_of_a_workbook_stops_nothing(area):
    path = area / QUARTER.id / "marac.xlsx"
    path.unlink()
    path.mkdir()
    assert EVERYTHING - tables(read(area)) == OF_FILE["marac.xlsx"]


def test_a_quarterly_file_that_stops_coming_is_a_finding(area):
    later = area / YEAR_END.id
    shutil.copytree(area / QUARTER.id, later)
    (later / "marac.xlsx").unlink()
    findings = read_area(area, YEAR_END, KEY).findings
    gaps = findings[findings["source"] == "marac_meetings"]
    assert gaps["file"].tolist() == [YEAR_END.id]
    assert "ask for it" in gaps["action"].iloc[0]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="the superuser may open any file (tests/sources/test_files.py steps down for one)",
)
def test_a_locked_file_is_one_failed_source(area):
    (area / QUARTER.id / "marac.xlsx").chmod(0)
    found = read(area)
    assert failed(found)["found"].tolist() == ["a file that may not be opened"]
    assert EVERYTHING - tables(found) == OF_FILE["marac.xlsx"]


def test_the_lock_that_excel_leaves_beside_an_open_workbook_is_no_extract(area):
    (area / QUARTER.id / "~$annex_a.xlsx").write_bytes(b"\x05Alice" + bytes(160))
    found = read(area)
    assert tables(found) == EVERYTHING
    assert not found.findings["file"].str.contains("~", regex=False).any()


def test_a_workbook_under_the_name_of_a_text_is_a_finding_that_says_how_to_save_it(area):
    path = area / QUARTER.id / "marac.xlsx"
    path.rename(path.with_suffix(".txt"))
    found = read(area)
    (row,) = found.findings[found.findings["file"].str.contains("marac")].to_dict("records")
    assert row["found"] == "a kind of file that is not read"
    assert ".xlsx" in row["expected"]
    assert EVERYTHING - tables(found) == OF_FILE["marac.xlsx"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "utf-8-sig"])
def test_text_in_another_encoding_gives_the_same_records(area, encoding):
    before = read(area).records["da_incidents"]
    path = area / QUARTER.id / "incidents.csv"
    path.write_text(path.read_text("cp1252"), encoding)
    pd.testing.assert_frame_equal(read(area).records["da_incidents"], before)


def in_another_encoding_than_it_says(path: Path) -> None:
    text = path.read_text("utf-8").replace("SYNTHETIC DATA", "système")
    path.write_bytes(text.encode("cp1252"))


@pytest.mark.parametrize("spoil", [half, empty, noise, in_another_encoding_than_it_says])
def test_a_census_that_cannot_be_read_is_one_failed_source_and_the_others_are_read(census, spoil):
    spoil(census)
    found = read(census.parents[1], YEAR_END)
    (row,) = failed(found).to_dict("records")
    assert row["file"] == f"{YEAR_END.id}/cin_census.xml"
    assert row["found"]
    assert row["expected"]
    assert row["action"]
    assert tables(found) == {"insights"}


def test_xml_in_a_folder_of_the_quarter_is_named_by_its_path(census):
    folder = census.parent / "social care"
    folder.mkdir()
    census.rename(folder / census.name)
    (folder / "return.xml").write_text("<EXPSSDA903></EXPSSDA903>")
    found = read(census.parents[1], YEAR_END)
    inside = f"{YEAR_END.id}/social care"
    files = set(found.findings["file"]) | set(found.returns["file"])
    assert {f"{inside}/{census.name}", f"{inside}/return.xml"} <= files
    assert not {f"{YEAR_END.id}/{census.name}", f"{YEAR_END.id}/return.xml"} & files


def test_a_workbook_without_list_7_says_so_and_gives_the_other_lists(area):
    path = area / QUARTER.id / "annex_a.xlsx"
    lists = pd.read_excel(path, sheet_name=None, header=None, engine="calamine")
    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        for name, sheet in lists.items():
            if name != "List 7":
                sheet.to_excel(writer, sheet_name=str(name), header=False, index=False)
    found = read(area)
    assert any("List 7" in said for said in found.findings["found"]), found.findings
    assert EVERYTHING - tables(found) == {"cp_plans"}


@pytest.mark.parametrize("name", ["2016-17-Q5", "2016-18-Q3", "Quarter 3 2016"])
def test_a_folder_that_is_no_quarter_is_a_finding_and_is_not_read(area, name):
    shutil.copytree(area / QUARTER.id, area / name)
    found = read(area)
    (row,) = found.findings[found.findings["source"] == "folder"].to_dict("records")
    assert row["file"] == name
    assert "2016-17-Q4" in row["expected"]
    assert len(found.records["da_incidents"]) == len(
        pd.read_csv(area / QUARTER.id / "incidents.csv", encoding="cp1252")
    )
