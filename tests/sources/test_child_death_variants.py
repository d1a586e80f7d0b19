"""Child deaths as other panels send them: apart, under other names, with more or older answers."""

from __future__ import annotations

import pytest

from lscb_analysis.sources import child_deaths
from tests.sources.extracts import CONTEXT, extract, shown, told

NOTIFICATIONS = """
eCDOP ID | Date of Death | Notification Date | Age at Death (Days) | Sex | JAR
1        | 01/02/2016    | 03/02/2016        | 20                  | F   | No
2        | 30/08/2016    | 31/08/2016        | 4000                | M   | Yes
"""
REVIEWS = """
eCDOP ID | CDOP Date  | Case Status | Primary Category | Modifiable Factors Identified
1        | 31/01/2017 | Reviewed    | Category 8       | Modifiable factors identified
"""
CASE = """
Case ID | Date of Death | Date Notified | Age in Days | Date of Panel Review | Category | Modifiable
1       | 01/02/2016    | 03/02/2016    | 20          | 31/01/2017           | CATEGORY | MODIFIABLE
"""
CIRCUMSTANCES = (
    "Case ID | Date of Death | Date Notified | Age in Days | Date of CDOP | Category"
    " | IMD Quintile | Gestation in Weeks | CPP at Death | LAC at Death | CIN at Death | CDRM Date"
    " | Inquest Date\n"
    "1 | 01/02/2016 | 03/02/2016 | 20 | 31/01/2017 | 8 | 1"
    " | 23 | No | No | Yes | 01/12/2016 | 01/06/2017\n"
)
APART = (extract(NOTIFICATIONS, "notified.csv"), extract(REVIEWS, "reviews.csv"))


def death(category: str = "8", modifiable: str = "Yes"):
    drawn = CASE.replace("CATEGORY", category).replace("MODIFIABLE", modifiable)
    records, findings = child_deaths.read([extract(drawn)], CONTEXT)
    return records["child_deaths"], findings


def serious(findings):
    """What was found beside columns that a small extract lacks."""
    return [each for each in told(findings) if each[1] != "no such column"]


def test_notifications_and_reviews_sent_apart_are_one_table_of_cases():
    records, findings = child_deaths.read(list(APART), CONTEXT)
    columns = ("notified_date", "review_date", "category", "has_modifiable_factors", "has_jar")
    assert shown(records["child_deaths"], *columns) == [
        ("2016-02-03", "2017-01-31", "Perinatal or neonatal event", True, False),
        ("2016-08-31", None, "Not known", None, True),
    ]
    assert list(records["child_deaths"]) == [
        *("case_id", "death_date", "notified_date", "review_date", "age_band", "sex", "ethnicity"),
        *("category", "modifiable", "has_modifiable_factors", "days_to_review", "is_expected"),
        *("expectation", "meets_jar_criteria", "has_jar", "place"),
        *("six_months_date", "twelve_months_date"),
        *("residence", "submission", "source"),
    ]
    assert serious(findings) == []


def test_notifications_alone_are_open_cases():
    records, _ = child_deaths.read([APART[0]], CONTEXT)
    columns = ("review_date", "category", "modifiable", "days_to_review")
    assert shown(records["child_deaths"], *columns) == [(None, "Not known", "Not known", None)] * 2


def test_reviews_alone_are_of_no_known_death():
    records, findings = child_deaths.read([APART[1]], CONTEXT)
    assert "child_deaths" not in records
    notes = findings[findings["rule"].eq("child_deaths.reviewed_but_not_notified")]
    assert notes["severity"].tolist() == ["note"]


def test_a_finding_about_a_review_is_in_the_table_of_reviews():
    early = extract(REVIEWS.replace("31/01/2017", "02/02/2016"), "reviews.csv")
    _, findings = child_deaths.read([APART[0], early], CONTEXT)
    found = findings[findings["rule"].eq("child_deaths.reviewed_before_notified")]
    assert found[["file", "row", "letter"]].to_numpy().tolist() == [["reviews.csv", "2", "B"]]


def test_whole_cases_go_before_tables_apart():
    records, findings = child_deaths.read([extract(CASE), *APART], CONTEXT)
    assert len(records["child_deaths"]) == 1
    found = "notifications or reviews apart, beside a table of whole cases"
    assert [told_one for told_one in serious(findings) if told_one[1] == found] == [("", found)] * 2


@pytest.mark.parametrize(
    ("sent", "category"),
    [
        ("Category 3", "Trauma and other external factors"),
        ("5: Acute medical or surgical condition", "Acute medical or surgical condition"),
        ("Perinatal/neonatal event", "Perinatal or neonatal event"),
        ("SUDI", "Sudden unexpected, unexplained death"),
        ("10, 7", "Chromosomal, genetic and congenital anomalies"),
        ("9 and 8", "Perinatal or neonatal event"),
        ("Infection; Malignancy", "Malignancy"),
        ("8/1", "Deliberately inflicted injury, abuse or neglect"),
    ],
)
def test_of_several_categories_the_uppermost_counts(sent, category):
    deaths, findings = death(category=sent)
    assert deaths["category"].tolist() == [category]
    assert serious(findings) == []


@pytest.mark.parametrize("sent", ["8; left alone by his aunt Petra", "8, 11"])
def test_a_category_beside_something_else_is_not_known(sent):
    deaths, findings = death(category=sent)
    assert deaths["category"].tolist() == ["Not known"]
    assert "Petra" not in findings.to_csv()


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("Potentially preventable", "Yes"),
        ("Modifiable/potentially modifiable", "Yes"),
        ("Not preventable", "No"),
        ("No modifiable factors identified", "No"),
        ("Inadequate information upon which to make a judgement", "Insufficient information"),
    ],
)
def test_the_answers_of_each_time_are_read_as_those_of_today(sent, answer):
    deaths, findings = death(modifiable=sent)
    assert deaths["modifiable"].tolist() == [answer]
    assert serious(findings) == []


def test_the_circumstances_of_a_death_are_a_table_of_their_own():
    records, findings = child_deaths.read([extract(CIRCUMSTANCES)], CONTEXT)
    columns = (
        *("age_band", "gestation_band", "deprivation_quintile", "has_cp_plan", "is_looked_after"),
        *("is_child_in_need", "meeting_date", "inquest_date", "days_from_meeting_to_review"),
    )
    assert shown(records["death_circumstances"], *columns) == [
        (
            *("0 to 27 days", "22 to 27 weeks", 1, False, False, True),
            *("2016-12-01", "2017-06-01", 61.0),
        )
    ]
    assert ("2", "a date out of range") not in serious(findings)


def test_without_a_column_for_them_there_are_no_circumstances():
    records, findings = child_deaths.read([extract(CASE)], CONTEXT)
    assert set(records) == {"child_deaths"}
    assert "IMD Quintile" not in findings["column"].tolist()


def test_two_forms_of_one_agency_are_two_requests():
    forms = extract(
        """
        Case ID | Agency | Date Requested | Date Due   | Date Returned | Form
        1       | GP     | 03/02/2016     | 24/02/2016 | 20/02/2016    | Form B
        1       | GP     | 03/02/2016     | 24/02/2016 | -             | Supplementary
        1       | GP     | 03/02/2016     | 24/02/2016 | -             | B
        """
    )
    records, findings = child_deaths.read([forms], CONTEXT)
    assert shown(records["death_forms"], "agency", "is_on_time") == [("GP", True), ("GP", False)]
    assert told(findings) == [("4", "a row for something that an earlier row already gives")]
