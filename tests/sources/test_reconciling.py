from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.periods import Quarter
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.reconciling import gap_findings, reconciled
from lscb_analysis.sources.submission import Submission

KEY = b"the key of a fictional area"


def submission(quarter: Quarter, plans: list[tuple[str, str | None]]) -> Submission:
    rows = pd.DataFrame(plans, columns=["plan_start_date", "plan_end_date"])
    dated = rows.apply(pd.to_datetime)
    return Submission(Context(quarter, KEY, quarter.id), (("annex_a", "cp_plans", dated),))


BEFORE = [("2016-01-10", None)] * 98 + [("2016-02-01", "2017-01-05"), ("2016-02-02", None)]


def test_a_list_that_holds_all_its_children_reconciles():
    first = submission(Quarter(2016, 2), [(start, None) for start, _ in BEFORE])
    third = [*BEFORE, ("2016-11-01", None), ("2016-11-02", "2016-12-01")]
    [row] = reconciled([first, submission(Quarter(2016, 3), third)]).to_dict("records")
    assert (row["opening"], row["starts"], row["ends"], row["closing"]) == (100, 2, 1, 101)
    assert (row["gap"], row["state"]) == (0, "reconciles")


@pytest.mark.parametrize(("lost", "state"), [(3, "gap"), (4, "amber"), (6, "red")])
def test_children_left_off_the_list_are_a_gap_by_its_share_of_the_opening(lost: int, state: str):
    first = submission(Quarter(2016, 2), [(start, None) for start, _ in BEFORE])
    third = submission(Quarter(2016, 3), [("2016-01-10", None)] * (100 - lost))
    table = reconciled([first, third])
    assert table[["gap", "state"]].to_numpy().tolist() == [[lost, state]]
    [found] = gap_findings(table)["found"]
    assert found.endswith(f"({state})")


def test_a_quarter_without_the_one_before_it_is_not_reconciled():
    first = submission(Quarter(2016, 1), BEFORE)
    assert reconciled([first, submission(Quarter(2016, 3), BEFORE)]).empty
