"""THE GATE: unchecked values in, published or withheld values out, over a whole release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lscb_analysis.catalogue import Indicator, Policy
from lscb_analysis.disclosure.attacker import AttackError, given_away
from lscb_analysis.disclosure.audiences import (
    PANEL,
    PARTNERSHIP,
    UNDER_SMALL_TOTAL,
    too_small_to_break_down,
)
from lscb_analysis.disclosure.bands import hidden_cells, safe_bands
from lscb_analysis.disclosure.joint import release_problem
from lscb_analysis.disclosure.publishing import WITHHELD, publish_rate, publish_row
from lscb_analysis.disclosure.register import Figure
from lscb_analysis.disclosure.settled import settled
from lscb_analysis.disclosure.solved import Solved
from lscb_analysis.disclosure.solver import ProtectionError, withheld_cells
from lscb_analysis.values import TOTAL, check_values

__all__ = ["protect"]

GIVEN_AWAY = "withheld, though figures released earlier give it back"
POOLED_ONLY = "shown only for years taken together"


def protect(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    policy: Policy,
    printed: Mapping[Figure, Sequence[Mapping[str, float]]] | None = None,
    audience: str = PARTNERSHIP,
    solved: Solved | None = None,
) -> pd.DataFrame:
    """The table with every small number, and what would give it back, withheld.

    For the panel headline totals are shown whatever their size and breakdowns are
    protected; what is for the public is made from what is for the partnership
    (`audiences.for_public`). `printed` are the figures that are out already, by the release
    register: what is released now is protected together with them. No row leaves as
    `unchecked`. Counts are protected first; percentages and rates are made again from what
    is left; `solved` remembers parts that were solved before. Raises ProtectionError or
    AttackError where a count cannot be shown to be safe; then nothing is released.
    """
    made = values.copy()
    profiles = {
        int(str(index)): policy.profiles[indicators[str(name)].profile]
        for index, name in values["indicator"].items()
    }
    open_rows = values[values["status"].eq("unchecked")]
    is_panel = audience == PANEL
    too_short = [
        index
        for index, row in open_rows.iterrows()
        if profiles[int(str(index))].pooled_years
        and row["period_type"] != "pooled"
        and not (is_panel and row["breakdown_topic"] == TOTAL)
    ]
    for index in too_short:
        # nothing of a shorter period is known to a reader, so it stands in no sum either
        _write(made, int(str(index)), _withheld(POOLED_ONLY))
    counted = open_rows.drop(index=too_short)
    if not is_panel:
        counted = settled(counted, indicators, policy, printed or {})
    if is_panel:
        counted = _broken_down(made, counted, too_small_to_break_down(counted, profiles))
    try:
        release = release_problem(counted, indicators, policy, printed, is_panel)
        withheld = withheld_cells(release.problem, policy.longest_seconds, solved)
    except (ProtectionError, AttackError):
        if not is_panel:
            raise
        # with all headlines printed the parts cannot be protected: the panel sees the wholes
        parts = counted.index[counted["breakdown_topic"].ne(TOTAL)]
        counted = _broken_down(made, counted, [int(str(index)) for index in parts])
        release = release_problem(counted, indicators, policy, printed, is_panel)
        withheld = withheld_cells(release.problem, policy.longest_seconds, solved)
    hidden = hidden_cells(release, withheld)
    lost = set(given_away(release.problem, withheld))
    known = {row for (row, _), cell in release.place.items() if cell in lost}
    bands = safe_bands(release, withheld, profiles, policy)
    for index, row in counted.iterrows():
        at, indicator = int(str(index)), indicators[row["indicator"]]
        if indicator.measure != "rate":
            profile = profiles[at]
            shown = publish_row(row, at, indicator, profile, hidden, bands.get(at), policy)
            shown |= {"reason": GIVEN_AWAY} if at in known else {}
            _write(made, at, shown)
    for name, rows in values.groupby("indicator", sort=False):
        if indicators[str(name)].measure == "rate":
            _protect_rate(made, rows, indicators[str(name)])
    if (made["status"] == "unchecked").any():
        raise RuntimeError("an unchecked value reached the end of the gate")
    return check_values(made)


def _broken_down(made: pd.DataFrame, counted: pd.DataFrame, without: list[int]) -> pd.DataFrame:
    for index in without:
        _write(made, index, _withheld(UNDER_SMALL_TOTAL))
    return counted.drop(index=without)


def _protect_rate(made: pd.DataFrame, rows: pd.DataFrame, indicator: Indicator) -> None:
    counts = made[(made["indicator"] == indicator.of) & (made["breakdown_topic"] == TOTAL)]
    by_period = {(row["period_type"], row["period"]): row for _, row in counts.iterrows()}
    for index, row in rows[rows["status"] == "unchecked"].iterrows():
        of = by_period.get((row["period_type"], row["period"]))
        _write(made, int(str(index)), publish_rate(row, of, indicator))


def _withheld(reason: str) -> dict[str, object]:
    nan = float("nan")
    blank = {"numerator": nan, "denominator": nan, "value": nan, "lower_ci": nan, "upper_ci": nan}
    return blank | {"status": "suppressed", "symbol": "c", "reason": reason or WITHHELD}


def _write(made: pd.DataFrame, index: int, row: dict[str, object]) -> None:
    for column, value in row.items():
        made.at[index, column] = value  # type: ignore[assignment]
