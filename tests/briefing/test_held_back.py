"""What was held back: said on the page without its figure, and the rest goes out."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.briefing import open_briefing
from lscb_analysis.briefing.held_back import held_back_note
from lscb_analysis.pipeline.own_ledger import COLUMNS, WHY, without
from lscb_analysis.values import TOTAL, read_values, write_values
from tests.briefing.drawn_workspace import MEREFORD, QUARTER, processed
from tests.briefing.releasing import brief_area

THEME = "child_protection"
HELD = pd.DataFrame(
    [("cp_plan_starts", MEREFORD, "quarter", "2016-17 Q4", TOTAL, TOTAL, WHY["year"])],
    columns=list(COLUMNS),
)


def test_the_page_says_what_was_held_back_and_why_and_is_released(workspace):
    folder = processed(workspace, MEREFORD)
    values = read_values(folder / "values.parquet")
    gone = values[
        values["indicator"].eq("cp_plan_starts")
        & values["period"].eq("2016-17 Q4")
        & values["breakdown_topic"].eq(TOTAL)
    ]
    assert gone["value"].notna().all()
    write_values(without(values, HELD), folder / "values.parquet")
    HELD.to_parquet(folder / "held_back.parquet")
    assert [each.problems for each in brief_area(workspace, MEREFORD, [THEME])] == [[]]
    page = workspace / "reports" / MEREFORD / QUARTER / "partnership" / f"{THEME}.html"
    text = page.read_text("utf-8")
    assert f"Child protection plans started, 2016-17 Q4: {WHY['year']}" in text
    assert "Held back from this page" in text


def test_a_page_with_nothing_held_back_says_nothing_of_it(mereford):
    assert held_back_note(mereford) == ""


def test_another_themes_figures_are_not_named(workspace):
    HELD.to_parquet(processed(workspace, MEREFORD) / "held_back.parquet")
    other = open_briefing("domestic_abuse", MEREFORD, QUARTER, workspace=workspace)
    assert held_back_note(other) == ""
