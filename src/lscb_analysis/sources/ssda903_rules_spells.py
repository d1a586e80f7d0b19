"""Rules of SSDA903 about other spells: missing, social worker episodes, deprivation of liberty."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lscb_analysis.sources.rules import Rule, Sent
from lscb_analysis.sources.ssda903_around import (
    CHILD,
    born,
    first_of,
    is_open_now,
    row_after,
    row_before,
)

_DFE = "DfE SSDA903 validation rule"
_CARE = ("episodes.started_date", "episodes.ceased_date", "episodes.legal_status")


def _ends_early(table: str, start: str, end: str) -> Callable[[Sent], pd.Series]:
    return lambda sent: sent[table][end].lt(sent[table][start])


def _left_open(table: str, start: str, end: str) -> Callable[[Sent], pd.Series]:
    def fails(sent: Sent) -> pd.Series:
        rows = sent[table]
        return rows[end].isna() & row_after(rows, start, end)[start].notna()

    return fails


def _overlaps(table: str, start: str, end: str) -> Callable[[Sent], pd.Series]:
    def fails(sent: Sent) -> pd.Series:
        rows = sent[table]
        return row_before(rows, start, end)[end].gt(rows[start])

    return fails


def _before_birth(table: str, start: str) -> Callable[[Sent], pd.Series]:
    return lambda sent: sent[table][start].lt(born(sent, table))


def _open_after_care(table: str, end: str) -> Callable[[Sent], pd.Series]:
    """Spells without an end of children with episodes, none of which is open any more."""

    def fails(sent: Sent) -> pd.Series:
        children, episodes = sent[table][CHILD], sent["episodes"]
        still = episodes.loc[episodes["ceased_date"].isna(), CHILD]
        has_left = children.isin(episodes[CHILD]) & ~children.isin(still)
        return sent[table][end].isna() & has_left

    return fails


def _starts_after_care(sent: Sent) -> pd.Series:
    still = sent["episodes"].loc[sent["episodes"]["ceased_date"].isna(), CHILD]
    last = first_of(sent, "missing", "ceased_date", last=True)
    has_left = ~sent["missing"][CHILD].isin(still)
    return has_left & sent["missing"]["missing_start_date"].gt(last)


def _starts_before_care(sent: Sent) -> pd.Series:
    first = first_of(sent, "missing", "started_date")
    return sent["missing"]["missing_start_date"].lt(first)


def _no_worker(sent: Sent) -> pd.Series:
    return is_open_now(sent) & ~sent["episodes"][CHILD].isin(sent["workers"][CHILD])


def _rule(
    name: str,
    number: str,
    place: str,
    needs: tuple[str, ...],
    fails: Callable[[Sent], pd.Series],
    *,
    found: str,
    expected: str,
    action: str = "correct the date that is wrong",
) -> Rule:
    table, _, column = place.partition(".")
    origin = f"{_DFE} {number}"
    return Rule(
        f"ssda903.{name}", origin, table, column, (place, *needs), fails, found, expected, action
    )


_MISSING = ("missing", "missing_start_date", "missing_end_date")
_WORKERS = ("workers", "started_date", "ended_date")
_DEPRIVATIONS = ("deprivations", "started_date", "ended_date")
_SPELLS = (
    ("missing", "567", "574", "574", *_MISSING, "a missing episode"),
    ("worker", "SW18STG2", "SW08STG2", "SW10STG2", *_WORKERS, "a social worker episode"),
    ("deprivation", "702", "705", "705", *_DEPRIVATIONS, "a deprivation of liberty"),
)

RULES: tuple[Rule, ...] = (
    *(
        _rule(
            f"{name}_ends_early", number, f"{table}.{end}", (f"{table}.{start}",),
            _ends_early(table, start, end),
            found=f"{what} that ends before it starts",
            expected="an end on or after the start",
        )
        for name, number, _, _, table, start, end, what in _SPELLS
    ),
    *(
        _rule(
            f"{name}_left_open", number, f"{table}.{end}", (f"{table}.{start}",),
            _left_open(table, start, end),
            found=f"{what} without an end, though a later one has started",
            expected="an end before the next starts",
            action="send the end",
        )
        for name, _, number, _, table, start, end, what in _SPELLS
    ),
    *(
        _rule(
            f"{name}_overlap", number, f"{table}.{start}", (f"{table}.{end}",),
            _overlaps(table, start, end),
            found=f"{what} that starts before the last one has ended",
            expected="one at a time",
        )
        for name, _, _, number, table, start, end, what in _SPELLS
    ),
    _rule(
        "missing_kind", "565", "missing.kind", ("missing.missing_start_date",),
        lambda sent: sent["missing"]["kind"].eq(""),
        found="neither missing nor away",
        expected="M or A",
        action="send the code; until then it is not known",
    ),
    _rule(
        "missing_before_birth", "586", "missing.missing_start_date", ("header.birth_date",),
        _before_birth("missing", "missing_start_date"),
        found="a missing episode from before the child was born",
        expected="a start on or after the date of birth",
    ),
    _rule(
        "missing_open_after_care", "577", "missing.missing_end_date", _CARE,
        _open_after_care("missing", "missing_end_date"),
        found="a missing episode without an end, though the child's care has ended",
        expected="an end by the day that care ended",
        action="send the end",
    ),
    _rule(
        "missing_after_care", "578", "missing.missing_start_date", _CARE, _starts_after_care,
        found="a missing episode that starts after the child's care ended",
        expected="a start while the child is looked after",
    ),
    _rule(
        "missing_before_care", "581", "missing.missing_start_date", _CARE, _starts_before_care,
        found="a missing episode that starts before the child's first episode of care",
        expected="a start while the child is looked after",
    ),
    _rule(
        "no_worker", "SW01STG1", "episodes.child_id", (*_CARE, "workers.child_id"), _no_worker,
        found="a child looked after on the last day without a social worker episode",
        expected="a social worker episode for every child looked after on the last day",
        action="send the social worker episodes of the child",
    ),
    _rule(
        "worker_change_reason", "SW13STG1", "workers.change_reason", (),
        lambda sent: sent["workers"]["change_reason"].eq(""),
        found="no reason for the change that we know",
        expected="one of the ten codes",
        action="send the code",
    ),
    _rule(
        "deprivation_before_birth", "708", "deprivations.started_date", ("header.birth_date",),
        _before_birth("deprivations", "started_date"),
        found="a deprivation of liberty from before the child was born",
        expected="a start on or after the date of birth",
    ),
    _rule(
        "deprivation_open_after_care", "707", "deprivations.ended_date", _CARE,
        _open_after_care("deprivations", "ended_date"),
        found="a deprivation of liberty without an end, though the child's care has ended",
        expected="an end by the day that care ended",
        action="send the end",
    ),
)  # fmt: skip
