from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lscb_analysis.sources import local_logs
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.local_log_rules import RULES
from lscb_analysis.sources.mapping import LogMapping, read_mapping
from lscb_analysis.sources.rules import run_rules
from tests.examples import examples
from tests.sources.extracts import CONTEXT, extract, shown, told

# each log: its header, and a row that is right
LOGS = {
    "early_help_episodes": (
        "Child Unique ID | Early Help Start Date | Early Help Assessment Date | "
        "Early Help End Date | Lead Agency | Early Help Outcome",
        "A1 | 10/01/2017 | 20/01/2017 | 01/03/2017 | School | Achieved",
    ),
    "exploitation_concerns": (
        "Child Unique ID | Date of Concern | Type of Exploitation | Risk Level | "
        "Date Risk Assessed | Referred By | Date Closed",
        "A1 | 10/01/2017 | CSE | High | 12/01/2017 | School | 01/03/2017",
    ),
    "missing_children": (
        "Child Unique ID | Date Reported Missing | Date Found | Missing From | "
        "Return Interview Offered | Return Interview Accepted | Date of Return Interview",
        "A1 | 10/01/2017 | 11/01/2017 | Care | Yes | yes | 13/01/2017",
    ),
    "allegations": (
        "Allegation Case ID | Date of Allegation Referral | Employment Sector | "
        "Type of Allegation | Threshold Met | Date of Strategy Meeting | Date Concluded | "
        "Allegation Outcome",
        "L1 | 10/01/2017 | Education | Physical | Yes | 12/01/2017 | 01/03/2017 | Unfounded",
    ),
    "private_fostering": (
        "Child Unique ID | Date Private Fostering Notified | Arrangement Start Date | "
        "Date of First Visit | Arrangement End Date | Notified By",
        "A1 | 10/01/2017 | 05/01/2017 | 17/01/2017 | - | School",
    ),
    "conference_attendance": (
        "Meeting ID | Meeting Date | Type of Meeting | Agency Invited | Invited | Attended | "
        "Report Received",
        "M1 | 10/01/2017 | ICPC | Police | Yes | No | Yes",
    ),
    "training": (
        "Course ID | Course Date | Course | Agency Trained | Places Booked | Places Attended",
        "T1 | 10/01/2017 | Safer recruiting | Health | 12 | 10",
    ),
}
# what makes each rule find the row: in which log, and what stands there instead
FAILING = {
    "early_help_end": ("early_help_episodes", "01/03/2017", "01/01/2017"),
    "early_help_assessed": ("early_help_episodes", "20/01/2017", "09/01/2017"),
    "exploitation_closed": ("exploitation_concerns", "01/03/2017", "01/01/2017"),
    "missing_found": ("missing_children", "11/01/2017", "09/01/2017"),
    "interview_before_return": ("missing_children", "13/01/2017", "10/01/2017"),
    "interview_without_offer": ("missing_children", "Yes", "No"),
    "accepted_without_offer": ("missing_children", "Yes", "No"),
    "allegation_concluded": ("allegations", "01/03/2017", "01/01/2017"),
    "outcome_while_open": ("allegations", "01/03/2017", "-"),
    "concluded_without_outcome": ("allegations", "Unfounded", "-"),
    "allegation_over_12_months": ("allegations", "10/01/2017", "10/01/2016"),
    "private_fostering_visit": ("private_fostering", "17/01/2017", "09/01/2017"),
    "private_fostering_end": ("private_fostering", "| - |", "| 01/01/2017 |"),
    "attended_uninvited": ("conference_attendance", "Yes | No", "No | Yes"),
    "more_attended_than_booked": ("training", "12 | 10", "12 | 13"),
}
BY_ID = {rule.id.removeprefix("local_logs."): rule for rule in RULES}


def drawn(log: str, right: str = "", wrong: str = "") -> str:
    header, row = LOGS[log]
    return f"{header}\n{row.replace(right, wrong, 1)}"


def read(drawing: str, mapping: LogMapping | None = None):
    context = Context(CONTEXT.quarter, CONTEXT.key, CONTEXT.submission, mapping)
    return local_logs.read([extract(drawing)], context)


def found_by(rule: str, drawing: str) -> pd.DataFrame:
    sent, _ = local_logs.tables_sent([extract(drawing)], CONTEXT)
    days = (CONTEXT.quarter.start, CONTEXT.quarter.end)
    return run_rules([BY_ID[rule]], sent, CONTEXT, days)


@pytest.mark.parametrize("log", LOGS)
def test_a_log_in_our_wordings_is_read(log: str):
    records, findings = read(drawn(log))
    assert [what for _, what in told(findings) if what != "no such column"] == []
    assert {name: len(rows) for name, rows in records.items()} == {log: 1}
    assert records[log]["submission"].tolist() == ["2016-17-Q4"]


def test_every_log_has_an_example():
    assert set(LOGS) == set(local_logs.local_logs())


@pytest.mark.parametrize("rule", BY_ID)
def test_a_rule_finds_what_it_is_for_and_lets_pass_what_is_right(rule: str):
    log, right, wrong = FAILING[rule]
    assert right in LOGS[log][1]
    assert found_by(rule, drawn(log)).empty
    assert found_by(rule, drawn(log, right, wrong))["row"].tolist() == ["2"]


def test_every_rule_says_where_it_comes_from():
    assert len(BY_ID) == len(RULES)
    assert all(rule.origin for rule in RULES)


@pytest.mark.parametrize(
    ("day", "in_time"), [("14/01/2017", True), ("15/01/2017", False), ("-", False)]
)
def test_a_return_interview_within_three_days_is_in_time(day: str, in_time: bool):
    records, _ = read(drawn("missing_children", "13/01/2017", day))
    assert records["missing_children"]["is_interviewed_in_time"].tolist() == [in_time]


def test_the_first_visit_is_counted_in_working_days():
    records, _ = read(drawn("private_fostering"))
    assert records["private_fostering"]["visit_working_days"].tolist() == [5]


THEIRS = """
    Ref | Went       | Back       | Where            | RHI?
    A1  | 10/01/2017 | 11/01/2017 | At foster carers | Oui
    """
MAPPED = """
    Log                  | Our Column               | Your Column | Our Value | Your Value
    Missing children log | Child Unique ID          | Ref         | -         | -
    missing_children     | Date Reported Missing    | Went        | -         | -
    missing_children     | found_date               | Back        | -         | -
    missing_children     | Missing From             | Where       | Care      | At foster carers
    missing_children     | Return Interview Offered | RHI?        | Yes       | Oui
    """


def mapping_in(folder: Path, drawing: str) -> tuple[LogMapping, pd.DataFrame]:
    extract(drawing).rows.to_csv(folder / "mapping.csv", index=False)
    return read_mapping(folder)


def test_a_log_in_an_agencys_own_words_is_read_with_a_mapping(tmp_path: Path):
    mapping, findings = mapping_in(tmp_path, MAPPED)
    assert findings.empty
    records, found = read(THEIRS, mapping)
    assert {what for _, what in told(found)} == {"no such column"}
    assert shown(records["missing_children"], "missing_date", "lived", "is_interview_offered") == [
        ("2017-01-10", "Care", True)
    ]


def test_without_a_mapping_such_a_log_is_not_known():
    assert read(THEIRS)[0] == {}


def test_an_area_without_a_mapping_has_an_empty_one(tmp_path: Path):
    mapping, findings = read_mapping(tmp_path)
    assert mapping == LogMapping()
    assert findings.empty


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        ("Missing children log", "Missing chidren log", "not a log: the nearest is Missing"),
        ("found_date", "fond_date", "not a column of missing_children: the nearest is found_date"),
        ("| Care ", "| Caer ", "not a value of lived: the nearest is Care"),
        ("| Back ", "| Went ", "stands for another of ours"),
    ],
)
def test_a_slip_in_the_mapping_is_a_finding_with_the_nearest_name(tmp_path, right, wrong, what):
    _, findings = mapping_in(tmp_path, MAPPED.replace(right, wrong))
    assert len(findings) == 1
    assert what in findings["found"][0]


def test_a_file_that_is_no_mapping_has_failed(tmp_path: Path):
    (tmp_path / "mapping.csv").write_text("a,b\n1,2\n")
    _, findings = read_mapping(tmp_path)
    assert findings["severity"].tolist() == ["failed"]


def test_no_name_of_a_person_is_read_from_a_log():
    header, row = LOGS["allegations"]
    records, findings = read(f"{header} | Name of Adult\n{row} | Petra Example")
    assert "Petra" not in records["allegations"].to_csv() + findings.to_csv()
    assert "a column that was not asked for: it is not read" in set(findings["found"])


ANYTHING = st.one_of(
    st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.none(), st.datetimes()
)


@settings(max_examples=examples(20), deadline=None, derandomize=True)
@given(st.sampled_from(list(LOGS)), st.lists(ANYTHING, min_size=8, max_size=8))
def test_whatever_a_cell_holds_the_log_is_read(log: str, cells: list[object]):
    table = extract(drawn(log))
    table.rows.loc[3] = cells[: len(table.rows.columns)]
    records, findings = local_logs.read([table], CONTEXT)
    assert len(records[log]) >= 1
    assert set(findings["severity"]) <= {"warning", "note"}


@settings(
    max_examples=examples(20),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(st.text(max_size=12), min_size=5, max_size=5), max_size=5))
def test_whatever_a_mapping_holds_it_is_read(tmp_path, rows: list[list[str]]):
    names = ["Log", "Our Column", "Your Column", "Our Value", "Your Value"]
    text = pd.DataFrame(rows, columns=names).to_csv(index=False)
    (tmp_path / "mapping.csv").write_bytes(text.encode("utf-8", "replace"))
    mapping, _ = read_mapping(tmp_path)
    records, _ = read(THEIRS, mapping)
    assert set(records) <= set(LOGS)
