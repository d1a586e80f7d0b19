"""What a rule of SSDA903 looks at around a row: the row before and after, birth, care."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lscb_analysis.periods import add_months
from lscb_analysis.sources.rules import Sent

FAR = pd.Timestamp("2262-01-01")
ADOPTED = ("E11", "E12")
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
ADOPTION_PLACES = ("A3", "A4", "A5", "A6")
SHORT_BREAKS = ("V3", "V4")
# The child as a number, the same in every table of one reading: quicker to compare than text.
CHILD = "child_number"
# A code that took another's place: the change from one to the other is no change of placement.
_SAME_PLACE = {"Z11": "Z1", "Z12": "Z1", "Z13": "Z1", "Z14": "Z1", "H5": "K3"}


@dataclass(frozen=True)
class Beside:
    """The row beside each row: a column as that row gives it, missing where there is none."""

    rows: pd.DataFrame
    positions: np.ndarray

    def __getitem__(self, column: str) -> pd.Series:
        values = self.rows[column].reset_index(drop=True)
        return values.reindex(self.positions).set_axis(self.rows.index)


def row_before(rows: pd.DataFrame, start: str, end: str) -> Beside:
    """The row before of the same child, in order of start and then end; none for its first."""
    positions, others = _in_order(rows, start, end)
    return _beside(rows, positions[1:], positions[:-1], others)


def row_after(rows: pd.DataFrame, start: str, end: str) -> Beside:
    """The row after of the same child, in order of start and then end; none for its last."""
    positions, others = _in_order(rows, start, end)
    return _beside(rows, positions[:-1], positions[1:], others)


def _in_order(rows: pd.DataFrame, start: str, end: str) -> tuple[np.ndarray, np.ndarray]:
    """The rows' positions in order, and whether each two neighbours are of one child."""
    ends = rows[end].fillna(FAR) if end in rows else FAR
    order = rows[[CHILD, start]].assign(until=ends).reset_index(drop=True)
    ordered = order.sort_values([CHILD, start, "until"], kind="stable")
    children = ordered[CHILD].to_numpy()
    return ordered.index.to_numpy(), children[1:] == children[:-1]


def _beside(rows: pd.DataFrame, at: np.ndarray, other: np.ndarray, is_same: np.ndarray) -> Beside:
    positions = np.full(len(rows), -1)
    positions[at[is_same]] = other[is_same]
    return Beside(rows, positions)


def reached_before(rows: pd.DataFrame, start: str, end: str) -> pd.Series:
    """How far the child's earlier rows reach, one without an end only to its own start.

    Missing for a child's first row.
    """
    reach = rows[end].fillna(rows[start])
    ordered = rows[[CHILD, start]].assign(reach=reach)
    ordered = ordered.sort_values([CHILD, start, "reach"], kind="stable")
    furthest = ordered.groupby(CHILD)["reach"].cummax()
    return furthest.groupby(ordered[CHILD]).shift().reindex(rows.index)


def born(sent: Sent, table: str) -> pd.Series:
    """The date of birth that the header gives for the child of each row."""
    header = sent["header"].drop_duplicates(CHILD).set_index(CHILD)["birth_date"]
    return of_child(sent[table], header)


def of_child(rows: pd.DataFrame, values: pd.Series) -> pd.Series:
    """For each row the value of its child; `values` has one by child, missing for others."""
    return values.reindex(rows[CHILD].to_numpy()).set_axis(rows.index)


def birthday(births: pd.Series, years: int) -> pd.Series:
    """The day on which each turns so many years old."""
    return add_months(births, 12 * years)


def is_in(sent: Sent, table: str, other: str) -> pd.Series:
    """Whether the child of each row has a row in another table."""
    return sent[table][CHILD].isin(sent[other][CHILD])


def first_of(sent: Sent, table: str, column: str, *, last: bool = False) -> pd.Series:
    """The child's first (or last) value of a column of the episodes, for each row of a table."""
    values = sent["episodes"].groupby(CHILD)[column]
    return of_child(sent[table], values.max() if last else values.min())


def is_open_now(sent: Sent) -> pd.Series:
    """Whether each episode is still open on the last day, agreed short breaks left out."""
    episodes = sent["episodes"]
    still = episodes["ceased_date"].isna() | episodes["ceased_date"].gt(sent.last_day)
    return still & ~episodes["legal_status"].isin(SHORT_BREAKS)


def all_year(sent: Sent, table: str) -> pd.Series:
    """Whether the child of each row was looked after without a break for the whole year.

    That is: in care before the year and on its last day, no start and no end of care in
    it, and no agreed short break. (DfE, SSDA903 guide: looked after for 12 months.)
    """
    episodes = sent["episodes"]
    children = episodes[CHILD]
    starts = episodes["new_episode"].eq("S") & episodes["started_date"].gt(sent.first_day)
    leaves = episodes["ceased_date"].notna() & episodes["ceased_reason"].ne("X1")
    leaves &= episodes["ceased_date"].ge(sent.first_day)
    broken = children[starts | leaves | episodes["legal_status"].isin(SHORT_BREAKS)]
    before = children[episodes["started_date"].le(sent.first_day)]
    now = children[is_open_now(sent)]
    of_row = sent[table][CHILD]
    return of_row.isin(before) & of_row.isin(now) & ~of_row.isin(broken)


def same_place(codes: pd.Series) -> pd.Series:
    """Placement codes, with those that took another code's place as one."""
    return codes.replace(_SAME_PLACE)
