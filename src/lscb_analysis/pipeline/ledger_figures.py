"""Protected values as the figure ledger reads them: what is printed, and how it hangs together.

The relations are those that the catalogue knows. Whatever is printed rounded, and counts of
distinct children, are known not to add up: no sum is made of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.disclosure.cells import Cell, Equation, sums_of
from lscb_analysis.disclosure.definitions import Definition, definitions_of, difference
from lscb_analysis.disclosure.joint import stock_flow
from lscb_analysis.ledger import Relation, figures_of
from lscb_analysis.ledger.relations import term
from lscb_analysis.periods import quarter_of
from lscb_analysis.printed import SUBMISSIONS, is_percentage, number_text, with_decimals
from lscb_analysis.values import TOTAL

KINDS = ("value", "numerator", "denominator")
_COUNTS = ("count", "stock")
_MOST = "#100"


@dataclass(frozen=True)
class Book:
    """Figures, the relations between them, and which row of the values each one is of.

    `widened` are the figures with the room that those need which stand as they were first
    released: they may be out by a few, so sums of them may be too.
    """

    figures: pd.DataFrame
    widened: pd.DataFrame
    of_rows: tuple[Relation, ...]
    between_rows: tuple[Relation, ...]
    row_of: Mapping[str, int]


def book_of(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    slack: Mapping[int, int],
    *,
    adds_up: bool = True,
) -> Book:
    """The printed figures of a values table and their relations.

    `values` have a row number as index; `slack` is by how much a row's counts may be out.
    Where all counts are rounded nothing `adds_up`, and no sum is made.
    """
    current = with_decimals(values[values["is_current"] & values["indicator"].isin(indicators)])
    rows = {int(at): row for at, row in zip(current.index, current.to_dict("records"), strict=True)}
    places = {(at, kind): _name(rows[at], kind) for at, kind in _printed(current)}
    if not places:
        nothing, _ = figures_of(pd.DataFrame())
        return Book(nothing, nothing, (), (), {})
    raw = pd.DataFrame(_raw_rows(current, rows, places, indicators)).set_index("id", drop=False)
    figures, _ = figures_of(raw)
    figures = figures.assign(
        per=[indicators[str(name)].scale or 0 for name in raw["indicator"].to_numpy()]
    )
    row_of = {name: row for (row, _), name in places.items()}
    own = current[current["source"].eq(SUBMISSIONS)]
    return Book(
        figures,
        _widened(figures, {name: slack.get(row, 0) for name, row in row_of.items()}),
        tuple(_of_rows(current, places, indicators)),
        tuple(_between_rows(own, places, indicators, adds_up)),
        row_of,
    )


def _printed(values: pd.DataFrame) -> Iterator[Cell]:
    for kind in KINDS:
        for row in values.index[values[kind].notna()]:
            yield int(row), kind


def _name(row: Mapping[Any, Any], kind: str) -> str:
    """What a figure is called in a finding: as a reference to it, and what of it is meant."""
    parts = [str(row["indicator"]), str(row["period"])]
    if row["breakdown_topic"] != TOTAL:
        parts += [str(row["breakdown_topic"]), str(row["breakdown"])]
    told = ":".join(parts)
    told += "" if row["source"] == SUBMISSIONS else f" of {row['area']} in {row['release']}"
    return told if kind == "value" else f"{told} ({kind})"


def _raw_rows(
    values: pd.DataFrame,
    known: Mapping[int, Mapping[Any, Any]],
    places: Mapping[Cell, str],
    indicators: Mapping[str, Indicator],
) -> list[dict[str, object]]:
    texts = {
        int(str(at)): text
        for name, rows in values.groupby("indicator", sort=False)
        for at, text in number_text(rows, indicators[str(name)]).items()
    }
    found = []
    for (at, kind), name in places.items():
        row = known[at]
        item = indicators[str(row["indicator"])]
        is_value = kind == "value"
        found.append(
            {
                "id": name,
                "label": item.title,
                "value": texts[at] if is_value else float(row[kind]),
                "unit": _unit(item) if is_value else "count",
                "period": str(row["period"]),
                "indicator": item.id,
                "theme": item.theme,
            }
        )
    return found


def _unit(item: Indicator) -> str:
    if is_percentage(item):
        return "%"
    kinds = {"rate": f"per {item.scale or 1:,}", "duration": "days"}
    return kinds.get(item.measure, "count")


def _widened(figures: pd.DataFrame, slack: Mapping[str, int]) -> pd.DataFrame:
    is_count = figures["quantity"].eq("count") & figures["number"].notna()
    room = pd.Series([Fraction(slack.get(str(name), 0)) for name in figures.index], figures.index)
    least = (figures["least"] - room).where(is_count, figures["least"])
    most = (figures["most"] + room).where(is_count, figures["most"])
    return figures.assign(least=least.astype("object"), most=most.astype("object"))


def _of_rows(
    values: pd.DataFrame, places: Mapping[Cell, str], indicators: Mapping[str, Indicator]
) -> Iterator[Relation]:
    """What makes the figures of one row: a percentage or a rate, and its two counts."""
    for index, row in values.iterrows():
        at, item = int(str(index)), indicators[str(row["indicator"])]
        value, above, below = (places.get((at, kind)) for kind in KINDS)
        if is_percentage(item):
            if value:
                yield Relation("part", value, base=(term(_MOST),))
            if above and below:
                yield Relation("part", above, base=(term(below),))
        if value and above and below and item.measure in ("proportion", "share"):
            yield Relation("percentage", value, (term(above),), (term(below),))
        if value and above and below and item.measure == "rate":
            yield Relation("rate", value, (term(above),), (term(below),))
        if value and above and item.measure in _COUNTS and row["numerator"] != row["value"]:
            yield Relation("same", value, (term(above),))


def _between_rows(
    own: pd.DataFrame,
    places: Mapping[Cell, str],
    indicators: Mapping[str, Indicator],
    adds_up: bool,
) -> Iterator[Relation]:
    rates = own[own["indicator"].map(lambda name: indicators[name].measure) == "rate"]
    yield from _counts_of_rates(rates, own, places, indicators)
    if not adds_up:
        return
    exact = own[
        own["status"].ne("rounded")
        & ~own["indicator"].map(lambda name: bool(indicators[name].counted_by)).astype("bool")
        & ~own.index.isin(rates.index)
    ]
    cells = _counts(exact, places, indicators)
    for equation in sums_of(exact, indicators):
        if _is_whole(equation, exact) and {equation.whole, *equation.parts} <= set(cells):
            parts = tuple(term(cells[part]) for part in equation.parts)
            yield Relation("total", cells[equation.whole], parts)
    yield from _flows(exact, cells, indicators)
    yield from _defined_alike(exact, cells, indicators)


def _counts(
    rows: pd.DataFrame, places: Mapping[Cell, str], indicators: Mapping[str, Indicator]
) -> dict[Cell, str]:
    """The printed counts by cell, as the gate names cells: a count is its own numerator."""
    found = {}
    for index, row in rows.iterrows():
        at, item = int(str(index)), indicators[str(row["indicator"])]
        kinds = {"numerator": "value"} if item.measure in _COUNTS else {"numerator": "numerator"}
        kinds |= {} if item.measure in _COUNTS else {"denominator": "denominator"}
        for kind, of in kinds.items():
            if (at, of) in places:
                found[at, kind] = places[at, of]
    return found


def _is_whole(equation: Equation, rows: pd.DataFrame) -> bool:
    """Whether the parts are all there are: a year needs each of its quarters."""
    if not equation.parts:
        return False
    whole = equation.whole[0]
    if str(rows.at[whole, "period"]) == str(rows.at[equation.parts[0][0], "period"]):
        return True
    days = [pd.Timestamp(str(rows.at[whole, name])) for name in ("period_start", "period_end")]
    start, end = map(quarter_of, days)
    return len(equation.parts) == 1 + 4 * (end.year - start.year) + end.number - start.number


def _flows(
    rows: pd.DataFrame, cells: Mapping[Cell, str], indicators: Mapping[str, Indicator]
) -> Iterator[Relation]:
    numbered = {cell: number for number, cell in enumerate(cells)}
    names = list(cells.values())
    for signs in stock_flow(rows.assign(status="unchecked"), indicators, numbered):
        if len(signs) == 4:
            closing, *others = signs
            terms = tuple(term(names[each], sign=-signs[each]) for each in others)
            yield Relation("flow", names[closing], terms)


def _counts_of_rates(
    rates: pd.DataFrame,
    own: pd.DataFrame,
    places: Mapping[Cell, str],
    indicators: Mapping[str, Indicator],
) -> Iterator[Relation]:
    totals = own[own["breakdown_topic"].eq(TOTAL)]
    at = {
        (str(row["indicator"]), str(row["period_type"]), str(row["period"])): int(str(index))
        for index, row in totals.iterrows()
    }
    for index, row in rates.iterrows():
        of = indicators[str(row["indicator"])].of
        count = at.get((of, str(row["period_type"]), str(row["period"])))
        above = places.get((int(str(index)), "numerator"))
        if above and count is not None and (count, "value") in places:
            yield Relation("same", above, (term(places[count, "value"]),))


def _defined_alike(
    rows: pd.DataFrame, cells: Mapping[Cell, str], indicators: Mapping[str, Indicator]
) -> Iterator[Relation]:
    """Counts of the same records, in whichever theme they are printed, and counts of a part."""
    groups: dict[object, dict[Definition, str]] = {}
    for index, row in rows.iterrows():
        at = int(str(index))
        for kind, defined in definitions_of(at, row, indicators[str(row["indicator"])]).items():
            if (at, kind) not in cells or defined.left_out:
                continue
            group = groups.setdefault((defined.scope, defined.part), {})
            first = group.setdefault(defined, cells[at, kind])
            if first != cells[at, kind]:
                yield Relation("same", cells[at, kind], (term(first),))
    for group in groups.values():
        for wider, whole in group.items():
            for narrower, part in group.items():
                if whole != part and difference(wider, narrower) is not None:
                    yield Relation("part", part, base=(term(whole),))
