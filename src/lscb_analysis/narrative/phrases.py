"""The parts that sentences are made of: a figure with its unit, a period, a list, a title."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.printed import (
    is_percentage,
    missing_words,
    number_text,
    plain_number,
    unit_label,
)
from lscb_analysis.values import SYMBOLS

_PERIOD_WORDS = {
    "date": "at {}",
    "quarter": "in {}",
    "month": "in {}",
    "financial_year": "in {}",
    "calendar_year": "in {}",
    "rolling_year": "in the {}",
    "pooled": "in {}, taken together",
}
# titles that begin with a name keep their capital inside a sentence
_NAMES = ("Marac", "Encompass", "Insights", "Operation")


def number_phrase(row: pd.Series, indicator: Indicator) -> str:
    """One figure with its unit, as it stands in a sentence.

    `408 children`, `1 child`, `no children`, `16.4%`, `46.4 per 10,000 children`, `95% or
    more`, or why there is none: `a figure withheld to protect children`. What is provisional
    or revised says so.
    """
    text = number_text(row, indicator)
    if text in SYMBOLS.values():
        return missing_words(row)
    marks = []
    if bool(row.get("is_provisional", False)):
        marks.append("provisional")
    if pd.notna(row.get("revised_from")):
        before = row.to_dict() | {"value": row["revised_from"]}
        marks.append(f"revised from {number_text(pd.Series(before), indicator)}")
    told = f" ({'; '.join(marks)})" if marks else ""
    return _with_unit(text, indicator) + told


def when(period_type: str, period: str) -> str:
    """The period as it stands in a sentence: `at 31 March 2017`, `in 2016-17 Q4`.

    >>> when("rolling_year", "12 months to 2016-17 Q4")
    'in the 12 months to 2016-17 Q4'
    """
    return _PERIOD_WORDS[period_type].format(period)


def when_row(row: pd.Series) -> str:
    """The period of one values row as it stands in a sentence."""
    return when(str(row["period_type"]), str(row["period"]))


def listed(items: Sequence[str]) -> str:
    """Items as a list in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([*([", ".join(items[:-1])] if len(items) > 1 else []), *items[-1:]])


def in_sentence(title: str) -> str:
    """A title as it stands inside a sentence, small unless it begins with a name.

    >>> in_sentence("Referrals"), in_sentence("Marac cases")
    ('referrals', 'Marac cases')
    """
    return title if title.startswith(_NAMES) else title[:1].lower() + title[1:]


def titled(row: pd.Series, indicator: Indicator) -> str:
    """The indicator's title; of what is measured for the panel's areas together, with their name.

    >>> from lscb_analysis.catalogue import indicators
    >>> titled(pd.Series({"area": "Mereford and Rushland"}), indicators()["deaths_occurred"])
    'Child deaths (Mereford and Rushland)'
    """
    is_wider = indicator.geography == "panel" and bool(row["area"])
    return f"{indicator.title} ({row['area']})" if is_wider else indicator.title


def gap_text(gap: float, indicator: Indicator, decimals: int | None = None) -> str:
    """The size of a difference with its unit: `121`, `3.5 percentage points`, `15.4`."""
    number = plain_number(abs(gap), indicator, decimals)
    if not is_percentage(indicator):
        return number
    return f"{number} percentage point{'' if number == '1' else 's'}"


def gap_words(gap: float, indicator: Indicator, decimals: int | None = None) -> str:
    """A difference in words that `than` can follow: `121 fewer`, `3.5 percentage points lower`."""
    pairs = {"count": ("more", "fewer"), "stock": ("more", "fewer"), "duration": ("more", "less")}
    more, less = pairs.get(indicator.measure, ("higher", "lower"))
    return f"{gap_text(gap, indicator, decimals)} {more if gap > 0 else less}"


def _with_unit(text: str, indicator: Indicator) -> str:
    unit = unit_label(indicator)
    if is_percentage(indicator) or not unit:
        return text
    if indicator.measure != "rate":
        if text == "0":
            return f"no {unit}"
        if text == "1":
            return f"1 {_singular(unit)}"
    return f"{text} {unit}"


def _singular(unit: str) -> str:
    """The unit of one: its noun, which stands before any `of`, without its plural ending."""
    noun, of, rest = unit.partition(" of ")
    for plural, single in (("children", "child"), ("women", "woman"), ("ies", "y"), ("s", "")):
        if noun.endswith(plural):
            return noun.removesuffix(plural) + single + of + rest
    return unit
