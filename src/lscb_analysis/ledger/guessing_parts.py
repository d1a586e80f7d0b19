"""Guessing: parts and totals that the words and the order of a report suggest.

From what labels say, never from whether the numbers fit: a misprint must not hide itself. Where
the words could mean something else the relation is only likely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from lscb_analysis.ledger.names import words_of
from lscb_analysis.ledger.relations import Relation, term
from lscb_analysis.ledger.units import word_set
from lscb_analysis.ledger.wording import (
    Line,
    are_of_one_time,
    are_together,
    names_meet,
    units_meet,
    without_percent,
)

# what is asked for or open to somebody, and what comes of it
WANTED = re.compile(r"\b(offered|offers?|invited|invitations?|eligible|sent out|issued|referred)\b")
TAKEN = re.compile(
    r"\b(taken[- ]up|took[- ](it |them |this )?up|take[- ]up|uptake|accepted|attended|received"
    r"|supported|engaged|returned|responded|responses?|completed|carried out|declined|refused)\b"
)
_LIMITS = re.compile(
    r"^\W*(within|in time|on time|aged|with|without|who|whose|where|that|which|placed|leading"
    r"|resulting|previously|having|seen|subject|under|of which|of whom|late|out of)\b"
)
_NARROWS = re.compile(r"^\W*(from|for|by|at|held|closed|not|in|living|waiting|made|[:(,–-])")
_AGAIN = re.compile(r"^(re-?|repeat |second |second or subsequent |subsequent |repeated )$")
_WIDENS = re.compile(r"\b(and|or|plus|including|incl|all|total|overall|average|mean|per|change)\b")
_RECORDED = word_set("recorded received made")
_ADJACENT = 12
_MANY = 10


def guessed_subsets(lines: Sequence[Line]) -> list[Relation]:
    """What a label says is part of another line: `of which`, `within 45 days`, `taken up`."""
    found = [*_children(lines), *_narrower(lines), *_taken_up(lines)]
    first: dict[tuple[str, str], Relation] = {}
    for each in found:
        pair = (each.figure, each.ids[-1])
        if pair not in first or first[pair].is_likely:
            first[pair] = each
    return list(first.values())


def parent_of(lines: Sequence[Line], child: Line) -> Line | None:
    """The line that `of which` speaks of: the last above that is no part itself.

    None where that is not of its section or not a number of things. A percentage in between is
    passed over where it says no more than the line above it.
    """
    for line in reversed(lines[max(0, child.at - _ADJACENT) : child.at]):
        if line.block != child.block:
            return None
        if line.is_child:
            continue
        if line.is_counted:
            return line
        above = lines[line.at - 1] if line.at else line
        if not (line.quantity == "percent" and line.words <= above.words):
            return None
    return None


def _children(lines: Sequence[Line]) -> Iterator[Relation]:
    for line in lines:
        parent = parent_of(lines, line) if line.is_child and line.is_counted else None
        if parent and units_meet(line, parent) and are_of_one_time(line, parent):
            yield Relation("part", line.id, (), (term(parent.id),), True)


def _narrower(lines: Sequence[Line]) -> Iterator[Relation]:
    """Labels that are another label with words that narrow it."""
    counts = [each for each in lines if each.quantity == "count" and not each.is_child]
    for part in counts:
        if _WIDENS.search(part.label) or part.is_total:
            continue
        for whole in counts:
            core = whole.words - _RECORDED
            is_same = part is whole or not are_together(part, whole) or not names_meet(part, whole)
            if is_same or not (core < part.words or _begins(part, whole)):
                continue
            if whole.member or whole.is_rest:
                continue
            strength = _narrowing(part, whole)
            if strength:
                is_likely = strength == "likely"
                yield Relation("part", part.id, (), (term(whole.id),), True, is_likely)


def _begins(part: Line, whole: Line) -> bool:
    """Whether a label begins with all of another: `Children on plans` of `Children`."""
    return bool(whole.label) and part.label.startswith(f"{whole.label} ")


def _narrowing(part: Line, whole: Line) -> str:
    """Whether the words that only one label has make it a part: `sure`, `likely`, or blank."""
    phrase = without_percent(whole.label)
    phrase = re.sub(r"^(number of|total|all|recorded|new) ", "", phrase).strip()
    at = part.label.find(phrase) if phrase else -1
    before, after = (part.label[:at], part.label[at + len(phrase) :]) if at >= 0 else ("", "")
    if at >= 0 and (_LIMITS.search(after) or _AGAIN.search(before)):
        return "sure"
    narrow = part.words - whole.words
    if part.kind == "time" and not whole.kind and whole.words & part.words:
        return "sure"
    if at >= 0 and _NARROWS.search(after) and not before.strip():
        return "likely"
    return "likely" if narrow and "within" in narrow else ""


def _taken_up(lines: Sequence[Line]) -> Iterator[Relation]:
    """What was taken up of what was offered, of one thing in one section and period."""
    counts = [each for each in lines if each.quantity == "count" and not each.is_child]
    for part in counts:
        if not TAKEN.search(part.label) or WANTED.search(part.label) or part.is_total:
            continue
        for whole in counts:
            if not WANTED.search(whole.label) or TAKEN.search(whole.label):
                continue
            if not are_together(part, whole) or not names_meet(part, whole):
                continue
            shared = thing_of(part) & thing_of(whole)
            is_next = abs(part.at - whole.at) == 1
            if shared or (is_next and not thing_of(part)):
                is_likely = not (shared and _is_offer(whole))
                yield Relation("part", part.id, (), (term(whole.id),), True, is_likely)


def thing_of(line: Line) -> frozenset[str]:
    """What was offered or taken up, without the words of offering and taking."""
    return words_of(TAKEN.sub(" ", WANTED.sub(" ", line.label)))


def _is_offer(line: Line) -> bool:
    return bool(re.search(r"\b(offered|offers?|invited|invitations?|eligible)\b", line.label))


def total_relation(
    whole: Line,
    parts: Sequence[Line],
    is_exhaustive: bool,
    nearest: Fraction,
    *,
    step: int = 0,
    is_disjoint: bool = False,
) -> Relation | None:
    """The relation of a list of parts to their total, where the words bear it out.

    Where they are not all the parts there can be it is likely only, and none where the parts
    are less than `nearest` of the total; parts that exclude each other cannot be more than it.
    None too where the report's counts are rounded to `step` and the gap is no more than that makes.
    """
    terms = tuple(term(each.id) for each in parts)
    sure = Relation("total", whole.id, terms, (), True)
    if whole.number is None or any(each.number is None for each in parts):
        return sure
    gap = sum((each.number or Fraction(0) for each in parts), Fraction(0)) - whole.number
    if step and 0 < abs(gap) <= Fraction(step * (len(parts) + 1), 2):
        return None
    if gap == 0 or is_exhaustive or (is_disjoint and gap > 0):
        return sure
    if gap < whole.number * (nearest - 1):
        return None
    return Relation("total", whole.id, terms, (), True, True)


def rounded_to(lines: Sequence[Line]) -> int:
    """Ten or five where all counts of a report are rounded to it; 0 where they are not."""
    counts = [each.number for each in lines if each.quantity == "count" and each.number]
    for step in (10, 5):
        if len(counts) >= _MANY and all(number % step == 0 for number in counts):
            return step
    return 0
