from __future__ import annotations

import pytest

from lscb_analysis.ledger import relations_in_figures, relations_of
from lscb_analysis.ledger.relations import read_relation, written
from tests.drawn import table
from tests.ledger.drawing import figures

REPORT = """
    id | label              | value
    A  | Referrals          | 100
    B  | Re-referrals       | 20
    C  | Referrals - police | 30
"""


@pytest.mark.parametrize(
    ("kind", "made_of"),
    [
        ("total", "B + C"),
        ("flow", "A + B - C"),
        ("percentage", "? / 2 * A"),
        ("percentage", "B / A - C"),
        ("change", "B -> C"),
        ("part", "A"),
        ("rate", "B"),
    ],
)
def test_a_relation_is_read_as_it_is_written(kind, made_of):
    (relation,) = read_relation(kind, "A" if kind == "total" else "B", made_of, figures(REPORT))
    assert written(relation) == made_of


def test_a_figure_may_be_named_by_its_label():
    (relation,) = read_relation("part", "re-referrals", "Referrals - police", figures(REPORT))
    assert relation.ids == ["B", "C"]


def test_a_claim_may_rest_on_several_pairs():
    assert len(read_relation("claim", "A", "B -> C, C -> A", figures(REPORT))) == 2


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("sums | A | B + C", "sums is no relation"),
        ("total | A | B + Z", "Z is no figure"),
        ("percentage | A | B", "count / base"),
        ("change | A | B", "older -> newer"),
        ("total | A | B / C", "a sum, not a quotient"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_finding_that_says_why(row, told):
    found, problems = relations_of(table(f"relation | figure | made of\n{row}"), figures(REPORT))
    assert found == ()
    assert told in problems["found"].iloc[0]


def test_a_file_without_the_columns_is_a_finding():
    _, problems = relations_of(table("figure | made of\nA | B"), figures(REPORT))
    assert problems["found"].tolist() == ["no column relation"]


def test_figures_may_carry_their_relations_in_a_column():
    report = figures(
        """
        id | label | value | relations
        A  | All   | 3     | total: B + C
        B  | One   | 1     | part: A; nonsense
        C  | Two   | 2     | -
        """
    )
    found, problems = relations_in_figures(report)
    assert [each.kind for each in found] == ["total", "part"]
    assert problems["figures"].tolist() == ["B"]
