"""What a release says of its own data: completeness, reconciliation, revisions; all protected."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lscb_analysis.catalogue import Indicator, Policy, Profile
from lscb_analysis.disclosure.coarse import coarse_count, coarse_share
from lscb_analysis.disclosure.small import is_small
from lscb_analysis.periods import parse_quarter
from lscb_analysis.sources import AreaRecords

REVISION_COLUMNS = ("indicator", "period", "breakdown_topic", "breakdown", "old", "new")
_KEY = ["indicator", "area_code", "period_type", "period", "breakdown_topic", "breakdown"]
_PERCENTAGES = ("proportion", "share", "still_open")
_PROFILES = {"child_deaths": "deaths", "da_incidents": "rounded"}


def completeness_table(records: AreaRecords, policy: Policy) -> pd.DataFrame:
    """One row for each column that must be known: `records`, `what`, `known` as text."""
    rows = [
        (
            str(row["table"]),
            str(row["title"]),
            coarse_share(
                int(row["known"]),
                int(row["of"]),
                policy.profiles[_PROFILES.get(str(row["table"]), "dfe")],
                policy,
            ),
        )
        for _, row in records.completeness.iterrows()
    ]
    return pd.DataFrame(rows, columns=["records", "what", "known"]).astype("str")


def reconciliation_table(records: AreaRecords) -> pd.DataFrame:
    """One row for each stock and quarter: `stock`, `quarter`, `gap` as text, `state`."""
    rows = [
        (
            str(row["stock"]),
            parse_quarter(str(row["quarter"])).label,
            _gap(abs(int(row["gap"]))),
            str(row["state"]),
        )
        for _, row in records.reconciliation.iterrows()
    ]
    return pd.DataFrame(rows, columns=["stock", "quarter", "gap", "state"]).astype("str")


def _gap(count: int) -> str:
    return "none" if count == 0 else coarse_count(count)


def changed_values(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """The figures that both unchecked tables have, and that differ: one row each.

    The key's columns, and numerator, denominator and value as `..._old` and `..._new`.
    """
    both = earlier.merge(later, on=_KEY, suffixes=("_old", "_new"))
    known = both[both["value_old"].notna() & both["value_new"].notna()]
    differs = known["value_old"].round(6).ne(known["value_new"].round(6))
    return known[differs].reset_index(drop=True)


def revisions_table(
    changed: pd.DataFrame,
    earlier_released: pd.DataFrame,
    released: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    profiles: Mapping[str, Profile],
) -> pd.DataFrame:
    """One row for each figure of a past period that the last submission changed.

    `changed` is of `changed_values`; the other two are protected values, as they stood
    before that submission and stand now. `old` and `new` are the figures where both are
    released and differ by more than a small number of children or events; else blank.
    """
    figures = changed
    for name, values in (("old", earlier_released), ("new", released)):
        shown = values[values["status"].eq("published")][[*_KEY, "value"]]
        figures = figures.merge(shown.rename(columns={"value": name}), on=_KEY, how="left")
    rows = []
    for _, row in figures.iterrows():
        indicator = indicators[str(row["indicator"])]
        where = [str(row[name]) for name in REVISION_COLUMNS[:4]]
        rows.append((*where, *_texts(row, indicator, profiles[indicator.profile])))
    return pd.DataFrame(rows, columns=list(REVISION_COLUMNS)).astype("str")


def _texts(row: pd.Series, indicator: Indicator, profile: Profile) -> tuple[str, str]:
    counts = ["numerator", "denominator"]
    counts += ["value"] if indicator.measure in ("count", "stock") else []
    moved = [abs(row[f"{name}_new"] - row[f"{name}_old"]) for name in counts]
    is_close = any(pd.notna(by) and is_small(round(by), profile) for by in moved)
    if is_close or profile.pooled_years or pd.isna(row["old"]) or pd.isna(row["new"]):
        return "", ""
    places, unit = indicator.decimals, " %" if indicator.measure in _PERCENTAGES else ""
    return f"{row['old']:,.{places}f}{unit}", f"{row['new']:,.{places}f}{unit}"
