from __future__ import annotations

import pytest

from lscb_analysis.sources import logs
from tests.sources.extracts import CONTEXT, extract, shown, told

REVIEWS = """
Child Unique ID | Child Protection Plan Start Date | Date of Review Conference
MF1             | 01/10/2016                       | 05/01/2017
mf1             | 01/10/2016                       | 28/03/2017
"""
ASSESSMENTS = """
Child ID | Date Started to be Looked After | Date of Health Assessment | Type of Health Assessment
MF1      | 01/10/2016                      | 05/01/2017                | Initial
MF2      | 01/10/2010                      | 06/01/2017                | RHA
"""


def test_reviews_of_one_plan_are_the_same_child_however_the_id_is_written():
    records, findings = logs.read([extract(REVIEWS)], CONTEXT)
    reviews = records["cp_reviews"]
    assert shown(reviews, "plan_start_date", "review_date") == [
        ("2016-10-01", "2017-01-05"),
        ("2016-10-01", "2017-03-28"),
    ]
    assert reviews["child_id"].nunique() == 1
    assert reviews["child_id"].str.fullmatch("LSCBID[0-9a-f]{14}").all()
    assert told(findings) == []


@pytest.mark.parametrize(
    ("header", "name", "date"),
    [
        ("Date of Statutory Review", "lac_reviews", "review_date"),
        ("Date of Statutory Visit", "visits", "visit_date"),
    ],
)
def test_a_log_is_known_by_its_columns(header, name, date):
    log = extract(
        f"Child Unique ID | Date Started to be Looked After | {header}\n"
        "MF1 | 01/10/2016 | 05/01/2017"
    )
    records, _ = logs.read([log], CONTEXT)
    assert list(records) == [name]
    assert shown(records[name], "started_date", date) == [("2016-10-01", "2017-01-05")]


def test_health_assessments_are_initial_or_review():
    records, _ = logs.read([extract(ASSESSMENTS)], CONTEXT)
    assert shown(records["health_assessments"], "assessment_date", "kind") == [
        ("2017-01-05", "Initial"),
        ("2017-01-06", "Review"),
    ]


def test_an_event_before_its_start_is_left_out_and_a_finding():
    early = REVIEWS.replace("28/03/2017", "30/09/2016")
    records, findings = logs.read([extract(early)], CONTEXT)
    assert len(records["cp_reviews"]) == 1
    assert told(findings) == [("3", "a date before the start of what it belongs to")]


def test_an_event_without_a_child_is_left_out_and_a_finding():
    records, findings = logs.read([extract(REVIEWS.replace("mf1", "-"))], CONTEXT)
    assert len(records["cp_reviews"]) == 1
    assert told(findings) == [("3", "a blank cell")]


def test_a_row_sent_twice_counts_once():
    twice = REVIEWS.replace("28/03/2017", "05/01/2017")
    records, findings = logs.read([extract(twice)], CONTEXT)
    assert len(records["cp_reviews"]) == 1
    assert told(findings) == [("3", "a row for something that an earlier row already gives")]


def test_a_list_of_annex_a_is_not_a_log():
    list_7 = extract(
        "Child Unique ID | Child Protection Plan Start Date | Date of Latest Review Conference\n"
        "MF1 | 01/10/2016 | 05/01/2017"
    )
    records, findings = logs.read([list_7], CONTEXT)
    assert records == {}
    assert len(findings) == 0
