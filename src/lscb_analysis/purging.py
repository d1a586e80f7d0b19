"""Purge: raw submissions that are older than they may be kept, once their figures are frozen."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from lscb_analysis.audit import log, read_log
from lscb_analysis.catalogue import find_area
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline.records_of import submissions_folder
from lscb_analysis.releases import freeze_values
from lscb_analysis.settings import Settings
from lscb_analysis.sources import list_submissions
from lscb_analysis.sources.kept import FOLDER as KEPT
from lscb_analysis.state import StateError, by_day_file, state_folder


@dataclass(frozen=True)
class Due:
    """The submissions of an area that are kept too long: their folders, oldest first."""

    folders: tuple[Path, ...]
    last: Quarter | None


def due_for_purge(settings: Settings, area_code: str, before: Quarter | None) -> Due:
    """The submissions older than the retention period, or than `before` where it is given.

    The period is `keep_quarters` of lscb.toml, counted back from the newest submission.
    Raises StateError where neither says how long raw data are kept.
    """
    folder = submissions_folder(settings.workspace, find_area(area_code))
    held = list_submissions(folder)
    if before is None:
        if not settings.keep_quarters:
            raise StateError(
                "nothing says how long raw data are kept: set keep_quarters in lscb.toml (12 keeps "
                "three years), or give --before 2014-15-Q3"
            )
        before = held[-1].next(1 - settings.keep_quarters) if held else None
    old = [quarter for quarter in held if before is not None and quarter < before]
    return Due(tuple(folder / quarter.id for quarter in old), old[-1] if old else None)


def purge(settings: Settings, area_code: str, due: Due) -> int:
    """How many figures were frozen before the submissions were removed for good.

    What was kept of them (as read, by reissues, in senders' workbooks) goes too. Raises StateError
    where nothing has been released that could be frozen, or where the audit log
    cannot be relied on; then nothing is removed.
    """
    if due.last is None:
        return 0
    workspace = settings.workspace
    read_log(workspace, area_code)  # what cannot be logged is not done
    frozen = freeze_values(workspace, area_code)
    state = state_folder(workspace, area_code)
    for folder in due.folders:
        shutil.rmtree(folder)
        shutil.rmtree(folder.parent / "findings" / folder.name, ignore_errors=True)
        shutil.rmtree(state / KEPT / folder.name, ignore_errors=True)
        (state / f"findings-{folder.name}.csv").unlink(missing_ok=True)
        by_day_file(workspace, area_code, folder.name).unlink(missing_ok=True)
    shutil.rmtree(state / "replaced", ignore_errors=True)
    log(
        workspace,
        area_code,
        "purge",
        quarters=[folder.name for folder in due.folders],
        until=due.last.end.isoformat(),
    )
    return frozen
