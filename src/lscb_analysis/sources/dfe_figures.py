"""Figures of official statistics: the cells of the indicators with symbol, unit and decimals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.sources.columns import column_letter, normalise
from lscb_analysis.sources.dfe_cells import clean, read_cells, statuses
from lscb_analysis.sources.dfe_columns import Layout, Roles
from lscb_analysis.sources.dfe_files import Cells
from lscb_analysis.sources.dfe_periods import REPORTING_YEAR_ENDS

_SHOWN = 20
_SHOWN_TEXT = 20


@dataclass(frozen=True)
class Named:
    """What is known of a file besides its cells: its place, its release, how its years run."""

    source: str
    file: str
    release: str = ""
    vintage: str = ""
    time_identifier: str = ""
    year_ends: tuple[int, int] = REPORTING_YEAR_ENDS
    is_snapshot: bool = False


def figures(
    rows: pd.DataFrame,
    numbers: np.ndarray,
    layout: Layout,
    roles: Roles,
    cells: Cells,
    meta: pd.DataFrame,
    named: Named,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The cells of the indicators, a row's beside each other; and those that cannot be read."""
    texts = [rows[position].cat for position in roles.indicators]
    every = pd.Index(
        pd.unique(np.concatenate([np.array(t.categories, dtype=object) for t in texts]))
    )
    read = read_cells(pa.array(every.tolist(), pa.string()))
    places = [every.get_indexer(t.categories)[t.codes] if len(t.codes) else t.codes for t in texts]
    each = np.stack(places, axis=1).ravel().astype("int64")
    meanings = pd.concat([read, statuses(read["symbol"], read["is_readable"])], axis=1)
    read_figures = spread(meanings[["printed", "value", "symbol", "status", "reason"]], each)
    told = _told(layout, roles, cells, meta, read)
    column_of = np.tile(np.arange(len(roles.indicators)), len(rows))
    read_figures = pd.concat([spread(told, column_of), read_figures], axis=1)
    if roles.value_name >= 0:
        read_figures["indicator"] = cleaned(rows[roles.value_name])
        read_figures["indicator_label"] = constant("", len(read_figures))
    if roles.unit >= 0:
        read_figures["unit"] = cleaned(rows[roles.unit])
    is_bad = ~read["is_readable"].to_numpy()[each]
    findings = [
        _bad_cells(rows, numbers, is_bad[place :: len(roles.indicators)], position, layout, named)
        for place, position in enumerate(roles.indicators)
    ]
    return read_figures, join_findings(findings)


def _told(
    layout: Layout, roles: Roles, cells: Cells, meta: pd.DataFrame, read: pd.DataFrame
) -> pd.DataFrame:
    """What each indicator's column is: its name, label, unit and decimals."""
    described = meta.assign(name=meta["col_name"].map(normalise)).drop_duplicates("name")
    facts = described.set_index("name").to_dict("index")
    told = []
    for position in roles.indicators:
        name = layout.header[position]
        fact = facts.get(normalise(name), {})
        given = fact.get("indicator_dp", "").removesuffix(".0")
        as_named = "%" if normalise(name).endswith(("percent", "percentage", "pct")) else ""
        told.append(
            {
                "indicator": name,
                "indicator_label": fact.get("label", ""),
                "unit": fact["indicator_unit"] if fact else as_named,
                "decimals": int(given)
                if given.isdecimal() and len(given) < 3
                else cells.counts.at[position, "decimals"],
            }
        )
    return pd.DataFrame(told)


def _bad_cells(
    rows: pd.DataFrame,
    numbers: np.ndarray,
    is_bad: np.ndarray,
    position: int,
    layout: Layout,
    named: Named,
) -> pd.DataFrame:
    bad = np.flatnonzero(is_bad)
    texts = rows[position].iloc[bad[:_SHOWN]].astype("str")
    found = [
        finding(
            named.source,
            named.file,
            row=int(numbers[place]),
            column=layout.header[position],
            letter=column_letter(position),
            found=repr(clean(text)[:_SHOWN_TEXT]),
            expected="a number, or a symbol such as c, x, z, u or low",
            action="correct the cell: until then it counts as not available",
        )
        for place, text in zip(bad, texts, strict=False)
    ]
    if len(bad) > len(found):
        found[-1]["found"] += f" and {len(bad) - len(found):,} more like it"
    return as_findings(found)


def spread(known: pd.DataFrame, group: np.ndarray) -> pd.DataFrame:
    """The known rows repeated as the group says, texts as categories."""
    spread = {}
    for column in known.columns:
        texts = known[column]
        if texts.dtype.kind in "fiMb":
            spread[column] = texts.to_numpy()[group]
        else:
            codes, distinct = pd.factorize(texts.astype("str"))
            spread[column] = pd.Categorical.from_codes(codes[group], categories=distinct)
    return pd.DataFrame(spread)


def cleaned(texts: pd.Series) -> pd.Categorical:
    """The categories without spaces around them."""
    codes, distinct = pd.factorize(
        pd.Index([clean(text) for text in texts.cat.categories], dtype="str")
    )
    return pd.Categorical.from_codes(
        codes[texts.cat.codes] if len(texts) else [], categories=distinct
    )


def constant(text: str, count: int) -> pd.Categorical:
    """The same text so many times."""
    return pd.Categorical.from_codes(
        np.zeros(count, dtype="int8"), categories=pd.Index([text], dtype="str")
    )
