"""Nothing, one, all, missing, always the same: an answer, something missing, or a clear refusal."""

from __future__ import annotations

import numpy as np
import pytest

from lscb_analysis.statistics import intervals
from lscb_analysis.statistics.change import dispersion, ratio_change, smallest_clear_change
from lscb_analysis.statistics.durations import lasting, median_with_limits
from lscb_analysis.statistics.forecast import forecast, year_end_total
from lscb_analysis.statistics.funnel import exact_limits, funnel
from lscb_analysis.statistics.levels import fit_level, fit_smoothing
from lscb_analysis.statistics.process import chart_for
from lscb_analysis.statistics.rare import c_chart, dispersion_test, exact_c_chart, g_chart
from lscb_analysis.statistics.spc import p_prime, u_prime
from lscb_analysis.statistics.standardised import standardised_rate
from lscb_analysis.statistics.trend import (
    annual_marker,
    detectable_change,
    quasi_poisson_trend,
    seasonality,
)

NAN = float("nan")
pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize("function", [intervals.wilson, intervals.clopper_pearson])
@pytest.mark.parametrize("pair", [(NAN, 5), (3, NAN), (0, 0), (6, 5), (-1, 5), (2, -5)])
def test_a_proportion_that_cannot_be_has_no_limits(function, pair):
    assert np.isnan(function(*pair)).all()
    assert [len(limit) for limit in function([], [])] == [0, 0]


@pytest.mark.parametrize("function", [intervals.poisson_count, intervals.byar])
def test_a_count_that_cannot_be_has_no_limits(function):
    assert np.isnan(function([NAN, -1])).all()
    assert function([0])[0][0] == 0
    assert [len(limit) for limit in function([])] == [0, 0]


@pytest.mark.parametrize("pair", [(5, 0), (0, 0), (NAN, 10), (5, NAN), (-1, 10)])
def test_a_rate_of_nobody_has_no_limits(pair):
    assert np.isnan(intervals.published_rate(*pair, per=1000)).all()
    assert np.isnan(intervals.poisson_rate(*pair, per=1000)).all()


@pytest.mark.parametrize(
    ("counts", "bases", "why"),
    [
        ([7, 2, 3], [5, 5, 5], "no more"),
        ([1, 2, 3], [5, 5], "base for each"),
        ([1, 2], [5, 0], "above zero"),
        ([1, NAN], [5, 5], "none missing"),
        ([1], [5], "two points"),
        ([1, -2], [5, 5], "below zero"),
    ],
)
def test_limits_of_what_cannot_be_are_refused(counts, bases, why):
    with pytest.raises(ValueError, match=why):
        p_prime(counts, bases)


@pytest.mark.parametrize("limits", [p_prime, u_prime])
def test_where_nothing_is_counted_the_limits_are_at_nothing(limits):
    found = limits([0, 0, 0], [5, 7, 9])
    assert found.mean == 0
    assert (found.lower == 0).all()
    assert (found.upper == 0).all()


def test_where_all_are_counted_the_limits_are_at_all():
    found = p_prime([5, 7, 9], [5, 7, 9])
    assert found.mean == 1
    assert (found.lower == found.upper).all()


@pytest.mark.parametrize("chart", [c_chart, exact_c_chart, g_chart])
@pytest.mark.parametrize("counts", [[], [3, NAN]])
def test_a_chart_of_rare_events_needs_counts(chart, counts):
    with pytest.raises(ValueError, match="none missing"):
        chart(counts)


@pytest.mark.parametrize("function", [dispersion, dispersion_test])
def test_scatter_needs_counts_none_missing(function):
    with pytest.raises(ValueError, match="none missing"):
        function([4, NAN, 5])


def test_counts_that_never_vary_scatter_no_more_than_chance():
    assert dispersion([5, 5, 5]) == dispersion([0, 0, 0]) == 1
    assert dispersion_test([5, 5, 5]) == dispersion_test([0, 0, 0]) == (0, 1)


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ([NAN] * 12, "none missing"),
        ([0] * 11 + [500], "nothing in more than a quarter"),
        ([60, 0, 60, 60] * 2 + [0] * 4, "nothing in more than a quarter"),
    ],
)
def test_a_trend_is_not_made_of_a_few_points(counts, why):
    with pytest.raises(ValueError, match=why):
        quasi_poisson_trend(counts)


@pytest.mark.parametrize(
    ("counts", "why"),
    [([NAN] * 12, "none missing"), ([10, 0, 10, 5] * 4, "each quarter of the year")],
)
def test_seasons_need_events_in_each_quarter(counts, why):
    with pytest.raises(ValueError, match=why):
        seasonality(counts)


def test_with_no_event_no_change_can_be_found():
    assert detectable_change(0) == np.inf


@pytest.mark.parametrize("is_proportion", [True, False])
@pytest.mark.parametrize(
    ("counts", "bases"), [([], []), ([5], [10]), ([NAN] * 5, [9] * 5), ([5] * 5, [9, 9, 0, 9, 9])]
)
def test_a_marker_that_cannot_be_is_refused(counts, bases, is_proportion):
    with pytest.raises(ValueError, match="two years"):
        annual_marker(counts, bases, is_proportion=is_proportion)


def test_a_marker_of_none_and_of_all_has_no_direction():
    for count, is_proportion in ((0, False), (0, True), (10, True)):
        told, slope, chi_squared = annual_marker([count] * 5, [10] * 5, is_proportion=is_proportion)
        assert told == "none"
        assert (slope, chi_squared) == pytest.approx((0, 0), abs=1e-12)
    with pytest.raises(ValueError, match="no more"):
        annual_marker([11] * 5, [10] * 5, is_proportion=True)


def test_a_marker_looks_at_the_last_five_years_alone():
    counts = [268, 281, 297, 331, 352]
    bases = [60100, 60400, 60900, 61100, 61450]
    assert annual_marker([900, *counts], [60000, *bases]) == annual_marker(counts, bases)


def test_one_year_alone_makes_no_trend():
    counts, bases = [200, 205, 195, 200, 320], [60_000] * 5
    told, slope, chi_squared = annual_marker(counts, bases)
    assert chi_squared > 9.55
    assert slope > 0
    assert told == "none"


@pytest.mark.parametrize("is_proportion", [True, False])
def test_a_funnel_needs_three_areas_with_numbers(is_proportion):
    for counts in ([1, 2], [NAN, 1, 2]):
        with pytest.raises(ValueError, match="three areas"):
            funnel(counts, [5] * len(counts), is_proportion=is_proportion)


def test_a_funnel_of_no_events_is_refused_for_rates_and_flat_for_proportions():
    with pytest.raises(ValueError, match="event"):
        funnel([0, 0, 0], [5, 5, 5], is_proportion=False)
    assert funnel([0, 0, 0], [5, 5, 5], is_proportion=True).scatter == 0
    assert exact_limits([5], 0.0, 0.999, True)[0] == 0


def test_spells_that_all_end_on_one_day_have_it_as_median():
    assert median_with_limits([5, 5, 5], [1, 1, 1])[0] == 5
    assert median_with_limits([5], [1])[0] == 5


@pytest.mark.parametrize(
    ("days", "ended"), [([], []), ([5], [0]), ([5, NAN], [1, 1]), ([5, 6], [1, NAN])]
)
def test_spells_that_tell_nothing_are_refused(days, ended):
    with pytest.raises(ValueError, match=r"nothing has ended|needs its days"):
        lasting(days, ended)


def test_after_the_longest_spell_seen_nothing_is_known_of_those_still_open():
    found = lasting([5, 8, 20], [1, 1, 0])
    assert found.share_open([0, 5, 20]) == pytest.approx([1, 2 / 3, 1 / 3])
    assert np.isnan(found.share_open([21])).all()
    assert lasting([5, 8], [1, 1]).share_open([30]) == [0]


@pytest.mark.parametrize("points", [[NAN] * 20, [5.0, NAN] * 10])
def test_a_forecast_needs_its_points(points):
    with pytest.raises(ValueError, match="none missing"):
        forecast(points, 4, is_stock=False)
    with pytest.raises(ValueError, match="none missing"):
        fit_level(points)
    with pytest.raises(ValueError, match="none missing"):
        fit_smoothing(points)


def test_a_forecast_is_of_one_step_at_least():
    with pytest.raises(ValueError, match="one step"):
        forecast([5.0] * 20, 0, is_stock=False)


@pytest.mark.parametrize("is_stock", [True, False])
def test_a_series_that_never_varies_is_forecast_to_stay(is_stock):
    found = forecast([5.0] * 20, 3, is_stock=is_stock)
    assert found is not None
    assert found.model == "naive"
    assert found.mean.tolist() == found.lower.tolist() == found.upper.tolist() == [5, 5, 5]
    assert year_end_total([5], found) == (20, 20)


def test_a_chart_is_chosen_by_the_points_that_are_known():
    assert chart_for([60, NAN] * 10) == "XmR"
    assert chart_for([NAN] * 10) == chart_for([]) == "run"


@pytest.mark.parametrize(
    ("counts", "people", "standard", "why"),
    [
        ([1, 2], [10, 10, 10], [1, 1], "for each band"),
        ([1, 2], [10, 0], [1, 1], "above 0"),
        ([1, -2], [10, 10], [1, 1], "not below"),
        ([1, 2], [10, 10], [1, 0], "above 0"),
    ],
)
def test_a_standardised_rate_that_cannot_be_is_refused(counts, people, standard, why):
    with pytest.raises(ValueError, match=why):
        standardised_rate(counts, people, standard, 1000)
    with pytest.raises(ValueError, match="byar or exact"):
        standardised_rate([5, 9], [50, 90], [1, 1], 1000, method="normal")


def test_a_standardised_rate_of_under_ten_events_is_missing():
    found = standardised_rate([[4, 5], [5, 5], [NAN, 20]], [[90, 80]] * 3, [1, 1], 1000)
    assert [np.isnan(each).tolist() for each in found] == [[True, False, True]] * 3


@pytest.mark.parametrize("before", [1, 5, 20, 154, 3551])
@pytest.mark.parametrize("scatter", [1.0, 2.5])
def test_the_smallest_clear_change_is_clear_and_one_less_is_not(before, scatter):
    from scipy.stats import binomtest

    def is_clear(after: int) -> bool:
        if scatter == 1:
            return binomtest(after, after + before, 0.5).pvalue <= 0.05
        return ratio_change(after, before, scatter=scatter).is_clear(1)

    rise, fall = smallest_clear_change(before, scatter=scatter)
    assert (is_clear(rise), is_clear(rise - 1)) == (True, False)
    if fall is None:
        assert not is_clear(0)
    else:
        assert (is_clear(fall), is_clear(fall + 1)) == (True, False)
