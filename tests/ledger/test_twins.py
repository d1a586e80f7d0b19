from __future__ import annotations

import pytest

from lscb_analysis.ledger.twins import two_values
from tests.ledger.drawing import figures, findings, ids

PAIR = """
    id | label        | value  | unit     | period  | indicator
    A  | Contacts     | 12,235 | contacts | 2016/17 | contacts
    B  | {label}      | {value}| contacts | {period}| {indicator}
"""


def pair(
    label: str = "All contacts",
    value: str = "12,220",
    period: str = "2016/17",
    indicator: str = "contacts_section3",
) -> list[str]:
    drawn = PAIR.format(label=label, value=value, period=period, indicator=indicator)
    return ids(two_values(figures(drawn), ()))


def test_one_indicator_and_period_with_two_values_is_a_finding():
    assert pair() == ["A; B"]


def test_one_value_printed_twice_is_none():
    assert pair(value="12,235") == []


def test_another_period_is_another_thing():
    assert pair(period="2015/16") == []
    assert pair(period="Q4 2016/17", value="11,900") == []


def test_a_period_that_can_be_read_in_two_ways_does_not_excuse_two_values():
    assert pair(period='"as at March 2017"') == ["A; B"]


def test_what_was_started_is_the_same_thing_where_it_is_nearly_as_much():
    assert pair(indicator="contacts_started") == ["A; B"]
    assert pair(indicator="contacts_started", value="9,000") == []


@pytest.mark.parametrize("indicator", ["contacts_police", "contacts_aged_13_25", "advice_calls"])
def test_a_part_of_a_thing_is_no_second_value_of_it(indicator):
    assert pair(indicator=indicator) == []


def test_rows_of_one_breakdown_are_different_things():
    drawn = """
        id | label     | value | unit    | indicator
        A  | Police    | 100%  | percent | attendance
        B  | Probation | 96%   | percent | attendance
        C  | Schools   | 95%   | percent | attendance
    """
    assert two_values(figures(drawn), ()).empty


def test_started_and_ended_are_two_things():
    drawn = """
        id | label         | value | unit  | indicator
        A  | Plans started | 384   | plans | plans_started
        B  | Plans ended   | 390   | plans | plans_ended
    """
    assert two_values(figures(drawn), ()).empty


def test_two_units_are_two_things():
    drawn = """
        id | label               | value | unit     | indicator
        A  | Stepped up          | 81    | cases    | stepped_up
        B  | Stepped up          | 181   | children | stepped_up_children
    """
    assert two_values(figures(drawn), ()).empty


def test_without_indicators_one_label_of_several_words_is_one_thing():
    drawn = "id | label | value\nA | Referrals to the LADO | 324\nB | LADO referrals | 329"
    assert ids(two_values(figures(drawn), ())) == ["A; B"]
    drawn = "id | label | value\nA | ...nationally | 324\nB | ...nationally | 329"
    assert two_values(figures(drawn), ()).empty


def test_what_is_declared_to_be_the_same_is_held_to_it():
    drawn = "id | label | value\nA | Joined | 5\nB | Members | {}"
    declared = "relation | figure | made of\nsame | A | B"
    assert ids(findings(two_values, drawn.format(6), declared)) == ["A; B"]
    assert findings(two_values, drawn.format(5), declared).empty
