"""What a year leaves of its quarters is withheld, though no row of the release prints it."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.catalogue import policy
from lscb_analysis.disclosure import protect
from lscb_analysis.disclosure.register import figures_printed
from lscb_analysis.periods import parse_period
from lscb_analysis.values import TOTAL, as_values
from tests.drawn import indicator, table

PLANS = indicator("plans", periods=("quarter", "rolling_year"), dated_by=("start_date",))
ENDED = indicator("ended", periods=("quarter",), dated_by=("end_date",))
OPEN = indicator("open", "stock", periods=("date",), dated_by=("start_date", "end_date"))
INDICATORS = {each.id: each for each in (PLANS, ENDED, OPEN)}


def values(drawing: str) -> pd.DataFrame:
    drawn = table(drawing)
    kinds, names = drawn["period_type"], drawn["period"]
    spans = [parse_period(kind, name) for kind, name in zip(kinds, names, strict=True)]
    return as_values(
        drawn.assign(
            period_start=pd.to_datetime([each.period_start for each in spans]),
            period_end=pd.to_datetime([each.period_end for each in spans]),
            value=drawn["numerator"],
            breakdown_topic=TOTAL,
            breakdown=TOTAL,
            area_code="X06000001",
            area="Mereford",
            status="unchecked",
            source="submissions",
        )
    )


def shown(drawn: pd.DataFrame, printed=None) -> dict[str, object]:
    made = protect(drawn, INDICATORS, policy(), printed)
    texts = made["value"].map(lambda value: "[c]" if pd.isna(value) else int(value))
    return dict(zip(made["period"], texts, strict=True))


def test_a_year_does_not_give_back_the_small_quarter_that_is_not_printed():
    told = shown(
        values(
            """
            indicator | period_type  | period                  | numerator
            plans     | quarter      | 2016-17 Q2              | 9
            plans     | quarter      | 2016-17 Q3              | 21
            plans     | quarter      | 2016-17 Q4              | 20
            plans     | rolling_year | 12 months to 2016-17 Q4 | 53
            """
        )
    )
    assert told["2016-17 Q2"] == "[c]"
    assert told["12 months to 2016-17 Q4"] == 53


def test_a_quarter_that_hid_another_stays_hidden_when_the_other_is_no_longer_measured():
    first = values(
        """
        indicator | period_type  | period                  | numerator
        plans     | quarter      | 2016-17 Q1              | 3
        plans     | quarter      | 2016-17 Q2              | 9
        plans     | quarter      | 2016-17 Q3              | 21
        plans     | quarter      | 2016-17 Q4              | 20
        plans     | rolling_year | 12 months to 2016-17 Q4 | 53
        """
    )
    later = values(
        """
        indicator | period_type  | period                  | numerator
        plans     | quarter      | 2016-17 Q2              | 9
        plans     | quarter      | 2016-17 Q3              | 21
        plans     | quarter      | 2016-17 Q4              | 20
        plans     | quarter      | 2017-18 Q1              | 22
        plans     | rolling_year | 12 months to 2017-18 Q1 | 72
        """
    )
    out = figures_printed(protect(first, INDICATORS, policy()))
    told = shown(later, {key: [printed] for key, printed in out.items()})
    assert told["2016-17 Q2"] == "[c]"


def test_two_years_do_not_give_back_a_quarter_that_only_one_of_them_has():
    told = shown(
        values(
            """
            indicator | period_type    | period                  | numerator
            plans     | financial_year | 2015-16                 | 60
            plans     | rolling_year   | 12 months to 2016-17 Q1 | 69
            plans     | quarter        | 2016-17 Q1              | 12
            plans     | quarter        | 2015-16 Q4              | 20
            plans     | quarter        | 2015-16 Q3              | 20
            """
        )
    )
    # 2015-16 leaves Q1 and Q2 (20), the rolling year Q2 (17), so that Q1 was 3
    assert "[c]" in told.values()


def test_flows_do_not_give_back_the_small_stock_before_the_first_one():
    told = shown(
        values(
            """
            indicator | period_type | period        | numerator
            open      | date        | 31 March 2017 | 12
            plans     | quarter     | 2016-17 Q4    | 18
            ended     | quarter     | 2016-17 Q4    | 9
            """
        )
    )
    assert "[c]" in told.values()
