"""Derived columns: each as a worked example over a small drawn table."""

from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.sources import derive
from tests.drawn import table
from tests.sources.extracts import shown

AS_OF = pd.Timestamp("2017-03-31")
LONG_AGO = pd.Timestamp("2010-04-01")


def test_a_re_referral_is_one_within_12_months_of_the_childs_last():
    events = table(
        """
        | child_id | referral_date |
        | a        | 2016-01-10    |
        | a        | 2017-01-10    |
        | a        | 2018-01-11    |
        | b        | 2017-01-12    |
        """
    )
    assert derive.is_re_referral(events).tolist() == [False, True, False, False]


def test_a_re_referral_does_not_depend_on_the_order_of_the_rows():
    events = table(
        """
        | child_id | referral_date |
        | a        | 2017-01-10    |
        | a        | 2016-12-10    |
        """
    )
    assert derive.is_re_referral(events).tolist() == [True, False]


def test_an_assessment_is_timed_in_working_days_from_its_start():
    events = table(
        """
        | child_id | start_date | authorised_date |
        | a        | 2017-01-03 | 2017-03-07      |
        | b        | 2017-01-03 | 2017-03-08      |
        | c        | 2017-01-03 | -               |
        """
    )
    found = derive.assessments(events)
    assert shown(found, "working_days", "is_within_45_working_days") == [
        (45.0, True),
        (46.0, False),
        (None, None),
    ]


def test_an_enquiry_matures_on_working_day_20():
    events = table(
        """
        | child_id | s47_start_date | conference_date |
        | a        | 2017-02-01     | 2017-02-20      |
        | b        | 2017-04-13     | -               |
        """
    )
    found = derive.section_47s(events)
    assert shown(found, "matured_date", "has_conference") == [
        ("2017-03-01", True),
        ("2017-05-16", False),
    ]


def test_a_conference_is_timed_from_its_enquiry_and_one_of_a_child_who_moved_in_is_not():
    events = table(
        """
        | child_id | s47_start_date | conference_date |
        | a        | 2017-02-01     | 2017-02-22      |
        | b        | 2017-02-01     | 2017-02-23      |
        | c        | -              | 2017-02-23      |
        | d        | 2017-02-23     | 2017-02-01      |
        """
    )
    found = derive.conferences(events)
    columns = ("is_transfer_in", "is_timed", "working_days", "is_within_15_working_days")
    assert shown(found, *columns) == [
        (False, True, 15.0, True),
        (False, True, 16.0, False),
        (True, False, None, None),
        (False, False, None, None),
    ]


PLANS = """
| child_id | plan_start_date | plan_end_date | previous_plans |
| a        | 2013-01-10      | 2014-06-30    | 0              |
| a        | 2016-06-30      | -             | 1              |
| b        | 2015-01-15      | 2017-01-15    | 0              |
| c        | 2016-12-01      | -             | 2              |
"""


def plans() -> pd.DataFrame:
    drawn = table(PLANS)
    drawn["previous_plans"] = drawn["previous_plans"].astype("Int64")
    return derive.cp_plans(drawn, no_reviews(), LONG_AGO, AS_OF)


def no_reviews() -> pd.DataFrame:
    return pd.DataFrame({"child_id": [], "review_date": []}).astype(
        {"child_id": "str", "review_date": "datetime64[ns]"}
    )


def test_an_earlier_plan_counts_within_two_years_of_its_end():
    assert shown(plans(), "has_previous_plan", "has_previous_plan_within_2_years") == [
        (False, False),
        (True, True),
        (False, False),
        (True, False),
    ]


def test_a_plan_lasts_two_years_to_the_same_day_of_the_month():
    assert shown(plans(), "two_years_date", "lasted_2_years")[2] == ("2017-01-15", True)
    assert shown(plans(), "three_months_date")[3] == ("2017-03-01",)


def until(
    reviews: list[str],
    start: str = "2016-01-10",
    end: str | None = None,
    known_from: str = "2010-04-01",
) -> str | None:
    spell = {"child_id": ["a"], "plan_start_date": [start], "plan_end_date": [end]}
    dates = dict.fromkeys(("plan_start_date", "plan_end_date"), "datetime64[ns]")
    plan = pd.DataFrame(spell).astype({"child_id": "str", **dates})
    held = pd.DataFrame({"child_id": ["a"] * len(reviews), "review_date": reviews}).astype(
        {"child_id": "str", "review_date": "datetime64[ns]"}
    )
    found = derive.reviews_on_time_until(plan, held, pd.Timestamp(known_from), AS_OF).iloc[0]
    return None if pd.isna(found) else f"{found:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ([], "2016-04-11"),
        (["2016-04-11"], "2016-04-11"),
        (["2016-04-10", "2016-10-10", "2017-01-01"], None),
        (["2016-04-10", "2016-10-11"], "2016-10-11"),
        (["2016-04-10", "2016-09-10"], "2017-03-11"),
        (["2016-04-10", "2016-10-01"], None),
    ],
)
def test_reviews_are_on_time_until_the_day_after_one_was_due(
    reviews: list[str], expected: str | None
):
    assert until(reviews) == expected


def test_reviews_are_on_time_until_the_plan_ends():
    assert until(["2016-04-10"], end="2016-08-01") == "2016-08-01"


def test_a_review_after_the_plan_is_not_one_of_it():
    assert until(["2016-05-01"], end="2016-04-30") == "2016-04-11"


def test_reviews_done_before_the_log_begins_are_not_taken_for_overdue():
    assert until([], start="2014-05-01", known_from="2016-04-01") == "2016-10-02"
    assert until(["2016-09-01", "2017-02-20"], start="2014-05-01", known_from="2016-04-01") is None
