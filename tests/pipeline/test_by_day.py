"""Where what single days tell is kept: for the panel only, apart from the values, private."""

from __future__ import annotations

import os
import stat
from dataclasses import replace

import pandas as pd
import pytest

from lscb_analysis.by_day import COLUMNS
from lscb_analysis.pipeline import build
from lscb_analysis.state import by_day_file

AREA, QUARTER = "X06000001", "2016-17-Q4"


@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_only_the_panel_has_a_table_of_single_days(settings, audience):
    build(replace(settings, audience=audience), AREA, None)
    assert not by_day_file(settings.workspace, AREA, QUARTER).exists()


def test_the_table_is_private_and_lies_apart_from_the_values(settings):
    built = build(replace(settings, audience="panel"), AREA, None)
    path = by_day_file(settings.workspace, AREA, QUARTER)
    assert list(pd.read_parquet(path).columns) == list(COLUMNS)
    assert not list(built.folder.glob("*day*"))
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_area_with_official_statistics_alone_has_none(settings):
    build(replace(settings, audience="panel"), "E06000016", None)
    assert not by_day_file(settings.workspace, "E06000016", "2015-16-Q4").exists()
