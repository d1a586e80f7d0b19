"""A small workspace, drawn by hand: a year of Maracs, police incidents, and statistics."""

from __future__ import annotations

from pathlib import Path

import pytest

from lscb_analysis.settings import Settings, read_settings

SETTINGS = """
areas = ["X06000001", "E06000016"]
marking = "OFFICIAL"

[area.X06000001]
neighbour_model = "Example 2016"
panel_code = "X90000001"
panel_name = "The panel's area"
panel_areas = ["X06000001", "X10000002"]

[area.E06000016]
neighbour_model = "May 2025"
"""
# meeting, cases, repeats: 212 cases in the year, 63 of them in the last quarter
MEETINGS = (("12/05/2016", 47, 12), ("15/08/2016", 52, 16), ("14/11/2016", 50, 11))
LAST_MEETING = ("14/02/2017", 63, 21)
RELEASES = """release,title,publisher,published,population_vintage,licence,order
Earlier,Invented statistics,Nobody,2016,Mid-2015,None,1
Later,Invented statistics again,Nobody,2017,Mid-2016,None,2
"""
FIGURES = """series,area_code,area,period,value,unit,release,symbol
population_women_18_plus_mid_year,X06000001,Mereford,2016,60000,persons,Later,
population_women_18_plus_mid_year,X10000002,Merefordshire,2016,40000,persons,Later,
"""
REAL_FIGURES = """series,area_code,area,period,value,unit,release,symbol
cla_31mar,E06000016,Leicester,2016,646,children,Earlier,
cla_31mar,E06000016,Leicester,2016,596,children,Later,
cla_31mar,E06000016,Leicester,2017,,children,Later,c
cla_31mar,E06000016,Leicester,2015,532,children,Later,
cla_31mar_rate,E06000031,Peterborough,2016,71,"per 10,000",Later,
cla_31mar_rate,E06000032,Luton,2016,44,"per 10,000",Later,
cla_31mar_rate,E06000001,Hartlepool,2016,90,"per 10,000",Later,
"""
NEIGHBOURS = """model,area_code,rank,neighbour_code,neighbour,closeness
May 2025,E06000016,1,E06000032,Luton,Close
May 2025,E06000016,2,E06000031,Peterborough,Somewhat close
Another,E06000016,1,E06000001,Hartlepool,Close
"""
EXAMPLE_NEIGHBOURS = """model,area_code,rank,neighbour_code,neighbour,closeness
Example 2016,X06000001,1,X06000011,Aldermarsh,Close
"""


def write_published(folder: Path, figures: str, neighbours: str) -> None:
    folder.mkdir(parents=True)
    (folder / "figures.csv").write_text(figures, "utf-8")
    (folder / "releases.csv").write_text(RELEASES, "utf-8")
    (folder / "neighbours.csv").write_text(neighbours, "utf-8")


def write_marac(folder: Path, *meetings: tuple[str, int, int]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["Marac,Meeting Date,Cases,Repeat Cases,Children,Referrals from Police"]
    lines += [f"Mereford,{day},{cases},{again},80,30" for day, cases, again in meetings]
    (folder / "marac.csv").write_text("\n".join(lines) + "\n", "utf-8")


def write_incidents(folder: Path, count: int) -> None:
    """So many incidents in January and February 2017; in every third a child lives there."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        "Incident ID,Incident Date,Crime,Risk Grade,Children Resident,Children Present,Victim ID"
    ]
    for number in range(count):
        day = f"{number % 28 + 1:02d}/{number % 2 + 1:02d}/2017"
        resident = "Yes" if number % 3 == 0 else "No"
        lines.append(f"I{number:04d},{day},No,Standard,{resident},No,V{number:04d}")
    (folder / "incidents.csv").write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with both areas' data: submissions of one, official statistics of the other."""
    (tmp_path / "lscb.toml").write_text(SETTINGS, "utf-8")
    raw = tmp_path / "data" / "raw"
    write_published(raw / "published", REAL_FIGURES, NEIGHBOURS)
    area = raw / "X06000001"
    write_published(area / "published", FIGURES, EXAMPLE_NEIGHBOURS)
    for number, meeting in enumerate(MEETINGS, start=1):
        write_marac(area / f"2016-17-Q{number}", meeting)
    write_marac(area / "2016-17-Q4", LAST_MEETING)
    write_incidents(area / "2016-17-Q4", 43)
    return tmp_path


@pytest.fixture
def settings(workspace: Path) -> Settings:
    return read_settings(workspace)
