"""Figures: one row is one figure as a report prints it, read from any table that has them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lscb_analysis.ledger.names import date_in
from lscb_analysis.ledger.numbers import Printed, printed, text_of
from lscb_analysis.ledger.spans import Span, read_span
from lscb_analysis.ledger.told import as_findings, cell, finding, join_findings
from lscb_analysis.ledger.units import per_of, population_of, quantity_of

WORDINGS: Mapping[str, Sequence[str]] = {
    "id": ("id", "figure id", "ref", "reference", "figure ref", "code", "no"),
    "label": ("label", "figure label", "description", "measure", "title", "name", "what", "item"),
    "text": ("value", "printed", "as printed", "value as printed", "printed value", "figure"),
    "value_num": ("value num", "numeric value", "value number", "number"),
    "unit": ("unit", "units", "unit of measure", "measured in"),
    "period": ("period", "date", "time period", "year", "as at", "when", "reporting period"),
    "section": ("section", "chapter", "part", "table", "page"),
    "theme": ("theme", "topic"),
    "indicator": ("indicator", "indicator id", "series", "indicator name"),
    "status": ("status", "validated", "validation", "provisional"),
    "words": ("words", "claim", "wording", "said of it", "sentence"),
    "relations": ("relations", "relation", "made of"),
}
REQUIRED = ("label", "text")
PLAIN = "the figures"
TEXT_COLUMNS = tuple(name for name in WORDINGS if name not in ("id", "value_num"))


def match_headers(
    headers: Sequence[object], wordings: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Which header stands for which column: our name to the header as found.

    Case, blanks and punctuation do not matter; of two headers the earlier wording counts.

    >>> match_headers(["Figure ID", " VALUE"], {"id": ["figure id"], "unit": ["unit"]})
    {'id': 'Figure ID'}
    """
    by_name: dict[str, str] = {}
    for header in headers:
        by_name.setdefault(_plain(header), str(header))
    found = {}
    for name, known in wordings.items():
        header = next((by_name[_plain(each)] for each in known if _plain(each) in by_name), None)
        if header is not None:
            found[name] = header
    return found


def figures_of(raw: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures of a raw table, a row each under its id, and what is wrong with its cells.

    The columns of `raw` may be spelt in any wording of `WORDINGS`; its index is the row number
    that Excel shows, and is the figure's id where the table has none. Columns: the texts
    (label, text, unit, period, section, theme, indicator, status, words, relations), `quantity`,
    `per`, `population`, `number`, `least`, `most`, `decimals`, `is_exact`, `is_withheld`, `span`,
    `row`. A table without a label and a value gives no figures and a finding of severity `failed`.
    """
    headers = match_headers(list(raw.columns), WORDINGS)
    missing = [name for name in REQUIRED if name not in headers]
    if missing or raw.empty:
        return _no_figures(), as_findings([_unusable(missing)])
    texts = pd.DataFrame(
        {name: raw[headers[name]].map(text_of) if name in headers else "" for name in TEXT_COLUMNS},
        index=raw.index,
        dtype="object",
    )
    names, repeated = _ids(raw, headers)
    spare = raw[headers["value_num"]] if "value_num" in headers else pd.Series("", index=raw.index)
    rows = [
        _figure(row, number) for row, number in zip(texts.to_dict("records"), spare, strict=True)
    ]
    figures = pd.DataFrame(rows, index=pd.Index(names, dtype="object", name="id"), dtype="object")
    figures = figures.assign(**dict.fromkeys(TEXT_COLUMNS), row=list(raw.index))
    for name in TEXT_COLUMNS:
        figures[name] = texts[name].to_numpy()
    return figures.drop(columns="problem"), join_findings(
        [_cell_findings(figures), _repeated(figures, repeated)]
    )


def range_of(figures: pd.DataFrame, name: str) -> tuple[Any, Any] | None:
    """The least and the most that the true number of a figure can be; None where it has none."""
    if name not in figures.index or cell(figures, name, "number") is None:
        return None
    return cell(figures, name, "least"), cell(figures, name, "most")


def span_of(figures: pd.DataFrame, name: str) -> Span:
    """The span that a figure's period names."""
    span: Any = cell(figures, name, "span")
    return span if isinstance(span, Span) else Span("missing")


def _figure(row: Mapping[Any, Any], spare: object) -> dict[str, object]:
    unit, text, label = str(row["unit"]), str(row["text"]), str(row["label"])
    quantity = quantity_of(unit, text, label)
    cell = Printed() if quantity == "text" else printed(text, quantity)
    if cell.problem == "no number" and text_of(spare):
        cell = printed(text_of(spare), quantity)
    if quantity == "percent" and cell.number is not None and cell.is_exact and "(>)" in unit:
        cell = printed(f"more than {text}", quantity)
    return {
        "quantity": quantity,
        "per": per_of(unit, label) if quantity == "rate" else 0,
        "population": population_of(unit, label) if quantity == "rate" else "",
        "number": cell.number,
        "least": cell.least,
        "most": cell.most,
        "decimals": cell.decimals,
        "is_exact": cell.is_exact,
        "is_withheld": cell.is_withheld,
        "problem": cell.problem,
        "span": _span(str(row["period"]), label),
    }


def _span(period: str, label: str) -> Span:
    """The span of a figure's period; of the day or year in its label where it has none, or where
    that is the last day of its period."""
    span = read_span(period)
    if span.kind != "missing" and span.kind not in ("year", "quarter"):
        return span
    in_label = date_in(label)
    of_label = read_span(in_label) if in_label else span
    if span.kind == "missing":
        return span if of_label.kind in ("unread", "missing") else of_label
    is_last_day = of_label.kind in ("date", "month") and of_label.end == span.end
    return Span("date", span.end, span.end) if is_last_day else span


def _ids(raw: pd.DataFrame, headers: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The ids, each different, and those that the table has more than once."""
    given = [text_of(cell) for cell in raw[headers["id"]]] if "id" in headers else [""] * len(raw)
    seen: dict[str, int] = {}
    names, repeated = [], []
    for at, name in zip(raw.index, given, strict=True):
        base = name or str(at)
        seen[base] = seen.get(base, 0) + 1
        if seen[base] > 1:
            repeated.append(f"{base} ({seen[base]})")
        names.append(base if seen[base] == 1 else f"{base} ({seen[base]})")
    return names, repeated


def _cell_findings(figures: pd.DataFrame) -> pd.DataFrame:
    bad = figures[figures["problem"].astype("str").ne("")]
    return as_findings(
        finding(
            figures,
            "cell",
            [str(name)],
            found=f"{row['text'] or 'nothing'}: {row['problem']}",
            expected="a number",
            action="look the figure up in the report; until then it is not known",
            severity="note" if row["problem"] in ("no number", "no value") else "warning",
        )
        for name, row in bad.iterrows()
    )


def _repeated(figures: pd.DataFrame, repeated: list[str]) -> pd.DataFrame:
    return as_findings(
        finding(
            figures,
            "cell",
            [name, name.rpartition(" (")[0]],
            found="an id that stands in two rows",
            expected="each id once",
            action="give the second figure an id of its own",
        )
        for name in repeated
    )


def _unusable(missing: Sequence[str]) -> dict[str, str]:
    wanted = [WORDINGS[name][0] for name in missing]
    return finding(
        _no_figures(),
        "file",
        [],
        found=f"no column {' and no column '.join(wanted)}" if missing else "no rows",
        expected="a header row with label, value, unit, period, and a row for each figure",
        action="name the columns so, or see lscb ledger --help",
        severity="failed",
    )


def _no_figures() -> pd.DataFrame:
    columns = [*TEXT_COLUMNS, "quantity", "per", "population", "number", "least", "most"]
    columns += ["decimals", "is_exact", "is_withheld", "span", "row"]
    return pd.DataFrame(columns=columns, index=pd.Index([], name="id"), dtype="object")


def _plain(header: object) -> str:
    return re.sub(r"[\W_]+", "", str(header)).casefold()
