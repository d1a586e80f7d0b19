"""An area's own values before the gate, of a quarter's records and of those before it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pandas as pd

from lscb_analysis.catalogue import Area
from lscb_analysis.measures import measure
from lscb_analysis.periods import Quarter, parse_quarter
from lscb_analysis.pipeline.protecting import measured_indicators
from lscb_analysis.pipeline.records_of import submissions_folder
from lscb_analysis.second import SecondProcess, lost
from lscb_analysis.settings import AreaSettings
from lscb_analysis.sources import AreaRecords, list_submissions, read_area
from lscb_analysis.sources.kept import FOLDER as KEPT
from lscb_analysis.state import area_key, state_folder
from lscb_analysis.values import empty_values

LOG = logging.getLogger(__name__)


def unchecked_values(
    area: Area,
    chosen: AreaSettings,
    quarter: Quarter,
    populations: pd.DataFrame,
    records: AreaRecords | None,
) -> pd.DataFrame:
    """The area's own values before the gate: in memory only."""
    if records is None:
        return empty_values()
    places = {
        "area": (area.area_code, area.area),
        "panel": (chosen.panel_code or area.area_code, chosen.panel_name or area.area),
    }
    return measure(
        records.records,
        records.coverage,
        measured_indicators().values(),
        quarter,
        places,
        _panel_population(populations, chosen),
    )


def quarter_before(folder: Path, quarter: Quarter, released: str) -> Quarter | None:
    """The quarter whose records a quarter's are compared with; None where none is before it.

    That is one submission back, unless quarters were passed over since the last release.
    `released` is the quarter of that, blank where there is none.
    """
    held = [each for each in list_submissions(folder) if each < quarter]
    if not held:
        return None
    last = parse_quarter(released) if released else held[-1]
    return last if last in held else held[-1]


def begin_values_before(
    second: SecondProcess,
    workspace: Path,
    area: Area,
    chosen: AreaSettings,
    populations: pd.DataFrame,
    before: Quarter | None,
) -> Callable[[], pd.DataFrame] | None:
    """The unchecked values of the records as they stood in an earlier quarter, when asked for.

    They are measured in a second process meanwhile, where there is one.
    """
    if before is None:
        return None
    asked = (workspace, area, chosen, populations, before)
    if not second.is_there:
        return lambda: values_before(*asked)
    return _Begun(second.begin(values_before, *asked), lambda: values_before(*asked))


def values_before(
    workspace: Path, area: Area, chosen: AreaSettings, populations: pd.DataFrame, before: Quarter
) -> pd.DataFrame:
    """The unchecked values of the submissions up to and including an earlier quarter."""
    folder, state = submissions_folder(workspace, area), state_folder(workspace, area.area_code)
    records = read_area(folder, before, area_key(workspace, area.area_code), state / KEPT)
    return unchecked_values(area, chosen, before, populations, records)


class _Begun:
    """Values that are being measured elsewhere, and here after all where that process is lost."""

    def __init__(self, task: Future[pd.DataFrame], here: Callable[[], pd.DataFrame]) -> None:
        self.task, self.here = task, here

    def __call__(self) -> pd.DataFrame:
        try:
            return self.task.result()
        except lost():
            LOG.warning("a process that measured earlier values was ended: they are measured here")
            return self.here()


def _panel_population(populations: pd.DataFrame, chosen: AreaSettings) -> pd.DataFrame:
    """The populations, with the panel's: the sum of its areas', where all are known."""
    if not chosen.panel_areas:
        return populations
    members = populations[populations["area_code"].isin(chosen.panel_areas)]
    summed = members.groupby(["series", "year", "release"], as_index=False).agg(
        population=("population", "sum"), known=("area_code", "nunique")
    )
    whole = summed[summed["known"] == len(chosen.panel_areas)].drop(columns="known")
    return pd.concat([populations, whole.assign(area_code=chosen.panel_code)], ignore_index=True)
