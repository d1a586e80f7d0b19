"""Figures of the history workbook: values beside their parts, and those that there are none of."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.catalogue.indicators import indicators
from lscb_analysis.findings import join_findings
from lscb_analysis.sources.board_tables import Result
from lscb_analysis.sources.history_places import Sheet
from lscb_analysis.values import SYMBOLS

TOLERANCE = 0.5  # a percentage or a rate may be printed without decimals
_OUT = "until then the row is left out"
_PERCENTAGES = ("proportion", "share")


def figures_checked(rows: pd.DataFrame, sheet: Sheet) -> Result:
    """The rows with `value`, `status` and `symbol`, made from their parts where they have both.

    A count is its own numerator. Left out, each with a finding: what is impossible, what
    has no figure and no reason, and a percentage under 1 without its parts.
    """
    entries = rows["indicator"].map(indicators())
    measure = entries.map(lambda item: item.measure).astype("str")
    scale = entries.map(lambda item: item.scale or 100).astype("float64")
    is_percentage, is_rate = measure.isin(_PERCENTAGES), measure.eq("rate")
    is_count = measure.isin(["count", "stock"])
    above = rows["numerator"].astype("Float64").astype("float64")
    below = rows["denominator"].astype("Float64").astype("float64")
    has_parts = above.notna() & below.notna() & (is_percentage | is_rate)
    value = rows["value"].where(rows["value"].notna() | ~is_count, above)
    withheld = rows["status"].ne("")
    made = scale * above / below.mask(below.eq(0))
    larger = is_percentage & has_parts & above.gt(below)
    over = is_percentage & value.gt(100)
    small = is_percentage & ~has_parts & value.gt(0) & value.lt(1) & ~_has_sign(rows["cell"])
    broken = is_count & value.notna() & value.mod(1).ne(0)
    two = is_count & above.notna() & value.notna() & above.ne(value) & ~broken
    nothing = value.isna() & ~has_parts & ~withheld
    both = withheld & has_parts
    differs = has_parts & ~larger & ~over & (value - made).abs().gt(TOLERANCE)
    wrong = larger | over | small | broken | two | nothing
    told = [
        sheet.told(rows, which, column=column, found=found, expected=expected, action=action)
        for which, column, found, expected, action in (
            (
                larger,
                "numerator",
                "a numerator larger than its denominator",
                "at most the same",
                f"correct it; {_OUT}",
            ),
            (over, "value", "a percentage over 100", "from 0 to 100", f"correct it; {_OUT}"),
            (
                small,
                "value",
                "a percentage under 1 without its parts: it may be a share of 1",
                "a percentage such as 45.2 or 0.4%, or its numerator and denominator",
                f"give the parts, or the sign; {_OUT}",
            ),
            (
                broken,
                "value",
                "a number that is not whole",
                "a whole number: the indicator is a count",
                f"correct it; {_OUT}",
            ),
            (
                two,
                "value",
                "two different numbers for one count",
                "the count as the value only",
                f"leave the numerator out; {_OUT}",
            ),
            (
                nothing & rows["cell"].isna(),
                "value",
                "no figure",
                "a number, or c, x, z or u for why there is none",
                f"fill it in; {_OUT}",
            ),
            (
                differs,
                "value",
                "a value that its numerator and denominator do not give",
                "the numerator over the denominator, in the indicator's unit",
                "correct what is wrong; until then the numerator and denominator are used",
            ),
            (
                both,
                "value",
                "a figure that is withheld, beside the numbers that it is made from",
                "one or the other",
                "take the numbers out if it is to stay withheld; until then nothing is shown",
            ),
        )
    ]
    shown = value.where(~has_parts, made).mask(withheld)
    zero = has_parts & made.isna()
    status = rows["status"].mask(~withheld, "unchecked").mask(zero & ~withheld, "not_applicable")
    letters = status.map({name: mark.strip("[]") for name, mark in SYMBOLS.items()}).fillna("")
    kept = rows.assign(
        numerator=above.where(~is_count, shown).mask(withheld),
        denominator=below.where(~is_count).mask(withheld),
        value=shown,
        status=status,
        symbol=letters,
    )
    return kept[~wrong], join_findings(told)


def _has_sign(cells: pd.Series) -> pd.Series:
    return cells.map(lambda cell: isinstance(cell, str) and "%" in cell).astype(bool)
