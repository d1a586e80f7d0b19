"""A line the size of a word, from printed figures only."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from lscb_analysis.catalogue import indicators
from lscb_analysis.charts.sparkline import sparkline
from lscb_analysis.narrative import trend_alt
from lscb_analysis.release_check.pictures import _holds_more
from tests.showing import quarters


def drawn(*values: float) -> pd.DataFrame:
    return quarters("cp_plan_starts", list(values))


def places(svg: bytes) -> list[tuple[float, float]]:
    path = re.search(rb' d="([^"]*)"', svg)
    assert path
    numbers = re.findall(rb"[ML] ([\d.]+) ([\d.]+)", path[1])
    return [(float(across), float(up)) for across, up in numbers]


def test_the_line_rises_and_falls_with_its_figures():
    (_, first), (_, second), (_, third) = places(sparkline(drawn(10, 30, 20)))
    assert second < third < first


def test_fewer_than_three_figures_have_no_line():
    assert sparkline(drawn(10, 30)) == b""


def test_a_figure_that_is_not_printed_is_a_gap_and_not_a_place():
    points = drawn(10, 30, 20, 25)
    points.loc[points.index[1], ["value", "status"]] = [float("nan"), "suppressed"]
    svg = sparkline(points)
    assert svg.count(b"M ") == 3  # two strokes and the square at the end
    assert len(places(svg)) == 4  # one point of its own is a short dash


def test_the_same_figure_throughout_is_a_level_line():
    assert len({up for _, up in places(sparkline(drawn(7, 7, 7)))}) == 1


def test_a_year_is_as_wide_in_every_line():
    line = [across for across, _ in places(sparkline(drawn(10, 30, 20, 25, 26)))]
    assert line[-1] == 93.0
    assert [round(line[-1] - across, 1) for across in line] == [18.0, 13.5, 9.0, 4.5, 0.0]
    yearly = drawn(10, 30, 20, 25, 26, 24, 22, 20, 28).iloc[::4]
    line = [across for across, _ in places(sparkline(yearly))]
    assert [round(line[-1] - across, 1) for across in line] == [36.0, 18.0, 0.0]


def test_more_than_five_years_fill_the_width_from_the_first_that_is_printed():
    points = drawn(*range(30))
    points.loc[points.index[:2], "status"] = "unavailable"
    line = [across for across, _ in places(sparkline(points))]
    assert (line[0], line[-1]) == (3.0, 93.0)


def test_it_is_a_drawing_and_nothing_else():
    assert not _holds_more(sparkline(drawn(10, 30, 20)).decode())


def test_the_height_tells_movement_and_not_size():
    assert sparkline(drawn(10, 30, 20)) == sparkline(drawn(1000, 3000, 2000))


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ((10, 30, 20), "it ends higher than where it began, between its lowest and its highest."),
        ((10, 30, 40), "it ends higher than where it began, at its highest."),
        ((30, 20, 10), "it ends lower than where it began, at its lowest."),
        ((7, 7, 7), "it ends level with where it began, never having moved."),
    ],
)
def test_its_words_say_how_it_moved_and_no_figure(figures, said):
    told = trend_alt(drawn(*figures), indicators()["cp_plan_starts"])
    assert told.endswith(said)
    assert not re.search(r"\d", told)
