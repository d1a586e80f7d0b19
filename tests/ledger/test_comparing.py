from __future__ import annotations

import pytest

from lscb_analysis.ledger import compared
from tests.drawn import table
from tests.ledger.drawing import figures

REPORT = """
    id | label        | value | unit
    A  | Referrals    | 3,561 | referrals
    P  | Re-referrals | 17%   | percent
"""


def result(figure: str, published: str, note: str = "-") -> str:
    drawn = f"figure | published value | source | note\n{figure} | {published} | DfE | {note}"
    rows, problems = compared(table(drawn), figures(REPORT))
    assert problems.empty
    return str(rows["result"].iloc[0])


@pytest.mark.parametrize(
    ("figure", "published", "expected"),
    [
        ("A", "3561", "agree"),
        ("A", "3563", "close"),
        ("A", "3765", "differ"),
        ("P", "17.2", "agree"),
        ("P", "16.5", "agree"),
        ("P", "17.5", "differ"),
        ("A", "-", "not available"),
    ],
)
def test_a_figure_agrees_is_close_or_differs(figure, published, expected):
    assert result(figure, published) == expected


def test_another_event_is_not_compared():
    assert result("A", "3090", "different event: completed") == "not comparable"


def test_a_row_may_say_which_number_of_a_figure_it_compares():
    drawn = "figure id | report value | dfe value | label\nP | 617 | 613 | Re-referrals, count"
    rows, _ = compared(table(drawn), figures(REPORT))
    assert rows[["printed", "published", "gap", "result"]].values.tolist() == [
        ["617", "613", "4", "close"]
    ]


def test_a_row_without_a_number_and_a_file_without_the_column_are_told():
    drawn = "figure | published value\nZ | 5"
    assert "Z: no number" in compared(table(drawn), figures(REPORT))[1]["found"].iloc[0]
    drawn = "figure | source\nA | DfE"
    assert compared(table(drawn), figures(REPORT))[1]["found"].tolist() == [
        "no column published value"
    ]
