from __future__ import annotations

from lscb_analysis.ledger.labels import (
    relations_across_periods,
    shorter_than_the_report,
    units_in_doubt,
    validated_with_unvalidated,
    with_vague_period,
    without_period,
)
from tests.ledger.drawing import figures, findings, ids


def test_figures_without_a_period_are_one_finding():
    drawn = "id | label | value | period\nA | One | 1 | n/s\nB | Two | 2 | -\nC | Three | 3 | 2016"
    assert ids(without_period(figures(drawn))) == ["A; B"]
    assert without_period(figures("id | label | value\nA | One | 1")).empty


def test_a_definition_needs_no_period():
    drawn = "label | value | period\nA child is under | 18 | definition"
    assert without_period(figures(drawn)).empty


def test_periods_that_can_be_read_in_two_ways_are_one_finding():
    drawn = "id | label | value | period\nA | One | 1 | end of 2016\nB | Two | 2 | 2016/17"
    assert ids(with_vague_period(figures(drawn))) == ["A"]


def test_nine_months_inside_a_report_of_the_year_are_a_finding():
    drawn = """
        id | label | value | period
        A  | One   | 1     | 2016/17
        B  | Two   | 2     | 2016/17
        C  | Three | 3     | Q3 2016/17 YTD
        D  | Four  | 4     | Jan - Dec 2016
        E  | Five  | 5     | Q4 2016/17
        F  | Six   | 6     | 2015/16
    """
    assert ids(shorter_than_the_report(figures(drawn))) == ["D", "C"]


def test_a_percentage_of_another_year_is_a_finding():
    drawn = """
        id | label | value | unit    | period
        A  | Some  | 20    | cases   | {}
        N  | All   | 100   | cases   | 2016/17
        P  | Share | 20%   | percent | 2016/17
    """
    declared = "relation | figure | made of\npercentage | P | A / N"
    assert findings(relations_across_periods, drawn.format("2016/17"), declared).empty
    found = findings(relations_across_periods, drawn.format("Q4 2016/17"), declared)
    assert ids(found) == ["P; A; N"]


def test_a_stock_may_be_a_share_of_the_year_that_ends_on_its_day():
    drawn = """
        id | label | value | unit    | period
        A  | Some  | 20    | cases   | 31 March 2017
        N  | All   | 100   | cases   | 2016/17
        P  | Share | 20%   | percent | 2016/17
    """
    declared = "relation | figure | made of\npercentage | P | A / N"
    assert findings(relations_across_periods, drawn, declared).empty


def test_a_unit_with_a_question_mark_is_in_doubt():
    drawn = "id | label | value | unit\nA | One | 1 | children?\nB | Two | 2 | children"
    assert ids(units_in_doubt(figures(drawn))) == ["A"]


def test_a_validated_figure_beside_one_that_is_not_is_a_finding():
    drawn = """
        id | label                     | value | unit     | status
        A  | In care 2016              | 638   | children | {}
        B  | In care 2017              | 659   | children | {}
        P  | Increase                  | 3.3%  | percent  | -
    """
    declared = "relation | figure | made of\nchange | P | A -> B"
    found = findings(validated_with_unvalidated, drawn.format("validated", "provisional"), declared)
    assert ids(found) == ["A; B; P"]
    assert found["severity"].tolist() == ["warning"]
    found = findings(validated_with_unvalidated, drawn.format("validated", "-"), declared)
    assert found["severity"].tolist() == ["note"]
    for alike in (("validated", "validated"), ("-", "-")):
        assert findings(validated_with_unvalidated, drawn.format(*alike), declared).empty
