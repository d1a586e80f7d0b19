"""Commentary: its references filled from released values, its bare numbers refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from lscb_analysis.catalogue import Indicator, indicators
from lscb_analysis.printed import is_shown, missing_words, number_text
from lscb_analysis.values import SYMBOLS, TOTAL

_REFERENCE = re.compile(r"\{([^{}:]*):([^{}]*)\}")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# what a number may be other than a figure: a date, a year, a quarter, an age, a named section
_PERIODS = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: and \d{{1,2}}| to \d{{1,2}})? (?:{_MONTHS})(?: \d{{4}})?\b"
    rf"|\b(?:{_MONTHS})(?: \d{{4}})?\b"
    r"|\b12 months to \d{4}-\d{2}(?: Q[1-4])?\b"
    r"|\b(?:19|20)\d{2}[-/–]\d{2}(?:\d{2})?(?:[ -]Q[1-4])?\b"
    r"|\b(?i:in|since|during|until|before|after|year) (?:19|20)\d{2}\b(?![-/–,]\d)"
    r"|\bQ[1-4]\b"
    r"|\b(?i:aged|ages|age) \d{1,2}(?:(?: to |-|–| and )\d{1,2})?\b"
    r"|\b[Ss]ections? \d{1,3}\b"
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def fill_references(
    text: str,
    values: pd.DataFrame,
    area_code: str,
    *,
    known: Mapping[str, Indicator] | None = None,
) -> tuple[str, list[str]]:
    """The text with every `{indicator:period}` filled, and what is wrong with it.

    References are filled from the area's released headline figures; a withheld one reads
    `[a figure withheld to protect children]`. A reference that names no released figure is a
    problem, and so is a bare number that is neither part of a date, period, age or named
    section nor one of the area's released figures, written exactly as it is printed.
    Problems name the place and kind, never the number or the words around it. **Where there
    is any, the text must not be shown.** `known` are the indicators, by default the catalogue.
    """
    known = indicators() if known is None else known
    released = values[(values["area_code"] == area_code) & values["is_current"]]
    problems: list[str] = []
    filled, checked, end = [], [], 0
    for number, match in enumerate(_REFERENCE.finditer(text), start=1):
        found, problem = _fill(match[1].strip(), match[2].strip(), number, released, known)
        problems += [problem] if problem else []
        between = text[end : match.start()]
        filled += [between, found]
        # the reference keeps its place in the count of words, and is no number to be checked
        checked += [between, "reference"]
        end = match.end()
    filled.append(text[end:])
    checked.append(text[end:])
    return "".join(filled), problems + _bare_numbers("".join(checked), released, known)


def _fill(
    indicator: str,
    period: str,
    number: int,
    released: pd.DataFrame,
    known: Mapping[str, Indicator],
) -> tuple[str, str]:
    if indicator not in known:
        return "", f"reference {number} names an indicator that the catalogue does not have"
    rows = released[
        (released["indicator"] == indicator)
        & (released["period"] == period)
        & (released["breakdown_topic"] == TOTAL)
    ]
    if rows.empty:
        return "", f"reference {number} names a period for which no figure is released"
    row = rows.iloc[0]
    text = number_text(row, known[indicator])
    return (f"[{missing_words(row)}]" if text in SYMBOLS.values() else text), ""


def _bare_numbers(text: str, released: pd.DataFrame, known: Mapping[str, Indicator]) -> list[str]:
    rest = _PERIODS.sub(lambda match: re.sub(r"\d", "-", match[0]), text)
    problems = []
    allowed = _released_texts(released, known) if _NUMBER.search(rest) else set()
    for match in _NUMBER.finditer(rest):
        after = rest[match.end() : match.end() + 2].lstrip()
        if match[0] + ("%" if after.startswith("%") else "") not in allowed:
            word = len(rest[: match.start()].split()) + (not _splits_word(rest, match.start()))
            problems.append(f"word {word} has a number that is not a released figure of the area")
    return problems + (["a brace that belongs to no reference"] if set("{}") & set(text) else [])


def _splits_word(text: str, start: int) -> bool:
    return start > 0 and not text[start - 1].isspace()


def _released_texts(released: pd.DataFrame, known: Mapping[str, Indicator]) -> set[str]:
    shown: Any = released[is_shown(released) & released["indicator"].isin(list(known))]
    texts: set[str] = set()
    for name, rows in shown.groupby("indicator"):
        texts |= set(number_text(rows, known[str(name)]))
    return texts
