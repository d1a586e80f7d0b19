"""Rules: named checks over the parsed tables of one submission, each with where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings, no_findings
from lscb_analysis.periods import Quarter
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsed import Parsed, flag


@dataclass(frozen=True)
class Sent:
    """What a rule looks at: the parsed tables by name, and the days that the submission covers.

    `first_day` and `last_day` are those of the collection: the financial year of a yearly
    return, the six months of Annex A.
    """

    tables: Mapping[str, pd.DataFrame]
    first_day: pd.Timestamp
    last_day: pd.Timestamp
    quarter: Quarter

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]


@dataclass(frozen=True)
class Rule:
    """One check: `fails` gives True for each row of `table` that breaks it, by its index.

    `origin` cites where it comes from (the DfE's number of it, where there is one);
    `column` is the one that a finding points at. `needs` lists every column that it looks
    at as `table.column`: where one was not sent the rule cannot run, and says so.
    """

    id: str
    origin: str
    table: str
    column: str
    needs: tuple[str, ...]
    fails: Callable[[Sent], pd.Series]
    found: str
    expected: str
    action: str
    severity: str = "warning"


def run_rules(
    rules: Iterable[Rule],
    parsed: Mapping[str, Parsed],
    context: Context,
    covers: tuple[object, object],
) -> pd.DataFrame:
    """The findings of every rule, and a note for each that cannot run.

    `parsed` holds the tables that were sent by name; `covers` the first and last day that
    the submission covers.
    """
    tables = {name: table.rows for name, table in parsed.items()}
    first, last = (pd.Timestamp(str(day)) for day in covers)
    sent = Sent(tables, first, last, context.quarter)
    listed = list(rules)
    missing = {rule.id: missing_for(rule, tables) for rule in listed}
    idle = [_cannot_run(rule, missing[rule.id], context) for rule in listed if missing[rule.id]]
    ran = [_run(rule, sent, parsed) for rule in listed if not missing[rule.id]]
    return join_findings([*ran, as_findings(idle)])


def missing_for(rule: Rule, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """The `table.column` that the rule needs and that were not sent."""
    pairs = [need.partition(".") for need in (rule.table, *rule.needs)]
    return [
        ".".join(filter(None, (table, column)))
        for table, _, column in pairs
        if table not in tables or (column and column not in tables[table])
    ]


def _run(rule: Rule, sent: Sent, parsed: Mapping[str, Parsed]) -> pd.DataFrame:
    if sent[rule.table].empty:
        return no_findings()
    return flag(
        parsed[rule.table],
        rule.fails(sent),
        column=rule.column,
        found=rule.found,
        expected=rule.expected,
        action=rule.action,
        severity=rule.severity,
        rule=rule.id,
    )


def _cannot_run(rule: Rule, missing: list[str], context: Context) -> dict[str, str]:
    return finding(
        rule.id.partition(".")[0],
        context.submission,
        found=f"a check that could not run, as {', '.join(missing)} was not sent",
        expected=f"{rule.expected} ({rule.origin})",
        action="send it, where it can be had; until then nobody checks this",
        severity="note",
        rule=rule.id,
    )
