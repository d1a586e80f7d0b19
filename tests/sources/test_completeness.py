from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.catalogue import policy
from lscb_analysis.disclosure.coarse import coarse_share
from lscb_analysis.sources.completeness import completeness

PLANS = pd.DataFrame(
    {
        "birth_date": pd.to_datetime(["2010-01-01", None, "2011-01-01"]),
        "sex": ["Female", "Not known", "Male"],
        "latest_category": ["Neglect", "Neglect", "Not known"],
        "submission": ["2016-17-Q4", "2016-17-Q4", "2016-17-Q3"],
    }
)


def test_only_the_records_of_the_submission_are_counted():
    known = completeness({"cp_plans": PLANS}, "2016-17-Q4").set_index("column")
    assert known.loc["birth_date", ["known", "of"]].tolist() == [1, 2]
    assert known.loc["latest_category", ["known", "of"]].tolist() == [2, 2]


def test_a_table_that_was_not_sent_has_no_row():
    assert completeness({"cp_plans": PLANS}, "2017-18-Q1").empty


@pytest.mark.parametrize(
    ("known", "of", "shown"),
    [
        (300, 300, "all"),
        (299, 300, "95 % or more"),
        (284, 300, "90 % to 94 %"),
        (19, 19, "[u]"),
        (4, 300, "under 50 %"),
        (0, 300, "under 50 %"),
    ],
)
def test_a_share_never_gives_back_a_small_number(known: int, of: int, shown: str):
    assert coarse_share(known, of, policy().profiles["dfe"], policy()) == shown


@pytest.mark.parametrize("name", ["dfe", "rounded", "deaths"])
@pytest.mark.parametrize("of", [20, 24, 40, 80, 99, 120, 200, 1000])
def test_who_knows_of_how_many_narrows_no_class_below_the_legend(name: str, of: int):
    profile = policy().profiles[name]
    classes: dict[str, int] = {}
    for known in range(of + 1):
        told = coarse_share(known, of, profile, policy())
        classes[told] = classes.get(told, 0) + 1
    classes.pop("all", None)
    assert min(classes.values()) > profile.threshold
