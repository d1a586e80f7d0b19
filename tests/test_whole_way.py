"""The whole way: printed figures equal those that plain pandas finds in the raw files."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lscb_analysis.catalogue import indicators
from lscb_analysis.periods import parse_quarter
from lscb_analysis.pipeline import build
from lscb_analysis.printed import number_text
from lscb_analysis.settings import read_settings
from lscb_analysis.values import TOTAL, read_values

pytestmark = pytest.mark.slow

START, END = pd.Timestamp("2017-01-01"), pd.Timestamp("2017-03-31")
# England, August 2016 to March 2017
BANK_HOLIDAYS = ["2016-08-29", "2016-12-26", "2016-12-27", "2017-01-02"]
PANEL = "X90000001"


def annex_a(board, number: int) -> pd.DataFrame:
    """One list as sent, its dates read day first, identifiers trimmed, repeated rows left out."""
    path = next((board.workspace / "data/raw" / board.area / board.quarter).glob("Annex*.xlsx"))
    rows = pd.read_excel(path, sheet_name=f"List {number}", skiprows=1, engine="calamine")
    for column in rows.columns:
        if "Date" in column or "date" in column:
            rows[column] = pd.to_datetime(rows[column], dayfirst=True, errors="coerce")
    rows["Child Unique ID"] = rows["Child Unique ID"].str.strip().str.upper()
    return rows.drop_duplicates()


def csvs(board, pattern: str, quarter: str = "") -> pd.DataFrame:
    folder = board.workspace / "data/raw" / board.area / (quarter or board.quarter)
    return pd.concat(pd.read_csv(path, encoding="cp1252") for path in folder.glob(pattern))


def deaths(board, sheet: str) -> pd.DataFrame:
    folder = board.workspace / "data/raw" / board.area / board.quarter
    path = folder / "child_deaths.xlsx"
    rows = pd.read_excel(path, sheet_name=sheet, engine="calamine")
    if "Case ID" in rows.columns:
        return rows
    return pd.read_excel(path, sheet_name=sheet, engine="calamine", skiprows=1)


def working_days(start: pd.Series, end: pd.Series) -> np.ndarray:
    """Day 0 is the start date."""
    first = start.to_numpy().astype("datetime64[D]") + 1
    last = end.to_numpy().astype("datetime64[D]") + 1
    return np.busday_count(first, last, holidays=BANK_HOLIDAYS)


def within(days: pd.Series) -> pd.Series:
    return days.between(START, END)


def nearest_five(count: float) -> int:
    return int(5 * np.floor(count / 5 + 0.5))


def half_up(number: float, decimals: int = 1) -> float:
    return float(np.floor(number * 10**decimals + 0.5 + 1e-9) / 10**decimals)


def plans_at_date(board) -> float:
    plans = annex_a(board, 7)
    start, end = plans["Child Protection Plan Start Date"], plans["Child Protection Plan End Date"]
    # a plan that ends before it starts is taken to end on its start
    return plans[(start <= END) & (end.isna() | (end > END))]["Child Unique ID"].nunique()


def plan_starts(board) -> float:
    plans = annex_a(board, 7)
    key = ["Child Unique ID", "Child Protection Plan Start Date"]
    return len(plans[within(plans[key[1]])].drop_duplicates(key))


def section_47s(board) -> float:
    rows = annex_a(board, 5)
    start = "Strategy discussion initiating Section 47 Enquiry Start Date"
    return len(rows[within(rows[start])].drop_duplicates(["Child Unique ID", start]))


def conferences_in_time(board) -> float:
    rows = annex_a(board, 5)
    start = rows["Strategy discussion initiating Section 47 Enquiry Start Date"]
    held = rows["Date of Initial Child Protection Conference"]
    # no section 47: a transfer-in, not timed
    rows = rows[within(held) & start.notna() & (held >= start)]
    days = working_days(
        rows["Strategy discussion initiating Section 47 Enquiry Start Date"],
        rows["Date of Initial Child Protection Conference"],
    )
    return half_up(100 * (days <= 15).sum() / len(days))


def assessments_in_time(board) -> float:
    rows = annex_a(board, 4)
    start = "Continuous Assessment Start Date"
    done = "Continuous Assessment Date of Authorisation"
    rows = rows[within(rows[done])].drop_duplicates(["Child Unique ID", start])
    return half_up(100 * (working_days(rows[start], rows[done]) <= 45).sum() / len(rows))


def looked_after(board) -> pd.DataFrame:
    rows = annex_a(board, 8)
    ceased = rows["Date Ceased to be Looked After"]
    short_break = rows["Child's Legal Status"].str.contains("V3|V4")
    return rows[(ceased.isna() | (ceased > END)) & ~short_break]


def looked_after_at_date(board) -> float:
    return looked_after(board)["Child Unique ID"].nunique()


def looked_after_starts(board) -> float:
    rows = annex_a(board, 8)
    started = rows["Date Started to be Looked After"]
    short_break = rows["Child's Legal Status"].str.contains("V3|V4")
    return len(rows[within(started) & ~short_break])


def three_placements(board) -> float:
    rows = looked_after(board)
    many = rows["Number of Placements in the Last 12 months"] >= 3
    return half_up(100 * many.sum() / len(rows))


def leavers_in_touch(board) -> float:
    rows = annex_a(board, 9)
    rows = rows[rows["Age of Child (Years)"].between(17, 21)]
    answer = rows["LA In Touch"].str.lower()
    yes, no = answer.str.contains("yes"), answer.str.contains(r"no\b|refu|nreq")
    return half_up(100 * yes.sum() / (yes | no).sum())


def missing_episodes(board) -> float:
    folder = board.workspace / "data/raw" / board.area / board.quarter
    rows = pd.read_csv(folder / "ssda903" / "missing.csv")
    return len(rows[rows["MISSING"] == "M"])


def incidents(board) -> pd.DataFrame:
    rows = csvs(board, "police*incidents.csv").drop_duplicates("Incident ID")
    days = pd.to_datetime(rows["Incident Date"], dayfirst=True, errors="coerce")
    return rows[within(days)]


def incident_count(board) -> float:
    return nearest_five(len(incidents(board)))


def child_resident(board) -> float:
    rows = incidents(board)
    with_child = nearest_five((rows["Children Resident"] == "Yes").sum())
    return half_up(100 * with_child / nearest_five(len(rows)))


def children_notified(board) -> float:
    rows = csvs(board, "police*children.csv")
    return nearest_five(rows["Child Reference"].nunique())


def meetings(board) -> pd.DataFrame:
    folder = board.workspace / "data/raw" / board.area / board.quarter
    rows = pd.read_excel(folder / "marac.xlsx", engine="calamine", skiprows=1)
    return rows if "Cases" in rows else pd.read_excel(folder / "marac.xlsx", engine="calamine")


def marac_cases(board) -> float:
    return nearest_five(meetings(board)["Cases"].sum())


def marac_repeats(board) -> float:
    rows = meetings(board)
    return half_up(100 * nearest_five(rows["Repeat Cases"].sum()) / marac_cases(board))


def pooled(board, column: str) -> pd.DataFrame:
    rows = deaths(board, "Cases")
    days = pd.to_datetime(rows[column], dayfirst=True)
    return rows[days.between(pd.Timestamp("2014-04-01"), END)]


def deaths_occurred(board) -> float:
    return len(pooled(board, "Date of Death"))


def deaths_notified(board) -> float:
    return len(pooled(board, "Date Notified"))


def deaths_reviewed(board) -> float:
    return len(pooled(board, "Date of Panel Review"))


def modifiable(board) -> float:
    rows = pooled(board, "Date of Panel Review")
    return half_up(100 * (rows["Modifiable"] == "Yes").sum() / len(rows))


def forms_in_time(board) -> float:
    forms = deaths(board, "Forms")
    due = pd.to_datetime(forms["Date Due"], dayfirst=True)
    back = pd.to_datetime(forms["Date Returned"], dayfirst=True)
    forms = due.between(pd.Timestamp("2014-04-01"), END)
    return half_up(100 * (back[forms] <= due[forms]).sum() / forms.sum())


CASES = [
    ("child_protection", "cp_plans_at_period_end", "31 March 2017", plans_at_date),
    ("child_protection", "cp_plan_starts", "2016-17 Q4", plan_starts),
    ("child_protection", "section_47s_started", "2016-17 Q4", section_47s),
    ("child_protection", "initial_conferences_within_15_days", "2016-17 Q4", conferences_in_time),
    ("child_protection", "assessments_within_45_days", "2016-17 Q4", assessments_in_time),
    ("looked_after_children", "looked_after_at_period_end", "31 March 2017", looked_after_at_date),
    ("looked_after_children", "looked_after_starts", "2016-17 Q4", looked_after_starts),
    ("looked_after_children", "three_or_more_placements", "31 March 2017", three_placements),
    ("looked_after_children", "care_leavers_in_touch", "31 March 2017", leavers_in_touch),
    ("looked_after_children", "missing_episodes", "2016-17", missing_episodes),
    ("domestic_abuse", "da_incidents", "2016-17 Q4", incident_count),
    ("domestic_abuse", "da_child_resident", "2016-17 Q4", child_resident),
    ("domestic_abuse", "da_children_notified", "2016-17 Q4", children_notified),
    ("domestic_abuse", "marac_cases", "2016-17 Q4", marac_cases),
    ("domestic_abuse", "marac_repeat_cases", "2016-17 Q4", marac_repeats),
    ("child_deaths", "deaths_occurred", "2014-15 to 2016-17", deaths_occurred),
    ("child_deaths", "deaths_notified", "2014-15 to 2016-17", deaths_notified),
    ("child_deaths", "deaths_reviewed", "2014-15 to 2016-17", deaths_reviewed),
    ("child_deaths", "deaths_with_modifiable_factors", "2014-15 to 2016-17", modifiable),
    ("child_deaths", "death_forms_on_time", "2014-15 to 2016-17", forms_in_time),
]


def released(board, area: str, quarter: str) -> pd.DataFrame:
    folder = board.workspace / "data/processed" / area / quarter / "partnership"
    return read_values(folder / "values.parquet")


def page_text(path: Path) -> str:
    html = re.sub(r"<style.*?</style>", "", path.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize(
    ("theme", "name", "period", "plainly"), CASES, ids=[f"{case[1]}" for case in CASES]
)
def test_a_printed_figure_equals_the_one_in_the_raw_files(board, theme, name, period, plainly):
    values = released(board, board.area, board.quarter)
    rows = values[
        (values["indicator"] == name)
        & (values["period"] == period)
        & (values["breakdown_topic"] == TOTAL)
        & values["area_code"].isin([board.area, PANEL])
    ]
    assert len(rows) == 1
    assert rows["value"].iloc[0] == plainly(board)
    page = board.workspace / "reports" / board.area / board.quarter / "partnership"
    text = number_text(rows.iloc[0], indicators()[name])
    assert f" {text} " in page_text(page / f"{theme}.html")


def test_leicesters_figures_are_the_published_ones(board):
    values = released(board, board.real, "2024-25-Q4")
    figures = pd.read_csv(
        board.workspace / "data/raw/published/figures.csv", dtype={"period": str, "value": str}
    )
    own = figures[(figures["area_code"] == board.real) & (figures["period"] == "2025")]
    for name, series in [
        ("cp_plans_at_period_end", "cpp_31mar"),
        ("cp_plans_rate", "cpp_31mar_rate"),
        ("looked_after_at_period_end", "cla_31mar"),
        ("looked_after_rate", "cla_31mar_rate"),
        ("re_referrals", "rereferrals_12m_pct"),
    ]:
        mine = values[
            (values["indicator"] == name)
            & (values["area_code"] == board.real)
            & values["period"].isin(["31 March 2025", "2024-25"])
            & (values["breakdown_topic"] == TOTAL)
            & values["is_current"]
        ]
        published = own.loc[own["series"] == series, "value"].astype(float)
        assert mine["value"].tolist() == [published.iloc[-1]], name


def test_two_releases_of_one_figure_are_shown_as_a_revision(board):
    page = board.workspace / "reports" / board.real / "2024-25-Q4" / "partnership"
    text = page_text(page / "looked_after_children.html")
    assert "Looked-after children, 31 March 2016 646 SFR41/2016 596 LAIT 2026-04-08" in text


def test_leicesters_pages_name_model_closeness_release_and_population(board):
    page = board.workspace / "reports" / board.real / "2024-25-Q4" / "partnership"
    text = page_text(page / "child_protection.html")
    assert "May 2025 model" in text
    assert "Luton Close" in text
    assert "Population used for rates" in text
    assert "Plans open for two years or more (% of plans; at 31 March) [c] [c]" in text


def test_no_real_name_is_on_the_fictional_areas_pages(board):
    folder = board.workspace / "reports" / board.area / board.quarter / "partnership"
    for page in folder.glob("*.html"):
        text = page_text(page)
        assert "SYNTHETIC DATA" in text
        assert not re.search("Leicester|England|East Midlands|Department for Education", text)


def test_the_same_raw_files_give_the_same_bytes(board, tmp_path):
    settings = read_settings(board.workspace)
    for area, quarter in ((board.area, board.quarter), (board.real, "2024-25-Q4")):
        path = board.workspace / "data/processed" / area / quarter / "partnership/values.parquet"
        before = path.read_bytes()
        path.unlink()
        build(settings, area, parse_quarter(quarter))
        assert path.read_bytes() == before


def test_nothing_small_and_nothing_of_a_shorter_span_is_released(board):
    values = released(board, board.area, board.quarter)
    own = values[values["area_code"].isin([board.area, PANEL]) & (values["source"] != "computed")]
    profile = own["indicator"].map(lambda name: indicators()[name].profile)
    counts = own["numerator"]
    assert not counts[profile == "dfe"].between(1, 5).any()
    rounded = counts[profile == "rounded"].dropna()
    assert not rounded.between(1, 7).any()
    assert (rounded % 5 == 0).all()
    deaths_shown = own[(profile == "deaths") & own["value"].notna()]
    assert set(deaths_shown["period_type"]) == {"pooled"}
    assert not deaths_shown["numerator"].between(0, 7).any()
    assert not (own["status"] == "unchecked").any()
