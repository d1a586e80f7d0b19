"""An area among all areas: the place in the funnel, its chart and its words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lscb_analysis.charts import beside_each_neighbour, where_do_we_stand
from lscb_analysis.funnels import beside_neighbours, standing
from lscb_analysis.narrative import (
    neighbours_alt,
    neighbours_headline,
    neighbours_sentence,
    standing_alt,
    standing_headline,
    standing_sentence,
)
from tests.drawn import indicator

RATE = indicator("plans_rate", "rate", unit="rate per 10,000 children", scale=10_000, decimals=1)
ON_TIME = indicator("on_time", "proportion", unit="% of referrals")
NEVER = ("better", "worse", "significant", "rank", "average", "caused")


def all_areas(own: float, *, year: int = 2017, areas: int = 60, of=RATE) -> pd.DataFrame:
    """Sixty areas around forty children in ten thousand, and ours with a rate of its own."""
    chance = np.random.default_rng(1)
    bases = np.linspace(20_000, 120_000, areas).round()
    counts = chance.poisson(bases * chance.normal(0.004, 0.0006, areas).clip(0.001))
    counts[30] = round(bases[30] * own / 10_000)
    return pd.DataFrame(
        {
            "indicator": of.id,
            "area_code": [f"E060000{number:02d}" for number in range(areas)],
            "area": [
                f"Area {chr(65 + number // 26)}{chr(65 + number % 26)}" for number in range(areas)
            ],
            "period": f"31 March {year}",
            "period_end": pd.Timestamp(year, 3, 31),
            "numerator": counts.astype(float),
            "denominator": bases,
            "release": "CIN 2017",
        }
    )


@pytest.mark.parametrize(
    ("own", "place"), [(40, "inside"), (49, "near"), (90, "above"), (10, "below")]
)
def test_an_area_differs_only_outside_the_limits_that_allow_for_all_areas(own, place):
    found = standing(all_areas(own), RATE, "E06000030")
    assert found is not None
    assert found.place == place
    assert found.lower < found.rate < found.upper
    assert found.value == pytest.approx(own, abs=0.2)


def test_chance_alone_would_call_many_areas_different_and_the_usual_variation_few():
    found = standing(all_areas(40), RATE, "E06000030")
    assert found is not None
    bases, shares = found.areas["denominator"], found.areas["share"] / found.scale
    low, high = found.found.limits(bases, 0.998, spread=False)
    by_chance = ((shares < low) | (shares > high)).sum()
    with_variation = (
        ~shares.between(found.areas["low998"] / 10_000, found.areas["high998"] / 10_000)
    ).sum()
    assert by_chance > with_variation + 3
    assert with_variation <= 2


@pytest.mark.parametrize(
    ("areas", "code"), [(all_areas(40, areas=49), "E06000030"), (all_areas(40), "X06000001")]
)
def test_too_few_areas_or_an_area_that_is_not_among_them_has_no_place(areas, code):
    assert standing(areas, RATE, code) is None
    assert standing(pd.DataFrame(), RATE, code) is None


def test_the_newest_year_that_the_page_reaches_is_taken():
    both = pd.concat([all_areas(40, year=2016), all_areas(90, year=2017)], ignore_index=True)
    early = standing(both, RATE, "E06000030", until=pd.Timestamp(2016, 12, 31).date())
    late = standing(both, RATE, "E06000030")
    assert early is not None
    assert late is not None
    assert (early.period, late.period) == ("31 March 2016", "31 March 2017")


@pytest.mark.parametrize("own", [10, 40, 49, 90])
def test_the_words_never_judge_and_give_both_figures_and_the_limits(own):
    found = standing(all_areas(own), RATE, "E06000030")
    assert found is not None
    told = standing_sentence(found, RATE)
    assert told.startswith("Area BE ")
    assert "60 authorities" in told
    assert "99.8% limits" in told
    assert ("It differs" in told) == (own in (10, 90))
    every = f"{told} {standing_headline(found, RATE)} {standing_alt(found, RATE)}".lower()
    assert not any(word in every for word in NEVER)


def test_the_chart_has_every_area_in_its_table_and_draws_the_same_bytes_twice():
    found = standing(all_areas(40), RATE, "E06000030")
    assert found is not None
    charts = [
        where_do_we_stand(found, RATE, "children", headline="Plans rate: so", alt="A funnel.")
        for _ in range(2)
    ]
    assert charts[0].svg == charts[1].svg
    assert list(charts[0].data["Area"]) == sorted(found.areas["area"])
    assert charts[0].data.iloc[30, 1] == f"{found.value:.1f}"


def test_percentages_have_limits_between_nothing_and_all():
    areas = all_areas(40, of=ON_TIME).assign(denominator=lambda rows: rows["numerator"] * 1.2 + 1)
    found = standing(areas, ON_TIME, "E06000030")
    assert found is not None
    assert found.areas["high998"].le(100).all()
    assert found.areas["low998"].ge(0).all()
    assert "%" in standing_sentence(found, ON_TIME)


NEIGHBOURS = ["E06000005", "E06000040", "E06000059", "E06000077"]


def test_each_neighbour_has_its_own_interval_and_the_highest_comes_first():
    rows = beside_neighbours(all_areas(49), RATE, "E06000030", NEIGHBOURS)
    assert rows["area_code"].tolist()[0] == "E06000030"
    assert rows["share"].is_monotonic_decreasing
    assert len(rows) == 4  # one neighbour has no figure
    own = rows[rows["is_own"]].iloc[0]
    # an exact interval of so many events, by chi-squared quantiles
    from scipy.stats import chi2

    low = chi2.ppf(0.025, 2 * own["numerator"]) / 2 / own["denominator"] * 10_000
    assert own["lower"] == pytest.approx(low)
    assert (rows["lower"] < rows["share"]).all()
    assert (rows["share"] < rows["upper"]).all()


def test_without_the_area_or_two_neighbours_nothing_is_ranked():
    assert beside_neighbours(all_areas(49), RATE, "X06000001", NEIGHBOURS).empty
    assert beside_neighbours(all_areas(49), RATE, "E06000030", NEIGHBOURS[:1]).empty


def test_the_words_beside_neighbours_give_the_span_the_interval_and_no_rank():
    rows = beside_neighbours(all_areas(49), RATE, "E06000030", NEIGHBOURS)
    headline, told = neighbours_headline(rows, RATE), neighbours_sentence(rows, RATE, 4)
    assert headline.endswith("in 3 neighbours, 31 March 2017")
    assert "95% confidence interval" in told
    assert ", at 31 March 2017 (3 of" in told
    assert "(3 of its 4 neighbours have a figure)" in told
    assert not any(word in f"{headline} {told}".lower() for word in NEVER)
    chart = beside_each_neighbour(rows, RATE, headline=headline, alt=neighbours_alt(rows, RATE))
    assert chart.data["Area"].tolist() == rows["area"].tolist()
    assert chart.svg == beside_each_neighbour(rows, RATE, headline=headline, alt="as before").svg
