"""Where limits begin anew: a date and a reason from lscb.toml, written beside the first figure."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lscb_analysis.selecting import BEGINS_ANEW
from lscb_analysis.settings import Rebase
from lscb_analysis.values import TOTAL

_SERIES = ["area_code", "period_type", "source", "release"]


def with_rebases(
    values: pd.DataFrame, rebases: Iterable[Rebase], codes: Iterable[str]
) -> pd.DataFrame:
    """The values, each rebased series with its reason at the first figure on or after the date.

    Of the area's own series (`codes`: its own and its panel's), totals alone. A figure that has
    a reason of its own keeps it, and the next one has the rebase's.
    """
    made = values.copy()
    for rebase in rebases:
        begun = made[
            made["indicator"].eq(rebase.indicator)
            & made["area_code"].isin(list(codes))
            & made["breakdown_topic"].eq(TOTAL)
            & made["period_start"].ge(pd.Timestamp(rebase.date))
            & made["value"].notna()
            & made["reason"].eq("")
        ]
        for _, rows in begun.groupby(_SERIES, sort=False):
            first = rows["period_start"].idxmin()
            made.loc[first, "reason"] = f"{BEGINS_ANEW}{rebase.reason.strip().rstrip('.')}"
    return made
