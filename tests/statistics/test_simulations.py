"""The simulation claims, with few repetitions: bounds that a right method cannot miss."""

from __future__ import annotations

from benchmarks.statistics.simulations import CLAIMS, SEED, Row


def rows(claim: int, repetitions: int) -> list[Row]:
    return list(CLAIMS[claim](repetitions, SEED))


def found(rows: list[Row], asked: str) -> list[float]:
    answers = [row.found for row in rows if asked in row.asked]
    assert answers, asked
    return answers


def test_limits_on_a_stock_flag_what_is_not_there_and_ours_has_none():
    level, steps = rows(2, 150)[:3], rows(2, 150)[3:]
    assert found(level, "any point flagged (not used)")[0] > 75
    assert found(level, "latest point flagged (not used)")[0] > 25
    assert found(level, "limits of its own") == [0]
    assert found(steps, "latest point flagged")[0] < 5


def test_the_latest_point_is_seldom_flagged_where_nothing_has_changed():
    made = rows(3, 200)
    few, many = found(made, "any point")
    assert 7 < few < 25 < many < 45
    latest = found(made, "ours: latest")
    assert len(latest) == 15
    assert max(latest) <= 5
    assert 0 < sum(latest) / len(latest) < 2.5


def test_scatter_is_not_taken_for_a_trend_or_a_change():
    made = rows(4, 200)
    assert found(made, "Poisson trend, p < .05 (not used)")[0] > 17
    assert found(made, "exact Poisson")[0] > 15
    assert max(found(made, "quasi-Poisson")) < 10
    clear = found(made, "ours: year on year")
    assert max(clear) < 11
    assert sum(clear) / len(clear) < 7


def test_the_median_with_late_entry_stays_where_the_mean_of_closed_plans_moves():
    made = rows(7, 60)
    growing, holding, falling = found(made, "mean of closed")
    assert growing < holding - 12 < falling - 40
    assert all(200 < median < 240 for median in found(made, "median"))


def test_backtested_ranges_hold_what_they_say():
    made = rows(9, 60)
    ranges, theirs = found(made, "80 % range holds"), found(made, "ETS(A,A,A)")
    assert len(ranges) == len(theirs) == 5
    assert sum(theirs) / 5 < 70 < 74 < sum(ranges) / 5
    assert sum(found(made, "year's total")) / 3 > 65


def test_a_row_does_not_depend_on_what_ran_before():
    first = next(CLAIMS[2](20, SEED))
    assert first == next(CLAIMS[2](20, SEED))
    assert first != next(CLAIMS[2](20, SEED + 1))
