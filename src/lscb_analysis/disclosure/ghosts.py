"""Figures that are out and that a release no longer measures: the attacker still has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lscb_analysis.catalogue import LASTING, Indicator
from lscb_analysis.disclosure.register import KEY, Figure
from lscb_analysis.periods import parse_period

_COLUMNS = ("numerator", "denominator", "value")


def with_ghosts(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    printed: Mapping[Figure, Sequence[Mapping[str, float]]],
) -> pd.DataFrame:
    """The unchecked values, and below them a row for each printed figure that is not among them.

    The rolling years and the older quarters of earlier releases: a sum with what is measured
    now could give a withheld count back. Each has the numbers it was last printed with.
    """
    present = set(values[list(KEY)].astype("str").itertuples(index=False, name=None))
    rows = [
        _ghost(key, versions[-1], indicators[key[0]])
        for key, versions in printed.items()
        if key not in present and key[0] in indicators
    ]
    kept = [row for row in rows if row]
    if not kept:
        return values
    first = int(values.index.max()) + 1 if len(values) else 0
    ghosts = pd.DataFrame(kept, index=range(first, first + len(kept)))
    for name in ("period_start", "period_end"):
        ghosts[name] = pd.to_datetime(ghosts[name]).astype("datetime64[ns]")
    return pd.concat([values, ghosts.reindex(columns=values.columns)])


def _ghost(key: Figure, then: Mapping[str, float], indicator: Indicator) -> dict[str, object]:
    """The row of one figure; empty where it was a band, or has no count of its own."""
    measure = indicator.measure
    numbers = {name: then.get(name, float("nan")) for name in _COLUMNS}
    if measure in ("count", "stock"):
        numbers["numerator"] = numbers["value"]
    needed = {
        "count": ["value"],
        "stock": ["value"],
        "duration": ["denominator"],
    }.get(measure, ["numerator", "denominator"])
    if measure in ("rate", *LASTING) or any(name not in then for name in needed):
        return {}
    span = parse_period(key[KEY.index("period_type")], key[KEY.index("period")])
    return {
        **dict(zip(KEY, key, strict=True)),
        **numbers,
        "area": "",
        "period_start": span.period_start,
        "period_end": span.period_end,
        "status": "unchecked",
    }
