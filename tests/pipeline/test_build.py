from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from lscb_analysis.findings import has_failed
from lscb_analysis.periods import Quarter, parse_quarter
from lscb_analysis.pipeline import NoDataError, build, processed_folder, read_received
from lscb_analysis.settings import read_settings
from lscb_analysis.values import read_values
from tests.pipeline.conftest import SETTINGS, write_incidents, write_marac

EXAMPLE, REAL, PANEL = "X06000001", "E06000016", "X90000001"
LAST = Quarter(2016, 4)


def figure(built, indicator: str, period: str, area: str = EXAMPLE) -> dict:
    """The one current headline row of an indicator, area and period."""
    values = read_values(built.folder / "values.parquet")
    (row,) = values[
        (values["indicator"] == indicator)
        & (values["period"] == period)
        & (values["area_code"] == area)
        & (values["breakdown_topic"] == "Total")
        & values["is_current"]
    ].to_dict("records")
    return row


def test_a_build_writes_the_protected_values_of_the_latest_quarter(settings):
    built = build(settings, EXAMPLE, None)
    assert built.quarter == LAST
    assert built.folder == processed_folder(settings.workspace, EXAMPLE, LAST, "partnership")
    assert {path.name for path in built.folder.iterdir()} == {
        "values.parquet",
        "texts.parquet",
        "quality.parquet",
        "returns.parquet",
        "completeness.parquet",
        "reconciliation.parquet",
        "revisions.parquet",
        "targets.parquet",
        "behind.parquet",
        "changes.parquet",
        "all_areas.parquet",
        "challenges.parquet",
        "actions.parquet",
        "provenance.json",
    }


def test_forty_three_incidents_are_released_as_forty_five(settings):
    row = figure(build(settings, EXAMPLE, None), "da_incidents", "2016-17 Q4")
    assert (row["value"], row["status"]) == (45, "rounded")


def test_a_percentage_is_made_of_the_rounded_counts(settings):
    """15 of 43 is 34.9 %, but 15 of 45 is what may be known."""
    row = figure(build(settings, EXAMPLE, None), "da_child_resident", "2016-17 Q4")
    assert (row["numerator"], row["denominator"], row["value"]) == (15, 45, 33.3)


def test_four_quarters_of_maracs_make_a_year_of_the_panels_area(settings):
    built = build(settings, EXAMPLE, None)
    assert figure(built, "marac_cases", "2016-17", PANEL)["value"] == 210  # of 212
    assert figure(built, "marac_cases", "2016-17 Q4", PANEL)["value"] == 65  # of 63


def test_the_panels_population_is_the_sum_of_its_areas(settings):
    row = figure(build(settings, EXAMPLE, None), "marac_cases_rate", "2016-17", PANEL)
    assert row["denominator"] == 100_000
    assert row["value"] == 21.0


def test_a_panel_with_an_area_whose_population_is_not_known_has_no_rate(settings):
    figures = settings.workspace / "data" / "raw" / EXAMPLE / "published" / "figures.csv"
    kept = [line for line in figures.read_text().splitlines() if "X10000002" not in line]
    figures.write_text("\n".join(kept) + "\n")
    row = figure(build(settings, EXAMPLE, None), "marac_cases_rate", "2016-17", PANEL)
    assert row["status"] == "unavailable"
    assert pd.isna(row["value"])


def test_a_quarter_without_its_table_is_unavailable_and_so_is_its_year(settings):
    (settings.workspace / "data" / "raw" / EXAMPLE / "2016-17-Q2" / "marac.csv").unlink()
    built = build(settings, EXAMPLE, None)
    assert figure(built, "marac_cases", "2016-17", PANEL)["status"] == "unavailable"
    assert figure(built, "marac_cases", "2016-17 Q4", PANEL)["value"] == 65


def test_an_extract_with_a_header_and_no_rows_is_no_zero_and_is_a_finding(settings):
    folder = settings.workspace / "data" / "raw" / EXAMPLE / "2016-17-Q4"
    write_marac(folder)
    write_incidents(folder, 0)
    built = build(settings, EXAMPLE, None)
    assert figure(built, "marac_cases", "2016-17 Q4", PANEL)["status"] == "unavailable"
    assert figure(built, "marac_cases", "2016-17", PANEL)["status"] == "unavailable"
    assert figure(built, "da_incidents", "2016-17 Q4")["status"] == "unavailable"
    assert "marac_meetings" in set(built.findings["source"])


def test_an_earlier_quarter_is_built_from_what_was_held_then(settings):
    built = build(settings, EXAMPLE, Quarter(2016, 2))
    values = read_values(built.folder / "values.parquet")
    assert built.folder.parent.name == "2016-17-Q2"
    assert values["period_end"].max() <= pd.Timestamp("2016-09-30")
    assert figure(built, "marac_cases", "2016-17 Q2", PANEL)["value"] == 50


def test_the_values_do_not_depend_on_the_key(settings):
    first = (build(settings, EXAMPLE, None).folder / "values.parquet").read_bytes()
    key = (settings.workspace / ".lscb" / EXAMPLE / "key").read_bytes()
    shutil.rmtree(settings.workspace / ".lscb")
    shutil.rmtree(settings.workspace / "data" / "processed")
    assert (build(settings, EXAMPLE, None).folder / "values.parquet").read_bytes() == first
    assert (settings.workspace / ".lscb" / EXAMPLE / "key").read_bytes() != key


def test_what_is_written_holds_no_identifier_of_the_extracts(settings):
    built = build(settings, EXAMPLE, None)
    for path in built.folder.iterdir():
        frame = path.read_text() if path.suffix == ".json" else pd.read_parquet(path).to_csv()
        assert "V0001" not in frame
        assert "I0001" not in frame
        assert "LSCBID" not in frame


def test_a_quarter_that_is_not_held_is_refused_with_those_that_are(settings):
    with pytest.raises(NoDataError, match="2016-17-Q1 to 2016-17-Q4"):
        build(settings, EXAMPLE, Quarter(2018, 1))
    assert not (settings.workspace / "data" / "processed").exists()


def test_an_area_with_nothing_at_all_is_told_where_to_put_it(settings):
    shutil.rmtree(settings.workspace / "data")
    with pytest.raises(NoDataError, match="put its submissions in"):
        build(settings, EXAMPLE, None)


def test_without_official_statistics_the_submissions_are_built_and_the_source_has_failed(settings):
    shutil.rmtree(settings.workspace / "data" / "raw" / EXAMPLE / "published")
    built = build(settings, EXAMPLE, None)
    assert has_failed(built.findings)
    problems = built.findings[built.findings["severity"].ne("note")]
    assert set(problems["source"]) == {"published"}
    assert figure(built, "da_incidents", "2016-17 Q4")["value"] == 45


def test_an_area_with_official_statistics_only_is_built_for_its_latest_reporting_year(settings):
    built = build(settings, REAL, None)
    assert built.is_published_only
    assert built.quarter == Quarter(2015, 4)  # 2017 is withheld


def test_the_later_release_is_current_and_the_earlier_is_kept(settings):
    built = build(settings, REAL, None)
    assert figure(built, "looked_after_at_period_end", "31 March 2016", REAL)["value"] == 596
    values = read_values(built.folder / "values.parquet")
    revised = values[(values["area_code"] == REAL) & (values["period"] == "31 March 2016")]
    assert sorted(revised["value"]) == [596, 646]


def test_a_withheld_figure_keeps_its_symbol_and_is_no_zero(settings):
    figures = settings.workspace / "data" / "raw" / "published" / "figures.csv"
    later = "cla_31mar,E06000016,Leicester,2018,628,children,Later,\n"
    figures.write_text(figures.read_text() + later)
    row = figure(build(settings, REAL, None), "looked_after_at_period_end", "31 March 2017", REAL)
    assert (row["symbol"], row["status"]) == ("c", "suppressed")
    assert pd.isna(row["value"])


def test_neighbours_are_those_of_the_model_that_was_chosen(settings):
    built = build(settings, REAL, None)
    facts = json.loads((built.folder / "provenance.json").read_text("utf-8"))
    told = [
        (each["neighbour_code"], each["neighbour"], each["closeness"])
        for each in facts["neighbours"]
    ]
    assert told == [
        ("E06000032", "Luton", "Close"),
        ("E06000031", "Peterborough", "Somewhat close"),
    ]
    (mean,) = [each for each in facts["comparators"] if each["role"] == "neighbours"]
    row = figure(built, "looked_after_rate", "31 March 2016", mean["area_code"])
    assert row["value"] == 57.5  # half of 71 and 44


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (Quarter(2015, 4), Quarter(2015, 4)),
        (Quarter(2015, 2), Quarter(2014, 4)),
        (Quarter(2014, 4), Quarter(2014, 4)),
    ],
)
def test_official_statistics_are_built_for_the_reporting_year_that_is_over(settings, asked, given):
    assert build(settings, REAL, asked).quarter == given


def test_a_year_later_than_the_official_statistics_is_refused_with_the_last_one(settings):
    with pytest.raises(NoDataError, match="ask for 2015-16-Q4 or earlier"):
        build(settings, REAL, Quarter(2016, 4))


def test_provenance_says_what_is_synthetic_and_what_the_extracts_cover(settings):
    example, real = (build(settings, area, None) for area in (EXAMPLE, REAL))
    facts = json.loads((example.folder / "provenance.json").read_text("utf-8"))
    assert facts["is_synthetic"]
    assert facts["panel"] == {"area_code": PANEL, "area": "The panel's area"}
    assert {"source": "da_incidents", "from": "1 January 2017", "to": "31 March 2017"} in facts[
        "extracts"
    ]
    facts = json.loads((real.folder / "provenance.json").read_text("utf-8"))
    assert not facts["is_synthetic"]
    assert facts["extracts"] == []
    assert "as they were published" in facts["profiles"]["child_deaths"]
    assert [each["population_vintage"] for each in facts["releases"]] == ["Mid-2015", "Mid-2016"]


def test_findings_are_those_of_submissions_and_statistics_together(settings):
    area = settings.workspace / "data" / "raw" / EXAMPLE
    (area / "2016-17-Q4" / "notes.docx").write_text("minutes")
    (area / "published" / "neighbours.csv").unlink()
    received = read_received(settings, EXAMPLE, None)
    assert received.quarter == LAST
    assert {"file", "published"} <= set(received.findings["source"])
    assert read_received(settings, REAL, None).quarter is None


def test_a_neighbour_model_that_nobody_has_is_refused_with_the_nearest(workspace):
    text = SETTINGS.replace('"May 2025"', '"May 2052"')
    (workspace / "lscb.toml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match="did you mean May 2025"):
        build(read_settings(workspace), "E06000016", None)


def test_a_year_before_all_official_statistics_is_refused_with_what_there_is(settings):
    with pytest.raises(NoDataError, match="begin with the year to 31 March 2015"):
        build(settings, "E06000016", parse_quarter("1999-00-Q4"))
