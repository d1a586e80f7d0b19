"""Guessing: changes and claims, with the figures of one name that follow each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pandas as pd

from lscb_analysis.ledger.arithmetic import holds
from lscb_analysis.ledger.figures import span_of
from lscb_analysis.ledger.names import label_words, name_words, where_or_when, words_of
from lscb_analysis.ledger.relations import Relation, term
from lscb_analysis.ledger.said import ELSEWHERE, has_direction, is_borne_out, said_of
from lscb_analysis.ledger.told import cell
from lscb_analysis.ledger.units import word_set

_CHANGE = word_set(
    "change increase decrease reduction rise fall growth drop increased decreased rose fell up "
    "down reduced difference"
)
_SPARE = word_set("percentage percent net overall annual on over since by compared point")
_ELSEWHERE = re.compile(r"\b(\d{4}|national\w*|neighbours?|average|proportions?|rates?)\b")
_RATE = re.compile(r"\brates?\b|\bper [\d,]+")
_MEASURED = ("count", "money", "rate", "percent", "measure")
_CHANGED = ("count", "money")
_DATED = ("date", "month", "quarter", "year", "span")
Pair = tuple[frozenset[str], str, str]


def guessed_changes(figures: pd.DataFrame) -> list[Relation]:
    """Changes, in percent or in numbers, with the older and the newer value of their name.

    The pair of exactly its name, that ends with its period where several do; else a pair that
    shares a word with it and makes the change; else the pair of the two lines above it.
    """
    series, of_rates = series_of(figures, _CHANGED), series_of(figures, ("rate",))
    found = []
    measured = figures["quantity"].isin(["percent", "count", "money"]) & figures["number"].notna()
    for name in figures.index[measured]:
        words = name_words(figures, str(name)) | label_words(figures, str(name))
        if not words & _CHANGE:
            continue
        is_of_rate = bool(_RATE.search(str(cell(figures, name, "label")).casefold()))
        pair = _pair_of_change(figures, str(name), of_rates if is_of_rate else series)
        if pair:
            found.append(pair)
    return found


def guessed_claims(figures: pd.DataFrame) -> list[Relation]:
    """Claims in words with the older and the newer value of a thing that they name."""
    series = series_of(figures)
    found = []
    for name, row in figures[figures["unit"].eq("claim")].iterrows():
        said = str(row["text"]).casefold()
        words = words_of(said) | name_words(figures, str(name))
        if _ELSEWHERE.search(said):
            continue
        for known, older, newer in series:
            first = sorted(known)[:1] if len(known) == 1 else [_head(figures, newer)]
            if set(first) & words:
                found.append(Relation("claim", str(name), (term(newer),), (term(older),), True))
    return found


def claims_of_own(figures: pd.DataFrame) -> list[Relation]:
    """Words said of a figure itself, with the figure of its name that came before it.

    Of a quarter either the one before or that of a year before may be meant: the one that
    bears the words out, if either does.
    """
    said = figures[figures["words"].map(lambda text: bool(has_direction(str(text))))]
    if said.empty:
        return []
    before = _before(series_of(figures, _MEASURED))
    found = []
    for name, row in said.iterrows():
        text = said_of(row)
        if ELSEWHERE.search(text) or str(name) not in before:
            continue
        older = _meant(figures, str(name), text, before)
        numbers = {each: cell(figures, each, "number") for each in (str(name), *older)}
        right = [each for each in older if is_borne_out(text, numbers[str(name)], numbers[each])]
        chosen = (right or older)[0]
        found.append(Relation("claim", str(name), (term(str(name)),), (term(chosen),), True))
    return found


def series_of(figures: pd.DataFrame, quantities: Sequence[str] = ("count",)) -> list[Pair]:
    """Pairs of figures of one name and unit, the older and the newer, with the words of the name.

    A figure without a word of its own (`previous year`) belongs to the line above it.
    """
    groups: dict[object, dict[object, str]] = defaultdict(dict)
    above = ""
    for name, row in figures[figures["quantity"].isin(quantities)].iterrows():
        span = span_of(figures, str(name))
        words = _series_words(figures, str(name))
        if row["number"] is None or span.end is None:
            continue
        if not words and above and _is_earlier_of(figures, str(name), above):
            words = _series_words(figures, above)
        if not words:
            continue
        above = str(name)
        length = span.kind if span.kind in _DATED[:4] else f"{span.days // 10}"
        key = (words, row["quantity"], str(row["unit"]), str(row["theme"]), length)
        groups[key].setdefault(span.end, str(name))
    found = []
    for (words, *_), by_end in groups.items():  # type: ignore[misc]
        ends = sorted(by_end, key=str)
        found += [(words, by_end[one], by_end[two]) for one, two in pairwise(ends)]
    return found


def _is_earlier_of(figures: pd.DataFrame, name: str, above: str) -> bool:
    """Whether a line that only says when is the earlier value of the line above it."""
    plain = words_of(str(cell(figures, name, "label")))
    same = all(
        cell(figures, name, column) == cell(figures, above, column)
        for column in ("unit", "section", "theme", "quantity")
    )
    one, two = span_of(figures, name), span_of(figures, above)
    is_earlier = one.end is not None and two.end is not None and one.end < two.end
    return bool(plain) and not plain - where_or_when(plain) and same and is_earlier


def _pair_of_change(figures: pd.DataFrame, name: str, series: Sequence[Pair]) -> Relation | None:
    is_percent = cell(figures, name, "quantity") == "percent"
    words = _without_change(name_words(figures, name))
    label = _without_change(label_words(figures, name))
    pairs = [
        (known, _change(figures, name, older, newer, is_percent=is_percent))
        for known, older, newer in series
        if cell(figures, name, "theme") == cell(figures, newer, "theme")
        and (is_percent or cell(figures, name, "unit") == cell(figures, newer, "unit"))
    ]
    same = [each for known, each in pairs if known and known in (words, label)]
    if same:
        ends = [each for each in same if _ends_with(figures, name, each.ids[1])]
        chosen = ends if ends else same
        return chosen[0] if len(chosen) == 1 else _only_right(figures, chosen)
    if is_percent:
        right = [each for known, each in pairs if words & known and holds(figures, each)]
        if right:
            return right[0]
    return None if words or label else _of_lines_above(figures, name, [each for _, each in pairs])


def _only_right(figures: pd.DataFrame, pairs: Sequence[Relation]) -> Relation | None:
    return next((each for each in pairs if holds(figures, each)), None)


def _of_lines_above(figures: pd.DataFrame, name: str, pairs: Sequence[Relation]) -> Relation | None:
    """The pair that stands in the lines above a change that has no name of its own."""
    kept = figures["quantity"].isin(_CHANGED) | figures.index.isin([name])
    order = [str(each) for each in figures.index[kept]]
    above = order[max(0, order.index(name) - 2) : order.index(name)]
    is_here = all(
        cell(figures, each, "section") == cell(figures, name, "section") for each in above
    )
    is_dated = span_of(figures, name).end is not None
    of_time = [each for each in pairs if not is_dated or _ends_with(figures, name, each.ids[1])]
    return next((each for each in of_time if is_here and set(each.ids[1:]) == set(above)), None)


def _change(
    figures: pd.DataFrame, name: str, older: str, newer: str, *, is_percent: bool
) -> Relation:
    if is_percent:
        return Relation("change", name, (term(newer),), (term(older),), True)
    terms = (term(newer), term(older, sign=-1))
    return Relation("difference", name, terms, (), True)


def _without_change(words: frozenset[str]) -> frozenset[str]:
    words -= _CHANGE | _SPARE
    return words - where_or_when(words)


def _ends_with(figures: pd.DataFrame, name: str, newer: str) -> bool:
    return span_of(figures, name).end == span_of(figures, newer).end


def _before(series: Sequence[Pair]) -> dict[str, list[str]]:
    """The figures of its name that came before each, the latest first."""
    found: dict[str, list[str]] = {}
    for _, older, newer in series:
        found[newer] = [older, *found.get(older, [])]
    return found


def _meant(figures: pd.DataFrame, name: str, text: str, before: dict[str, list[str]]) -> list[str]:
    """The earlier figures that words about a figure can mean."""
    earlier = before[name]
    years = re.findall(r"\b(?:19|20)\d{2}\b", text)
    named = [
        each
        for each in earlier
        if years and any(year in str(cell(figures, each, "period")) for year in years)
    ]
    if named:
        return named[:1]
    end = span_of(figures, name).end
    day = end - timedelta(days=365) if end else None
    a_year = [
        each
        for each in earlier[1:]
        if day and abs(((span_of(figures, each).end or day) - day).days) <= 2
    ]
    return [earlier[0], *a_year] if span_of(figures, name).kind == "quarter" else earlier[:1]


def _series_words(figures: pd.DataFrame, name: str) -> frozenset[str]:
    words = name_words(figures, name)
    return words - where_or_when(words)


def _head(figures: pd.DataFrame, name: str) -> str:
    """The first word of a name, which says what it is about."""
    plain = str(cell(figures, name, "indicator")) or str(cell(figures, name, "label"))
    words = re.findall(r"[a-z0-9]+", plain.casefold())
    return words[0] if words else ""
