"""One area's records: the submissions of all quarters read, joined, and their columns derived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lscb_analysis.findings import as_findings, join_findings
from lscb_analysis.periods import Quarter
from lscb_analysis.second import SecondProcess
from lscb_analysis.sources import annex_a, cin_census, police, ssda903
from lscb_analysis.sources.care_periods import care_periods, starts_not_known
from lscb_analysis.sources.care_stitching import stitched
from lscb_analysis.sources.completeness import completeness
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.coverage import as_coverage, gaps, late_returns, quarters_sent
from lscb_analysis.sources.derived_tables import derive_all
from lscb_analysis.sources.folders import misplaced, quarter_folders
from lscb_analysis.sources.history import (
    disagreements,
    join_submissions,
    open_but_absent,
    overlap_findings,
    without_overlaps,
)
from lscb_analysis.sources.kept import read_submissions
from lscb_analysis.sources.mapping import read_mapping
from lscb_analysis.sources.reconciling import gap_findings, reconciled
from lscb_analysis.sources.records import COLUMNS, KEYS, REPLACED, as_records
from lscb_analysis.sources.submission import AGENCIES, Submission

QUARTERLY = (
    *("cp_reviews", "lac_reviews", "visits", "health_assessments"),
    *("da_incidents", "da_notified_children", "da_triage", "marac_meetings", "insights"),
    "child_deaths",
)
YEARLY = (ssda903.NAME, cin_census.NAME)
_SPELLS = {
    "cp_plans": ("plan_start_date", "plan_end_date"),
    "looked_after_periods": ("started_date", "ceased_date"),
}
_NOT_RECORDS = (
    *("cp_reviews", "cp_latest_reviews", "lac_reviews", "visits", "health_assessments"),
    "ssda903_episodes",
)


@dataclass(frozen=True)
class AreaRecords:
    """What partners sent about one area, as records (docs/records.md): in memory only.

    `records` by table name; `coverage`, the days each table's submissions cover;
    `findings`; `texts` and `returns` of the partners; `reconciliation` of stocks with
    their flows and `completeness` of the last submission's records. All are as of the end of
    `quarter`.
    """

    records: Mapping[str, pd.DataFrame]
    coverage: pd.DataFrame
    findings: pd.DataFrame
    texts: pd.DataFrame
    returns: pd.DataFrame
    quarter: Quarter
    reconciliation: pd.DataFrame
    completeness: pd.DataFrame


def read_area(
    folder: Path,
    quarter: Quarter,
    key: bytes,
    kept: Path | None = None,
    second: SecondProcess | None = None,
) -> AreaRecords:
    """The area's records from every submission up to and including `quarter`.

    `folder` is the area's (`data/raw/<area>`), with one folder a quarter; `key` re-keys
    identifiers. Bad data is a row of `findings`; a file that cannot be read costs that
    source's table that quarter, and no other. `kept` is the folder where submissions are
    kept as they were read, for the next time; a `second` process reads some of those to be kept.
    """
    mapping, of_mapping = read_mapping(folder)
    folders = [
        (path, Context(sent, key, sent.id, mapping))
        for sent, path in quarter_folders(folder)
        if sent <= quarter
    ]
    submissions = read_submissions(folders, kept, second)
    return join_area(submissions, quarter, join_findings([misplaced(folder), of_mapping]))


def join_area(
    submissions: Sequence[Submission], quarter: Quarter, findings: pd.DataFrame
) -> AreaRecords:
    """The records of submissions already read, oldest first, joined and derived."""
    as_of = pd.Timestamp(quarter.end)
    about = [
        (source, table, each, of.context.quarter)
        for of in submissions
        for source, table, rows in of.parts
        for each in _quarters_about(source, table, rows, of.context.quarter)
    ]
    sent = [part[:3] for part in about]
    quarterly = [part for part in sent if part[0] not in YEARLY]
    coverage = as_coverage(sent)
    parts = _by_table(submissions)
    joined, of_join = _joined(parts, quarter)
    records, coverage, of_derived = derive_all(joined, coverage, as_of)
    kept = {name: rows for name, rows in records.items() if name not in _NOT_RECORDS}
    final = {name: _final(name, rows) for name, rows in kept.items()}
    reconciliation = reconciled(submissions)
    return AreaRecords(
        records=final,
        coverage=_latest_only(coverage),
        findings=join_findings(
            [
                findings,
                *(of.findings for of in submissions),
                late_returns(about),
                of_join,
                of_derived,
                gap_findings(reconciliation),
                gaps(as_coverage(quarterly), QUARTERLY, quarter),
            ]
        ),
        texts=_stacked([of.texts for of in submissions]),
        returns=_stacked([*(of.returns for of in submissions), _sent_late(about)]),
        quarter=quarter,
        reconciliation=reconciliation,
        completeness=completeness(final, quarter.id),
    )


def _sent_late(about: Sequence[tuple[str, str, Quarter, Quarter]]) -> pd.DataFrame:
    """The returns tracker's rows for extracts that came in a later submission than their own."""
    late = sorted({(source, of, sent) for source, _, of, sent in about if of != sent})
    rows = [
        {
            "quarter": of.label,
            "agency": AGENCIES.get(source, ""),
            "source": source,
            "file": sent.id,
            "received": pd.NaT,
            "is_late": True,
            "has_commentary": False,
        }
        for source, of, sent in late
        if source in AGENCIES
    ]
    return pd.DataFrame(rows)


def _quarters_about(source: str, table: str, rows: pd.DataFrame, sent: Quarter) -> list[Quarter]:
    return [sent] if source in YEARLY else quarters_sent(table, rows, sent)


def _by_table(submissions: Sequence[Submission]) -> dict[str, list[pd.DataFrame]]:
    """The parts of each table in order of precedence, the last counting most."""
    parts: dict[str, list[pd.DataFrame]] = {}
    for submission in submissions:
        held = {(source, table) for source, table, _ in submission.parts}
        for source, table, rows in submission.parts:
            is_listed = source == ssda903.NAME and (annex_a.NAME, table) in held
            if not (is_listed and table == "care_leavers_at_date"):
                parts.setdefault(table, []).append(rows)
    return parts


def _joined(
    parts: Mapping[str, list[pd.DataFrame]], quarter: Quarter
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    parts, of_periods = _with_care_periods(dict(parts), quarter)
    joined, findings = {}, [of_periods]
    for table, frames in parts.items():
        if table in REPLACED:
            joined[table] = frames[-1].reset_index(drop=True)
            continue
        rows = join_submissions(frames, KEYS[table])
        findings.append(_between_sources(table, frames))
        if table in _SPELLS:
            rows, found = _one_at_a_time(table, rows, frames)
            findings.append(found)
        joined[table] = as_records(table, rows) if table in COLUMNS else rows
    return joined, join_findings(findings)


def _with_care_periods(
    parts: dict[str, list[pd.DataFrame]], quarter: Quarter
) -> tuple[dict[str, list[pd.DataFrame]], pd.DataFrame]:
    """The parts with periods of care made of all yearly returns' episodes in their place.

    A period goes before Annex A's of the same submission, which thus counts more.
    """
    returns = parts.get("ssda903_episodes")
    if not returns:
        return parts, as_findings()
    episodes = as_records("ssda903_episodes", join_submissions(returns, KEYS["ssda903_episodes"]))
    episodes, of_stitching = stitched(episodes)
    periods = care_periods(episodes)
    first_day = pd.Timestamp(ssda903.covers("", quarter)[0])
    lists = parts.get("looked_after_periods", [])
    made = [rows for _, rows in periods.groupby("submission")] or [periods]
    ordered = sorted([*made, *lists], key=_precedence)
    findings = join_findings([of_stitching, starts_not_known(periods, first_day)])
    return parts | {"looked_after_periods": ordered}, findings


def _precedence(part: pd.DataFrame) -> tuple[str, bool]:
    if part.empty:
        return "", False
    return str(part["submission"].iloc[0]), part["source"].iloc[0] == annex_a.NAME


def _between_sources(table: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [rows for rows in frames if len(rows) and len(KEYS[table]) == 2]
    sources = {rows["source"].iloc[0] for rows in filled}
    if len(sources) < 2 or "child_id" not in KEYS[table]:
        return as_findings()
    return disagreements(filled, KEYS[table], table)


def _one_at_a_time(
    table: str, rows: pd.DataFrame, frames: list[pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    start, end = _SPELLS[table]
    is_known = _is_start_known(rows)
    order = pd.DataFrame(
        {
            "is_known": is_known,
            "submission": rows["submission"],
            "is_annex_a": rows["source"].eq(annex_a.NAME),
        }
    )
    rank = pd.Series(pd.MultiIndex.from_frame(order).factorize(sort=True)[0], index=rows.index)
    within = ["child_id", *(["is_short_break"] if "is_short_break" in rows else [])]
    kept, left_out = without_overlaps(rows, start, end, rank, within)
    overlaps = overlap_findings(_with_known_start(left_out), start, table)
    sent = [str(part["submission"].iloc[0]) for part in frames if _is_annex_a(part)]
    if not sent:
        return kept, overlaps
    absent = open_but_absent(kept, end, annex_a.NAME, max(sent), table)
    return kept, join_findings([overlaps, absent])


def _is_start_known(rows: pd.DataFrame) -> pd.Series:
    known = rows.get("is_start_known", pd.Series(True, index=rows.index))
    return known.astype("boolean").fillna(True).astype(bool)


def _with_known_start(rows: pd.DataFrame) -> pd.DataFrame:
    """Those that disagree: a yearly return cannot know the start of what began before it."""
    return rows[_is_start_known(rows)]


def _is_annex_a(part: pd.DataFrame) -> bool:
    return bool(len(part)) and part["source"].iloc[0] == annex_a.NAME


def _final(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    if table == "da_incidents":
        return police.mark_repeats(rows)
    if table == "looked_after_at_date":
        return rows.drop(columns=["started_date", "latest_health_assessment_date"])
    return rows


def _latest_only(coverage: pd.DataFrame) -> pd.DataFrame:
    """The coverage; of tables that each submission replaces, the last submission's alone."""
    latest = coverage.groupby("table")["submission"].transform("max")
    is_replaced = coverage["table"].isin(REPLACED)
    return coverage[~is_replaced | coverage["submission"].eq(latest)].reset_index(drop=True)


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    if filled:
        return pd.concat(filled, ignore_index=True)
    return frames[0] if frames else pd.DataFrame()
