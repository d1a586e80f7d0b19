from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from defusedxml import ElementTree
from python_calamine import CalamineWorkbook

from lscb_analysis.catalogue import areas
from lscb_analysis.demo import planted, words, write_example_board
from tests.demo.conftest import QUARTERS
from tests.demo.reading import rows_of, sheet

LAST = planted.LAST
SSDA903 = {
    "header", "episodes", "reviews", "uasc", "oc2", "oc3", "ad1", "placed_for_adoption",
    "previous_permanence", "missing",
}  # fmt: skip
TOO_LATE = {"E17", "E48"}  # reasons for ceasing that came in after these years


@pytest.fixture(scope="module")
def annex_a(folder):
    return folder / LAST.id / f"Annex A {LAST.id}.xlsx"


@pytest.fixture(scope="module")
def census(folder):
    return ElementTree.parse(folder / LAST.id / "cin_census.xml").getroot()


def _day(cell):
    day, month, year = cell.split("/")
    return date(int(year), int(month), int(day))


def test_the_same_seed_writes_the_same_bytes(folder, tmp_path):
    again = tmp_path / planted.AREA_CODE
    written = write_example_board(again, quarters=QUARTERS[:1])
    assert len(written) > 10
    for path in written:
        assert path.read_bytes() == (folder / path.relative_to(again)).read_bytes(), path.name


def test_another_seed_writes_other_bytes_in_every_file_with_children_in_it(folder, tmp_path):
    other = tmp_path / planted.AREA_CODE
    write_example_board(other, planted.SEED + 1, QUARTERS[:1])
    place = other / QUARTERS[0].id
    drawn = [path for path in place.rglob("*") if path.is_file()]
    same = {
        path.name
        for path in drawn
        if path.read_bytes() == (folder / path.relative_to(other)).read_bytes()
    }
    assert len(drawn) > 10
    assert all(name.startswith("partner_return_") for name in same), same


def test_leaving_quarters_out_leaves_the_others_folders_as_they_are(folder):
    folders = {path.name for path in folder.iterdir() if path.is_dir()}
    assert folders == {*(quarter.id for quarter in QUARTERS), "published"}


def test_every_workbook_and_the_folder_say_that_the_data_is_synthetic(folder):
    assert "SYNTHETIC DATA" in (folder / "README.txt").read_text("utf-8")
    for path in folder.rglob("*.xlsx"):
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            title = workbook.get_sheet_by_name(name).to_python()[0][0]
            assert str(title).startswith("SYNTHETIC DATA"), f"{path.name}, {name}"


def test_annex_a_has_nine_lists_with_the_columns_that_they_all_begin_with(annex_a):
    assert CalamineWorkbook.from_path(annex_a).sheet_names == [f"List {n}" for n in range(1, 10)]
    for number in range(1, 10):
        first = sheet(annex_a, f"List {number}")[0]
        assert list(first)[:2] == ["Child Unique ID", "Gender"]
        assert re.fullmatch(r"MF\d{6}", str(first["Child Unique ID"]))
    assert len(sheet(annex_a, "List 8")[0]) == 34


def test_list_3_counts_referrals_before_the_latest_the_same_on_each_row_of_a_child(annex_a):
    counts = {}
    for row in sheet(annex_a, "List 3"):
        counts.setdefault(str(row["Child Unique ID"]).strip().upper(), set()).add(
            row["Number of Referrals in Last 12 Months"]
        )
    assert all(len(found) == 1 for found in counts.values())
    assert max(max(found) for found in counts.values()) >= 1


def test_unborn_children_are_minus_one_and_their_sex_is_not_stated(annex_a):
    ages = {row["Age of Child (Years)"]: row for row in sheet(annex_a, "List 7")}
    assert ages[-1]["Gender"] == "c) Not stated/recorded"


def test_annex_a_and_the_yearly_return_agree_who_is_looked_after(folder, annex_a):
    listed = {
        row["Child Unique ID"]: row
        for row in sheet(annex_a, "List 8")
        if not row["Date Ceased to be Looked After"]
    }
    opened = {
        row["CHILD"]: row
        for row in rows_of(folder / LAST.id / "ssda903" / "episodes.csv")
        if not row["DEC"]
    }
    assert listed.keys() == opened.keys()
    for child, row in opened.items():
        assert listed[child]["Start Date of Most Recent Placement"] == _day(row["DECOM"])
        assert f" {row['PLACE']}:" in str(listed[child]["Placement Type"])


def test_annex_a_and_the_census_agree_who_is_on_a_plan_since_when(annex_a, census):
    listed = {
        (row["Child Unique ID"], row["Child Protection Plan Start Date"].isoformat())
        for row in sheet(annex_a, "List 7")
        if not row["Child Protection Plan End Date"]
    }
    counted = {
        (child.findtext(".//LAchildID"), plan.findtext("CPPstartDate"))
        for child in census.iter("Child")
        for plan in child.iter("ChildProtectionPlans")
        if plan.find("CPPendDate") is None
    }
    assert listed == counted
    assert 400 <= len(listed) <= 520


def test_the_census_has_the_shape_of_its_year(census):
    assert census.tag == "Message"
    assert census.findtext(".//Year") == "2017"
    children = list(census.iter("Child"))
    assert len(children) == len({child.findtext(".//LAchildID") for child in children})
    assert {child.findtext(".//GenderCurrent") for child in children} <= {"0", "1", "2"}
    assert {answer.text for answer in census.iter("ReferralNFA")} == {"0", "1"}
    factors = {factor.text for factor in census.iter("AssessmentFactors")}
    assert factors > {"3A", "3B", "3C"}
    assert not factors & {"18B", "18C", "24A"}


def test_the_yearly_return_has_ten_tables_with_the_codes_of_its_year(folder):
    place = folder / LAST.id / "ssda903"
    assert {path.stem for path in place.iterdir()} == SSDA903
    episodes = rows_of(place / "episodes.csv")
    assert {row["REC"] for row in episodes if not row["DEC"]} == {""}
    assert not {row["REC"] for row in episodes} & TOO_LATE
    assert {row["SEX"] for row in rows_of(place / "header.csv")} == {"1", "2"}
    assert not {row["PLACE"] for row in episodes} & {"K3", "Z11"}
    assert 10 <= sum(row["LS"] == "V4" for row in episodes) <= 20


def test_an_episode_that_ends_for_another_starts_it_the_same_day(folder):
    episodes = rows_of(folder / LAST.id / "ssda903" / "episodes.csv")
    starts = {(row["CHILD"], row["DECOM"]) for row in episodes}
    moved = [row for row in episodes if row["REC"] == "X1"]
    assert len(moved) > 100
    assert all((row["CHILD"], row["DEC"]) in starts for row in moved)


def test_a_death_extract_knows_nothing_later_than_its_quarter(folder):
    for quarter in QUARTERS:
        path = folder / quarter.id / "child_deaths.xlsx"
        cases = sheet(path, "Cases")
        reviewed = [row["Date of Panel Review"] for row in cases if row["Date of Panel Review"]]
        assert max(reviewed) <= quarter.end
        assert Counter(row["Status"] for row in cases)["Closed"] == len(reviewed)
        open_cases = {row["Case ID"] for row in cases if row["Status"] == "Open"}
        assert open_cases
        assert not open_cases & {row["Case ID"] for row in sheet(path, "Factors")}
    earlier, later = (
        {row["Case ID"] for row in sheet(folder / quarter.id / "child_deaths.xlsx", "Cases")}
        for quarter in QUARTERS
    )
    assert later - earlier


def test_logs_hold_the_events_of_their_quarter_only(folder):
    log = folder / LAST.id / "logs.xlsx"
    for name, column in {
        "Child protection reviews": "Date of Review Conference",
        "Looked-after reviews": "Date of Statutory Review",
        "Visits": "Date of Statutory Visit",
        "Health assessments": "Date of Health Assessment",
    }.items():
        days = [row[column] for row in sheet(log, name)]
        assert LAST.start <= min(days) <= max(days) <= LAST.end


def test_triage_outcomes_add_up_to_the_notifications_of_the_police(folder):
    figures = sheet(folder / LAST.id / "partner_return_police.xlsx", "Figures")
    (sent,) = (folder / LAST.id).glob("police*children.csv")
    assert {row["Indicator"] for row in figures} == {"da_triage_outcome"}
    assert sum(row["Value"] for row in figures) == len(rows_of(sent))


def test_commentary_holds_figures_only_as_references_and_roles_only_as_authors(folder):
    said = [
        row for path in folder.rglob("partner_return_*.xlsx") for row in sheet(path, "Commentary")
    ]
    assert len(said) > 20
    for row in said:
        outside = re.sub(r"\{[a-z0-9_]+:[^}]+\}", "", str(row["Text"]))
        assert not re.search(r"\d", outside), outside
        assert row["Author"]
    assert any(not row["Approver"] for row in said)


@pytest.mark.parametrize("agency", ["social_care", "health", "police"])
def test_no_agency_says_the_same_two_quarters_running(agency):
    write = getattr(words, agency)
    for one, following in pairwise(planted.QUARTERS):
        assert not {row[2] for row in write(one)} & {row[2] for row in write(following)}


def test_published_figures_are_numbers_or_a_symbol_and_their_release_says_synthetic(folder):
    place = folder / "published"
    figures = rows_of(place / "figures.csv")
    assert {row["symbol"] for row in figures} == {"", "c", "x"}
    assert all((row["value"] == "") == (row["symbol"] != "") for row in figures)
    (release,) = rows_of(place / "releases.csv")
    assert "synthetic" in release["title"].lower()
    neighbours = rows_of(place / "neighbours.csv")
    assert [int(row["rank"]) for row in neighbours] == list(range(1, 11))
    assert {row["closeness"] for row in neighbours} == {"Close", "Somewhat close", "Not close"}


def test_the_population_is_about_what_the_page_says(folder):
    people = {
        (row["area_code"], row["period"]): int(row["value"])
        for row in rows_of(folder / "published" / "figures.csv")
        if row["series"] == "population_0_17_mid_year"
    }
    assert people[planted.AREA_CODE, "2015"] == pytest.approx(82_000, rel=0.01)
    group = sum(people[area, "2015"] for area in planted.PANEL_AREAS)
    assert group == pytest.approx(235_000, rel=0.03)


def test_every_area_in_it_is_fictional_by_code_and_by_name(folder):
    real = {area.area for code, area in areas().items() if not code.startswith("X")}
    assert len(real) > 150
    named = {
        (row["area_code"], row["area"]) for row in rows_of(folder / "published" / "figures.csv")
    }
    named |= {
        (row["neighbour_code"], row["neighbour"])
        for row in rows_of(folder / "published" / "neighbours.csv")
    }
    for quarter in QUARTERS:
        cases = sheet(folder / quarter.id / "child_deaths.xlsx", "Cases")
        named |= {(str(row["Area of Residence"]), "") for row in cases}
        annex_a = sheet(folder / quarter.id / f"Annex A {quarter.id}.xlsx", "List 8")
        named |= {("X", str(row["LA of Placement"])) for row in annex_a}
    assert len(named) > 15
    assert all(code.startswith("X") for code, _ in named)
    assert not {name for _, name in named} & real
