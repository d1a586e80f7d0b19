from __future__ import annotations

import shutil
from datetime import date

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lscb_analysis.periods import Quarter
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.history_workbook import HISTORY, _read, read_history
from lscb_analysis.sources.period_cells import read_period
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.templates import history_form, write_form
from lscb_analysis.values import check_values, empty_values
from tests.examples import examples
from tests.sources.extracts import CONTEXT, shown, told
from tests.sources.test_annex_a_any_cells import CELLS
from tests.templates.filling import filled_in

AREA = "X06000001"
HEADERS = [wordings[0] for wordings in HISTORY.columns.values()]
COLUMNS = (*("indicator", "period", "breakdown", "numerator", "denominator", "value", "status"),)
NOT_ONE = "not an indicator of the catalogue"
SMALL = "a percentage under 1 without its parts: it may be a share of 1"
GOOD = "re_referrals | X06000001 | 2015-16 Q4 | - | - | 20 | 100 | - | Annual report"


def written(tmp_path, *lines: str):
    """The folder of the area with the history drawn in these lines, as CSV."""
    folder = tmp_path / AREA
    folder.mkdir(exist_ok=True)
    rows = [[cell.strip().replace("-", "", 1) if cell.strip() == "-" else cell.strip()
             for cell in line.split("|")] for line in lines]  # fmt: skip
    text = "\n".join([",".join(HEADERS), *(",".join(f'"{cell}"' for cell in row) for row in rows)])
    (folder / "history.csv").write_text(text, "utf-8")
    return folder / "history.xlsx"


def test_a_form_that_nobody_filled_in_gives_no_rows_and_no_findings(tmp_path):
    path = write_form(tmp_path / AREA / "history.xlsx", history_form(AREA))
    values, findings = read_history(path, CONTEXT)
    pd.testing.assert_frame_equal(values, empty_values())
    assert len(findings) == 0


def test_no_file_gives_no_rows_and_no_findings(tmp_path):
    values, findings = read_history(tmp_path / AREA / "history.xlsx", CONTEXT)
    assert len(values) == len(findings) == 0


def test_what_was_filled_in_comes_back_as_values_marked_imported(tmp_path):
    cells = [
        {"Indicator": "re_referrals", "Period": "2015-16 Q4", "Numerator": 20, "Denominator": 100},
        {"Indicator": "cp_plan_starts", "Area Code": AREA, "Period": "2015-16", "Value": 400,
         "Source of Figure": "Annual report"},
        {"Indicator": "cp_plans_at_period_end", "Period": "31/03/2016", "Value": 518},
        {"Indicator": "looked_after_at_period_end", "Period": "2014-15", "Value": "c"},
        {"Indicator": "cp_plans_rate", "Period": "31 March 2016", "Value": 64.1},
        {"Indicator": "cp_plan_starts", "Period": "12 months to Q1 2016/17",
         "Breakdown Topic": "Initial category of abuse", "Breakdown": "neglect", "Value": 201},
    ]  # fmt: skip
    form = filled_in(history_form(AREA), {"History": cells[1:]})
    form = filled_in(form, {"History": cells[:1]})
    path = write_form(tmp_path / AREA / "history.xlsx", form)
    values, findings = read_history(path, CONTEXT)
    assert told(findings) == []
    assert set(values["area_code"]) == {AREA}
    by_name = values.sort_values(["indicator", "period"])
    assert shown(by_name, *COLUMNS) == [
        ("cp_plan_starts", "12 months to 2016-17 Q1", "Neglect", 201, None, 201, "unchecked"),
        ("cp_plan_starts", "2015-16", "Total", 400, None, 400, "unchecked"),
        ("cp_plans_at_period_end", "31 March 2016", "Total", 518, None, 518, "unchecked"),
        ("cp_plans_rate", "31 March 2016", "Total", None, None, 64.1, "unchecked"),
        ("looked_after_at_period_end", "31 March 2015", "Total", None, None, None, "suppressed"),
        ("re_referrals", "2015-16 Q4", "Total", 20, 100, 20, "unchecked"),
    ]
    assert values["is_imported"].all()
    assert values["as_of"].eq(pd.Timestamp("2017-03-31")).all()
    assert set(values["source"]) == {"history_workbook"}
    assert sorted(set(values["release"])) == ["Annual report", "imported"]
    check_values(values)


@pytest.mark.parametrize(
    ("instead", "found"),
    [
        (("re_referrals", "re-referals"), f"{NOT_ONE}: the nearest is re_referrals"),
        (("re_referrals", "the weather"), NOT_ONE),
        (("re_referrals", "-"), "a figure of no indicator"),
        (("X06000001", "Meerford"), "no area has this code: the nearest is Mereford"),
        (("2015-16 Q4", "spring 2016"), "a period that cannot be read"),
        (("2015-16 Q4", "2015-17 Q4"), "a period that cannot be read"),
        (("2015-16 Q4", "31 March 2016"), "a period of a kind that the indicator does not have"),
        (("2015-16 Q4", "2017-18 Q1"), "a period that has not ended"),
        (("20 | 100", "101 | 100"), "a numerator larger than its denominator"),
        (("20 | 100 | -", "- | - | 101"), "a percentage over 100"),
        (("20 | 100 | -", "- | - | 0.2"), SMALL),
        (("20 | 100 | -", "- | - | a fifth"), "a value that is not a number"),
        (("20 | 100 | -", "- | - | -"), "no figure"),
        (("20 | 100 | -", "20 | - | -"), "no figure"),
        (
            ("| - | - | 20", "| Sex | Female | 20"),
            "not a topic that this indicator is broken down by",
        ),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_right_is_left_out_and_a_finding(instead, found, tmp_path):
    line = GOOD.replace(*instead)
    other = GOOD.replace("2015-16 Q4", "2014-15 Q4")
    values, findings = read_history(written(tmp_path, other, line), CONTEXT)
    assert ("3", found) in told(findings)
    kept = values["period"].eq("2015-16 Q4")
    assert not kept.any() or (
        found == "a number that is not whole" and values["value"].notna().all()
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("cp_plan_starts | | 2015-16 | | | | | 40.5 | x", "a number that is not whole"),
        ("cp_plan_starts | | 2015-16 | | | 40 | | 41 | x", "two different numbers for one count"),
        ("cp_plan_starts | | 2015-16 | Sex | Femal | | | 4 | x",
         "not a category of that topic: the nearest is Female"),
    ],
)  # fmt: skip
def test_a_count_is_whole_and_given_once_in_a_category_there_is(line, found, tmp_path):
    values, findings = read_history(written(tmp_path, line), CONTEXT)
    assert len(values) == 0
    assert told(findings) == [("2", found)]


def test_a_value_that_its_parts_do_not_give_is_a_finding_and_the_parts_count(tmp_path):
    line = GOOD.replace("20 | 100 | -", "20 | 100 | 25")
    values, findings = read_history(written(tmp_path, line), CONTEXT)
    assert values["value"].tolist() == [20.0]
    assert told(findings) == [("2", "a value that its numerator and denominator do not give")]


def test_the_second_row_for_one_figure_is_left_out_and_a_finding(tmp_path):
    values, findings = read_history(written(tmp_path, GOOD, GOOD.replace("20 |", "21 |")), CONTEXT)
    assert values["value"].tolist() == [20.0]
    assert told(findings) == [("3", "a row for something that an earlier row already gives")]


def test_a_percentage_under_one_with_its_sign_is_meant_so(tmp_path):
    line = GOOD.replace("20 | 100 | -", "- | - | 0.4%")
    values, findings = read_history(written(tmp_path, line), CONTEXT)
    assert values["value"].tolist() == [0.4]
    assert told(findings) == []


def test_a_source_that_points_to_somebody_is_left_out_and_not_repeated(tmp_path):
    line = GOOD.replace("Annual report", "ask petra@example.org")
    values, findings = read_history(written(tmp_path, line), CONTEXT)
    assert values["release"].tolist() == ["imported"]
    assert "petra" not in findings.to_csv()
    assert [row for row, _ in told(findings)] == ["2"]


def test_a_date_that_excel_made_of_a_financial_year_is_a_finding(tmp_path):
    row = ["cp_plans_at_period_end", None, date(2011, 12, 1), None, None, None, None, 500, "x"]
    table = RawTable("h.xlsx", "", 1, pd.DataFrame([row], columns=HEADERS, index=[2], dtype=object))
    values, findings = _read(table, AREA, CONTEXT)
    assert len(values) == 0
    assert told(findings) == [("2", "a date that Excel may have made of a financial year")]


def test_a_workbook_that_is_not_a_history_and_a_second_file_are_findings(tmp_path):
    path = written(tmp_path, GOOD)
    shutil.copy(path.with_suffix(".csv"), tmp_path / "kept.csv")
    path.with_suffix(".csv").write_text("Name,Number\nx,1\n")
    assert told(read_history(path, CONTEXT)[1]) == [
        ("", "no table that is History of indicator values")
    ]
    shutil.copy(tmp_path / "kept.csv", path.with_suffix(".csv"))
    write_form(path, history_form(AREA))
    values, findings = read_history(path, CONTEXT)
    assert len(values) == 0
    assert told(findings) == [("", "a second file beside history.xlsx: it is not read")]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2015-16-Q4", "2015-16 Q4"),
        ("q4 2015/2016", "2015-16 Q4"),
        ("2015–16", "2015-16"),
        ("12 months to 31 March 2016", "12 months to 2015-16 Q4"),
        ("2013/14 to 2015/16", "2013-14 to 2015-16"),
        ("31-Mar-16", "31 March 2016"),
        (2015, "2015"),
        (2015.0, "2015"),
        (date(2016, 3, 31), "31 March 2016"),
        ("12 months to 1 March 2016", None),
        ("2015-16 to 2013-14", None),
        ("2015-16 Q5", None),
        ("1889", None),
        (42460, None),
        (True, None),
        (None, None),
    ],
)  # fmt: skip
def test_a_period_is_read_in_the_usual_wordings(text, period):
    read = read_period(text)
    assert (read.period if read else None) == period


NAMES = st.sampled_from(["re_referrals", "cp_plans_rate", "days_death_to_review", "placement_type"])
ROW = st.tuples(
    st.one_of(NAMES, CELLS),
    CELLS,
    st.one_of(st.sampled_from(["2015-16", "2015-16 Q4", "31/03/2016"]), CELLS),
    *(st.one_of(st.sampled_from(["Placement type", "Other placement"]), CELLS),) * 2,
    *(st.one_of(st.integers(0, 50), CELLS),) * 3,
    CELLS,
)


@settings(max_examples=examples(50), deadline=None, derandomize=True)
@given(st.lists(ROW, min_size=1, max_size=4))
@example([(*("re_referrals", None, "2015-16", None, None), 5, 0, None, None)])
def test_any_cells_are_read_or_found_and_what_is_read_is_sound(rows):
    frame = pd.DataFrame(rows, columns=HEADERS, index=range(2, 2 + len(rows)), dtype=object)
    values, findings = _read(RawTable("h.xlsx", "H", 1, frame), AREA, CONTEXT)
    assert len(values) <= len(rows)
    assert set(findings["severity"]) <= {"warning", "note"}
    assert values["indicator"].ne("").all()


def test_history_up_to_the_quarter_that_is_read_and_no_further(tmp_path):
    path = written(tmp_path, GOOD)
    early = Context(Quarter(2015, 3), CONTEXT.key, "2015-16-Q3")
    values, findings = read_history(path, early)
    assert len(values) == 0
    assert told(findings) == [("2", "a period that has not ended")]
