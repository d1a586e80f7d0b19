from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from lscb_analysis.statistics.spc import p_prime, sigma_z, u_prime, xmr

VECTORS = {
    vector["id"]: vector
    for vector in json.loads((Path(__file__).parent / "spc_vectors.json").read_text("utf-8"))[
        "vectors"
    ]
}
MOHAMMED = VECTORS["mohammed2013_pprime_screened"]


@pytest.mark.parametrize("name", [name for name in VECTORS if "lpl" in VECTORS[name]["expected"]])
def test_individuals_limits_are_those_of_nhsrplotthedots(name):
    vector = VECTORS[name]
    found = xmr(vector["inputs"]["y"], screened=vector["inputs"]["screen_outliers"])
    assert found.mean == pytest.approx(vector["expected"]["mean"])
    np.testing.assert_allclose(found.lower, vector["expected"]["lpl"], rtol=1e-6)
    np.testing.assert_allclose(found.upper, vector["expected"]["upl"], rtol=1e-6)


def test_screening_decides_whether_a_point_is_outside():
    months = VECTORS["ptd_RRK_stable"]["inputs"]["y"]
    january = months.index(2585)
    assert xmr(months, screened=True).upper[january] < 2585 < xmr(months, screened=False).upper[0]


def test_a_series_that_never_varies_has_limits_at_its_mean():
    found = xmr([0.1] * 14)
    assert found.mean == found.lower[0] == found.upper[0] == 0.1


def test_screening_does_not_take_away_all_variation():
    found = xmr([5] * 13 + [9])
    assert found.lower[0] < 5 < found.upper[0]


def test_p_prime_limits_are_those_printed_for_the_published_example():
    inputs, expected = MOHAMMED["inputs"], MOHAMMED["expected"]
    found = p_prime(inputs["x"], inputs["n"])
    assert found.mean == pytest.approx(expected["cl"])
    np.testing.assert_allclose(found.lower, expected["lcl"], rtol=1e-9)
    np.testing.assert_allclose(found.upper, expected["ucl"], rtol=1e-9)


def test_where_chance_alone_flags_sixteen_of_twenty_points_p_prime_flags_none():
    count, base = (np.array(MOHAMMED["inputs"][name]) for name in ("x", "n"))
    share, mean = count / base, count.sum() / base.sum()
    sigma = np.sqrt(mean * (1 - mean) / base)
    assert (abs(share - mean) > 3 * sigma).sum() == 16
    found = p_prime(count, base)
    assert not ((share > found.upper) | (share < found.lower)).any()


def test_points_that_vary_less_than_chance_do_not_narrow_the_limits():
    count, base = np.full(10, 50.0) + np.arange(10) % 2, np.full(10, 100.0)
    mean = count.sum() / base.sum()
    sigma = np.sqrt(mean * (1 - mean) / base)
    assert sigma_z(count / base, mean, sigma) < 1
    found = p_prime(count, base)
    np.testing.assert_allclose(found.upper - found.mean, 3 * sigma)


def test_a_u_prime_limit_is_nearer_where_the_base_is_larger():
    found = u_prime([12, 30, 9, 11, 14, 10], [1000, 3000, 1000, 1000, 1000, 1000])
    assert found.mean == pytest.approx(86 / 8000)
    assert found.upper[1] < found.upper[0]


def test_all_or_none_on_time_has_limits_at_the_mean():
    found = p_prime([20, 30, 25], [20, 30, 25])
    assert list(found.lower) == list(found.upper) == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("numbers", [[], [4], [4, np.nan, 5]])
def test_limits_need_two_points_and_none_missing(numbers):
    with pytest.raises(ValueError, match="two points or more, with none missing"):
        xmr(numbers)


def test_a_base_of_zero_is_refused():
    with pytest.raises(ValueError, match="a base above zero"):
        p_prime([0, 4], [0, 10])
