from __future__ import annotations

import csv
import io
import math
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lscb_analysis.sources.dfe_cells import SYMBOLS, read_cells
from lscb_analysis.sources.dfe_periods import read_period
from lscb_analysis.sources.dfe_statistics import (
    COLUMNS,
    area_rows,
    derive_percentages,
    derive_rates,
    read_statistics,
    release_of,
)
from tests.examples import examples
from tests.sources.extracts import told

LEICESTER = "2024,Reporting year,Local authority,E92000001,England,E12000004,East Midlands"
LEICESTER += ",856,E06000016,Leicester"
HEADER = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
HEADER += "region_name,old_la_code,new_la_code,la_name"
WIDE = f"""{HEADER},category,CPP_start,CPP_At31_rate
2024,Reporting year,National,E92000001,England,,,,,,Child Protection Plans,62110,41.6
2024,Reporting year,Regional,E92000001,England,E12000004,East Midlands,,,,Child Protection Plans,c,x
{LEICESTER},Child Protection Plans,458,48
"""
ARBITRARY = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def read(folder: Path, text: str | bytes, name: str = "d1_plans_2013_to_2024.csv", **given):
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_statistics(path, folder, **given)


def cells(statistics: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    rows = statistics[list(columns)].astype(object)
    return [tuple(row) for row in rows.where(rows.notna(), None).itertuples(index=False)]


def test_each_cell_of_a_wide_file_is_a_row_with_its_area_and_year(tmp_path):
    statistics, findings = read(tmp_path, WIDE)
    assert findings.empty
    assert cells(statistics, "row", "area_code", "area_type", "indicator", "value", "symbol") == [
        (2, "E92000001", "country", "CPP_start", 62110.0, ""),
        (2, "E92000001", "country", "CPP_At31_rate", 41.6, ""),
        (3, "E12000004", "region", "CPP_start", None, "c"),
        (3, "E12000004", "region", "CPP_At31_rate", None, "x"),
        (4, "E06000016", "local authority", "CPP_start", 458.0, ""),
        (4, "E06000016", "local authority", "CPP_At31_rate", 48.0, ""),
    ]
    last = statistics.iloc[-1]
    assert (last["old_code"], last["region_name"], last["area_name"]) == (
        *("856", "East Midlands", "Leicester"),
    )
    assert (last["period_start"], last["period_end"]) == (
        *(pd.Timestamp(2023, 4, 1), pd.Timestamp(2024, 3, 31)),
    )
    assert (last["period"], last["period_type"]) == ("year to 31 March 2024", "reporting_year")
    assert (last["filter_1_name"], last["filter_1_value"]) == ("category", "Child Protection Plans")
    assert (last["printed"], last["decimals"], last["release"]) == ("48", 1, "2024")


def test_a_symbol_keeps_its_reason_and_is_never_zero(tmp_path):
    statistics, _ = read(tmp_path, WIDE)
    withheld = statistics[statistics["symbol"] == "c"]
    assert withheld["value"].isna().all()
    assert cells(withheld, "status", "reason") == [
        ("suppressed", "withheld by the publisher to protect confidentiality")
    ]


@pytest.mark.parametrize(
    ("text", "value", "symbol", "decimals"),
    [
        ("0", 0, "", 0),
        ("1,234.50", 1234.5, "", 2),
        ("-3.2", -3.2, "", 1),
        ("−3.2", -3.2, "", 1),
        ("1e+05", 100_000, "", 0),
        ("12.5%", 12.5, "", 1),
        (" 7\u00a0", 7, "", 0),
        ("12 [p]", 12, "p", 0),
        ("12.3u", 12.3, "u", 1),
        ("[C]", None, "c", 0),
        ("Low", None, "low", 0),
        ("–", None, "-", 0),
        ("…", None, "..", 0),
        ("", None, "blank", 0),
        ("   ", None, "blank", 0),
    ],
)
def test_a_cell_is_a_number_or_a_symbol_however_it_is_printed(text, value, symbol, decimals):
    cell = read_cells(pd.array([text], dtype="string[pyarrow]").__arrow_array__().combine_chunks())
    assert cell["is_readable"].all()
    assert cells(cell, "value", "symbol", "decimals") == [(value, symbol, decimals)]


@pytest.mark.parametrize("symbol", sorted(SYMBOLS.keys() - {"blank"}))
def test_every_symbol_of_the_family_is_known(tmp_path, symbol):
    statistics, findings = read(tmp_path, WIDE.replace(",458,", f",{symbol},"))
    leicester = area_rows(statistics, "E06000016")
    assert cells(leicester, "value", "symbol") == [(None, symbol), (48.0, "")]
    assert findings.empty


@pytest.mark.parametrize("text", ["12a", "c5", "5 c", "1-10", "1e999", "١٢", "=1+1", "1,23", "%"])
def test_a_cell_that_is_neither_number_nor_symbol_is_a_finding_and_not_a_value(tmp_path, text):
    statistics, findings = read(tmp_path, WIDE.replace(",458,", f',"{text}",'))
    leicester = area_rows(statistics, "E06000016")
    assert cells(leicester, "value", "printed", "status")[0] == (None, text, "unavailable")
    assert cells(findings, "file", "row", "column", "letter", "found") == [
        ("d1_plans_2013_to_2024.csv", "4", "CPP_start", "L", repr(text))
    ]


def test_many_unreadable_cells_of_a_column_are_told_twenty_times_and_then_counted(tmp_path):
    rows = "".join(f"{LEICESTER},{text},{number},oops\n" for number, text in enumerate("abcde" * 5))
    good = "".join(f"{LEICESTER},good {number},1,1\n" for number in range(30))
    _, findings = read(tmp_path, f"{HEADER},group,CPP_start,CPP_end\n{rows}{good}")
    bad = findings[findings["column"] == "CPP_end"]
    assert len(bad) == 20
    assert bad["found"].iloc[-1] == "'oops' and 5 more like it"


@pytest.mark.parametrize(
    "content",
    [
        WIDE.encode("utf-8-sig"),
        WIDE.encode("utf-16"),
        WIDE.encode("utf-16-le"),
        WIDE.replace("\n", "\r\n").encode(),
        WIDE.replace("\n", "\r").encode(),
        WIDE.replace(",", ";").encode(),
        WIDE.replace(",", "\t").encode(),
        ("Source: Department for Education\n\n" + WIDE).encode(),
        WIDE.replace("time_period", " Time Period").replace("new_la_code", "New LA Code").encode(),
        WIDE.replace("Local authority", "LA").replace("Reporting year", "RY").encode(),
        WIDE.replace("\n2024", ",,\n2024").encode(),
    ],
)
def test_a_file_reads_the_same_in_every_encoding_and_dress(tmp_path, content):
    expected, _ = read(tmp_path, WIDE)
    statistics, findings = read(tmp_path, content)
    shared = ["area_code", "area_type", "period", "indicator", "value", "symbol", "filter_1_value"]
    assert cells(statistics, *shared) == cells(expected, *shared)
    assert told(findings) == []


def test_a_file_in_windows_1252_keeps_its_letters(tmp_path):
    statistics, _ = read(tmp_path, WIDE.replace("Leicester", "Ynys Môn").encode("cp1252"))
    assert statistics["area_name"].iloc[-1] == "Ynys Môn"


def test_an_area_is_chosen_by_new_or_old_code_and_only_its_own_rows(tmp_path):
    school = LEICESTER.replace("Local authority", "School") + ",Child Protection Plans,1,1\n"
    for areas in (["E06000016"], ["856"], [" e06000016 "]):
        statistics, _ = read(tmp_path, WIDE + school, areas=areas)
        assert statistics["row"].unique().tolist() == [4]
    within, _ = read(tmp_path, WIDE + school, areas=["E06000016"], within=True)
    assert within["row"].unique().tolist() == [4, 5]
    country, _ = read(tmp_path, WIDE, areas=["E92000001"])
    assert country["row"].unique().tolist() == [2]
    nobody, findings = read(tmp_path, WIDE, areas=["E06000001"])
    assert len(nobody) == 0
    assert findings.empty


def test_choosing_areas_gives_what_picking_them_afterwards_gives(tmp_path):
    every, _ = read(tmp_path, WIDE)
    chosen, _ = read(tmp_path, WIDE, areas=["E06000016", "E12000004"])
    picked = area_rows(every, "E06000016", "E12000004")
    assert cells(chosen, *COLUMNS) == cells(picked, *COLUMNS)


def test_a_district_is_an_area_of_its_own_in_its_authority(tmp_path):
    text = "time_period,time_identifier,geographic_level,old_la_code,new_la_code,la_name,"
    text += "lad_code,lad_name,children\n"
    text += "202324,Financial year,Local authority district,855,E10000018,Leicestershire,"
    text += "E07000129,Blaby,12\n"
    statistics, findings = read(tmp_path, text)
    assert findings.empty
    assert cells(statistics, "area_code", "area_name", "area_type", "la_code", "old_code") == [
        ("E07000129", "Blaby", "local authority district", "E10000018", "")
    ]


def test_without_a_level_a_row_is_of_the_finest_area_it_names(tmp_path):
    lines = [line.split(",") for line in WIDE.splitlines()]
    text = "\n".join(",".join([*line[:2], *line[3:]]) for line in lines)
    statistics, findings = read(tmp_path, text)
    assert findings.empty
    assert statistics["area_type"].unique().tolist() == ["country", "region", "local authority"]


def test_an_authority_without_a_new_code_goes_by_its_old_one(tmp_path):
    statistics, _ = read(tmp_path, WIDE.replace("856,E06000016", "856,z"))
    assert cells(area_rows(statistics, "856"), "area_code", "old_code")[0] == ("856", "856")


def test_an_unknown_level_and_an_unknown_period_are_findings_and_the_values_stay(tmp_path):
    text = WIDE.replace("2024,Reporting year,National", "2024,Olympiad,Galaxy")
    statistics, findings = read(tmp_path, text)
    assert len(statistics) == 6
    assert statistics["period_start"].isna().tolist() == [True] * 2 + [False] * 4
    assert told(findings) == [
        ("2", "an unknown geographic level, 'Galaxy' (1 rows)"),
        ("2", "'2024', 'Olympiad': no dates for it"),
    ]


def test_a_long_file_names_its_indicators_in_a_column(tmp_path):
    rows = [f"{LEICESTER},{age},{sex},{measure},{value}" for age, sex, measure, value in LONG]
    text = "\n".join([f"{HEADER},age,sex,measure,value", *rows])
    statistics, findings = read(tmp_path, text)
    assert findings.empty
    assert cells(statistics, "indicator", "filter_1_name", "filter_1_value", "value") == [
        (measure, "age", age, None if value == "c" else float(value))
        for age, _, measure, value in LONG
    ]
    assert statistics["filter_2_value"].unique().tolist() == ["Male", "Female"]


LONG = [
    (age, sex, measure, value)
    for age in ("0", "1", "Total")
    for sex in ("Male", "Female")
    for measure, value in (("number", "12"), ("percent", "c" if age == "1" else "3.5"))
]


def test_numbers_that_tell_rows_apart_are_a_filter_without_being_called_one(tmp_path):
    rows = [f"{LEICESTER},{plans},{100 + plans * 7}" for plans in range(8) for _ in "x"]
    text = "\n".join([f"{HEADER},previous_plans,children", *rows])
    counted, _ = read(tmp_path, text)
    assert counted["indicator"].unique().tolist() == ["previous_plans", "children"]
    rows = [f"{LEICESTER},{plans},{sex},{100 + plans}" for plans in range(8) for sex in "MF"]
    text = "\n".join([f"{HEADER},previous_plans,sex,children", *rows])
    told_apart, findings = read(tmp_path, text)
    assert told_apart["indicator"].unique().tolist() == ["children"]
    assert told_apart["filter_1_name"].unique().tolist() == ["previous_plans"]
    assert findings.empty


def test_metadata_beside_the_file_say_what_is_a_filter_and_give_label_unit_and_decimals(tmp_path):
    meta = "col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,"
    meta += "filter_grouping_column\nprevious_plans,Filter,Plans before,,,,,\n"
    meta += "children_share,Indicator,Share of children,,%,2,,\n"
    (tmp_path / "plans_2024.meta.csv").write_text(meta)
    rows = [f"{LEICESTER},{plans},{plans}.5" for plans in range(3)]
    text = "\n".join([f"{HEADER},previous_plans,children_share", *rows])
    statistics, findings = read(tmp_path, text, "plans_2024.csv")
    assert findings.empty
    assert cells(statistics, "filter_1_value", "value") == [("0", 0.5), ("1", 1.5), ("2", 2.5)]
    assert cells(statistics, "indicator_label", "unit", "decimals")[0] == (
        *("Share of children", "%", 2),
    )


def test_the_same_area_period_and_filters_twice_is_a_finding(tmp_path):
    statistics, findings = read(tmp_path, WIDE + f"{LEICESTER},Child Protection Plans,459,48\n")
    assert len(statistics) == 8
    assert told(findings) == [
        ("5", "the same area, period and filters as an earlier row: both are kept")
    ]


def test_a_row_of_another_width_is_left_out_and_the_rows_after_it_keep_their_numbers(tmp_path):
    comma = LEICESTER.replace("Leicester", "Bristol, City of") + ",Child Protection Plans,1,2\n"
    note = "Source: Department for Education\n"
    statistics, findings = read(tmp_path, WIDE + comma + "\n" + note + f"{LEICESTER},Other,5,6\n")
    assert statistics["row"].unique().tolist() == [2, 3, 4, 8]
    assert told(findings) == [
        ("5", "14 cells: the row is left out"),
        ("7", "1 cells: the row is left out"),
    ]


def test_blank_cells_beyond_the_header_do_no_harm(tmp_path):
    statistics, findings = read(tmp_path, WIDE.replace("62110,41.6", "62110,41.6,,"))
    assert statistics["row"].tolist() == [2, 2, 3, 3, 4, 4]
    assert findings.empty


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b"\xff\xfe", "an empty file"),
        (b"PK\x03\x04 a workbook", "a file that is not text"),
        (b"child,date of birth\n1,2\n", "no header row of official statistics"),
        (f"{HEADER}\n{LEICESTER}\n".encode(), "no header row of official statistics"),
        (f"{HEADER},ward_group\n{LEICESTER},text\n".encode(), "no column of numbers"),
        (bytes(range(256)) * 20, "no header row of official statistics"),
    ],
)
def test_a_file_that_is_no_official_statistics_fails_with_a_finding(tmp_path, content, found):
    statistics, findings = read(tmp_path, content)
    assert list(statistics.columns) == list(COLUMNS)
    assert len(statistics) == 0
    assert findings["severity"].tolist() == ["failed"]
    if content[:1] != b"\0":
        assert findings["found"].tolist() == [found]


def test_a_missing_file_and_a_folder_fail_with_a_finding(tmp_path):
    for path in (tmp_path / "nowhere.csv", tmp_path):
        _, findings = read_statistics(path, tmp_path)
        assert findings["severity"].tolist() == ["failed"]


def test_rows_swallowed_by_an_open_quotation_are_told(tmp_path):
    text = f'{WIDE}2024,"Reporting year\n{LEICESTER},a,1,1\n2024,of",x\n{LEICESTER},b,2,2\n'
    statistics, findings = read(tmp_path, text)
    assert statistics["filter_1_value"].iloc[-1] == "b"
    assert told(findings) == [
        ("5", "3 cells over 3 lines (a quotation does not close): the row is left out")
    ]


def test_a_quotation_that_never_closes_does_not_crash(tmp_path):
    statistics, findings = read(tmp_path, WIDE + '2024,"Reporting year,National\n' * 3)
    assert set(statistics["row"]) <= {2, 3, 4}
    assert len(findings) >= 1


@pytest.mark.parametrize(
    ("time_period", "identifier", "start", "end", "label"),
    [
        ("2017", "Reporting year", "2016-04-01", "2017-03-31", "year to 31 March 2017"),
        ("201617", "reporting year", "2016-04-01", "2017-03-31", "year to 31 March 2017"),
        ("201617", "Financial year", "2016-04-01", "2017-03-31", "2016-17"),
        ("2016/17", "FY", "2016-04-01", "2017-03-31", "2016-17"),
        ("2016-2017", "Financial Year", "2016-04-01", "2017-03-31", "2016-17"),
        ("2016", "Financial year", "2016-04-01", "2017-03-31", "2016-17"),
        ("199900", "Financial year", "1999-04-01", "2000-03-31", "1999-00"),
        ("201617", "Academic year", "2016-09-01", "2017-08-31", "2016-17"),
        ("201617", "Tax year", "2016-04-06", "2017-04-05", "2016-17"),
        ("2017", "Calendar year", "2017-01-01", "2017-12-31", "2017"),
        ("2017", "As at 31 March", "2017-03-31", "2017-03-31", "31 March 2017"),
        ("201617", "31st March", "2017-03-31", "2017-03-31", "31 March 2017"),
        ("2017", "Year ending 31 March", "2016-04-01", "2017-03-31", "year to 31 March 2017"),
        ("201617", "Financial year Q2", "2016-07-01", "2016-09-30", "2016-17 Q2"),
        ("201617", "Financial year Q1-Q4", "2016-04-01", "2017-03-31", "2016-17 Q1 to Q4"),
        ("2017", "Calendar year Q1", "2017-01-01", "2017-03-31", "2017 Q1"),
        ("2017", "February", "2017-02-01", "2017-02-28", "February 2017"),
        ("2020", "Week 53", "2020-12-28", "2021-01-03", "2020 week 53"),
        ("201617", "Autumn term", "2016-09-01", "2016-12-31", "2016-17 autumn term"),
        ("201617", "Spring term", "2017-01-01", "2017-03-31", "2016-17 spring term"),
        (
            *("201617", "Part 1 (April to September)", "2016-04-01", "2016-09-30"),
            "2016-17 part 1",
        ),
    ],
)
def test_a_period_is_read_from_the_year_and_what_kind_it_is(
    time_period, identifier, start, end, label
):
    period = read_period(time_period, identifier)
    assert period is not None
    assert (str(period.period_start), str(period.period_end), period.period) == (start, end, label)


@pytest.mark.parametrize(
    ("time_period", "identifier"),
    [
        *(("201618", "Financial year"), ("17", "Calendar year"), ("2017", "Week 60")),
        *(("2017", "M13"), ("2017", "31 February"), ("", ""), ("0000", "Calendar year")),
        *(("2017", "Calendar year Q3-Q1"), ("2017", "W0")),
    ],
)
def test_a_period_that_cannot_be_is_none(time_period, identifier):
    assert read_period(time_period, identifier) is None


def test_population_estimates_are_of_30_june_and_name_their_vintage(tmp_path):
    text = f"{HEADER},age_group,population_estimate\n"
    text += LEICESTER.replace("2024", "2023") + ",Children aged 0 to 17 years,89532\n"
    name = "ons_mid-year_population_estimates_2012_to_2023.csv"
    statistics, _ = read(tmp_path, text, name)
    assert cells(statistics, "period", "value", "vintage", "release") == [
        ("30 June 2023", 89532.0, "mid-2023", "2023")
    ]
    assert statistics["period_end"].iloc[0].date() == date(2023, 6, 30)


def test_release_and_vintage_may_be_given(tmp_path):
    statistics, _ = read(tmp_path, WIDE, release="CIN 2024", vintage="mid-2023")
    assert cells(statistics, "release", "vintage")[0] == ("CIN 2024", "mid-2023")
    assert release_of("cla_2023-24_provisional_v2.csv") == ("2023-24 provisional v2", "")
    assert release_of("figures.csv") == ("", "")


def test_a_file_without_time_identifiers_takes_the_one_given(tmp_path):
    lines = [line.split(",") for line in WIDE.splitlines()]
    text = "\n".join(",".join([line[0], *line[2:]]) for line in lines)
    without, findings = read(tmp_path, text)
    assert without["period_end"].isna().all()
    assert told(findings) == [("2", "'2024', '': no dates for it")]
    given_one, findings = read(tmp_path, text, time_identifier="Reporting year")
    assert given_one["period"].unique().tolist() == ["year to 31 March 2024"]
    assert findings.empty


def test_a_rate_is_per_the_mid_year_in_which_the_financial_year_starts(tmp_path):
    """DfE, Characteristics of children in need 2024: Leicester, 31 March 2024, 430 plans, 48.0."""
    plans, _ = read(tmp_path, WIDE.replace(",458,", ",430,"))
    header = f"{HEADER},population_estimate\n"
    years = [LEICESTER.replace("2024", year) for year in ("2022", "2023")]
    text = f"{header}{years[0]},88106\n{years[1]},89532\n"
    populations, _ = read(tmp_path, text, "mid-year_population_2023.csv")
    counts = area_rows(plans[plans["indicator"] == "CPP_start"], "E06000016", "E12000004")
    rates = derive_rates(counts, populations)
    assert cells(rates, "population", "population_vintage", "rate") == [
        (None, None, None),
        (89532.0, "mid-2023", 48.0),
    ]


def test_a_percentage_of_two_columns_is_rounded_half_up(tmp_path):
    text = f"{HEADER},CPP_start,CPP_subsequent\n{LEICESTER},400,25\n"
    text += LEICESTER.replace("2024", "2023") + ",0,0\n"
    statistics, _ = read(tmp_path, text)
    percentages = derive_percentages(statistics, "CPP_subsequent", "CPP_start")
    assert cells(percentages, "whole", "percentage") == [(400.0, 6.3), (0.0, None)]


TEXTS = st.text(max_size=12) | st.sampled_from(
    ["", "c", "1,2", '"', "\n", "\r", "\0", "1e400", "−5", "[z", "9" * 400, "٣", "\ufeff", "0x1"]
)


@ARBITRARY
@given(st.lists(st.lists(TEXTS, min_size=13, max_size=13), min_size=1, max_size=2))
def test_no_text_in_any_cell_ever_raises(tmp_path, lines):
    written = io.StringIO()
    csv.writer(written).writerows(lines)
    content = (WIDE + written.getvalue()).encode("utf-8", errors="replace")
    statistics, findings = read(tmp_path, content)
    assert len(statistics) or (findings["severity"] == "failed").any()
    if len(statistics):
        leicester = area_rows(statistics, "E06000016")
        assert {458.0, 48.0} <= set(leicester["value"])
        numbers = statistics["value"].dropna()
        assert all(math.isfinite(number) for number in numbers)
        assert statistics.loc[statistics["value"].isna(), "reason"].ne("").all()


@ARBITRARY
@given(st.binary(max_size=300), st.integers(0, len(WIDE)))
def test_no_bytes_anywhere_in_a_file_ever_raise(tmp_path, noise, place):
    content = WIDE.encode()
    statistics, findings = read(tmp_path, content[:place] + noise + content[place:])
    assert len(statistics) or (findings["severity"] == "failed").any() or len(findings)
