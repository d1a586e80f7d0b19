from __future__ import annotations

import pytest

from lscb_analysis.sources import child_deaths
from tests.drawn import table
from tests.sources.extracts import CONTEXT, extract, shown, told

HEADER = (
    "Case ID | Area of Residence | Date of Death | Date Notified | Age in Days | Sex | Ethnicity"
    " | Place of Death | Expected | JAR Criteria Met | JAR Held | Date of Panel Review | Status"
    " | Category | Modifiable\n"
)
REVIEWED = (
    "D1 | X06000001 | 01/02/2016 | 03/02/2016 | 20 | Female | WBRI | Hospital | Yes | No | No"
    " | 31/01/2017 | Closed | 8 | Yes\n"
)
OPEN = (
    "D2 | X10000002 | 30/08/2016 | 31/08/2016 | 4000 | M | b) BAFR | Home | No | Yes | Yes"
    " | - | Open | - | -\n"
)
FACTORS = """
Case ID | Domain | Factor               | Grade | Modifiable
D1      | A      | Premature birth      | 1*    | No
D1      | B      | Smoking in pregnancy | 3     | Yes
D2      | D      | Communication        | 0     | No
"""
FORMS = """
Case ID | Agency | Date Requested | Date Due   | Date Returned
D1      | Police | 01/02/2016     | 22/02/2016 | 22/02/2016
D1      | GP     | 01/02/2016     | 22/02/2016 | 23/02/2016
D1      | School | 01/02/2016     | 22/02/2016 | -
D2      | Police | 20/03/2017     | 10/04/2017 | -
"""


def deaths(*rows: str):
    records, findings = child_deaths.read([extract(HEADER + "".join(rows))], CONTEXT)
    return records["child_deaths"], findings


def test_a_reviewed_death_has_its_category_by_name_and_its_days_from_death_to_review():
    cases, findings = deaths(REVIEWED)
    columns = ("age_band", "category", "modifiable", "has_modifiable_factors", "days_to_review")
    assert shown(cases, *columns) == [
        ("0 to 27 days", "Perinatal or neonatal event", "Yes", True, 365.0)
    ]
    assert told(findings) == []


def test_an_open_case_has_no_outcome_and_is_no_finding():
    cases, findings = deaths(OPEN)
    columns = ("review_date", "category", "modifiable", "has_modifiable_factors", "days_to_review")
    assert shown(cases, *columns) == [(None, "Not known", "Not known", None, None)]
    assert told(findings) == []


def test_six_and_twelve_months_are_counted_from_notification():
    cases, _ = deaths(OPEN)
    assert shown(cases, "six_months_date", "twelve_months_date") == [("2017-02-28", "2017-08-31")]


def test_a_joint_agency_response_and_whether_it_was_due_are_kept_apart():
    cases, _ = deaths(REVIEWED, OPEN)
    assert shown(cases, "is_expected", "meets_jar_criteria", "has_jar", "residence") == [
        (True, False, False, "X06000001"),
        (False, True, True, "X10000002"),
    ]


@pytest.mark.parametrize(
    ("age", "band"),
    [
        ("0", "0 to 27 days"),
        ("27", "0 to 27 days"),
        ("28", "28 to 364 days"),
        ("364", "28 to 364 days"),
        ("365", "1 to 4 years"),
        ("1826", "5 to 9 years"),
        ("3653", "10 to 14 years"),
        ("5479", "15 to 17 years"),
        ("6574", "15 to 17 years"),
        ("6575", "Not known"),
        ("-", "Not known"),
        ("-1", "Not known"),
    ],
)
def test_an_age_in_days_falls_in_its_band(age, band):
    cases, _ = deaths(REVIEWED.replace("| 20 |", f"| {age} |"))
    assert cases["age_band"].tolist() == [band]


@pytest.mark.parametrize(
    ("answer", "modifiable", "has_modifiable_factors"),
    [
        ("Yes", "Yes", True),
        ("No", "No", False),
        ("Insufficient information", "Insufficient information", None),
        ("Inadequate information", "Insufficient information", None),
        ("-", "Not known", None),
    ],
)
def test_too_little_information_is_neither_modifiable_nor_not(
    answer, modifiable, has_modifiable_factors
):
    cases, _ = deaths(REVIEWED.replace("| 8 | Yes", f"| 8 | {answer}"))
    expected = [(modifiable, has_modifiable_factors)]
    assert shown(cases, "modifiable", "has_modifiable_factors") == expected


def test_an_answer_before_the_review_is_not_counted():
    cases, findings = deaths(OPEN.replace("Open | - | -", "Open | 3 | Yes"))
    assert shown(cases, "has_modifiable_factors") == [(None,)]
    found = "a category or an answer on modifiable factors before the review"
    assert told(findings) == [("2", found)]


@pytest.mark.parametrize(
    ("sent", "instead", "found"),
    [
        ("03/02/2016", "31/01/2016", "notified before the death"),
        ("31/01/2017", "31/01/2016", "reviewed before the death"),
        ("31/01/2017", "02/02/2016", "reviewed before the panel was notified"),
        ("| 20 |", "| 6575 |", "an age of 18 years or more"),
        ("| Closed |", "| Open |", "an open case with a date of panel review"),
        ("| 8 | Yes", "| - | Yes", "a reviewed case without a category"),
        ("| 8 | Yes", "| 11 | Yes", "the code 11"),
        ("X06000001", "1 Example Road", "a value that is not an area code"),
        ("03/02/2016", "-", "a blank cell"),
    ],
)
def test_what_cannot_be_right_is_a_finding_with_its_row(sent, instead, found):
    _, findings = deaths(OPEN, REVIEWED.replace(sent, instead))
    assert ("3", found) in told(findings)


def test_a_closed_case_without_a_review_counts_as_open_and_is_a_finding():
    cases, findings = deaths(OPEN.replace("Open", "Closed"))
    assert cases["review_date"].isna().all()
    assert told(findings) == [("2", "a closed case without a date of panel review")]


def test_days_to_a_review_before_the_death_are_not_known():
    cases, _ = deaths(REVIEWED.replace("31/01/2017", "31/01/2016"))
    assert cases["days_to_review"].isna().all()


def test_a_review_that_is_only_planned_has_not_taken_place():
    cases, findings = deaths(OPEN.replace("Yes | Yes | -", "Yes | Yes | 15/05/2017"))
    assert cases["review_date"].isna().all()
    assert [row for row, _ in told(findings)] == ["2"]


def test_a_finding_never_shows_the_date_of_a_death():
    _, findings = deaths(REVIEWED.replace("01/02/2016", "01/02/2019"))
    assert told(findings)[0] == ("2", "a date out of range")


def test_a_case_sent_twice_counts_once():
    cases, findings = deaths(REVIEWED, REVIEWED.replace("D1 ", "d1 "))
    assert len(cases) == 1
    assert told(findings) == [("3", "a row for something that an earlier row already gives")]


def test_an_address_as_the_residence_is_not_kept():
    cases, findings = deaths(REVIEWED.replace("X06000001", "1 Example Road"))
    assert cases["residence"].tolist() == ["Not known"]
    assert "Example Road" not in findings.to_csv()


def test_grades_of_the_old_form_are_read_on_the_scale_of_the_later_one():
    factors = extract(FACTORS)
    records, _ = child_deaths.read([extract(HEADER + REVIEWED + OPEN), factors], CONTEXT)
    columns = ("factor_line", "review_date", "domain", "factor", "grade", "is_modifiable")
    child, social, service = (
        "Characteristics of the child",
        "Family and social environment",
        "Service provision",
    )
    assert shown(records["death_factors"], *columns) == [
        (1, "2017-01-31", child, "Prematurity", 1, False),
        (2, "2017-01-31", social, "Smoking in pregnancy", 2, True),
        (1, None, service, "Communication between services", 0, False),
    ]


def test_what_was_written_of_one_child_is_another_factor():
    written = FACTORS.replace("Smoking in pregnancy", "Petra's mother was away")
    records, findings = child_deaths.read([extract(HEADER + REVIEWED), extract(written)], CONTEXT)
    assert records["death_factors"]["factor"].tolist()[1] == "Other factor"
    assert "Petra" not in findings.to_csv() + records["death_factors"].to_csv()


def test_a_factor_of_no_case_is_a_finding():
    _, findings = child_deaths.read([extract(HEADER + REVIEWED), extract(FACTORS)], CONTEXT)
    assert told(findings) == [("4", "a factor of a case that is not in the table of cases")]


def test_a_modifiable_factor_that_did_not_contribute_is_a_finding():
    drawn = FACTORS.replace("1*    | No", "1     | Yes")
    _, findings = child_deaths.read([extract(HEADER + REVIEWED + OPEN), extract(drawn)], CONTEXT)
    assert told(findings) == [("2", "modifiable, but graded as not contributing")]


def test_the_same_factor_of_one_case_counts_once():
    twice = FACTORS + "D1 | B | Smoking in pregnancy | 3 | Yes\n"
    records, findings = child_deaths.read(
        [extract(HEADER + REVIEWED + OPEN), extract(twice)], CONTEXT
    )
    assert len(records["death_factors"]) == 3
    assert [row for row, _ in told(findings)] == ["5"]


def test_a_form_is_on_time_by_its_due_date_and_late_once_that_is_past():
    records, findings = child_deaths.read([extract(FORMS)], CONTEXT)
    assert shown(records["death_forms"], "agency", "is_on_time") == [
        ("Police", True),
        ("GP", False),
        ("School", False),
        ("Police", None),
    ]
    assert told(findings) == []


def test_a_form_returned_before_it_was_requested_is_a_finding():
    early = FORMS.replace("22/02/2016 | 23/02/2016", "22/02/2016 | 23/01/2016")
    _, findings = child_deaths.read([extract(early)], CONTEXT)
    assert told(findings) == [("3", "a form returned before it was requested")]


def test_on_time_needs_a_due_date():
    forms = table(
        """
        due_date   | returned_date
        -          | 2017-01-01
        2017-01-01 | 2017-01-01
        """
    )
    on_time = child_deaths.on_time(forms, CONTEXT.quarter.end)
    assert shown(on_time.to_frame("on_time"), "on_time") == [(None,), (True,)]


def test_a_form_sent_twice_counts_once_and_is_a_finding():
    twice = FORMS + "D1 | GP | 01/02/2016 | 22/02/2016 | 20/02/2016\n"
    records, findings = child_deaths.read([extract(twice)], CONTEXT)
    assert len(records["death_forms"]) == 4
    assert told(findings) == [("6", "a row for something that an earlier row already gives")]
