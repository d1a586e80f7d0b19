"""The board's annual report 2016/17, as the example carries it, checked as it is or rearranged.

`report_2016_17_key.csv` is the answer key of the audit by hand (domain notes of the project,
section 1, made outside this code): for each figure whether recomputing it agrees (yes, no) or
whether there was nothing to recompute (na).
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from lscb_analysis.ledger import (
    all_relations,
    check_figures,
    figures_of,
    ids_of,
    join_findings,
    relations_of,
)

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "data" / "raw" / "published" / "report_2016_17"
KEYS = Path(__file__).parent


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def agreeing() -> set[str]:
    """The figures that agree with all that they can be recomputed from."""
    key = read(KEYS / "report_2016_17_key.csv")
    return set(key["id"][key["agrees"].eq("yes")])


def checked(rows: pd.DataFrame, declared: pd.DataFrame | None) -> pd.DataFrame:
    """All findings in a report's rows, with the relations declared."""
    figures, cells = figures_of(rows)
    relations, unread = relations_of(declared, figures) if declared is not None else ((), cells)
    assert declared is None or unread.empty
    return join_findings([cells, check_figures(figures, all_relations(figures, relations))])


def as_pairs(found: pd.DataFrame) -> list[tuple[str, set[str]]]:
    """Each finding's rule and figures."""
    return [(str(row["rule"]), set(ids_of(row))) for _, row in found.iterrows()]


def with_rows_shuffled(rows: pd.DataFrame, seed: int) -> pd.DataFrame:
    return rows.sample(frac=1, random_state=seed)


def with_ids_renamed(
    rows: pd.DataFrame, declared: pd.DataFrame, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, str]]:
    """The report and its relations under other ids, and the old id of each new one."""
    order = rows["id"].sample(frac=1, random_state=seed)
    new = {old: f"F{number:03}" for number, old in enumerate(order)}
    names = re.compile("|".join(sorted(map(re.escape, new), key=len, reverse=True)))

    def renamed(text: str) -> str:
        return names.sub(lambda found: new[found[0]], text)

    relations = declared.assign(
        figure=declared["figure"].map(new), **{"made of": declared["made of"].map(renamed)}
    )
    return rows.assign(id=rows["id"].map(new)), relations, {name: old for old, name in new.items()}
