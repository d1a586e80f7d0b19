"""The engine held against the answer keys, and against attackers of random tables.

The keys (tests/disclosure/answer_keys.json) were found by enumeration and by exact
integer programmes: the small counts, what each must still be able to be, and the fewest
other cells that protect them.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from lscb_analysis.disclosure.attacker import bounds_of, given_away, is_protected
from lscb_analysis.disclosure.problem import Problem, make_problem
from lscb_analysis.disclosure.solver import withheld_cells

KEYS = json.loads((Path(__file__).parent / "answer_keys.json").read_text("utf-8"))
BY_ID = pytest.mark.parametrize("key", KEYS, ids=lambda key: key["id"])


def problem_of(key: dict) -> Problem:
    at = {cell: place for place, cell in enumerate(key["cells"])}
    sums = [
        ({at[c]: 1 for c in each["plus"]} | {at[c]: -1 for c in each["minus"]}, 0)
        for each in key["sums"]
    ]
    return make_problem(key["counts"], sums, threshold=key["threshold"])


def table(shape: tuple[int, ...], seed: int) -> Problem:
    """A random table of counts with all its margins."""
    random = np.random.default_rng(seed)
    counts = random.poisson(random.gamma(1, 8, size=shape))
    for axis in range(len(shape)):
        counts = np.concatenate([counts, counts.sum(axis=axis, keepdims=True)], axis=axis)
    place = np.arange(counts.size).reshape(counts.shape)
    sums = [
        ({int(cell): 1 for cell in line[:-1]} | {int(line[-1]): -1}, 0)
        for axis in range(len(shape))
        for line in np.moveaxis(place, axis, -1).reshape(-1, counts.shape[axis])
    ]
    return make_problem(counts.ravel().tolist(), sums, threshold=5)


@BY_ID
def test_the_small_counts_are_those_of_the_key(key: dict):
    problem = problem_of(key)
    small = {key["cells"][cell] for cell in np.flatnonzero(problem.is_small)}
    assert small == set(key["small"])


@BY_ID
def test_withholding_the_small_counts_alone_lets_the_attacker_find_what_the_key_says(key: dict):
    problem = problem_of(key)
    for cell, bounds in key["alone"]:
        place = key["cells"].index(cell)
        low, high = bounds_of(problem, problem.is_small, place)
        assert low == bounds[0]
        assert bounds[1] is None or high == bounds[1]


@BY_ID
def test_what_is_withheld_leaves_every_small_count_its_whole_legend(key: dict):
    problem = problem_of(key)
    withheld = withheld_cells(problem)
    for cell, lowest, highest in key["must_reach"]:
        low, high = bounds_of(problem, withheld, key["cells"].index(cell))
        assert low <= lowest
        assert high >= highest


def test_over_all_keys_hardly_more_is_withheld_than_the_fewest_that_protect():
    problems = [problem_of(key) for key in KEYS]
    withheld = sum(int(withheld_cells(problem).sum()) for problem in problems)
    fewest = sum(key["fewest_others"] + len(key["small"]) for key in KEYS)
    assert withheld <= 1.1 * fewest


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("shape", [(5, 4), (3, 3, 3)])
def test_no_small_count_of_a_random_table_can_be_narrowed(shape: tuple[int, ...], seed: int):
    problem = table(shape, seed)
    withheld = withheld_cells(problem)
    small = np.flatnonzero(problem.is_small)
    assert len(small)
    assert all(is_protected(problem, withheld, int(cell)) for cell in small)


def test_the_same_table_always_gives_the_same():
    problem = table((5, 4), 3)
    assert (withheld_cells(problem) == withheld_cells(problem)).all()


def test_a_headline_is_withheld_last():
    counts, sums = [3, 9, 12, 30, 30], [({0: 1, 1: 1, 2: -1}, 0), ({2: 1, 3: 1, 4: -1}, 12)]
    problem = make_problem(counts, sums, threshold=5, weights=[1, 1, 1e6, 1, 1e6])
    assert np.flatnonzero(withheld_cells(problem)).tolist() == [0, 1]


def test_what_is_out_already_is_never_withheld():
    counts, sums = [3, 9, 20, 32], [({0: 1, 1: 1, 2: 1, 3: -1}, 0)]
    problem = make_problem(counts, sums, threshold=5, is_out=[False, True, False, True])
    assert np.flatnonzero(withheld_cells(problem)).tolist() == [0, 2]


def test_where_what_is_out_gives_a_small_count_back_it_is_told():
    counts, sums = [3, 9, 12], [({0: 1, 1: 1, 2: -1}, 0)]
    problem = make_problem(counts, sums, threshold=5, is_out=[False, True, True])
    assert given_away(problem, withheld_cells(problem)) == [0]


def test_a_sum_that_does_not_hold_is_refused():
    with pytest.raises(ValueError, match="does not hold"):
        make_problem([3, 9, 13], [({0: 1, 1: 1, 2: -1}, 0)], threshold=5)


def test_an_agency_that_knows_its_own_row_is_a_stronger_attacker():
    # two agencies and their total, two outcomes: any pattern of two per column fails
    counts = [9, 4, 13, 11, 3, 14, 20, 7, 27]
    sums = [({0: 1, 1: 1, 2: -1}, 0), ({3: 1, 4: 1, 5: -1}, 0), ({6: 1, 7: 1, 8: -1}, 0)]
    sums += [({column: 1, column + 3: 1, column + 6: -1}, 0) for column in range(3)]
    problem = make_problem(counts, sums, threshold=5)
    withheld = np.zeros(9, bool)
    withheld[[0, 1, 3, 4]] = True
    own = np.zeros(9, bool)
    own[[0, 1, 2]] = True
    assert is_protected(problem, withheld, 4)
    assert bounds_of(problem, withheld, 4, known=own) == (3, 3)
