"""Completeness: of the records that one submission sent, how many say what must be known."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lscb_analysis.catalogue.toml_file import read_toml
from lscb_analysis.sources.parsing import NOT_KNOWN

COLUMNS = ("table", "column", "title", "known", "of")


def completeness(records: Mapping[str, pd.DataFrame], submission: str) -> pd.DataFrame:
    """One row for each column that must be known: records of the submission, and how many say it.

    Tables and columns are those of catalogue/completeness.toml; a table that the
    submission did not send has no row.

    >>> plans = pd.DataFrame({"latest_category": ["Neglect", "Not known"], "submission": "x"})
    >>> completeness({"cp_plans": plans}, "x")[["title", "known", "of"]].values.tolist()
    [['category of abuse', 1, 2]]
    """
    rows = []
    for table, columns in read_toml("completeness.toml").items():
        if table not in records:
            continue
        sent = records[table]
        sent = sent[sent["submission"].eq(submission)]
        for column, title in columns.items():
            if len(sent) and column in sent:
                known = sent[column].notna() & sent[column].ne(NOT_KNOWN).fillna(True)
                rows.append((table, column, title, int(known.sum()), len(sent)))
    return pd.DataFrame(rows, columns=list(COLUMNS))
