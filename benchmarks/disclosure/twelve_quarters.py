"""What is left to read: the share of values that twelve releases in a row publish, by theme.

    .venv/bin/python benchmarks/disclosure/twelve_quarters.py

Writes the example board into a folder of its own, builds and registers each of its twelve
quarters in turn (each is protected together with all before it), and prints for each the
seconds it took and the share of values that have a figure or a band: headlines, and all
(indicators, breakdowns, periods), true zeros and what cannot be measured left out, deaths apart.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

import pandas as pd

from lscb_analysis.catalogue import indicators, themes
from lscb_analysis.demo import AREA_CODE, write_example_board
from lscb_analysis.pipeline import build
from lscb_analysis.releases import register_release
from lscb_analysis.settings import read_settings
from lscb_analysis.sources import list_submissions
from lscb_analysis.values import TOTAL, read_values

ROOT = Path(__file__).resolve().parents[2]
NOT_MEASURED = ("unavailable", "not_applicable")


def workspace(folder: Path) -> Path:
    """A workspace with the example board and nothing built."""
    shutil.copy(ROOT / "lscb.toml", folder)
    shutil.copytree(ROOT / "data" / "raw" / "published", folder / "data" / "raw" / "published")
    write_example_board(folder / "data" / "raw" / AREA_CODE)
    return folder


def measured(values: pd.DataFrame) -> pd.DataFrame:
    """The area's own values that count: theme, whether a headline, a death, and published."""
    own = values[values["source"].eq("submissions") & ~values["status"].isin(NOT_MEASURED)]
    own = own[own["value"].ne(0) | own["value"].isna()]
    known = indicators()
    return pd.DataFrame(
        {
            "theme": [known[name].theme for name in own["indicator"]],
            "is_death": [known[name].profile == "deaths" for name in own["indicator"]],
            "is_headline": own["breakdown_topic"].eq(TOTAL),
            "is_published": own["value"].notna() | own["band_lower"].notna(),
        }
    )


def shares(rows: pd.DataFrame) -> str:
    """The published share of headlines and of all, with how many there are."""
    heads = rows[rows["is_headline"]]
    return (
        f"{heads['is_published'].mean():.1%} of {len(heads)} | "
        f"{rows['is_published'].mean():.1%} of {len(rows)}"
    )


def main() -> None:
    """Run all quarters and print the tables."""
    with tempfile.TemporaryDirectory() as made:
        place = workspace(Path(made))
        settings = read_settings(place)
        last = pd.DataFrame()
        print("| quarter | seconds | headlines published | all values published |")
        print("|---|---|---|---|")
        for quarter in list_submissions(place / "data" / "raw" / AREA_CODE):
            began = time.process_time()
            built = build(settings, AREA_CODE, quarter)
            register_release(place, AREA_CODE, quarter.id, settings.audience)
            last = measured(read_values(built.folder / "values.parquet"))
            seconds = time.process_time() - began
            print(
                f"| {quarter.id} | {seconds:.0f} | {shares(last[~last['is_death']])} |", flush=True
            )
        print("\n| theme, after the last quarter | headlines published | all values published |")
        print("|---|---|---|")
        for name, rows in last.groupby("theme"):
            print(f"| {themes()[str(name)].title} | {shares(rows)} |")


if __name__ == "__main__":
    main()
