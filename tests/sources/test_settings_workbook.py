from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lscb_analysis.catalogue.indicators import live_indicators
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.settings_workbook import COLUMNS, TARGETS, _read, read_targets
from lscb_analysis.templates import settings_form, write_form
from tests.examples import examples
from tests.sources.extracts import CONTEXT, extract, shown, told
from tests.sources.test_annex_a_any_cells import CELLS
from tests.templates.filling import filled_in

AREA = "X06000001"
HEADERS = [wordings[0] for wordings in TARGETS.columns.values()]
HEADER = " | ".join(HEADERS)
GIVEN = "assessments_within_45_days | Title | % | higher is better"
AGREED = "Head of service | 01/04/2016 | 01/04/2018 | Agreed by the board"
GOOD = f"{GIVEN} | 90 | 5 | 10 | - | - | {AGREED}"
LIMITS = f"section_47s_started | T | enquiries | neither | - | - | - | 200 | 400 | {AGREED}"


def targets(*lines: str):
    return _read(extract("\n".join([HEADER, *lines]), "settings.xlsx", "Targets"), CONTEXT)


def test_a_form_that_nobody_filled_in_gives_no_targets_and_no_findings(tmp_path):
    form = settings_form(AREA)
    rows, findings = read_targets(write_form(tmp_path / "settings.xlsx", form), CONTEXT)
    assert rows.columns.tolist() == list(COLUMNS)
    assert len(rows) == len(findings) == 0
    assert [row[0] for row in form.sheets[0].rows] == list(live_indicators())


def test_no_file_gives_no_targets_and_no_findings(tmp_path):
    rows, findings = read_targets(tmp_path / "settings.xlsx", CONTEXT)
    assert len(rows) == len(findings) == 0


def test_what_was_filled_in_comes_back_as_it_was_given(tmp_path):
    by = {"Owner": "Head of service", "Date Agreed": date(2016, 4, 1)}
    cells = [
        {"Indicator": "assessments_within_45_days", "Target": 90, "Amber Tolerance": 5,
         "Red Tolerance": 10.5, "Review Date": date(2018, 4, 1), "Note": "As the region", **by},
        {"Indicator": "section_47s_started", "Lower Limit": 200, "Upper Limit": 400,
         "Review Date": date(2018, 4, 1), **by},
    ]  # fmt: skip
    form = filled_in(settings_form(AREA), {"Targets": cells})
    rows, findings = read_targets(write_form(tmp_path / "settings.xlsx", form), CONTEXT)
    assert told(findings) == []
    dated = ("Head of service", "2016-04-01", "2018-04-01")
    assert shown(rows, *COLUMNS) == [
        ("assessments_within_45_days", 90, 5, 10.5, None, None, *dated, "As the region"),
        ("section_47s_started", None, None, None, 200, 400, *dated, ""),
    ]


@pytest.mark.parametrize(
    ("line", "instead", "found"),
    [
        (GOOD, ("assessments_within_45_days", "assesments_within_45_day"),
         "not an indicator of the catalogue: the nearest is assessments_within_45_days"),
        (GOOD, ("assessments_within_45_days", "-"), "a target of no indicator"),
        (GOOD, ("Head of service", "-"), "no owner"),
        (GOOD, ("01/04/2016", "-"), "no day on which it was agreed"),
        (GOOD, ("01/04/2016", "31/02/2016"), "no day on which it was agreed"),
        (GOOD, ("Head of service", "head@example.org"),
         "a text that seems to hold an address, an identifier or a date in figures"),
        (GOOD, ("| 90 |", "| 190 |"), "a percentage over 100"),
        (GOOD, ("| 90 |", "| ninety |"), "a value that is not a number"),
        (GOOD, ("| 5 | 10 |", "| 10 | 5 |"), "an amber tolerance wider than the red one"),
        (GOOD, ("| 90 |", "| - |"), "a tolerance without a target"),
        (GOOD, ("assessments_within_45_days", "section_47s_to_conference"),
         "a target where neither higher nor lower is better"),
        (GOOD, ("assessments_within_45_days", "placement_type"),
         "a target for a figure that has one value for each category"),
        (LIMITS, ("200 | 400", "400 | 200"), "a lower limit above the upper one"),
        (LIMITS, ("200 | 400", "- | -"), "neither a target nor a limit that can be used"),
    ],
)  # fmt: skip
def test_a_target_that_cannot_be_right_is_not_used_and_a_finding(line, instead, found):
    rows, findings = targets(line.replace(*instead))
    assert ("2", found) in told(findings)
    assert len(rows) == 0


def test_a_target_without_a_good_direction_goes_and_the_limits_beside_it_stay():
    rows, findings = targets(LIMITS.replace("| - | - | - | 200", "| 300 | 10 | 20 | 200"))
    assert shown(rows, "target", "amber_tolerance", "lower_limit", "upper_limit") == [
        (None, None, 200, 400)
    ]
    assert told(findings) == [("2", "a target where neither higher nor lower is better")]


@pytest.mark.parametrize(
    ("instead", "found"),
    [
        (("01/04/2018", "31/03/2017"), "a target whose review is due"),
        (("01/04/2018", "01/04/2015"), "a review before the day on which it was agreed"),
    ],
)
def test_a_target_whose_review_is_due_is_used_and_a_finding(instead, found):
    rows, findings = targets(GOOD.replace(*instead))
    assert rows["target"].tolist() == [90.0]
    assert told(findings) == [("2", found)]


def test_of_two_targets_for_one_indicator_the_first_is_used():
    rows, findings = targets(GOOD, GOOD.replace("| 90 |", "| 80 |"))
    assert rows["target"].tolist() == [90.0]
    assert told(findings) == [("3", "a row for something that an earlier row already gives")]


def test_a_note_that_points_to_somebody_is_left_out_and_not_repeated():
    rows, findings = targets(GOOD.replace("Agreed by the board", "ask petra@example.org"))
    assert rows[["target", "note"]].values.tolist() == [[90.0, ""]]
    assert "petra" not in findings.to_csv()
    assert [row for row, _ in told(findings)] == ["2"]


NAMES = st.sampled_from(["re_referrals", "section_47s_started", "placement_type"])
CELL = st.one_of(st.integers(0, 120), CELLS)
ROW = st.tuples(st.one_of(NAMES, CELLS), *(CELLS,) * 3, *(CELL,) * 5, *(CELLS,) * 4)


@settings(max_examples=examples(50), deadline=None, derandomize=True)
@given(st.lists(ROW, min_size=1, max_size=4))
def test_any_cells_are_read_or_found_and_what_is_used_is_whole(rows):
    frame = pd.DataFrame(rows, columns=HEADERS, index=range(2, 2 + len(rows)), dtype=object)
    read, findings = _read(RawTable("s.xlsx", "T", 1, frame), CONTEXT)
    assert set(findings["severity"]) <= {"warning", "note"}
    assert read["agreed_date"].notna().all()
    assert read["owner"].ne("").all()
    assert read[["target", "lower_limit", "upper_limit"]].notna().any(axis=1).all()
