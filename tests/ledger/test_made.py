"""Reports of boards that do not exist, without a relations file: each planted error is found."""

from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.ledger import all_relations, figures_of, ids_of
from tests.ledger import reports
from tests.ledger.made import REPORTS, Made

ERRORS = [(report, name) for report in REPORTS for name in report.errors]


def names(case: tuple[Made, str]) -> str:
    return f"{case[0].name}: {case[1]}"


def alarms(found: pd.DataFrame) -> list[tuple[str, str]]:
    """What does not add up, or may not: rule and figures."""
    found = found[found["severity"].isin(["failed", "warning", "look"])]
    return list(zip(found["rule"], found["figures"], strict=True))


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_a_report_that_adds_up_gives_no_alarm(report):
    assert alarms(reports.checked(report.rows, None)) == []


@pytest.mark.parametrize("case", ERRORS, ids=names)
def test_a_planted_error_is_found_by_its_rule_in_its_figures(case):
    report, name = case
    rows, rule, ids = report.with_error(name)
    found = reports.as_pairs(reports.checked(rows, None))
    assert any(rule == each and ids <= figures for each, figures in found), alarms(
        reports.checked(rows, None)
    )


@pytest.mark.parametrize("case", ERRORS, ids=names)
def test_every_alarm_names_the_figure_that_was_misprinted(case):
    report, name = case
    rows, _, _ = report.with_error(name)
    found = reports.checked(rows, None)
    found = found[found["severity"].isin(["warning", "look"])]
    wrong = set(report.errors[name][0])
    stray = [row["figures"] for _, row in found.iterrows() if not set(ids_of(row)) & wrong]
    assert stray == []


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_breaking_a_figure_does_not_remove_the_check_of_it(report):
    """What is guessed comes from the words: the same relations, whatever one figure says."""
    plain = _relations(report.rows)
    for name in report.errors:
        rows, _, _ = report.with_error(name)
        assert plain <= _relations(rows), name


def _relations(rows: pd.DataFrame) -> set[tuple[str, frozenset[str]]]:
    figures, _ = figures_of(rows)
    return {(each.kind, frozenset(each.ids)) for each in all_relations(figures)}
