"""Findings told: lines for the terminal, the commonest first, and a CSV in the area's state."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lscb_analysis.briefing.closing import source_name
from lscb_analysis.briefing.placing import Outcome
from lscb_analysis.catalogue import themes as all_themes
from lscb_analysis.findings import as_findings, finding, summarised
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline.claims import CONTRADICTED
from lscb_analysis.pipeline.holding_back import SOURCE as LEDGER
from lscb_analysis.settings import Settings
from lscb_analysis.state import state_folder

SHOWN = 8
ROWS_WIDTH = 60


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
        lines.append(
            f"{source_name(str(source))}: {counted_findings(int(of_source['count'].sum()))}"
        )
        ordered = of_source.assign(failed=of_source["severity"].eq("failed")).sort_values(
            ["failed", "count"], ascending=False, kind="stable"
        )
        lines += [_line(row) for _, row in ordered.head(SHOWN).iterrows()]
        more = len(ordered) - SHOWN
        lines += [f"  ... and {more:,} kinds more, in the files named below"] if more > 0 else []
    lines += [f"Earlier submissions: {counted_findings(len(earlier))}"] if len(earlier) else []
    notes = int(findings["severity"].eq("note").sum())
    return lines + ([f"Notes: {notes:,}"] if notes else [])


def counted_findings(count: int) -> str:
    """`1 finding`, `2 findings`, `1,000 findings`."""
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


def findings_lines(
    settings: Settings, area_code: str, quarter: Quarter, findings: pd.DataFrame
) -> list[str]:
    """What `lscb run` prints: how many there are and where, and each that stopped a source."""
    if findings.empty:
        return ["  no findings in the data"]
    path = write_findings(settings, area_code, quarter, findings)
    failed = summarised(findings[findings["severity"] == "failed"])
    lines = [f"  {len(findings)} findings in the data: see {path}"]
    return lines + [_line(row) for _, row in failed.iterrows()]


def write_findings(
    settings: Settings, area_code: str, quarter: Quarter, findings: pd.DataFrame
) -> Path:
    """The findings as a CSV that an analyst can send back, private to its owner."""
    path = state_folder(settings.workspace, area_code) / f"findings-{quarter.id}.csv"
    safe = findings.map(lambda text: f"'{text}" if text[:1] in ("=", "+", "-", "@") else text)
    safe.to_csv(path, index=False, encoding="utf-8-sig")
    if os.name == "posix":
        path.chmod(0o600)
    return path


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
