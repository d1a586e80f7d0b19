from __future__ import annotations

import pandas as pd

from lscb_analysis.sources import police
from tests.drawn import table
from tests.sources.extracts import CONTEXT, extract, shown, told

INCIDENTS = """
Incident ID | Incident Date | Crime | Risk Grade | Children Resident | Children Present | Victim ID
I1          | 05/01/2017    | Yes   | STD        | Y                 | No               | V1
I2          | 06/01/2017    | no    | MED        | N                 | No               | V2
I3          | 07/01/2017    | Yes   | H          | -                 | Yes              | -
I4          | 08/01/2017    | No    | -          | No                | No               | V1
"""
CHILDREN = """
Incident ID | Child Reference | Notification Date
I1          | C1              | 06/01/2017
I1          | C2              | 06/01/2017
I2          | C1              | 01/01/2017
"""


def test_risk_grades_are_read_in_every_spelling_and_a_blank_one_is_not_graded():
    records, _ = police.read([extract(INCIDENTS)], CONTEXT)
    assert records["da_incidents"]["risk_grade"].tolist() == [
        "Standard",
        "Medium",
        "High",
        "Not graded",
    ]


def test_a_child_at_the_address_and_a_child_present_are_kept_apart():
    records, _ = police.read([extract(INCIDENTS)], CONTEXT)
    assert shown(records["da_incidents"], "is_child_resident", "is_child_present", "is_crime") == [
        (True, False, True),
        (False, False, False),
        (None, True, True),
        (False, False, False),
    ]


def test_incidents_say_which_submission_they_came_in():
    records, _ = police.read([extract(INCIDENTS)], CONTEXT)
    assert set(shown(records["da_incidents"], "submission", "source")) == {("2016-17-Q4", "police")}


def test_whether_an_incident_is_a_repeat_waits_for_the_history():
    records, _ = police.read([extract(INCIDENTS)], CONTEXT)
    assert records["da_incidents"]["is_repeat"].isna().all()
    assert str(records["da_incidents"]["is_repeat"].dtype) == "boolean"


def test_an_incident_sent_twice_counts_once_and_is_a_finding():
    twice = INCIDENTS + " I1 | 09/01/2017 | Yes | H | No | No | V9\n"
    records, findings = police.read([extract(twice)], CONTEXT)
    assert len(records["da_incidents"]) == 4
    assert records["da_incidents"]["risk_grade"].iloc[0] == "Standard"
    assert ("6", "a row for something that an earlier row already gives") in told(findings)


def test_the_same_incident_in_two_files_counts_once():
    files = [extract(INCIDENTS, "a.csv"), extract(INCIDENTS, "b.csv")]
    records, findings = police.read(files, CONTEXT)
    assert len(records["da_incidents"]) == 4
    assert ("", "rows that an earlier file already gives: a few") in told(findings)


def test_an_incident_without_a_date_that_can_be_read_is_left_out_with_one_finding():
    dirty = INCIDENTS.replace("06/01/2017", "31/02/2017")
    records, findings = police.read([extract(dirty)], CONTEXT)
    assert len(records["da_incidents"]) == 3
    dates = findings[findings["column"].str.startswith("Incident Date")]
    assert dates["row"].tolist() == ["3"]
    assert "left out" in dates["action"].iloc[0]


def test_an_incident_after_the_quarter_belongs_to_the_next_submission():
    records, _ = police.read([extract(INCIDENTS.replace("08/01/2017", "01/04/2017"))], CONTEXT)
    assert len(records["da_incidents"]) == 3


def test_an_extract_without_rows_says_that_nothing_happened():
    header = INCIDENTS.strip().splitlines()[0]
    records, findings = police.read([extract(header)], CONTEXT)
    assert len(records["da_incidents"]) == 0
    assert records["da_incidents"]["incident_date"].dtype.kind == "M"
    assert told(findings) == []


def test_an_extract_that_was_not_sent_is_not_there():
    assert police.read([extract(CHILDREN)], CONTEXT)[0].keys() == {"da_notified_children"}


def test_children_may_be_notified_of_incidents_that_came_earlier():
    header = INCIDENTS.strip().splitlines()[0]
    records, findings = police.read([extract(header), extract(CHILDREN)], CONTEXT)
    assert len(records["da_notified_children"]) == 3
    assert told(findings) == []


def test_a_column_of_names_is_not_read_and_the_note_gives_its_header_only():
    header, first, *_ = INCIDENTS.strip().splitlines()
    named = f"{header} | Victim Name\n{first} | Petra Example"
    records, findings = police.read([extract(named)], CONTEXT)
    notes = findings[findings["severity"].eq("note") & findings["rule"].eq("")]
    assert notes[["column", "letter"]].to_numpy().tolist() == [["Victim Name", "H"]]
    everything = findings.to_csv() + records["da_incidents"].to_csv()
    assert "Petra" not in everything


def test_a_column_that_is_missing_is_a_finding_and_what_it_says_is_not_known():
    without = "\n".join(line.rsplit("|", 1)[0] for line in INCIDENTS.strip().splitlines())
    records, findings = police.read([extract(without)], CONTEXT)
    assert records["da_incidents"]["victim_id"].isna().all()
    assert ("1", "no such column") in told(findings)


def test_one_child_in_two_incidents_is_two_notifications_of_the_same_child():
    records, _ = police.read([extract(INCIDENTS), extract(CHILDREN)], CONTEXT)
    children = records["da_notified_children"]
    assert len(children) == 3
    assert children["child_id"].nunique() == 2


def test_a_notification_before_its_incident_is_a_finding():
    _, findings = police.read([extract(INCIDENTS), extract(CHILDREN)], CONTEXT)
    assert ("4", "a notification dated before its incident") in told(findings)


def test_the_same_victim_within_twelve_months_is_a_repeat():
    incidents = table(
        """
        victim_id | incident_date | expected
        a         | 2016-01-10    | False
        a         | 2017-01-10    | True
        a         | 2018-01-11    | False
        b         | 2017-01-10    | False
        """
    )
    marked = police.mark_repeats(incidents)
    assert marked["is_repeat"].astype("str").tolist() == incidents["expected"].tolist()


def test_two_incidents_of_one_day_are_not_repeats_of_each_other():
    incidents = table(
        """
        victim_id | incident_date
        a         | 2017-01-10
        a         | 2017-01-10
        """
    )
    assert police.mark_repeats(incidents)["is_repeat"].tolist() == [False, False]


def test_whether_an_unknown_victim_is_a_repeat_is_not_known():
    incidents = table(
        """
        victim_id | incident_date
        -         | 2017-01-10
        -         | 2017-01-11
        b         | 2017-01-12
        """
    )
    marked = police.mark_repeats(incidents)
    assert shown(marked, "is_repeat") == [(None,), (None,), (False,)]


def test_marking_repeats_keeps_rows_in_their_order_and_their_index():
    incidents = table(
        """
        victim_id | incident_date
        a         | 2017-02-01
        a         | 2017-01-01
        """
    ).set_index(pd.Index([7, 3]))
    marked = police.mark_repeats(incidents)
    assert marked.index.tolist() == [7, 3]
    assert marked["is_repeat"].tolist() == [True, False]


def test_a_number_of_children_answers_whether_there_was_one():
    numbers = INCIDENTS.replace("| Y                 | No ", "| 2                 | 0  ")
    records, findings = police.read([extract(numbers)], CONTEXT)
    answers = shown(records["da_incidents"].head(1), "is_child_resident", "is_child_present")
    assert answers == [(True, False)]
    assert "a value that is neither yes nor no" not in [found for _, found in told(findings)]


def test_how_many_children_there_were_is_a_table_of_its_own():
    lines = INCIDENTS.strip().splitlines()
    header = f"{lines[0]} | Number of Children Present | Children Notified | DASH Ticks"
    records, _ = police.read([extract(f"{header}\n{lines[1]} | 0 | 2 | 15")], CONTEXT)
    assert shown(
        records["da_incident_children"],
        *("incident_date", "children_resident", "children_present", "children_notified"),
    ) == [("2017-01-05", None, 0, 2)]
    assert "dash_ticks" not in records["da_incidents"]


def test_when_a_school_was_told_is_a_table_of_its_own():
    children = """
    Incident ID | Child Reference | Notification Date | Encompass Date
    I1          | C1              | 06/01/2017        | 09/01/2017
    """
    records, _ = police.read([extract(INCIDENTS), extract(children)], CONTEXT)
    assert shown(records["da_school_notices"], "notification_date", "school_told_date") == [
        ("2017-01-06", "2017-01-09")
    ]
    assert set(records) == {"da_incidents", "da_notified_children", "da_school_notices"}
