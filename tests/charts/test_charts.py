from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pandas as pd
import pytest

from lscb_analysis.catalogue import Breakdown
from lscb_analysis.charts import (
    Chart,
    ChartError,
    house,
    how_do_we_compare,
    how_has_it_changed,
    who,
)
from lscb_analysis.charts.trend import RINGED, ringed
from lscb_analysis.selecting import breakdown_rows, comparison_rows
from lscb_analysis.signals import latest_signal, points
from tests.drawn import indicator
from tests.showing import COMPARATORS, MEREFORD, quarters, values

REFERRALS = indicator("referrals", unit="referrals")
ON_TIME = indicator("on_time", "proportion", unit="%")
RATE = indicator("plans_rate", "rate", unit="per 10,000 children")
STEADY = [100, 104, 98, 102, 96, 101, 99, 103, 97, 100, 105, 98, 101]
ETHNICITY = Breakdown("ethnicity", "Ethnicity", "ethnicity", ("White", "Mixed", "Asian"))


def words(chart: Chart) -> list[str]:
    drawn = ElementTree.fromstring(chart.svg)
    return ["".join(text.itertext()).strip() for text in drawn.iter() if text.tag.endswith("text")]


def line(figures, of=REFERRALS, **given):
    found = points(quarters(of.id, figures, **given), of, MEREFORD, "quarter")
    signal = latest_signal(found, of)
    return how_has_it_changed(found, of, headline="Up", alt="A line.", signal=signal)


def test_a_chart_cannot_be_had_without_alt_text_headline_or_table():
    whole = {
        "id": "plans",
        "question": "How?",
        "headline": "Up",
        "subtitle": "Plans.",
        "alt": "A line.",
        "svg": b"<svg/>",
        "data": pd.DataFrame({"Period": ["2016-17"]}),
    }
    assert Chart(**whole).alt == "A line."
    with pytest.raises(ChartError, match="'plans' has no alt"):
        Chart(**(whole | {"alt": " "}))
    with pytest.raises(ChartError, match="'plans' has no headline"):
        Chart(**(whole | {"headline": ""}))
    with pytest.raises(ChartError, match="'plans' has no table"):
        Chart(**(whole | {"data": pd.DataFrame()}))


def test_the_same_figures_give_the_same_bytes():
    assert line(STEADY).svg == line(STEADY).svg


def test_a_chart_is_small_and_names_nothing_outside_itself():
    svg = line([*STEADY, 160]).svg
    assert len(svg) < 25_000
    text = svg.decode()
    assert not re.search(r"<!--|<!DOCTYPE|<script|dc:date|\son\w+=", text)
    hosts = {url.split("/")[2] for url in re.findall(r"https?://[^\"' ]+", text)}
    assert hosts == {"www.w3.org"}


def test_drawing_leaves_the_readers_own_settings_alone():
    import matplotlib

    before = dict(matplotlib.rcParams)
    line(STEADY)
    assert dict(matplotlib.rcParams) == before


def test_the_table_beside_a_line_has_every_period_and_the_usual_range():
    chart = line([*STEADY[:12], "[c]", 101])
    assert list(chart.data.columns) == ["Period", "Mereford", "Usual range"]
    assert list(chart.data["Mereford"].tail(2)) == ["[c]", "101"]
    assert chart.data["Usual range"].iloc[-2] == "[z]"
    assert re.fullmatch(r"\d+ to \d+", chart.data["Usual range"].iloc[-1])


def test_a_gap_is_not_joined_and_its_symbol_stands_on_the_axis():
    whole, broken = line(STEADY), line([*STEADY[:5], "[c]", *STEADY[6:]])
    assert "[c]" in words(broken)
    assert "[c]" not in words(whole)

    def line_count(chart):
        strokes = re.findall(r'<path d="([^"]+)" clip-path[^>]*stroke: #12436d', chart.svg.decode())
        return sum(" L " in f" {stroke} ".replace("\n", " ") for stroke in strokes)

    assert (line_count(whole), line_count(broken)) == (1, 2)


def test_a_withheld_figure_leaves_nothing_behind_in_the_picture():
    figures = [*STEADY[:5], "[c]", *STEADY[6:]]
    marked = quarters("referrals", figures)
    hidden = marked.copy()
    hidden.loc[hidden["status"] == "suppressed", "value"] = 3.0
    charts = [
        how_has_it_changed(
            points(drawn, REFERRALS, MEREFORD, "quarter"), REFERRALS, headline="Up", alt="A line."
        )
        for drawn in (marked, hidden)
    ]
    assert charts[0].svg == charts[1].svg
    pd.testing.assert_frame_equal(charts[0].data, charts[1].data)


def test_trial_limits_are_called_so_and_too_few_points_have_none():
    assert "Trial limits (dashed) from 9 points." in line(STEADY[:9]).subtitle
    assert "dashed" not in line(STEADY[:5]).subtitle
    assert "Usual range (dashed) from 13 points." in line(STEADY).subtitle


def test_a_band_is_drawn_as_one_and_explained():
    chart = line([88, 90, "95-100", 92], ON_TIME)
    assert "Upright bars are bands" in chart.subtitle
    assert "95% or more" in list(chart.data["Mereford"])
    assert "The axis starts at 50%." in chart.subtitle


def test_a_change_of_release_is_marked():
    chart = line(STEADY[:6], release=["a", "a", "a", "b", "b", "b"])
    assert "more than one release (dotted)" in chart.subtitle


def test_figures_never_held_before_the_first_are_not_drawn():
    chart = line(["[x]", "[x]", *STEADY[:4]])
    assert list(chart.data["Mereford"]) == ["100", "104", "98", "102"]


def test_a_line_with_no_printed_figure_is_refused():
    with pytest.raises(ChartError, match="'referrals' has no printed figure"):
        line(["[c]", "[x]"])


SIDE = """
    indicator  | area          | period        | figure
    plans_rate | Mereford      | 31 March 2016 | 61.8
    plans_rate | Mereford      | 31 March 2017 | 46.4
    plans_rate | Neighbours    | 31 March 2017 | 52.6
    plans_rate | Middle Shires | 31 March 2017 | [c]
    plans_rate | Exampleland   | 31 March 2017 | 43.8
    """


def test_names_stand_at_the_ends_of_lines_and_there_is_no_legend():
    drawn = values(SIDE)
    others = {
        item["area"]: points(drawn, RATE, item["area_code"], "date") for item in COMPARATORS[::2]
    }
    chart = how_has_it_changed(
        points(drawn, RATE, MEREFORD, "date"), RATE, headline="Down", alt="x", comparators=others
    )
    assert {"Mereford", "Neighbours", "Exampleland"} <= set(words(chart))
    assert chart.data.to_dict("list") == {
        "Period": ["31 March 2016", "31 March 2017"],
        "Mereford": ["61.8", "46.4"],
        "Neighbours": ["[x]", "52.6"],
        "Exampleland": ["[x]", "43.8"],
    }


def test_five_series_are_refused():
    own = points(values(SIDE), RATE, MEREFORD, "date")
    with pytest.raises(ChartError, match="5 series: four are the most"):
        how_has_it_changed(own, RATE, headline="x", alt="x", comparators=dict.fromkeys("abcd", own))


def test_areas_stand_side_by_side_and_a_withheld_one_has_no_bar():
    rows = comparison_rows(values(SIDE), RATE, MEREFORD, COMPARATORS)
    chart = how_do_we_compare(rows, RATE, headline="Below", alt="Bars.")
    assert chart.data.to_dict("list") == {
        "Area": ["Mereford", "Neighbours", "Middle Shires", "Exampleland"],
        "Per 10,000 children, 31 March 2017": ["46.4", "52.6", "[c]", "43.8"],
    }
    assert {"46.4", "52.6", "[c]", "43.8"} <= set(words(chart))
    bars = re.findall(r'clip-path="[^"]+" style="fill: (#\w+)', chart.svg.decode())
    assert bars == ["#12436d", "#28a197", "#28a197"]


def test_counts_are_not_set_beside_other_areas():
    plans = indicator("plans_rate", "stock")
    assert comparison_rows(values(SIDE), plans, MEREFORD, COMPARATORS).empty


def test_categories_stand_in_the_catalogues_order():
    drawn = values(
        """
        indicator | period     | breakdown | figure
        referrals | 2016-17 Q4 | Asian     | [c]
        referrals | 2016-17 Q4 | Not known | 12
        referrals | 2016-17 Q4 | White     | 210
        referrals | 2016-17 Q4 | Mixed     | 45
        """,
        breakdown_topic="Ethnicity",
    )
    rows = breakdown_rows(drawn, REFERRALS, MEREFORD, ETHNICITY)
    chart = who(rows, REFERRALS, ETHNICITY, headline="Mostly white", alt="Bars.")
    assert list(chart.data["Ethnicity"]) == ["White", "Mixed", "Asian", "Not known"]
    assert list(chart.data["Referrals, 2016-17 Q4"]) == ["210", "45", "[c]", "12"]


def test_all_withheld_still_gives_a_chart_that_says_so():
    drawn = values(
        "indicator | period | breakdown | figure\nreferrals | 2016-17 Q4 | White | [c]",
        breakdown_topic="Ethnicity",
    )
    chart = who(drawn, REFERRALS, ETHNICITY, headline="Withheld", alt="Withheld.")
    assert "[c]" in words(chart)


def contrast(one: str, two: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def test_whatever_stands_side_by_side_can_be_told_apart():
    for one, two in pairwise(house.SERIES):
        assert contrast(one, two) >= 3
    for colour in (*house.SERIES, house.SECONDARY):
        assert contrast(colour, house.GROUND) >= 3
    assert contrast(house.SERIES[0], house.RANGE) >= 3
    for text in (house.TEXT, house.SECONDARY):
        assert contrast(text, house.GROUND) >= 4.5
        assert contrast(text, house.RANGE) >= 4.5
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_bands_alone_and_a_comparator_with_nothing_can_be_drawn():
    drawn = quarters("on_time", ["95-100", "90-100", "95-100"])
    own = points(drawn, ON_TIME, MEREFORD, "quarter")
    chart = how_has_it_changed(
        own, ON_TIME, headline="High", alt="Bands.", comparators={"Exampleland": own.iloc[:0]}
    )
    assert list(chart.data["Mereford"]) == ["95% or more", "90% or more", "95% or more"]
    assert list(chart.data["Exampleland"]) == ["[x]", "[x]", "[x]"]


def test_a_missing_quarter_breaks_the_line_even_without_a_row():
    drawn = quarters("referrals", STEADY)
    whole = points(drawn, REFERRALS, MEREFORD, "quarter")
    chart = how_has_it_changed(whole.drop(whole.index[5]), REFERRALS, headline="x", alt="x")
    strokes = re.findall(r'<path d="([^"]+)" clip-path[^>]*stroke: #12436d', chart.svg.decode())
    assert sum(stroke.count("M ") for stroke in strokes) == 2


def test_ticks_have_the_decimals_that_they_need():
    shown = words(line([7.9, 9.5, 9.9, 11.8, 10.2, 8.9, 7.7], ON_TIME))
    ticks = [text for text in shown if text.endswith("%")]
    assert ticks[:6] == ["0.0%", "2.5%", "5.0%", "7.5%", "10.0%", "12.5%"]
    assert "0" in words(line(STEADY))
    assert "0.0" not in words(line(STEADY))


@pytest.mark.parametrize(
    ("figures", "rings"),
    [(STEADY, 0), ([*STEADY, 160], 1), ([*STEADY, *STEADY, 20, 22], 2), (STEADY[:9], 0)],
)
def test_what_stands_out_is_ringed_and_said_to_be(figures, rings):
    chart = line(figures)
    found = latest_signal(
        points(quarters("referrals", figures), REFERRALS, MEREFORD, "quarter"), REFERRALS
    )
    assert ringed(found) == rings
    assert (RINGED in chart.subtitle) == bool(rings)
    circles = chart.svg.count(b"stroke-width: 1.8")
    assert bool(circles) == bool(rings)


def test_trial_limits_are_headed_as_such():
    assert "Trial limits" in line(STEADY[:9]).data.columns
    assert "Usual range" not in line(STEADY[:9]).data.columns
