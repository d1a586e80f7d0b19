from __future__ import annotations

from lscb_analysis.ledger.sums import (
    parts_larger_than_their_set,
    sums_that_fail,
    unlike_units,
)
from tests.ledger.drawing import findings, ids

OUTCOMES = """
    id | label                 | value | unit
    A  | Information only      | {}    | referrals
    B  | Below the threshold   | 128   | referrals
    C  | Substantiated         | 39    | referrals
    T  | All outcomes          | 208   | referrals
    P  | Information only, %   | 20%   | percent
    Q  | Below the threshold, %| 62%   | percent
"""
SUM = """
    relation   | figure | made of
    total      | T      | A + B + C
    percentage | P      | A / T
    percentage | Q      | B / T
"""


def test_a_total_that_is_the_sum_of_its_parts_is_no_finding():
    assert findings(sums_that_fail, OUTCOMES.format(41), SUM).empty


def test_a_total_that_is_not_says_which_single_cell_mends_it():
    found = findings(sums_that_fail, OUTCOMES.format(40), SUM)
    assert ids(found) == ["T; A; B; C"]
    assert "= 207, but 208 (T) is printed: a gap of 1" in found["found"].iloc[0]
    # 40 of 208 is 19.2 %: 41 makes both the sum and the 20 %
    assert found["action"].tolist() == [
        "one cell would mend this and 1 other relation of it: A as 41"
    ]


def test_a_cell_whose_mending_would_break_another_relation_is_not_offered():
    found = findings(
        sums_that_fail,
        """
        id | label | value | unit
        A  | One   | 50    | referrals
        B  | Two   | 40    | referrals
        T  | Both  | 100   | referrals
        P  | One % | 50%   | percent
        """,
        "relation | figure | made of\ntotal | T | A + B\npercentage | P | A / T",
    )
    assert "B as 50" in found["action"].iloc[0]
    assert "A as 60" not in found["action"].iloc[0]


FLOW = """
    id | label                | value | unit     | period
    O  | Plans a year before  | 518   | children | 31 March 2016
    S  | Plans started        | 384   | plans    | 2016/17
    E  | Plans ended          | {}    | plans    | 2016/17
    C  | Plans                | 408   | children | 31 March 2017
"""


def test_a_stock_that_follows_from_its_flows_is_no_finding():
    declared = "relation | figure | made of\nflow | C | O + S - E"
    assert findings(sums_that_fail, FLOW.format(494), declared).empty


def test_a_stock_that_does_not_is_a_gap_and_the_numbers_that_would_close_it():
    declared = "relation | figure | made of\nstock and flow | C | O + S - E"
    found = findings(sums_that_fail, FLOW.format(586), declared)
    assert ids(found) == ["C; O; S; E"]
    assert found["rule"].tolist() == ["stock and flow"]
    assert "518 + 384 − 586 = 316" in found["found"].iloc[0]
    assert "E as 494" in found["action"].iloc[0]


def test_a_difference_may_be_printed_without_its_sign():
    report = "id | label | value\nA | Before | 62\nB | After | 36\nD | Decrease | {}"
    declared = "relation | figure | made of\ndifference | D | B - A"
    assert findings(sums_that_fail, report.format(26), declared).empty
    assert ids(findings(sums_that_fail, report.format(28), declared)) == ["D; B; A"]


def test_rounded_totals_need_not_add_up_to_the_hundred():
    report = "id | label | value\nA | One | 12,100\nB | Two | 13,300\nT | Both | 25,{}"
    declared = "relation | figure | made of\ntotal | T | A + B"
    assert findings(sums_that_fail, report.format("500"), declared).empty
    assert len(findings(sums_that_fail, report.format("700"), declared)) == 1


def test_percentages_that_make_a_whole_may_be_half_a_digit_off_each():
    report = "id | label | value\nA | Some | 33%\nB | Others | 33%\nC | Rest | {}"
    declared = "relation | figure | made of\ntotal | 100 | A + B + C"
    assert findings(sums_that_fail, report.format("33%"), declared).empty
    assert len(findings(sums_that_fail, report.format("30%"), declared)) == 1


def test_contacts_and_people_are_not_one_sum_though_it_adds_up():
    report = """
        id | label   | value  | unit
        A  | Contacts| 12,220 | contacts
        B  | Advice  | 15,910 | individuals
        T  | Overall | 28,130 | mixed
    """
    declared = "relation | figure | made of\ntotal | T | A + B"
    assert findings(sums_that_fail, report, declared).empty
    assert ids(findings(unlike_units, report, declared)) == ["T; A; B"]


def test_children_and_young_people_are_one_unit():
    report = """
        id | label | value | unit
        A  | Under | 10    | children
        B  | Over  | 20    | young people
        T  | All   | 30    | children
    """
    declared = "relation | figure | made of\ntotal | T | A + B"
    assert findings(unlike_units, report, declared).empty


def test_a_part_that_is_larger_than_its_set_is_a_finding():
    report = "id | label | value\nA | Supported | {}\nB | Referred | 239"
    declared = "relation | figure | made of\npart | A | B"
    assert ids(findings(parts_larger_than_their_set, report.format(411), declared)) == ["A; B"]
    assert findings(parts_larger_than_their_set, report.format(200), declared).empty


def test_a_part_of_a_share_of_a_total_is_held_against_that_share():
    report = """
        id | label     | value   | unit
        A  | Arrived   | {}      | persons
        P  | Born away | 34%     | percent
        T  | People    | 1,001   | persons
    """
    declared = "relation | figure | made of\npart | A | P * T"
    assert findings(parts_larger_than_their_set, report.format(340), declared).empty
    assert len(findings(parts_larger_than_their_set, report.format(350), declared)) == 1
