"""Small reports to check, drawn as tables of figures and of the relations between them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lscb_analysis.ledger import Relation, all_relations, check_figures, figures_of, relations_of
from tests.drawn import table

YEAR = "2016/17"


def figures(drawing: str) -> pd.DataFrame:
    """The figures drawn; `-` is a blank cell, and rows are numbered as Excel numbers them."""
    drawn = table(drawing)
    drawn = drawn.set_axis(range(2, len(drawn) + 2), axis=0)
    if "period" not in drawn:
        drawn = drawn.assign(period=YEAR)
    return figures_of(drawn)[0]


def relations(drawing: str, of: pd.DataFrame) -> tuple[Relation, ...]:
    """The relations drawn; every one of them can be read."""
    found, problems = relations_of(table(drawing), of)
    assert problems.empty, problems["found"].tolist()
    return found


def findings(
    check: Callable[..., pd.DataFrame], drawn_figures: str, drawn_relations: str
) -> pd.DataFrame:
    """What one check finds in a report and its declared relations."""
    report = figures(drawn_figures)
    return check(report, relations(drawn_relations, report))


def ids(found: pd.DataFrame) -> list[str]:
    """The ids of each finding's figures, as one text a finding."""
    return found["figures"].tolist()


def checked(drawn_figures: str, drawn_relations: str = "") -> pd.DataFrame:
    """Everything that the ledger finds in a report."""
    report = figures(drawn_figures)
    declared = relations(drawn_relations, report) if drawn_relations else ()
    return check_figures(report, all_relations(report, declared))
