"""Stitching: several years' returns made one history, each rule with its example."""

from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.periods import Quarter, financial_year_period
from lscb_analysis.sources import ssda903
from lscb_analysis.sources.care_periods import care_periods
from lscb_analysis.sources.care_stitching import stitched
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.history import join_submissions
from lscb_analysis.sources.records import KEYS, as_records
from tests.sources.extracts import CONTEXT, extract, shown

COLUMNS = "| CHILD | DECOM | RNE | LS | CIN | PLACE | DEC | REC |"
OPEN = "| 1 | 01/05/2014 | S | C2 | N1 | U6 | - | - |"
OTHER = "| 9 | 01/05/2010 | S | C2 | N1 | U6 | - | - |"


def joined(*returns: tuple[Quarter, str]) -> pd.DataFrame:
    """The episodes of several submissions, as the area's history holds them."""
    parts = []
    for quarter, rows in returns:
        context = Context(quarter, CONTEXT.key, quarter.id)
        records, _ = ssda903.read([extract(f"{COLUMNS}\n{rows}")], context)
        parts.append(records["ssda903_episodes"])
    return as_records("ssda903_episodes", join_submissions(parts, KEYS["ssda903_episodes"]))


def year(start: int, *rows: str) -> tuple[Quarter, str]:
    """A return of the financial year that starts in `start`; a child stays in all of them."""
    return Quarter(start, 4), "\n".join([*rows, OTHER])


def ends(episodes: pd.DataFrame) -> list[tuple[object, ...]]:
    """The stitched episodes of the first child, and which rules were told of."""
    rows, _ = stitched(episodes)
    longest = rows[rows["started_date"].gt(pd.Timestamp("2010-05-01"))]
    return shown(longest.sort_values("started_date"), "started_date", "ceased_date")


def rules(episodes: pd.DataFrame) -> list[str]:
    return stitched(episodes)[1]["rule"].str.removeprefix("ssda903.stitching_").tolist()


def test_an_open_episode_ends_when_that_of_a_later_return_goes_on():
    history = joined(year(2014, OPEN), year(2015, "| 1 | 10/06/2015 | P | C2 | N1 | K2 | - | - |"))
    assert ends(history) == [("2014-05-01", "2015-06-10"), ("2015-06-10", None)]
    assert rules(history) == ["1"]


@pytest.mark.parametrize(
    ("start", "end"), [("10/06/2015", "2015-03-31"), ("20/03/2015", "2015-03-19")]
)
def test_an_open_episode_ends_before_the_new_start_of_a_later_return(start: str, end: str):
    history = joined(year(2014, OPEN), year(2015, f"| 1 | {start} | S | C2 | N1 | K2 | - | - |"))
    assert ends(history)[0] == ("2014-05-01", end)
    assert rules(history) == ["1a"]


def test_an_open_episode_that_later_returns_lack_ends_with_its_own_year():
    history = joined(year(2014, OPEN), year(2015))
    assert ends(history) == [("2014-05-01", "2015-03-31")]
    assert rules(history) == ["2"]


def test_an_open_episode_before_one_of_the_same_return_ends_with_its_year_too():
    later = "| 1 | 10/06/2014 | P | C2 | N1 | K2 | 01/09/2014 | E4A |"
    history = joined(year(2014, OPEN, later), year(2015))
    assert ends(history) == [("2014-05-01", "2015-03-31"), ("2014-06-10", "2014-09-01")]
    assert rules(history) == ["2"]


def test_an_open_episode_of_the_last_return_stays_open():
    history = joined(year(2014, OPEN), year(2015, OPEN))
    assert ends(history) == [("2014-05-01", None)]
    assert rules(history) == []


def test_of_an_episode_in_two_returns_the_later_counts():
    closed = OPEN.replace("| - | - |", "| 10/06/2015 | E4A |")
    assert ends(joined(year(2014, OPEN), year(2015, closed))) == [("2014-05-01", "2015-06-10")]


def test_an_episode_that_a_later_submission_of_its_year_moved_is_left_out():
    moved = OPEN.replace("01/05/2014", "03/05/2014")
    history = joined((Quarter(2014, 3), OPEN), (Quarter(2014, 4), moved))
    assert ends(history) == [("2014-05-03", None)]
    assert rules(history) == ["3a"]


def test_an_episode_that_a_later_submission_of_its_year_lacks_and_does_not_touch_stays():
    first = "| 1 | 01/05/2014 | S | C2 | N1 | U6 | 01/06/2014 | E4A |"
    second = "| 1 | 01/09/2014 | S | C2 | N1 | U6 | - | - |"
    history = joined((Quarter(2014, 3), first), (Quarter(2014, 4), second))
    assert ends(history) == [("2014-05-01", "2014-06-01"), ("2014-09-01", None)]


def test_an_episode_that_overlaps_that_of_a_later_return_ends_where_it_begins():
    first = "| 1 | 01/05/2014 | S | C2 | N1 | U6 | 31/03/2015 | X1 |"
    second = "| 1 | 20/03/2015 | P | C2 | N1 | U6 | - | - |"
    history = joined(year(2014, first), year(2015, second))
    assert ends(history) == [("2014-05-01", "2015-03-20"), ("2015-03-20", None)]
    assert rules(history) == ["4"]


def test_a_gap_is_told_and_not_filled():
    first = "| 1 | 01/05/2014 | S | C2 | N1 | U6 | 31/03/2015 | X1 |"
    second = "| 1 | 02/04/2015 | P | C2 | N1 | U6 | - | - |"
    history = joined(year(2014, first), year(2015, second))
    assert ends(history) == [("2014-05-01", "2015-03-31"), ("2015-04-02", None)]
    assert rules(history) == ["5"]


def test_episodes_of_one_return_are_kept_as_sent():
    later = "| 1 | 10/06/2014 | P | C2 | N1 | K2 | 01/09/2014 | E4A |"
    history = joined(year(2014, OPEN, later))
    assert ends(history) == [("2014-05-01", None), ("2014-06-10", "2014-09-01")]
    assert rules(history) == []


def test_stitching_again_changes_nothing():
    closed = "| 1 | 10/06/2015 | P | C2 | N1 | K2 | 01/09/2015 | X1 |"
    history = joined(year(2014, OPEN), year(2015, closed), year(2016))
    once, _ = stitched(history)
    pd.testing.assert_frame_equal(stitched(once)[0], once)


def test_a_finding_of_stitching_names_the_submission_and_the_child_re_keyed():
    told = stitched(joined(year(2014, OPEN), year(2015)))[1].iloc[0]
    assert (told["file"], told["column"], told["row"]) == ("2014-15-Q4", "DEC", "")
    assert told["child"].startswith("LSCBID")


def test_periods_of_care_are_made_of_the_stitched_episodes():
    goes_on = "| 1 | 10/06/2015 | P | C2 | N1 | K2 | 01/09/2015 | E4A |"
    periods = care_periods(stitched(joined(year(2014, OPEN), year(2015, goes_on)))[0])
    first = periods[periods["started_date"].eq(pd.Timestamp("2014-05-01"))]
    assert shown(first, "ceased_date", "ceased_reason") == [("2015-09-01", "Returned home")]


def test_two_years_files_in_one_folder_are_two_returns():
    files = [
        extract(f"{COLUMNS}\n{OPEN}\n{OTHER}\n| 9 | 01/05/2013 | S | V3 | N1 | U6 | - | - |", "a"),
        extract(f"{COLUMNS}\n{OTHER}\n| 1 | 10/06/2016 | P | C2 | N1 | K2 | - | - |", "b"),
    ]
    records, _ = ssda903.read(files, CONTEXT)
    episodes = as_records("ssda903_episodes", records["ssda903_episodes"])
    last = financial_year_period(2016).period_end.isoformat()
    assert shown(episodes, "started_date", "return_date") == [
        ("2014-05-01", "2015-03-31"),
        ("2013-05-01", "2015-03-31"),
        ("2010-05-01", last),
        ("2016-06-10", last),
    ]
    assert rules(episodes) == ["1", "2"]


def test_files_of_one_year_split_by_team_are_one_return():
    files = [
        extract(f"{COLUMNS}\n{OPEN}", "a"),
        extract(f"{COLUMNS}\n| 2 | 10/06/2016 | S | C2 | N1 | K2 | - | - |", "b"),
    ]
    records, _ = ssda903.read(files, CONTEXT)
    assert records["ssda903_episodes"]["return_date"].nunique() == 1
