"""Which returns of a quarter are due and have not come."""

from __future__ import annotations

from lscb_analysis.briefing.received import NOT_SENT, source_name, tracked
from lscb_analysis.catalogue import find_area
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline import read_received
from lscb_analysis.pipeline.records_of import submissions_folder
from lscb_analysis.settings import Settings
from lscb_analysis.sources import list_submissions

NOTHING_CAME = "its whole submission"


def has_submissions(settings: Settings, area_code: str) -> bool:
    """Whether an area has submissions at all, and not official statistics only."""
    return bool(list_submissions(submissions_folder(settings.workspace, find_area(area_code))))


def waiting_for(settings: Settings, area_code: str, quarter: Quarter) -> list[str]:
    """Each return that is due for the quarter and has not come, with its agency.

    A return is due where it came in an earlier quarter, as the returns tracker has it. Empty
    for an area that has official statistics only. Raises StateError or ValueError where the
    submissions cannot be read at all.
    """
    held = list_submissions(submissions_folder(settings.workspace, find_area(area_code)))
    if not held:
        return []
    if quarter not in held:
        return [NOTHING_CAME]
    rows = tracked(read_received(settings, area_code, quarter).returns, quarter)
    missing = rows[rows[quarter.label].eq(NOT_SENT)]
    return [f"{row['agency']}, {source_name(row['source'])}" for _, row in missing.iterrows()]
