from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.signals import exceptions, judged, latest_signal, limits, points
from lscb_analysis.statistics.process import chart_for
from tests.drawn import indicator
from tests.showing import MEREFORD, quarters, values

REFERRALS = indicator("referrals", unit="referrals")
PLANS = indicator("plans", "stock")
ON_TIME = indicator("on_time", "proportion", unit="%", polarity="higher_is_better")
RATE = indicator("referrals_rate", "rate", unit="per 10,000 children", scale=10_000)
STEADY = [100, 104, 98, 102, 96, 101, 99, 103, 97, 100, 105, 98, 101]


def signal(figures, of=REFERRALS, **given):
    drawn = quarters(of.id, figures, **given)
    return latest_signal(points(drawn, of, MEREFORD, "quarter"), of)


def test_points_are_of_one_area_in_order_and_current_only():
    drawn = values(
        """
        indicator | area        | period     | figure | release  | is_current | as_of
        referrals | Mereford    | 2016-17 Q4 | 120    | second   | yes        | 2017-06-01
        referrals | Mereford    | 2016-17 Q4 | 131    | first    | no         | 2017-05-01
        referrals | Mereford    | 2016-17 Q3 | 110    | first    | yes        | 2017-02-01
        referrals | Exampleland | 2016-17 Q4 | 9000   | first    | yes        | 2017-02-01
        """
    )
    found = points(drawn, REFERRALS, MEREFORD, "quarter")
    assert list(found["period"]) == ["2016-17 Q3", "2016-17 Q4"]
    assert list(found["value"]) == [110, 120]
    assert found["revised_from"].isna().iloc[0]
    assert found["revised_from"].iloc[1] == 131


def test_an_official_figure_is_not_what_our_own_was_revised_from():
    drawn = values(
        """
        indicator | period        | figure | source      | release     | is_current
        plans     | 31 March 2017 | 408    | submissions | submissions | yes
        plans     | 31 March 2017 | 397    | published   | CIN 2017    | no
        """
    )
    assert points(drawn, PLANS, MEREFORD, "date")["revised_from"].isna().all()


def test_points_can_end_at_a_day():
    drawn = quarters("referrals", [10, 20, 30])
    early = points(drawn, "referrals", MEREFORD, "quarter", until=pd.Timestamp("2016-12-31").date())
    assert list(early["value"]) == [10, 20]


@pytest.mark.parametrize(
    ("figures", "state"),
    [
        ([], "no_data"),
        (STEADY[:7], "too_few"),
        (STEADY[:8], "trial_inside"),
        ([*STEADY[:11], 160], "trial_outside"),
        (STEADY, "inside"),
        ([*STEADY, 160], "outside"),
        ([*STEADY, "[c]"], "no_data"),
        ([*STEADY, "[x]"], "no_data"),
    ],
)
def test_how_many_points_there_are_decides_what_may_be_said(figures, state):
    drawn = quarters("referrals", figures or [0])
    found = points(drawn, REFERRALS, MEREFORD, "quarter").iloc[: len(figures)]
    assert latest_signal(found, REFERRALS).state == state


def test_a_figure_above_its_limits_says_how_far_and_which_way():
    found = signal([*STEADY, 160])
    assert (found.direction, found.period, found.count) == ("up", "2016-17 Q4", 14)
    assert found.upper < 160
    assert found.lower < found.mean < found.upper
    assert found.sigmas > 3


def test_a_figure_below_its_limits_is_down():
    assert signal([*STEADY, 40]).direction == "down"


def test_an_older_point_outside_is_never_told():
    assert signal([*STEADY[:6], 160, *STEADY[6:]]).state == "inside"


def test_a_level_at_a_date_is_described_and_not_tested():
    lines = "\n".join(f"plans | 31 March {year} | {400 + year}" for year in range(2000, 2017))
    drawn = values(f"indicator | period | figure\n{lines}\nplans | 31 March 2017 | 9000")
    found = latest_signal(points(drawn, PLANS, MEREFORD, "date"), PLANS)
    assert (found.state, found.value) == ("stock", 9000)


def test_years_that_overlap_are_not_tested():
    lines = "\n".join(
        f"referrals | 12 months to {year}-{year - 1999:02d} Q4 | 100" for year in range(2003, 2017)
    )
    drawn = values(f"indicator | period | figure\n{lines}")
    assert latest_signal(points(drawn, REFERRALS, MEREFORD, "rolling_year"), REFERRALS).state == (
        "stock"
    )


def test_a_percentage_with_its_counts_has_limits_from_them():
    found = signal(
        [90.0] * 13 + [60.0],
        ON_TIME,
        numerator=[90.0] * 13 + [60.0],
        denominator=100.0,
    )
    assert (found.state, found.method, found.direction) == ("outside", "p'", "down")


def test_a_larger_base_makes_the_same_percentage_stand_out():
    def state(last_base):
        base = [100.0] * 13 + [last_base]
        share = [90.0] * 13 + [80.0]
        numerator = [each * part / 100 for each, part in zip(base, share, strict=True)]
        return signal(share, ON_TIME, numerator=numerator, denominator=base).state

    assert state(50.0) == "inside"
    assert state(5000.0) == "outside"


def test_a_percentage_without_its_counts_is_judged_by_the_percentages():
    found = signal([90, 91, 89, 90, 92, 88, 90, 91, 90, 89, 90, 91, 90, 70], ON_TIME)
    assert (found.state, found.method) == ("outside", "XmR")
    assert found.upper <= 100


def test_a_rate_with_its_counts_has_limits_from_them_and_their_population():
    people = [60_000.0 + 400 * at for at in range(14)]
    counts = [*map(float, STEADY), 180.0]
    shares = [count / base * 10_000 for count, base in zip(counts, people, strict=True)]
    drawn = quarters("referrals_rate", shares, numerator=counts, denominator=people)
    found = points(drawn, RATE, MEREFORD, "quarter")
    told = latest_signal(found, RATE)
    assert (told.state, told.method, told.direction) == ("outside", "u'", "up")
    assert told.value == pytest.approx(shares[-1])
    mean = sum(counts) / sum(people) * 10_000
    assert told.mean == pytest.approx(mean)
    usual = limits(found, RATE)
    assert usual["upper"].iloc[0] > usual["upper"].iloc[-1] > mean  # more people, narrower
    without = points(quarters("referrals_rate", shares), RATE, MEREFORD, "quarter")
    assert latest_signal(without, RATE).method == "XmR"


@pytest.mark.parametrize(
    ("indicator", "figures", "given", "told"),
    [
        (REFERRALS, STEADY, {}, {}),
        (REFERRALS, [2, 1, 3, 0] * 3, {}, {}),
        (REFERRALS, STEADY[:7], {}, {}),
        (PLANS, STEADY, {}, {"is_stock": True}),
        (ON_TIME, STEADY, {"numerator": 90.0, "denominator": 120.0}, {"is_proportion": True}),
        (RATE, STEADY, {"numerator": 90.0, "denominator": 6e4}, {"has_changing_base": True}),
    ],
)
def test_the_chart_is_the_one_that_the_rules_choose(indicator, figures, given, told):
    drawn = quarters(indicator.id, figures, **given)
    found = limits(points(drawn, indicator, MEREFORD, "quarter"), indicator)
    chart = chart_for(figures, **told)
    assert set(found["method"]) == (set() if chart in ("flows", "rare", "run") else {chart})


def test_the_newest_figure_as_a_band_is_not_tested():
    assert signal([*STEADY, "95-100"], ON_TIME).state == "no_data"


def test_rare_events_are_too_few_to_judge_by_the_quarter():
    assert signal([2, 0, 3, 1, 2, 2, 4, 1, 2, 3, 2, 1, 2, 30]).state == "too_few"


def test_a_series_with_many_small_figures_withheld_is_too_few():
    figures = [30, "[c]", 28, "[c]", 31, "[c]", 29, "[c]", 30, 28, 31, 29, 30, 28, 31, 60]
    assert signal(figures).state == "trial_outside"
    figures[8:10] = ["[c]", "[c]"]
    assert signal(figures).state == "too_few"


def test_a_series_that_never_varies_does_not_stand_out():
    found = signal([100] * 14)
    assert (found.state, found.lower, found.upper, found.sigmas) == ("inside", 100, 100, 0)


def test_limits_are_those_of_the_printed_points_only():
    drawn = quarters("referrals", [*STEADY[:5], "[c]", *STEADY[5:]])
    found = limits(points(drawn, REFERRALS, MEREFORD, "quarter"), REFERRALS)
    assert len(found) == 13
    assert (
        found["upper"].iloc[0]
        == latest_signal(points(drawn, REFERRALS, MEREFORD, "quarter"), REFERRALS).upper
    )


def _seven_series():
    far = {"a": 130, "b": 170, "c": 150, "d": 190, "e": 210, "f": 230, "g": 101}
    known = {name: indicator(name) for name in far}
    drawn = pd.concat([quarters(name, [*STEADY, last]) for name, last in far.items()])
    return drawn.reset_index(drop=True), known


def test_the_five_furthest_out_are_the_exceptions():
    drawn, known = _seven_series()
    found = exceptions(drawn, known, MEREFORD, ["quarter"])
    assert [item.indicator for item in found] == ["f", "e", "d", "b", "c"]


def test_every_indicator_with_limits_is_judged_once():
    drawn, known = _seven_series()
    found = judged(drawn, known, MEREFORD, ["quarter", "financial_year"])
    assert len(found) == 7
    assert found[-1].indicator == "g"
    assert not found[-1].is_outside


def test_what_only_the_panel_measures_is_looked_up_under_its_code():
    of_panel = {"referrals": indicator("referrals", geography="panel")}
    drawn = quarters("referrals", [*STEADY, 160], area="The panel's area")
    assert exceptions(drawn, of_panel, MEREFORD, ["quarter"]) == []
    found = exceptions(drawn, of_panel, MEREFORD, ["quarter"], panel_code="X90000001")
    assert [item.indicator for item in found] == ["referrals"]


@pytest.mark.parametrize(
    ("figures", "rule", "direction"),
    [
        ([*STEADY, 101, 102, 103, 104, 105, 106, 107], "trend", "up"),
        (
            [110, 106, 112, 107, 113, 106, 111, 107, 112, 108, 105, 103, 106, 104, 106, 103, 105],
            "shift",
            "down",
        ),
        (STEADY, "", ""),
    ],
)
def test_a_pattern_at_the_newest_point_is_told_with_its_rule(figures, rule, direction):
    found = signal(figures)
    assert (found.state, found.rule) == ("pattern" if rule else "inside", rule)
    assert found.direction == direction
    assert found.stands_out == bool(rule)


def test_a_pattern_is_never_told_of_trial_limits():
    assert signal([100, 101, 102, 103, 104, 105, 106, 107, 108]).rule in ("", "outside")
