"""One area's run: build, brief, and lines that say what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from lscb_analysis.briefing.release import brief
from lscb_analysis.catalogue import find_area, measured_themes
from lscb_analysis.findings import has_failed, summarised
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline import Received, build, read_received
from lscb_analysis.releases import register_release
from lscb_analysis.sending_back import write_sender_workbooks
from lscb_analysis.settings import Settings
from lscb_analysis.state import StateError, state_folder

Step = Callable[[str], None]
DATA_QUALITY = "data_quality"
SHOWN = 8


@dataclass(frozen=True)
class AreaOutcome:
    """What came of an area: lines to print, and whether a source or a theme failed."""

    lines: list[str] = field(default_factory=list)
    has_failed: bool = False


def run_area(
    settings: Settings,
    area_code: str,
    asked: Quarter | None,
    themes: Sequence[str],
    step: Step,
    received: Received | None = None,
) -> AreaOutcome:
    """Build one area's quarter and brief its themes; a failed theme leaves the others to go on.

    `received` is the area's raw data where it has been read already.
    """
    area = find_area(area_code)
    try:
        built = build(settings, area_code, asked, received)
    except (ValueError, StateError) as error:
        return AreaOutcome([f"{area.area}: {error}"], True)
    step(f"{area.area} {built.quarter.id}: values built")
    lines = [f"{area.area}, {built.quarter.label}"]
    lines += _summary(settings, area_code, built.quarter, built.findings)
    failed = has_failed(built.findings)
    wanted = [name for name in themes if name in measured_themes() or not built.is_published_only]
    outcomes = brief(settings, area_code, built.quarter, wanted, step)
    if any(outcome.path for outcome in outcomes) and not built.is_published_only:
        register_release(settings.workspace, area_code, built.quarter.id, settings.audience)
    for outcome in outcomes:
        if outcome.path is not None:
            lines.append(f"  released  {outcome.path}")
        else:
            failed = True
            lines += [f"  REFUSED   {outcome.theme}: {problem}" for problem in outcome.problems]
    return AreaOutcome(lines, failed)


def check_area(
    settings: Settings, area_code: str, asked: Quarter | None, step: Step
) -> AreaOutcome:
    """Check one area's raw data: a summary, a workbook a sender, the data-quality briefing."""
    area = find_area(area_code)
    try:
        received = read_received(settings, area_code, asked)
    except (ValueError, StateError) as error:
        return AreaOutcome([f"{area.area}: {error}"], True)
    findings, quarter = received.findings, received.quarter
    upto = f"submissions up to {quarter.id}" if quarter else "official statistics only"
    lines = [f"{area.area}: {upto}, {len(findings):,} findings", *summary_lines(findings)]
    if quarter is None:
        return AreaOutcome(lines, has_failed(findings))
    step(f"{area.area} {quarter.id}: read")
    books = []
    if len(findings):
        lines.append(f"All of them: {_written(settings, area_code, quarter, findings)}")
        books = write_sender_workbooks(received.folder, quarter.id, findings, received.returns)
    lines += [f"For the sender of these files only: {path}" for path in books]
    briefed = run_area(settings, area_code, quarter, [DATA_QUALITY], step, received)
    lines += [line for line in briefed.lines if line.startswith(("  released", "  REFUSED"))]
    return AreaOutcome(lines, has_failed(findings) or briefed.has_failed)


def summary_lines(findings: pd.DataFrame) -> list[str]:
    """What `lscb check` prints: each source's problems, the commonest first, and notes counted."""
    lines = []
    problems = summarised(findings[findings["severity"] != "note"])
    for source, of_source in problems.groupby("source", sort=True):
        lines.append(f"{source}: {int(of_source['count'].sum()):,} findings")
        ordered = of_source.sort_values("count", ascending=False, kind="stable")
        ordered = pd.concat(
            [ordered[ordered["severity"].eq(kind)] for kind in ("failed", "warning")]
        )
        lines += [_line(row) for _, row in ordered.head(SHOWN).iterrows()]
        more = len(ordered) - SHOWN
        lines += [f"  ... and {more:,} kinds more, in the files named below"] if more > 0 else []
    notes = int(findings["severity"].eq("note").sum())
    return lines + ([f"{notes:,} notes: see the file of all findings"] if notes else [])


def _line(row: pd.Series) -> str:
    place = " ".join(
        part
        for part in (
            row["file"],
            f"sheet {row['sheet']}" if row["sheet"] else "",
            f"row {row['rows']}" if row["rows"] else "",
            f"column {row['letter']} ({row['column']})" if row["letter"] else row["column"],
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
    failed = summarised(findings[findings["severity"] == "failed"])
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
