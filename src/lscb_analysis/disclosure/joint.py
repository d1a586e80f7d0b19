"""The whole release as one problem: every indicator's cells, and every sum that links them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import Indicator, Policy
from lscb_analysis.disclosure.cells import Cell, cell_counts, equations
from lscb_analysis.disclosure.definitions import Definition, definitions_of, difference
from lscb_analysis.disclosure.ghosts import with_ghosts
from lscb_analysis.disclosure.leftovers import Leftover, leftovers
from lscb_analysis.disclosure.problem import Problem, make_problem
from lscb_analysis.disclosure.publishing import rounded
from lscb_analysis.disclosure.register import KEY, Figure
from lscb_analysis.disclosure.small import smallest_known
from lscb_analysis.periods import quarter_of
from lscb_analysis.values import TOTAL

NO_SMALL = -1
PARTS = {"quarter": 20.0, "date": 20.0}
LONGER = 200.0
LEFT = 0.5
BASE = 5.0


@dataclass(frozen=True)
class Release:
    """The problem of a release, and which of its cells stands for each cell of the values."""

    problem: Problem
    place: Mapping[Cell, int]


def release_problem(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    policy: Policy,
    printed: Mapping[Figure, Sequence[Mapping[str, float]]] | None = None,
    headlines_are_out: bool = False,
) -> Release:
    """The problem of all unchecked rows together (rates are made again from their counts).

    Cells that count the same records are one. Sums: what is above and below the line, the
    parts of breakdowns, years and their quarters, stocks and their flows, and the
    difference of every two counts of which one is part of the other. `printed` are the
    figures that are out already (`register.all_printed`): they cannot be withheld any more, and
    where one was another then, the change is a difference too. Where `headlines_are_out`,
    totals are printed whatever they are (the panel's pack), and so are their differences.
    """
    values = with_ghosts(values, indicators, printed or {})
    counts = cell_counts(values, indicators)
    defined = _defined(values, indicators, counts)
    place = _places(counts, defined)
    size = max(place.values(), default=-1) + 1
    numbers, least, threshold, weights = _by_place(size, counts, place, values, indicators, policy)
    sums: list[dict[int, int]] = []
    for equation in equations(values, indicators, counts):
        sums.append(_signed(place[equation.whole], [place[part] for part in equation.parts]))
    flows = stock_flow(values, indicators, place)
    sums += [cells for cells in flows if len(cells) == 4 and _made(cells, numbers) == 0]
    is_out = [False] * size
    for row, kind in place if headlines_are_out else ():
        if values.at[row, "breakdown_topic"] == TOTAL:
            is_out[place[row, kind]] = True
    hidden = [
        found
        for found in _differences(defined, place, numbers, sums)
        if not (is_out[found[0]] and is_out[found[1]])
    ]
    for whole, part, left in hidden:
        numbers.append(left)
        sums.append({whole: 1, part: -1, len(numbers) - 1: -1})
    openings = [
        Leftover(next(iter(cells)), _made(cells, numbers), [cells])
        for cells in flows
        if len(cells) == 3 and _made(cells, numbers) >= 0
    ]
    for rest in [*leftovers(values, indicators, place, numbers), *openings]:
        if not all(is_out[cell] for signs in rest.ways for cell in signs):
            numbers.append(rest.count)
            sums += [signs | {len(numbers) - 1: -1} for signs in rest.ways]
            hidden.append((rest.whole, rest.whole, rest.count))
    with_totals: list[tuple[dict[int, int], int]] = [(cells, 0) for cells in _once(sums)]
    for at, then in sorted(set(_out_before(values, indicators, policy, place, printed or {}))):
        if numbers[at] == then:
            is_out[at] = True
        else:
            sign = 1 if numbers[at] > then else -1
            numbers.append(abs(numbers[at] - then))
            with_totals.append(({at: 1, len(numbers) - 1: -sign}, then))
            hidden.append((at, at, numbers[-1]))
    wholes = [whole for whole, _, _ in hidden]
    problem = make_problem(
        numbers,
        with_totals,
        threshold=threshold + [threshold[whole] for whole in wholes],
        least=least + [least[whole] for whole in wholes],
        weights=weights + [0.0] * len(hidden),
        is_out=is_out + [False] * len(hidden),
        is_hidden=[False] * size + [True] * len(hidden),
    )
    return Release(problem, place)


def _out_before(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    policy: Policy,
    place: Mapping[Cell, int],
    printed: Mapping[Figure, Sequence[Mapping[str, float]]],
) -> Iterator[tuple[int, int]]:
    """Each count that is out: its cell, and what it was then.

    Of a count that is printed rounded, one that still rounds to the same is out; what a
    change of the rounded number says of the count is less than the legend.
    """
    for label, row in values.iterrows():
        profile = policy.profiles[indicators[row["indicator"]].profile]
        for version in printed.get(tuple(str(row[name]) for name in KEY), ()):
            for kind, then in _counts_in(version, indicators[row["indicator"]]).items():
                at = place.get((int(str(label)), kind))
                now = row["denominator" if kind == "denominator" else "numerator"]
                if at is None or (kind == "complement" and profile.round_to):
                    continue
                if not profile.round_to:
                    yield at, round(then)
                elif rounded(now, profile) == then:
                    yield at, round(now)


def _counts_in(version: Mapping[str, float], indicator: Indicator) -> dict[str, float]:
    counts = {name: version[name] for name in ("numerator", "denominator") if name in version}
    if indicator.measure in ("count", "stock") and "value" in version:
        counts = {"numerator": version["value"]}
    if len(counts) == 2:
        counts["complement"] = counts["denominator"] - counts["numerator"]
    return counts


def _defined(
    values: pd.DataFrame, indicators: Mapping[str, Indicator], counts: Mapping[Cell, int]
) -> dict[Cell, Definition]:
    found: dict[Cell, Definition] = {}
    for label, row in values.loc[sorted({row for row, _ in counts})].iterrows():
        at = int(str(label))
        for kind, definition in definitions_of(at, row, indicators[row["indicator"]]).items():
            if (at, kind) in counts:
                found[at, kind] = definition
    return found


def _places(counts: Mapping[Cell, int], defined: Mapping[Cell, Definition]) -> dict[Cell, int]:
    """A number for each cell; cells with one definition and one count share it."""
    known: dict[tuple[Definition, int], int] = {}
    return {cell: known.setdefault((defined[cell], counts[cell]), len(known)) for cell in counts}


def _by_place(
    size: int,
    counts: Mapping[Cell, int],
    place: Mapping[Cell, int],
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    policy: Policy,
) -> tuple[list[int], list[int], list[int], list[float]]:
    """By number: the count, the legend's ends (the strictest profile's), and the weight."""
    numbers, least, threshold, weights = [0] * size, [1] * size, [NO_SMALL] * size, [0.0] * size
    rows = {int(str(label)): row for label, row in values.iterrows()}
    for (row, kind), at in place.items():
        given = rows[row]
        profile = policy.profiles[indicators[given["indicator"]].profile]
        numbers[at] = counts[row, kind]
        if profile.protects:
            threshold[at] = max(threshold[at], profile.threshold)
            least[at] = min(least[at], smallest_known(profile))
        weights[at] = max(weights[at], _weight(given, kind, counts[row, kind]))
    return numbers, least, threshold, weights


def _weight(row: pd.Series, kind: str, count: int) -> float:
    """What withholding costs: parts least, a quarter's total more, longer periods most."""
    if kind == "complement":
        return LEFT
    size = float(np.log(count + 2)) * (BASE if kind == "denominator" else 1.0)
    if row["breakdown_topic"] != TOTAL:
        return size
    return size * PARTS.get(str(row["period_type"]), LONGER)


def _signed(whole: int, parts: list[int]) -> dict[int, int]:
    signs = {whole: 1}
    for part in parts:
        signs[part] = signs.get(part, 0) - 1
    return {cell: sign for cell, sign in signs.items() if sign}


def stock_flow(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    place: Mapping[Cell, int],
) -> list[dict[int, int]]:
    """closing - opening - starts + ends, for each stock whose flows are counted.

    Where the opening stock is not among the rows, a reader can form it from the other three.
    """
    rows = values[values["breakdown_topic"].eq(TOTAL) & values["status"].eq("unchecked")]
    at = {
        (str(row["indicator"]), row["period_end"], str(row["period_type"])): place.get(
            (int(str(index)), "numerator")
        )
        for index, row in rows.iterrows()
    }
    found = []
    for stock in indicators.values():
        flows = [flow_of(stock, date, indicators) for date in stock.dated_by]
        if stock.measure != "stock" or len(flows) != 2 or None in flows:
            continue
        for after in sorted(end for name, end, _ in at if name == stock.id):
            before = pd.Timestamp(quarter_of(after).next(-1).end)
            cells = [at.get((stock.id, day, "date")) for day in (after, before)]
            cells += [at.get((str(flow), after, "quarter")) for flow in flows]
            signs = {
                cell: sign
                for cell, sign in zip(cells, (1, -1, -1, 1), strict=True)
                if cell is not None
            }
            if len(signs) == 4 - (cells[1] is None) and None not in (cells[0], *cells[2:]):
                found.append(signs)
    return found


def _made(cells: Mapping[int, int], numbers: Sequence[int]) -> int:
    return sum(sign * numbers[cell] for cell, sign in cells.items())


def flow_of(stock: Indicator, dated_by: str, indicators: Mapping[str, Indicator]) -> str | None:
    """The indicator that counts what the stock's column dates: its starts, or its ends."""
    return next(
        (
            each.id
            for each in indicators.values()
            if each.measure == "count"
            and each.source == stock.source
            and each.dated_by == (dated_by,)
            and dict(each.where) == dict(stock.where)
        ),
        None,
    )


def _differences(
    defined: Mapping[Cell, Definition],
    place: Mapping[Cell, int],
    numbers: list[int],
    sums: list[dict[int, int]],
) -> list[tuple[int, int, int]]:
    """Each count of which another is part, that other, and what is left: not yet in a sum."""
    tied = {frozenset((a, b)) for signs in sums if len(signs) <= 3 for a in signs for b in signs}
    by_scope: dict[object, dict[Definition, int]] = {}
    for cell, definition in defined.items():
        if not definition.left_out:
            group = by_scope.setdefault((definition.scope, definition.part), {})
            group.setdefault(definition, place[cell])
    found = []
    for group in by_scope.values():
        for wider, whole in group.items():
            for narrower, part in group.items():
                left = numbers[whole] - numbers[part]
                is_new = whole != part and frozenset((whole, part)) not in tied
                if is_new and left >= 0 and difference(wider, narrower) is not None:
                    found.append((whole, part, left))
    return found


def _once(sums: list[dict[int, int]]) -> list[dict[int, int]]:
    seen: dict[tuple[tuple[int, int], ...], dict[int, int]] = {}
    for signs in sums:
        if len(signs) > 1:
            seen.setdefault(tuple(sorted(signs.items())), signs)
    return list(seen.values())
