"""Unchecked to released: the gate for each audience, frozen figures, checks of the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from lscb_analysis.catalogue import Indicator, live_indicators
from lscb_analysis.disclosure import GIVEN_AWAY, protect
from lscb_analysis.disclosure.audiences import PARTNERSHIP, PUBLIC, for_public
from lscb_analysis.disclosure.register import Figure
from lscb_analysis.disclosure.solved import Solved
from lscb_analysis.findings import as_findings, finding
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline.checks import (
    REVISION_COLUMNS,
    changed_values,
    completeness_table,
    reconciliation_table,
    revisions_table,
)
from lscb_analysis.settings import Settings
from lscb_analysis.sources import AreaRecords

_KEY = ["indicator", "area_code", "period_type", "period", "breakdown_topic", "breakdown"]


@dataclass(frozen=True)
class Protected:
    """An area's own protected values: as `shown` to the audience, and those `behind` them.

    Both are the same but for the public, who sees the partnership's values rounded.
    """

    shown: pd.DataFrame
    behind: pd.DataFrame


def given_back(values: pd.DataFrame) -> pd.DataFrame:
    """A finding for each indicator with a withheld count that earlier releases give back."""
    lost = values[values["reason"].eq(GIVEN_AWAY)]
    return as_findings(
        finding(
            "release register",
            str(rows["period"].iloc[-1]),
            column=str(name),
            found="a withheld count can be worked out from figures that are out",
            expected="no figure that gives a withheld one back",
            action="tell the board; ask those who hold the earlier briefing to replace it",
        )
        for name, rows in lost.groupby("indicator", sort=False)
    )


def measured_indicators() -> dict[str, Indicator]:
    """The live indicators that submissions give."""
    return {name: item for name, item in live_indicators().items() if item.source or item.of}


def protected_values(
    settings: Settings,
    unchecked: pd.DataFrame,
    quarter: Quarter,
    printed: Mapping[Figure, list],
    frozen: pd.DataFrame,
    solved: Solved | None = None,
) -> Protected:
    """The area's values for the audience of the settings, with frozen ones of purged quarters.

    Raises the gate's errors where something cannot be protected.
    """
    is_public = settings.audience == PUBLIC
    indicators, limits = measured_indicators(), settings.policy
    gated = PARTNERSHIP if is_public else settings.audience
    behind = protect(unchecked, indicators, limits, printed, gated, solved)
    behind = with_frozen(behind.assign(as_of=pd.Timestamp(quarter.end)), frozen)
    return Protected(for_public(behind, indicators, limits) if is_public else behind, behind)


def with_frozen(values: pd.DataFrame, frozen: pd.DataFrame) -> pd.DataFrame:
    """The values, and where no submission gives one any more, the one that was released."""
    if frozen.empty:
        return values
    known = frozen.drop_duplicates(_KEY, keep="last").set_index(_KEY)
    keys = pd.MultiIndex.from_frame(values[_KEY])
    is_gone = values["status"].eq("unavailable").to_numpy() & keys.isin(known.index)
    kept = values[~is_gone]
    added = known.reset_index()[values.columns]
    mine = pd.MultiIndex.from_frame(kept[_KEY])
    added = added[~pd.MultiIndex.from_frame(added[_KEY]).isin(mine)]
    return pd.concat([kept, added], ignore_index=True) if len(added) else values


def checks_of(
    settings: Settings,
    records: AreaRecords | None,
    unchecked: pd.DataFrame,
    released: pd.DataFrame,
    told: Mapping[Figure, Mapping[str, float]],
    measured_before: Callable[[], pd.DataFrame] | None,
) -> dict[str, pd.DataFrame]:
    """What the release says of its own data, by the name of its table in data/processed.

    `measured_before` gives the unchecked values of the records as they stood before, None where
    there were none; `told` what earlier quarters' releases printed.
    """
    if records is None:
        return {}
    limits, indicators = settings.policy, measured_indicators()
    revisions = pd.DataFrame(columns=list(REVISION_COLUMNS)).astype("str")
    if measured_before is not None:
        changed = changed_values(measured_before(), unchecked)
        is_told = ~changed["indicator"].map(_pools(settings)).astype("bool")
        before = _last_printed(told)
        revisions = revisions_table(changed[is_told], before, released, indicators, limits.profiles)
    return {
        "completeness": completeness_table(records, limits),
        "reconciliation": reconciliation_table(records),
        "revisions": revisions,
    }


def _pools(settings: Settings) -> dict[str, bool]:
    """Whether an indicator is shown only for years taken together: its revisions are not told."""
    profiles = settings.policy.profiles
    return {
        name: bool(profiles[item.profile].pooled_years)
        for name, item in measured_indicators().items()
    }


def _last_printed(told: Mapping[Figure, Mapping[str, float]]) -> pd.DataFrame:
    """Each figure that is out, as it was printed last."""
    rows = [
        dict(zip(_KEY, key, strict=True)) | {"value": then["value"], "status": "published"}
        for key, then in told.items()
        if "value" in then
    ]
    return pd.DataFrame(rows, columns=[*_KEY, "value", "status"])
