"""SSDA903 over the years: codes and tables are those of the return's own year."""

from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.periods import Quarter
from lscb_analysis.sources import ssda903
from lscb_analysis.sources.codes import code_table
from lscb_analysis.sources.columns import normalise
from lscb_analysis.sources.context import Context
from tests.sources.extracts import CONTEXT, extract, told

COLUMNS = "| CHILD | DECOM | RNE | LS | CIN | PLACE | DEC | REC |"


@pytest.mark.parametrize(
    ("year", "place", "found"),
    [
        (2016, "K3", ["the code K3"]),
        (2024, "K3", []),
        (2024, "Z1", []),
        (2025, "Z1", ["the code Z1"]),
        (2025, "Z11", []),
        (2024, "Z11", ["the code Z11"]),
        (2025, "H5", ["the code H5"]),
        (2025, "P2", ["the code P2"]),
    ],
)
def test_a_placement_code_is_that_of_its_year(year: int, place: str, found: list[str]):
    later = Context(Quarter(year, 4), CONTEXT.key, f"{year}")
    rows = f"{COLUMNS}\n| 1 | 01/05/{year} | S | C2 | N1 | {place} | - | - |"
    records, findings = ssda903.read([extract(rows)], later)
    assert [text for _, text in told(findings)] == found
    assert records["ssda903_episodes"]["placement_type"].ne("Not known").all()


def test_the_reasons_for_special_guardianship_changed():
    rows = COLUMNS + "\n| 1 | 01/05/2015 | S | C2 | N1 | U1 | 01/06/{0} | E43 |"
    for year, found in ((2016, []), (2018, ["the code E43"])):
        context = Context(Quarter(year, 4), CONTEXT.key, f"{year}")
        records, findings = ssda903.read([extract(rows.format(year))], context)
        assert [text for _, text in told(findings)] == found
        assert records["ssda903_episodes"]["ceased_reason"].tolist() == [
            "Special guardianship order"
        ]


def test_the_codes_of_sex_changed_and_both_are_read():
    header = """
    | CHILD | SEX | DOB        | ETHNIC |
    | 1     | 2   | 01/02/2010 | WBRI   |
    | 2     | F   | 01/02/2010 | WBRI   |
    """
    for year, row in ((2023, "3"), (2024, "2")):
        context = Context(Quarter(year, 4), CONTEXT.key, f"{year}")
        _, findings = ssda903.read([extract(header)], context)
        assert [rows for rows, _ in told(findings)] == [row]


@pytest.mark.parametrize(
    "name",
    [
        *("sex", "ethnicity", "new_episode", "legal_status", "category_of_need", "missing"),
        *("placement_type", "ceased_reason", "in_touch", "activity", "accommodation"),
    ],
)
def test_a_code_stands_for_the_same_here_as_in_the_other_returns(name: str):
    own, general = code_table(f"ssda903_{name}"), code_table(name)
    shared = {normalise(code): label for code, label in general.items()}
    assert {code: shared[normalise(code)] for code in own} == dict(own)


def test_deprivation_of_liberty_is_noted_before_it_is_part_of_the_return():
    liberty = "| CHILD | DOLO_START | DOLO_END |\n| 1 | 01/05/2016 | - |"
    _, findings = ssda903.read([extract(liberty)], CONTEXT)
    notes = findings[findings["rule"].eq("ssda903.table_of_the_year")]
    assert notes["severity"].tolist() == ["note"]
    assert notes["expected"].tolist() == ["it from 2026-27 on"]


def of_rules(findings: pd.DataFrame, *rules: str) -> list[tuple[str, str, str]]:
    """File, row and words of each finding of these rules."""
    rows = findings[findings["rule"].isin([f"ssda903.{rule}" for rule in rules])]
    return list(rows[["file", "row", "found"]].itertuples(index=False, name=None))


def test_of_a_child_in_two_years_tables_without_a_date_the_last_files_row_counts():
    drawing = """
    | CHILD | DOB        | IN_TOUCH | ACTIV | ACCOM |
    | 1     | 01/03/1998 | {0}      | F2    | U1    |
    """
    files = [("2016-oc3.csv", "NO"), ("2017-oc3.csv", "YES")]
    tables = [extract(drawing.format(answer), file) for file, answer in files]
    records, findings = ssda903.read(tables, CONTEXT)
    assert records["care_leavers_at_date"]["is_in_touch"].tolist() == [True]
    assert of_rules(findings, "twice", "revised") == []
    assert of_rules(findings, "given_again") == [
        ("2016-oc3.csv", "", "rows that 2017-oc3.csv gives again: a few")
    ]
