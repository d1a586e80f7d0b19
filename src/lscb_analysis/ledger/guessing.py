"""Guessing: the totals, stocks and flows, and rates that labels, units and periods suggest.

What a relation is, words and structure say, so that a misprint cannot hide itself; numbers only
bear out a relation that words leave open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from fractions import Fraction

import pandas as pd

from lscb_analysis.ledger.arithmetic import SUMS, exact, holds
from lscb_analysis.ledger.figures import span_of
from lscb_analysis.ledger.guessing_changes import (
    claims_of_own,
    guessed_changes,
    guessed_claims,
)
from lscb_analysis.ledger.guessing_parts import guessed_subsets
from lscb_analysis.ledger.guessing_percentages import percentages_by_words, rates_by_words
from lscb_analysis.ledger.guessing_shares import guessed_parts, guessed_percentages
from lscb_analysis.ledger.guessing_totals import guessed_lists, guessed_sets
from lscb_analysis.ledger.names import ENDS, STARTS, name_words, where_or_when, words_of
from lscb_analysis.ledger.relations import Relation, term
from lscb_analysis.ledger.told import cell
from lscb_analysis.ledger.units import things_in
from lscb_analysis.ledger.wording import lines_of

_TOTAL = re.compile(r"\b(total|overall|altogether)\b")
_NEAR_TOTAL = Fraction(1, 20)
_FEWEST_PARTS = 3


def guessed(figures: pd.DataFrame, declared: Sequence[Relation] = ()) -> tuple[Relation, ...]:
    """The relations that names suggest, of figures whose own relation nobody has declared."""
    known = {each.figure for each in declared if each.kind not in ("part", "same")}
    by_words = _new(_by_words(figures, declared), declared)
    totals = [each for each in guessed_totals(figures) if each.figure not in known]
    sums = [*totals, *(each for each in [*declared, *by_words] if each.kind == "total")]
    percentages = [*_of(by_words, "percentage"), *guessed_percentages(figures, sums)]
    divided = {each.figure for each in percentages}
    own = claims_of_own(figures)
    found = [
        *totals,
        *guessed_flows(figures),
        *by_words,
        *guessed_rates(figures),
        *percentages,
        *(each for each in guessed_changes(figures) if each.figure not in divided),
        *guessed_parts(figures, declared),
        *guessed_claims(figures),
        *own,
    ]
    made = {(each.kind, each.terms) for each in declared if each.kind in SUMS}
    of_words = {each.figure for each in declared if each.kind in ("claim", "change")}
    return _once(
        each
        for each in found
        if each.figure not in (of_words if each in own else known)
        and (each.kind, each.terms) not in made
    )


def _by_words(figures: pd.DataFrame, declared: Sequence[Relation]) -> list[Relation]:
    """The parts, totals, percentages and rates that the words of labels and their order give."""
    lines = lines_of(figures)
    sets = guessed_sets(lines)
    summed = {(each.figure, one) for each in sets for one in each.terms}
    lists = [
        each
        for each in guessed_lists(lines)
        if not any((each.figure, one) in summed for one in each.terms)
    ]
    sums = [*sets, *lists]
    parts = guessed_subsets(lines)
    known = [*declared, *sums, *parts]
    return [
        *sums,
        *parts,
        *percentages_by_words(figures, lines, known),
        *rates_by_words(lines, figures),
    ]


def _new(found: Iterable[Relation], declared: Sequence[Relation]) -> list[Relation]:
    """Those of which a figure at least stands in no relation that is declared."""
    named = {name for each in declared for name in each.ids}
    return [each for each in found if not set(each.ids) <= named]


def _of(found: Iterable[Relation], kind: str) -> list[Relation]:
    return [each for each in found if each.kind == kind]


# a second one of these for the same figure is another guess at the same thing
_ONE_EACH = ("percentage", "change", "rate", "difference")


def _once(found: Iterable[Relation]) -> tuple[Relation, ...]:
    """Each relation once: the first percentage, change and rate of a figure, a sum once as sure."""
    first: dict[object, Relation] = {}
    for each in found:
        members = frozenset(each.terms)
        own = (each.kind, each.figure, members, each.base)
        key = (each.kind, each.figure) if each.kind in _ONE_EACH else own
        if key not in first or (first[key].is_likely and not each.is_likely and key == own):
            first[key] = each
    return tuple(first.values())


def guessed_totals(figures: pd.DataFrame) -> list[Relation]:
    """Totals of the figures whose names begin like theirs: `Type: Neglect` of `Type total`.

    Three parts or more, of its unit and period, that make the total to within 5 %.
    """
    found = []
    for total, row in figures.iterrows():
        stem = _stem(row)
        if stem is None or row["quantity"] not in ("count", "money") or row["number"] is None:
            continue
        parts = [
            str(name)
            for name, other in figures.iterrows()
            if name != total
            and _is_alike(figures, str(total), str(name))
            and not _TOTAL.search(_plain(other))
            and _plain(other).startswith(f"{stem} ")
            and other["number"] is not None
        ]
        relation = Relation("total", str(total), tuple(term(name) for name in parts), (), True)
        if len(parts) >= _FEWEST_PARTS and _nearly(figures, relation):
            found.append(relation)
    return found


def guessed_flows(figures: pd.DataFrame) -> list[Relation]:
    """A theme's stock at two dates, with what started and what ended between them."""
    found = []
    for start, end in _starts_and_ends(figures):
        span = span_of(figures, start)
        if span.start is None or span.end is None:
            continue
        before = span.start - timedelta(days=1)
        shared = _kin(figures, start, end)
        opening = _stocks(figures, start, shared, before)
        closing = _stocks(figures, start, shared, span.end)
        pairs = [
            (one, two)
            for one in opening
            for two in closing
            if things_in(str(cell(figures, one, "unit")))
            == things_in(str(cell(figures, two, "unit")))
        ]
        values = {
            (cell(figures, one, "number"), cell(figures, two, "number")): (one, two)
            for one, two in reversed(pairs)
        }
        if len(values) == 1:
            ((one, two),) = values.values()
            terms = (term(one), term(start), term(end, sign=-1))
            found.append(Relation("flow", two, terms, (), True))
    return found


def guessed_rates(figures: pd.DataFrame) -> list[Relation]:
    """Rates with the one count of their name and date."""
    found = []
    for name, row in figures[figures["quantity"].eq("rate")].iterrows():
        words = _stem_words(figures, str(name))
        counts = {
            cell(figures, other, "number"): str(other)
            for other in reversed(_dated_counts(figures, row))
            if words and words <= _stem_words(figures, str(other))
        }
        if len(counts) == 1 and row["number"] is not None:
            (count,) = counts.values()
            found.append(Relation("rate", str(name), (term(count),), (), True))
    return found


def _stem(row: pd.Series) -> str | None:
    """What the names of a total's parts begin with; None where it is no total."""
    plain = _plain(row)
    total = _TOTAL.search(plain)
    stem = plain[: total.start()].strip() if total else ""
    return stem or None


def _plain(row: pd.Series) -> str:
    name = str(row["indicator"]) or str(row["label"])
    return " ".join(re.findall(r"[a-z0-9]+", name.casefold()))


def _is_alike(figures: pd.DataFrame, one: str, two: str) -> bool:
    """Whether two figures are of one kind, unit and period."""
    columns = ["quantity", "unit", "period"]
    return all(cell(figures, one, column) == cell(figures, two, column) for column in columns)


def _nearly(figures: pd.DataFrame, relation: Relation) -> bool:
    total, own = exact(figures, relation.terms), cell(figures, relation.figure, "number")
    if total is None or not own:
        return False
    return bool(holds(figures, relation) or abs(total - own) <= _NEAR_TOTAL * own)


def _starts_and_ends(figures: pd.DataFrame) -> list[tuple[str, str]]:
    """The one start and the one end of a theme, unit and period, where there is one of each."""
    groups: dict[object, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for name, row in figures[figures["quantity"].eq("count")].iterrows():
        span = span_of(figures, str(name))
        if row["number"] is None or not span.days or span.kind == "date":
            continue
        words = name_words(figures, str(name))
        key = (row["theme"], row["unit"], span.start, span.end)
        if words & STARTS:
            groups[key][0].append(str(name))
        elif words & ENDS:
            groups[key][1].append(str(name))
    return [(s[0], e[0]) for s, e in groups.values() if len(s) == len(e) == 1]


def _kin(figures: pd.DataFrame, one: str, two: str) -> frozenset[str]:
    """The words that two names share, apart from words of starting, ending, where and when."""
    shared = name_words(figures, one) & name_words(figures, two)
    return shared - STARTS - ENDS - where_or_when(shared)


def _stocks(figures: pd.DataFrame, flow: str, shared: frozenset[str], day: object) -> list[str]:
    """The counts on one day, of the flow's theme, that share a word with it (`CP`, `CPP`)."""
    return [
        str(name)
        for name, row in figures[figures["quantity"].eq("count")].iterrows()
        if row["number"] is not None
        and row["theme"] == cell(figures, flow, "theme")
        and span_of(figures, str(name)).kind == "date"
        and span_of(figures, str(name)).end == day
        and _are_kin(shared, name_words(figures, str(name)))
    ]


def _are_kin(one: frozenset[str], two: frozenset[str]) -> bool:
    return any(
        first.startswith(second) or second.startswith(first) for first in one for second in two
    )


def _stem_words(figures: pd.DataFrame, name: str) -> frozenset[str]:
    """The words of a name, without its `per 10,000`, with the initials of its label."""
    row = figures.loc[name]
    label = str(row["label"])
    words = words_of(str(row["indicator"]) or re.sub(r"\bper\s[\d,]+", "", label))
    initials = "".join(word[0] for word in re.findall(r"[a-z]+", label.casefold()))
    return (words - where_or_when(words)) | ({initials} if row["quantity"] == "count" else set())


def _dated_counts(figures: pd.DataFrame, rate: pd.Series) -> list[str]:
    """The counts of a rate's theme and day."""
    return [
        str(name)
        for name, row in figures[figures["quantity"].eq("count")].iterrows()
        if row["number"] is not None
        and row["theme"] == rate["theme"]
        and row["span"] == rate["span"]
        and span_of(figures, str(name)).end is not None
    ]
