"""Contradictions planted in a workspace's raw data: what a build holds back, and what it tells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline import Built, build
from lscb_analysis.pipeline.holding_back import (
    OF_ANOTHER_THEME,
    OF_ITS_COUNT,
    OF_THE_LAST,
    OF_THIS_RELEASE,
)
from lscb_analysis.releases import register_release
from lscb_analysis.settings import Settings
from lscb_analysis.values import is_held_back, read_values
from tests.pipeline.conftest import write_marac

AREA = "X06000001"
BEFORE_LAST, LAST = Quarter(2016, 3), Quarter(2016, 4)
CHANGED = ("15/08/2016", 152, 46)  # 52 cases and 16 repeats when it was released


def released(settings: Settings, quarter: Quarter) -> None:
    build(settings, AREA, quarter)
    register_release(settings.workspace, AREA, quarter.id, "partnership")


def raw(settings: Settings, quarter: str = "") -> Path:
    return settings.workspace / "data" / "raw" / AREA / quarter


def held(built: Built) -> dict[tuple[str, str], str]:
    values = read_values(built.folder / "values.parquet")
    rows = values[is_held_back(values)]
    return {(row["indicator"], row["period"]): row["reason"] for _, row in rows.iterrows()}


def value(built: Built, indicator: str, period: str) -> float:
    values = read_values(built.folder / "values.parquet")
    of_it = values["indicator"].eq(indicator) & values["period"].eq(period)
    return float(values.loc[of_it & values["breakdown_topic"].eq("Total"), "value"].iloc[0])


def told(built: Built) -> pd.DataFrame:
    return built.findings[built.findings["source"].eq("figure_ledger")]


def test_a_figure_that_was_changed_without_a_word_is_held_back_and_the_rest_is_built(settings):
    released(settings, BEFORE_LAST)
    write_marac(raw(settings, "2016-17-Q2"), CHANGED)
    built = build(settings, AREA, LAST)
    assert held(built) == {
        ("marac_cases", "2016-17 Q2"): OF_THE_LAST,
        ("marac_repeat_cases", "2016-17 Q2"): OF_THE_LAST,
    }
    assert value(built, "marac_cases", "2016-17 Q3") == 50
    assert set(told(built)["file"]) == {"2016-17 Q2"}
    quality = pd.read_parquet(built.folder / "quality.parquet")
    assert "figure_ledger" in set(quality["source"])
    behind = read_values(built.folder / "behind.parquet")
    assert is_held_back(behind).sum() == 2  # so it does not enter the register either


def test_once_the_earlier_quarter_is_reissued_the_figure_is_released(settings):
    released(settings, BEFORE_LAST)
    write_marac(raw(settings, "2016-17-Q2"), CHANGED)
    released(settings, BEFORE_LAST)
    built = build(settings, AREA, LAST)
    assert held(built) == {}
    assert value(built, "marac_cases", "2016-17 Q2") == 150


def test_a_change_that_this_quarters_submission_brought_is_stated_and_released(settings):
    released(settings, BEFORE_LAST)
    write_marac(raw(settings, "2016-17-Q4"), ("14/02/2017", 63, 21), CHANGED)
    built = build(settings, AREA, LAST)
    revisions = pd.read_parquet(built.folder / "revisions.parquet")
    assert ("marac_cases", "2016-17 Q2") in set(
        revisions[["indicator", "period"]].itertuples(index=False, name=None)
    )
    assert value(built, "marac_cases", "2016-17 Q2") != 50
    assert held(built) == {}


def test_building_the_same_quarter_again_finds_nothing(settings):
    released(settings, LAST)
    write_marac(raw(settings, "2016-17-Q2"), CHANGED)
    assert told(build(settings, AREA, LAST)).empty


def test_a_figure_on_a_page_of_another_theme_that_stands_is_not_printed_otherwise(settings):
    released(settings, LAST)
    write_marac(raw(settings, "2016-17-Q2"), CHANGED)
    built = build(settings, AREA, LAST, shared={"marac_cases"})
    counts = {reason for (name, _), reason in held(built).items() if name == "marac_cases"}
    assert counts == {OF_ANOTHER_THEME}
    assert {name for name, _ in held(built)} == {"marac_cases", "marac_cases_rate"}
    assert set(held(built).values()) == {OF_ANOTHER_THEME, OF_ITS_COUNT}


def test_imported_figures_that_do_not_add_up_are_held_back(settings):
    figures = [("2015-16 Q1", 60), ("2015-16 Q2", 70), ("2015-16 Q3", 80), ("2015-16 Q4", 90)]
    rows = [*figures, ("2015-16", 340), ("2016-17 Q1", 66)]
    lines = ["Indicator,Period,Value", *(f"cp_plan_ends,{period},{n}" for period, n in rows)]
    (raw(settings) / "history.csv").write_text("\n".join(lines) + "\n", "utf-8")
    built = build(settings, AREA, LAST)
    assert {period for _, period in held(built)} >= {period for period, _ in rows[:5]}
    assert set(held(built).values()) == {OF_THIS_RELEASE}
    assert value(built, "cp_plan_ends", "2016-17 Q1") == 66
    assert "parts and total" in set(told(built)["rule"])


def test_what_agrees_is_left_alone_for_every_audience(settings):
    for audience in ("partnership", "public", "panel"):
        assert told(build(replace(settings, audience=audience), AREA, LAST)).empty


def test_what_came_in_while_quarters_were_passed_over_is_stated(settings):
    released(settings, Quarter(2016, 2))
    write_marac(raw(settings, "2016-17-Q3"), ("14/11/2016", 50, 11), CHANGED)
    built = build(settings, AREA, LAST)
    assert value(built, "marac_cases", "2016-17 Q2") != 50
    assert held(built) == {}
