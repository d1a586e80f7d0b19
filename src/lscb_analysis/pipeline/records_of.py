"""Raw to records: one area's submissions, with the guard round the folder they lie in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from lscb_analysis.catalogue import Area
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline.arrivals import first_seen, with_arrivals
from lscb_analysis.second import SecondProcess
from lscb_analysis.sources import AreaRecords, files_of, list_submissions, read_area
from lscb_analysis.sources.kept import FOLDER as KEPT
from lscb_analysis.state import area_key, refuse_tracked, state_folder


class NoDataError(ValueError):
    """There is nothing to read for what was asked; the message says what there is."""


def submissions_folder(workspace: Path, area: Area) -> Path:
    """Where an area's submissions lie, a folder a quarter."""
    return workspace / "data" / "raw" / area.area_code


def quarter_to_read(folder: Path, asked: Quarter | None) -> Quarter | None:
    """The quarter asked for, or the latest that has a submission; None where there is none.

    Raises NoDataError where a quarter is asked for that is later than all submissions.
    """
    held = list_submissions(folder)
    if not held:
        return None
    if asked is None:
        return held[-1]
    if asked not in held:
        raise NoDataError(
            f"there is no submission for {asked.id} in {folder}: "
            f"the quarters held are {held[0].id} to {held[-1].id}"
        )
    return asked


def read_records(
    workspace: Path,
    area: Area,
    quarter: Quarter,
    due_days: int = 30,
    second: SecondProcess | None = None,
) -> AreaRecords:
    """An area's records from every submission up to and including the quarter's.

    Returns that came more than `due_days` after their quarter's end are late. With a `second`
    process many new submissions are read in both.

    Raises StateError where git could take up the raw data.
    """
    folder = submissions_folder(workspace, area)
    refuse_tracked(folder)
    state = state_folder(workspace, area.area_code)
    records = read_area(folder, quarter, area_key(workspace, area.area_code), state / KEPT, second)
    files = [path.relative_to(folder).as_posix() for path in files_of(folder)]
    seen = first_seen(state, files, date.today())
    return replace(records, returns=with_arrivals(records.returns, seen, due_days))
