from __future__ import annotations

import numpy as np
import pytest

from lscb_analysis.statistics.trend import annual_marker, quasi_poisson_trend, seasonality

FLAT = [59, 69, 51, 31, 73, 79, 77, 50, 62, 61, 53, 66]


def test_a_real_rise_is_found_and_its_size_is_told_by_the_year():
    counts = np.round(100 * 1.1 ** (np.arange(20) / 4))
    found = quasi_poisson_trend(counts)
    assert found.is_clear
    assert found.yearly == pytest.approx(1.1, abs=0.01)


def test_scatter_hides_what_chance_could_have_made():
    assert not quasi_poisson_trend(FLAT).is_clear


@pytest.mark.parametrize(
    ("counts", "why"), [(FLAT[:11], "12 points"), ([8] * 12, "100 events, not 96")]
)
def test_too_few_points_or_events_are_refused(counts, why):
    with pytest.raises(ValueError, match=why):
        quasi_poisson_trend(counts)


def test_seasons_are_found_where_they_are_and_not_where_scatter_is():
    p_value, effects = seasonality([120, 100, 80, 100] * 4)
    assert p_value < 0.01
    np.testing.assert_allclose(effects, [1.21, 1.01, 0.8, 1.01], atol=0.02)
    assert seasonality(FLAT)[0] > 0.05


def test_seasons_need_three_complete_years():
    with pytest.raises(ValueError, match="3 complete years"):
        seasonality(FLAT[:11])


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([268, 251, 279, 262, 283], "none"),
        ([268, 281, 297, 331, 352], "rising"),
        ([352, 331, 297, 281, 268], "falling"),
        ([268, 281, 297, 331], "too few"),
    ],
)
def test_the_yearly_marker_needs_five_years_and_more_than_chance(counts, told):
    assert annual_marker(counts, [60_000] * len(counts))[0] == told
