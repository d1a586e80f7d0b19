"""The domestic-abuse rules: each finds what it is for, and lets pass what is right."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from lscb_analysis.sources import da_services, insights, marac, police
from lscb_analysis.sources.board_rules import check
from tests.sources.extracts import CONTEXT
from tests.sources.rules_domestic_abuse.cases import (
    CHILD,
    EXIT,
    INCIDENT,
    INTAKE,
    MEETING,
    OF_INSIGHTS,
    OF_MARAC,
    OF_POLICE,
    OF_SERVICES,
    SERVICE,
    Case,
)
from tests.sources.rules_domestic_abuse.drawing import Example, drawn

MODULES = {module.NAME: module for module in (police, marac, insights, da_services)}
CASES: dict[str, Case] = {
    f"{source}.{name}": case
    for source, cases in (
        ("police", OF_POLICE),
        ("marac", OF_MARAC),
        ("insights", OF_INSIGHTS),
        ("da_services", OF_SERVICES),
    )
    for name, case in cases.items()
}
RULES = [rule for module in MODULES.values() for rule in module.RULES]
BY_ID = {rule.id: rule for rule in RULES}
A_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}")


def told_by(rule: str, example: Example) -> pd.DataFrame:
    """The findings of one rule on an example."""
    module = MODULES[rule.partition(".")[0]]
    return check([BY_ID[rule]], module.tables_sent(drawn(example), CONTEXT), CONTEXT)


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_finds_what_it_is_for_and_shows_no_date(rule: str):
    fails, _ = CASES[rule]
    found = told_by(rule, fails)
    assert len(found)
    assert set(found["found"]) == {BY_ID[rule].found}
    assert set(found["file"]) == {f"{BY_ID[rule].table}.csv"}
    assert found["row"].str.isdecimal().all()
    assert found["letter"].ne("").all()
    assert not A_DATE.search(found.to_csv())


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_lets_pass_what_is_right(rule: str):
    _, passes = CASES[rule]
    assert passes[BY_ID[rule].table]
    assert told_by(rule, passes).empty


def test_every_rule_has_an_example_that_fails_and_one_that_passes():
    assert set(CASES) == set(BY_ID)


def test_the_ids_of_rules_are_unique():
    assert len(BY_ID) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_where_it_comes_from(rule):
    assert len(rule.origin) > 10
    assert f"{rule.table}.{rule.column}" in rule.needs


@pytest.mark.parametrize(
    ("module", "right"),
    [
        (police, {"incidents": INCIDENT, "children": CHILD}),
        (marac, {"meetings": MEETING}),
        (insights, {"clients": f"{INTAKE}\n{EXIT}"}),
        (da_services, {"services": SERVICE}),
    ],
    ids=list(MODULES),
)
def test_what_is_right_breaks_no_rule(module, right):
    _, findings = module.read(drawn(right), CONTEXT)
    assert findings.loc[findings["rule"].ne(""), "rule"].tolist() == []


def test_a_rule_that_lacks_a_column_says_so():
    _, findings = police.read(drawn({"incidents": INCIDENT}), CONTEXT)
    notes = findings[findings["rule"].eq("police.notified_before_incident")]
    assert notes["severity"].tolist() == ["note"]
    assert "could not run" in notes["found"].iloc[0]


@pytest.mark.parametrize("module", MODULES.values(), ids=list(MODULES))
def test_where_nothing_was_sent_no_rule_is_asked_for(module):
    assert module.read([], CONTEXT)[1].empty
