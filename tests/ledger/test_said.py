"""Words beside figures: directions, sizes, `significantly`, and what was validated."""

from __future__ import annotations

import pytest

from lscb_analysis.ledger.said import direction_of, text_against_itself
from tests.ledger.drawing import checked

SAID = """
    label     | value   | unit      | period  | words
    Referrals | {newer} | referrals | 2018/19 | {words}
    Referrals | {older} | referrals | 2017/18 | -
"""


def claims(drawn: str, declared: str = "") -> list[tuple[str, str]]:
    """The severity and what was expected of each finding about words."""
    found = checked(drawn, declared)
    found = found[found["rule"].eq("claim")]
    return list(zip(found["severity"], found["expected"], strict=True))


def said(words: str, newer: str = "2,900", older: str = "2,700") -> list[tuple[str, str]]:
    return claims(SAID.format(words=words, newer=newer, older=older))


@pytest.mark.parametrize(
    "words",
    [
        "rose",
        "rose by 7.4%",
        "a 7% increase",
        "up from 2,700",
        "rose by 200",
        "increased from 2,700 to 2,900",
        "rose by about 7 per cent since 2017/18",
        "significantly higher",
        "up to 12 of these were followed up",
        "lower than the national average",
        "two or more in a year were 12%",
    ],
)
def test_words_that_two_years_bear_out_are_no_finding(words):
    assert said(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "fell",
        "fewer than last year",
        "a drop of 7.4%",
        "rose by 9%",
        "up 6.0%",
        "a 17% increase",
        "up from 2,070",
        "rose by 300",
        "increased from 2,700 to 2,990",
        "stable, from 2,800 to 2,900",
        "doubled",
    ],
)
def test_words_that_two_years_contradict_are_a_problem_without_a_relation(words):
    assert [severity for severity, _ in said(words)][:1] == ["warning"]


def test_a_rise_in_words_where_the_figure_fell_is_found():
    assert said("rose", "2,700", "2,900") == [("warning", "the direction that the numbers have")]


def test_a_quarter_may_be_set_against_the_one_before_or_that_of_a_year_before():
    drawn = """
        label     | value | unit      | period     | words
        Referrals | 500   | referrals | Q4 2018/19 | {}
        Referrals | 600   | referrals | Q3 2018/19 | -
        Referrals | 400   | referrals | Q4 2017/18 | -
    """
    assert claims(drawn.format("rose")) == []
    assert claims(drawn.format("fell")) == []
    assert claims(drawn.format("rose since Q3 2018/19"))[0][0] == "warning"


SHARES = """
    id | label                | value | unit      | period  | words
    A  | Re-referrals         | 182   | referrals | 2018/19 | -
    B  | Referrals            | 1,000 | referrals | 2018/19 | -
    C  | Re-referrals, before | 186   | referrals | 2017/18 | -
    D  | Referrals, before    | 1,000 | referrals | 2017/18 | -
    P  | Re-referrals (%)     | {}    | percent   | 2018/19 | significantly lower
    Q  | Re-referrals (%)     | 18.6% | percent   | 2017/18 | -
"""
OF = "relation | figure | made of\npercentage | P | A / B\npercentage | Q | C / D"


def test_significantly_lower_needs_an_interval_where_the_bases_are_printed():
    for declared in (OF, "", f"{OF}\nclaim | P | Q -> P"):
        ((severity, expected),) = claims(SHARES.format("18.2%"), declared)
        assert severity == "warning"
        assert "leaves out 0" in expected
    clear = SHARES.replace("| 182 ", "| 112 ").format("11.2%")
    assert claims(clear, OF) == []


def test_significantly_cannot_be_told_where_the_bases_are_not_printed():
    drawn = """
        label            | value | unit    | period  | words
        Re-referrals (%) | 18.2% | percent | 2018/19 | significantly lower
        Re-referrals (%) | 18.6% | percent | 2017/18 | -
    """
    ((severity, expected),) = claims(drawn)
    assert severity == "note"
    assert "cannot be told" in expected


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("rose", 1),
        ("a fall", -1),
        ("rose, then fell", 0),
        ("followed up", 0),
        ("more than half", 0),
    ],
)
def test_a_direction_is_read_from_words_of_change_only(text, way):
    assert direction_of(text) == way


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("rose from 298 to 310", False),
        ("rose from 310 to 298", True),
        ("rose by 4.0% from 298 to 310", False),
        ("rose by 6.0% from 298 to 310", True),
        ("fell from 18.6% to 18.2%", False),
        ("moved from 12 to 16 Hill Street", False),
    ],
)
def test_a_sentence_is_held_against_its_own_two_numbers(text, is_wrong):
    assert bool(text_against_itself(text)) == is_wrong


STANDING = """
    label                     | value | unit     | period        | section
    Children in care {first}  | 521   | children | {day}         | Summary
    Children in care {second} | 512   | children | 31 March 2017 | Care
"""


def rules(drawn: str) -> set[str]:
    found = checked(drawn)
    return set(found["rule"][found["severity"].ne("note")])


@pytest.mark.parametrize("first", ["at 31 March 2017", "(validated)", "(unvalidated)", ""])
def test_one_thing_on_one_day_is_one_thing_whatever_its_label_says_of_day_and_standing(first):
    drawn = STANDING.format(first=first, second="", day="31 March 2017")
    assert rules(drawn) == {"two values"}


def test_a_day_in_the_label_is_the_period_where_none_is_printed():
    drawn = STANDING.format(first="at 31 March 2017", second="", day="-")
    assert rules(drawn) == {"two values"}
    assert rules(STANDING.format(first="at 31 March 2016", second="", day="-")) == set()


def test_validated_beside_unvalidated_is_told_and_a_problem_where_they_are_compared():
    drawn = STANDING.format(first="(unvalidated)", second="(validated)", day="31 March 2018")
    found = checked(drawn)
    assert found["rule"].tolist() == ["validated with unvalidated"]
    assert found["severity"].tolist() == ["note"]
    change = "    Children in care, increase % | 1.8% | percent | 2017/18 | Care\n"
    assert rules(drawn + change) == {"validated with unvalidated"}
    alike = STANDING.format(first="(validated)", second="(validated)", day="31 March 2018")
    assert checked(alike + change).empty


def test_rows_of_two_tables_are_no_second_value_of_each_other():
    drawn = """
        label                         | value | unit     | period  | section
        Boys aged 10 to 15            | 40    | children | 2018/19 | Plans
        Boys aged 10 to 15            | 70    | children | 2018/19 | Care
        Completed within 15 days (%)  | 80%   | percent  | 2018/19 | Plans
        Completed within 15 days (%)  | 90%   | percent  | 2018/19 | Care
    """
    assert rules(drawn) == set()
    twice = drawn.replace("Boys aged 10 to 15            | 40 ", "Referrals | 40 ").replace(
        "Boys aged 10 to 15            | 70 ", "Referrals | 70 "
    )
    assert rules(twice.replace("| children |", "| referrals |")) == {"two values"}
