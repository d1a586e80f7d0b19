"""Claims: words such as rose, stable, significant and half, against the numbers beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from lscb_analysis.ledger.arithmetic import exact, range_of_sum
from lscb_analysis.ledger.figures import range_of
from lscb_analysis.ledger.numbers import factor_claimed, share_claimed
from lscb_analysis.ledger.relations import Relation
from lscb_analysis.ledger.said import (
    DOWN,
    LEVEL,
    NOT_SIGNIFICANT,
    SIGNIFICANT,
    UP,
    direction_of,
    numbers_that_fail,
    said_of,
    text_against_itself,
)
from lscb_analysis.ledger.significance import Interval, interval_of
from lscb_analysis.ledger.told import as_findings, cell, finding, listed, number_text

CONTINUAL = re.compile(r"\b(continual\w*|continuous\w*|consistent\w*|steadily|year on year)\b")
MOST = re.compile(r"\b(majority|most of)\b")
OTHER = re.compile(r"\b(low|high|improv\w*|worse\w*|doubled|halved|trebled)\b")
_ANY = (UP, DOWN, LEVEL, SIGNIFICANT, CONTINUAL, MOST, OTHER)
_FEW = 10
_STEADY = Fraction(1, 10)


def claims_against_numbers(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Words of change that the two numbers behind them, or their interval, do not bear out.

    The words are those of the figure's own text, label and `words`; the numbers those of a
    claim or a change that names them. The interval (95 %) is that of the ratio of two counts, or
    of the difference of two percentages whose bases are printed; a stock has none, since it is
    no count of events.
    """
    rows = []
    for name, pairs in _pairs(relations).items():
        if name in figures.index:
            rows += _claim(figures, name, pairs, relations)
    return as_findings(rows)


def shares_claimed(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Shares in words (`just under half`, `the majority`) that the counts do not make."""
    rows = []
    for relation in relations:
        if relation.kind not in ("part", "percentage") or relation.figure not in figures.index:
            continue
        said = _said(figures, relation.figure)
        claimed = share_claimed(said)
        if MOST.search(said):
            claimed = (Fraction(1, 2), Fraction(1))
        made = _share(figures, relation)
        if claimed and made and (made[0] > claimed[1] or made[1] < claimed[0]):
            rows.append(
                finding(
                    figures,
                    "claim",
                    relation.ids,
                    found=f"{said.strip()} ({relation.figure}): the counts make {_range(made)}",
                    expected=_range(claimed),
                    action="correct the words, the number or what it is a share of",
                )
            )
    return as_findings(rows)


def claims_without_numbers(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """One finding for all claims in words that have no two numbers to test them by."""
    tested = {
        name
        for name in _pairs(relations)
        if name in figures.index and _is_testable(_said(figures, name).casefold())
    }
    names = [
        str(name)
        for name, row in figures.iterrows()
        if name not in tested and row["number"] is None and is_claim(str(row["text"]), row)
    ]
    if not names:
        return as_findings()
    told = "; ".join(f"{cell(figures, name, 'text')} ({name})" for name in names)
    return as_findings(
        [
            finding(
                figures,
                "claim without numbers",
                names,
                found=told,
                expected="two numbers and an interval behind each claim",
                action="print the numbers, or leave the claim out",
                severity="note",
            )
        ]
    )


def _is_testable(said: str) -> bool:
    return any(found.search(said) for found in (UP, DOWN, LEVEL, SIGNIFICANT, CONTINUAL))


def is_claim(text: str, row: pd.Series) -> bool:
    """Whether a row is a claim in words: its unit says so, or its text has such a word."""
    return row["unit"] == "claim" or any(found.search(text.casefold()) for found in _ANY)


def _pairs(relations: Sequence[Relation]) -> dict[str, list[Relation]]:
    """The relations that set an older beside a newer number, by the figure that speaks of them."""
    found: dict[str, list[Relation]] = {}
    for each in relations:
        if each.kind in ("claim", "change"):
            found.setdefault(each.figure, []).append(each)
    return found


def sentences_against_themselves(figures: pd.DataFrame) -> pd.DataFrame:
    """Sentences whose own numbers (`rose from 310 to 298`) do not bear out their words."""
    rows = []
    for name, row in figures.iterrows():
        for said in filter(None, (str(row["words"]), str(row["text"]))):
            wrong = text_against_itself(said)
            if wrong:
                rows.append(
                    finding(
                        figures,
                        "claim",
                        [str(name)],
                        found=f"{said} ({name}): {listed(wrong)}",
                        expected="a sentence that its own numbers bear out",
                        action="correct the words or the numbers",
                    )
                )
    return as_findings(rows)


def _claim(
    figures: pd.DataFrame,
    name: str,
    pairs: Sequence[Relation],
    relations: Sequence[Relation],
) -> list[dict[str, str]]:
    rows = []
    for pair in pairs:
        said = _said_of_pair(figures, pair)
        newer, older = exact(figures, pair.terms), exact(figures, pair.base)
        if newer is None or older is None:
            continue
        for severity, found, expected in _faults(figures, pair, said, newer, older, relations):
            rows.append(
                finding(
                    figures,
                    "claim",
                    pair.ids,
                    found=f"{_words(said)} ({name}): {number_text(older)} to "
                    f"{number_text(newer)}{found}",
                    expected=expected,
                    action="say what the numbers bear out, with the interval",
                    severity=severity,
                )
            )
    return rows


def _faults(
    figures: pd.DataFrame,
    pair: Relation,
    said: str,
    newer: Fraction,
    older: Fraction,
    relations: Sequence[Relation],
) -> list[tuple[str, str, str]]:
    """What is wrong with the words: severity, what was found, what was expected."""
    faults = []
    way = direction_of(said)
    if way and (newer - older) * way < 0:
        faults.append(("warning", "", "the direction that the numbers have"))
    factor = factor_claimed(said)
    if factor and older and not factor[0] <= newer / older <= factor[1]:
        made = number_text(newer / older, 2)
        faults.append(("warning", f", {made} times", "the multiple that the numbers make"))
    if CONTINUAL.search(said):
        faults.append(("note", ", two points", "three points or more for a lasting direction"))
    for wrong in _numbers_that_fail(figures, pair, said):
        faults.append(("warning", f"; {wrong}", "the numbers that the figures make"))
    return faults + _interval_faults(figures, pair, said, newer, older, relations)


def _numbers_that_fail(figures: pd.DataFrame, pair: Relation, said: str) -> list[str]:
    """The numbers in a sentence that its two figures do not make."""
    newer, older = range_of_sum(figures, pair.terms), range_of_sum(figures, pair.base)
    if newer is None or older is None or not pair.ids[1:]:
        return []
    if range_of(figures, pair.figure) is not None and not _is_own(pair):
        return []
    return numbers_that_fail(said, newer, older, str(cell(figures, pair.ids[-1], "quantity")))


def _interval_faults(
    figures: pd.DataFrame,
    pair: Relation,
    said: str,
    newer: Fraction,
    older: Fraction,
    relations: Sequence[Relation],
) -> list[tuple[str, str, str]]:
    quantity = str(cell(figures, pair.ids[-1], "quantity"))
    is_count = quantity == "count"
    if LEVEL.search(said) and is_count and min(newer, older) < _FEW and newer != older:
        return [("note", "", "no word on so few: neither a level nor a change can be told")]
    if LEVEL.search(said) and not direction_of(said) and older and abs(newer / older - 1) > _STEADY:
        change = f"{float(newer / older - 1):+.0%}"
        return [("warning", f", {change}", "numbers that are nearly the same")]
    is_significant = SIGNIFICANT.search(said) and not NOT_SIGNIFICANT.search(said)
    if not is_significant and not (direction_of(said) and is_count):
        return []
    interval = interval_of(figures, pair, relations)
    if not isinstance(interval, Interval):
        return (
            [("note", "", f"an interval for 'significant'; {interval}")] if is_significant else []
        )
    if not interval.takes_in_none:
        return []
    told, none = f", {interval.told()}", f"{interval.none:.0f}"
    if is_significant:
        return [("warning", told, f"an interval that leaves out {none}, for 'significant'")]
    return [("note", told, f"no clear difference: the interval takes in {none}")]


def _is_own(pair: Relation) -> bool:
    """Whether words are said of the newer figure itself."""
    return pair.kind == "claim" and any(pair.figure in factors for _, factors in pair.terms)


def _said_of_pair(figures: pd.DataFrame, pair: Relation) -> str:
    if _is_own(pair):
        return said_of(figures.loc[pair.figure])
    return _said(figures, pair.figure).casefold()


def _said(figures: pd.DataFrame, name: str) -> str:
    row = figures.loc[name]
    said = [str(row["text"]), str(row["words"])]
    if row["unit"] != "claim":
        said.append(str(row["label"]))
    return " ".join(filter(None, said))


def _words(said: str) -> str:
    found = [each.group(0) for pattern in _ANY for each in pattern.finditer(said)]
    return listed(dict.fromkeys(found)) or said


def _share(
    figures: pd.DataFrame, relation: Relation
) -> tuple[Fraction | float, Fraction | float] | None:
    terms = relation.terms or ((1, (relation.figure,)),)
    above, below = range_of_sum(figures, terms), range_of_sum(figures, relation.base)
    if above is None or below is None or below[0] <= 0:
        return None
    return above[0] / below[1], above[1] / below[0]


def _range(found: tuple[Fraction | float, Fraction | float]) -> str:
    low, high = (number_text(100 * each, 1) for each in found)
    return f"{low}%" if low == high else f"{low}% to {high}%"
