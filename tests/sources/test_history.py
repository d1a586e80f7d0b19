"""History: what is held where several submissions speak of one event."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.history import (
    disagreements,
    join_submissions,
    open_but_absent,
    overlap_findings,
    without_overlaps,
)
from tests.drawn import table
from tests.sources.extracts import shown

KEY = ("child_id", "start_date")


def test_a_later_submission_supersedes_an_earlier_one_for_the_same_event():
    earlier = table(
        """
        | child_id | start_date | end_date   |
        | a        | 2016-01-01 | 2016-03-01 |
        | b        | 2016-01-01 | -          |
        """
    )
    later = table(
        """
        | child_id | start_date | end_date   |
        | a        | 2016-01-01 | -          |
        | b        | 2016-01-01 | 2016-06-01 |
        """
    )
    assert shown(join_submissions([earlier, later], KEY), "child_id", "end_date") == [
        ("a", None),
        ("b", "2016-06-01"),
    ]


def test_an_event_that_only_an_earlier_submission_holds_stays():
    earlier = table("| child_id | start_date |\n| a | 2016-01-01 |")
    later = table("| child_id | start_date |\n| b | 2016-01-01 |")
    assert join_submissions([earlier, later], KEY)["child_id"].tolist() == ["a", "b"]


def test_a_column_that_the_later_source_does_not_send_is_kept():
    earlier = table("| child_id | start_date | reason |\n| a | 2016-01-01 | moved |")
    later = table("| child_id | start_date | end_date |\n| a | 2016-01-01 | 2016-02-01 |")
    joined = join_submissions([earlier, later], KEY)
    assert shown(joined, "reason", "end_date") == [("moved", "2016-02-01")]


SPELLS = """
| child_id | start_date | end_date   | submission | source  |
| a        | 2016-01-01 | -          | 2016-17-Q1 | annex_a |
| a        | 2016-01-03 | -          | 2016-17-Q2 | annex_a |
| b        | 2015-01-01 | 2016-01-01 | 2016-17-Q1 | annex_a |
| b        | 2016-01-01 | -          | 2016-17-Q1 | annex_a |
"""


def test_of_two_spells_that_overlap_the_later_submissions_is_kept():
    spells = table(SPELLS)
    rank = pd.Series([1, 2, 1, 1])
    kept, left_out = without_overlaps(spells, "start_date", "end_date", rank)
    findings = overlap_findings(left_out, "start_date", "cp_plans")
    assert shown(kept, "child_id", "start_date") == [
        ("a", "2016-01-03"),
        ("b", "2015-01-01"),
        ("b", "2016-01-01"),
    ]
    assert findings["found"].tolist() == ["cp_plans that overlap another of the same child: a few"]


def test_an_open_spell_that_the_last_submission_lacks_is_a_finding():
    found = open_but_absent(table(SPELLS), "end_date", "annex_a", "2016-17-Q2", "cp_plans")
    assert found["file"].tolist() == ["2016-17-Q1"]
    assert found["found"].tolist() == ["cp_plans still open that 2016-17-Q2 no longer holds: a few"]


def test_two_sources_that_differ_on_dates_are_a_finding_with_a_count():
    annex_a = table(
        """
        | child_id | start_date | end_date   | submission | source  |
        | a        | 2016-01-01 | 2016-03-01 | 2016-17-Q4 | annex_a |
        | b        | 2016-01-01 | 2016-03-01 | 2016-17-Q4 | annex_a |
        | c        | 2016-01-01 | 2016-03-01 | 2016-17-Q4 | annex_a |
        """
    )
    census = table(
        """
        | child_id | start_date | end_date   | submission | source     |
        | a        | 2016-01-01 | 2016-03-02 | 2016-17-Q4 | cin_census |
        | b        | 2016-01-05 | 2016-03-01 | 2016-17-Q4 | cin_census |
        | c        | 2016-01-01 | 2016-03-01 | 2016-17-Q4 | cin_census |
        | c        | 2016-01-10 | 2016-03-01 | 2016-17-Q4 | cin_census |
        """
    )
    found = disagreements([census, annex_a], KEY, "cp_plans")
    assert found["column"].tolist() == ["end_date", "start_date"]
    assert found["source"].tolist() == ["annex_a and cin_census"] * 2


def test_two_sources_that_agree_are_no_finding():
    rows = table("| child_id | start_date | submission |\n| a | 2016-01-01 | 2016-17-Q4 |")
    parts = [rows.assign(source="annex_a"), rows.assign(source="cin_census")]
    assert disagreements(parts, KEY, "cp_plans").empty
