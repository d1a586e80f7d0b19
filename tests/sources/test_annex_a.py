"""Annex A: lists known by their columns, whatever their sheets are called."""

from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.periods import Quarter
from lscb_analysis.sources import annex_a
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.raw_tables import RawTable

CONTEXT = Context(Quarter(2016, 4), b"the key of a fictional area", "2016-17-Q4")
CHILD = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
ANNA = ["A1", "b) Female", "a) WBRI", "01/02/2010", 7]
BEN = ["B2", "a) Male", "j) AIND", "01/06/2017", -1]
REFERRALS = [*CHILD, "Date of referral", "Referral Source", "Referral NFA?"]
SECTION_47S = [
    *CHILD,
    "Strategy discussion initiating Section 47 Enquiry Start Date",
    "Date of Initial Child Protection Conference",
    "Did the Initial Child Protection Conference Result in a Child Protection Plan",
]
PLANS = [
    *CHILD,
    "Child Protection Plan Start Date",
    "Initial Category of Abuse",
    "Latest Category of Abuse",
    "Date of latest review conference",
    "Child Protection Plan End Date",
    "Number of Previous Child Protection Plans",
]
LOOKED_AFTER = [
    *CHILD,
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
    "Date Started to be Looked After",
    "Child’s Category of Need",
    "Child's Legal Status",
    "Date of Last Health Assessment",
    "Number of Placements in the Last 12 months",
    "Date Ceased to be Looked After",
    "Reason Ceased to be Looked After",
    "Start Date of Most Recent Placement",
    "Placement Type",
    "Placement Location",
]
LEAVERS = [*CHILD, "Eligibility Category", "LA In Touch", "Suitability of Accommodation"]
LEAVERS += ["Activity Status"]


def drawn(columns: list[str], *rows: list[object], sheet: str = "List_1") -> RawTable:
    index = range(3, 3 + len(rows))
    return RawTable(
        "a.xlsx", sheet, 2, pd.DataFrame(list(rows), columns=columns, index=index, dtype=object)
    )


def read(*tables: RawTable) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The records, and the findings about cells: not those about what was not sent."""
    records, findings = annex_a.read(list(tables), CONTEXT)
    about_cells = findings["file"].ne(CONTEXT.submission) & findings["rule"].ne("annex_a.column")
    return records, findings[about_cells]


def test_a_referral_is_read_with_its_child():
    records, findings = read(drawn(REFERRALS, [*ANNA, "15/01/2017", "q) 6: Police", "b) No"]))
    row = records["referrals"].iloc[0]
    assert findings.empty
    assert (row["sex"], row["ethnicity"], row["referral_source"]) == ("Female", "White", "Police")
    assert row["referral_date"] == pd.Timestamp("2017-01-15")
    assert not row["is_no_further_action"]
    assert row["child_id"].startswith("LSCBID")


def test_the_names_of_the_standard_dataset_are_known_too():
    columns = ["ChildUniqueID", "Gender", "Ethnicity", "DateOfBirth", "Age"]
    columns += ["ReferralDate", "ReferralSource", "ReferralNFA"]
    records, findings = read(drawn(columns, [*ANNA, "15/01/2017", "6", "1"]))
    assert len(records["referrals"]) == 1
    assert findings.empty


def test_a_sheet_is_known_by_its_columns_and_not_by_its_name():
    records, _ = read(drawn(REFERRALS, [*ANNA, "15/01/2017", "6", "No"], sheet="List 10"))
    assert list(records) == ["referrals"]


def test_a_child_who_is_not_yet_born_is_read():
    records, findings = read(drawn(REFERRALS, [*BEN, "15/01/2017", "6", "No"]))
    assert records["referrals"]["birth_date"].tolist() == [pd.Timestamp("2017-06-01")]
    assert findings.empty


def test_a_row_that_occurs_twice_is_kept_once_and_is_a_finding():
    row = [*ANNA, "15/01/2017", "6", "No"]
    records, findings = read(drawn(REFERRALS, row, row))
    assert len(records["referrals"]) == 1
    assert findings["row"].tolist() == ["4"]


def test_a_row_whose_date_cannot_be_read_is_left_out_and_the_finding_says_so():
    bad = [*ANNA, "31/02/2017", "6", "No"]
    good = [*BEN, "15/01/2017", "6", "No"]
    records, findings = read(drawn(REFERRALS, bad, good))
    assert len(records["referrals"]) == 1
    assert findings["row"].tolist() == ["3", "3"]
    assert "left out" in findings["action"].iloc[1]


def test_a_date_of_birth_that_cannot_be_is_not_known_and_never_shown():
    row = ["A1", "b) Female", "a) WBRI", "May be 8 Jan 2000", 7, "15/01/2017", "6", "No"]
    records, findings = read(drawn(REFERRALS, row))
    assert records["referrals"]["birth_date"].isna().all()
    assert findings["column"].tolist() == ["Date of Birth"]
    assert "2000" not in findings["found"].iloc[0]


def test_no_finding_holds_an_identifier():
    row = ["SECRET7", "x", "y", "z", "", "31/02/2017", "SECRET7", "SECRET7"]
    _, findings = read(drawn(REFERRALS, row, row))
    assert len(findings) > 4
    assert "SECRET7" not in findings.to_string()


def test_a_conference_without_an_enquiry_is_no_section_47():
    enquiry = [*ANNA, "02/01/2017", "20/01/2017", "a) Yes"]
    moved_in = [*BEN, None, "10/02/2017", "a) Yes"]
    records, _ = read(drawn(SECTION_47S, enquiry, moved_in))
    assert len(records["section_47s"]) == 1
    assert len(records["conferences"]) == 2
    assert records["conferences"]["s47_start_date"].isna().sum() == 1


def test_two_enquiries_that_led_to_one_conference_make_one_conference():
    first = [*ANNA, "02/01/2017", "20/01/2017", "a) Yes"]
    second = [*ANNA, "10/01/2017", "20/01/2017", "a) Yes"]
    records, _ = read(drawn(SECTION_47S, first, second))
    assert len(records["section_47s"]) == 2
    assert records["conferences"]["s47_start_date"].tolist() == [pd.Timestamp("2017-01-10")]


def test_a_plan_that_ends_before_it_starts_is_open_on_no_day():
    row = [*ANNA, "10/01/2017", "a) Neglect", "a) Neglect", None, "01/01/2017", 0]
    records, findings = read(drawn(PLANS, row))
    assert records["cp_plans"]["plan_end_date"].tolist() == [pd.Timestamp("2017-01-10")]
    assert "ends on the day it starts" in findings["action"].iloc[0]


def looked_after(child: list[object], started: str, **given: object) -> list[object]:
    row = {
        "uasc": "b) No",
        "need": "N1",
        "status": "C2: FCO",
        "health": "01/09/2016",
        "placements": 1,
        "ceased": None,
        "reason": None,
        "placed": started,
        "type": "f) U6: Foster placement - not FFA",
        "location": "b) Out",
    } | given
    uasc, *rest = row.values()
    return [*child, uasc, started, *rest]


def test_a_child_in_short_breaks_has_a_period_and_is_not_looked_after_at_the_date():
    breaks = looked_after(BEN, "01/12/2016", status="V4: Short term breaks, agreements recorded")
    records, _ = read(drawn(LOOKED_AFTER, looked_after(ANNA, "01/12/2016"), breaks))
    assert records["looked_after_periods"]["is_short_break"].tolist() == [False, True]
    assert len(records["looked_after_at_date"]) == 1


def test_a_child_who_left_on_the_last_day_is_not_looked_after_on_it():
    left = looked_after(ANNA, "01/12/2016", ceased="31/03/2017", reason="e) E4A")
    records, _ = read(drawn(LOOKED_AFTER, left))
    assert records["looked_after_at_date"].empty
    assert records["looked_after_periods"]["ceased_reason"].tolist() == ["Returned home"]


@pytest.mark.parametrize(
    ("given", "flag"),
    [
        ({"placements": 3}, "has_3_or_more_placements"),
        ({"placed": "31/03/2015"}, "is_stable"),
        ({"type": "A5"}, "is_stable"),
    ],
)
def test_the_flags_of_a_child_looked_after_are_those_of_the_last_day(
    given: dict[str, object], flag: str
):
    plain = read(drawn(LOOKED_AFTER, looked_after(ANNA, "01/09/2016")))[0]
    flagged = read(drawn(LOOKED_AFTER, looked_after(ANNA, "01/09/2016", **given)))[0]
    assert plain["looked_after_at_date"][flag].tolist() == [False]
    assert flagged["looked_after_at_date"][flag].tolist() == [True]


def test_a_child_under_16_is_long_term_after_two_and_a_half_years():
    for started, expected in (("30/09/2014", True), ("01/10/2014", False)):
        records, _ = read(drawn(LOOKED_AFTER, looked_after(ANNA, started)))
        assert records["looked_after_at_date"]["is_under_16_long_term"].tolist() == [expected]


def test_care_leavers_have_their_band_and_died_is_neither_in_touch_nor_not():
    nineteen = ["A1", "F", "WBRI", "31/03/1998", 19, "b)", "a) Yes", "a) Suitable", "G5"]
    died = ["B2", "M", "WBRI", "01/04/1998", 18, "b)", "c) Died", "b) Unsuitable", "F1"]
    records, _ = read(drawn(LEAVERS, nineteen, died))
    leavers = records["care_leavers_at_date"]
    assert leavers["age_band"].tolist() == ["19 to 21", "17 to 18"]
    assert leavers["is_in_touch"].tolist() == [True, pd.NA]
    assert leavers["is_in_education_employment_training"].tolist() == [False, True]


def test_a_workbook_without_a_list_gives_a_finding_for_it():
    tables = [drawn(REFERRALS, [*ANNA, "15/01/2017", "6", "No"])]
    _, findings = annex_a.read(tables, CONTEXT)
    missing = findings[findings["found"].str.startswith("no table that is")]
    assert missing["severity"].value_counts().to_dict() == {"warning": 5, "note": 5}
    assert missing["found"].str.contains("List 7").sum() == 1


def test_a_list_with_a_header_only_is_taken_as_not_sent():
    records, findings = annex_a.read([drawn(REFERRALS)], CONTEXT)
    assert records == {}
    assert findings["found"].str.contains("header and no rows").sum() == 1


def test_tables_of_others_are_left_alone():
    records, findings = annex_a.read([drawn(["Incident ID", "Crime"], ["1", "Yes"])], CONTEXT)
    assert records == {}
    assert findings.empty


def test_a_code_of_a_later_year_is_a_finding_and_is_read():
    row = looked_after(ANNA, "01/09/2016", type="K3")
    records, findings = read(drawn(LOOKED_AFTER, row))
    assert findings["found"].tolist() == ["the code K3"]
    placed = records["looked_after_at_date"]["placement_type"].tolist()
    assert placed == ["Children's home or supported accommodation"]
