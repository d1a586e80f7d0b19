"""Drawing an extract in tests: the cells as a partner typed them, and the findings in short."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.findings import summarised
from lscb_analysis.periods import Quarter
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.raw_tables import RawTable, as_table

CONTEXT = Context(
    quarter=Quarter(2016, 4), key=b"the key of a fictional area", submission="2016-17-Q4"
)


def extract(drawing: str, file: str = "extract.csv", sheet: str = "") -> RawTable:
    """The table drawn with bars, header first; `-` is a blank cell; Excel's rows start at 2."""
    lines = [
        [
            None if cell.strip() == "-" else cell.strip()
            for cell in line.strip().strip("|").split("|")
        ]
        for line in drawing.strip().splitlines()
    ]
    table = as_table(lines, file, sheet)
    assert table is not None
    return table


def told(findings: pd.DataFrame) -> list[tuple[str, str]]:
    """The rows and what was found there, without the notes."""
    serious = summarised(findings[findings["severity"].ne("note")])
    return list(zip(serious["rows"], serious["found"], strict=True))


def shown(rows: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """The rows of these columns, dates as text and what is missing as None."""
    texts = pd.DataFrame({column: _shown(rows[column]) for column in columns}, dtype=object)
    return [tuple(row) for row in texts.itertuples(index=False)]


def _shown(values: pd.Series) -> pd.Series:
    if values.dtype.kind == "M":
        values = values.dt.strftime("%Y-%m-%d")
    return values.astype(object).where(values.notna(), None)
