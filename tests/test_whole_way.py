"""The whole way: printed figures equal those that plain pandas finds in the raw files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from lscb_analysis.catalogue import indicators
from lscb_analysis.periods import Quarter, parse_quarter
from lscb_analysis.pipeline import build
from lscb_analysis.running import run_area
from lscb_analysis.settings import read_settings
from lscb_analysis.values import TOTAL, read_values
from tests import plainly
from tests.conftest import Board

pytestmark = pytest.mark.slow

PANEL = "X90000001"
POOLED = "2014-15 to 2016-17"
YEAR = "12 months to 2016-17 Q4"  # the scorecard's column, where a yearly figure stands as well
REAL_QUARTER = "2024-25-Q4"
# theme, indicator, the period in the values, the column of the scorecard, and the plain figure
CASES = [
    ("child_protection", "cp_plans_at_period_end", "31 March 2017", plainly.plans_at_date),
    ("child_protection", "cp_plan_starts", "2016-17 Q4", plainly.plan_starts),
    ("child_protection", "section_47s_started", "2016-17 Q4", plainly.section_47s),
    (
        "child_protection",
        "initial_conferences_within_15_days",
        "2016-17 Q4",
        plainly.conferences_in_time,
    ),
    ("child_protection", "assessments_within_45_days", "2016-17 Q4", plainly.assessments_in_time),
    (
        "looked_after_children",
        "looked_after_at_period_end",
        "31 March 2017",
        plainly.looked_after_at_date,
    ),
    ("looked_after_children", "looked_after_starts", "2016-17 Q4", plainly.looked_after_starts),
    (
        "looked_after_children",
        "three_or_more_placements",
        "31 March 2017",
        plainly.three_placements,
    ),
    ("looked_after_children", "care_leavers_in_touch", "31 March 2017", plainly.leavers_in_touch),
    ("looked_after_children", "missing_episodes", "2016-17", plainly.missing_episodes),
    ("domestic_abuse", "da_incidents", "2016-17 Q4", plainly.incidents),
    ("domestic_abuse", "da_child_resident", "2016-17 Q4", plainly.child_resident),
    ("domestic_abuse", "da_children_notified", "2016-17 Q4", plainly.children_notified),
    ("domestic_abuse", "marac_cases", "2016-17 Q4", plainly.marac_cases),
    ("domestic_abuse", "marac_repeat_cases", "2016-17 Q4", plainly.marac_repeats),
    (
        "domestic_abuse",
        "assessments_with_domestic_abuse",
        "2016-17",
        plainly.assessments_with_abuse,
    ),
    ("child_deaths", "deaths_occurred", POOLED, plainly.deaths_occurred),
    ("child_deaths", "deaths_notified", POOLED, plainly.deaths_notified),
    ("child_deaths", "deaths_reviewed", POOLED, plainly.deaths_reviewed),
    ("child_deaths", "deaths_with_modifiable_factors", POOLED, plainly.deaths_modifiable),
    ("child_deaths", "death_forms_on_time", POOLED, plainly.death_forms_in_time),
]


def raw(board: Board) -> Path:
    return board.workspace / "data" / "raw" / board.area / board.quarter


def released(board: Board, area: str, quarter: str) -> pd.DataFrame:
    folder = board.workspace / "data" / "processed" / area / quarter / "partnership"
    return read_values(folder / "values.parquet")


def page(board: Board, area: str, quarter: str, theme: str) -> BeautifulSoup:
    folder = board.workspace / "reports" / area / quarter / "partnership"
    return BeautifulSoup((folder / f"{theme}.html").read_text("utf-8"), "html.parser")


def words(part) -> str:
    for style in part.find_all("style"):
        style.extract()
    return " ".join(part.get_text(" ").split())


def table(whole: BeautifulSoup, caption: str) -> dict[tuple[str, str], str]:
    """The text of every cell of a table, by the heads of its row and column."""
    (found,) = (each for each in whole.find_all("table") if caption in words(each.caption))
    head, *body = ([words(cell) for cell in row(["th", "td"])] for row in found("tr"))
    return {
        (line[0], column): text for line in body for column, text in zip(head, line, strict=True)
    }


def of_indicator(cells: dict[tuple[str, str], str], name: str, column: str) -> str:
    """The text in an indicator's row: its title, and what is counted in brackets."""
    (text,) = (
        text
        for (row, at), text in cells.items()
        if row.startswith(f"{indicators()[name].title} (") and at == column
    )
    return text


@pytest.mark.parametrize(
    ("theme", "name", "period", "plainly_counted"), CASES, ids=[case[1] for case in CASES]
)
def test_a_printed_figure_equals_the_one_in_the_raw_files(
    board, theme, name, period, plainly_counted
):
    expected = plainly_counted(raw(board))
    scorecard = table(page(board, board.area, board.quarter, theme), "Scorecard")
    column, said = {
        "31 March 2017": ("2016-17 Q4", expected),
        "2016-17": (YEAR, f"{expected} (2016-17)"),
    }.get(period, (period, expected))
    assert of_indicator(scorecard, name, column) == said

    values = released(board, board.area, board.quarter)
    value = values.loc[
        (values["indicator"] == name)
        & (values["period"] == period)
        & (values["breakdown_topic"] == TOTAL)
        & values["area_code"].isin([board.area, PANEL]),
        "value",
    ]
    assert value.tolist() == [float(expected.strip("%").replace(",", ""))]


def test_the_age_of_children_who_died_is_the_one_in_the_raw_files(board):
    cells = table(page(board, board.area, board.quarter, "child_deaths"), "deaths by age")
    shares = [text for (age, _), text in cells.items() if age == "0 to 27 days"]
    assert plainly.deaths_in_first_month(raw(board)) in shares


@pytest.mark.parametrize(
    ("name", "series", "theme"),
    [
        ("cp_plans_at_period_end", "cpp_31mar", "child_protection"),
        ("cp_plans_rate", "cpp_31mar_rate", "child_protection"),
        ("re_referrals", "rereferrals_12m_pct", "child_protection"),
        ("looked_after_at_period_end", "cla_31mar", "looked_after_children"),
        ("looked_after_rate", "cla_31mar_rate", "looked_after_children"),
    ],
)
def test_leicesters_figures_are_the_published_ones(board, name, series, theme):
    figures = pd.read_csv(
        board.workspace / "data" / "raw" / "published" / "figures.csv", dtype="str"
    )
    own = figures[(figures["area_code"] == board.real) & (figures["series"] == series)]
    published = own.loc[own["period"] == "2025", "value"].astype(float).iloc[-1]

    values = released(board, board.real, REAL_QUARTER)
    mine = values[
        (values["indicator"] == name)
        & (values["area_code"] == board.real)
        & values["period"].isin(["31 March 2025", "2024-25"])
        & (values["breakdown_topic"] == TOTAL)
        & values["is_current"]
    ]
    assert mine["value"].tolist() == [published]

    scorecard = table(page(board, board.real, REAL_QUARTER, theme), "Scorecard")
    printed = [
        text
        for (row, column), text in scorecard.items()
        if row.startswith(f"{indicators()[name].title} (") and re.search("2024-25|2025", column)
    ]
    assert printed, sorted({column for _, column in scorecard})
    assert float(printed[0].split(" ")[0].strip("%").replace(",", "")) == published


def test_two_releases_of_one_figure_are_shown_as_a_revision(board):
    text = words(page(board, board.real, REAL_QUARTER, "looked_after_children"))
    assert "Looked-after children, 31 March 2016 646 SFR41/2016 596 LAIT 2026-04-08" in text


def test_leicesters_pages_name_model_closeness_release_and_population(board):
    text = words(page(board, board.real, REAL_QUARTER, "child_protection"))
    assert "May 2025 model" in text
    assert "Luton Close" in text
    assert "LAIT 2026-04-08" in text
    assert "Population used for rates" in text


def test_a_symbol_of_the_department_keeps_its_reason(board):
    """Withheld figures are [c], and what was never published [x]; neither is a zero."""
    figures = pd.read_csv(
        board.workspace / "data" / "raw" / "published" / "figures.csv", dtype="str"
    )
    withheld = figures[(figures["area_code"] == board.real) & (figures["symbol"] == "c")]
    assert len(withheld)
    values = released(board, board.real, REAL_QUARTER)
    kept = values[(values["area_code"] == board.real) & (values["symbol"] == "c")]
    assert len(kept)
    assert set(kept["status"]) == {"suppressed"}
    assert kept["value"].isna().all()
    text = words(page(board, board.real, REAL_QUARTER, "child_protection"))
    assert "Plans open for two years or more (% of plans; at 31 March) [c] [c]" in text


def test_no_real_name_is_on_the_fictional_areas_pages(board):
    folder = board.workspace / "reports" / board.area / board.quarter / "partnership"
    pages = list(folder.glob("*.html"))
    assert len(pages) == 7
    for path in pages:
        text = words(BeautifulSoup(path.read_text("utf-8"), "html.parser"))
        assert "SYNTHETIC DATA" in text
        assert not re.search("Leicester|England|East Midlands|Department for Education", text)


def copy_of(board: Board, workspace: Path) -> Path:
    """A workspace with the same raw files, and nothing that was made of them: not even a key."""
    shutil.copy(board.workspace / "lscb.toml", workspace)
    shutil.copytree(board.workspace / "notebooks", workspace / "notebooks")
    shutil.copytree(board.workspace / "data" / "raw", workspace / "data" / "raw")
    return workspace


def test_the_same_raw_files_give_the_same_bytes_with_all_else_deleted(board, tmp_path):
    settings = read_settings(copy_of(board, tmp_path))
    for area, quarter in ((board.area, board.quarter), (board.real, REAL_QUARTER)):
        built = build(settings, area, parse_quarter(quarter))
        path = Path("data") / "processed" / area / quarter / "partnership" / "values.parquet"
        assert built.folder == (tmp_path / path).parent
        assert (tmp_path / path).read_bytes() == (board.workspace / path).read_bytes()


def test_leicesters_revision_is_shown_in_the_year_it_is_about(board, tmp_path):
    workspace = copy_of(board, tmp_path)
    outcome = run_area(
        read_settings(workspace),
        board.real,
        Quarter(2016, 4),
        ["looked_after_children"],
        lambda _: None,
    )
    assert not outcome.has_failed, outcome.lines
    (path,) = (workspace / "reports" / board.real).rglob("looked_after_children.html")
    assert path.parent.parent.name == "2016-17-Q4"
    text = words(BeautifulSoup(path.read_text("utf-8"), "html.parser"))
    assert "Looked-after children, 31 March 2016 646 SFR41/2016 596 LAIT 2026-04-08" in text


def own_values(board: Board) -> pd.DataFrame:
    """The values made of submissions, each with its disclosure profile."""
    values = released(board, board.area, board.quarter)
    own = values[
        values["area_code"].isin([board.area, PANEL]) & (values["source"] == "submissions")
    ]
    return own.assign(profile=own["indicator"].map(lambda name: indicators()[name].profile))


def test_no_count_of_one_to_five_children_is_released(board):
    own = own_values(board)
    counts = own.loc[own["profile"] == "dfe", ["numerator", "denominator"]].stack()
    assert len(counts) > 500
    assert not counts.between(1, 5).any()


def test_every_count_of_domestic_abuse_is_a_multiple_of_five(board):
    own = own_values(board)
    counts = own.loc[own["profile"] == "rounded", ["numerator", "denominator"]].stack()
    assert len(counts) > 100
    assert not counts.between(1, 7).any()
    # the denominator of a rate is a published population, not a count of ours
    assert (own.loc[own["profile"] == "rounded", "numerator"].dropna() % 5 == 0).all()


def test_a_percentage_follows_from_the_counts_beside_it_and_has_twenty_below_it(board):
    own = own_values(board)
    measure = own["indicator"].map(lambda name: indicators()[name].measure)
    shown = own[measure.isin(["proportion", "share"]) & own["numerator"].notna()]
    assert len(shown) > 300
    assert (shown["denominator"] >= 20).all()
    exact = 100 * shown["numerator"] / shown["denominator"]
    assert ((exact - shown["value"]).abs() <= 0.05 + 1e-9).all()
    rest = shown["denominator"] - shown["numerator"]
    assert not rest[shown["profile"] == "dfe"].between(1, 5).any()
    assert not rest[shown["profile"] == "deaths"].between(0, 7).any()


def test_deaths_are_released_for_years_taken_together_only(board):
    deaths = own_values(board).query("profile == 'deaths'")
    shown = deaths[deaths[["numerator", "denominator", "value", "band_lower"]].notna().any(axis=1)]
    assert len(shown) > 10
    assert set(shown["period_type"]) == {"pooled"}
    assert not shown["numerator"].between(0, 7).any()


def test_nothing_unchecked_is_in_the_processed_folder(board):
    for area, quarter in ((board.area, board.quarter), (board.real, REAL_QUARTER)):
        assert not (released(board, area, quarter)["status"] == "unchecked").any()
