from __future__ import annotations

import pytest

from lscb_analysis.ledger.claims import (
    claims_against_numbers,
    claims_without_numbers,
    shares_claimed,
)
from tests.ledger.drawing import figures, findings, ids

CLAIM = """
    id | label      | value    | unit      | period
    A  | Referrals  | {older}  | referrals | {first}
    B  | Referrals  | {newer}  | referrals | {second}
    Q  | Said of it | {words}  | claim     | 2016/17
"""
DECLARED = "relation | figure | made of\nclaim | Q | A -> B"


def told(
    words: str, older: int, newer: int, first: str = "2015/16", second: str = "2016/17"
) -> list[tuple[str, str]]:
    drawn = CLAIM.format(words=words, older=older, newer=newer, first=first, second=second)
    found = findings(claims_against_numbers, drawn, DECLARED)
    return list(zip(found["severity"], found["expected"], strict=True))


@pytest.mark.parametrize(
    ("words", "older", "newer"),
    [
        ("rose", 100, 180),
        ("fell significantly", 180, 100),
        ("stable", 300, 305),
        ("more than doubled", 100, 210),
        ("a rise and a fall", 100, 180),
    ],
)
def test_words_that_the_numbers_bear_out_are_no_finding(words, older, newer):
    assert told(words, older, newer) == []


def test_a_rise_that_is_a_fall_is_a_problem():
    assert told("increased", 180, 100) == [("warning", "the direction that the numbers have")]


def test_a_change_that_may_be_chance_is_noted_with_its_interval():
    ((severity, expected),) = told("an increase", 41, 51)
    assert severity == "note"
    assert "the interval takes in 1" in expected


def test_significant_needs_an_interval_that_leaves_out_no_change():
    ((severity, _),) = told("a significant increase", 41, 51)
    assert severity == "warning"


def test_a_stock_has_no_interval_and_may_rise():
    assert told("an increase", 638, 659, "31 March 2016", "31 March 2017") == []


def test_stable_is_no_word_for_a_fall_of_a_third_nor_for_nine_children():
    assert told("stable", 300, 200)[0][0] == "warning"
    assert told("stable", 9, 7) == [
        ("note", "no word on so few: neither a level nor a change can be told")
    ]


def test_doubled_is_held_against_the_ratio():
    assert ("warning", "the multiple that the numbers make") in told("doubled", 100, 130)


def test_a_lasting_direction_needs_three_points():
    assert told("continual reduction", 620, 360) == [
        ("note", "three points or more for a lasting direction")
    ]


def test_a_change_in_percent_speaks_by_its_own_label():
    drawn = """
        id | label          | value | unit      | period
        A  | Cases before   | 100   | cases     | 2015/16
        B  | Cases          | 150   | cases     | 2016/17
        P  | {}             | 50%   | percent   | 2016/17
    """
    declared = "relation | figure | made of\nchange | P | A -> B"
    assert findings(claims_against_numbers, drawn.format("Increase"), declared).empty
    assert ids(findings(claims_against_numbers, drawn.format("Decrease"), declared)) == ["P; B; A"]


def test_half_in_words_is_held_against_the_counts():
    drawn = """
        id | label     | value                    | unit
        A  | Arrived   | just under half ({})     | persons
        P  | Born away | 34%                      | percent
        T  | People    | 329,900                  | persons
    """
    declared = "relation | figure | made of\npart | A | P * T"
    assert ids(findings(shares_claimed, drawn.format("35,000"), declared)) == ["A; P; T"]
    assert findings(shares_claimed, drawn.format("55,000"), declared).empty


def test_a_majority_is_more_than_half():
    drawn = "id | label | value\nA | The majority were police | {}\nN | All | 100"
    declared = "relation | figure | made of\npart | A | N"
    assert ids(findings(shares_claimed, drawn.format(40), declared)) == ["A; N"]
    assert findings(shares_claimed, drawn.format(60), declared).empty


def test_claims_without_two_numbers_are_one_note():
    drawn = "id | label | value | unit\nQ | One | much improved | claim\nR | Two | higher | claim"
    found = claims_without_numbers(figures(drawn), ())
    assert ids(found) == ["Q; R"]
    assert found["severity"].tolist() == ["note"]
