from __future__ import annotations

from lscb_analysis.sources import insights
from tests.sources.extracts import CONTEXT, extract, shown, told

HEADER = "Period Start | Period End | Client Group | Form | Attribute | Clients | Of Clients\n"
MENTAL_HEALTH = "01/01/2017 | 31/03/2017 | Adults | Intake | Mental health"


def test_a_row_says_how_many_of_how_many_clients():
    records, findings = insights.read([extract(HEADER + MENTAL_HEALTH + " | 151 | 285")], CONTEXT)
    columns = ("period_end", "client_group", "form", "attribute", "clients", "of_clients")
    assert shown(records["insights"], *columns) == [
        ("2017-03-31", "Adults", "Intake", "Mental health", 151, 285)
    ]
    assert told(findings) == []


def test_a_percentage_is_not_made_into_a_count():
    records, findings = insights.read([extract(HEADER + MENTAL_HEALTH + " | 53% | 285")], CONTEXT)
    assert records["insights"]["clients"].isna().all()
    assert told(findings) == [("2", "a percentage")]


def test_a_part_of_one_is_a_percentage_and_makes_a_one_beside_it_one_too():
    rows = f"{MENTAL_HEALTH} | 0.53 | 285\n{MENTAL_HEALTH} and drugs | 1 | 285"
    records, findings = insights.read([extract(HEADER + rows)], CONTEXT)
    assert records["insights"]["clients"].isna().all()
    assert told(findings) == [("2, 3", "a percentage")]


def test_one_client_among_counts_is_one_client():
    records, _ = insights.read([extract(HEADER + MENTAL_HEALTH + " | 1 | 285")], CONTEXT)
    assert records["insights"]["clients"].tolist() == [1]


def test_more_clients_than_there_are_is_a_finding():
    records, findings = insights.read([extract(HEADER + MENTAL_HEALTH + " | 53 | 40")], CONTEXT)
    assert records["insights"]["clients"].isna().all()
    assert told(findings) == [("2", "more clients than there are, or a percentage")]


def test_a_period_that_ends_before_it_starts_is_a_finding():
    row = MENTAL_HEALTH.replace("31/03/2017", "31/12/2016")
    _, findings = insights.read([extract(HEADER + row + " | 5 | 40")], CONTEXT)
    assert told(findings) == [("2", "a period that starts after its end")]


def test_a_quarter_and_the_year_to_its_end_are_not_mixed():
    rows = f"{MENTAL_HEALTH} | 5 | 40\n{MENTAL_HEALTH.replace('01/01/2017', '01/04/2016')} | 9 | 90"
    records, findings = insights.read([extract(HEADER + rows)], CONTEXT)
    assert shown(records["insights"], "period_start", "clients") == [("2017-01-01", 5)]
    assert [row for row, _ in told(findings)] == ["3"]


def test_children_go_by_several_names_but_intake_and_exit_stay_apart():
    rows = (
        "01/01/2017 | 31/03/2017 | CYP | Intake | Direct abuse | 5 | 40\n"
        "01/01/2017 | 31/03/2017 | Children | exit | Direct abuse | 5 | 40"
    )
    records, findings = insights.read([extract(HEADER + rows)], CONTEXT)
    assert shown(records["insights"], "client_group", "form") == [
        ("Children and young people", "Intake"),
        ("Children and young people", "Exit"),
    ]
    assert told(findings) == []
