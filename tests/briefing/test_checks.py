from __future__ import annotations

import pandas as pd

from lscb_analysis.briefing.received import LATE, NOT_DUE, NOT_SENT, ON_TIME, tracked
from lscb_analysis.periods import Quarter

QUARTER = Quarter(2016, 4)


def returns(*rows: tuple[str, str, bool, bool]) -> pd.DataFrame:
    columns = ["quarter", "source", "is_late", "has_commentary"]
    return pd.DataFrame(rows, columns=columns).assign(agency="Police", file="x", received=pd.NaT)


def states(*rows: tuple[str, str, bool, bool]) -> list[str]:
    [row] = tracked(returns(*rows), QUARTER).to_dict("records")
    return [row[quarter.label] for quarter in QUARTER.last(4)]


def test_a_return_that_came_in_every_quarter_is_on_time_in_each():
    sent = [(quarter.label, "police", False, False) for quarter in QUARTER.last(4)]
    assert states(*sent) == [ON_TIME] * 4


def test_a_return_that_stops_coming_is_missed_for_two_quarters_and_then_not_expected():
    assert states(("2016-17 Q1", "police", False, False)) == [ON_TIME, NOT_SENT, NOT_SENT, NOT_DUE]


def test_a_return_that_came_late_is_late_in_its_own_quarter():
    late = ("2016-17 Q2", "police", True, False)
    assert states(("2016-17 Q1", "police", False, False), late)[:2] == [ON_TIME, LATE]


def test_a_yearly_return_is_expected_a_year_after_the_last():
    assert states(("2015-16 Q4", "ssda903", False, False))[-1] == NOT_SENT
    assert states(("2015-16 Q4", "ssda903", False, False))[:3] == [NOT_DUE] * 3


def test_a_quarter_may_be_written_either_way():
    assert states(("2016-17-Q4", "police", False, False))[-1] == ON_TIME


def test_commentary_is_asked_of_partners_returns_only():
    rows = [("2016-17 Q4", "police", False, False), ("2016-17 Q4", "partner_return", False, True)]
    words = tracked(returns(*rows), QUARTER).set_index("source")["words"]
    assert words.to_dict() == {"partner_return": "yes", "police": "not asked"}
