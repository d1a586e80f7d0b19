from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb_analysis.statistics.intervals import (
    difference,
    poisson_count,
    poisson_rate,
    rate_ratio,
    wilson,
)

VECTORS = {
    vector["id"]: vector
    for vector in json.loads((Path(__file__).parent / "interval_vectors.json").read_text("utf-8"))[
        "vectors"
    ]
}


def _key(name: str, limit: str) -> np.ndarray:
    expected = VECTORS[name]["expected"][limit]
    return np.array([np.inf if item is None else item for item in expected])


def test_wilson_gives_what_newcombe_printed():
    inputs = VECTORS["wilson_newcombe1998"]["inputs"]
    lower, upper = wilson(inputs["x"], inputs["n"])
    np.testing.assert_allclose(lower, _key("wilson_newcombe1998", "lower"), atol=1e-9)
    np.testing.assert_allclose(upper, _key("wilson_newcombe1998", "upper"), atol=1e-9)


def test_exact_poisson_limits_are_those_of_r():
    lower, upper = poisson_count(VECTORS["exact_poisson_95"]["inputs"]["x"])
    np.testing.assert_allclose(lower, _key("exact_poisson_95", "lower"), rtol=1e-9)
    np.testing.assert_allclose(upper, _key("exact_poisson_95", "upper"), rtol=1e-9)


def test_a_difference_of_proportions_has_newcombes_limits():
    inputs = VECTORS["newcombe_diff_method10"]["inputs"]
    found = difference(inputs["x1"], inputs["n1"], inputs["x2"], inputs["n2"])
    for got, limit in zip(found, ("diff", "lower", "upper"), strict=True):
        np.testing.assert_allclose(got, _key("newcombe_diff_method10", limit), atol=1e-9)


def test_a_ratio_of_rates_has_the_exact_limits_of_r():
    inputs = VECTORS["rate_ratio_exact_conditional"]["inputs"]
    found = rate_ratio(inputs["x1"], inputs["t1"], inputs["x2"], inputs["t2"])
    for got, limit in zip(found, ("ratio", "lower", "upper"), strict=True):
        np.testing.assert_allclose(got, _key("rate_ratio_exact_conditional", limit), rtol=1e-9)


def test_a_rate_has_its_counts_limits_over_its_population():
    lower, upper = poisson_rate([397], [85_492], per=10_000)
    low, high = poisson_count([397])
    assert lower[0] == pytest.approx(low[0] / 8.5492)
    assert upper[0] == pytest.approx(high[0] / 8.5492)
    assert lower[0] < 46.4 < upper[0]


def test_what_is_missing_stays_missing_and_a_base_of_zero_has_no_limits():
    lower, upper = wilson([3, np.nan, 0], [10, 10, 0])
    assert np.isfinite([lower[0], upper[0]]).all()
    assert np.isnan([lower[1], upper[1], lower[2], upper[2]]).all()
    assert np.isnan(poisson_count([np.nan])).all()
    assert np.isnan(poisson_rate([4], [0], per=10_000)).all()
    assert np.isnan(rate_ratio([0], [100], [0], [100])).all()


@given(st.integers(0, 400), st.integers(1, 400))
def test_a_proportion_lies_within_its_limits(count, base):
    count = min(count, base)
    lower, upper = wilson([count], [base])
    assert 0 <= lower[0] <= count / base + 1e-12
    assert count / base - 1e-12 <= upper[0] <= 1


@given(st.integers(0, 2000))
def test_a_count_lies_within_its_limits_and_wider_levels_are_wider(count):
    lower, upper = poisson_count([count])
    low, high = poisson_count([count], level=0.998)
    assert low[0] <= lower[0] <= count < upper[0] < high[0]
