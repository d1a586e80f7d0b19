"""Whole counts: percentages that no whole count of their base prints, and which base would."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from lscb_analysis.ledger.arithmetic import (
    whole_counts,
)
from lscb_analysis.ledger.figures import range_of
from lscb_analysis.ledger.relations import UNKNOWN, Relation, is_literal, literal
from lscb_analysis.ledger.told import as_findings, cell, finding, listed, named

_LARGEST_BASE = 5_000


def without_whole_count(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Percentages that no whole count of their base prints, those of one base together.

    The finding says which other base would print them: a count of the report, or a number near.
    """
    groups: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for relation in relations:
        base = _whole_base(figures, relation)
        if base and _has_unknown_count(relation) and _is_exact(figures, relation.figure):
            key = (base[0], str(cell(figures, relation.figure, "period")))
            groups.setdefault(key, []).append((relation.figure, base[1]))
    rows = []
    for (base_id, _), members in sorted(groups.items()):
        stated = int(cell(figures, base_id, "number"))
        bad = [name for name, times in members if not _prints(figures, name, stated * times)]
        is_whole = _makes_a_whole(figures, [name for name, _ in members])
        if bad or (is_whole and not _fills(figures, members, stated)):
            rows.append(_no_count(figures, base_id, members, bad, is_whole))
    return as_findings(rows)


def _no_count(
    figures: pd.DataFrame,
    base_id: str,
    members: list[tuple[str, int]],
    bad: list[str],
    is_whole: bool,
) -> dict[str, str]:
    shown = [name for name, _ in members] if is_whole or not bad else bad
    others = _printed_bases(figures, base_id, members, is_whole)
    near, left_over = _nearest_base(figures, base_id, members)
    told = "look up what they are percentages of"
    if others:
        counted = _counted(figures, members, others)
        fitting = listed(named(figures, name) for name in others)
        told = f"{fitting} would print them all{counted}: {told}"
    elif near:
        told = f"{near} instead of {cell(figures, base_id, 'text')} would print {left_over}: {told}"
    wrong = listed(named(figures, name) for name in (bad or shown))
    return finding(
        figures,
        "no whole count",
        [*shown, base_id, *others],
        found=f"no whole number of {named(figures, base_id)} prints {wrong}",
        expected="percentages of a whole count of their base",
        action=told,
    )


def _printed_bases(
    figures: pd.DataFrame, base_id: str, members: list[tuple[str, int]], is_whole: bool
) -> list[str]:
    """The report's own counts, of about the size, that print every percentage of the group.

    Only for percentages that make a whole; those of their theme and period where there are any.
    """
    if not is_whole:
        return []
    base = int(cell(figures, base_id, "number"))
    found = [
        name
        for name in map(str, figures.index)
        if _fits(figures, members, _whole_number(figures, name), base)
    ]
    near = [name for name in found if _are_of_one(figures, name, members[0][0])]
    return near or found


def _fits(
    figures: pd.DataFrame, members: list[tuple[str, int]], number: int | None, base: int
) -> bool:
    """Whether a count other than the base, of about its size, prints a whole group."""
    if number is None or number == base or not base / 2 <= number <= base * 2:
        return False
    prints = all(_prints(figures, each, number * times) for each, times in members)
    return prints and _fills(figures, members, number)


def _counted(figures: pd.DataFrame, members: list[tuple[str, int]], others: list[str]) -> str:
    """The whole counts of the one base that fits, where each percentage leaves but one."""
    if len({cell(figures, name, "number") for name in others}) > 1:
        return ""
    base = int(cell(figures, others[0], "number"))
    ranges = [range_of(figures, name) for name, _ in members]
    counts = [whole_counts(each, base) for each in ranges if each is not None]
    if any(least != most for least, most in counts):
        return ""
    return f", as {listed(str(least) for least, _ in counts)}"


def _are_of_one(figures: pd.DataFrame, one: str, two: str) -> bool:
    """Whether two figures are of one theme and period."""
    return all(
        cell(figures, one, column) == cell(figures, two, column) for column in ("theme", "period")
    )


def _nearest_base(
    figures: pd.DataFrame, base_id: str, members: list[tuple[str, int]]
) -> tuple[int, str]:
    """The number near the base that prints most of the group, and which it does not print."""
    base = int(cell(figures, base_id, "number"))
    if len(members) < 2 or base > _LARGEST_BASE:
        return 0, ""
    reach = max(2, base // 4)
    candidates = [base + step for step in range(-reach, reach + 1) if base + step > 0]
    printed = {
        each: [name for name, times in members if _prints(figures, name, each * times)]
        for each in candidates
    }
    best = max(candidates, key=lambda each: (len(printed[each]), -abs(each - base)))
    if best == base:
        return 0, ""
    rest = [name for name, _ in members if name not in printed[best]]
    if not rest:
        return best, "them all"
    return best, f"all but {listed(named(figures, name) for name in rest)}"


def _prints(figures: pd.DataFrame, name: str, base: int) -> bool:
    found = range_of(figures, name)
    if found is None or found[0] > 100:
        return True
    least, most = whole_counts(found, base)
    return least <= most


def _makes_a_whole(figures: pd.DataFrame, names: list[str]) -> bool:
    """Whether the percentages, as printed, add up to 100."""
    numbers = [cell(figures, name, "number") for name in names]
    if len(names) < 3 or any(number is None for number in numbers):
        return False
    half = sum(_half(figures, name) for name in names)
    return bool(abs(sum(numbers) - 100) <= half)


def _half(figures: pd.DataFrame, name: str) -> Fraction:
    return Fraction(1, 2 * 10 ** int(cell(figures, name, "decimals")))


def _fills(figures: pd.DataFrame, members: list[tuple[str, int]], base: int) -> bool:
    """Whether whole counts that print the percentages can add up to the base."""
    ranges = [range_of(figures, name) for name, _ in members]
    counts = [whole_counts(each, base) for each in ranges if each is not None]
    return sum(low for low, _ in counts) <= base <= sum(high for _, high in counts)


def _whole_base(figures: pd.DataFrame, relation: Relation) -> tuple[str, int] | None:
    """The figure that a percentage is of and how many times it, where that is a whole count."""
    if relation.kind != "percentage" or len(relation.base) != 1:
        return None
    factors = relation.base[0][1]
    names = [name for name in factors if not is_literal(name)]
    times = math.prod(literal(name) for name in factors if is_literal(name) and name != UNKNOWN)
    if len(names) != 1 or _whole_number(figures, names[0]) is None or times != int(times):
        return None
    return names[0], int(times)


def _is_exact(figures: pd.DataFrame, name: str) -> bool:
    return name in figures.index and bool(cell(figures, name, "is_exact"))


def _whole_number(figures: pd.DataFrame, name: str) -> int | None:
    """The number of a figure that is a whole count of something; None where it is none."""
    number = cell(figures, name, "number")
    is_count = cell(figures, name, "quantity") == "count" and _is_exact(figures, name)
    if number is None or not is_count or number <= 0 or number != int(number):
        return None
    return int(number)


def _has_unknown_count(relation: Relation) -> bool:
    return any(UNKNOWN in factors for _, factors in relation.terms)
