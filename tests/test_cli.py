from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from lscb_analysis.cli import main
from lscb_analysis.commands.asking import asked_areas

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """A workspace with the project's settings and official statistics, and no submissions."""
    shutil.copy(ROOT / "lscb.toml", tmp_path)
    shutil.copytree(ROOT / "data" / "raw" / "published", tmp_path / "data" / "raw" / "published")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    monkeypatch.setenv("LSCB_WORKSPACE", str(tmp_path))
    return tmp_path


def lscb(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


def test_help_shows_examples_and_exit_codes():
    told = lscb("--help").output
    assert "lscb run --area E06000016 --theme child_protection" in told
    assert "Exit codes: 0 fine" in told


@pytest.mark.parametrize("command", ["demo", "run", "check", "indicators", "lab"])
def test_every_command_has_help_with_an_example(command):
    told = lscb(command, "--help")
    assert told.exit_code == 0
    assert "Example" in told.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "--quarter", "2016-17"), "write it as 2016-17-Q4"),
        (("run", "--area", "E06999999"), "no area has the code"),
        (("run", "--area", "Leicester"), "its code is E06000016"),
        (("run", "--areas", "E06000016,E06999999"), "no area has the code"),
        (("run", "--area", "E06000018"), "no table [area.E06000018]"),
        (("run", "--theme", "child_protecton"), "did you mean child_protection?"),
        (("run", "--audience", "everyone"), "is not one of panel, partnership, public"),
        (("check", "--quarter", "Q4"), "write it as 2016-17-Q4"),
        (("indicators", "--theme", "deaths"), "is not one of"),
        (("run", "--colour"), "No such option"),
        (("rnu",), "No such command"),
    ],
)
def test_a_bad_argument_is_exit_code_two_and_says_what_to_write(workspace, arguments, told):
    done = lscb(*arguments)
    assert done.exit_code == 2, done.output
    assert told in done.output


def test_outside_a_workspace_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("LSCB_WORKSPACE", str(tmp_path))
    done = lscb("run")
    assert done.exit_code == 2
    assert "change to the project's folder" in done.output


def test_several_areas_are_asked_for_with_commas(workspace):
    _, areas = asked_areas(("E06000016, X06000001", "E06000016"))
    assert areas == ["E06000016", "X06000001"]


def test_an_area_without_any_data_fails_and_the_others_still_run(workspace):
    done = lscb("run", "--area", "X06000001")
    assert done.exit_code == 1
    assert "run lscb demo" in done.output


def test_the_catalogue_is_listed_with_the_reason_of_each_draft(workspace):
    told = lscb("indicators", "--theme", "child_protection").output
    assert "cp_plans_at_period_end" in told
    assert "draft:" in told
