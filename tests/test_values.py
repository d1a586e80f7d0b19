from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.values import (
    COLUMNS,
    ValuesError,
    as_values,
    check_values,
    empty_values,
    read_values,
    write_values,
)


def one(**changes: object) -> pd.DataFrame:
    row = {
        "indicator": "plans",
        "area_code": "E06000016",
        "area": "Leicester",
        "period_type": "date",
        "period": "31 March 2017",
        "period_start": "2017-03-31",
        "period_end": "2017-03-31",
        "value": 397,
        "status": "published",
        "source": "DfE",
        "release": "2017",
    }
    return as_values(pd.DataFrame([row | changes]))


def test_a_sound_table_comes_back_as_it_is():
    assert check_values(one()) is not None
    assert list(empty_values().columns) == list(COLUMNS)


def test_the_same_key_twice_is_refused():
    twice = pd.concat([one(), one(value=408)], ignore_index=True)
    with pytest.raises(ValuesError, match=r"plans, E06000016.*more than once"):
        check_values(twice)


def test_two_releases_of_one_figure_may_stand_side_by_side_if_one_is_current():
    both = pd.concat([one(), one(release="2018", is_current=False)], ignore_index=True)
    assert len(check_values(both)) == 2


def test_two_current_releases_of_one_figure_are_refused():
    both = pd.concat([one(), one(release="2018")], ignore_index=True)
    with pytest.raises(ValuesError, match="two current releases"):
        check_values(both)


def test_a_blank_number_needs_a_status_that_says_why():
    with pytest.raises(ValuesError, match="no number"):
        check_values(one(value=None))
    assert len(check_values(one(value=None, status="suppressed"))) == 1


def test_a_band_is_a_number():
    assert len(check_values(one(value=None, band_lower=95, band_upper=100))) == 1


def test_an_unknown_status_is_refused():
    with pytest.raises(ValuesError, match="status"):
        check_values(one(status="fine"))


def test_values_come_back_from_their_file_as_they_were(tmp_path):
    path = write_values(one(), tmp_path / "values.parquet")
    pd.testing.assert_frame_equal(read_values(path), one())


def test_the_same_values_make_the_same_bytes(tmp_path):
    both = pd.concat([one(), one(period="31 March 2016")], ignore_index=True)
    first = write_values(both, tmp_path / "a.parquet").read_bytes()
    second = write_values(both.iloc[::-1], tmp_path / "b.parquet").read_bytes()
    assert first == second
