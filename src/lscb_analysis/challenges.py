"""The challenge log: the questions that released briefings asked, remembered from then on.

It holds questions about released figures and nothing of any child.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from lscb_analysis.periods import parse_quarter
from lscb_analysis.state import StateError, state_folder

FILE = "challenges.csv"
COLUMNS = ("quarter", "theme", "indicator", "question")
Asked = Mapping[str, Sequence[tuple[str, str]]]  # theme to its questions: indicator, wording


def remembered(workspace: Path, area_code: str) -> pd.DataFrame:
    """The questions asked so far, one a row, oldest first; empty where none was.

    Columns `quarter` (2016-17-Q4), `theme`, `indicator`, `question`. Raises StateError where
    the file there is not such a log.
    """
    path = state_folder(workspace, area_code) / FILE
    if not path.exists():
        return pd.DataFrame(columns=list(COLUMNS), dtype="str")
    try:
        rows = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
        if tuple(rows.columns) != COLUMNS:
            raise ValueError("other columns")
        for text in rows["quarter"].unique():
            parse_quarter(text)
    except (OSError, ValueError) as error:
        raise StateError(
            f"the challenge log {path} cannot be read: put it back from a backup, or move it "
            "aside, and the questions are remembered from the next release on"
        ) from error
    return rows


def remember(workspace: Path, area_code: str, quarter: str, asked: Asked) -> None:
    """Add a release's questions to the log, instead of those of the same quarter and themes.

    Those of other quarters stay as they are. Raises StateError where the log cannot be read.
    """
    before = remembered(workspace, area_code)
    again = before["quarter"].eq(quarter) & before["theme"].isin(list(asked))
    new = [(quarter, theme, *each) for theme, found in asked.items() for each in found]
    rows = pd.concat([before[~again], pd.DataFrame(new, columns=list(COLUMNS), dtype="str")])
    if len(rows) or len(before):
        _write(
            rows.sort_values(["quarter", "theme"], kind="stable"),
            state_folder(workspace, area_code) / FILE,
        )


def _write(rows: pd.DataFrame, path: Path) -> None:
    partial = path.with_suffix(".partial")
    rows.to_csv(partial, index=False, encoding="utf-8", lineterminator="\n")
    if os.name == "posix":
        partial.chmod(0o600)
    partial.replace(path)
