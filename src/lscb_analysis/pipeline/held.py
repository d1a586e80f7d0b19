"""What an area holds beside its submissions: earlier figures, targets, challenges, actions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lscb_analysis.findings import join_findings
from lscb_analysis.periods import Quarter
from lscb_analysis.sources.action_tracker import read_actions
from lscb_analysis.sources.challenge_log import read_challenges
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.history_workbook import read_history
from lscb_analysis.sources.settings_workbook import read_targets
from lscb_analysis.values import as_values

_KEY = ["indicator", "area_code", "period_type", "period", "breakdown_topic", "breakdown"]
_FIGURES = ["numerator", "denominator", "value", "status", "symbol", "reason"]


@dataclass(frozen=True)
class Held:
    """An area's imported figures (unchecked values), targets, challenges and actions, and what
    is wrong with them."""

    history: pd.DataFrame
    targets: pd.DataFrame
    challenges: pd.DataFrame
    actions: pd.DataFrame
    findings: pd.DataFrame


def read_held(folder: Path, quarter: Quarter, key: bytes) -> Held:
    """What lies beside the quarters in the area's raw folder; empty where nothing does."""
    context = Context(quarter, key, folder.name)
    history, of_history = read_history(folder / "history.xlsx", context)
    targets, of_targets = read_targets(folder / "settings.xlsx", context)
    challenges, of_challenges = read_challenges(folder / "actions.xlsx", context)
    actions, of_actions = read_actions(folder / "actions.xlsx", context)
    findings = join_findings([of_history, of_targets, of_challenges, of_actions])
    return Held(history, targets, challenges, actions, findings)


def with_history(unchecked: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """The values with the imported figure wherever no submission gives one.

    What was measured always counts more. An imported figure goes through the gate like any
    other and stays marked `is_imported`; one of a period that is not shown is not used.
    """
    if history.empty:
        return unchecked
    known = history.drop_duplicates(_KEY).set_index(_KEY)
    keys = pd.MultiIndex.from_frame(unchecked[_KEY])
    is_filled = unchecked["status"].eq("unavailable").to_numpy() & keys.isin(known.index)
    filled = unchecked.copy()
    found = known.reindex(keys[is_filled])
    for column in _FIGURES:
        filled.loc[is_filled, column] = found[column].to_numpy()
    filled.loc[is_filled, "is_imported"] = True
    filled.loc[is_filled, "release"] = "submissions"
    return as_values(filled)
