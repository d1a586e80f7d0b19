from __future__ import annotations

from lscb_analysis.selecting import (
    comparison_rows,
    latest_period_type,
    own_code,
    points,
    year_before,
)
from tests.drawn import indicator
from tests.showing import COMPARATORS, MEREFORD, Q4, values

REPEATS = indicator("repeats", "proportion", unit="%")


def test_the_newest_quarter_comes_before_the_year_and_an_older_one_only_with_its_gap():
    drawn = values(
        """
        indicator | period                  | figure
        now       | 2016-17 Q4              | 12
        now       | 12 months to 2016-17 Q4 | 60
        withheld  | 2016-17 Q3              | 12
        withheld  | 2016-17 Q4              | [c]
        withheld  | 12 months to 2016-17 Q4 | 60
        banded    | 2016-17 Q4              | 95-100
        yearly    | 2015-16                 | 87
        nothing   | 2016-17 Q4              | [x]
        gap       | 2016-17 Q1              | 12
        gap       | 2016-17 Q4              | [x]
        gap       | 12 months to 2016-17 Q4 | [x]
        gap       | 2015-16                 | 60
        old       | 2015-16 Q4              | 12
        old       | 2016-17 Q4              | [x]
        old       | 2015-16                 | 60
        """
    )
    found = {
        name: latest_period_type(drawn, name, MEREFORD, Q4) for name in drawn["indicator"].unique()
    }
    assert found == {
        "now": "quarter",
        "withheld": "rolling_year",
        "banded": "quarter",
        "yearly": "financial_year",
        "nothing": "",
        "gap": "quarter",
        "old": "financial_year",
    }


def test_areas_are_compared_in_the_newest_period_that_both_print():
    drawn = values(
        """
        indicator | area        | period     | figure
        repeats   | Mereford    | 2014-15    | 15.0
        repeats   | Mereford    | 2015-16    | 16.0
        repeats   | Mereford    | 2016-17    | 17.0
        repeats   | Exampleland | 2014-15    | 18.0
        repeats   | Exampleland | 2015-16    | 19.0
        repeats   | Neighbours  | 2015-16    | [c]
        repeats   | Exampleland | 2017-18    | 20.0
        """
    )
    rows = comparison_rows(drawn, REPEATS, MEREFORD, COMPARATORS)
    assert list(rows["period"].unique()) == ["2015-16"]
    assert list(rows["role"]) == ["own", "neighbours", "country"]
    early = comparison_rows(drawn, REPEATS, MEREFORD, COMPARATORS, until=Q4.next(-5).end)
    assert list(early["period"].unique()) == ["2014-15"]
    assert comparison_rows(drawn, REPEATS, MEREFORD, []).empty


def test_a_year_is_set_beside_the_year_before_and_never_an_older_one():
    drawn = values("indicator | period | figure\nrepeats | 2013-14 | 15\nrepeats | 2016-17 | 17")
    assert year_before(points(drawn, "repeats", MEREFORD, "financial_year")) is None


def test_only_the_panels_measures_answer_under_the_panels_code():
    of_panel = indicator("deaths", geography="panel")
    assert own_code(of_panel, MEREFORD, "X90000001") == "X90000001"
    assert own_code(of_panel, MEREFORD) == MEREFORD
    assert own_code(REPEATS, MEREFORD, "X90000001") == MEREFORD
