"""The board's annual report 2016/17: what the audit by hand found, the ledger finds."""

from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.ledger import compared, figures_of
from tests.ledger import reports

# problem of the audit by hand: the rule that finds it, and figures that the finding names
PROBLEMS = {
    "1 plans do not flow": ("stock and flow", {"CP01", "CP03", "CP10", "CP13"}),
    "2 two populations in March 2016": ("two populations", {"CP05", "CP03", "CN08", "CN04"}),
    "4 categories are not of new plans": ("no whole count", {"CP06", "CP08", "CP10", "CP01"}),
    "6 allegation outcomes, sum": ("parts and total", {"LD21", "LD29"}),
    "6 allegation outcomes, share": ("percentage", {"LD21P", "LD21", "LD29"}),
    "8 contacts": ("two values", {"SN01", "CR14"}),
    "9 referrals": ("two values", {"SN02", "CR15"}),
    "11 45 days": ("two values", {"SN07", "CR06"}),
    "12 early help, individuals": ("two values", {"EH02", "CR19"}),
    "12 early help, contacts": ("two values", {"EH01", "CR19"}),
    "12 contacts and people in one sum": ("unlike units", {"CR21", "CR14", "CR20"}),
    "14 eight meetings": ("no whole count", {"BD06", "AT02", "AT05", "AT10"}),
    "15 income": ("parts and total", {"FI06", "FI04"}),
    "16 41 %": ("rounding", {"CR10", "CR11", "CR12"}),
    "18 more supported than referred": ("larger than its set", {"DV14", "DV15"}),
    "22 just under half": ("claim", {"DM28", "DM27", "DM10"}),
    "23 special schools": ("percentage", {"DM32", "DM31", "DM29"}),
}
# beyond those that the ledger must find
MORE = {
    "10 and 13 units in doubt": ("unit in doubt", {"EH11"}),
    "17 an increase that may be chance": ("claim", {"SE01", "SE02", "SE03"}),
    "18 nine months in a year's report": ("period mixed", {"DV14", "DV15"}),
    "21 since 2015": ("period unclear", {"DM05"}),
    "24 a digit lost": ("cell", {"DM13"}),
    "28 stable from 9 to 7": ("claim", {"QC08", "SN16", "SN17"}),
    "30 five children": ("disclosure", {"DI05"}),
    "30 nine at risk": ("disclosure", {"IN_fm_Y"}),
    "16 a lasting reduction of two quarters": ("claim", {"QC10"}),
    "3.12 validated and not": ("validated with unvalidated", {"LA01", "LA03"}),
}
# without any relation declared: those that names, units and periods give
WITHOUT_RELATIONS = ("1", "2", "6", "8", "9", "11", "16", "18")


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return reports.read(reports.EXAMPLE / "figures.csv")


@pytest.fixture(scope="module")
def declared() -> pd.DataFrame:
    return reports.read(reports.EXAMPLE / "relations.csv")


@pytest.fixture(scope="module")
def found(rows, declared) -> pd.DataFrame:
    return reports.checked(rows, declared)


def is_found(found: pd.DataFrame, problem: tuple[str, set[str]]) -> bool:
    rule, ids = problem
    return any(rule == each and ids <= figures for each, figures in reports.as_pairs(found))


def only_agreeing(found: pd.DataFrame) -> list[tuple[str, set[str]]]:
    """The findings, of any severity, in which every figure agrees."""
    agreeing = reports.agreeing()
    return [(rule, ids) for rule, ids in reports.as_pairs(found) if ids and ids <= agreeing]


@pytest.mark.parametrize("problem", [*PROBLEMS, *MORE])
def test_a_problem_found_by_hand_is_found_by_its_rule(found, problem):
    assert is_found(found, (PROBLEMS | MORE)[problem])


def test_no_finding_is_about_agreeing_figures_alone(found):
    assert only_agreeing(found) == []


def test_every_warning_is_one_of_the_problems_found_by_hand(found):
    known = [*PROBLEMS.values(), *MORE.values()]
    warnings = reports.as_pairs(found[found["severity"].eq("warning")])
    stray = [
        (rule, ids)
        for rule, ids in warnings
        if not any(rule == each and figures <= ids for each, figures in known)
    ]
    assert stray == []


def test_the_cell_that_mends_the_outcomes_is_named(found):
    row = found[found["figures"].str.startswith("LD29; LD21")].iloc[0]
    assert row["action"].endswith("LD21 as 41")


def test_the_flow_of_plans_says_what_would_close_it(found):
    row = found[found["rule"].eq("stock and flow")].iloc[0]
    assert "= 316, but 408" in row["found"]
    assert "CP10 as 476 or CP13 as 494" in row["action"]


def test_the_sound_rates_of_2017_are_no_finding(found):
    named = {each for _, ids in reports.as_pairs(found) for each in ids}
    assert not named & {"CN07", "CP04", "LA05"}


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_rows_and_other_ids_give_the_same_findings(rows, declared, found, seed):
    renamed, relations, old = reports.with_ids_renamed(rows, declared, seed)
    again = reports.checked(reports.with_rows_shuffled(renamed, seed), relations)
    by_old = [(rule, {old[each] for each in ids}) for rule, ids in reports.as_pairs(again)]
    key = sorted((rule, sorted(ids)) for rule, ids in by_old)
    assert key == sorted((rule, sorted(ids)) for rule, ids in reports.as_pairs(found))


@pytest.mark.parametrize("seed", range(3))
def test_labels_dealt_out_anew_give_no_finding_about_agreeing_figures_alone(rows, declared, seed):
    labels = rows["label"].sample(frac=1, random_state=seed).to_numpy()
    again = reports.checked(rows.assign(label=labels), declared)
    assert only_agreeing(again) == []
    assert [name for name, each in PROBLEMS.items() if not is_found(again, each)] == []


def test_without_relations_it_finds_less_and_still_nothing_about_agreeing_figures(rows):
    again = reports.checked(rows, None)
    wanted = [name for name in PROBLEMS if name.split()[0] in WITHOUT_RELATIONS]
    missed = [name for name in wanted if not is_found(again, _without_repeats(PROBLEMS[name]))]
    assert missed == []
    assert only_agreeing(again) == []


def _without_repeats(problem: tuple[str, set[str]]) -> tuple[str, set[str]]:
    """The problem without a figure that the report prints twice (408 as SN12 and as CP01)."""
    return problem[0], problem[1] - {"CP01"}


def test_without_indicators_names_and_sections_nothing_is_about_agreeing_figures(rows, declared):
    bare = rows[["id", "label", "value", "unit", "period"]]
    assert only_agreeing(reports.checked(bare, declared)) == []
    assert only_agreeing(reports.checked(bare, None)) == []


def test_figures_beside_those_of_the_department_agree_are_close_or_differ(rows):
    figures, _ = figures_of(rows)
    beside, problems = compared(reports.read(reports.EXAMPLE / "dfe.csv"), figures)
    key = reports.read(reports.KEYS / "report_2016_17_dfe_key.csv")
    assert problems.empty
    assert beside["result"].tolist() == key["result"].tolist()
