"""One area's run: build, brief, and lines that say what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from lscb_analysis.briefing.release import brief
from lscb_analysis.catalogue import find_area
from lscb_analysis.findings import has_failed
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline import build, read_findings
from lscb_analysis.settings import Settings
from lscb_analysis.state import StateError, state_folder

Step = Callable[[str], None]


@dataclass(frozen=True)
class AreaOutcome:
    """What came of an area: lines to print, and whether a source or a theme failed."""

    lines: list[str] = field(default_factory=list)
    has_failed: bool = False


def run_area(
    settings: Settings, area_code: str, asked: Quarter | None, themes: Sequence[str], step: Step
) -> AreaOutcome:
    """Build one area's quarter and brief its themes; a failed theme leaves the others to go on."""
    area = find_area(area_code)
    try:
        built = build(settings, area_code, asked)
    except (ValueError, StateError) as error:
        return AreaOutcome([f"{area.area}: {error}"], True)
    step(f"{area.area} {built.quarter.id}: values built")
    lines = [f"{area.area}, {built.quarter.label}"]
    lines += _summary(settings, area_code, built.quarter, built.findings)
    failed = has_failed(built.findings)
    for outcome in brief(settings, area_code, built.quarter, themes, step):
        if outcome.path is not None:
            lines.append(f"  released  {outcome.path}")
        else:
            failed = True
            lines += [f"  REFUSED   {outcome.theme}: {problem}" for problem in outcome.problems]
    return AreaOutcome(lines, failed)


def check_area(settings: Settings, area_code: str, asked: Quarter | None) -> AreaOutcome:
    """Read one area's raw data: its findings, each with its place and what to do."""
    area = find_area(area_code)
    try:
        findings, quarter = read_findings(settings, area_code, asked)
    except (ValueError, StateError) as error:
        return AreaOutcome([f"{area.area}: {error}"], True)
    upto = f"submissions up to {quarter.id}" if quarter else "official statistics only"
    lines = [f"{area.area}: {upto}, {len(findings)} findings"]
    lines += [_line(row) for _, row in findings.iterrows()]
    if quarter and len(findings):
        lines.append(f"All of them: {_written(settings, area_code, quarter, findings)}")
    return AreaOutcome(lines, has_failed(findings))


def _line(row: pd.Series) -> str:
    place = " ".join(
        part
        for part in (
            row["file"],
            f"row {row['row']}" if row["row"] else "",
            f"column {row['column']}" if row["column"] else "",
        )
        if part
    )
    told = f"found {row['found']}, expected {row['expected']}: {row['action']}"
    return f"  {row['severity']:<8} {row['source']}: {place}: {told}"


def _summary(
    settings: Settings, area_code: str, quarter: Quarter, findings: pd.DataFrame
) -> list[str]:
    if findings.empty:
        return ["  no findings in the data"]
    path = _written(settings, area_code, quarter, findings)
    failed = findings[findings["severity"] == "failed"]
    lines = [f"  {len(findings)} findings in the data: see {path}"]
    return lines + [_line(row) for _, row in failed.iterrows()]


def _written(settings: Settings, area_code: str, quarter: Quarter, findings: pd.DataFrame) -> Path:
    """The findings as a CSV that an analyst can send back, private to its owner."""
    path = state_folder(settings.workspace, area_code) / f"findings-{quarter.id}.csv"
    safe = findings.map(lambda text: f"'{text}" if text[:1] in ("=", "+", "-", "@") else text)
    safe.to_csv(path, index=False, encoding="utf-8-sig")
    if os.name == "posix":
        path.chmod(0o600)
    return path
