"""Comparing: a report's figures beside those that somebody else has published."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from lscb_analysis.ledger.figures import match_headers
from lscb_analysis.ledger.numbers import Printed, printed, text_of
from lscb_analysis.ledger.told import as_findings, cell, finding, number_text
from lscb_analysis.statistics.rounding import round_half_up

WORDINGS: Mapping[str, Sequence[str]] = {
    "figure": ("figure id", "figure", "id"),
    "label": ("label", "what"),
    "printed": ("report value", "printed", "reported"),
    "published": ("published value", "published", "dfe value", "official value"),
    "source": ("source", "dfe source", "published source"),
    "note": ("note", "notes", "remark"),
}
COLUMNS = ("figure", "label", "printed", "published", "gap", "gap_percent", "result", "source")
CLOSE = Fraction(1, 100)
RESULTS = ("agree", "close", "differ", "not comparable", "not available")
_OTHER_THING = re.compile(
    r"different (event|quantity|thing|definition|measure)|not comparable", re.IGNORECASE
)


def compared(raw: pd.DataFrame, figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each figure beside the published one: `agree`, `close` (within 1 %) or `differ`.

    The columns of `raw`: figure, published value, source; optional: label, report value (what of
    a figure is compared, where it is not the figure itself), note (`different event`, `different
    quantity` make it `not comparable`). Figures agree where one, rounded half up to the
    digits of the other, is the other. The second table has what cannot be read.
    """
    headers = match_headers(list(raw.columns), WORDINGS)
    missing = [WORDINGS[name][0] for name in ("figure", "published") if name not in headers]
    if missing:
        return _table([]), as_findings([_unread(figures, f"no column {missing[0]}")])
    rows, problems = [], []
    for _, row in raw.iterrows():
        cells = {name: text_of(row[headers[name]]) if name in headers else "" for name in WORDINGS}
        own = _own(figures, cells)
        if own.number is None:
            problems.append(_unread(figures, f"{cells['figure']}: no number to compare"))
            continue
        rows.append(_row(figures, cells, own))
    return _table(rows), as_findings(problems)


def result_of(own: Printed, published: Printed, note: str) -> str:
    """Which of `RESULTS` two figures are."""
    if published.number is None or own.number is None:
        return "not available"
    if _OTHER_THING.search(note):
        return "not comparable"
    if _rounds_to(published, own) or _rounds_to(own, published):
        return "agree"
    if published.number and abs(own.number - published.number) <= CLOSE * abs(published.number):
        return "close"
    return "differ"


def _own(figures: pd.DataFrame, cells: Mapping[str, str]) -> Printed:
    """What the report prints: the value that the row names, else the figure's own."""
    name = cells["figure"]
    given = printed(_shortest(cells["printed"]), "measure") if cells["printed"] else Printed()
    if name not in figures.index:
        return given
    number: Any = cell(figures, name, "number")
    if number is None or (given.number is not None and given.number != number):
        return given
    return Printed(Fraction(number), decimals=int(cell(figures, name, "decimals")))


def _row(figures: pd.DataFrame, cells: Mapping[str, str], own: Printed) -> dict[str, object]:
    published = printed(_shortest(cells["published"]), "measure")
    label = cells["label"] or str(cell(figures, cells["figure"], "label"))
    row: dict[str, object] = {
        "figure": cells["figure"],
        "label": label,
        "printed": number_text(own.number or 0, own.decimals),
        "published": "",
        "gap": "",
        "gap_percent": "",
        "result": result_of(own, published, cells["note"]),
        "source": "; ".join(filter(None, (cells["source"], cells["note"]))),
    }
    if published.number is not None and own.number is not None:
        gap = own.number - published.number
        row["published"] = number_text(published.number, published.decimals)
        row["gap"] = number_text(gap, max(own.decimals, published.decimals))
        if published.number:
            row["gap_percent"] = number_text(100 * gap / published.number, 1)
    return row


def _rounds_to(finer: Printed, coarser: Printed) -> bool:
    if finer.number is None or coarser.number is None or finer.decimals < coarser.decimals:
        return False
    exact = Decimal(finer.number.numerator) / Decimal(finer.number.denominator)
    return round_half_up(exact, coarser.decimals) == float(coarser.number)


def _shortest(text: str) -> str:
    """A number without the needless decimals that a spreadsheet writes: 3561.0 is 3561."""
    return re.sub(r"(?<=\d)\.0+$", "", text)


def _table(rows: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")


def _unread(figures: pd.DataFrame, found: str) -> dict[str, str]:
    return finding(
        figures,
        "comparison",
        [],
        found=found,
        expected="columns figure, published value, source; a figure of the report in each row",
        action="correct the row; until then it is not compared",
        severity="note",
    )
