"""Claims: words such as rose, stable, significant and half, against the numbers beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from lscb_analysis.ledger.arithmetic import exact, range_of_sum
from lscb_analysis.ledger.figures import span_of
from lscb_analysis.ledger.numbers import factor_claimed, share_claimed
from lscb_analysis.ledger.relations import Relation
from lscb_analysis.ledger.told import as_findings, cell, finding, listed, number_text
from lscb_analysis.statistics.intervals import rate_ratio

UP = re.compile(r"\b(increas\w*|rise|rises|rising|risen|rose|grew|grown|growth|up|higher|more)\b")
DOWN = re.compile(
    r"\b(decreas\w*|reduc\w*|fall|falls|falling|fallen|fell|declin\w*|drop\w*|down|lower|fewer)\b"
)
LEVEL = re.compile(r"\b(stable|unchanged|similar|steady|no change|level|constant)\b")
SIGNIFICANT = re.compile(r"\bsignifican\w*")
CONTINUAL = re.compile(r"\b(continual\w*|continuous\w*|consistent\w*|steadily|year on year)\b")
MOST = re.compile(r"\b(majority|most of)\b")
OTHER = re.compile(r"\b(low|high|improv\w*|worse\w*|doubled|halved|trebled)\b")
_ANY = (UP, DOWN, LEVEL, SIGNIFICANT, CONTINUAL, MOST, OTHER)
_FEW = 10
_STEADY = Fraction(1, 10)


def claims_against_numbers(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Words of change that the two numbers behind them, or their interval, do not bear out.

    The words are those of the figure's own text, label and `words`; the numbers those of a
    claim or a change that names them. The interval is that of the ratio of two counts (exact,
    95 %); a stock has none, since it is no count of events.
    """
    rows = []
    for name, pairs in _pairs(relations).items():
        if name in figures.index:
            rows += _claim(figures, name, pairs)
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


def _claim(figures: pd.DataFrame, name: str, pairs: Sequence[Relation]) -> list[dict[str, str]]:
    said = _said(figures, name).casefold()
    rows = []
    for pair in pairs:
        newer, older = exact(figures, pair.terms), exact(figures, pair.base)
        if newer is None or older is None:
            continue
        for severity, found, expected in _faults(figures, pair, said, newer, older):
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
    figures: pd.DataFrame, pair: Relation, said: str, newer: Fraction, older: Fraction
) -> list[tuple[str, str, str]]:
    """What is wrong with the words: severity, what was found, what was expected."""
    faults = []
    is_up, is_down = bool(UP.search(said)), bool(DOWN.search(said))
    if is_up != is_down and ((is_up and newer < older) or (is_down and newer > older)):
        faults.append(("warning", "", "the direction that the numbers have"))
    factor = factor_claimed(said)
    if factor and older and not factor[0] <= newer / older <= factor[1]:
        made = number_text(newer / older, 2)
        faults.append(("warning", f", {made} times", "the multiple that the numbers make"))
    if CONTINUAL.search(said):
        faults.append(("note", ", two points", "three points or more for a lasting direction"))
    return faults + _interval_faults(figures, pair, said, newer, older, is_up or is_down)


def _interval_faults(
    figures: pd.DataFrame,
    pair: Relation,
    said: str,
    newer: Fraction,
    older: Fraction,
    has_direction: bool,
) -> list[tuple[str, str, str]]:
    if LEVEL.search(said) and min(newer, older) < _FEW and newer != older:
        return [("note", "", "no word on so few: neither a level nor a change can be told")]
    if LEVEL.search(said) and older and abs(newer / older - 1) > _STEADY:
        change = f"{float(newer / older - 1):+.0%}"
        return [("warning", f", {change}", "numbers that are nearly the same")]
    interval = _interval(figures, pair, newer, older)
    if interval is None or not (has_direction or SIGNIFICANT.search(said)):
        return []
    if not interval[0] <= 1 <= interval[1]:
        return []
    told = f", a ratio with a 95% interval of {interval[0]:.2f} to {interval[1]:.2f}"
    if SIGNIFICANT.search(said):
        return [("warning", told, "an interval that leaves out 1, for 'significant'")]
    return [("note", told, "no clear difference: the interval takes in 1")]


def _interval(
    figures: pd.DataFrame, pair: Relation, newer: Fraction, older: Fraction
) -> tuple[float, float] | None:
    """The interval of the ratio of two counts of events; None for anything else."""
    for name in [*_factors(pair)]:
        is_count = cell(figures, name, "quantity") == "count"
        if not is_count or span_of(figures, name).kind in ("date", "missing", "unread"):
            return None
    _, low, high = rate_ratio([float(newer)], [1.0], [float(older)], [1.0])
    return float(low[0]), float(high[0])


def _factors(pair: Relation) -> list[str]:
    return [name for name in pair.ids if name != pair.figure]


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
