"""Where the pages of a release lie, and what they were checked against."""

from __future__ import annotations

from pathlib import Path

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.periods import Quarter

PACK = "data_pack"
DATA_PACK = f"{PACK}.xlsx"
AT_ONCE = ("partnership",)  # released by `lscb run`; all else waits for a second person


def reports_folder(workspace: Path, area_code: str, quarter: Quarter, audience: str) -> Path:
    """Where the released briefings of one quarter and audience lie."""
    return workspace / "reports" / area_code / quarter.id / audience


def drafts_folder(workspace: Path, area_code: str, quarter: Quarter, audience: str) -> Path:
    """Where pages wait that a second person must release."""
    return workspace / ".lscb" / area_code / "drafts" / quarter.id / audience


def pages_folder(workspace: Path, area_code: str, quarter: Quarter, audience: str) -> Path:
    """Where a run puts the pages that have passed: reports, or drafts."""
    place = reports_folder if audience in AT_ONCE else drafts_folder
    return place(workspace, area_code, quarter, audience)


def manifest_path(workspace: Path, briefing: Briefing) -> Path:
    """Where the manifest of one briefing lies: beside its values."""
    return manifest_at(
        workspace,
        briefing.area.area_code,
        briefing.quarter.id,
        briefing.audience,
        briefing.theme.id,
    )


def manifest_at(workspace: Path, area_code: str, quarter: str, audience: str, theme: str) -> Path:
    """Where the manifest of a page lies, by what the audit log says of the page."""
    folder = workspace / "data" / "processed" / area_code / quarter / audience
    return folder / f"manifest-{theme}.json"
