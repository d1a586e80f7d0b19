from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.catalogue import find_area, live_indicators
from lscb_analysis.findings import has_failed
from lscb_analysis.sources.published import (
    SYMBOL_MEANINGS,
    SeriesUse,
    indicator_series,
    populations,
    published_values,
    read_published,
)
from lscb_analysis.values import check_values
from tests.drawn import indicator

REAL = Path(__file__).resolve().parents[2] / "data" / "raw" / "published"
LEICESTER = "E06000016"

FIGURES = """\
series,area_code,area,period,value,unit,release,symbol
looked_after,X06000001,Mereford,2016,640,count,Yearly 2016,
looked_after,X06000001,Mereford,2016,600,count,Tool 2018,
looked_after,X06000001,Mereford,2017,650,count,Tool 2018,
looked_after,X12000001,Middle Shires,2017,,count,Tool 2018,c
rate,X06000001,Mereford,2017,77.5,per 10000,Tool 2018,
people,X06000001,Mereford,2016,83000,persons,Yearly 2016,
"""
RELEASES = """\
release,title,publisher,published,population_vintage,licence
Yearly 2016,Looked after 2016,The ministry,2016,mid-2015,invented
Tool 2018,The tool,The ministry,2018-04-08,mid-2016,invented
"""
NEIGHBOURS = """\
model,area_code,rank,neighbour_code,neighbour,closeness
Example 2016,X06000001,1,X06000011,Aldermarsh,Close
"""
LOOKED_AFTER = SeriesUse("looked_after", "looked_after_at_period_end", "date")


@pytest.fixture
def folder(tmp_path):
    """Write a folder of official statistics, any of its files replaced or left out (None)."""

    def write(**files: str | None) -> Path:
        published = tmp_path / "X06000001" / "published"
        published.mkdir(parents=True)
        texts = {"figures": FIGURES, "releases": RELEASES, "neighbours": NEIGHBOURS} | files
        for name, text in texts.items():
            if text is not None:
                (published / f"{name}.csv").write_text(text, encoding="utf-8")
        return published

    return write


@pytest.fixture(scope="module")
def real():
    return read_published(REAL)


def told(findings: pd.DataFrame) -> list[tuple[str, ...]]:
    columns = ["severity", "file", "row", "column", "found"]
    return list(findings[columns].itertuples(index=False, name=None))


def test_every_figure_has_the_facts_of_its_release(folder):
    read = read_published(folder())
    assert read.findings.empty
    assert len(read.figures) == 6
    first = read.figures.iloc[0]
    assert (first["publisher"], first["order"]) == ("The ministry", 1)
    assert first["as_of"] == pd.Timestamp("2016-12-31")
    assert list(read.neighbours["neighbour"]) == ["Aldermarsh"]


def test_of_two_releases_of_one_figure_the_later_is_current(folder):
    read = read_published(folder())
    values = check_values(published_values(read.figures, [LOOKED_AFTER], ["X06000001"]))
    assert values[["period", "value", "release", "is_current"]].values.tolist() == [
        ["31 March 2016", 640, "Yearly 2016", False],
        ["31 March 2016", 600, "Tool 2018", True],
        ["31 March 2017", 650, "Tool 2018", True],
    ]


def test_order_says_which_release_is_later_where_it_is_given(folder):
    ordered = (
        "release,title,publisher,published,population_vintage,licence,order\n"
        "Tool 2018,The tool,The ministry,2016,mid-2015,invented,1\n"
        "Yearly 2016,Looked after 2016,The ministry,2016,mid-2015,invented,2\n"
    )
    read = read_published(folder(releases=ordered))
    values = published_values(read.figures, [LOOKED_AFTER], ["X06000001"])
    current = values[values["is_current"] & (values["period"] == "31 March 2016")]
    assert current["value"].tolist() == [640]


@pytest.mark.parametrize(
    ("period_type", "period", "start", "end"),
    [
        ("date", "31 March 2017", "2017-03-31", "2017-03-31"),
        ("financial_year", "2016-17", "2016-04-01", "2017-03-31"),
        ("calendar_year", "2017", "2017-01-01", "2017-12-31"),
    ],
)
def test_a_year_is_a_date_a_financial_or_a_calendar_year(folder, period_type, period, start, end):
    read = read_published(folder())
    row = published_values(read.figures, [SeriesUse("rate", "a_rate", period_type)]).iloc[0]
    assert (row["period"], row["value"], row["status"]) == (period, 77.5, "published")
    assert (row["period_start"], row["period_end"]) == (pd.Timestamp(start), pd.Timestamp(end))


def test_a_quarter_is_never_published():
    with pytest.raises(ValueError, match="'quarter' is not one of"):
        SeriesUse("rate", "a_rate", "quarter")


STATUSES = {
    "c": "suppressed",
    "z": "not_applicable",
    "x": "unavailable",
    "u": "low_reliability",
    "low": "unavailable",
    "k": "unavailable",
    ":": "unavailable",
    "..": "unavailable",
    ".": "not_applicable",
    "-": "unavailable",
}


@pytest.mark.parametrize("in_column", ["symbol", "value"])
def test_a_symbol_is_a_status_with_a_reason_and_never_zero(folder, in_column):
    assert set(STATUSES) == set(SYMBOL_MEANINGS)
    lines = [
        f"rate,X06000001,Mereford,{year},"
        + (f"{symbol},,Tool 2018," if in_column == "value" else f",,Tool 2018,{symbol}")
        for year, symbol in enumerate(STATUSES, start=2001)
    ]
    text = "\n".join([FIGURES.splitlines()[0], *lines, ""])
    read = read_published(folder(figures=text))
    assert read.findings.empty
    values = check_values(published_values(read.figures, [SeriesUse("rate", "r", "date")]))
    assert dict(zip(values["symbol"], values["status"], strict=True)) == STATUSES
    assert values["value"].isna().all()
    assert (values["reason"] != "").all()


def test_a_figure_of_low_reliability_keeps_its_number(folder):
    text = FIGURES + "rate,X12000001,Middle Shires,2017,3.5,per 10000,Tool 2018,u\n"
    read = read_published(folder(figures=text))
    rates = published_values(read.figures, [SeriesUse("rate", "r", "date")], ["X12000001"])
    assert rates[["value", "status"]].values.tolist() == [[3.5, "low_reliability"]]
    assert read.findings.empty


BAD_ROWS = {
    "looked_after,X06000001,Mereford,2015,many,count,Tool 2018,": ("value", "many"),
    "looked_after,X06000001,Mereford,2015,,count,Tool 2018,": ("value", "a blank cell"),
    'looked_after,X06000001,Mereford,2015,"1,640",count,Tool 2018,': ("value", "1,640"),
    "looked_after,X06000001,Mereford,2015,-5,count,Tool 2018,": ("value", "-5"),
    "looked_after,X06000001,Mereford,2015,,count,Tool 2018,q": ("symbol", "q"),
    "looked_after,X06000001,Mereford,2014-15,600,count,Tool 2018,": ("period", "2014-15"),
    "looked_after,Mereford,Mereford,2015,600,count,Tool 2018,": ("area_code", "mereford"),
    "looked_after,X06000001,Mereford,2015,600,count,Tool 2019,": ("release", "Tool 2019"),
    "looked_after,X06000001,Mereford,2016,601,count,Tool 2018,": ("value", "601.0"),
}


@pytest.mark.parametrize("line", BAD_ROWS)
def test_a_row_that_cannot_be_right_is_left_out_and_told(folder, line):
    read = read_published(folder(figures=FIGURES + line + "\n"))
    column, found = BAD_ROWS[line]
    assert len(read.figures) == 6
    (severity, file, row, where, what) = told(read.findings)[0]
    assert (severity, file, row) == ("warning", "published/figures.csv", "8")
    assert (where, what.casefold()) == (column, found.casefold())


def test_a_number_beside_the_symbol_that_withholds_it_is_not_used(folder):
    line = "looked_after,X06000001,Mereford,2015,3,count,Tool 2018,c\n"
    read = read_published(folder(figures=FIGURES + line))
    values = published_values(read.figures, [LOOKED_AFTER], ["X06000001"])
    withheld = values[values["period"] == "31 March 2015"].iloc[0]
    assert pd.isna(withheld["value"])
    assert withheld["status"] == "suppressed"
    assert told(read.findings)[0][2:4] == ("8", "value")


def test_many_rows_wrong_in_the_same_way_are_one_finding(folder):
    lines = "".join(f"rate,X06000001,Mereford,{year},?,,Tool 2018,\n" for year in range(2000, 2010))
    findings = read_published(folder(figures=FIGURES + lines)).findings
    assert list(findings["row"]) == ["8, 9, 10, 11, 12 and 5 more"]


def test_a_missing_file_stops_only_what_it_holds(folder):
    read = read_published(folder(neighbours=None))
    assert len(read.figures) == 6
    assert read.neighbours.empty
    assert has_failed(read.findings)
    assert told(read.findings)[0][:2] == ("failed", "published/neighbours.csv")


def test_a_folder_that_is_not_there_gives_empty_tables_and_findings(tmp_path):
    read = read_published(tmp_path / "published")
    assert read.figures.empty
    assert list(read.findings["severity"]) == ["failed"] * 3
    assert published_values(read.figures, [LOOKED_AFTER]).empty
    assert populations(read.figures).empty


def test_a_column_under_another_name_is_told_with_the_names_expected(folder):
    read = read_published(folder(figures=FIGURES.replace("symbol", "flag")))
    assert read.figures.empty
    finding = read.findings.iloc[0]
    assert (finding["severity"], finding["column"]) == ("failed", "symbol")
    assert "symbol" in finding["expected"]


def test_a_half_written_last_row_is_told(folder):
    read = read_published(folder(figures=FIGURES[:-20]))
    assert has_failed(read.findings)
    assert "cut short" in read.findings["found"].iloc[0]


def test_releases_without_a_date_or_twice_are_told(folder):
    text = RELEASES + "Soon,To come,The ministry,soon,,invented\n" + RELEASES.splitlines()[1] + "\n"
    read = read_published(folder(releases=text))
    assert list(read.findings["column"]) == ["published", "release"]
    assert list(read.releases["release"]) == ["Yearly 2016", "Tool 2018", "Soon"]


def test_a_table_with_a_column_a_series_is_read_as_figures_too(folder):
    wide = (
        "release,area_code,area,period,rate,people\n"
        "Tool 2018,X06000003,Rushland,2017,c,\n"
        "Tool 2018,X06000003,Rushland,2016,,9000\n"
    )
    read = read_published(folder(all_areas=wide))
    rushland = read.figures[read.figures["area_code"] == "X06000003"].sort_values("series")
    assert rushland["series"].tolist() == ["people", "rate"]
    assert rushland["symbol"].tolist() == ["", "c"]
    assert rushland["unit"].tolist() == ["persons", "per 10000"]


def test_the_catalogue_says_which_series_feed_an_indicator():
    stock = indicator("plans", "stock", published="cpp_31mar", published_period="date")
    parts = indicator(
        "by_category",
        "share",
        share_by="category_of_abuse",
        published_breakdown={"Neglect": "cpp_neglect"},
        published_denominator="cpp_31mar",
        published_period="date",
    )
    factor = indicator(
        "factor",
        "proportion",
        published_numerator="with_factor",
        published_denominator="assessed",
        published_period="financial_year",
    )
    again = indicator(
        "again", "proportion", published="again_pct", published_base="referrals",
        published_period="financial_year",
    )  # fmt: skip
    assert indicator_series([stock, parts, factor, again, indicator("unpublished")]) == (
        SeriesUse("cpp_31mar", "plans", "date"),
        SeriesUse(
            "cpp_neglect", "by_category", "date", "cpp_31mar", "", "Category of abuse", "Neglect"
        ),
        SeriesUse("with_factor", "factor", "financial_year", "assessed"),
        SeriesUse("again_pct", "again", "financial_year", base="referrals"),
    )


def test_a_percentage_is_made_of_two_figures_of_one_release(folder):
    header = FIGURES.splitlines()[0]
    lines = [
        "part,X06000001,Mereford,2016,1,count,Yearly 2016,",
        "whole,X06000001,Mereford,2016,8,count,Yearly 2016,",
        "part,X06000001,Mereford,2017,1,count,Tool 2018,",  # its whole is of another release
        "whole,X06000001,Mereford,2017,8,count,Yearly 2016,",
        "part,X06000001,Mereford,2018,,count,Tool 2018,c",
        "whole,X06000001,Mereford,2018,8,count,Tool 2018,",
        "part,X06000001,Mereford,2019,0,count,Tool 2018,",
        "whole,X06000001,Mereford,2019,0,count,Tool 2018,",
        "part,X06000001,Mereford,2020,1,count,Tool 2018,",
        "whole,X06000001,Mereford,2020,,count,Tool 2018,x",
    ]
    read = read_published(folder(figures="\n".join([header, *lines, ""])))
    values = published_values(read.figures, [SeriesUse("part", "p", "financial_year", "whole")])
    rows = check_values(values).set_index("period")
    assert list(rows.index) == ["2015-16", "2017-18", "2018-19", "2019-20"]
    assert rows["value"].dropna().tolist() == [12.5]
    assert rows.loc["2015-16", ["numerator", "denominator"]].tolist() == [1, 8]
    assert list(rows["status"]) == ["published", "suppressed", "not_applicable", "unavailable"]


def test_a_ready_made_percentage_has_the_latest_figure_of_what_it_is_out_of(folder):
    header = FIGURES.splitlines()[0]
    lines = [
        "again_pct,X06000001,Mereford,2016,19.1,percent,Yearly 2016,",
        "again_pct,X06000001,Mereford,2017,16.8,percent,Tool 2018,",
        "referrals,X06000001,Mereford,2016,900,count,Yearly 2016,",
        "referrals,X06000001,Mereford,2016,1000,count,Tool 2018,",
        "referrals,X06000002,Merefordshire,2017,1200,count,Tool 2018,",
    ]
    read = read_published(folder(figures="\n".join([header, *lines, ""])))
    use = SeriesUse("again_pct", "again", "financial_year", base="referrals")
    rows = check_values(published_values(read.figures, [use])).set_index("period")
    assert rows["denominator"].to_dict() == {
        "2015-16": 1000,
        "2016-17": pytest.approx(float("nan"), nan_ok=True),
    }
    assert rows["numerator"].isna().all()
    assert rows["value"].to_dict() == {"2015-16": 19.1, "2016-17": 16.8}


def test_a_population_is_the_latest_release_unless_a_vintage_is_asked_for(folder):
    header = FIGURES.splitlines()[0]
    lines = [
        "population_0_17_mid_year,X06000001,Mereford,2015,82000,persons,Yearly 2016,",
        "population_0_17_mid_year,X06000001,Mereford,2015,83000,persons,Tool 2018,",
        "population_women_18_plus_mid_year,X06000001,Mereford,2015,150000,persons,Tool 2018,",
    ]
    figures = read_published(folder(figures="\n".join([header, *lines, ""]))).figures
    assert populations(figures)["population"].tolist() == [83000, 150000]
    older = populations(figures, "population_0_17_mid_year", vintage="mid-2015")
    assert older[["year", "population", "release"]].values.tolist() == [
        [2015, 82000, "Yearly 2016"]
    ]


def test_the_projects_own_figures_are_sound(real):
    assert real.findings.empty
    assert len(real.figures) == 57_581
    assert set(real.figures["release"]) == set(real.releases["release"])
    listed = pd.read_csv(REAL / "series.csv")
    assert set(real.figures["series"]) == set(listed["series"])
    assert listed[["title", "unit", "source"]].notna().all(axis=None)
    for code in real.figures["area_code"].unique():
        assert find_area(code).area_code == code


def test_leicesters_looked_after_children_were_revised(real):
    use = SeriesUse("cla_31mar", "looked_after_at_period_end", "date")
    rows = published_values(real.figures, [use], [LEICESTER])
    in_2016 = rows[rows["period"] == "31 March 2016"]
    assert in_2016[["value", "release", "is_current"]].values.tolist() == [
        [646, "SFR41/2016", False],
        [596, "LAIT 2026-04-08", True],
    ]


def test_the_order_of_two_releases_is_that_of_their_dates(real):
    figure = ["series", "area_code", "period"]
    ordered = real.figures.sort_values([*figure, "order"])
    later = ordered.duplicated(figure)
    assert later.sum() > 1000
    assert (ordered["as_of"] >= ordered["as_of"].shift())[later].all()


def test_two_restatements_of_a_rate_follow_from_two_vintages_of_the_population(real):
    one = real.figures[(real.figures["area_code"] == LEICESTER)].set_index(["series", "period"])
    assert sorted(one.loc[("population_0_17_mid_year", 2023), "value"]) == [88_726, 89_532]
    assert sorted(one.loc[("cpp_31mar_rate", 2024), "value"]) == [48.0, 48.5]


def test_all_the_series_that_the_catalogue_names_are_held(real):
    uses = indicator_series(live_indicators().values())
    named = {use.series for use in uses} | {use.denominator for use in uses if use.denominator}
    assert named <= set(real.figures["series"])
    values = check_values(published_values(real.figures, uses, [LEICESTER]))
    shares = values[
        (values["indicator"] == "cp_plans_latest_category") & (values["period"] == "31 March 2017")
    ]
    found = dict(zip(shares["breakdown"], shares["numerator"], strict=True))
    assert found == {
        "Neglect": 206,
        "Physical abuse": 79,
        "Sexual abuse": 12,
        "Emotional abuse": 100,
        "Multiple": 0,
    }
    assert shares["denominator"].unique().tolist() == [397]


def test_an_authority_without_figures_of_its_own_is_held_in_the_table_of_all_areas(real):
    uses = [SeriesUse("cpp_31mar", "cp_plans_at_period_end", "date")]
    derby = published_values(real.figures, uses, ["E06000015"])
    assert len(derby) == 12
    assert derby["is_current"].all()
