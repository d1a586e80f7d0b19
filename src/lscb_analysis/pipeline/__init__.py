"""Build: raw submissions and official statistics to protected values in data/processed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lscb_analysis.catalogue import Area, find_area, live_indicators
from lscb_analysis.challenges import remembered
from lscb_analysis.disclosure.solved import read_solved, write_solved
from lscb_analysis.findings import as_findings, join_findings
from lscb_analysis.periods import Quarter, day_label
from lscb_analysis.pipeline.by_day import write_by_day
from lscb_analysis.pipeline.carried import carried_over
from lscb_analysis.pipeline.changes import Reason, changes_table
from lscb_analysis.pipeline.held import read_held, with_history
from lscb_analysis.pipeline.holding_back import Known, agreeing
from lscb_analysis.pipeline.measuring import (
    begin_values_before,
    quarter_before,
    unchecked_values,
)
from lscb_analysis.pipeline.official import Official, joined, official_folder, read_official
from lscb_analysis.pipeline.protecting import (
    checks_of,
    given_back,
    measured_indicators,
    protected_values,
)
from lscb_analysis.pipeline.provenance import (
    earliest_reporting_quarter,
    latest_reporting_quarter,
    provenance,
)
from lscb_analysis.pipeline.quality import quality_table
from lscb_analysis.pipeline.rebasing import with_rebases
from lscb_analysis.pipeline.records_of import (
    NoDataError,
    quarter_to_read,
    read_records,
    submissions_folder,
)
from lscb_analysis.pipeline.texts import EMPTY_TEXTS, checked_texts, text_problem
from lscb_analysis.pipeline.writing import write_frame, write_json
from lscb_analysis.releases import (
    BEHIND,
    frozen_values,
    last_released,
    printed_before,
    told_already,
    told_before,
)
from lscb_analysis.second import SecondProcess
from lscb_analysis.settings import AreaSettings, Settings, area_settings
from lscb_analysis.sources import AreaRecords
from lscb_analysis.state import area_key, state_folder
from lscb_analysis.values import as_values, check_values, empty_values, write_values

__all__ = [
    "Built",
    "NoDataError",
    "Reason",
    "Received",
    "build",
    "processed_folder",
    "read_received",
]


@dataclass(frozen=True)
class Built:
    """What a build made: where it lies, for which quarter, and what was wrong on the way."""

    folder: Path
    area: Area
    quarter: Quarter
    findings: pd.DataFrame
    is_published_only: bool


def processed_folder(workspace: Path, area_code: str, quarter: Quarter, audience: str) -> Path:
    """Where the protected values of a release lie."""
    return workspace / "data" / "processed" / area_code / quarter.id / audience


@dataclass(frozen=True)
class Received:
    """What an area's raw data holds: its findings, its returns, and the quarter read up to.

    `folder` is the area's raw folder; `quarter` and `records` are None where there is no
    submission.
    """

    folder: Path
    findings: pd.DataFrame
    returns: pd.DataFrame
    quarter: Quarter | None
    records: AreaRecords | None = None


def read_received(settings: Settings, area_code: str, asked: Quarter | None) -> Received:
    """Every finding of an area's raw data, with the returns tracker of all quarters."""
    area, chosen = find_area(area_code), area_settings(settings, area_code)
    official = _official(settings, area, chosen)
    folder = submissions_folder(settings.workspace, area)
    quarter = quarter_to_read(folder, asked)
    if quarter is None:
        return Received(folder, official.findings, pd.DataFrame(columns=["quarter"]), None)
    with SecondProcess() as second:
        due = chosen.returns_due_days
        records = read_records(settings.workspace, area, quarter, due, second)
    held = read_held(folder, quarter, area_key(settings.workspace, area.area_code))
    findings = join_findings([records.findings, held.findings, official.findings])
    return Received(folder, findings, records.returns, quarter, records)


def build(
    settings: Settings,
    area_code: str,
    asked: Quarter | None,
    received: Received | None = None,
    reason: Reason | None = None,
    shared: Collection[str] = (),
) -> Built:
    """The protected values of one area and quarter, written to data/processed.

    `asked` is the quarter, or None for the latest that has data; an area with official
    statistics only is built for its latest reporting year. Raises NoDataError where
    there is nothing to build from, and the gate's errors where something cannot be
    protected: then nothing is written. `reason` says why figures that are out change; `shared`
    are the indicators of the pages to be made that a page that stands shows too.
    """
    area, chosen = find_area(area_code), area_settings(settings, area_code)
    official = _official(settings, area, chosen)
    quarter = quarter_to_read(submissions_folder(settings.workspace, area), asked)
    if quarter is None:
        latest = latest_reporting_quarter(official.values, area)
        if latest is None:
            raise NoDataError(
                f"there is no data for {area.area}: put its submissions in "
                f"{submissions_folder(settings.workspace, area)}/2016-17-Q4 (or run lscb demo)"
            )
        earliest = earliest_reporting_quarter(official.values, area) or latest
        quarter = _reporting_quarter(area, earliest, latest, asked)
        return _write(settings, area, chosen, quarter, official, None, reason or Reason(), ())
    workspace = settings.workspace
    last = last_released(workspace, area.area_code, quarter.id, settings.audience)
    before = quarter_before(submissions_folder(workspace, area), quarter, last)
    with SecondProcess() as second:
        held = received.records if received else None
        records = held or read_records(workspace, area, quarter, chosen.returns_due_days, second)
        earlier = begin_values_before(second, workspace, area, chosen, official.populations, before)
        why = reason or Reason()
        return _write(settings, area, chosen, quarter, official, records, why, shared, earlier)


def _reporting_quarter(
    area: Area, earliest: Quarter, latest: Quarter, asked: Quarter | None
) -> Quarter:
    """The last quarter of the reporting year that is over when the quarter asked for ends."""
    if asked is None:
        return latest
    if asked > latest:
        raise NoDataError(
            f"the official statistics held for {area.area} reach the year to "
            f"{day_label(latest.end)}: ask for {latest.id} or earlier"
        )
    found = asked if asked.number == 4 else Quarter(asked.year - 1, 4)
    if found < earliest:
        raise NoDataError(
            f"the official statistics held for {area.area} begin with the year to "
            f"{day_label(earliest.end)}: ask for {earliest.id} or later"
        )
    return found


def _official(settings: Settings, area: Area, chosen: AreaSettings) -> Official:
    folder = official_folder(settings.workspace, area)
    return read_official(folder, area, chosen.neighbour_model, live_indicators().values())


def _write(
    settings: Settings,
    area: Area,
    chosen: AreaSettings,
    quarter: Quarter,
    official: Official,
    records: AreaRecords | None,
    reason: Reason,
    shared: Collection[str],
    measured_before: Callable[[], pd.DataFrame] | None = None,
) -> Built:
    known = official.values
    known = known[known["period_end"] <= pd.Timestamp(quarter.end)]
    raw = submissions_folder(settings.workspace, area)
    held = read_held(raw, quarter, area_key(settings.workspace, area.area_code))
    counted = unchecked_values(area, chosen, quarter, official.populations, records)
    measured = with_history(counted, held.history)
    folder = processed_folder(settings.workspace, area.area_code, quarter, settings.audience)
    behind = own = empty_values()
    workspace, code = settings.workspace, area.area_code
    printed = printed_before(workspace, code) if records else {}
    told = told_before(workspace, code, quarter.id, settings.audience) if records else {}
    beside = told_already(workspace, code, quarter.id, settings.audience) if shared else {}
    if records:
        state = state_folder(settings.workspace, area.area_code)
        solved = read_solved(state, area_key(settings.workspace, area.area_code))
        gated = protected_values(
            settings,
            measured,
            quarter,
            printed,
            frozen_values(settings.workspace, area.area_code),
            solved,
        )
        write_solved(state, solved)
        own, behind = gated.shown, gated.behind
    checks = checks_of(
        settings,
        records,
        counted,
        own,
        told,
        measured_before,
    )
    agreed = agreeing(
        as_values(joined(own, known)),
        as_values(behind),
        Known(
            measured,
            printed,
            told,
            checks.get("revisions", pd.DataFrame()),
            {figure: then for figure, then in beside.items() if figure[0] in shared},
        ),
        settings.policy,
        settings.audience,
    )
    codes = (area.area_code, chosen.panel_code)
    values = check_values(with_rebases(agreed.shown, chosen.rebase, codes))
    of_records = records.findings if records else as_findings()
    texts, of_texts = (
        checked_texts(records.texts, values, area.area_code, settings.words)
        if records
        else (EMPTY_TEXTS.copy(), as_findings())
    )
    carried, of_carried = carried_over(
        held,
        remembered(settings.workspace, area.area_code),
        quarter,
        lambda text, beside: text_problem(text, values, area.area_code, settings.words, beside),
    )
    findings = join_findings([of_records, held.findings, official.findings, of_texts])
    findings = join_findings([findings, of_carried, given_back(own), agreed.findings])
    write_values(values, folder / "values.parquet")
    write_values(agreed.behind, folder / BEHIND)
    returns = records.returns if records else pd.DataFrame(columns=["quarter"])
    frames = {
        "texts": texts,
        "quality": quality_table(findings),
        "returns": returns,
        "targets": held.targets,
        "all_areas": official.all_areas,
        "changes": changes_table(folder, values, measured_indicators(), reason),
    }
    for name, table in {**frames, **carried, **agreed.without_held(checks)}.items():
        write_frame(table, folder / f"{name}.parquet")
    facts = provenance(settings, area, chosen, quarter, official, records)
    write_json(facts, folder / "provenance.json")
    write_by_day(settings, area, quarter, records)
    return Built(folder, area, quarter, findings, records is None)
