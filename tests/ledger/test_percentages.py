from __future__ import annotations

import pytest

from lscb_analysis.ledger.percentages import percentages_that_fail
from lscb_analysis.ledger.whole_counts import without_whole_count
from tests.ledger.drawing import findings, ids

SHARE = """
    id | label       | value | unit
    A  | Re-referrals| 617   | referrals
    N  | Referrals   | 3,561 | referrals
    P  | Re-referrals| {}    | percent
"""
OF = "relation | figure | made of\npercentage | P | A / N"


@pytest.mark.parametrize("value", ["17%", "17.3%", "17.33", "about 17%", "over 17%"])
def test_a_percentage_of_its_counts_is_no_finding(value):
    assert findings(percentages_that_fail, SHARE.format(value), OF).empty


def test_a_percentage_that_does_not_follow_says_which_counts_would_print_it():
    found = findings(percentages_that_fail, SHARE.format("19%"), OF)
    assert ids(found) == ["P; A; N"]
    assert found["rule"].tolist() == ["percentage"]
    assert found["expected"].tolist() == ["17%"]
    assert "659 to 694 of 3,561 would print it" in found["action"].iloc[0]


def test_a_percentage_that_was_cut_off_is_told_by_its_rounding():
    report = "id | label | value\nA | Fewer | 26\nN | Before | 62\nP | Fewer % | {}"
    found = findings(percentages_that_fail, report.format("41%"), OF)
    assert found["rule"].tolist() == ["rounding"]
    assert "41.94%, cut off" in found["found"].iloc[0]
    assert findings(percentages_that_fail, report.format("42%"), OF).empty


def test_a_half_may_go_either_way():
    report = "id | label | value\nA | One | 1\nN | All | 8\nP | One % | {}"
    for value in ("12%", "13%", "12.5%"):
        assert findings(percentages_that_fail, report.format(value), OF).empty, value


def test_bounds_in_words_bound_the_percentage():
    report = """
        id | label     | value            | unit
        A  | Special   | just under 800   | pupils
        N  | On roll   | just over 53,000 | pupils
        P  | Special % | {}               | percent
    """
    found = findings(percentages_that_fail, report.format("1.59%"), OF)
    assert found["expected"].tolist() == ["1.37% to 1.51%"]
    assert findings(percentages_that_fail, report.format("1.50%"), OF).empty


def test_a_change_is_held_against_its_two_numbers():
    report = "id | label | value\nA | Before | 518\nB | After | 408\nP | Fall | {}"
    declared = "relation | figure | made of\nchange | P | A -> B"
    assert findings(percentages_that_fail, report.format("21%"), declared).empty
    assert ids(findings(percentages_that_fail, report.format("24.1%"), declared)) == ["P; B; A"]


ATTENDED = """
    id | label         | value | unit
    N  | Meetings      | {}    | count
    A  | Police        | 67%   | percent
    B  | Schools       | 11%   | percent
    C  | Two lay seats | 78%   | percent
    D  | Health        | 89%   | percent
"""
NINTHS = """
    relation   | figure | made of
    percentage | A      | ? / N
    percentage | B      | ? / N
    percentage | C      | ? / 2 * N
    percentage | D      | ? / N
"""


def test_percentages_that_no_whole_count_prints_name_the_base_that_would():
    found = findings(without_whole_count, ATTENDED.format("eight"), NINTHS)
    assert ids(found) == ["A; B; C; D; N"]
    assert "9 instead of eight would print them all" in found["action"].iloc[0]


def test_percentages_of_whole_counts_are_no_finding():
    assert findings(without_whole_count, ATTENDED.format("nine"), NINTHS).empty


CATEGORIES = """
    id | label      | value | unit     | period
    S  | New plans  | 384   | plans    | 2016/17
    T  | Plans      | 408   | children | 31 March 2017
    A  | Neglect    | 49.3% | percent  | 31 March 2017
    B  | Emotional  | 27.9% | percent  | 31 March 2017
    C  | Physical   | 19.9% | percent  | 31 March 2017
    D  | Sexual     | 2.9%  | percent  | 31 March 2017
"""


def of_base(base: str) -> str:
    rows = "\n".join(f"percentage | {name} | ? / {base}" for name in "ABCD")
    return f"relation | figure | made of\n{rows}"


def test_shares_of_a_whole_name_the_count_of_the_report_that_prints_them_all():
    found = findings(without_whole_count, CATEGORIES, of_base("S"))
    assert ids(found) == ["A; B; C; D; S; T"]
    told = "408 (T) would print them all, as 201, 114, 81 and 12"
    assert told in found["action"].iloc[0]
    assert findings(without_whole_count, CATEGORIES, of_base("T")).empty
