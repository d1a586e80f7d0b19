"""An area: folders of quarters in, records, coverage, findings, texts and returns out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from lscb_analysis.periods import Quarter
from lscb_analysis.sources import AreaRecords, list_submissions, read_area
from tests.sources.extracts import shown
from tests.sources.test_annex_a import ANNA, BEN, LOOKED_AFTER, PLANS, REFERRALS, looked_after

KEY = b"the key of a fictional area"
LAST = Quarter(2016, 4)
PLAN = ["a) Neglect", "a) Neglect", None]
INCIDENTS = (
    "Incident ID,Incident Date,Crime,Risk Grade,Children Resident,Children Present,Victim ID\n"
)


def workbook(folder: Path, **lists: list[list[object]]) -> Path:
    """An Annex A workbook with these sheets, a header and rows each."""
    folder.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(folder / "annex_a.xlsx") as book:
        for name, rows in lists.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return folder / "annex_a.xlsx"


def log(folder: Path, name: str, header: str, *rows: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join([header, *rows]) + "\n")


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """Two quarters: Anna's plan goes on, Ben's ends; the police send the second only."""
    folder = tmp_path / "X06000001"
    anna = [*ANNA, "10/10/2016", *PLAN]
    ben = [*BEN, "20/08/2016", *PLAN]
    workbook(
        folder / "2016-17-Q3",
        List_3=[REFERRALS, [*ANNA, "15/07/2016", "6", "No"], [*ANNA, "15/12/2016", "6", "No"]],
        List_7=[PLANS, [*anna, None, 0], [*ben, None, 0]],
        List_8=[LOOKED_AFTER, looked_after(ANNA, "01/12/2016")],
    )
    workbook(
        folder / "2016-17-Q4",
        List_3=[REFERRALS, [*ANNA, "15/12/2016", "2A", "Yes"]],
        List_7=[PLANS, [*anna, None, 0], [*ben, "15/02/2017", 0]],
        List_8=[LOOKED_AFTER, looked_after(ANNA, "01/12/2016")],
    )
    log(folder / "2016-17-Q4", "police.csv", INCIDENTS.strip(), "1,03/02/2017,Yes,High,Yes,No,V1")
    return folder


def read(area: Path, quarter: Quarter = LAST) -> AreaRecords:
    return read_area(area, quarter, KEY)


def days(coverage: pd.DataFrame, table: str) -> list[tuple[object, ...]]:
    return shown(coverage[coverage["table"].eq(table)], "start", "end", "submission")


def test_submissions_are_joined_and_the_later_supersedes(area: Path):
    records = read(area).records
    assert shown(records["referrals"], "referral_date", "referral_source", "is_re_referral") == [
        ("2016-07-15", "Police", False),
        ("2016-12-15", "Schools", True),
    ]
    assert shown(records["cp_plans"], "plan_start_date", "plan_end_date", "submission") == [
        ("2016-10-10", None, "2016-17-Q4"),
        ("2016-08-20", "2017-02-15", "2016-17-Q4"),
    ]


def test_a_snapshot_is_kept_for_every_submission(area: Path):
    assert shown(read(area).records["looked_after_at_date"], "snapshot_date") == [
        ("2016-12-31",),
        ("2017-03-31",),
    ]


def test_only_the_quarters_asked_for_are_read(area: Path):
    earlier = read(area, Quarter(2016, 3))
    assert earlier.records["cp_plans"]["plan_end_date"].isna().all()
    assert "da_incidents" not in earlier.records


def test_the_submissions_of_an_area_are_the_folders_that_hold_a_file(area: Path):
    (area / "2017-18-Q1").mkdir()
    (area / "2017-18-Q1" / ".gitkeep").touch()
    assert list_submissions(area) == [Quarter(2016, 3), LAST]


def test_coverage_says_which_days_each_submission_covers(area: Path):
    coverage = read(area).coverage
    assert days(coverage, "referrals") == [
        ("2016-07-01", "2016-12-31", "2016-17-Q3"),
        ("2016-10-01", "2017-03-31", "2016-17-Q4"),
    ]
    assert days(coverage, "da_incidents") == [("2017-01-01", "2017-03-31", "2016-17-Q4")]
    assert days(coverage, "looked_after_at_date")[-1][:2] == ("2017-03-31", "2017-03-31")
    assert days(coverage, "section_47s") == []


def test_a_file_that_cannot_be_read_costs_its_own_table_and_no_other(area: Path):
    (area / "2016-17-Q4" / "annex_a.xlsx").write_bytes(b"PK\x03\x04 cut short")
    found = read(area)
    failed = found.findings[found.findings["severity"].eq("failed")]
    assert failed["file"].tolist() == ["2016-17-Q4/annex_a.xlsx"]
    assert days(found.coverage, "cp_plans") == [("2016-07-01", "2016-12-31", "2016-17-Q3")]
    assert len(found.records["da_incidents"]) == 1


def test_a_folder_that_is_not_a_quarter_is_a_finding(area: Path):
    (area / "Quarter 4").mkdir()
    findings = read(area).findings
    assert findings[findings["source"].eq("folder")]["file"].tolist() == ["Quarter 4"]


def test_an_area_without_a_folder_is_a_finding_and_has_no_records(tmp_path: Path):
    found = read(tmp_path / "X06000009")
    assert found.records == {}
    assert found.coverage.empty
    assert len(found.findings) == 1


def test_a_file_that_nobody_knows_is_a_finding_with_the_nearest_table(area: Path):
    log(area / "2016-17-Q4", "new.csv", "Incident ID,When,Colour", "1,03/02/2017,red")
    log(area / "2016-17-Q4", "near.csv", "Incident ID,Incident Date,Colour", "1,03/02/2017,red")
    (area / "2016-17-Q4" / "letter.docx").write_text("Dear all")
    findings = read(area).findings
    by_file = findings.set_index("file")["found"]
    assert by_file["2016-17-Q4/new.csv"].startswith("no table that any source knows")
    assert by_file["2016-17-Q4/near.csv"].startswith("a table that is nearly Police")
    assert by_file["2016-17-Q4/letter.docx"] == "a kind of file that is not read"


def test_a_sheet_of_guidance_is_not_taken_for_another_sources_table(area: Path):
    guidance = [["Question", "Reply"], ["Which children?", "All"]]
    referrals = [REFERRALS, [*ANNA, "15/12/2016", "2A", "Yes"]]
    workbook(area / "2016-17-Q4", List_3=referrals, FAQ=guidance)
    assert read(area).findings["sheet"].ne("FAQ").all()


def test_a_sheet_that_is_nearly_a_list_is_a_finding(area: Path):
    referrals = [REFERRALS, [*ANNA, "15/12/2016", "2A", "Yes"]]
    contacts = [["Child Unique ID", "Date of Contact", "From"], ["1", "15/12/2016", "6"]]
    workbook(area / "2016-17-Q4", List_3=referrals, List_1=contacts)
    found = read(area).findings.query("sheet == 'List_1'")
    assert shown(found, "found", "expected") == [
        (
            "a table that is nearly Annex A List 1 (contacts): it is not read",
            "a column named Contact Source",
        )
    ]


def test_a_file_of_official_statistics_is_told_from_what_partners_send(area: Path):
    header = "time_period,time_identifier,geographic_level,new_la_code,number"
    log(area / "2016-17-Q4", "dfe.csv", header, "2017,Reporting year,Local authority,E06000016,7")
    by_file = read(area).findings.set_index("file")["found"]
    assert by_file["2016-17-Q4/dfe.csv"].startswith("official statistics, which no partner sends")


def test_an_extract_that_stops_coming_is_a_finding(area: Path):
    workbook(area / "2017-18-Q1", List_3=[REFERRALS, [*ANNA, "15/05/2017", "6", "No"]])
    findings = read(area, Quarter(2017, 1)).findings
    stopped = findings[findings["source"].eq("da_incidents")]
    assert stopped["file"].tolist() == ["2017-18-Q1"]


def test_a_plan_that_drops_out_of_the_list_stays_open_and_is_a_finding(area: Path):
    workbook(area / "2017-18-Q1", List_7=[PLANS, [*BEN, "20/08/2016", *PLAN, "15/02/2017", 0]])
    found = read(area, Quarter(2017, 1))
    assert found.records["cp_plans"]["plan_end_date"].isna().sum() == 1
    assert found.findings["found"].str.startswith("cp_plans still open").sum() == 1


def test_without_a_log_no_plan_is_said_to_be_reviewed_on_time(area: Path):
    found = read(area)
    plans = found.records["cp_plans"]
    assert plans["reviews_on_time_until"].equals(plans["plan_start_date"])
    assert found.findings["found"].str.contains("no log of child protection reviews").sum() == 1


def test_reviews_in_the_log_are_those_of_the_plans(area: Path):
    header = "Child Unique ID,Child Protection Plan Start Date,Date of Review Conference"
    log(area / "2016-17-Q3", "reviews.csv", header)
    log(area / "2016-17-Q4", "reviews.csv", header, "A1,10/10/2016,05/01/2017")
    plans = read(area).records["cp_plans"].set_index("plan_start_date")
    assert pd.isna(plans.loc["2016-10-10", "reviews_on_time_until"])
    assert plans.loc["2016-08-20", "reviews_on_time_until"] == pd.Timestamp("2017-02-15")


def test_what_fell_due_is_made_of_the_logs_and_is_covered_once_it_can_be_known(area: Path):
    header = "Child Unique ID,Date Started to be Looked After,Date of Statutory Visit"
    log(area / "2016-17-Q3", "visits.csv", header, "A1,01/12/2016,07/12/2016")
    log(area / "2016-17-Q4", "visits.csv", header, "A1,01/12/2016,20/01/2017")
    found = read(area)
    assert shown(found.records["visits_due"], "due_date", "visit_date", "is_on_time") == [
        ("2016-12-08", "2016-12-07", True),
        ("2017-01-18", "2017-01-20", False),
        ("2017-03-03", None, False),
    ]
    assert days(found.coverage, "visits_due")[0][0] == "2016-11-12"


def test_only_starters_since_the_log_began_are_due_a_first_health_assessment(area: Path):
    header = "Child Unique ID,Date Started to be Looked After,Date of Health Assessment,"
    header += "Type of Health Assessment"
    log(area / "2016-17-Q4", "health.csv", header, "A1,01/12/2016,10/01/2017,Initial")
    assert read(area).records["initial_health_assessments"].empty
    log(area / "2016-17-Q3", "health.csv", header)
    due = read(area).records["initial_health_assessments"]
    assert shown(due, "due_date", "assessment_date", "is_on_time") == [
        ("2017-01-03", "2017-01-10", False)
    ]


def test_a_late_extract_counts_for_the_quarter_it_is_about(area: Path):
    late = [f"{n},03/11/2016,Yes,High,Yes,No,V1" for n in range(2, 5)]
    log(area / "2016-17-Q4" / "late", "police.csv", INCIDENTS.strip(), *late)
    found = read(area)
    assert [row[0] for row in days(found.coverage, "da_incidents")] == ["2016-10-01", "2017-01-01"]
    assert found.findings["found"].str.contains("2016-17-Q3, sent late").sum() == 1


def test_annex_a_counts_more_than_the_yearly_return_of_the_same_submission(area: Path):
    header = "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC"
    log(
        area / "2016-17-Q4",
        "episodes.csv",
        header,
        "A1,01/12/2016,S,C2,N1,U6,01/03/2017,E4A",
        "C3,01/06/2016,S,C2,N1,U6,01/08/2016,E4A",
    )
    found = read(area)
    assert shown(found.records["looked_after_periods"], "started_date", "ceased_date") == [
        ("2016-12-01", None),
        ("2016-06-01", "2016-08-01"),
    ]


def test_every_table_of_records_has_its_columns_and_types(area: Path):
    plans = read(area).records["cp_plans"]
    assert plans.dtypes.astype(str).to_dict() == {
        "child_id": "str",
        "birth_date": "datetime64[ns]",
        "sex": "str",
        "ethnicity": "str",
        "plan_start_date": "datetime64[ns]",
        "plan_end_date": "datetime64[ns]",
        "initial_category": "str",
        "latest_category": "str",
        "previous_plans": "Int64",
        "has_previous_plan": "boolean",
        "has_previous_plan_within_2_years": "boolean",
        "two_years_date": "datetime64[ns]",
        "three_months_date": "datetime64[ns]",
        "lasted_2_years": "boolean",
        "reviews_on_time_until": "datetime64[ns]",
        "submission": "str",
        "source": "str",
    }


def test_no_raw_identifier_is_held_or_told(area: Path):
    found = read(area)
    held = "".join(rows.to_csv() for rows in found.records.values()) + found.findings.to_csv()
    assert ",A1," not in held
    assert "B2" not in held
