"""What a rule of the CIN census looks at around a row: its episode, its child, rows beside it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lscb_analysis.periods import add_months, working_days_between
from lscb_analysis.sources.cin_census_layouts import CHILD, EPISODE, NAME
from lscb_analysis.sources.rules import Rule, Sent

FAR = pd.Timestamp("2262-01-01")
AFTER_ASSESSMENT = ("RC8", "RC9")
Fails = Callable[[Sent], pd.Series]


def rule(
    number: str,
    name: str,
    place: str,
    needs: str,
    fails: Fails,
    found: str,
    expected: str,
    action: str,
) -> Rule:
    """A rule by DfE's number of it; `place` and each of `needs` (by spaces) is `table.column`."""
    table, _, column = place.partition(".")
    every = tuple(dict.fromkeys((place, *needs.split())))
    origin = f"DfE CIN census validation rule {number}"
    return Rule(f"{NAME}.{name}", origin, table, column, every, fails, found, expected, action)


def of_episode(sent: Sent, table: str, column: str) -> pd.Series:
    """For each row of a table that column of the episode it stands in."""
    return of_row(sent[table], EPISODE, sent["episodes"][column])


def of_row(rows: pd.DataFrame, link: str, values: pd.Series) -> pd.Series:
    """For each row the value of the row of another table that its column `link` names."""
    return values.reindex(rows[link].to_numpy()).set_axis(rows.index)


def of_person(sent: Sent, table: str, column: str) -> pd.Series:
    """For each row of a table that column of the child it stands in."""
    return of_row(sent[table], "person", sent["children"][column])


def has(sent: Sent, table: str, rows: pd.Series | None = None) -> pd.Series:
    """Whether each episode has a row of a table (of those where `rows` is true)."""
    inside = sent[table] if rows is None else sent[table][rows]
    episodes = sent["episodes"]
    return pd.Series(episodes.index.isin(inside[EPISODE]), index=episodes.index)


def is_before(table: str, column: str, of: str) -> Fails:
    """Whether a date is before another of the same row."""
    return lambda sent: sent[table][column].lt(sent[table][of])


def is_before_episode(table: str, column: str) -> Fails:
    """Whether a date is before the referral of its episode."""
    return lambda sent: sent[table][column].lt(of_episode(sent, table, "referral_date"))


def is_before_year(table: str, column: str) -> Fails:
    """Whether a date is before the census year (one after it is not read)."""
    return lambda sent: sent[table][column].lt(sent.first_day)


def is_after_death(table: str, column: str) -> Fails:
    """Whether a date is after the child's death."""
    return lambda sent: sent[table][column].gt(of_person(sent, table, "death_date"))


def is_weekend(table: str, column: str) -> Fails:
    """Whether a date is a Saturday or a Sunday."""
    return lambda sent: sent[table][column].dt.day_of_week.ge(5)


def days_open(starts: pd.Series, last_day: pd.Timestamp) -> pd.Series:
    """Working days from each start to the last day of the year, the start being day 0."""
    return working_days_between(starts, pd.Series(last_day, index=starts.index))


def birthday(births: pd.Series, years: int) -> pd.Series:
    """The day on which each turns so many years old."""
    return add_months(births, 12 * years)


def is_second_open(rows: pd.DataFrame, is_open: pd.Series, within: str = CHILD) -> pd.Series:
    """Whether each is open and another of the same child (or episode) is, all but the first."""
    chosen = rows[is_open]
    again = chosen.duplicated(within, keep="first")
    return again.reindex(rows.index, fill_value=False)


def starts_within(
    rows: pd.DataFrame, start: str, ends: pd.Series, within: str = CHILD
) -> pd.Series:
    """Whether each starts before an earlier one of the same child (or episode) has ended.

    `ends` by the index of `rows`; an earlier one without an end runs on.
    """
    spells = pd.DataFrame({"of": rows[within], "start": rows[start], "end": ends.fillna(FAR)})
    ordered = spells.sort_values(["of", "start"], kind="stable")
    reach = ordered.groupby("of")["end"].cummax().groupby(ordered["of"]).shift()
    return reach.gt(ordered["start"]).reindex(rows.index)


def inside_other(
    sent: Sent, table: str, column: str, other: str, start: str, end: str
) -> pd.Series:
    """Whether a date lies inside a spell of the same child in another table.

    The days on which the spell starts and ends are not inside it; one without an end runs on.
    """
    rows = sent[table][[CHILD, column]].assign(row=sent[table].index)
    spells = sent[other][[CHILD, start, end]].set_axis([CHILD, "since", "until"], axis=1)
    pairs = rows.merge(spells, on=CHILD)
    inside = pairs[column].gt(pairs["since"]) & pairs[column].lt(pairs["until"].fillna(FAR))
    return pd.Series(sent[table].index.isin(pairs.loc[inside, "row"]), index=sent[table].index)


def is_open_in_other(sent: Sent, table: str, end: str, other: str) -> pd.Series:
    """Whether each is open while a row of another table (its column of the same name) is too."""
    open_children = sent[other].loc[sent[other][end].isna(), CHILD]
    return sent[table][end].isna() & sent[table][CHILD].isin(open_children)
