"""Children looked after: what fell due, and whether it was done in time."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources import care_derive
from tests.drawn import table
from tests.sources.extracts import shown

AS_OF = pd.Timestamp("2017-03-31")
LONG_AGO = pd.Timestamp("2010-04-01")


def periods(drawing: str) -> pd.DataFrame:
    drawn = table(drawing)
    more = {"birth_date": pd.Timestamp("2010-01-01"), "sex": "Male", "ethnicity": "White"}
    stamp = {"submission": "2016-17-Q4", "source": "annex_a"}
    return drawn.assign(**more, **stamp)


def test_a_first_health_assessment_is_due_on_working_day_20_of_starters_still_looked_after():
    spells = periods(
        """
        | child_id | started_date | ceased_date | is_short_break |
        | on_time  | 2017-02-01   | -           | no             |
        | late     | 2017-02-01   | -           | no             |
        | left     | 2017-02-01   | 2017-02-28  | no             |
        | breaks   | 2017-02-01   | -           | yes            |
        | not_yet  | 2017-03-20   | -           | no             |
        """
    )
    log = table(
        """
        | child_id | assessment_date | kind    |
        | on_time  | 2017-03-01      | Initial |
        | late     | 2017-02-20      | Review  |
        | late     | 2017-03-02      | Initial |
        """
    )
    found = care_derive.initial_health_assessments(spells, log, AS_OF)
    assert shown(found, "child_id", "due_date", "assessment_date", "is_on_time") == [
        ("on_time", "2017-03-01", "2017-03-01", True),
        ("late", "2017-03-01", "2017-03-02", False),
    ]


def reviews_of(drawing: str, known_from: pd.Timestamp = LONG_AGO) -> list[tuple[object, ...]]:
    spells = periods(
        """
        | child_id | started_date | ceased_date | is_short_break |
        | a        | 2016-05-03   | -           | no             |
        """
    )
    found = care_derive.reviews_due(spells, table(drawing), known_from, AS_OF)
    return shown(found, "due_date", "review_date", "is_on_time")


def test_reviews_fall_due_after_20_working_days_then_3_months_then_6():
    log = """
    | child_id | review_date |
    | a        | 2016-06-01  |
    | a        | 2016-09-02  |
    | a        | 2017-03-02  |
    """
    assert reviews_of(log) == [
        ("2016-06-01", "2016-06-01", True),
        ("2016-09-01", "2016-09-02", False),
        ("2017-03-02", "2017-03-02", True),
    ]


def test_a_review_that_was_not_done_is_due_and_late():
    log = """
    | child_id | review_date |
    | b        | 2016-06-01  |
    """
    assert reviews_of(log) == [("2016-06-01", None, False)]


def test_the_reviews_of_a_period_older_than_the_log_are_due_from_its_first_six_months_on():
    log = """
    | child_id | review_date |
    | a        | 2016-11-20  |
    """
    assert reviews_of(log, pd.Timestamp("2016-07-01")) == [("2017-01-01", "2016-11-20", True)]


def visits_of(drawing: str, ceased: str = "-") -> list[tuple[object, ...]]:
    spells = periods(
        f"""
        | child_id | started_date | ceased_date | is_short_break |
        | a        | 2017-01-02   | {ceased}    | no             |
        """
    )
    found = care_derive.visits_due(spells, table(drawing), LONG_AGO, AS_OF)
    return shown(found, "due_date", "visit_date", "is_on_time")


def test_visits_fall_due_after_a_week_and_then_six_weeks_after_the_last():
    log = """
    | child_id | visit_date |
    | a        | 2017-01-09 |
    | a        | 2017-02-21 |
    """
    assert visits_of(log) == [
        ("2017-01-09", "2017-01-09", True),
        ("2017-02-20", "2017-02-21", False),
    ]


def test_a_visit_is_due_again_every_six_weeks_while_there_is_none():
    log = """
    | child_id | visit_date |
    | b        | 2017-01-09 |
    """
    assert visits_of(log) == [("2017-01-09", None, False), ("2017-02-20", None, False)]


def test_a_late_visit_ends_the_wait():
    log = """
    | child_id | visit_date |
    | a        | 2017-02-20 |
    """
    assert visits_of(log) == [("2017-01-09", "2017-02-20", False)]


def test_no_visit_is_due_once_the_child_has_left():
    log = """
    | child_id | visit_date |
    | a        | 2017-01-09 |
    """
    assert visits_of(log, ceased="2017-02-20") == [("2017-01-09", "2017-01-09", True)]


def test_a_health_review_is_current_for_6_months_under_5_and_12_months_after():
    children = table(
        """
        | child_id | birth_date | snapshot_date | latest_health_assessment_date |
        | baby     | 2013-01-01 | 2017-03-31    | -                             |
        | baby_2   | 2013-01-01 | 2017-03-31    | -                             |
        | older    | 2010-01-01 | 2017-03-31    | -                             |
        | listed   | 2010-01-01 | 2017-03-31    | 2016-04-01                    |
        | never    | 2010-01-01 | 2017-03-31    | -                             |
        | unknown  | -          | 2017-03-31    | 2016-04-01                    |
        """
    )
    log = table(
        """
        | child_id | assessment_date |
        | baby     | 2016-09-30      |
        | baby_2   | 2016-09-29      |
        | older    | 2016-03-31      |
        | listed   | 2015-01-01      |
        | never    | 2017-04-01      |
        """
    )
    found = care_derive.with_health_reviews(children, log, is_known=True)
    assert shown(found, "child_id", "is_health_review_current") == [
        ("baby", True),
        ("baby_2", False),
        ("older", True),
        ("listed", True),
        ("never", False),
        ("unknown", None),
    ]
