"""The worked numbers of the statistics in docs/methods.md are what the code gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lscb_analysis.statistics import intervals
from lscb_analysis.statistics.change import dispersion, points_change
from lscb_analysis.statistics.durations import median_with_limits
from lscb_analysis.statistics.forecast import forecast, year_end_total
from lscb_analysis.statistics.funnel import exact_limits
from lscb_analysis.statistics.rare import dispersion_test, exact_c_chart, g_chart, t_chart
from lscb_analysis.statistics.spc import p_prime, u_prime
from lscb_analysis.statistics.standardised import standardised_rate
from lscb_analysis.statistics.trend import (
    annual_marker,
    detectable_change,
    quasi_poisson_trend,
    seasonality,
)

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "methods.md").read_text("utf-8")
TEXT = re.sub(r"\s+", " ", PAGE)


def listed(numbers: list[int]) -> str:
    return " ".join(f"{number:,}" for number in numbers)


def ends(limits) -> list[float]:
    return [float(limit[0]) for limit in limits]


def test_the_worked_intervals():
    low, high = ends(intervals.wilson(81, 263))
    assert f"81 of 263: {low * 100:.1f} to {high * 100:.1f} %" in TEXT
    low, high = ends(intervals.clopper_pearson(0, 20))
    assert f"None of 20, Clopper-Pearson: {low:.0f} to {high * 100:.1f} %" in TEXT
    low, high = ends(intervals.poisson_count(10))
    assert f"10 events: {low:.2f} to {high:.2f}" in TEXT
    low, high = ends(intervals.byar(17))
    assert f"17 events, Byar: {low:.2f} to {high:.2f}" in TEXT
    low, high = ends(intervals.published_rate(9, 61_450, 10_000))
    assert f"9 events among 61,450: {low:.2f} to {high:.2f} per 10,000 (exact)" in TEXT
    low, high = ends(intervals.published_rate(24, 61_450, 10_000))
    assert f"24: {low:.2f} to {high:.2f} (Byar)" in TEXT
    ratio, low, high = ends(intervals.rate_ratio(41, 28_010, 15, 19_017))
    assert f"41 in 28,010 against 15 in 19,017: ratio {ratio:.2f}, {low:.2f} to {high:.2f}" in TEXT


def test_the_worked_standardised_rate():
    rate, low, high = ends(
        standardised_rate([4, 9, 17], [5200, 8100, 6300], [6000, 8000, 6000], 10_000)
    )
    assert "4, 9 and 17 events among 5,200, 8,100 and 6,300" in TEXT
    assert f"{rate:.2f} per 10,000, {low:.2f} to {high:.2f}" in TEXT


def test_the_worked_charts_with_bases():
    found = u_prime([50, 62, 55, 71], [60_000, 60_400, 60_900, 61_100])
    first, last = found.upper[0] * 10_000, found.upper[-1] * 10_000
    assert "50, 62, 55 and 71 events among 60,000, 60,400, 60,900 and 61,100" in TEXT
    assert f"mean {found.mean * 10_000:.2f} per 10,000, upper limit {first:.2f}" in TEXT
    assert f"{last:.2f} at the last" in TEXT
    found = p_prime([72, 81, 66, 90], [90, 100, 80, 120])
    limits = f"{found.lower[-1] * 100:.1f} to {found.upper[-1] * 100:.1f} %"
    assert "72 of 90, 81 of 100, 66 of 80, 90 of 120" in TEXT
    assert f"mean {found.mean * 100:.1f} %, limits of the last {limits}" in TEXT


def test_the_worked_rare_events():
    found = exact_c_chart([20] * 5)
    assert f"a signal is over {found.upper[0]:.0f} or under {found.lower[0]:.0f}" in TEXT
    deaths = [9, 7, 6, 8, 5, 7, 6, 4, 6, 5, 5, 3]
    chi_squared, p_value = dispersion_test(deaths)
    told = f"{listed(deaths)} deaths in twelve years: chi-squared {chi_squared:.3f} on 11"
    assert f"{told}, p = {p_value:.2f}" in TEXT
    days = [41, 12, 97, 230, 8, 61, 150, 33]
    longest, most = t_chart(days).upper[0], g_chart(days).upper[0]
    assert f"{listed(days)} days between deaths: T chart up to {longest:.0f} days" in TEXT
    assert f"G chart up to {most:.0f}" in TEXT


def test_the_worked_scatter_and_difference():
    counts = [59, 69, 51, 31, 73, 79, 77, 50]
    assert f"{listed(counts)} vary {dispersion(counts):.2f} times" in TEXT
    found = points_change(56, 70, 48, 80)
    told = f"{found.size:.1f} points more, {found.lower:.1f} to {found.upper:.1f}"
    assert f"56 of 70 against 48 of 80: {told}" in TEXT


def test_the_worked_trend_and_seasons():
    counts = [
        *(59, 69, 51, 31, 73, 79, 77, 50, 62, 61, 53, 66),
        *(52, 63, 65, 67, 48, 96, 62, 79, 77, 63, 105, 65),
    ]
    found = quasi_poisson_trend(counts)
    yearly, low, high = ((end - 1) * 100 for end in (found.yearly, found.lower, found.upper))
    assert listed(counts) in TEXT
    could = f"anything from {-low:.2f} % fewer to {high:.1f} % more (p = {found.p_value:.3f})"
    assert f"{yearly:.1f} % more a year, but it could be {could}: no clear trend" in TEXT
    assert not found.is_clear
    assert f"a scatter of {found.scatter:.2f}" in TEXT
    assert f"Its quarters: p = {seasonality(counts)[0]:.2f}" in TEXT
    assert f"a change to {detectable_change(100):.1f} times as many" in TEXT
    assert f"with 400 to {detectable_change(400):.1f} times" in TEXT


@pytest.mark.parametrize(
    ("counts", "bases", "is_proportion", "told"),
    [
        ([811, 842, 902, 951, 1010], [1180, 1175, 1190, 1201, 1222], True, "rising"),
        ([200, 205, 195, 200, 320], [60_000] * 5, False, "none"),
    ],
)
def test_the_worked_markers(counts, bases, is_proportion, told):
    found, _, chi_squared = annual_marker(counts, bases, is_proportion=is_proportion)
    assert found == told
    after = TEXT[TEXT.index(listed(counts)) :]
    words = "rising" if told == "rising" else "and no trend"
    assert after[: after.index(words) + len(words)].endswith(
        f"chi-squared {chi_squared:.1f}, {words}"
    )


def test_the_worked_funnel_by_chance_alone():
    low, high = (float(exact_limits([50], 1.0, share, False)[0]) for share in (0.001, 0.999))
    assert f"chance alone gives {low:.3f} to {high:.3f} times as many" in TEXT


def test_the_worked_median():
    days = [5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45]
    median, low, high = median_with_limits(days, [day != 16 for day in days])
    assert f"plans of {listed(days)} days, the sixth still open" in TEXT
    assert f"median {median:.0f} days, 95 % limits {low:.0f} to {high:.0f}" in TEXT


def test_the_worked_forecast():
    points = [100, 104, 98, 102, 96, 101, 99, 103, 97, 100, 105, 98, 101, 99, 102, 100]
    found = forecast(points, 2, is_stock=False)
    assert found is not None
    told = f"a {found.model} of {found.mean[0]:.1f}, 80 % range {found.lower[0]:.1f}"
    assert f"{listed(points)}: {told} to {found.upper[0]:.1f}" in TEXT
    assert f"it held {found.hits} of {found.trials} times" in TEXT
    low, high = year_end_total([98, 101], found)
    assert f"the year's total is {low:.0f} to {high:.0f}" in TEXT
