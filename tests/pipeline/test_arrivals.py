from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from lscb_analysis.pipeline.arrivals import REGISTER, first_seen, with_arrivals

FIRST, LATER = date(2017, 4, 10), date(2017, 5, 20)


def returns(received: object = pd.NaT, is_late: bool = False) -> pd.DataFrame:
    row = {"quarter": "2016-17 Q4", "file": "2016-17-Q4/a.csv", "received": received}
    return pd.DataFrame([row]).assign(is_late=is_late)


def test_files_that_were_there_before_the_first_look_have_no_day(tmp_path: Path):
    assert first_seen(tmp_path, ["a.csv"], FIRST) == {}
    assert first_seen(tmp_path, ["a.csv", "b.csv"], LATER) == {"b.csv": "2017-05-20"}


def test_the_day_a_file_was_first_seen_stays(tmp_path: Path):
    first_seen(tmp_path, [], FIRST)
    first_seen(tmp_path, ["a.csv"], FIRST)
    assert first_seen(tmp_path, ["a.csv"], LATER) == {"a.csv": "2017-04-10"}


def test_a_damaged_register_is_begun_anew(tmp_path: Path):
    (tmp_path / REGISTER).write_text("half a fi")
    assert first_seen(tmp_path, ["a.csv"], FIRST) == {}


def test_a_return_after_the_due_day_is_late_whether_by_its_cover_or_by_its_file():
    by_file = with_arrivals(returns(), {"2016-17-Q4/a.csv": "2017-05-20"}, 30)
    by_cover = with_arrivals(returns(pd.Timestamp("2017-05-20")), {}, 30)
    assert by_file["is_late"].tolist() == by_cover["is_late"].tolist() == [True]
    assert by_file["received"].tolist() == [pd.Timestamp("2017-05-20")]


def test_a_return_in_time_is_not_late_and_the_cover_counts_before_the_file():
    sent = returns(pd.Timestamp("2017-04-20"))
    seen = {"2016-17-Q4/a.csv": "2017-05-20"}
    assert with_arrivals(sent, seen, 30)["is_late"].tolist() == [False]


def test_a_return_of_an_earlier_quarter_stays_late_and_an_unknown_day_is_not():
    assert with_arrivals(returns(is_late=True), {}, 30)["is_late"].tolist() == [True]
    assert with_arrivals(returns(), {}, 30)["is_late"].tolist() == [False]
