"""The engine held against the benchmark's attacker, which shares no code with its audit."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.disclosure.run import (
    attack,
    attacked,
    by_engine,
    by_hand,
    inner_counts,
    is_narrowed,
    sums_of,
    with_margins,
)

SHAPE = (5, 4)


@pytest.mark.parametrize("seed", range(20_000, 20_005))
def test_the_attacker_narrows_nothing_that_could_be_left_open(seed: int):
    table = with_margins(inner_counts(SHAPE, seed))
    ranges = attacked(table, by_engine(table)).values()
    assert len(ranges)
    assert all(left[0] < left[1] for left, _ in ranges)
    assert not any(is_narrowed(left, widest[0]) for left, widest in ranges)


def test_the_attacker_finds_what_the_hand_rule_gives_away():
    # no line has just one withheld, but the first row's two make 2 together: each is 1
    table = with_margins(np.array([[1, 1, 30], [1, 9, 20], [40, 50, 60]]))
    withheld = by_hand(table)
    ranges = attacked(table, withheld)
    assert withheld.reshape(table.shape)[:2, :2].all()
    assert ranges[0][0] == ranges[1][0] == (1, 1)
    assert all(is_narrowed(left, widest[0]) for left, widest in ranges.values())


def test_the_attacker_finds_the_one_count_that_is_withheld_from_its_sums():
    table = with_margins(np.array([[3, 9], [20, 30]]))
    withheld = np.zeros(table.size, bool)
    withheld[0] = True
    assert attack(table.ravel(), sums_of(table.shape), withheld, 0) == (3, 3)
