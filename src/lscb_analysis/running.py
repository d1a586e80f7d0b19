"""One area's run: build, brief, and lines that say what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from lscb_analysis.briefing.closing import source_name
from lscb_analysis.briefing.places import AT_ONCE, pages_folder
from lscb_analysis.briefing.release import Outcome, brief
from lscb_analysis.catalogue import briefed_indicators, find_area
from lscb_analysis.catalogue import themes as all_themes
from lscb_analysis.findings import (
    as_findings,
    finding,
    has_failed,
    join_findings,
    summarised,
)
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline import Reason, Received, build, read_received
from lscb_analysis.pipeline.claims import CONTRADICTED
from lscb_analysis.pipeline.holding_back import SOURCE as LEDGER
from lscb_analysis.pipeline.records_of import quarter_to_read, submissions_folder
from lscb_analysis.releasing import log_run
from lscb_analysis.sending_back import write_sender_workbooks
from lscb_analysis.settings import Settings
from lscb_analysis.state import StateError, state_folder

Step = Callable[[str], None]
DATA_QUALITY = "data_quality"
LAST_QUARTER = 4
SHOWN = 8
ROWS_WIDTH = 60


@dataclass(frozen=True)
class AreaOutcome:
    """What came of an area: lines to print, whether a source or a theme failed, and whether a
    page is out (or waits as a draft)."""

    lines: list[str] = field(default_factory=list)
    has_failed: bool = False
    is_out: bool = False


def run_area(
    settings: Settings,
    area_code: str,
    asked: Quarter | None,
    themes: Sequence[str],
    step: Step,
    received: Received | None = None,
    reason: Reason | None = None,
) -> AreaOutcome:
    """Build one area's quarter and brief its themes; a failed theme leaves the others to go on.

    `received` is the area's raw data where it has been read already, `reason` why figures
    that are out already change.
    """
    area = find_area(area_code)
    try:
        shared = shared_indicators(settings, area_code, asked, themes)
        built = build(settings, area_code, asked, received, reason, shared)
    except (ValueError, StateError, OSError) as error:
        return AreaOutcome([f"{area.area}: {_told(error)}"], True)
    step(f"{area.area} {built.quarter.id}: values built")
    lines = [f"{area.area}, {built.quarter.label}"]
    if asked is not None and built.quarter != asked:
        lines.append(f"  {asked.id} was asked for: official statistics are for whole years")
    lines += _summary(settings, area_code, built.quarter, built.findings)
    lines += held_lines(built.findings)
    failed = has_failed(built.findings)
    wanted, passed_over = wanted_themes(themes, built.quarter, built.is_published_only)
    lines += passed_over
    outcomes = brief(settings, area_code, built.quarter, wanted, step)
    said = sentences_held(outcomes, built.quarter)
    if len(said):
        _written(settings, area_code, built.quarter, join_findings([built.findings, said]))
        lines += held_lines(said)
    told = "released" if settings.audience in AT_ONCE else "draft   "
    try:
        if any(outcome.path for outcome in outcomes):
            log_run(settings, area_code, built, outcomes)
    except (StateError, OSError) as error:
        for outcome in outcomes:  # what is not in the log is not out
            if outcome.path is not None:
                outcome.path.unlink(missing_ok=True)
        return AreaOutcome([*lines, f"  FAILED    nothing is released: {_told(error)}"], True)
    for outcome in outcomes:
        if outcome.path is not None:
            lines.append(f"  {told}  {outcome.path}")
        else:
            failed = True
            lines += [f"  REFUSED   {outcome.theme}: {problem}" for problem in outcome.problems]
    if settings.audience not in AT_ONCE and any(outcome.path for outcome in outcomes):
        lines.append(
            f"  Nothing is released yet: read the drafts, then  lscb release --area {area_code} "
            f'--quarter {built.quarter.id} --audience {settings.audience} --by "NAME" --and "NAME"'
        )
    return AreaOutcome(lines, failed, any(outcome.path for outcome in outcomes))


def shared_indicators(
    settings: Settings, area_code: str, asked: Quarter | None, themes: Sequence[str]
) -> set[str]:
    """The indicators of the themes asked for that a page of another theme shows as well.

    Pages of the quarter that stand as an earlier run made them.
    """
    raw = submissions_folder(settings.workspace, find_area(area_code))
    quarter = quarter_to_read(raw, asked)
    if quarter is None:
        return set()
    folder = pages_folder(settings.workspace, area_code, quarter, settings.audience)
    standing = [
        name for name in all_themes() if name not in themes and (folder / f"{name}.html").is_file()
    ]
    made, beside = (
        {each for name in names for each in briefed_indicators(name)}
        for names in (themes, standing)
    )
    return made & beside


def held_lines(findings: pd.DataFrame) -> list[str]:
    """A line for each contradiction whose figures or words are held back."""
    held = findings[findings["source"].eq(LEDGER) | findings["expected"].eq(CONTRADICTED[1])]
    return [
        f"  HELD BACK {row['column']}, {row['file']}: {row['found']}" for _, row in held.iterrows()
    ]


def sentences_held(outcomes: Sequence[Outcome], quarter: Quarter) -> pd.DataFrame:
    """A finding for each sentence of our own that is held back on a page."""
    return as_findings(
        finding(
            LEDGER,
            quarter.id,
            column=all_themes()[outcome.theme].title,
            rule="claim",
            found=f"a sentence: {told}",
            expected="words that its numbers bear out",
            action="tell those who look after this software; the page goes out without it",
        )
        for outcome in outcomes
        for told in outcome.held
    )


def wanted_themes(
    themes: Sequence[str], quarter: Quarter, is_published_only: bool
) -> tuple[list[str], list[str]]:
    """The themes that are briefed of those asked for, and a line for each that has to wait.

    What is of a whole year is made with its fourth quarter only; the page on returns only
    where there are any.
    """
    wanted, lines = [], []
    for name in themes:
        if all_themes()[name].is_yearly and quarter.number != LAST_QUARTER:
            lines.append(f"  {name} is of a whole year: it is made with the fourth quarter")
        elif name != DATA_QUALITY or not is_published_only:
            wanted.append(name)
    return wanted, lines


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
    lines = [f"{area.area}: {upto}, {_findings(len(findings))}", *summary_lines(findings, quarter)]
    if quarter is None:
        if asked is not None:
            lines.append(f"  {asked.id} was asked for: official statistics are checked as a whole")
        return AreaOutcome(lines, has_failed(findings))
    step(f"{area.area} {quarter.id}: read")
    books = []
    if len(findings):
        lines.append(f"All of them: {_written(settings, area_code, quarter, findings)}")
        try:
            books = write_sender_workbooks(received.folder, quarter.id, findings, received.returns)
        except OSError as error:
            lines.append(f"The senders' workbooks cannot be written ({error.strerror})")
    lines += [f"For the sender of these files only: {path}" for path in books]
    briefed = run_area(settings, area_code, quarter, [DATA_QUALITY], step, received)
    lines += [line for line in briefed.lines if line.startswith(("  released", "  REFUSED"))]
    return AreaOutcome(lines, has_failed(findings) or briefed.has_failed)


def _told(error: Exception) -> str:
    """The error in words: of one of the system's, which file and why."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename} cannot be used ({error.strerror}): close it, or ask for the right"
    return str(error)


def summary_lines(findings: pd.DataFrame, quarter: Quarter | None) -> list[str]:
    """What `lscb check` prints: the problems of the quarter's own files, the commonest first.

    Those of earlier submissions, and notes, are counted: the file of all findings has them.
    """
    problems = findings[findings["severity"] != "note"]
    earlier = problems.iloc[:0]
    if quarter is not None:
        is_earlier = problems["file"].str.match(r"\d{4}-\d{2}-Q\d") & ~problems[
            "file"
        ].str.startswith(quarter.id)
        problems, earlier = problems[~is_earlier], problems[is_earlier]
    lines = []
    for source, of_source in summarised(problems).groupby("source", sort=True):
        lines.append(f"{source_name(str(source))}: {_findings(int(of_source['count'].sum()))}")
        ordered = of_source.assign(failed=of_source["severity"].eq("failed")).sort_values(
            ["failed", "count"], ascending=False, kind="stable"
        )
        lines += [_line(row) for _, row in ordered.head(SHOWN).iterrows()]
        more = len(ordered) - SHOWN
        lines += [f"  ... and {more:,} kinds more, in the files named below"] if more > 0 else []
    lines += [f"Earlier submissions: {_findings(len(earlier))}"] if len(earlier) else []
    notes = int(findings["severity"].eq("note").sum())
    return lines + ([f"Notes: {notes:,}"] if notes else [])


def _findings(count: int) -> str:
    return "1 finding" if count == 1 else f"{count:,} findings"


def _line(row: pd.Series) -> str:
    place = " ".join(
        part
        for part in (
            row["file"],
            f"sheet {row['sheet']}" if row["sheet"] else "",
            f"row {_shown(row['rows'])}" if row["rows"] else "",
            f"column {row['letter']} ({row['column']})" if row["letter"] else row["column"],
        )
        if part
    )
    times = f"{row['count']:,} x " if row["count"] > 1 else ""
    told = f"{times}{row['found']}; expected {row['expected']}; {row['action']}"
    return f"  {row['severity']:<8} {told} [{place}]"


def _shown(rows: str) -> str:
    """The first rows: paths of XML are long."""
    first, *others = rows.split(", ")
    return rows if len(rows) < ROWS_WIDTH or not others else f"{first} and others"


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
