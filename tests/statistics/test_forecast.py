from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from lscb_analysis.statistics.forecast import (
    forecast,
    local_level,
    naive,
    seasonal_naive,
    year_end_total,
)

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))["vectors"]
NILE = next(each for each in VECTORS if each["id"] == "nile_local_level_dk")
FLAT = [100, 104, 98, 102, 96, 101, 99, 103, 97, 100, 105, 98, 101, 99, 102, 100]


def test_the_level_of_the_nile_is_that_of_the_textbook():
    found = local_level(np.array(NILE["inputs"]["y"], dtype=float), 1)
    level, noise = NILE["expected"]["sigma2_eta"], NILE["expected"]["sigma2_eps"]
    ahead = (level + np.sqrt(level**2 + 4 * level * noise)) / 2  # its variance in a steady state
    assert found.spread[0] ** 2 == pytest.approx(ahead + noise, rel=0.01)


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
