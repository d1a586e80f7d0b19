"""Submissions kept as they were read: used again, and read again where anything has changed."""

from __future__ import annotations

import logging
import os
import shutil
import signal
from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.periods import Quarter
from lscb_analysis.second import SecondProcess, lost
from lscb_analysis.sources import AreaRecords, read_area
from lscb_analysis.sources.kept import NOTE
from tests.sources.test_annex_a import ANNA, PLANS
from tests.sources.test_area import INCIDENTS, log, workbook

KEY = b"the key of a fictional area"
LAST = Quarter(2016, 4)


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """Five quarters, so that they are read in two processes where there are two."""
    folder = tmp_path / "X06000001"
    plan = [*ANNA, "10/10/2014", "a) Neglect", "a) Neglect", None, None, 0]
    for quarter in (Quarter(2015, 4), *(Quarter(2016, number) for number in range(1, 5))):
        workbook(folder / quarter.id, List_7=[PLANS, plan])
        row = f"{quarter.id},{quarter.end:%d/%m/%Y},Yes,High,Yes,No,V1"
        log(folder / quarter.id, "police.csv", INCIDENTS.strip(), row)
    return folder


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture):
    """What the log of steps says, asked for and forgotten."""

    def lines() -> list[str]:
        found = [record.getMessage() for record in caplog.records]
        caplog.clear()
        return found

    with caplog.at_level(logging.INFO, "lscb_analysis.steps"):
        yield lines


def read(area: Path) -> AreaRecords:
    with SecondProcess() as second:
        return read_area(area, LAST, KEY, area.parent / "kept", second)


def same(one: AreaRecords, other: AreaRecords) -> None:
    assert one.records.keys() == other.records.keys()
    for name, rows in one.records.items():
        pd.testing.assert_frame_equal(rows, other.records[name])
    for name in ("coverage", "findings", "texts", "returns", "completeness", "reconciliation"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_what_was_kept_is_what_is_read(area: Path, told):
    plain, first, again = read_area(area, LAST, KEY), read(area), read(area)
    same(plain, first)
    same(plain, again)
    lines = told()
    assert sum("done, not made before" in line for line in lines) == 5
    assert sum("not done again" in line for line in lines) == 5


def test_only_the_submission_that_changed_is_read_again(area: Path, told):
    read(area)
    told()
    path = area / "2016-17-Q2" / "police.csv"
    path.write_text(path.read_text().replace("High", "Standard"))
    same(read(area), read_area(area, LAST, KEY))
    done = [line for line in told() if "not done again" not in line]
    assert done == ["read 2016-17-Q2: done, 2016-17-Q2/police.csv has changed"]


def test_a_file_that_came_or_went_is_told(area: Path, told):
    read(area)
    told()
    (area / "2016-17-Q2" / "police.csv").rename(area / "2016-17-Q3" / "late.csv")
    same(read(area), read_area(area, LAST, KEY))
    done = [line for line in told() if "not done again" not in line]
    assert "read 2016-17-Q2: done, the names in the folder has changed, " in done[0]
    assert "2016-17-Q2/police.csv is gone" in done[0]
    assert "2016-17-Q3/late.csv is new" in done[1]


def test_another_key_reads_all_again(area: Path, told):
    read(area)
    told()
    read_area(area, LAST, b"another key of the area", area.parent / "kept")
    assert all("the area's key has changed" in line for line in told())


def test_a_submission_with_a_file_that_could_not_be_read_is_not_kept(area: Path, told):
    (area / "2016-17-Q2" / "annex_a.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    read(area)
    told()
    records = read(area)
    done = [line for line in told() if "not done again" not in line]
    assert done == ["read 2016-17-Q2: done, not made before"]
    assert "failed" in set(records.findings["severity"])


@pytest.mark.parametrize("what", ["a table", "the note", "the folder"])
def test_what_is_damaged_or_gone_is_read_again(area: Path, told, what: str):
    read(area)
    told()
    kept = area.parent / "kept" / "2016-17-Q2"
    if what == "a table":
        next(kept.glob("*.parquet")).write_bytes(b"damaged")
    elif what == "the note":
        (kept / NOTE).write_text("{")
    else:
        shutil.rmtree(kept)
    same(read(area), read_area(area, LAST, KEY))
    assert sum("not done again" not in line for line in told()) == 1


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_what_is_kept_is_its_owners_alone_and_nothing_is_left_half_written(area: Path):
    kept = area.parent / "kept"
    (kept / "partial-of-a-run-that-was-ended").mkdir(parents=True)
    read(area)
    assert kept.stat().st_mode & 0o077 == 0
    quarters = ["2015-16-Q4", "2016-17-Q1", "2016-17-Q2", "2016-17-Q3", "2016-17-Q4"]
    assert sorted(path.name for path in kept.iterdir()) == quarters


def test_no_identifier_is_kept(area: Path):
    read(area)
    kept = b"".join(path.read_bytes() for path in (area.parent / "kept").rglob("*.parquet"))
    tables = [pd.read_parquet(path) for path in (area.parent / "kept").rglob("*.parquet")]
    cells = "".join(frame.to_csv() for frame in tables)
    assert kept
    assert ANNA[0] not in cells


@pytest.mark.slow
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core has no second process")
def test_where_the_second_process_was_lost_all_is_read_here(area: Path):
    with SecondProcess() as second:
        pid = second.begin(os.getpid).result()
        waits = second.begin(signal.pause)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(lost()):
            waits.result(60)
        same(read_area(area, LAST, KEY, area.parent / "kept", second), read_area(area, LAST, KEY))
