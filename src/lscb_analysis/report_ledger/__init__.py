"""A report's figures, from a file to what does not add up: findings, populations, comparison."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lscb_analysis.ledger import (
    Relation,
    all_relations,
    check_figures,
    compared,
    figures_of,
    has_numbers,
    has_problems,
    holds,
    implied_populations,
    join_findings,
    relations_in_figures,
    relations_of,
)
from lscb_analysis.ledger.comparing import COLUMNS as COMPARED
from lscb_analysis.ledger.figures import REQUIRED, WORDINGS, match_headers
from lscb_analysis.ledger.relations import WORDINGS as RELATION_WORDINGS
from lscb_analysis.ledger.told import as_findings, finding
from lscb_analysis.sources.files import TABLE_ENDINGS, read_tables
from lscb_analysis.sources.raw_tables import RawTable

MEASURED = ("count", "money", "percent", "rate")


@dataclass(frozen=True)
class CheckedReport:
    """What a report's figures are, how they hang together, and what does not add up.

    `findings` has a row a finding, `populations` a row a rate, `comparison` a row a figure that
    somebody else has published too.
    """

    name: str
    figures: pd.DataFrame
    relations: tuple[Relation, ...]
    findings: pd.DataFrame
    populations: pd.DataFrame
    comparison: pd.DataFrame

    @property
    def adds_up(self) -> bool:
        """Whether nothing was found but notes."""
        return not has_problems(self.findings)

    @property
    def tested(self) -> tuple[Relation, ...]:
        """The relations of which it could be told whether they hold, or whose words were read."""
        return tuple(
            each
            for each in self.relations
            if holds(self.figures, each) is not None
            or (each.kind == "claim" and has_numbers(self.figures, each))
        )

    @property
    def measured(self) -> frozenset[str]:
        """The figures that are numbers of something."""
        kept = self.figures["number"].notna() & self.figures["quantity"].isin(MEASURED)
        return frozenset(map(str, self.figures.index[kept]))

    @property
    def checked(self) -> frozenset[str]:
        """Those of them that stand in a relation that was checked."""
        return self.measured & {name for each in self.tested for name in each.ids}


def check_report(
    path: Path, relations: Path | None = None, compare: Path | None = None
) -> CheckedReport:
    """The report in a CSV file or workbook, checked.

    `relations` declares how its figures hang together, `compare` has published figures. What is
    wrong inside the report's own file is a finding. Raises ValueError where it is not a file
    that is read, or where `relations` or `compare` cannot be read.
    """
    tables, found = _tables(path)
    figures, of_cells = figures_of(_joined([table for table in tables if _has_figures(table)]))
    of_cells = as_findings() if len(found) and not tables else of_cells
    declared: list[Relation] = []
    problems = [found, of_cells]
    declaring = [table.rows for table in tables if _has_relations(table)]
    if relations is not None:
        declaring += [table.rows for table in _must_read(relations)]
    for rows in declaring:
        read, wrong = relations_of(rows, figures)
        declared += read
        problems.append(wrong)
    read, wrong = relations_in_figures(figures)
    every = all_relations(figures, tuple(dict.fromkeys([*declared, *read])))
    comparison = pd.DataFrame(columns=list(COMPARED))
    if compare is not None:
        comparison, unread = compared(_joined(_must_read(compare)), figures)
        problems.append(unread)
    return CheckedReport(
        path.name,
        figures,
        every,
        join_findings([*problems, wrong, check_figures(figures, every)]),
        implied_populations(figures, every),
        comparison,
    )


def _tables(path: Path) -> tuple[list[RawTable], pd.DataFrame]:
    """The tables of the report's file, and what is wrong with the file."""
    _must_be_file(path)
    tables, found = read_tables(path, path.parent, "ledger")
    return tables, as_findings(
        finding(
            pd.DataFrame(),
            "file",
            [],
            found=str(row["found"]) + (f" (row {row['row']})" if row["row"] else ""),
            expected=str(row["expected"]),
            action=str(row["action"]),
            severity=str(row["severity"]),
        )
        for _, row in found.iterrows()
    )


def _must_read(path: Path) -> list[RawTable]:
    """The tables of a file that is an argument: what cannot be read is a wrong argument."""
    _must_be_file(path)
    tables, found = read_tables(path, path.parent, "ledger")
    if not tables:
        raise ValueError(f"{path}: {found['found'].iloc[0]}; {found['action'].iloc[0]}")
    return tables


def _must_be_file(path: Path) -> None:
    if not path.exists():
        raise ValueError(f"there is no file {path}")
    if not path.is_file():
        raise ValueError(f"{path} is a folder: name one file in it")
    if path.suffix.casefold() not in TABLE_ENDINGS:
        raise ValueError(f"{path} is not read: save it as {' or '.join(TABLE_ENDINGS)}")


def _joined(tables: list[RawTable]) -> pd.DataFrame:
    """The rows of the tables, by row number, or by sheet and row number where there are several."""
    if len(tables) == 1:
        return tables[0].rows
    frames = [
        table.rows.set_axis([f"{table.sheet} {row}" for row in table.rows.index], axis=0)
        for table in tables
    ]
    return pd.concat(frames) if frames else pd.DataFrame()


def _has_figures(table: RawTable) -> bool:
    found = match_headers(list(table.rows.columns), WORDINGS)
    return not _has_relations(table) and any(name in found for name in REQUIRED)


def _has_relations(table: RawTable) -> bool:
    found = match_headers(list(table.rows.columns), RELATION_WORDINGS)
    own = match_headers(list(table.rows.columns), WORDINGS)
    return len(found) == len(RELATION_WORDINGS) and "label" not in own
