from __future__ import annotations

import math
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb_analysis.statistics.rounding import percentage, rate, round_half_up

# Department for Education, Children in need 2024 (tables c1, c2, d1, d3), and the populations
# released with it: counts, rates and percentages as published
ALL_AREAS = Path(__file__).resolve().parents[2] / "data" / "raw" / "published" / "all_areas.csv"
AUTHORITIES = r"E(?:06|08|09|10)\d{6}"


@pytest.fixture(scope="module")
def years():
    """One row is one local authority in one year, the population being that of the year before."""
    table = pd.read_csv(ALL_AREAS, dtype="str", keep_default_na=False)
    table = table[table["area_code"].str.fullmatch(AUTHORITIES)]
    numbers = table.columns.drop(["release", "area_code", "area", "period"])
    table[numbers] = table[numbers].apply(pd.to_numeric, errors="coerce")
    table["period"] = table["period"].astype(int)
    people = table[table["population_0_17_mid_year"].notna()]
    people = people.assign(period=people["period"] + 1)
    people = people[["area_code", "period", "population_0_17_mid_year"]]
    counts = table[table["release"] == "CIN 2024"].drop(columns="population_0_17_mid_year")
    return counts.merge(people, on=["area_code", "period"], how="left")


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.5, 0, 1.0),
        (1.5, 0, 2.0),
        (2.5, 0, 3.0),
        (-2.5, 0, -3.0),
        (16.25, 1, 16.3),
        (2.675, 2, 2.68),
        (Decimal("31.25"), 1, 31.3),
        (1250, -2, 1300.0),
    ],
)
def test_a_half_is_rounded_away_from_zero(value, decimals, expected):
    assert round_half_up(value, decimals) == expected


def test_a_series_is_rounded_row_by_row_and_keeps_its_index():
    halves = pd.Series([0.25, float("nan"), 0.35], index=["a", "b", "c"], name="share")
    rounded = round_half_up(halves, 1)
    assert list(rounded.index) == ["a", "b", "c"]
    assert rounded.name == "share"
    assert rounded.dropna().tolist() == [0.3, 0.4]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, pd.NA])
def test_what_is_no_number_is_missing(value):
    assert math.isnan(round_half_up(value, 1))


def test_a_rate_of_nobody_is_missing_and_not_an_error():
    assert math.isnan(rate(3, 0))
    assert math.isnan(percentage(0, 0))
    assert rate(0, 1000) == 0.0


def test_a_rate_of_series_is_missing_where_either_number_is():
    made = rate(pd.Series([397, float("nan"), 5]), pd.Series([85_492, 85_492, float("nan")]))
    assert made.iloc[0] == 46.4
    assert made.iloc[1:].isna().all()


@pytest.mark.parametrize(
    ("count", "published"),
    [
        ("cpp_31mar", 1783),
        ("cpp_started", 1783),
        ("cpp_ended", 1784),
        ("referrals", 1794),
        ("assessments_completed", 1648),
    ],
)
def test_every_published_rate_follows_from_its_count_and_population(years, count, published):
    known = years[years[f"{count}_rate"].notna()]
    assert len(known) == published
    made = rate(known[count], known["population_0_17_mid_year"])
    assert (made == known[f"{count}_rate"]).all()


PERCENTAGES = {
    "rereferrals_12m": ("referrals", 1795, {("Bath and North East Somerset", 2016)}),
    "cpp_started_second_or_later": (
        "cpp_started",
        1774,
        {("Sandwell", 2023), ("Westminster", 2014)},
    ),
}


@pytest.mark.parametrize("part", PERCENTAGES)
def test_every_published_percentage_is_rounded_half_up(years, part):
    whole, published, _ = PERCENTAGES[part]
    known = years.dropna(subset=[part, whole, f"{part}_pct"])
    assert len(known) == published
    assert (percentage(known[part], known[whole]) == known[f"{part}_pct"]).all()


@pytest.mark.parametrize("part", PERCENTAGES)
def test_rounding_halves_to_even_gets_three_published_percentages_wrong(years, part):
    whole, _, misses = PERCENTAGES[part]
    known = years.dropna(subset=[part, whole, f"{part}_pct"])
    pairs = zip(known[part], known[whole], known[f"{part}_pct"], strict=True)
    wrong = [round(part / whole * 100, 1) != given for part, whole, given in pairs]
    found = known[pd.Series(wrong, index=known.index)]
    assert set(zip(found["area"], found["period"], strict=True)) == misses


@given(st.integers(0, 10**7), st.integers(1, 10**8))
def test_a_rate_is_never_more_than_half_a_step_from_the_exact_one(count, population):
    exact = Decimal(count) * 10_000 / Decimal(population)
    assert abs(Decimal(str(rate(count, population))) - exact) <= Decimal("0.05")


@given(st.decimals(-(10**6), 10**6, places=3))
def test_rounding_is_symmetric_about_zero(number):
    assert round_half_up(-number, 1) == -round_half_up(number, 1)
