from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.audit import log
from lscb_analysis.disclosure.register import HEAD, REGISTER, RegisterError
from lscb_analysis.releases import (
    printed_before,
    rebuild_register,
    register_release,
    register_state,
)
from lscb_analysis.state import StateError, state_folder
from lscb_analysis.values import as_values, write_values

AREA, QUARTER = "X06000001", "2016-17-Q4"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    write(tmp_path, QUARTER, 412)
    page = tmp_path / "reports" / AREA / QUARTER / "partnership" / "child_protection.html"
    page.parent.mkdir(parents=True)
    page.write_text("a page")
    register_release(tmp_path, AREA, QUARTER, "partnership")
    return tmp_path


def write(workspace: Path, quarter: str, value: float, source: str = "submissions") -> None:
    row = {
        "indicator": "cp_plans_at_period_end",
        "area_code": AREA,
        "period_type": "date",
        "period": "31 March 2017",
        "period_end": pd.Timestamp("2017-03-31"),
        "value": value,
        "status": "published",
        "source": source,
    }
    folder = workspace / "data" / "processed" / AREA / quarter / "partnership"
    folder.mkdir(parents=True, exist_ok=True)
    write_values(as_values(pd.DataFrame([row])), folder / "values.parquet")


def versions(workspace: Path) -> list[list[dict]]:
    return list(printed_before(workspace, AREA).values())


def test_what_was_released_is_known_to_the_next_gate(workspace: Path):
    assert versions(workspace) == [[{"value": 412.0}]]


def test_a_revised_figure_is_known_in_both_versions(workspace: Path):
    write(workspace, "2017-18-Q1", 418)
    assert register_release(workspace, AREA, "2017-18-Q1", "partnership")
    assert versions(workspace) == [[{"value": 412.0}, {"value": 418.0}]]


def test_official_statistics_are_not_in_the_register(workspace: Path):
    write(workspace, "2017-18-Q1", 99, source="DfE")
    register_release(workspace, AREA, "2017-18-Q1", "partnership")
    assert versions(workspace) == [[{"value": 412.0}]]


def test_the_panels_own_pack_is_logged_and_not_audited(workspace: Path):
    write(workspace, QUARTER, 3)
    path = workspace / "data" / "processed" / AREA / QUARTER
    (path / "panel").mkdir()
    (path / "partnership" / "values.parquet").rename(path / "panel" / "values.parquet")
    assert register_release(workspace, AREA, QUARTER, "panel")
    assert versions(workspace) == [[{"value": 412.0}]]


def test_released_pages_without_a_register_stop_the_next_release(workspace: Path):
    for name in (REGISTER, HEAD):
        (state_folder(workspace, AREA) / name).unlink()
    with pytest.raises(RegisterError, match="no release register"):
        printed_before(workspace, AREA)


def test_two_people_rebuild_a_lost_register_from_the_released_values(workspace: Path):
    for name in (REGISTER, HEAD):
        (state_folder(workspace, AREA) / name).unlink()
    assert rebuild_register(workspace, AREA, "A. Analyst", "B. Manager") == 1
    assert versions(workspace) == [[{"value": 412.0}]]


@pytest.mark.parametrize("second", ["", "  ", "-", "a. analyst", "A Analyst"])
def test_one_person_alone_cannot_rebuild_it(workspace: Path, second: str):
    with pytest.raises(StateError, match="two different people"):
        rebuild_register(workspace, AREA, "A. Analyst", second)


def test_a_damaged_register_is_kept_beside_the_rebuilt_one(workspace: Path):
    path = state_folder(workspace, AREA) / REGISTER
    path.write_text("{}")
    rebuild_register(workspace, AREA, "A. Analyst", "B. Manager")
    assert list(path.parent.glob(f"{REGISTER}.until-*"))
    assert versions(workspace) == [[{"value": 412.0}]]


def logged(workspace: Path) -> None:
    log(workspace, AREA, "release", register=register_state(workspace, AREA))


def test_an_old_copy_of_the_register_stops_the_next_release(workspace: Path):
    state = state_folder(workspace, AREA)
    old = {name: (state / name).read_bytes() for name in (REGISTER, HEAD)}
    write(workspace, "2017-18-Q1", 418)
    register_release(workspace, AREA, "2017-18-Q1", "partnership")
    logged(workspace)
    for name, content in old.items():
        (state / name).write_bytes(content)
    with pytest.raises(RegisterError, match="older than the last release"):
        printed_before(workspace, AREA)
    rebuild_register(workspace, AREA, "A. Analyst", "B. Manager")
    assert versions(workspace) == [[{"value": 412.0}, {"value": 418.0}]]


def test_a_register_that_is_lost_with_its_pages_stops_the_next_release(workspace: Path):
    logged(workspace)
    for path in (workspace / "reports").rglob("*.html"):
        path.unlink()
    for name in (REGISTER, HEAD):
        (state_folder(workspace, AREA) / name).unlink()
    with pytest.raises(RegisterError, match="let two people rebuild it"):
        printed_before(workspace, AREA)
