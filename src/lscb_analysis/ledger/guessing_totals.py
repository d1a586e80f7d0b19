"""Guessing: totals of sets that are complete by their words, and of lists that end in a total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from lscb_analysis.ledger.guessing_parts import parent_of, rounded_to, total_relation
from lscb_analysis.ledger.relations import Relation, term
from lscb_analysis.ledger.wording import (
    Line,
    are_of_one_time,
    are_together,
    is_closed,
    is_total_word,
    names_meet,
    units_meet,
    without_total,
)

_ALL_OF_IT = Fraction(0)
_MOST_OF_IT = Fraction(19, 20)
_HALF_OF_IT = Fraction(1, 2)
_NEAR = Fraction(1, 10)
_HUNDRED = "#100"
_FEWEST = 2


def guessed_sets(lines: Sequence[Line]) -> list[Relation]:
    """Boys and girls, ages, categories of abuse, in time and late: with their total."""
    found, step = [], rounded_to(lines)
    for members in _sets(lines):
        kind = members[0].kind
        if not is_closed(kind, [each.member for each in members if each.member]):
            continue
        is_whole = kind in ("age", "time") or any(
            each.is_rest or each.member == "multiple" for each in members
        )
        if members[0].quantity == "percent":
            found += _hundred(members, is_whole)
            continue
        whole = _whole_of(lines, members)
        if whole is None:
            continue
        # without a unit the line above may be of another thing
        is_of_it = bool(whole.things) or whole.is_total or bool(members[0].stem)
        is_of_it = is_of_it or members[0].is_child or whole.quantity == "money"
        made = total_relation(
            whole, members, is_whole and is_of_it, _ALL_OF_IT, step=step, is_disjoint=is_of_it
        )
        if made:
            found.append(made)
    return found


def guessed_lists(lines: Sequence[Line]) -> list[Relation]:
    """Lists that end in a total, and lists with an `other` below what they are parts of."""
    step = rounded_to(lines)
    found = list(_of_children(lines, step))
    for line in lines:
        if not line.is_counted or line.is_child:
            continue
        if is_total_word(line.label) or (line.is_total and not line.words):
            run = _run_before(lines, line)
            made = _of_run(line, run, step) or _of_named(lines, line, step)
        else:
            made = _of_named(lines, line, step)
        if made:
            found.append(made)
    return found


def _sets(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The members of each set, with its `not known`, in one section and period."""
    groups: dict[object, list[Line]] = defaultdict(list)
    for line in lines:
        if line.member and (line.is_counted or line.quantity == "percent"):
            groups[_set_key(lines, line)].append(line)
    for members in groups.values():
        names = [each.member for each in members]
        is_one = all(units_meet(members[0], each) for each in members)
        if len(set(names)) == len(names) >= _FEWEST and is_one:
            yield [*members, *_rest(lines, members)]


def _set_key(lines: Sequence[Line], line: Line) -> object:
    parent = parent_of(lines, line) if line.is_child else None
    ends = (line.span.start, line.span.end) if line.span.end else line.period
    above = parent.id if parent else ""
    return (line.kind, line.stem, line.block, ends, line.quantity, above)


def _rest(lines: Sequence[Line], members: Sequence[Line]) -> list[Line]:
    """The lines of what is other or not known: of the set's own words, or standing in it."""
    first, last = (lines[at] for at in (min(e.at for e in members), max(e.at for e in members)))
    found = []
    for line in lines:
        if not line.is_rest or line.member or line in members or line.is_total:
            continue
        is_own = bool(line.stem) and line.stem == members[0].stem
        # a percentage may stand between two counts
        is_in = first.at - 2 <= line.at <= last.at + 4 and not _is_cut(lines, last, line, members)
        if are_together(line, members[0]) and (is_own or (is_in and line.stem <= first.stem)):
            found.append(line)
    return found


def _is_cut(lines: Sequence[Line], last: Line, line: Line, members: Sequence[Line]) -> bool:
    """Whether a line of something else stands between a set and what may be the rest of it."""
    between = lines[last.at + 1 : line.at]
    return any(
        each.quantity == members[0].quantity and not each.is_rest and each not in members
        for each in between
    )


def _whole_of(lines: Sequence[Line], members: Sequence[Line]) -> Line | None:
    first = members[0]
    if first.is_child:
        parent = parent_of(lines, first)
        return parent if parent and are_of_one_time(first, parent) else None
    near = [
        each
        for each in lines
        if each not in members
        and not each.member
        and not each.is_rest
        and not each.is_child
        and are_together(each, first)
        and names_meet(each, first)
    ]
    if first.stem:
        found = [each for each in near if each.stem == first.stem]
    else:
        found = [each for each in near if each.is_total]
        above = [each for each in near if each.at == min(e.at for e in members) - 1]
        found = found or above
    totals = [each for each in found if each.is_total]
    best = totals or found
    return best[0] if len(best) == 1 else _nearest(best, first)


def _nearest(found: Sequence[Line], line: Line) -> Line | None:
    """The one line that stands nearest to a line; None where two do."""
    order = sorted(found, key=lambda each: abs(each.at - line.at))
    if len(order) < 2 or abs(order[0].at - line.at) < abs(order[1].at - line.at):
        return order[0] if order else None
    return None


def _hundred(members: Sequence[Line], is_whole: bool) -> list[Relation]:
    """Percentages of a complete set, which make 100."""
    made = sum((each.number or Fraction(0) for each in members), Fraction(0))
    terms = tuple(term(each.id) for each in members)
    is_alike = len({each.stem for each in members if not each.is_rest}) == 1
    if made < _HALF_OF_IT * 100 or not is_alike or any(each.number is None for each in members):
        return []
    return [Relation("total", _HUNDRED, terms, (), True, not is_whole and made < 100)]


def _run_before(lines: Sequence[Line], total: Line) -> list[Line]:
    """The lines above a total that are of its kind, up to the total before."""
    run: list[Line] = []
    for line in reversed(lines[: total.at]):
        if line.block != total.block or (line.is_total and line.is_counted):
            break
        if line.quantity in ("percent", "rate"):
            continue
        is_own = line.is_counted and units_meet(line, total) and are_of_one_time(line, total)
        if not is_own:
            break
        run.insert(0, line)
    return run


def _of_run(total: Line, run: Sequence[Line], step: int) -> Relation | None:
    """The relation of a total to the run above it, or to that end of it that makes it."""
    plain = [each for each in run if not each.is_child]
    parts = plain or list(run)
    named = [each for each in parts if total.stem and total.stem <= each.words]
    parts = named if len(named) >= _FEWEST else parts
    if len(parts) < _FEWEST or not all(names_meet(total, each) for each in parts):
        return None
    for start in range(len(parts) - 1):
        if _gap(total, parts[start:]) == 0:
            return total_relation(total, parts[start:], True, _ALL_OF_IT)
    if not all(units_meet(one, two) for one, two in combinations(parts, 2)):
        return None
    gap = _gap(total, parts)
    has_unit = bool(total.things) or total.quantity == "money"
    is_near = gap is not None and total.number is not None and abs(gap) <= _NEAR * total.number
    is_all = has_unit and (gap is None or is_near)
    return total_relation(total, parts, is_all, _HALF_OF_IT, step=step)


def _of_children(lines: Sequence[Line], step: int) -> Iterator[Relation]:
    """Lists below a line, each item behind a dash or `of which`, that are of one kind of thing."""
    below: dict[str, list[Line]] = defaultdict(list)
    parents = {}
    for line in lines:
        parent = parent_of(lines, line) if line.is_child and line.is_counted else None
        if parent and units_meet(line, parent) and are_of_one_time(line, parent):
            parents[parent.id] = parent
            below[parent.id].append(line)
    for name, parts in below.items():
        has_rest = any(each.is_rest for each in parts)
        if len(parts) < _FEWEST or any(each.member for each in parts):
            continue
        made = total_relation(parents[name], parts, has_rest, _MOST_OF_IT, step=step)
        if made:
            yield made


def _gap(total: Line, parts: Sequence[Line]) -> Fraction | None:
    if total.number is None or any(each.number is None for each in parts):
        return None
    return total.number - sum((each.number or Fraction(0) for each in parts), Fraction(0))


def _of_named(lines: Sequence[Line], whole: Line, step: int) -> Relation | None:
    """A list of `X from a`, `X from b` and `other` under X; without an `other` only if near."""
    parts = [
        each
        for each in lines
        if each is not whole
        and are_together(each, whole)
        and names_meet(each, whole)
        and not each.is_total
        and _is_in_list(each, whole)
    ]
    linkers = {_linker(each, whole) for each in parts if not each.is_rest}
    has_rest = any(each.is_rest for each in parts)
    if len(parts) < _FEWEST or len(linkers) != 1 or whole.member or whole.is_rest:
        return None
    return total_relation(whole, parts, has_rest, _MOST_OF_IT, step=step)


def _is_in_list(line: Line, whole: Line) -> bool:
    if line.is_rest and whole.stem and whole.stem < line.words | {"other"}:
        return whole.stem <= line.words
    return bool(_linker(line, whole))


def _linker(line: Line, whole: Line) -> str:
    """What stands between the name of a whole and the rest of a part's: `from`, `:`."""
    name = without_total(whole.label)
    if not name or not line.label.startswith(name) or line.label == name:
        return ""
    after = line.label[len(name) :].split()
    linker = after[0].strip("(") if after else ""
    is_linker = linker in ("from", "by", "for", "due", "-", "–", ":")
    return linker if is_linker else (":" if line.label[len(name) :].startswith(":") else "")
