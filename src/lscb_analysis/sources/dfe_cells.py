"""Cells of official statistics: a number, or a symbol that says why there is none."""

from __future__ import annotations

import functools
import math
import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lscb_analysis.sources.published_values import SYMBOL_MEANINGS

BLANK = "blank"
_ROUNDED = ("unavailable", "above zero, but zero once rounded")
_UNSAID = ("unavailable", "not available or not applicable: the source does not say which")
SYMBOLS = SYMBOL_MEANINGS | {
    "~": _ROUNDED,
    "*": ("suppressed", "withheld by the publisher to protect confidentiality"),
    "na": _UNSAID,
    "n/a": _UNSAID,
    "nan": _UNSAID,
    "null": _UNSAID,
    BLANK: ("unavailable", "left blank by the publisher"),
}
# Shorthand of the Government Statistical Service that stands beside a number, not for it.
NOTES = {
    "p": ("published", "provisional"),
    "r": ("published", "revised"),
    "e": ("published", "estimated"),
    "f": ("published", "forecast"),
    "b": ("published", "a break in the series"),
    "u": SYMBOL_MEANINGS["u"],
}
UNREADABLE = ("unavailable", "neither a number nor a symbol that is known")
_PLAIN = r"^-?[0-9]+(\.[0-9]+)?$"
_ODD = re.compile(
    r"(?P<pound>£?)(?P<number>[+-]?(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)?(?P<point>\.[0-9]*)?"
    r"(?P<power>e[+-]?[0-9]{1,3})?) ?(?P<percent>%?) ?(?:\[?(?P<note>[a-z])\]?)?"
)
_DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "…": "..", "\xa0": " "})
_INVISIBLE = "\ufeff\u200b\u200e\u200f\0"
_COLUMNS = ("printed", "value", "symbol", "unit", "decimals", "is_readable")


def read_cells(texts: pa.Array) -> pd.DataFrame:
    """What each text says: one row is one text, in the order given.

    Columns: `printed` (the text without spaces around it), `value` (float, missing where
    there is no number), `symbol` (`""` for a plain number, `blank` for no text, else the
    symbol in lower case without brackets), `unit` (`%` or `£` where the cell has it),
    `decimals` (how many are printed, 0 where there is no number) and `is_readable`
    (whether it is a number, a known symbol or blank). Nothing is ever raised for a text.

    >>> cells = read_cells(pa.array(["1,234.50", "[c]", "", "12 (est)"]))
    >>> cells[["value", "symbol", "decimals", "is_readable"]].values.tolist()
    [[1234.5, '', 2, True], [nan, 'c', 0, True], [nan, 'blank', 0, True], [nan, '', 0, False]]
    """
    is_plain = pc.match_substring_regex(texts, _PLAIN).to_numpy(zero_copy_only=False)
    values = np.full(len(texts), np.nan)
    decimals = np.zeros(len(texts), dtype="int16")
    plain = texts.filter(pa.array(is_plain))
    values[is_plain] = plain.cast(pa.float64()).to_numpy()
    point = pc.find_substring(plain, ".").to_numpy()
    length = pc.utf8_length(plain).to_numpy()
    decimals[is_plain] = np.where(point >= 0, length - point - 1, 0)
    printed = texts.to_numpy(zero_copy_only=False).astype(object)
    symbols = np.full(len(texts), "", dtype=object)
    units = symbols.copy()
    is_readable = is_plain | False
    for position in np.flatnonzero(~is_plain):
        read = _read_odd(printed[position])
        printed[position], values[position], symbols[position] = read[:3]
        units[position], decimals[position], is_readable[position] = read[3:]
    is_readable &= ~np.isinf(values)
    values[np.isinf(values)] = np.nan
    columns = (printed, values, symbols, units, decimals, is_readable)
    return pd.DataFrame(dict(zip(_COLUMNS, columns, strict=True)))


def statuses(symbols: pd.Series, is_readable: pd.Series) -> pd.DataFrame:
    """The status (of the values table) and the reason in words for each symbol."""
    meanings = [_meaning(symbol, known) for symbol, known in zip(symbols, is_readable, strict=True)]
    return pd.DataFrame(meanings, index=symbols.index, columns=["status", "reason"])


def count_cells(cells: pd.DataFrame, times: np.ndarray) -> dict[str, int]:
    """How many cells are numbers, symbols, something else or blank, each text so many times."""
    blank = cells["symbol"].eq(BLANK)
    number, readable = cells["value"].notna(), cells["is_readable"]
    kinds = {
        "number": number,
        "symbol": readable & ~number & ~blank,
        "other": ~readable,
        "blank": blank,
    }
    counted = {kind: int(times[is_kind.to_numpy()].sum()) for kind, is_kind in kinds.items()}
    return counted | {"decimals": int(cells["decimals"].max()) if len(cells) else 0}


def clean(text: str) -> str:
    """The text without spaces, no-break spaces and invisible marks around it.

    >>> clean("\\ufeff Leicester\\xa0")
    'Leicester'
    """
    return text.strip().strip(_INVISIBLE).strip()


def _meaning(symbol: str, is_readable: bool) -> tuple[str, str]:
    if not is_readable:
        return UNREADABLE
    return (SYMBOLS | NOTES)[symbol] if symbol else ("published", "")


@functools.lru_cache(maxsize=200_000)
def _read_odd(text: str) -> tuple[str, float, str, str, int, bool]:
    printed = clean(text)
    nothing = float("nan")
    if not printed:
        return printed, nothing, BLANK, "", 0, True
    plain = printed.translate(_DASHES).casefold()
    symbol = plain.strip("[]()")
    if symbol in SYMBOLS and symbol != BLANK:
        return printed, nothing, symbol, "", 0, True
    found = _ODD.fullmatch(plain)
    value = _number(found["number"]) if found else nothing
    note = (found["note"] or "") if found else ""
    if found is None or not math.isfinite(value) or (note and note not in NOTES):
        return printed, nothing, "", "", 0, False
    decimals = len(found["point"] or ".") - 1 if not found["power"] else 0
    unit = found["percent"] or found["pound"]
    return printed, value, note, unit, decimals, True


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "").replace(" ", ""))
    except ValueError:
        return float("nan")
