from __future__ import annotations

import warnings

import numpy as np
import pytest
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.statespace.structural import UnobservedComponents

from lscb_analysis.statistics.forecast import (
    forecast,
    naive,
    seasonal_naive,
    year_end_total,
)
from lscb_analysis.statistics.levels import fit_level, fit_smoothing

FLAT = [100, 104, 98, 102, 96, 101, 99, 103, 97, 100, 105, 98, 101, 99, 102, 100]


def drawn(seed: int) -> np.ndarray:
    chance = np.random.default_rng([9, seed])
    points = [8, 12, 20, 40][seed % 4]
    drift, noise = [(0, 6), (5, 0), (3, 6)][seed % 3]
    return 100 + np.cumsum(chance.normal(0, drift, points)) + chance.normal(0, noise, points)


@pytest.mark.parametrize("seed", range(24))
def test_a_level_is_as_likely_as_that_of_statsmodels_and_forecasts_the_same(seed):
    points = drawn(seed)
    found = fit_level(points)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a flat likelihood
        other = UnobservedComponents(points, "llevel").fit(disp=0)
    assert found.log_likelihood >= other.llf - 0.005  # theirs begins a little less diffuse
    if found.log_likelihood < other.llf + 0.005:  # else it stopped at a lesser maximum
        ahead = other.get_forecast(4)
        assert found.last == pytest.approx(ahead.predicted_mean[0], abs=0.1)
        assert found.spread(4) == pytest.approx(ahead.se_mean, rel=0.01)


@pytest.mark.parametrize("seed", range(24))
def test_smoothing_errs_no_more_than_that_of_statsmodels_and_forecasts_the_same(seed):
    points = drawn(seed)
    found = fit_smoothing(points)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = ETSModel(points, error="add").fit(disp=0)
    assert found.error**2 <= other.mse * (1 + 1e-6)
    if found.error**2 > other.mse * (1 - 1e-4):  # else it stopped at a lesser minimum
        assert found.last == pytest.approx(other.forecast(1)[0], abs=0.05)
        assert found.weight == pytest.approx(other.smoothing_level, abs=0.01)


def test_a_range_holds_as_many_of_the_errors_seen_as_a_next_one_would_ask_for():
    points = 400 + np.cumsum(np.random.default_rng(4).normal(0, 12, 20))
    points[-4] += 60
    found = forecast(points, 1, is_stock=True)
    assert found is not None
    assert found.model == "naive"
    seen = np.sort(np.abs(np.diff(points))[-12:])
    assert found.upper[0] - found.mean[0] >= seen[10]


def test_the_errors_of_a_stock_add_up_and_those_around_a_level_do_not():
    stock = forecast(400 + np.cumsum(drawn(2) - 100), 4, is_stock=True)
    flow = forecast(FLAT, 4, is_stock=False)
    assert stock is not None
    assert flow is not None
    assert stock.together[0, 3] == pytest.approx(0.5)
    assert flow.together[0, 3] < 0.2


@pytest.mark.parametrize("points", [[], FLAT[:7], FLAT[:11]])
def test_with_too_few_points_or_origins_there_is_no_forecast(points):
    assert forecast(points, 2, is_stock=False) is None


def test_a_flat_series_is_forecast_by_a_level_within_a_range_that_held_before():
    found = forecast(FLAT, 2, is_stock=False)
    assert found is not None
    assert found.model != "naive"
    assert (found.lower < 100.5).all()
    assert (found.upper > 99.5).all()
    assert found.hits / found.trials >= 0.6
    assert found.error < 1


def test_a_stock_is_never_forecast_by_its_seasons():
    found = forecast(np.cumsum([5, -5, 5, -5] * 4) + 400, 1, is_stock=True)
    assert found is not None
    assert found.model in ("naive", "local level")


def test_a_range_never_goes_below_nothing():
    found = forecast([3, 0, 6, 1, 0, 7, 2, 0, 5, 1, 0, 6, 2], 4, is_stock=True)
    assert found is not None
    assert (found.lower >= 0).all()


def test_simple_models_repeat_what_was():
    points = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    assert naive(points, 2).mean.tolist() == [6, 6]
    assert seasonal_naive(points, 5).mean.tolist() == [3, 4, 5, 6, 3]


def test_a_years_total_has_its_known_quarters_and_a_narrower_range_than_the_sum_of_limits():
    found = forecast(FLAT, 2, is_stock=False)
    assert found is not None
    low, high = year_end_total([98, 101], found)
    assert 199 + found.lower.sum() < low < 199 + found.mean.sum() < high < 199 + found.upper.sum()
    assert year_end_total([98, 101], found) == (low, high)
