from __future__ import annotations

import json
from pathlib import Path

import pytest

from lscb_analysis.disclosure.register import (
    HEAD,
    REGISTER,
    Entry,
    RegisterError,
    add_release,
    all_printed,
    read_register,
)

AREA = "X06000001"
PLANS = ("cp_plans", AREA, "quarter", "2016-17 Q4", "Total", "Total")


def entry(value: float = 412, quarter: str = "2016-17-Q4", area: str = AREA) -> Entry:
    return Entry(area, quarter, "partnership", "2017-05-01", "", {PLANS: {"value": value}})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    add_release(tmp_path, entry())
    add_release(tmp_path, entry(415, "2017-18-Q1"))
    return tmp_path


def test_what_was_released_is_remembered_as_it_was_printed(folder: Path):
    assert [each.quarter for each in read_register(folder, AREA)] == ["2016-17-Q4", "2017-18-Q1"]
    assert all_printed(read_register(folder, AREA)) == {PLANS: [{"value": 412}, {"value": 415}]}


def test_a_workspace_that_released_nothing_has_an_empty_register(tmp_path: Path):
    assert read_register(tmp_path, AREA) == []


def test_releasing_the_same_again_adds_nothing(folder: Path):
    assert not add_release(folder, entry(415, "2017-18-Q1"))
    assert add_release(folder, entry(414, "2017-18-Q1"))
    assert len(read_register(folder, AREA)) == 3


def changed(text: str) -> str:
    return text.replace("412", "413")


def without_its_first_line(text: str) -> str:
    return text.split("\n", 1)[1]


def without_its_last_line(text: str) -> str:
    return text.split("\n")[0] + "\n"


def cut_in_the_middle(text: str) -> str:
    return text[: len(text) // 2]


@pytest.mark.parametrize(
    "tamper", [changed, without_its_first_line, without_its_last_line, cut_in_the_middle]
)
def test_a_register_that_was_tampered_with_stops_releases(folder: Path, tamper):
    path = folder / REGISTER
    path.write_text(tamper(path.read_text()))
    with pytest.raises(RegisterError, match="let two people rebuild it"):
        read_register(folder, AREA)
    with pytest.raises(RegisterError):
        add_release(folder, entry(1))


@pytest.mark.parametrize("lost", [REGISTER, HEAD])
def test_a_register_of_which_a_part_is_lost_stops_releases(folder: Path, lost: str):
    (folder / lost).unlink()
    with pytest.raises(RegisterError, match="is missing"):
        read_register(folder, AREA)


def test_another_areas_register_is_refused(folder: Path):
    with pytest.raises(RegisterError, match="is that of X06000001"):
        read_register(folder, "E06000016")


def test_the_register_holds_no_more_than_was_printed(folder: Path):
    [first, _] = [json.loads(line) for line in (folder / REGISTER).read_text().splitlines()]
    assert first["figures"] == [[*PLANS, {"value": 412}]]
