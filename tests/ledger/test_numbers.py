from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb_analysis.ledger.numbers import printed, share_claimed, text_of
from lscb_analysis.statistics.rounding import round_half_up


@pytest.mark.parametrize(
    ("cell", "quantity", "number"),
    [
        ("1,463", "count", 1463),
        ("£179,459", "money", 179_459),
        ("approximately £49k", "money", 49_000),
        ("49.3 %", "percent", Fraction(493, 10)),
        ("Five", "count", 5),
        ("six- year", "measure", 6),
        ("just under half (35,000)", "count", 35_000),
        ("41% (26)", "percent", 41),
        ("41% (26)", "count", 26),
        ("over 1 in 4", "percent", 25),
        ("more than double", "measure", 2),
        (2240.0, "count", 2240),
        (0.5, "percent", Fraction(1, 2)),
    ],
)
def test_a_number_is_read_however_it_is_printed(cell, quantity, number):
    assert printed(cell, quantity).number == number


@pytest.mark.parametrize(
    ("cell", "least", "most"),
    [
        ("just over 53,000", 53_000, 55_650),
        ("just under 800", 760, 800),
        ("more than 300,000", 300_000, math.inf),
        ("around 50", 45, 55),
        ("408", 408, 408),
    ],
)
def test_words_before_a_number_widen_it_on_their_side(cell, least, most):
    assert (printed(cell).least, printed(cell).most) == (least, most)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("106,00", "grouped"),
        ("1,2345", "grouped"),
        ("", "no value"),
        (float("nan"), "no value"),
        ("quarterly", "no number"),
        ("=SUM(A1:A3)", "formula"),
        ("9" * 40, "out of range"),
        ("1e400", ""),
        (1e300, "out of range"),
    ],
)
def test_a_cell_that_is_no_number_says_why(cell, problem):
    assert problem in printed(cell).problem


def test_a_withheld_figure_is_no_problem():
    assert printed("[c]").is_withheld
    assert printed("[c]").problem == ""


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 2))
def test_a_percentage_rounded_half_up_always_has_the_true_one_in_its_range(count, base, decimals):
    true = Fraction(100 * count, base)
    shown = round_half_up(float(true), decimals)
    cell = printed(f"{shown:.{decimals}f}%", "percent")
    slack = Fraction(1, 10**9)  # the float that was rounded is not quite the fraction
    assert cell.least - slack <= true <= cell.most + slack


@given(st.text(max_size=40) | st.floats() | st.none() | st.integers())
def test_any_cell_is_read_or_has_a_problem(cell):
    found = printed(cell)
    assert (found.number is not None) or found.is_withheld or found.problem


def test_a_share_in_words_is_a_range():
    assert share_claimed("just under half") == (Fraction(19, 40), Fraction(1, 2))
    assert share_claimed("over a third") == (Fraction(1, 3), 1)
    assert share_claimed("35,000") is None


def test_a_whole_number_of_a_workbook_has_no_decimals():
    assert text_of(1698.0) == "1698"
