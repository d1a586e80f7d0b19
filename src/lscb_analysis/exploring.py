"""For the analyst alone: child-level records and values in a notebook that is never exported."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from lscb_analysis.catalogue import find_area
from lscb_analysis.measures.by_day import days_between as _days_between
from lscb_analysis.periods import parse_quarter
from lscb_analysis.pipeline import processed_folder
from lscb_analysis.pipeline.records_of import quarter_to_read, submissions_folder
from lscb_analysis.pipeline.records_of import read_records as _read_records
from lscb_analysis.settings import find_workspace, read_settings
from lscb_analysis.values import read_values


def read_records(
    area: str, quarter: str | None = None, workspace: Path | None = None
) -> Mapping[str, pd.DataFrame]:
    """An area's child-level records by table (docs/records.md): for your eyes only.

    Identifiers are re-keyed. Never save, print or export what is in them. Raises ValueError
    that says what there is where the quarter has no submission.
    """
    home, chosen = workspace or find_workspace(), find_area(area)
    asked = parse_quarter(quarter) if quarter else None
    found = quarter_to_read(submissions_folder(home, chosen), asked)
    if found is None:
        raise ValueError(
            f"there is no submission for {chosen.area}: run  lscb demo  for an example"
        )
    return _read_records(home, chosen, found).records


def read_area_values(
    area: str, quarter: str, audience: str = "partnership", workspace: Path | None = None
) -> pd.DataFrame:
    """The protected values of one release, all themes: safe to chart and to share as printed."""
    home = workspace or find_workspace()
    read_settings(home)
    folder = processed_folder(home, find_area(area).area_code, parse_quarter(quarter), audience)
    return read_values(folder / "values.parquet")


def days_between(dates: pd.Series) -> pd.DataFrame:
    """The days between events, oldest first, with the limits of their chart: for your eyes only.

    One row is one gap: event (its number), days, mean, lower, upper. Days that never fall on
    one another have a T chart (Nelson 1994), others a G chart of whole days (Benneyan 2001).
    A gap above the upper limit is a signal that events have become rarer; for more of them
    look at the yearly counts. Raises ValueError with fewer than ten dates.

    >>> dates = pd.Series(pd.date_range("2014-01-01", periods=12, freq="30D"))
    >>> days_between(dates)["days"].unique().tolist()
    [30.0]
    """
    found = _days_between(dates).rename(columns={"at": "event", "value": "days", "middle": "mean"})
    return found[["event", "days", "mean", "lower", "upper"]].astype({"event": "int64"})
