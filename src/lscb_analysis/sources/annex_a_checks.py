"""What Annex A's rules are made of: dates in order, events in time, counts that agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from lscb_analysis.periods import add_months
from lscb_analysis.sources.annex_a_columns import NAME
from lscb_analysis.sources.membership import is_among
from lscb_analysis.sources.parsing import NOT_KNOWN
from lscb_analysis.sources.rules import Rule, Sent

Check = Callable[[Sent], pd.Series]
CORRECT_DATE = "correct the date that is wrong"
GUIDANCE = "Ofsted Annex A guidance, August 2019"
DRAWN_WITHIN = pd.Timedelta(days=31)  # lists may be drawn up this long before or after the last day


def rule(
    name: str,
    table: str,
    columns: Sequence[str],
    fails: Check,
    *,
    origin: str,
    found: str,
    expected: str,
    action: str,
    others: Sequence[str] = (),
    severity: str = "warning",
) -> Rule:
    """A rule of Annex A that points at the first of the `columns` of `table` that it needs.

    `others` are the columns that it needs of other tables, as `table.column`.
    """
    return Rule(
        id=f"{NAME}.{name}",
        origin=origin,
        table=table,
        column=columns[0],
        needs=(*(f"{table}.{column}" for column in columns), *others),
        fails=fails,
        found=found,
        expected=expected,
        action=action,
        severity=severity,
    )


def before(table: str, event: str, start: str) -> Check:
    """Rows whose event is dated before their start."""
    return lambda sent: sent[table][event].lt(sent[table][start])


def only_one(table: str, column: str, other: str) -> Check:
    """Rows with a value in the first column and none in the other."""
    return lambda sent: has_value(sent[table][column]) & ~has_value(sent[table][other])


def too_early(table: str, *events: str) -> Check:
    """Rows with an event, all of them over a month before the first day that the lists cover."""

    def fails(sent: Sent) -> pd.Series:
        dates = sent[table][list(events)]
        return dates.notna().any(axis=1) & dates.max(axis=1).lt(sent.first_day - DRAWN_WITHIN)

    return fails


def differs_in_child(table: str, column: str) -> Check:
    """Rows of children whose rows do not all give the same value."""

    def fails(sent: Sent) -> pd.Series:
        rows = sent[table]
        return rows.groupby("child_id")[column].transform("nunique").gt(1)

    return fails


def fewer_than_listed(table: str, event: str, count: str) -> Check:
    """Rows whose count is less than the list's own events before the child's latest one.

    Counted are the different days of events from 12 months before the latest to the day before it.
    """

    def fails(sent: Sent) -> pd.Series:
        rows = sent[table]
        events = rows[["child_id", event]].dropna().drop_duplicates()
        latest = events.groupby("child_id")[event].transform("max")
        is_before = events[event].lt(latest) & events[event].ge(add_months(latest, -12))
        listed = is_before.groupby(events["child_id"]).sum()
        return rows[count].lt(of_child(listed, rows["child_id"]).fillna(0).astype("int64"))

    return fails


def twice(table: str) -> Check:
    """Rows of a child that an earlier row of the list is already about."""
    return lambda sent: sent[table]["child_id"].notna() & sent[table].duplicated("child_id")


def twice_open(table: str, end: str) -> Check:
    """Rows without an end of a child that has another such row before it."""

    def fails(sent: Sent) -> pd.Series:
        rows = sent[table]
        is_open = rows[end].isna() & rows["child_id"].notna()
        again = rows[is_open].duplicated("child_id").reindex(rows.index)
        return again.astype("boolean").fillna(False)

    return fails


def grown_up_at(table: str, event: str, years: int = 18) -> Check:
    """Rows whose event is dated on or after the birthday."""

    def fails(sent: Sent) -> pd.Series:
        rows = sent[table]
        return rows[event].ge(add_months(rows["birth_date"], 12 * years))

    return fails


def absent_from(children: pd.Series, sent: Sent, table: str) -> pd.Series:
    """Those of the children who are in no row of another list."""
    return children.notna() & ~is_among(children, sent[table]["child_id"])


def of_child(known: pd.Series, children: pd.Series) -> pd.Series:
    """What is known of each of the children, by child (each once), missing where nothing is."""
    return known.reindex(children.to_numpy()).set_axis(children.index)


def has_value(cells: pd.Series) -> pd.Series:
    """Whether each cell says something that is known."""
    return cells.notna() & cells.ne(NOT_KNOWN).fillna(True).astype(bool)


def is_yes(answers: pd.Series) -> pd.Series:
    """Where the answer is yes, as plain booleans."""
    return answers.fillna(False).astype(bool)


def is_no(answers: pd.Series) -> pd.Series:
    """Where the answer is no, as plain booleans."""
    return (~answers.astype("boolean")).fillna(False).astype(bool)
