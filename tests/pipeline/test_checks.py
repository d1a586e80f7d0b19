from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.catalogue import indicators, policy
from lscb_analysis.pipeline.checks import changed_values, revisions_table
from lscb_analysis.values import as_values

PROFILES = policy().profiles


def values(value: float, status: str = "published", indicator: str = "cp_plan_starts"):
    row = {
        "indicator": indicator,
        "area_code": "X06000001",
        "area": "Mereford",
        "period_type": "quarter",
        "period": "2016-17 Q3",
        "period_start": pd.Timestamp("2016-10-01"),
        "period_end": pd.Timestamp("2016-12-31"),
        "breakdown_topic": "Total",
        "breakdown": "Total",
        "value": value,
        "status": status,
    }
    return as_values(pd.DataFrame([row]))


def revised(old: float, new: float, status: str = "published") -> list[list[str]]:
    changed = changed_values(values(old), values(new))
    table = revisions_table(changed, values(old), values(new, status), indicators(), PROFILES)
    return table[["old", "new"]].to_numpy().tolist()


def test_a_figure_that_the_submission_changed_is_shown_before_and_after():
    assert revised(110, 124) == [["110", "124"]]


def test_a_figure_that_did_not_change_is_no_revision():
    assert revised(110, 110) == []


@pytest.mark.parametrize("by", [1, 5])
def test_a_change_by_a_small_number_is_told_and_not_shown(by: int):
    assert revised(110, 110 + by) == [["", ""]]


def test_a_figure_that_is_withheld_now_is_not_shown_as_it_was():
    assert revised(110, 124, "suppressed") == [["", ""]]
