"""Guessing: the percentages and parts that labels, units and periods suggest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import permutations

import pandas as pd

from lscb_analysis.ledger.arithmetic import holds
from lscb_analysis.ledger.figures import span_of
from lscb_analysis.ledger.names import label_words, name_words, where_or_when
from lscb_analysis.ledger.percentages import CUT_OFF, rounding_mode
from lscb_analysis.ledger.relations import Relation, term
from lscb_analysis.ledger.told import cell
from lscb_analysis.ledger.units import things_in, word_set

_RECEIVED = word_set("received supported support accepted engaged attended served seen")
_REFERRED = word_set("referred referral")


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
    """The larger counts of a count's theme, of things that can be the same."""
    number = cell(figures, count, "number")
    near = figures[figures["theme"].eq(cell(figures, count, "theme")) & figures["number"].notna()]
    near = near[near["quantity"].eq("count") & near["number"].map(lambda each: each > number)]
    own = things_in(str(cell(figures, count, "unit")))
    things = {str(name): things_in(str(row["unit"])) for name, row in near.iterrows()}
    return [name for name, each in things.items() if not own or not each or own & each]


def _percentage(name: str, count: str, base: str) -> Relation:
    return Relation("percentage", name, (term(count),), (term(base),), True)


def _share_a_word(figures: pd.DataFrame, count: str, base: str) -> bool:
    shared = name_words(figures, count) & name_words(figures, base)
    return bool(shared - where_or_when(shared))


def _all_words(figures: pd.DataFrame, name: str) -> frozenset[str]:
    return name_words(figures, name) | label_words(figures, name)
