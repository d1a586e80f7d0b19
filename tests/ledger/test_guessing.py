"""Without a relations file: what labels, units and periods alone give."""

from __future__ import annotations

from lscb_analysis.ledger.guessing import guessed
from lscb_analysis.ledger.relations import written
from tests.ledger.drawing import checked, figures, relations


def problems(drawn: str) -> list[tuple[str, str]]:
    found = checked(drawn)
    found = found[found["severity"].eq("warning")]
    return list(zip(found["rule"], found["figures"], strict=True))


def guesses(drawn: str) -> list[str]:
    return [f"{each.figure} = {written(each)}" for each in guessed(figures(drawn))]


TYPES = """
    id | label             | value
    A  | Type: Neglect     | 49
    B  | Type: Sexual harm | 70
    C  | Type: Physical    | 156
    T  | Type total        | {}
"""


def test_parts_that_begin_like_a_total_and_nearly_make_it_are_its_parts():
    assert problems(TYPES.format(275)) == []
    assert problems(TYPES.format(276)) == [("parts and total", "T; A; B; C")]


def test_parts_that_are_far_from_the_total_are_not_all_of_them():
    assert problems(TYPES.format(400)) == []


def test_a_stock_with_one_start_and_one_end_is_a_flow():
    drawn = """
        id | label                     | value | unit     | period
        O  | Children on a CP plan     | 518   | children | 31 March 2016
        C  | Children on a CP plan     | 408   | children | 31 March 2017
        S  | CP plans started          | 384   | plans    | 2016/17
        E  | CP plans ended            | {}    | plans    | 2016/17
    """
    assert guesses(drawn.format(494)) == ["C = O + S - E"]
    assert problems(drawn.format(494)) == []
    assert problems(drawn.format(586)) == [("stock and flow", "C; O; S; E")]


def test_a_rate_has_the_count_of_its_name_or_its_initials():
    drawn = """
        id | label                    | value | unit       | period
        A  | Children in need         | 2,722 | children   | 31 March 2016
        B  | Children on a CPP        | 518   | children   | 31 March 2016
        R  | CIN per 10,000           | 337   | per 10,000 | 31 March 2016
        S  | CPP per 10,000           | 65.63 | per 10,000 | 31 March 2016
    """
    assert guesses(drawn) == ["R = A", "S = B"]
    assert problems(drawn) == [("two populations", "R; A; S; B")]


def test_a_percentage_of_a_guessed_total_is_held_against_it():
    drawn = TYPES.format(275) + "    P  | Type: Neglect %   | {}\n"
    assert problems(drawn.format("18%")) == []
    assert problems(drawn.format("20%")) == [("percentage", "P; A; T")]


def test_a_change_has_the_two_values_of_its_name():
    drawn = """
        id | label                   | value | unit  | period
        A  | LPT forms               | 62    | forms | Q4 2015/16
        B  | LPT forms               | 36    | forms | Q4 2016/17
        P  | Decrease in LPT forms   | {}    | percent | year on year
    """
    assert problems(drawn.format("42%")) == []
    assert problems(drawn.format("41%")) == [("rounding", "P; B; A")]


def test_more_supported_than_referred_is_larger_than_its_set():
    drawn = """
        id | label                   | value | unit     | period
        A  | CYP received support    | {}    | children | 2016/17
        B  | CYP referred            | 239   | children | 2016/17
    """
    assert problems(drawn.format(200)) == []
    assert problems(drawn.format(411)) == [("larger than its set", "A; B")]


def test_what_is_declared_is_not_guessed():
    report = figures(TYPES.format(275))
    declared = relations("relation | figure | made of\ntotal | T | A + B + C", report)
    assert guessed(report, declared) == ()
