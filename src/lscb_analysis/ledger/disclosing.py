"""Disclosing: small counts of people that a report prints, or lets a reader rebuild."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from lscb_analysis.ledger.arithmetic import range_of_sum, whole_counts
from lscb_analysis.ledger.figures import range_of
from lscb_analysis.ledger.relations import UNKNOWN, Relation, is_literal
from lscb_analysis.ledger.told import as_findings, cell, finding, listed, named
from lscb_analysis.ledger.units import are_people

# the Department for Education withholds counts of 1 to 5 (Children in need statistics)
SMALLEST, LARGEST = 1, 5
# a count rebuilt from a percentage is told up to here: it is still about few people
REBUILT = 9


def small_counts_printed(figures: pd.DataFrame) -> pd.DataFrame:
    """Counts of 1 to 5 people that stand in the report."""
    names = [
        str(name)
        for name, row in figures[figures["quantity"].eq("count")].iterrows()
        if row["number"] is not None
        and SMALLEST <= row["number"] <= LARGEST
        and are_people(str(row["unit"]))
    ]
    if not names:
        return as_findings()
    told = finding(
        figures,
        "disclosure",
        names,
        found=f"{listed(named(figures, name) for name in names)}: {SMALLEST} to {LARGEST} people",
        expected="such counts withheld, and a second one with each",
        action="withhold them before the report is public",
        severity="note",
    )
    return as_findings([told])


def rebuilt_from_percentages(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Small counts that are not printed and follow from a percentage and its base, together."""
    found = []
    for relation in relations:
        counts = _counts_behind(figures, relation)
        if counts is None:
            continue
        least, most = counts
        is_known = least == most and SMALLEST <= least <= REBUILT
        if is_known or (SMALLEST <= least <= most <= LARGEST):
            count = str(least) if least == most else f"{least} to {most}"
            base = listed(named(figures, name) for name in relation.ids[1:])
            text = f"{named(figures, relation.figure)} of {base} can only be {count} people"
            found.append((relation.ids, text))
    if not found:
        return as_findings()
    told = finding(
        figures,
        "disclosure",
        [name for ids, _ in found for name in ids],
        found="; ".join(text for _, text in found),
        expected="percentages from which no small count can be worked out",
        action="withhold the percentages, or print them to fewer digits or as bands",
        severity="note",
    )
    return as_findings([told])


def rebuilt_by_subtraction(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Withheld parts that their total and the other parts give back; small rests of a set."""
    rows = []
    for relation in relations:
        found = (
            _withheld_part(figures, relation)
            if relation.kind == "total"
            else _rest_of_set(figures, relation)
        )
        if found is not None:
            name, count = found
            is_rest = relation.kind == "part"
            what = f"the rest of {named(figures, name)}" if is_rest else named(figures, name)
            rows.append(
                finding(
                    figures,
                    "disclosure",
                    relation.ids,
                    found=f"{what} can only be {count}, by subtraction",
                    expected="a second part withheld with the first",
                    action="withhold another part, or the total",
                    severity="note" if is_rest else "warning",
                )
            )
    return as_findings(rows)


def _counts_behind(figures: pd.DataFrame, relation: Relation) -> tuple[int, int] | None:
    """The least and the most people behind a percentage whose count is not printed."""
    if relation.kind != "percentage" or relation.terms != ((1, (UNKNOWN,)),):
        return None
    base, printed = range_of_sum(figures, relation.base), range_of(figures, relation.figure)
    names = [name for name in relation.ids[1:] if not is_literal(name)]
    is_people = all(are_people(str(cell(figures, name, "unit"))) for name in names)
    if base is None or printed is None or base[0] != base[1] or base[0] != int(base[0]):
        return None
    if not is_people or not bool(cell(figures, relation.figure, "is_exact")):
        return None
    least, most = whole_counts(printed, int(base[0]))
    return (least, most) if least <= most else None


def _withheld_part(figures: pd.DataFrame, relation: Relation) -> tuple[str, str] | None:
    names = [name for _, factors in relation.terms for name in factors]
    withheld = [
        name for name in names if not is_literal(name) and bool(cell(figures, name, "is_withheld"))
    ]
    if len(withheld) != 1 or is_literal(relation.figure):
        return None
    rest = range_of_sum(
        figures, tuple(each for each in relation.terms if withheld[0] not in each[1])
    )
    total = range_of(figures, relation.figure)
    if rest is None or total is None or rest[0] != rest[1] or total[0] != total[1]:
        return None
    return withheld[0], str(int(total[0] - rest[0]))


def _rest_of_set(figures: pd.DataFrame, relation: Relation) -> tuple[str, str] | None:
    if relation.kind != "part" or len(relation.base) != 1 or len(relation.base[0][1]) != 1:
        return None
    whole, part = relation.base[0][1][0], relation.figure
    numbers: list[Any] = [
        None if is_literal(name) else cell(figures, name, "number") for name in (whole, part)
    ]
    if None in numbers or not are_people(str(cell(figures, whole, "unit"))):
        return None
    if not all(bool(cell(figures, name, "is_exact")) for name in (whole, part)):
        return None
    rest = Fraction(numbers[0]) - Fraction(numbers[1])
    return (whole, str(int(rest))) if SMALLEST <= rest <= LARGEST else None
