"""Twins: one thing, one period, two values."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import pandas as pd

from lscb_analysis.ledger.arithmetic import holds
from lscb_analysis.ledger.figures import span_of
from lscb_analysis.ledger.names import (
    EVENTS,
    dateless,
    is_continued,
    recorded_only,
    where_or_when,
    words_of,
)
from lscb_analysis.ledger.relations import Relation
from lscb_analysis.ledger.spans import Span
from lscb_analysis.ledger.told import (
    as_findings,
    cell,
    finding,
    join_findings,
    named,
    number_text,
)
from lscb_analysis.ledger.units import things_in, word_set

NEAR = Fraction(1, 10)
_COMPARED = ("count", "percent", "rate", "money")
_ROWS_OF_A_TABLE = 3
# words that stand in the rows of many tables, whatever the table counts
_IN_MANY_TABLES = EVENTS | word_set(
    "boy girl male female aged age year old over under white mixed asian black other ethnic group "
    "background neglect emotional physical sexual abuse multiple within outside time day week "
    "month known not unknown stated all any total previous previously than more less longer two "
    "three on in out timescale held seen new open period average length duration"
)


@dataclass(frozen=True)
class _Named:
    """A figure by what its name says that it counts."""

    id: str
    quantity: str
    indicator: str
    theme: str
    section: str
    period: str
    span: Span
    number: Fraction
    least: Any
    most: Any
    words: frozenset[str]
    label_words: frozenset[str]
    tokens: tuple[str, ...]
    things: frozenset[str]
    is_in_table: bool


def two_values(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Pairs of figures that print one thing of one period with different values.

    Declared as the same; or known by their names, of one indicator (or label), unit and period,
    or of names that differ only in where, when or that the thing was recorded, and nearly equal.
    Periods are one where they are the same, or where one of them can be read in two ways.
    """
    apart = _joined(relations) | {frozenset(pair) for pair in _declared(relations)}
    by_name = [
        (one.id, two.id)
        for group in _groups(_named(figures))
        for one, two in combinations(group, 2)
        if _are_twins(one, two) and frozenset((one.id, two.id)) not in apart
    ]
    told = [_told(figures, one, two) for one, two in by_name]
    return join_findings([the_same_with_two_values(figures, relations), as_findings(told)])


def the_same_with_two_values(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Pairs of figures that are declared to be the same and print different values."""
    broken = [each for each in relations if each.kind == "same" and holds(figures, each) is False]
    return as_findings(_told(figures, *pair) for pair in _declared(broken))


def _declared(relations: Sequence[Relation]) -> list[tuple[str, str]]:
    same = [each.ids for each in relations if each.kind == "same" and len(each.ids) > 1]
    return [(ids[0], ids[1]) for ids in same]


def _named(figures: pd.DataFrame) -> list[_Named]:
    rows = figures[figures["quantity"].isin(_COMPARED) & figures["number"].notna()]
    tables = Counter(zip(rows["indicator"], rows["period"], strict=True))
    found = []
    for name, row in rows.iterrows():
        label, indicator, period = str(row["label"]), str(row["indicator"]), str(row["period"])
        if is_continued(label) and not indicator:
            continue
        found.append(
            _Named(
                id=str(name),
                quantity=str(row["quantity"]),
                indicator=indicator,
                theme=str(row["theme"]),
                section=str(row["section"]),
                period=period,
                span=span_of(figures, str(name)),
                number=Fraction(row["number"]),
                least=row["least"],
                most=row["most"],
                words=words_of(indicator or label),
                label_words=words_of(label),
                tokens=tuple(re.findall(r"[a-z0-9]+", dateless(label))),
                things=things_in(str(row["unit"])),
                is_in_table=bool(indicator) and tables[indicator, period] >= _ROWS_OF_A_TABLE,
            )
        )
    return found


def _groups(known: Sequence[_Named]) -> list[list[_Named]]:
    """The figures of one kind of quantity and last day."""
    groups: dict[object, list[_Named]] = defaultdict(list)
    for each in known:
        groups[(each.quantity, each.span.end or each.period)].append(each)
    return list(groups.values())


def _are_twins(one: _Named, two: _Named) -> bool:
    if one.least <= two.most and two.least <= one.most:
        return False
    if not _units_meet(one, two) or _is_breakdown(one, two) or not _one_period(one, two):
        return False
    extra = one.words ^ two.words
    extra -= where_or_when(extra)
    shared = one.words & two.words
    is_near = abs(one.number - two.number) <= NEAR * max(abs(one.number), abs(two.number))
    if not extra:
        is_plain = one.span == two.span or one.period == two.period
        if not _is_subject(one, two):
            return False
        return is_plain or is_near
    if not shared or not is_near or one.theme != two.theme:
        return False
    return _is_one_event(one, two, extra)


def _is_subject(one: _Named, two: _Named) -> bool:
    """Whether two names of the same words say what is counted, and not only which part of it.

    One word is enough of an indicator; of a label where it is the unit too (`Referrals`). A label
    in two sections has to say more than a kind: `boys aged 5 to 9` stands in many tables.
    """
    shared = one.words & two.words
    if one.indicator or two.indicator:
        return len(shared) > (not one.indicator)
    if shared & one.things & two.things:
        return True
    told = {word for word in shared - _IN_MANY_TABLES if not word.isdecimal()}
    if one.tokens == two.tokens and len(one.tokens) > 1:
        return bool(told)
    return len(shared if one.section == two.section else told) > 1


def _is_one_event(one: _Named, two: _Named, extra: frozenset[str]) -> bool:
    """Whether the words that only one name has leave it the same thing.

    That it was recorded or started does; another event does where the count is larger than that
    of the plain name, of which it would be a part.
    """
    longer, shorter = (one, two) if one.words - two.words - where_or_when(extra) else (two, one)
    if shorter.words - longer.words - where_or_when(extra):
        return False
    is_larger = longer.quantity == "count" and longer.number > shorter.number
    return recorded_only(extra) or (is_larger and extra <= EVENTS)


def _is_breakdown(one: _Named, two: _Named) -> bool:
    """Whether they are rows of one table: one indicator, many rows or labels that differ."""
    if not one.indicator or one.indicator != two.indicator:
        return False
    other = one.label_words ^ two.label_words
    return one.is_in_table or bool(other - where_or_when(other))


def _units_meet(one: _Named, two: _Named) -> bool:
    if one.quantity != "count" or not one.things or not two.things:
        return True
    return bool(one.things & two.things)


def _one_period(one: _Named, two: _Named) -> bool:
    if one.span.end is None or two.span.end is None:
        return one.period == two.period
    is_same = (one.span.start, one.span.end) == (two.span.start, two.span.end)
    return is_same or one.span.is_vague or two.span.is_vague


def _joined(relations: Sequence[Relation]) -> set[frozenset[str]]:
    """Pairs that a relation sets beside each other as different things."""
    return {
        frozenset(pair)
        for each in relations
        if each.kind != "same"
        for pair in combinations(each.ids, 2)
    }


def _told(figures: pd.DataFrame, one: str, two: str) -> dict[str, str]:
    numbers = [Fraction(cell(figures, name, "number")) for name in (one, two)]
    gap, larger = abs(numbers[0] - numbers[1]), max(abs(number) for number in numbers)
    share = f" ({float(gap / larger):.1%})" if larger else ""
    periods = [str(cell(figures, name, "period")) for name in (one, two)]
    spans = f", for {periods[0]} and {periods[1]}" if periods[0] != periods[1] else ""
    return finding(
        figures,
        "two values",
        [one, two],
        found=f"{named(figures, one)} and {named(figures, two)}{spans}: {number_text(gap)}{share} "
        "apart",
        expected="one value for one thing and period",
        action="use one extract; if they are two things, say what sets them apart",
    )
