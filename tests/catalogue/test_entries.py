"""Every entry of the catalogue, held against the records' contract and the rules for words."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.catalogue import (
    LASTING,
    breakdowns,
    indicators,
    live_indicators,
    measured_themes,
    theme_indicators,
    themes,
)
from lscb_analysis.catalogue.toml_file import read_toml

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT / "docs" / "records.md"
FIGURES = ROOT / "data" / "raw" / "published" / "figures.csv"
SHARED = {"submission", "source"}
OF_A_CHILD = {"birth_date", "sex", "ethnicity"}
NAME = re.compile(r"[a-z][a-z0-9_]+")
ENTRIES = list(indicators().values())
LIVE = [item for item in ENTRIES if item.stage == "live"]
MEASURED = [item for item in LIVE if item.source]
NEVER_COLOURED = [
    "section_47s_started",
    "section_47s_rate",
    "section_47s_to_conference",
    "missing_children",
    "missing_episodes",
    "da_repeat_victims",
    "marac_repeat_cases",
    "deaths_occurred",
    "deaths_notified",
    "deaths_reviewed",
    "death_rate",
    "deaths_by_age",
    "deaths_by_category",
    "deaths_with_modifiable_factors",
    "infant_mortality_rate",
]
# norms that were not found at their source: none is printed
UNCHECKED = (
    r"72 hours|three days|28.{0,4}40|25.{0,4}40|seven working days|7 working days|six weeks of"
)
UNCHECKED += r"|10.{0,4}15 ?%|within 48 hours"
AREAS = r"Leicester|Mereford|Rutland"


def records_tables() -> dict[str, set[str]]:
    """The columns of each table of records, as docs/records.md lists them."""
    tables = {}
    for line in RECORDS.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("| `") or len(cells) != 4:
            continue
        table, key, columns, _ = cells
        named = {name for name in re.findall(r"`([^`]*)`", columns) if NAME.fullmatch(name)}
        keys = {name for name in re.split(r"[^a-z0-9_]+", key) if name}
        child = OF_A_CHILD if keys & {"child_id", "case_id"} else set()
        tables[table.strip("`")] = named | keys | SHARED | child
    return tables


TABLES = records_tables()


def words(item) -> str:
    texts = (item.title, item.definition, item.rationale, item.caveats, item.standard, item.reason)
    published = (item.published_title, item.published_definition, item.published_caveats)
    return " ".join((*texts, *published))


def test_the_contract_lists_the_tables():
    assert {"cp_plans", "looked_after_at_date", "da_triage", "child_deaths"} <= set(TABLES)
    assert {"plan_start_date", "latest_category", "sex"} <= TABLES["cp_plans"]


@pytest.mark.parametrize("item", MEASURED, ids=lambda item: item.id)
def test_what_is_counted_is_in_the_records(item):
    assert item.source in TABLES
    numerator = item.numerator
    used = {*item.dated_by, *item.where}
    used |= {item.sum_of, item.counted_by, item.value_column} - {""}
    if numerator is not None:
        used |= {*numerator.dated_by, *numerator.where} | ({numerator.sum_of} - {""})
    for name in (*item.breakdowns, item.share_by):
        column = breakdowns()[name].column if name else "source"
        if item.measure in LASTING:  # time since the start is no column
            continue
        from_birth = column == "age_band" and column not in TABLES[item.source]
        used.add("birth_date" if from_birth else column)
    assert used <= TABLES[item.source], used - TABLES[item.source]


@pytest.mark.parametrize("item", ENTRIES, ids=lambda item: item.id)
def test_its_words_are_there_and_plain(item):
    for text in (item.title, item.definition, item.rationale, item.unit):
        assert text == text.strip()
        assert text
    assert len(item.title) <= 70
    assert not item.title.endswith(".")
    assert item.caveats.endswith(".")
    assert item.definition.endswith(".")
    assert item.rationale.endswith(".")
    assert not re.search(r"\d", item.rationale), "a rationale holds no figure"
    assert item.groups
    assert set(item.groups) <= set(themes()[item.theme].groups)
    assert 1 <= item.number <= 12


@pytest.mark.parametrize("item", ENTRIES, ids=lambda item: item.id)
def test_it_names_no_area_and_prints_no_norm_that_was_not_checked(item):
    # a visit within six weeks is regulation 28, read at its source; a review by a panel is not
    text = words(item).replace("within six weeks of the one before", "")
    assert not re.search(UNCHECKED, text), item.id
    assert not re.search(AREAS, text), item.id


@pytest.mark.parametrize(
    "item",
    [item for item in LIVE if item.has_published and not item.is_published_only],
    ids=lambda item: item.id,
)
def test_what_we_measure_and_others_publish_has_the_publishers_definition_too(item):
    for text in (item.published_definition, item.published_caveats):
        assert text.endswith(".")
    assert not re.search(r"quarter|in the period|[Oo]n the day\b", item.published_definition)
    assert len(item.published_title) <= 70


@pytest.mark.parametrize("item", ENTRIES, ids=lambda item: item.id)
def test_a_clock_of_working_days_says_when_it_starts(item):
    if re.search(r"working day \d", item.definition):
        assert "day 0" in item.definition


@pytest.mark.parametrize("item", ENTRIES, ids=lambda item: item.id)
def test_what_has_no_good_direction_has_no_colour(item):
    if item.measure in ("count", "stock", "share", "rate", "duration"):
        assert item.polarity == "none"


@pytest.mark.parametrize("name", NEVER_COLOURED)
def test_what_is_never_red_or_green_has_no_polarity(name):
    assert indicators()[name].polarity == "none"


def test_half_of_all_indicators_have_no_polarity():
    none = [item for item in ENTRIES if item.polarity == "none"]
    assert len(none) * 2 >= len(ENTRIES)


@pytest.mark.parametrize("theme", measured_themes())
def test_a_theme_has_its_twelve_items_and_at_least_nine_are_live(theme):
    assert {item.number for item in theme_indicators(theme).values()} == set(range(1, 13))
    assert len({item.number for item in live_indicators(theme).values()}) >= 9


@pytest.mark.parametrize("theme", measured_themes())
def test_a_themes_file_is_in_the_order_of_its_items(theme):
    numbers = [item.number for item in theme_indicators(theme).values()]
    assert numbers == sorted(numbers)


def test_at_least_thirty_six_items_are_live():
    assert len({(item.theme, item.number) for item in LIVE}) >= 36


@pytest.mark.parametrize(
    "item", [item for item in LIVE if item.measure == "rate" and item.of], ids=lambda item: item.id
)
def test_a_rate_is_of_a_count_in_the_same_place_and_periods(item):
    count = indicators()[item.of]
    assert count.measure in ("count", "stock")
    assert count.geography == item.geography
    assert set(item.periods) <= set(count.periods) - {"quarter", "month"}
    assert f"{item.scale:,}" in item.unit
    assert f"{item.scale:,}" in item.definition


@pytest.mark.parametrize("item", MEASURED, ids=lambda item: item.id)
def test_a_stock_is_at_a_date_and_a_flow_is_not(item):
    at_a_date = item.measure == "stock" or (len(item.dated_by) == 2 and item.measure not in LASTING)
    at_a_date |= item.dated_by == ("snapshot_date",)
    assert (set(item.periods) == {"date"}) == at_a_date


@pytest.mark.parametrize("item", MEASURED, ids=lambda item: item.id)
def test_a_window_of_history_is_asked_for_where_an_answer_looks_back(item):
    looks_back = {"is_re_referral": 12, "is_repeat": 12, "has_previous_plan_within_2_years": 24}
    asked = set(item.numerator.where) if item.numerator else set()
    for column, months in looks_back.items():
        assert column not in asked or item.needs_months == months


def test_child_deaths_and_marac_are_the_panels():
    for item in MEASURED:
        is_panel = item.source.startswith(("child_death", "death_", "marac_meetings"))
        assert (item.geography == "panel") == is_panel, item.id


@pytest.mark.parametrize("breakdown", breakdowns().values(), ids=lambda breakdown: breakdown.id)
def test_a_breakdowns_categories_are_each_there_once_and_not_known_is_last(breakdown):
    found = breakdown.categories
    assert len(set(found)) == len(found) >= 2
    assert "Not known" not in found[:-1]
    assert "Total" not in found


def test_needs_overlap_and_no_other_breakdown_does():
    overlapping = [name for name, breakdown in breakdowns().items() if breakdown.overlapping]
    assert overlapping == ["insights_attribute", "factor_domain"]


def test_the_published_series_are_among_the_figures_that_come_with_the_package():
    held = set(pd.read_csv(FIGURES, usecols=["series"])["series"])
    for item in LIVE:
        parts = (item.published, item.published_numerator, item.published_denominator)
        named = {*filter(None, parts), *item.published_breakdown.values()}
        assert named <= held, f"{item.id}: {named - held}"


def test_no_two_breakdowns_share_a_title():
    titles = [breakdown.title for breakdown in breakdowns().values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("breakdown", "file", "table"),
    [
        ("sex", "children", "sex"),
        ("ethnicity", "children", "ethnicity"),
        ("category_of_abuse", "social_care", "category_of_abuse"),
        ("initial_category_of_abuse", "social_care", "category_of_abuse"),
        ("placement_type", "looked_after", "placement_type"),
        ("risk_grade", "domestic_abuse", "risk_grade"),
        ("triage_outcome", "domestic_abuse", "triage_outcome"),
        ("category_of_death", "child_deaths", "category"),
    ],
)
def test_a_breakdowns_categories_are_what_the_codes_stand_for(breakdown, file, table):
    coded = set(read_toml(f"codes/{file}.toml")[table].values())
    assert coded - {"Not known"} == set(breakdowns()[breakdown].categories) - {"Not known"}


def test_no_two_indicators_count_the_same_spells_by_the_same_category():
    # each is protected on its own, so the same small count in two could be found by difference
    seen = {}
    for item in MEASURED:
        if item.measure not in ("count", "stock", "share"):
            continue
        for name in (*item.breakdowns, *filter(None, [item.share_by])):
            counted = (item.source, item.dated_by, str(item.where), item.sum_of, name)
            assert counted not in seen, f"{item.id} and {seen.get(counted)}"
            seen[counted] = item.id
