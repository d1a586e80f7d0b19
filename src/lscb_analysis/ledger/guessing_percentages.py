"""Guessing: of what a percentage is, and of what a rate, by the words of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import pandas as pd

from lscb_analysis.ledger.arithmetic import expected_range, holds
from lscb_analysis.ledger.figures import range_of
from lscb_analysis.ledger.guessing_parts import TAKEN, WANTED, thing_of
from lscb_analysis.ledger.names import words_of
from lscb_analysis.ledger.relations import Relation, is_literal, term
from lscb_analysis.ledger.told import cell
from lscb_analysis.ledger.units import population_of, word_set
from lscb_analysis.ledger.wording import Line, are_of_one_time, names_meet, without_percent

_OF = re.compile(
    r"(?:%|\bper ?cent(?:age)?|\bproportion|\bshare) of (?:all |the |total |these )*(?P<whole>.+)"
)
_TAKEUP = re.compile(r"\b(take[- ]?up|uptake|acceptance|attendance|response|completion)\b")
_CHILDREN = re.compile(
    r"\b0 ?(?:-|–|to) ?17\b|\bunder[- ]18s?\b|\bchild population\b|\bchildren'?s population\b"
    r"|\bpopulation of children\b|\bchildren and young people population\b"
)
_OF_CHILDREN = word_set("0 17 child children under 18 aged year old people young population")
_RESIDENTS = re.compile(r"\b(population|living in|residents?|mid[- ]|estimates?)")
_SOMEWHERE = re.compile(
    r"\b(living |resident |residing )?in (?!need|care|poverty|low|temporary|house)[^,(]*"
)
_ESTIMATED = word_set("mid estimate ons living resident area total year local")
_SPARE = word_set("rate take uptake s of")
_PEOPLE_AGED = word_set("person")
_LAG_DAYS = 640
_REACH = 8
_NEAR = Fraction(1, 20)


def percentages_by_words(
    figures: pd.DataFrame, lines: Sequence[Line], known: Sequence[Relation]
) -> list[Relation]:
    """Percentages with their count and its whole, from labels and the parts that are known."""
    wholes = _wholes(known)
    by_id = {each.id: each for each in lines}
    found = []
    for line in lines:
        if line.quantity != "percent" or line.number is None:
            continue
        made = [
            _percentage(figures, line, count, base, is_likely)
            for count, base, is_likely in _pairs_of(lines, by_id, line, wholes, known)
        ]
        if made:
            right = [each for each in made if holds(figures, each)]
            found.append(_without_unknown(figures, (right or made)[0], by_id, known))
    return found


def rates_by_words(lines: Sequence[Line], figures: pd.DataFrame) -> list[Relation]:
    """Rates with the count of their name and the one population of their kind and time."""
    found = []
    for line in lines:
        if line.quantity != "rate" or line.number is None:
            continue
        counts = _counts_of_rate(lines, line)
        people = _population(lines, line)
        if len(counts) != 1 or people is None:
            continue
        made = Relation("rate", line.id, (term(counts[0].id),), (term(people.id),), True)
        found.append(replace(made, is_likely=_is_near(figures, made)))
    return found


Wholes = dict[str, list[tuple[str, bool]]]


def _wholes(known: Sequence[Relation]) -> Wholes:
    """What each part is part of, the sure ones first."""
    found: Wholes = {}
    for each in sorted(known, key=lambda each: each.is_likely):
        if each.kind == "part" and len(each.base) == 1 and len(each.base[0][1]) == 1:
            found.setdefault(each.figure, []).append((each.base[0][1][0], each.is_likely))
        if each.kind == "total" and not is_literal(each.figure):
            for sign, factors in each.terms:
                if sign > 0 and len(factors) == 1:
                    found.setdefault(factors[0], []).append((each.figure, each.is_likely))
    return found


def _pairs_of(
    lines: Sequence[Line],
    by_id: dict[str, Line],
    line: Line,
    wholes: Wholes,
    known: Sequence[Relation],
) -> Iterator[tuple[str, str, bool]]:
    """Count and base of a percentage, with whether they are only likely, the best first."""
    near = [
        each
        for each in lines
        if each.is_counted
        and each.number is not None
        and each.block == line.block
        and are_of_one_time(each, line)
        and names_meet(each, line)
    ]
    words = frozenset(_words(line))
    explicit = _explicit(near, line)
    if explicit:
        yield explicit
        return
    counts = [each for each in near if words and each.words == words]
    counts = counts if len(counts) == 1 else _above(lines, near, line, words)
    for count in counts:
        for base, is_likely in wholes.get(count.id, ()):
            if base in by_id:
                yield count.id, base, is_likely
    if not counts:
        yield from _narrowed(by_id, near, line, words, known)


def _words(line: Line) -> frozenset[str]:
    return line.words - _SPARE


def _above(
    lines: Sequence[Line], near: Sequence[Line], line: Line, words: frozenset[str]
) -> list[Line]:
    """The count of the line above, where a percentage says no more than it does."""
    above = lines[line.at - 1] if line.at else None
    is_of_above = above in near and above is not None and words <= above.words | {"which"}
    return [above] if is_of_above and above else []


def _explicit(near: Sequence[Line], line: Line) -> tuple[str, str, bool] | None:
    """Count and base of `referrals as % of contacts` and `% of referrals that were repeated`."""
    found = _OF.search(line.label)
    if found is None:
        return None
    before = words_of(line.label[: found.start()].replace(" as a", " "))
    whole = re.split(
        r"\b(?:who|that|which|within|with|from|where|leading|resulting|completed|aged)\b",
        found["whole"],
    )[0]
    bases = [each for each in near if each.words and each.words == words_of(whole)]
    every = words_of(found["whole"])
    counts = [
        each
        for each in near
        if each not in bases and (each.words == before if before else each.words == every)
    ]
    if len(bases) == len(counts) == 1:
        return counts[0].id, bases[0].id, False
    return None


def _narrowed(
    by_id: dict[str, Line],
    near: Sequence[Line],
    line: Line,
    words: frozenset[str],
    known: Sequence[Relation],
) -> Iterator[tuple[str, str, bool]]:
    """The one part whose narrowing words a percentage repeats: `within 45 days`, `take-up`."""
    names = {each.id for each in near}
    found = []
    for each in known:
        if each.kind != "part" or len(each.ids) != 2 or not set(each.ids) <= names:
            continue
        part, whole = by_id[each.ids[0]], by_id[each.ids[1]]
        narrow = part.words - whole.words
        is_told = narrow and narrow <= words and words <= part.words | whole.words
        is_uptake = _TAKEUP.search(line.label) and TAKEN.search(part.label)
        is_uptake = is_uptake and WANTED.search(whole.label)
        other = words_of(_TAKEUP.sub(" ", without_percent(line.label))) - _SPARE
        is_one = other <= thing_of(whole) | thing_of(part) | part.words
        if is_told or (is_uptake and is_one):
            found.append((part.id, whole.id, each.is_likely))
    if len({count for count, _, _ in found}) == 1:
        yield from found


def _percentage(
    figures: pd.DataFrame, line: Line, count: str, base: str, is_likely: bool
) -> Relation:
    return Relation("percentage", line.id, (term(count),), (term(base),), True, is_likely)


def _without_unknown(
    figures: pd.DataFrame,
    made: Relation,
    by_id: dict[str, Line],
    known: Sequence[Relation],
) -> Relation:
    """The percentage of those that are known, where that is what it is of."""
    if holds(figures, made):
        return made
    count, base = made.terms[0][1][0], made.base[0][1][0]
    for each in known:
        names = [factors[0] for _, factors in each.terms]
        if each.kind != "total" or each.figure != base or count not in names:
            continue
        stated = tuple(term(name) for name in names if name in by_id and not by_id[name].is_rest)
        other = replace(made, base=stated)
        if len(stated) < len(names) and stated and holds(figures, other):
            return other
    return made


def _counts_of_rate(lines: Sequence[Line], line: Line) -> list[Line]:
    """The counts of a rate's words and time, in its section if one is there."""
    words = words_of(re.sub(r"\bper [\d,]+.*", " ", line.label)) - _SPARE - _OF_CHILDREN
    if not words:
        return _nearest_above(lines, line)
    found = [
        each
        for each in lines
        if each.quantity == "count"
        and words == each.words - _OF_CHILDREN
        and are_of_one_time(each, line)
        and names_meet(each, line)
    ]
    return [each for each in found if each.block == line.block] or found


def _nearest_above(lines: Sequence[Line], line: Line) -> list[Line]:
    """The count of its section and time above a rate that has no name of its own."""
    for above in reversed(lines[max(0, line.at - _REACH) : line.at]):
        if above.block != line.block:
            return []
        is_part = above.is_child or above.member or above.is_rest
        if above.quantity == "count" and not is_part and are_of_one_time(above, line):
            return [above]
    return []


def _population(lines: Sequence[Line], rate: Line) -> Line | None:
    """The one population of children that is printed for about the day of a rate of children."""
    if words_of(population_of(rate.unit, rate.label)) - _OF_CHILDREN:
        return None
    found = [
        each
        for each in lines
        if each.quantity == "count" and each.number and _is_population(each) and _lag(each, rate)
    ]
    if not found:
        return None
    nearest = min(_days(each, rate) for each in found)
    best = [each for each in found if _days(each, rate) == nearest]
    return best[0] if len({each.number for each in best}) == 1 else None


def _is_population(line: Line) -> bool:
    words = words_of(_SOMEWHERE.sub(" ", line.label))
    if words - _OF_CHILDREN - _ESTIMATED:
        return False
    is_told = _RESIDENTS.search(line.label) or words <= _OF_CHILDREN
    if line.is_child or not is_told or not _CHILDREN.search(line.label):
        return False
    return not line.things or line.things == _PEOPLE_AGED


def _days(people: Line, rate: Line) -> int:
    if people.span.end is None or rate.span.end is None:
        return 0
    return abs((rate.span.end - people.span.end).days)


def _lag(people: Line, rate: Line) -> bool:
    return _days(people, rate) <= _LAG_DAYS


def _is_near(figures: pd.DataFrame, made: Relation) -> bool:
    """Whether a rate that fails could be on the population of a year before or after."""
    printed, follows = range_of(figures, made.figure), expected_range(figures, made)
    if printed is None or follows is None or not cell(figures, made.figure, "number"):
        return False
    return printed[0] <= follows[1] * (1 + _NEAR) and follows[0] * (1 - _NEAR) <= printed[1]
