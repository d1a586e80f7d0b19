"""Figures checked against their parts: percentages, and counts that must be whole."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.findings import join_findings
from lscb_analysis.sources.board_tables import Result, flagged
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.raw_tables import RawTable

TOLERANCE = 0.5  # a percentage may be printed without decimals
_OUT = "until then the row is left out"


def as_shares(rows: pd.DataFrame, table: RawTable, layout: Layout) -> Result:
    """The rows of proportions, their `value` in % and made from the parts where both are given.

    Left out, each with a finding: a part larger than the whole, a percentage over 100, one
    under 1 without parts (it may be a share of 1), and a row with a single part only.
    """
    above, below = rows["numerator"].astype("Float64"), rows["denominator"].astype("Float64")
    has_parts = above.notna() & below.notna()
    value = rows["value"]
    single = ~has_parts & (above.notna() | below.notna()) & value.isna()
    larger = has_parts & above.gt(below)
    over = ~has_parts & value.gt(100)
    fraction = ~has_parts & value.gt(0) & value.lt(1)
    made = (100 * above / below.mask(below.eq(0))).astype("float64")
    differs = has_parts & ~larger & value.sub(made).abs().gt(TOLERANCE)
    alone = ~has_parts & value.notna() & ~over & ~fraction
    wrong = larger | over | fraction | single | (~has_parts & value.isna())

    def told(
        which: pd.Series, column: str, found: str, expected: str, **words: str
    ) -> pd.DataFrame:
        action = words.pop("action", f"correct it; {_OUT}")
        return flagged(
            rows, which, table, layout, column=column, found=found, expected=expected,
            action=action, **words,
        )  # fmt: skip

    findings = [
        told(larger, "numerator", "a numerator larger than its denominator", "at most the same"),
        told(over, "value", "a percentage over 100", "from 0 to 100"),
        told(
            fraction,
            "value",
            "a percentage under 1 without its parts: it may be a share of 1",
            "a percentage such as 45.2, or its numerator and denominator",
            action=f"give the numerator and denominator; {_OUT}",
        ),
        told(
            single,
            "numerator",
            "one part of a proportion without the other",
            "both the numerator and the denominator",
            action=f"fill in the other; {_OUT}",
        ),
        told(
            differs,
            "value",
            "a percentage that its numerator and denominator do not give",
            "100 × numerator ÷ denominator",
            action="correct what is wrong; until then the numerator and denominator are used",
        ),
        told(
            alone,
            "value",
            "a percentage without its numerator and denominator",
            "both parts, so that it can be checked and protected",
            action="give both; the percentage is used as it is",
            severity="note",
        ),
    ]
    shares = rows.assign(value=made.where(has_parts.astype(bool), value))
    return shares[~wrong.fillna(True).astype(bool)], join_findings(findings)


def as_wholes(rows: pd.DataFrame, table: RawTable, layout: Layout) -> Result:
    """The rows of counts and stocks: `value` whole, and in `numerator` too; no denominator.

    Left out, each with a finding: a number that is not whole, and two numbers that differ.
    """
    value = rows["value"].fillna(rows["numerator"].astype("Float64").astype("float64"))
    broken = value.notna() & value.mod(1).ne(0)
    two = rows["numerator"].notna() & rows["numerator"].astype("Float64").ne(value).fillna(False)
    findings = [
        flagged(
            rows,
            broken,
            table,
            layout,
            column="value",
            found="a number that is not whole",
            expected="a whole number: this figure is a count",
            action=f"correct it; {_OUT}",
        ),
        flagged(
            rows,
            two & ~broken,
            table,
            layout,
            column="value",
            found="two different numbers for one count",
            expected="the count in the column for values only",
            action=f"leave the numerator out; {_OUT}",
        ),
    ]
    wrong = broken | two.astype(bool) | value.isna()
    kept = rows.assign(value=value)[~wrong]
    numbers = kept["value"].astype("Int64")
    nothing = pd.Series(pd.NA, index=kept.index, dtype="Int64")
    return kept.assign(numerator=numbers, denominator=nothing), join_findings(findings)
