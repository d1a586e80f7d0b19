"""Annex A's eleven lists: known in every wording and shape, and made into records."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from lscb_analysis.periods import Quarter
from lscb_analysis.sources import annex_a
from lscb_analysis.sources.annex_a_tables import LISTS, tables_of_lists
from lscb_analysis.sources.files import read_tables
from tests.sources.extracts import CONTEXT, extract, shown, told
from tests.sources.rules_annex_a.drawing import drawn_lists

MISSING = "episodes the child has been {} from their placement in the last 12 months"
SSD = {
    "contacts": "ChildUniqueID Gender Ethnicity DateOfBirth Age DateOfContact ContactSource",
    "early_help": "ChildUniqueID Gender Ethnicity DateOfBirth Age AssessmentStartDate "
    "AssessmentCompletionDate OrganisationCompletingAssessment",
    "referrals": "ChildUniqueID Gender Ethnicity DateOfBirth Age ReferralDate ReferralSource "
    "ReferralNFA ReferralsLast12Months AllocatedTeam AllocatedWorker",
    "assessments": "ChildUniqueID Gender Ethnicity DateOfBirth Age HasDisability "
    "ContinuousAssessmentStart ContinuousAssessmentChildSeen ContinuousAssessmentAuthDate "
    "CSCSupportRequired AllocatedTeam AllocatedWorker",
    "enquiries": "ChildUniqueID Gender Ethnicity DateOfBirth Age HasDisability StratDiscussionDate "
    "InitialCPConfUnnecessary InitialCPConfDate CPConfResultInCPPlan NumberS47s12m NumberICPCs12m "
    "AllocatedTeam AllocatedWorker",
    "children_in_need": "ChildUniqueID Gender Ethnicity DateOfBirth Age HasDisability CINStartDate "
    "PrimaryNeedCode DateChildLastSeen CINClosureDate ReasonForClosure CaseStatus AllocatedTeam "
    "AllocatedWorker",
    "plans": "ChildUniqueID Gender Ethnicity DateOfBirth Age HasDisability "
    "ChildProtectionPlanStartDate InitialCategoryOfAbuse LatestCategoryOfAbuse "
    "DateOfLastStatutoryVisit ChildSeenAlone DateOfLatestReviewConf ChildProtectionPlanEndDate "
    "ProtectionLastSixMonths NumberOfPreviousChildProtectionPlans AllocatedTeam AllocatedWorker",
    "looked_after": "ChildUniqueID Gender Ethnicity DateOfBirth Age UASC HasDisability "
    "LoookedAfterStartDate ChildCategoryOfNeed SubsequentLACEpisodeLast12Months "
    "MostRecentLegalStatusStart LegalStatus LatestStatutoryReviewDate LastSocialWorkVisitDate "
    "PermanencePlan LastIROVisitDate LastHealthAssessmentDate LastDentalCheckDate "
    "PlacementsLast12Months CeasedLookedAfterDate ReasonCeasedLookedAfter "
    "MostRecentPlacementStartDate PlacementType PlacementProvider PlacementPostcode PlacementURN "
    "PlacementLocation EpisodesChildMissingFromPlacement EpisodesChildAbsentFromPlacement "
    "ChildOfferedReturnInterviewAfterLastMFH ChildAcceptedReturnInterviewAfterLastMFH "
    "AllocatedTeam AllocatedWorker",
    "care_leavers": "ChildUniqueID Gender Ethnicity DateOfBirth Age UASC HasDisability "
    "AllocatedTeam AllocatedWorker AllocatedPersonalAdvisor EligibilityCategory LatestPathwayPlan "
    "LAInTouch LatestContact TypeOfAccommodation SuitabilityOfAccommodation ActivityStatus",
    "adoptions": "ChildUniqueID FamilyID Gender Ethnicity DateOfBirth Age HasDisability "
    "EnteredCareDate ADMSHOBPADecisionDate PlacementOrderDate MatchedForAdoptionDate "
    "PlacedForAdoptionDate AdoptionOrderDate DecisionReversedDate DecisionReversedReason "
    "DateFFAConsurrencyPlacement",
    "adopters": "AdopterID FamilyID Gender Ethnicity HasDisability AdoptedByCarer EnquiryDate "
    "Stage1StartDate Stage1EndDate Stage2StartDate Stage2EndDate ApplicationDate "
    "ApplicationApprDate MatchedDate PlacedDate NumSiblingsPlaced AdoptionOrderDate "
    "AdoptionLeaveDate AdoptingLeaveReason",
}
ALL_LISTS = """
    contacts
    child_id | sex | ethnicity | birth_date | age | contact_date | contact_source
    A1 | a) Male | u) UNKNOWN | 01/02/2010 | 7.16 | 15/01/2017 | q) 6: Police
    A1 | a) Male | u) UNKNOWN | 01/02/2010 | 7.16 | 15/01/2017 | q) 6: Police

    early_help
    child_id | start_date | completed_date | organisation
    A1 | 15/01/2017 | - | Top Town Academy

    children_in_need
    child_id | start_date | primary_need | last_seen_date | closed_date | closure_reason | case_status
    A1 | 15/01/2017 | N1 - Abuse or neglect | 15/03/2017 | - | - | c) Child in need plan

    adoptions
    child_id | family_id | decision_date | placed_date | reversed_date | reversed_reason
    A1 | F1 | 15/06/2016 | - | 15/03/2017 | RD3 - Prospective adopters could not be found

    adopters
    adopter_id | family_id | sex | stage_1_start_date | children_placed | left_reason
    - | F1 | a) Male | 15/06/2016 | 0 | -
    P2 | F2 | c) Neither | 15/06/2016 | 0 | -
"""  # noqa: E501


@pytest.mark.parametrize("name", list(SSD))
def test_every_name_of_the_standard_dataset_is_known(name):
    columns = SSD[name].split()
    table = extract("\n".join([" | ".join(columns), " | ".join(["-"] * len(columns[1:]) + ["x"])]))
    assert list(tables_of_lists([table])) == [name]
    _, findings = annex_a.read([table], CONTEXT)
    assert findings[findings["rule"].eq("annex_a.unexpected_column")].empty
    assert set(findings.loc[findings["rule"].eq("annex_a.column"), "found"]) <= {"no such column"}


def test_ofsteds_own_wordings_leave_nothing_unread_in_any_list():
    for item in LISTS:
        wordings = [each[0] for each in item.layout.columns.values()]
        table = extract("\n".join([" | ".join(wordings), " | ".join("x" for _ in wordings)]))
        assert list(tables_of_lists([table])) == [item.name]
        _, findings = annex_a.read([table], CONTEXT)
        assert not findings["rule"].isin(["annex_a.column", "annex_a.unexpected_column"]).any()


@pytest.mark.parametrize(
    "header",
    [
        "Number of " + MISSING.format("‘Missing’"),
        "NUMBER OF " + MISSING.format("'Missing'") + " ",
        "number of " + MISSING.format("“missing”") + ")",
    ],
)
def test_quotes_brackets_case_and_spaces_of_a_header_do_not_matter(header):
    drawing = f"""
        Child Unique ID | Date Started to be Looked After | Date Ceased to be Looked After  | {header}
        A1 | 15/01/2017 | - | 2
    """  # noqa: E501
    _, findings = annex_a.read([extract(drawing)], CONTEXT)
    assert findings[findings["rule"].eq("annex_a.unexpected_column")].empty


def test_the_form_of_2019_is_no_less_than_that_of_2024():
    of_2019 = """
        Child Unique ID | LA In Touch | Suitability of Accommodation | Eligibility Category
        A1 | a) Yes | a) Suitable | b) Former relevant child
    """
    of_2024 = """
        Child Unique ID | LA In Touch | Suitability of Accommodation | Eligibility Category | Latest Date of Contact | Latest Pathway Plan Review Date | UASC, or formerly UASC if 18 or over (Y/N)
        A1 | a) Yes | a) Suitable | d) Eligible child | 15/03/2017 | 15/02/2017 | b) No
    """  # noqa: E501
    absent = []
    for drawing in (of_2019, of_2024):
        records, findings = annex_a.read([extract(drawing)], CONTEXT)
        assert records["care_leavers_at_date"]["is_in_touch"].tolist() == [True]
        absent.append(set(findings.loc[findings["rule"].eq("annex_a.column"), "column"]))
    assert absent[0] == absent[1]
    assert "Latest Date of Contact" not in absent[0]


def test_a_sheets_name_decides_only_where_two_lists_fit():
    drawing = """
        Child Unique ID | CIN Start Date | Case status | Child Protection Plan Start Date | Child Protection Plan End Date
        A1 | 15/01/2017 | c) Child in need plan | 15/01/2017 | -
    """  # noqa: E501
    named = {"List 6": "children_in_need", "List_07": "plans", "Child Protection": "plans"}
    for sheet, name in named.items():
        assert list(tables_of_lists([extract(drawing, sheet=sheet)])) == [name]
    contacts = extract("Child ID | Date of Contact | Contact Source\nA1 | - | 6", sheet="List 10")
    assert list(tables_of_lists([contacts])) == ["contacts"]


def test_the_lists_that_were_only_known_are_records_now():
    records, findings = annex_a.read(drawn_lists(ALL_LISTS), CONTEXT)
    contacts = shown(records["contacts"], "contact_date", "contact_source", "contact_number")
    assert contacts == [("2017-01-15", "Police", 1), ("2017-01-15", "Police", 2)]
    assert shown(records["early_help_assessments"], "start_date", "organisation") == [
        ("2017-01-15", "Top Town Academy")
    ]
    needs = shown(records["children_in_need"], "start_date", "primary_need", "case_status")
    assert needs == [("2017-01-15", "Abuse or neglect", "Child in need plan")]
    cases = shown(records["adoption_cases"], "decision_date", "reversed_reason")
    assert cases == [("2016-06-15", "No adopters found")]
    adopters = records["adopters"]
    assert adopters["sex"].tolist() == ["Male", "Not known"]
    assert adopters["adopter_id"].iloc[0] == adopters["family_id"].iloc[0]
    assert not findings["rule"].eq("annex_a.twice").any()


def test_a_case_of_need_that_closes_before_it_starts_closes_on_the_day_it_starts():
    drawing = "children_in_need\nchild_id | start_date | closed_date\nA1 | 15/01/2017 | 01/01/2017"
    records, _ = annex_a.read(drawn_lists(drawing), CONTEXT)
    assert shown(records["children_in_need"], "closed_date") == [("2017-01-15",)]


def test_placeholder_dates_are_findings_and_missing():
    drawing = (
        "adopters\nadopter_id | stage_1_start_date | enquiry_date\nP1 | 01/01/1900 | 1900-01-01"
    )
    records, findings = annex_a.read(drawn_lists(drawing), CONTEXT)
    assert records["adopters"][["stage_1_start_date", "enquiry_date"]].isna().all(axis=None)
    out_of_range = findings[findings["found"].eq("a date out of range")]
    assert out_of_range["row"].tolist() == ["2", "2"]


def test_dashes_are_blank_and_a_birth_date_in_words_is_a_finding_without_it():
    drawing = """
        Child Unique ID | Date of Birth | Date of Contact | Contact Source
        A1 | May be 8 Jan 2000 | 15/01/2017 | --
        B2 | N/A | 15/01/2017 | –
    """
    _, findings = annex_a.read([extract(drawing)], CONTEXT)
    cells = findings[findings["row"].ne("") & findings["rule"].ne("annex_a.column")]
    assert told(cells) == [("2", "a text that is not a date")]
    assert "Jan" not in findings.to_string()


def test_workers_teams_postcodes_and_pupil_numbers_are_left_out_without_a_word():
    drawing = """
        Child Unique ID | Date of Contact | Contact Source | UPN | Allocated Worker | Allocated Team | Placement postcode | Child's Name
        A1 | 15/01/2017 | 6 | A123456789012 | Jo Smith | North | LE1 1AA | Ann Other
    """  # noqa: E501
    records, findings = annex_a.read([extract(drawing)], CONTEXT)
    assert findings[findings["rule"].eq("annex_a.unexpected_column")].empty
    assert "Smith" not in records["contacts"].to_string() + findings.to_string()


@pytest.mark.parametrize(
    ("header", "cell", "severity"),
    [
        ("SiblingNames", "Bo Other", "warning"),
        ("Case note", "x", "warning"),
        ("Ward", "Abbey", "note"),
        ("Extra", "LE1 1AA", "warning"),
        ("Extra", "The family told us that they had moved since the last of our visits", "warning"),
    ],
)  # fmt: skip
def test_a_column_that_nobody_asked_for_is_told_by_its_header_alone(header, cell, severity):
    drawing = f"""
        Child Unique ID | Date of Contact | Contact Source | {header}
        A1 | 15/01/2017 | 6 | {cell}
    """
    records, findings = annex_a.read([extract(drawing)], CONTEXT)
    found = findings[findings["rule"].eq("annex_a.unexpected_column")]
    assert found[["column", "letter", "severity"]].values.tolist() == [[header, "D", severity]]
    assert cell not in findings.drop(columns=["source", "expected", "action"]).to_string() or (
        cell == "x"
    )
    assert header not in records["contacts"]


def test_an_organisation_that_points_to_a_person_is_not_read():
    drawing = "early_help\nchild_id | start_date | organisation\nA1 | 15/01/2017 | jo@example.org"
    records, findings = annex_a.read(drawn_lists(drawing), CONTEXT)
    assert records["early_help_assessments"]["organisation"].tolist() == ["Not known"]
    assert "a text that may point to a person" in findings["found"].tolist()
    assert "jo@" not in findings.to_string()


def test_two_files_of_one_list_are_read_as_one_and_what_both_hold_is_kept_once():
    first = "plans\nchild_id | plan_start_date | latest_category\nA1 | 15/01/2017 | a) Neglect"
    second = "plans\nchild_id | plan_start_date\nA1 | 15/01/2017\nB2 | 16/01/2017"
    tables = [*drawn_lists(first), *drawn_lists(second)]
    records, findings = annex_a.read(tables, CONTEXT)
    assert records["cp_plans"]["latest_category"].fillna("").tolist() == ["Neglect", ""]
    assert findings.loc[findings["rule"].eq("annex_a.twice"), "row"].tolist() == ["2"]


@pytest.mark.parametrize("first_row", [0, 1])
def test_a_workbooks_headers_may_stand_in_row_1_or_2(tmp_path: Path, first_row: int):
    path = tmp_path / "Annex A.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, table in [(each.file, each) for each in drawn_lists(ALL_LISTS)]:
        sheet = book.add_worksheet(name.removesuffix(".csv"))
        if first_row:
            sheet.write(0, 0, "List 1: Contacts")
        sheet.write_row(first_row, 0, list(table.rows.columns))
        for number, row in enumerate(table.rows.to_numpy().tolist(), start=first_row + 1):
            sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
    book.close()
    tables, unread = read_tables(path, tmp_path)
    records, _ = annex_a.read(tables, CONTEXT)
    assert unread.empty
    assert {name: len(rows) for name, rows in records.items()} == {
        "contacts": 2, "early_help_assessments": 1, "children_in_need": 1, "adoption_cases": 1,
        "adopters": 2,
    }  # fmt: skip


def test_a_list_may_come_as_a_csv_file_of_any_name(tmp_path: Path):
    path = tmp_path / "extract 7.csv"
    (table,) = drawn_lists("plans\nchild_id | plan_start_date | age\nA1 | 15/01/2017 | 6.1")
    with path.open("w", newline="", encoding="cp1252") as file:
        csv.writer(file).writerows([list(table.rows.columns), *table.rows.to_numpy().tolist()])
    tables, _ = read_tables(path, tmp_path)
    records, _ = annex_a.read(tables, CONTEXT)
    assert len(records["cp_plans"]) == 1


def test_lists_10_and_11_cover_twelve_months_and_snapshots_one_day():
    quarter = Quarter(2016, 4)
    days = {name: annex_a.covers(name, quarter)[0] for name in ("adopters", "cp_plans")}
    assert [str(day) for day in days.values()] == ["2016-04-01", "2016-10-01"]
    assert annex_a.covers("care_leavers_at_date", quarter) == (quarter.end, quarter.end)


def test_the_age_is_in_no_record():
    records, _ = annex_a.read(drawn_lists(ALL_LISTS), CONTEXT)
    assert all("age" not in rows for rows in records.values())
    assert isinstance(records["contacts"], pd.DataFrame)
