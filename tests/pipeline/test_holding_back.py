"""Released figures that contradict: planted one by one, held back by row, the rest released."""

from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.catalogue import policy
from lscb_analysis.pipeline.holding_back import (
    OF_ANOTHER_THEME,
    OF_ITS_COUNT,
    OF_THE_LAST,
    OF_THIS_RELEASE,
    Agreed,
    Known,
    agreeing,
)
from lscb_analysis.values import as_values
from tests.drawn import table

AREA = "X06000001"
TOTAL = "Total"
YEAR = """
| indicator      | period_type    | period     | period_start | period_end | value |
| cp_plan_starts | quarter        | 2016-17 Q1 | 2016-04-01   | 2016-06-30 | 60    |
| cp_plan_starts | quarter        | 2016-17 Q2 | 2016-07-01   | 2016-09-30 | 70    |
| cp_plan_starts | quarter        | 2016-17 Q3 | 2016-10-01   | 2016-12-31 | 80    |
| cp_plan_starts | quarter        | 2016-17 Q4 | 2017-01-01   | 2017-03-31 | 90    |
| cp_plan_starts | financial_year | 2016-17    | 2016-04-01   | 2017-03-31 | {year}|
"""
SEXES = """
| indicator | period     | breakdown_topic | breakdown | value   |
| referrals | 2016-17 Q4 | Total           | Total     | {total} |
| referrals | 2016-17 Q4 | Sex             | Female    | 150     |
| referrals | 2016-17 Q4 | Sex             | Male      | 200     |
"""
FLOW = """
| indicator              | period_type | period           | period_start | period_end | value |
| cp_plans_at_period_end | date        | 30 June 2016     | 2016-06-30   | 2016-06-30 | 300   |
| cp_plans_at_period_end | date        | 30 September 2016| 2016-09-30   | 2016-09-30 | {stock}|
| cp_plans_at_period_end | date        | 31 December 2016 | 2016-12-31   | 2016-12-31 | 320   |
| cp_plan_starts         | quarter     | 2016-17 Q2       | 2016-07-01   | 2016-09-30 | 70    |
| cp_plan_ends           | quarter     | 2016-17 Q2       | 2016-07-01   | 2016-09-30 | 60    |
| cp_plan_starts         | quarter     | 2016-17 Q3       | 2016-10-01   | 2016-12-31 | 80    |
| cp_plan_ends           | quarter     | 2016-17 Q3       | 2016-10-01   | 2016-12-31 | 70    |
"""
RATE = """
| indicator      | period_type    | period  | numerator | denominator | value  |
| referrals      | financial_year | 2016-17 | 4082      | -           | 4082   |
| referrals_rate | financial_year | 2016-17 | {above}   | 81900       | {rate} |
"""
SHARE = """
| indicator    | period     | numerator | denominator | value   |
| re_referrals | 2016-17 Q4 | {above}   | 384         | {value} |
"""
REVISED = ("indicator", "period", "breakdown_topic", "breakdown", "old", "new")


def values(drawing: str, **columns: object) -> pd.DataFrame:
    """Released rows; what is not drawn is the last quarter's whole, and a count its numerator."""
    drawn = table(drawing)
    for name, usual in (
        ("period_type", "quarter"),
        ("period_start", "2017-01-01"),
        ("period_end", "2017-03-31"),
        ("breakdown_topic", TOTAL),
        ("breakdown", TOTAL),
        ("numerator", drawn["value"]),
        ("status", "published"),
    ):
        if name not in drawn:
            drawn[name] = usual
    shared = {"area_code": AREA, "area": "Mereford"}
    shared |= {"source": "submissions", "release": "submissions"}
    return as_values(drawn.assign(**{**shared, **columns}))


def known(released: pd.DataFrame, **given: object) -> Known:
    """Nothing released before, and what is printed is what was measured."""
    usual = {"measured": released, "printed": {}, "told": {}}
    return Known(**{**usual, "revisions": pd.DataFrame(columns=list(REVISED)), **given})


def agreed(released: pd.DataFrame, audience: str = "partnership", **given: object) -> Agreed:
    return agreeing(released, released, known(released, **given), policy(), audience)


def held(found: Agreed) -> dict[tuple[str, str, str], str]:
    """Why each row is held back: by indicator, period and category."""
    rows = found.shown[found.shown["reason"].ne("")]
    assert rows[["value", "numerator", "denominator", "band_lower"]].isna().all(axis=None)
    assert rows["status"].eq("unavailable").all()
    return {
        (row["indicator"], row["period"], row["breakdown"]): row["reason"]
        for _, row in rows.iterrows()
    }


def figure(indicator: str, period_type: str, period: str) -> tuple[str, ...]:
    return (indicator, AREA, period_type, period, TOTAL, TOTAL)


def test_figures_that_agree_are_all_released():
    for drawing in (
        YEAR.format(year=300),
        SEXES.format(total=350),
        FLOW.format(stock=310),
        RATE.format(above=4082, rate=498.4),
        SHARE.format(above=96, value=25.0),
    ):
        found = agreed(values(drawing))
        assert held(found) == {}
        assert found.findings.empty
        pd.testing.assert_frame_equal(found.shown, values(drawing))


def test_a_wrong_rate_is_held_back_and_its_count_is_released():
    found = agreed(values(RATE.format(above=4082, rate=512.0)))
    assert held(found) == {("referrals_rate", "2016-17", TOTAL): OF_THIS_RELEASE}
    assert found.findings["rule"].tolist() == ["rate"]
    assert found.findings["column"].tolist() == ["Referral rate"]


def test_a_rate_of_another_count_than_the_one_printed_is_held_back_with_it():
    found = agreed(values(RATE.format(above=4000, rate=488.4)))
    assert set(held(found)) == {
        ("referrals_rate", "2016-17", TOTAL),
        ("referrals", "2016-17", TOTAL),
    }


@pytest.mark.parametrize(("above", "value"), [(96, 31.0), (400, 100.0), (96, 104.2)])
def test_a_percentage_that_its_counts_do_not_make_is_held_back(above: int, value: float):
    found = agreed(values(SHARE.format(above=above, value=value)))
    assert held(found) == {("re_referrals", "2016-17 Q4", TOTAL): OF_THIS_RELEASE}


def test_a_total_that_is_not_its_parts_is_held_back_with_them():
    found = agreed(values(SEXES.format(total=360)))
    assert {each[2] for each in held(found)} == {TOTAL, "Female", "Male"}
    assert found.findings["rule"].tolist() == ["parts and total"]
    assert "150 + 200 = 350, but 360" in found.findings["found"].iloc[0]


def test_a_sum_with_a_part_that_is_withheld_is_not_looked_at():
    released = values(SEXES.format(total=360))
    is_withheld = released["breakdown"].eq("Male")
    numbers = ["numerator", "value"]
    released.loc[is_withheld, numbers] = float("nan")
    released.loc[is_withheld, "status"] = "suppressed"
    assert agreed(released).findings.empty


def test_the_one_figure_that_would_mend_several_sums_is_held_back_alone():
    found = agreed(values(FLOW.format(stock=290)))
    assert held(found) == {("cp_plans_at_period_end", "30 September 2016", TOTAL): OF_THIS_RELEASE}
    assert found.findings["rule"].tolist() == ["stock and flow", "stock and flow"]


def test_of_measured_and_imported_figures_the_imported_are_held_back():
    released = values(YEAR.format(year=340))
    is_imported = released["period_type"].eq("financial_year")
    found = agreed(released.assign(is_imported=is_imported))
    assert held(found) == {("cp_plan_starts", "2016-17", TOTAL): OF_THIS_RELEASE}


def test_the_rate_of_a_count_that_is_held_back_is_held_back_too():
    both = RATE.format(above=4082, rate=498.4)
    told = {figure("referrals", "financial_year", "2016-17"): {"value": 3900.0}}
    found = agreed(values(both), told=told)
    assert held(found) == {
        ("referrals", "2016-17", TOTAL): OF_THE_LAST,
        ("referrals_rate", "2016-17", TOTAL): OF_ITS_COUNT,
    }


def test_a_figure_that_changed_since_the_last_release_is_held_back():
    told = {figure("cp_plan_starts", "quarter", "2016-17 Q2"): {"numerator": 90.0, "value": 90.0}}
    found = agreed(values(YEAR.format(year=300)), told=told)
    assert held(found) == {("cp_plan_starts", "2016-17 Q2", TOTAL): OF_THE_LAST}
    row = found.findings.iloc[0]
    assert (row["rule"], row["file"]) == ("last release", "2016-17 Q2")
    assert "70, released before as 90" in row["found"]


def test_a_change_that_the_release_states_is_released():
    told = {figure("cp_plan_starts", "quarter", "2016-17 Q2"): {"numerator": 90.0, "value": 90.0}}
    row = dict(
        zip(REVISED, ["cp_plan_starts", "2016-17 Q2", TOTAL, TOTAL, "90", "70"], strict=True)
    )
    found = agreed(values(YEAR.format(year=300)), told=told, revisions=pd.DataFrame([row]))
    assert held(found) == {}


def test_a_rate_on_a_restated_population_is_no_contradiction():
    told = {
        figure("referrals_rate", "financial_year", "2016-17"): {
            "numerator": 4082.0,
            "denominator": 80000.0,
            "value": 510.3,
        }
    }
    assert held(agreed(values(RATE.format(above=4082, rate=498.4)), told=told)) == {}


def test_a_figure_that_another_themes_page_prints_otherwise_is_held_back():
    beside = {figure("cp_plan_starts", "financial_year", "2016-17"): {"value": 310.0}}
    found = agreed(values(YEAR.format(year=300)), beside=beside)
    assert held(found) == {("cp_plan_starts", "2016-17", TOTAL): OF_ANOTHER_THEME}
    assert found.findings["rule"].tolist() == ["another theme"]


def test_rounded_figures_are_known_not_to_add_up():
    released = values(SEXES.format(total=360), status="rounded")
    assert agreed(released).findings.empty


def test_for_the_public_sums_are_looked_at_behind_the_rounding():
    shown = values(SEXES.format(total=360), status="rounded")
    behind = values(SEXES.format(total=359))
    found = agreeing(shown, behind, known(behind), policy(), "public")
    assert len(held(found)) == 3
    assert found.behind["value"].isna().all()
    exact = values(SEXES.format(total=350))
    assert held(agreeing(shown, exact, known(exact), policy(), "public")) == {}


def test_counts_of_distinct_children_are_known_not_to_add_up():
    drawing = """
    | indicator           | period_type | period             | breakdown_topic | breakdown | value |
    | deaths_with_factors | pooled      | 2014-15 to 2016-17 | Domain          | One       | 40    |
    | deaths_with_factors | pooled      | 2014-15 to 2016-17 | Domain          | Two       | 50    |
    | deaths_with_factors | pooled      | 2014-15 to 2016-17 | Total           | Total     | 60    |
    """
    assert agreed(values(drawing)).findings.empty


def test_a_figure_that_stands_as_it_was_released_may_be_out_by_a_few():
    released = values(YEAR.format(year=300))
    counted = released.assign(
        value=released["value"].mask(released["period"].eq("2016-17 Q1"), 57),
        numerator=released["numerator"].mask(released["period"].eq("2016-17 Q1"), 57),
    )
    printed = {
        figure("cp_plan_starts", "quarter", "2016-17 Q1"): [{"numerator": 60.0, "value": 60.0}]
    }
    year = released.assign(
        value=released["value"].mask(released["period"].eq("2016-17"), 297),
        numerator=released["numerator"].mask(released["period"].eq("2016-17"), 297),
    )
    assert agreed(year, measured=counted, printed=printed).findings.empty
    assert len(agreed(year, measured=year, printed=printed).findings) == 1


def test_what_is_held_back_is_not_told_as_revised():
    told = {figure("cp_plan_starts", "quarter", "2016-17 Q2"): {"value": 90.0}}
    row = dict(zip(REVISED, ["cp_plan_starts", "2016-17 Q2", TOTAL, TOTAL, "", ""], strict=True))
    other = row | {"period": "2016-17 Q3"}
    found = agreed(values(YEAR.format(year=300)), told=told)
    kept = found.without_held({"revisions": pd.DataFrame([row, other])})["revisions"]
    assert kept["period"].tolist() == ["2016-17 Q3"]
