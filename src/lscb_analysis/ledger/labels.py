"""Labels: periods missing, mixed or readable in two ways; units in doubt; validated or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from lscb_analysis.ledger.figures import span_of
from lscb_analysis.ledger.guessing_changes import series_of
from lscb_analysis.ledger.relations import Relation, is_literal
from lscb_analysis.ledger.spans import Span
from lscb_analysis.ledger.told import as_findings, cell, finding, listed, named
from lscb_analysis.ledger.units import is_in_doubt

_UNCHECKED = re.compile(r"\bunvalidated\b|\bnot validated\b|\bprovisional\b|\bunchecked\b", re.I)
_CHECKED = re.compile(r"(?<!not )\bvalidated\b|\bfinal\b|\bnational statistics?\b", re.I)
_COMPARING = ("change", "difference", "flow", "same", "claim")
_DAYS_IN_YEAR = 366
_MEASURED = ("count", "percent", "rate", "money")


def without_period(figures: pd.DataFrame) -> pd.DataFrame:
    """One finding for all figures that do not say of which period they are."""
    names = [
        name for name in _measured(figures) if span_of(figures, name).kind in ("missing", "unread")
    ]
    return _together(
        figures,
        "period missing",
        names,
        found=f"{len(names)} figures whose period is not printed, or names no date",
        expected="a period on every figure: a date, a quarter, a year",
        action="print it beside each",
    )


def with_vague_period(figures: pd.DataFrame) -> pd.DataFrame:
    """One finding for all figures whose period can be read in two ways, such as `end of 2016`."""
    names = [
        name
        for name in _measured(figures)
        if span_of(figures, name).is_vague and span_of(figures, name).kind != "unread"
    ]
    periods = sorted({str(cell(figures, name, "period")) for name in names})
    return _together(
        figures,
        "period unclear",
        names,
        found=f"periods that can be read in two ways: {', '.join(periods)}",
        expected="the day, or the first and the last",
        action="say whether it is a day, a month or a year, and from when",
    )


def shorter_than_the_report(figures: pd.DataFrame) -> pd.DataFrame:
    """Blocks of figures for part of the report's year, or for a year that is shifted against it."""
    spans = {name: span_of(figures, name) for name in _measured(figures)}
    years = Counter((each.start, each.end) for each in spans.values() if each.kind == "year")
    if not years:
        return as_findings()
    start, end = years.most_common(1)[0][0]
    rows = []
    blocks: dict[tuple[object, object], list[str]] = {}
    for name, span in spans.items():
        if _is_part_of_year(span, Span("year", start, end)):
            blocks.setdefault((span.start, span.end), []).append(name)
    for (first, last), names in sorted(blocks.items(), key=str):
        of_block, of_report = f"{first} to {last}", f"{start} to {end}"
        rows.append(
            finding(
                figures,
                "period mixed",
                names,
                found=f"{len(names)} figures for {of_block}; the report is for {of_report}",
                expected="one period, or the other one named beside each figure",
                action="name the period; do not set these beside figures of the whole year",
                severity="note",
            )
        )
    return as_findings(rows)


def relations_across_periods(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Totals, percentages and rates that mix periods: a year's count over another period's."""
    rows = []
    for relation in relations:
        if relation.kind not in ("total", "percentage", "rate", "part"):
            continue
        names = [name for name in relation.ids if name in figures.index]
        spans = {name: span_of(figures, name) for name in names}
        if relation.kind == "rate":
            spans = _without_population(relation, spans)
        known = {name: span for name, span in spans.items() if _is_one_period(span)}
        if len({_year_of(span) for span in known.values()}) > 1:
            told = listed(_with_period(figures, name) for name in known)
            rows.append(
                finding(
                    figures,
                    "period mixed",
                    list(known),
                    found=told,
                    expected="figures of one period",
                    action="use figures of one period, or say why not",
                    severity="note",
                )
            )
    return as_findings(rows)


def _without_population(relation: Relation, spans: dict[str, Span]) -> dict[str, Span]:
    """The spans without a population of up to a year before, as the estimates of mid-year are."""
    day = spans[relation.figure].end
    people = {name for _, factors in relation.base for name in factors}
    return {
        name: span
        for name, span in spans.items()
        if name not in people
        or not day
        or not span.end
        or abs((day - span.end).days) > _DAYS_IN_YEAR
    }


def units_in_doubt(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures whose unit is given with a question mark or in quotation marks."""
    return as_findings(
        finding(
            figures,
            "unit in doubt",
            [str(name)],
            found=f"{row['text']} {row['unit']}",
            expected="one unit",
            action="say what is counted",
            severity="note",
        )
        for name, row in figures[figures["unit"].map(is_in_doubt)].iterrows()
    )


def validated_with_unvalidated(
    figures: pd.DataFrame, relations: Sequence[Relation]
) -> pd.DataFrame:
    """Comparisons of a figure marked as validated with one that is not."""
    pairs: dict[tuple[str, ...], list[str]] = {pair: [] for pair in _side_by_side(figures)}
    for relation in relations:
        if relation.kind not in _COMPARING:
            continue
        compared = [name for name in relation.ids if not is_literal(name)]
        is_of_all = relation.kind in ("flow", "same", "claim") and len(compared) < 3
        compared = compared if is_of_all or relation.kind == "flow" else compared[1:]
        states = {name: is_validated(figures, name) for name in compared}
        if True in states.values() and not all(states.values()):
            pairs.setdefault(tuple(sorted(compared)), []).append(relation.figure)
    rows = []
    for compared_pair, shown in pairs.items():
        states = {name: is_validated(figures, name) for name in compared_pair}
        checked = [name for name, state in states.items() if state]
        rest = [name for name in compared_pair if name not in checked]
        rows.append(
            finding(
                figures,
                "validated with unvalidated",
                [*compared_pair, *shown],
                found=f"{listed(named(figures, name) for name in checked)} is marked as validated, "
                f"{listed(named(figures, name) for name in rest)} is not",
                expected="figures of one standing, or the standing of each beside it",
                action="compare with the validated figure once it is out; say which is which",
                severity="warning" if shown and False in states.values() else "note",
            )
        )
    return as_findings(rows)


def _side_by_side(figures: pd.DataFrame) -> list[tuple[str, ...]]:
    """Figures of one name that follow each other in time, one validated and one said not to be."""
    pairs = [tuple(sorted(pair[1:])) for pair in series_of(figures, _MEASURED)]
    states = [{is_validated(figures, name) for name in pair} for pair in pairs]
    return [pair for pair, each in zip(pairs, states, strict=True) if each == {True, False}]


def is_validated(figures: pd.DataFrame, name: str) -> bool | None:
    """Whether a figure is marked as validated or as not; None where nothing is said."""
    said = f"{cell(figures, name, 'label')} {cell(figures, name, 'status')}"
    if _UNCHECKED.search(said) or str(cell(figures, name, "status")).casefold() in ("no", "false"):
        return False
    return True if _CHECKED.search(said) else None


def _measured(figures: pd.DataFrame) -> list[str]:
    kept = figures["quantity"].isin(_MEASURED) & figures["number"].notna()
    return [str(name) for name in figures.index[kept]]


def _with_period(figures: pd.DataFrame, name: str) -> str:
    return f"{named(figures, name)} {cell(figures, name, 'period')}"


def _is_part_of_year(span: Span, year: Span) -> bool:
    if not (span.start and span.end and year.start and year.end) or span.is_vague:
        return False
    is_to_date = span.start == year.start and span.end < year.end and span.days > 100
    is_shifted = span.kind == "year" and span.start < year.start < span.end
    return is_to_date or is_shifted


def _is_one_period(span: Span) -> bool:
    """Whether a span is a day, or a period of up to a year, read in one way."""
    return 0 < span.days <= _DAYS_IN_YEAR and not span.is_vague


def _year_of(span: Span) -> object:
    """What a span is compared by: a day by itself within its year end, a year by its ends."""
    return span.end if span.kind in ("date", "year") else (span.start, span.end)


def _together(
    figures: pd.DataFrame, rule: str, names: list[str], *, found: str, expected: str, action: str
) -> pd.DataFrame:
    if not names:
        return as_findings()
    told = finding(
        figures, rule, names, found=found, expected=expected, action=action, severity="note"
    )
    return as_findings([told])
