"""Every rule of Annex A finds the rows drawn as wrong, and no others."""

from __future__ import annotations

import pytest

from lscb_analysis.findings import SEVERITIES
from lscb_analysis.sources import annex_a
from lscb_analysis.sources.annex_a_rules import RULES
from lscb_analysis.sources.annex_a_tables import EVERY_CHILD, LISTS
from tests.sources.extracts import CONTEXT
from tests.sources.rules_annex_a import cases_1_to_6, cases_7_and_8, cases_9_to_11
from tests.sources.rules_annex_a.drawing import drawn_lists, list_about, marked_rows

CASES = {**cases_1_to_6.CASES, **cases_7_and_8.CASES, **cases_9_to_11.CASES}
BY_ID = {rule.id: rule for rule in RULES}


@pytest.mark.parametrize("name", list(CASES))
def test_a_rule_finds_the_rows_that_break_it_and_no_others(name):
    drawing = CASES[name]
    _, findings = annex_a.read(drawn_lists(drawing), CONTEXT)
    told = findings[findings["rule"].eq(name)]
    assert told["file"].unique().tolist() == [f"{list_about(drawing)}.csv"]
    assert set(told["row"]) == marked_rows(drawing)[0]
    assert told["child"].ne("").all() or list_about(drawing) == "adopters"


@pytest.mark.parametrize("name", list(CASES))
def test_each_example_draws_a_row_that_breaks_the_rule_and_one_that_could(name):
    wrong, right = marked_rows(CASES[name])
    assert wrong
    assert right
    assert list_about(CASES[name]) == BY_ID[name].table or BY_ID[name].table == EVERY_CHILD


def test_every_rule_has_its_examples():
    assert sorted(CASES) == sorted(BY_ID)


def test_every_rule_has_an_id_of_its_own_an_origin_and_a_column_of_its_list():
    assert len(BY_ID) == len(RULES) >= 22
    columns = {item.name: item.layout.columns for item in LISTS}
    columns[EVERY_CHILD] = columns["contacts"]
    for rule in RULES:
        assert rule.id.startswith("annex_a.")
        assert any(word in rule.origin for word in ("Ofsted", "DfE", "Children Act"))
        assert rule.severity in SEVERITIES
        for need in rule.needs:
            table, _, column = need.partition(".")
            assert column in columns[table], rule.id
        assert f"{rule.table}.{rule.column}" in rule.needs


def test_a_rule_that_cannot_run_says_so():
    drawing = "contacts\nchild_id | contact_date\nA1 | 15/01/2017"
    _, findings = annex_a.read(drawn_lists(drawing), CONTEXT)
    silent = findings[findings["found"].str.startswith("a check that could not run")]
    assert set(silent["severity"]) == {"note"}
    about_others = {rule.id for rule in RULES if rule.table not in ("contacts", EVERY_CHILD)}
    assert about_others <= set(silent["rule"])
    assert "annex_a.contact_too_early" not in set(silent["rule"])


def test_a_cell_that_cannot_be_read_is_told_of_once():
    drawing = """
        assessments
        child_id | start_date | authorised_date | is_in_need
        A1 | 15/01/2017 | 15/02/2017 | CS Assessment Updated
    """
    _, findings = annex_a.read(drawn_lists(drawing), CONTEXT)
    of_answer = findings[findings["column"].str.startswith("Was the child assessed")]
    assert of_answer["found"].tolist() == ["a value that is neither yes nor no"]
