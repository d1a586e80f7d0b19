"""Several years' files of SSDA903 in one folder: each fact told once, and a revision as such."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources import ssda903
from tests.sources.extracts import CONTEXT, extract

EPISODES = "| CHILD | DECOM | RNE | LS | CIN | PLACE | DEC | REC |\n"
HEADER = "| CHILD | SEX | DOB | ETHNIC |\n"
MISSING = "| CHILD | DOB | MISSING | MIS_START | MIS_END |\n"


def read(*files: tuple[str, str]) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """What is read of the drawn files, each with its name."""
    return ssda903.read([extract(drawing, name) for name, drawing in files], CONTEXT)


def told(findings: pd.DataFrame, rule: str) -> list[tuple[str, str, str]]:
    """File, row and column of each finding of one rule."""
    rows = findings[findings["rule"].eq(f"ssda903.{rule}")]
    return list(rows[["file", "row", "column"]].itertuples(index=False, name=None))


def warned(findings: pd.DataFrame, column: str) -> set[tuple[str, str]]:
    """File and row of the warnings about one column."""
    rows = findings[findings["column"].eq(column) & findings["severity"].eq("warning")]
    return set(rows[["file", "row"]].itertuples(index=False, name=None))


def test_an_episode_that_has_ended_since_is_no_finding_but_a_note_for_the_file():
    before = EPISODES + "| 1 | 01/05/2015 | S | C2 | N1 | U1 | - | - |"
    after = EPISODES + "| 1 | 01/05/2015 | S | C2 | N1 | U1 | 01/06/2016 | E4A |"
    records, findings = read(("2016.csv", before), ("2017.csv", after))
    assert records["ssda903_episodes"]["ceased_date"].tolist() == [pd.Timestamp("2016-06-01")]
    assert told(findings, "twice") == told(findings, "revised") == []
    assert told(findings, "given_again") == [("2016.csv", "", "")]
    assert findings["severity"].eq("note").all()


def test_a_value_that_was_another_before_is_a_revision_told_once_where_it_counts():
    row = EPISODES + "| 1 | 01/05/2014 | S | {0} | N1 | U1 | {1} | {2} |"
    files = [
        ("2015.csv", row.format("C1", "-", "-")),
        ("2016.csv", row.format("C2", "01/02/2016", "E4A")),
        ("2017.csv", row.format("C2", "05/06/2016", "E4A")),
    ]
    records, findings = read(*files)
    assert records["ssda903_episodes"]["ceased_date"].tolist() == [pd.Timestamp("2016-06-05")]
    assert sorted(told(findings, "revised")) == [("2017.csv", "2", "DEC"), ("2017.csv", "2", "LS")]
    shown = findings.loc[findings["rule"].eq("ssda903.revised"), ["found", "expected"]]
    assert not shown.apply(lambda texts: texts.str.contains(r"C1|C2|\d{4}")).any(axis=None)


def test_an_end_that_was_taken_back_is_a_revision():
    row = EPISODES + "| 1 | 01/05/2015 | S | C2 | N1 | U1 | {0} | {1} |"
    later = row.format("-", "-") + "\n| 2 | 01/05/2016 | S | C2 | N1 | U1 | - | - |"
    _, findings = read(("2016.csv", row.format("01/03/2016", "E4A")), ("2017.csv", later))
    assert ("2017.csv", "2", "DEC") in told(findings, "revised")


def test_a_fault_that_every_years_file_has_is_told_for_the_row_that_counts_alone():
    header = HEADER + "| 1 | 7 | 01/02/2010 | WBRI |"
    _, findings = read(*((f"{year}_header.csv", header) for year in (2015, 2016, 2017)))
    assert warned(findings, "SEX") == {("2017_header.csv", "2")}


def test_a_fault_of_an_earlier_file_that_the_later_mended_is_not_told():
    files = [
        (f"{year}_header.csv", HEADER + f"| 1 | {sex} | 01/02/2010 | WBRI |")
        for year, sex in ((2016, "7"), (2017, "1"))
    ]
    _, findings = read(*files)
    assert warned(findings, "SEX") == set()
    assert told(findings, "revised") == []


def test_a_row_that_no_later_file_has_keeps_its_findings():
    files = [
        ("2016_header.csv", HEADER + "| 1 | 7 | 01/02/2010 | WBRI |"),
        ("2017_header.csv", HEADER + "| 2 | 1 | 01/02/2010 | WBRI |"),
    ]
    _, findings = read(*files)
    assert warned(findings, "SEX") == {("2016_header.csv", "2")}
    assert told(findings, "given_again") == []


def test_a_row_twice_in_one_file_is_still_a_finding():
    twice = HEADER + "| 1 | 1 | 01/02/2010 | WBRI |\n| 1 | 1 | 01/02/2010 | WBRI |"
    _, findings = read(("2017_header.csv", twice))
    assert told(findings, "twice") == [("2017_header.csv", "3", "CHILD")]
    assert told(findings, "given_again") == []


def test_a_missing_episode_ends_as_the_later_file_says():
    row = MISSING + "| 1 | 01/02/2010 | M | 30/03/2016 | {0} |"
    records, _ = read(
        ("2016_missing.csv", row.format("-")), ("2017_missing.csv", row.format("02/04/2016"))
    )
    assert records["missing_episodes"]["missing_end_date"].tolist() == [pd.Timestamp("2016-04-02")]
