"""Guessing: the percentages, changes, parts and claims that labels, units and periods suggest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise, permutations

import pandas as pd

from lscb_analysis.ledger.arithmetic import holds
from lscb_analysis.ledger.figures import span_of
from lscb_analysis.ledger.names import label_words, name_words, where_or_when, words_of
from lscb_analysis.ledger.percentages import CUT_OFF, rounding_mode
from lscb_analysis.ledger.relations import Relation, term
from lscb_analysis.ledger.told import cell
from lscb_analysis.ledger.units import word_set

_CHANGE = word_set(
    "change increase decrease reduction rise fall growth drop increased decreased rose fell up "
    "down reduced difference"
)
_RECEIVED = word_set("received supported support accepted engaged attended served seen")
_REFERRED = word_set("referred referral")
_ELSEWHERE = re.compile(r"\b(\d{4}|national\w*|neighbours?|average|proportions?|rates?)\b")


def guessed_percentages(figures: pd.DataFrame, totals: Sequence[Relation]) -> list[Relation]:
    """Percentages with the count of their name, and of what: the total that the count is part of,
    else a count of their theme of which the percentage is, to the digit or but for its rounding."""
    total_of = {
        factors[0]: each.figure for each in totals for _, factors in each.terms if len(factors) == 1
    }
    found = []
    for name in figures.index[figures["quantity"].eq("percent") & figures["number"].notna()]:
        for count in _counts_of_name(figures, str(name)):
            bases = _bases(figures, count)
            total = total_of.get(count)
            tried = [total] if total in figures.index else []
            made = [_percentage(str(name), count, base) for base in [*tried, *bases] if base]
            right = [each for each in made if holds(figures, each)]
            near = [each for each in made if rounding_mode(figures, each) == CUT_OFF]
            near = [each for each in near if _share_a_word(figures, *each.ids[1:])]
            if right or tried:
                found.append((right or made)[0])
            elif len(near) == 1:
                found.append(near[0])
    return found


def guessed_changes(figures: pd.DataFrame) -> list[Relation]:
    """Percentage changes with the older and the newer value of their name.

    Where no pair of values makes the change, the one pair of exactly its name.
    """
    series = series_of(figures)
    found = []
    for name in figures.index[figures["quantity"].eq("percent") & figures["number"].notna()]:
        words = name_words(figures, str(name))
        if not words & _CHANGE and not label_words(figures, str(name)) & _CHANGE:
            continue
        words -= _CHANGE
        words -= where_or_when(words)
        pairs = [
            Relation("change", str(name), (term(newer),), (term(older),), True)
            for known, older, newer in series
            if words & known and cell(figures, name, "theme") == cell(figures, newer, "theme")
        ]
        right = [each for each in pairs if holds(figures, each)]
        same = [each for each in pairs if words == _series_words(figures, each.ids[1])]
        if right:
            found.append(right[0])
        elif len(same) == 1:
            found.append(same[0])
    return found


def guessed_parts(figures: pd.DataFrame, declared: Sequence[Relation]) -> list[Relation]:
    """Those who received something as part of those referred: of one theme, unit and period."""
    known = {frozenset(each.ids) for each in declared}
    found = []
    groups: dict[object, list[str]] = defaultdict(list)
    for name, row in figures[figures["quantity"].eq("count")].iterrows():
        if row["number"] is not None and span_of(figures, str(name)).end:
            groups[(row["theme"], row["unit"], row["period"])].append(str(name))
    for names in groups.values():
        for part, whole in permutations(names, 2):
            one, two = _all_words(figures, part), _all_words(figures, whole)
            shared = (one & two) - _RECEIVED - _REFERRED
            is_part = one & _RECEIVED and not one & _REFERRED and two & _REFERRED
            if is_part and shared and frozenset((part, whole)) not in known:
                found.append(Relation("part", part, (), (term(whole),), True))
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


def series_of(figures: pd.DataFrame) -> list[tuple[frozenset[str], str, str]]:
    """Pairs of counts of one name and unit, the older and the newer, with the words of the name."""
    groups: dict[tuple[frozenset[str], str, str, bool], dict[object, str]] = defaultdict(dict)
    for name, row in figures[figures["quantity"].eq("count")].iterrows():
        span = span_of(figures, str(name))
        words = _series_words(figures, str(name))
        if row["number"] is None or span.end is None or not words:
            continue
        key = (words, str(row["unit"]), str(row["theme"]), span.kind == "date")
        groups[key].setdefault(span.end, str(name))
    found = []
    for (words, *_), by_end in groups.items():
        ends = sorted(by_end, key=str)
        found += [(words, by_end[one], by_end[two]) for one, two in pairwise(ends)]
    return found


def _series_words(figures: pd.DataFrame, name: str) -> frozenset[str]:
    words = name_words(figures, name)
    return words - where_or_when(words)


def _head(figures: pd.DataFrame, name: str) -> str:
    """The first word of a name, which says what it is about."""
    plain = str(cell(figures, name, "indicator")) or str(cell(figures, name, "label"))
    words = re.findall(r"[a-z0-9]+", plain.casefold())
    return words[0] if words else ""


def _counts_of_name(figures: pd.DataFrame, name: str) -> list[str]:
    """The counts of a percentage's label and period; else the one count of its indicator."""
    row = figures.loc[name]
    alike = figures["quantity"].eq("count") & figures["number"].notna()
    near = figures[alike & figures["theme"].eq(row["theme"]) & figures["period"].eq(row["period"])]
    label = label_words(figures, name)
    by_label = [
        str(other) for other in near.index if label and label_words(figures, other) == label
    ]
    words = name_words(figures, name)
    by_name = [str(other) for other in near.index if words and name_words(figures, other) == words]
    if len(by_label) == 1:
        return by_label
    return by_name if len(by_name) == 1 and row["indicator"] else []


def _bases(figures: pd.DataFrame, count: str) -> list[str]:
    """The larger counts of a count's theme."""
    number = cell(figures, count, "number")
    near = figures[figures["theme"].eq(cell(figures, count, "theme")) & figures["number"].notna()]
    near = near[near["quantity"].eq("count") & near["number"].map(lambda each: each > number)]
    return [str(name) for name in near.index]


def _percentage(name: str, count: str, base: str) -> Relation:
    return Relation("percentage", name, (term(count),), (term(base),), True)


def _share_a_word(figures: pd.DataFrame, count: str, base: str) -> bool:
    shared = name_words(figures, count) & name_words(figures, base)
    return bool(shared - where_or_when(shared))


def _all_words(figures: pd.DataFrame, name: str) -> frozenset[str]:
    return name_words(figures, name) | label_words(figures, name)
