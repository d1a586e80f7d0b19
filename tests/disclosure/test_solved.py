"""A part of a release that has not changed is audited and not solved again."""

from __future__ import annotations

import json

import numpy as np
import pytest

from lscb_analysis.disclosure import solver
from lscb_analysis.disclosure.problem import Problem, make_problem
from lscb_analysis.disclosure.solved import FILE, Solved, read_solved, write_solved
from lscb_analysis.disclosure.solver import withheld_cells

KEY = b"a key of thirty-two bytes, drawn"


def problem(*counts: int) -> Problem:
    """Four parts and their whole."""
    whole = dict.fromkeys(range(len(counts)), 1) | {len(counts): -1}
    return make_problem([*counts, sum(counts)], [(whole, 0)], threshold=5)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often the solver has worked."""
    made: list[int] = []
    work = solver._withheld
    monkeypatch.setattr(solver, "_withheld", lambda each: made.append(1) or work(each))
    return made


def test_the_same_table_is_solved_once_and_gives_the_same(runs, tmp_path):
    first = Solved(KEY)
    found = withheld_cells(problem(3, 9, 12, 20), solved=first)
    write_solved(tmp_path, first)
    again = withheld_cells(problem(3, 9, 12, 20), solved=read_solved(tmp_path, KEY))
    assert len(runs) == 1
    assert (found == again).all()


@pytest.mark.parametrize("counts", [(3, 9, 12, 21), (2, 9, 12, 20), (3, 9, 20, 12)])
def test_a_table_that_changed_is_solved_anew(counts, runs, tmp_path):
    first = Solved(KEY)
    withheld_cells(problem(3, 9, 12, 20), solved=first)
    write_solved(tmp_path, first)
    withheld_cells(problem(*counts), solved=read_solved(tmp_path, KEY))
    assert len(runs) == 2


def test_what_is_remembered_holds_no_count_and_only_what_the_last_release_needed(tmp_path):
    first = Solved(KEY)
    withheld_cells(problem(3, 9, 12, 20), solved=first)
    write_solved(tmp_path, first)
    second = read_solved(tmp_path, KEY)
    withheld_cells(problem(4, 9, 12, 20), solved=second)
    write_solved(tmp_path, second)
    held = json.loads((tmp_path / FILE).read_text())
    [(name, cells)] = held.items()
    assert len(name) == 64
    assert set(cells) <= set(range(5))
    assert (
        withheld_cells(problem(4, 9, 12, 20), solved=read_solved(tmp_path, b"another")) is not None
    )


@pytest.mark.parametrize("change", [[], [0], [0, 1, 2, 3, 4, 99], "no list", [True], None])
def test_a_file_that_was_changed_costs_time_and_never_protection(change, tmp_path):
    first = Solved(KEY)
    right = withheld_cells(problem(3, 9, 12, 20), solved=first)
    write_solved(tmp_path, first)
    held = json.loads((tmp_path / FILE).read_text())
    (tmp_path / FILE).write_text(json.dumps(dict.fromkeys(held, change)))
    found = withheld_cells(problem(3, 9, 12, 20), solved=read_solved(tmp_path, KEY))
    assert (found == right).all()


@pytest.mark.parametrize("text", ["", "{", "[]", "3"])
def test_a_file_that_is_not_ours_is_as_none(text, tmp_path):
    (tmp_path / FILE).write_text(text)
    assert read_solved(tmp_path, KEY).known == {}
    assert read_solved(tmp_path / "nowhere", KEY).known == {}


def test_the_order_of_parts_makes_no_difference_to_what_is_withheld():
    both = Solved(KEY)
    one = withheld_cells(problem(3, 9, 12, 20), solved=both)
    assert np.array_equal(one, withheld_cells(problem(3, 9, 12, 20)))
