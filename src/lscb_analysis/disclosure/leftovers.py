"""What a longer period leaves once the quarters that are printed are taken from it.

A quarter that nobody prints any more, or never did, is still what its year is more than the
other three: a reader can form it, so it is a cell of the release.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.disclosure.cells import YEARLY, Cell
from lscb_analysis.periods import quarter_of
from lscb_analysis.values import TOTAL

KINDS = ("numerator", "complement", "denominator")
Signs = dict[int, int]
Quarters = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Leftover:
    """A count that nobody prints: how many, of which cell it is left, and each way to form it."""

    whole: int
    count: int
    ways: list[Signs]


def leftovers(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    place: Mapping[Cell, int],
    numbers: Sequence[int],
) -> list[Leftover]:
    """What years leave of the quarters that are printed, and what one such rest leaves of another.

    Where two ways to form it disagree (one of them has a settled figure), the first counts.
    """
    found: list[Leftover] = []
    rows = values[values["breakdown_topic"].eq(TOTAL) & values["status"].eq("unchecked")]
    for name, mine in rows.groupby("indicator", sort=False):
        indicator = indicators[str(name)]
        if indicator.counted_by or len(indicator.dated_by) != 1 or indicator.measure == "rate":
            continue
        for kind in KINDS:
            ways = list(_of_years(mine, kind, place))
            found += _together([*ways, *_of_each_other(ways)], numbers)
    return found


def _of_years(
    rows: pd.DataFrame, kind: str, place: Mapping[Cell, int]
) -> Iterator[tuple[Quarters, int, Signs]]:
    """The rest of each longer period: which quarters, of which cell, what makes it."""
    known = {
        _quarters(row): place[int(str(index)), kind]
        for index, row in rows[rows["period_type"].eq("quarter")].iterrows()
        if (int(str(index)), kind) in place
    }
    for index, row in rows[rows["period_type"].isin(YEARLY)].iterrows():
        whole, span = place.get((int(str(index)), kind)), _quarters(row)
        within = [quarter for quarter in known if quarter <= span]
        rest = span.difference(*within)
        if whole is not None and rest:
            yield rest, whole, {whole: 1} | {known[quarter]: -1 for quarter in within}


def _of_each_other(
    ways: Sequence[tuple[Quarters, int, Signs]],
) -> Iterator[tuple[Quarters, int, Signs]]:
    """What is left of one rest once another, that is part of it, is taken away."""
    for (rest, whole, signs), (less, _, others) in permutations(ways, 2):
        if less < rest:
            cells = {*signs, *others}
            both = {cell: signs.get(cell, 0) - others.get(cell, 0) for cell in sorted(cells)}
            yield rest - less, whole, {cell: sign for cell, sign in both.items() if sign}


def _together(
    ways: Sequence[tuple[Quarters, int, Signs]], numbers: Sequence[int]
) -> Iterator[Leftover]:
    by_rest: dict[Quarters, Leftover] = {}
    for rest, whole, signs in ways:
        count = sum(sign * numbers[cell] for cell, sign in signs.items())
        if len(signs) > 1 and count >= 0:
            found = by_rest.setdefault(rest, Leftover(whole, count, []))
            found.ways.extend([signs] if found.count == count else [])
    yield from by_rest.values()


def _quarters(row: pd.Series) -> Quarters:
    days = pd.date_range(row["period_start"], row["period_end"], freq="MS")
    return frozenset((each.year, each.number) for each in map(quarter_of, days))
