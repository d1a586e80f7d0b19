"""A quarter of the example board to spoil, and ways to spoil a file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lscb_analysis.demo import AREA_CODE, write_example_board
from lscb_analysis.periods import Quarter

QUARTER, YEAR_END = Quarter(2016, 3), Quarter(2016, 4)


@pytest.fixture(scope="session")
def written(tmp_path_factory) -> Path:
    """One quarter of the example board under plain names; apart, the census of its year."""
    made = tmp_path_factory.mktemp("board") / AREA_CODE
    write_example_board(made, quarters=[QUARTER, YEAR_END])
    folder = made / QUARTER.id
    shutil.rmtree(folder / "late")
    (folder / f"Annex A {QUARTER.id}.xlsx").rename(folder / "annex_a.xlsx")
    for name in ("incidents.csv", "children.csv"):
        (folder / f"police {QUARTER.id} {name}").rename(folder / name)
    (made / YEAR_END.id / "cin_census.xml").rename(made.parent / "cin_census.xml")
    shutil.rmtree(made / YEAR_END.id)
    return made


@pytest.fixture
def area(written, tmp_path) -> Path:
    """A copy of it, to spoil."""
    return Path(shutil.copytree(written, tmp_path / "data" / "raw" / AREA_CODE))


@pytest.fixture
def census(written, tmp_path) -> Path:
    """A year's census, to spoil, in a folder with one small file of another source."""
    folder = tmp_path / AREA_CODE / YEAR_END.id
    folder.mkdir(parents=True)
    shutil.copy(written / QUARTER.id / "insights.csv", folder)
    return Path(shutil.copy(written.parent / "cin_census.xml", folder))


def half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def nothing_but_zeros(path: Path) -> None:
    path.write_bytes(bytes(2000))


def noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 20)


def password(path: Path) -> None:
    """What Excel writes when a workbook is given a password begins so."""
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20)


def a_workbook_with_a_csv_ending(path: Path) -> None:
    shutil.copy(path.parent / "logs.xlsx", path)


def a_csv_with_a_workbook_ending(path: Path) -> None:
    shutil.copy(path.parent / "insights.csv", path)
