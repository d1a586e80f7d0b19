from __future__ import annotations

import pytest

from lscb_analysis.sources import da_services
from tests.sources.extracts import CONTEXT, extract, shown, told

HEADER = (
    "Service | Period Start | Period End | Client Group | Referrals | Accepted | Engaged | Waiting"
    " | Children Supported | Closed | Closed as Planned\n"
)
QUARTER = "Refuge | 01/01/2017 | 31/03/2017 | Adults | 50 | 40 | 35 | 5 | 20 | 30 | 25\n"


def services(*rows: str):
    records, findings = da_services.read([extract(HEADER + "".join(rows))], CONTEXT)
    return records["da_services"], findings


def test_a_return_gives_its_totals():
    returns, findings = services(QUARTER)
    columns = ("period_end", "service", "client_group", "referrals", "accepted", "engaged")
    assert shown(returns, *columns) == [("2017-03-31", "Refuge", "Adults", 50, 40, 35)]
    columns = ("waiting", "children_supported", "closed", "closed_planned", "is_year_to_date")
    assert shown(returns, *columns) == [(5, 20, 30, 25, False)]
    assert told(findings) == []


def test_a_service_that_names_no_group_of_clients_is_read_and_its_group_is_not_known():
    without = [
        line.replace("Client Group | ", "").replace("Adults | ", "") for line in (HEADER, QUARTER)
    ]
    again = without[1].replace("| 50 |", "| 51 |")
    records, findings = da_services.read([extract("".join([*without, again]))], CONTEXT)
    assert shown(records["da_services"], "client_group", "referrals") == [("Not known", 50)]
    assert told(findings) == [("3", "a row for something that an earlier row already gives")]


def test_a_quarter_and_the_year_to_its_end_are_both_kept_and_told_apart():
    year = QUARTER.replace("01/01/2017", "01/04/2016").replace("| 50 |", "| 190 |")
    returns, findings = services(QUARTER, year)
    assert shown(returns, "referrals", "is_year_to_date") == [(50, False), (190, True)]
    assert told(findings) == []


def test_a_part_that_is_more_than_its_whole_is_not_known():
    returns, findings = services(QUARTER.replace("| 25", "| 31"))
    assert returns["closed_planned"].isna().all()
    assert told(findings) == [("2", "more closed as planned than closed")]


def test_a_blank_total_is_not_zero():
    returns, findings = services(QUARTER.replace("| 35 |", "| - |"))
    assert returns["engaged"].isna().all()
    assert told(findings) == [("2", "a blank cell")]


@pytest.mark.parametrize("number", ["-1", "many", "1.5", "12%"])
def test_a_number_that_is_none_is_a_finding_and_is_not_known(number):
    returns, findings = services(QUARTER.replace("| 35 |", f"| {number} |"))
    assert returns["engaged"].isna().all()
    assert [row for row, _ in told(findings)] == ["2"]


def test_a_return_without_a_period_is_left_out():
    returns, findings = services(QUARTER, QUARTER.replace("01/01/2017", "-"))
    assert len(returns) == 1
    assert [row for row, _ in told(findings)] == ["3"]


def test_a_service_sent_twice_counts_once():
    returns, findings = services(QUARTER, QUARTER.replace("| 50 |", "| 51 |"))
    assert returns["referrals"].tolist() == [50]
    assert told(findings) == [("3", "a row for something that an earlier row already gives")]


def test_a_return_that_was_not_sent_is_not_there():
    assert (
        da_services.read([extract("Marac | Meeting Date | Cases\nCity | 1/1/2017 | 2")], CONTEXT)[0]
        == {}
    )
