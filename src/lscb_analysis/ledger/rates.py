"""Rates: the population that each implies, and whether rates of one date share one population."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import pandas as pd

from lscb_analysis.ledger.arithmetic import expected_range, holds, range_of_sum
from lscb_analysis.ledger.figures import range_of, span_of
from lscb_analysis.ledger.relations import Relation
from lscb_analysis.ledger.told import as_findings, cell, finding, listed, named, number_text

IMPLIED_COLUMNS = ("rate", "count", "population", "date", "least", "most")


def implied_populations(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """One row for each rate: the least and the most people that it and its count imply.

    Columns `rate` and `count` (ids), `population` (as the unit words it), `date`, `least`, `most`.
    """
    rows = []
    for relation in relations:
        count = range_of_sum(figures, relation.terms)
        rate = range_of(figures, relation.figure)
        if relation.kind != "rate" or count is None or rate is None or rate[0] <= 0:
            continue
        per = int(cell(figures, relation.figure, "per"))
        rows.append(
            {
                "rate": relation.figure,
                "count": relation.ids[1],
                "population": str(cell(figures, relation.figure, "population")),
                "date": span_of(figures, relation.figure).end,
                "least": Fraction(per) * count[0] / rate[1],
                "most": Fraction(per) * count[1] / rate[0],
            }
        )
    return pd.DataFrame(rows, columns=list(IMPLIED_COLUMNS), dtype="object")


def two_populations(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Rates of one date and population whose counts imply populations that do not overlap."""
    implied = implied_populations(figures, relations)
    implied = implied[implied["date"].notna()].drop_duplicates(["rate", "count"])
    rows = []
    for (_, day), group in implied.groupby(["population", "date"], sort=True):
        apart = _apart(group)
        if not apart.empty:
            told = listed(_told(figures, row) for _, row in apart.iterrows())
            rows.append(
                finding(
                    figures,
                    "two populations",
                    [name for _, row in apart.iterrows() for name in (row["rate"], row["count"])],
                    found=told,
                    expected=f"one population for {day:%d %B %Y}",
                    action=_like_for_like(figures, apart),
                )
            )
    return as_findings(rows)


def rates_that_fail(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Rates that are not their count over the population that is printed."""
    rows = []
    for relation in relations:
        if relation.kind == "rate" and holds(figures, relation) is False:
            least, most = _expected(figures, relation)
            rows.append(
                finding(
                    figures,
                    "rate",
                    relation.ids,
                    found=f"{named(figures, relation.figure)} with "
                    + listed(named(figures, name) for name in relation.ids[1:]),
                    expected=least if least == most else f"{least} to {most}",
                    action="use one count, one population and the rate that follows from them",
                    severity=relation.severity,
                )
            )
    return as_findings(rows)


def _expected(figures: pd.DataFrame, relation: Relation) -> tuple[str, str]:
    found = expected_range(figures, relation)
    assert found is not None
    decimals = int(cell(figures, relation.figure, "decimals"))
    return number_text(found[0], decimals), number_text(found[1], decimals)


def _apart(group: pd.DataFrame) -> pd.DataFrame:
    """The rates that overlap with fewest others of their date, and those they miss."""
    rows = list(group.to_dict("records"))
    misses = {
        at: {other for other in range(len(rows)) if not _overlap(rows[at], rows[other])}
        for at in range(len(rows))
    }
    if not any(misses.values()):
        return group.iloc[0:0]
    most = max(len(others) for others in misses.values())
    odd = [at for at, others in misses.items() if len(others) == most]
    missed = {other for at in odd for other in misses[at]}
    return group.iloc[sorted({*odd, *missed})]


def _overlap(one: dict[Any, Any], two: dict[Any, Any]) -> bool:
    return bool(one["least"] <= two["most"] and two["least"] <= one["most"])


def _told(figures: pd.DataFrame, row: pd.Series) -> str:
    least, most = (number_text(row[name], 0) for name in ("least", "most"))
    rate, count = named(figures, row["rate"]), named(figures, row["count"])
    return f"{rate} for {count} implies {least} to {most}"


def _like_for_like(figures: pd.DataFrame, apart: pd.DataFrame) -> str:
    """What each rate would be on the other's population, of the first pair that is apart."""
    pairs = combinations(apart.to_dict("records"), 2)
    one, two = next(pair for pair in pairs if not _overlap(*pair))
    told = [_on_population_of(figures, *pair) for pair in ((one, two), (two, one))]
    return f"use one population: {'; '.join(told)}"


def _on_population_of(figures: pd.DataFrame, one: dict[Any, Any], two: dict[Any, Any]) -> str:
    per = int(cell(figures, one["rate"], "per"))
    count = Fraction(cell(figures, one["count"], "number"))
    rate = per * count / ((two["least"] + two["most"]) / 2)
    text = number_text(rate, int(cell(figures, one["rate"], "decimals")))
    return f"on that of {two['rate']}, {one['rate']} would be {text}"
