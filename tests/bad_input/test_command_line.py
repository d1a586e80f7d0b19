"""Bad input at the command line: what it says, its exit code, and nothing about a child."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from lscb_analysis.cli import main
from lscb_analysis.demo import AREA_CODE
from tests.bad_input.conftest import QUARTER, half

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def workspace(area, monkeypatch) -> Path:
    """A workspace with this one quarter and nothing else."""
    place = area.parents[2]
    shutil.copy(ROOT / "lscb.toml", place)
    shutil.copytree(ROOT / "notebooks", place / "notebooks")
    monkeypatch.setenv("LSCB_WORKSPACE", str(place))
    return place


def lscb(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--area", AREA_CODE])


def all_identifiers(area: Path) -> set[str]:
    """Every identifier of a child or victim in the raw files."""
    found = set(pd.read_csv(area / QUARTER.id / "children.csv")["Child Reference"])
    found |= set(pd.read_csv(area / QUARTER.id / "incidents.csv", encoding="cp1252")["Victim ID"])
    lists = pd.read_excel(
        area / QUARTER.id / "annex_a.xlsx", sheet_name=None, skiprows=1, engine="calamine"
    )
    for rows in lists.values():
        found |= {str(child).strip() for child in rows["Child Unique ID"]}
    return found


def all_birth_dates(area: Path) -> set[str]:
    """Every birth date in the first rows of the lists, as ISO and day first."""
    lists = pd.read_excel(
        area / QUARTER.id / "annex_a.xlsx", sheet_name=None, skiprows=1, engine="calamine"
    )
    days = pd.concat([pd.to_datetime(rows["Date of Birth"]) for rows in lists.values()])
    return {*days.dt.strftime("%Y-%m-%d"), *days.dt.strftime("%d/%m/%Y")}


def spoil_cells(area: Path) -> None:
    """A wrong date or code in every row of every list, so that each row has its finding."""
    path = area / QUARTER.id / "annex_a.xlsx"
    lists = pd.read_excel(path, sheet_name=None, skiprows=1, engine="calamine")
    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        for name, rows in lists.items():
            spoiled = rows.head(60).astype(object)
            spoiled["Ethnicity"] = spoiled["Child Unique ID"]
            spoiled["Gender"] = [str(born) for born in spoiled["Date of Birth"]]
            for column in spoiled.columns:
                if "date" in column.lower() and column != "Date of Birth":
                    spoiled[column] = spoiled["Child Unique ID"]
            spoiled.to_excel(writer, sheet_name=str(name), index=False)


def test_check_tells_of_the_failed_source_without_a_traceback(workspace, area):
    half(area / QUARTER.id / "marac.xlsx")
    done = lscb("check")
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert re.search(r"failed .+ \[2016-17-Q3/marac.xlsx\]", done.output), done.output
    assert "Traceback" not in done.output


def test_no_identifier_or_birth_date_is_printed_or_written_where_every_row_is_wrong(
    workspace, area
):
    secrets, births = all_identifiers(area), all_birth_dates(area)
    assert len(secrets) > 3_000
    assert len(births) > 1_000
    spoil_cells(area)
    done = lscb("check")
    (path,) = (workspace / ".lscb" / AREA_CODE).glob("findings-*.csv")
    told = done.output + path.read_text("utf-8-sig")
    assert told.count("annex_a") > 100
    assert not [secret for secret in secrets if secret.casefold() in told.casefold()]
    # days at the edge of what is expected ("from 01/01/1987") are the rules', not a child's
    rules = set(re.findall(r"from (\S+) to (\S+),", told))
    said = told
    for rule in {day for pair in rules for day in pair}:
        said = said.replace(rule, "")
    assert not [born for born in births if born in said]


@pytest.mark.slow
def test_a_run_with_a_failed_source_releases_its_themes_and_says_that_one_failed(workspace, area):
    secrets = all_identifiers(area)
    half(area / QUARTER.id / "marac.xlsx")
    done = lscb("run", "--theme", "domestic_abuse")
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit)
    assert re.search(r"failed .+ \[2016-17-Q3/marac.xlsx\]", done.output), done.output
    released = workspace / "reports" / AREA_CODE / QUARTER.id / "partnership"
    assert {path.name for path in released.iterdir()} == {"domestic_abuse.html", "index.html"}
    assert not list((workspace / "reports").rglob("*.partial"))
    pages = [path.read_text("utf-8") for path in (workspace / "reports").rglob("*.html")]
    whole = done.output + "".join(pages)
    assert not [secret for secret in secrets if secret in whole]


@pytest.mark.slow
def test_a_theme_that_fails_leaves_no_page_and_the_others_are_released(workspace):
    (workspace / "notebooks" / "domestic_abuse.ipynb").write_text("{ half a notebook")
    done = lscb("run", "--theme", "domestic_abuse", "--theme", "child_deaths")
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "REFUSED   domestic_abuse" in done.output
    released = workspace / "reports" / AREA_CODE / QUARTER.id / "partnership"
    assert {path.name for path in released.iterdir()} == {"child_deaths.html", "index.html"}


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_quarter_that_is_not_held_is_refused_with_those_that_are(workspace, command):
    done = lscb(command, "--quarter", "2019-20-Q1")
    assert done.exit_code != 0
    assert isinstance(done.exception, SystemExit)
    assert "there is no submission for 2019-20-Q1" in done.output
    assert "2016-17-Q3" in done.output
    assert not (workspace / "reports").exists() or not list((workspace / "reports").rglob("*.html"))


@pytest.mark.parametrize("text", ["2016-17", "Q3", "2016-17-Q7", "2016-19-Q3"])
def test_a_quarter_that_is_none_is_a_bad_argument(workspace, text):
    done = lscb("run", "--quarter", text)
    assert done.exit_code == 2
    assert "write it as 2016-17-Q4" in done.output or "numbered 1 to 4" in done.output
