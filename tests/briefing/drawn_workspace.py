"""A small workspace, drawn by hand: one fictional board and one real area, already protected."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd

from lscb_analysis.catalogue import AS_PUBLISHED, policy, themes
from lscb_analysis.periods import parse_quarter
from lscb_analysis.values import as_values, write_values
from tests.drawn import table
from tests.showing import COMPARATORS, Q4, quarters, values

ROOT = Path(__file__).resolve().parents[2]
QUARTER = "2016-17-Q4"
MEREFORD, LEICESTER, PANEL = "X06000001", "E06000016", "X90000001"
MARKING = "OFFICIAL-SENSITIVE"

CHILD_PROTECTION = """
indicator              | period                  | figure | area
cp_plans_at_period_end | 31 March 2016           | 430    | Mereford
cp_plans_at_period_end | 31 March 2017           | 412    | Mereford
cp_plans_rate          | 31 March 2016           | 51.7   | Mereford
cp_plans_rate          | 31 March 2017           | 49.5   | Mereford
cp_plans_rate          | 31 March 2017           | 45.1   | Neighbours
cp_plans_rate          | 31 March 2017           | 46.0   | Middle Shires
cp_plans_rate          | 31 March 2017           | 43.3   | Exampleland
cp_plan_starts         | 12 months to 2016-17 Q4 | 412    | Mereford
cp_reviews_on_time     | 2016-17 Q3              | 96.2   | Mereford
cp_reviews_on_time     | 2016-17 Q4              | 95-100 | Mereford
re_referrals           | 2016-17 Q3              | 21.4   | Mereford
re_referrals           | 2016-17 Q4              | [c]    | Mereford
cp_plan_ends           | 2016-17 Q4              | [x]    | Mereford
"""

CATEGORIES = """
indicator                | period        | figure | breakdown_topic   | breakdown
cp_plans_latest_category | 31 March 2017 | 51.0   | Category of abuse | Neglect
cp_plans_latest_category | 31 March 2017 | 21.4   | Category of abuse | Physical abuse
cp_plans_latest_category | 31 March 2017 | [c]    | Category of abuse | Sexual abuse
cp_plans_latest_category | 31 March 2017 | 25.7   | Category of abuse | Emotional abuse
cp_plans_latest_category | 31 March 2017 | [c]    | Category of abuse | Multiple
"""

OTHER_THEMES = """
indicator                  | period             | figure | area
looked_after_at_period_end | 31 March 2016      | 633    | Mereford
looked_after_at_period_end | 31 March 2017      | 655    | Mereford
da_incidents               | 2015-16 Q4         | 1035   | Mereford
da_incidents               | 2016-17 Q4         | 1010   | Mereford
da_child_present           | 2016-17 Q4         | 24.8   | Mereford
marac_cases                | 2016-17 Q4         | 355    | The panel's area
deaths_occurred            | 2011-12 to 2013-14 | 195    | The panel's area
deaths_occurred            | 2014-15 to 2016-17 | 221    | The panel's area
deaths_reviewed            | 2014-15 to 2016-17 | 207    | The panel's area
"""

LEICESTER_PUBLISHED = """
indicator                  | period        | figure | area        | release           | as_of
cp_plans_rate              | 31 March 2016 | 60.1   | Mereford    | SFR 52/2016       | 2016-11-03
cp_plans_rate              | 31 March 2017 | 57.4   | Mereford    | SFR 61/2017       | 2017-11-02
cp_plans_rate              | 31 March 2017 | 46.0   | Middle Shires | SFR 61/2017     | 2017-11-02
looked_after_at_period_end | 31 March 2017 | 680    | Mereford    | SFR 50/2017       | 2017-09-28
"""

LEAVERS = """
indicator                           | period  | figure | breakdown_topic   | breakdown
care_leavers_suitable_accommodation | 2015-16 | 92     | Care leavers' age | 19 to 21
care_leavers_suitable_accommodation | 2016-17 | 91     | Care leavers' age | 19 to 21
"""

TEXTS = """
indicator              | kind             | text | author | approver | agency
cp_plans_at_period_end | commentary       | At the end of the year {cp_plans_at_period_end:31 March 2017} children had a plan: <b>fewer</b> & "better" ones. | Head of service | Director | Social care
cp_plan_starts         | assurance answer | Every start was looked at by two managers. | Head of service | Director | Social care
cp_plans_rate          | commentary       |      | Head of service |          | Health
looked_after_at_period_end | commentary   | We looked after 77 children in secret. | Head of service | Director | Social care
"""  # noqa: E501

STARTS = [100, 104, 98, 102, 96, 101, 99, 103, 97, 100, 105, 98, 180]


def mereford_values() -> pd.DataFrame:
    """The board's protected values: a few figures of each theme, one of them far outside."""
    drawn = [values(CHILD_PROTECTION), values(CATEGORIES), values(OTHER_THEMES)]
    drawn.append(quarters("cp_plan_starts", STARTS))
    found = as_values(pd.concat(drawn, ignore_index=True))
    others = ~found["area_code"].isin([MEREFORD, PANEL])
    return found.assign(
        release=found["release"].mask(others, "SFR 61/2017"),
        source=found["source"].mask(others, "DfE"),
    )


def leicester_values() -> pd.DataFrame:
    """A real area's official figures, one of them restated by a later release."""
    drawn = values(LEICESTER_PUBLISHED, source="DfE")
    before = drawn[drawn["indicator"] == "looked_after_at_period_end"].assign(
        value=646.0, release="SFR 41/2016", as_of=pd.Timestamp("2016-09-29"), is_current=False
    )
    leavers = values(LEAVERS, source="DfE", release="SFR 50/2017")
    found = pd.concat([drawn, before, leavers], ignore_index=True)
    own = found["area_code"] == MEREFORD
    found.loc[own, "area_code"] = LEICESTER
    found.loc[own, "area"] = "Leicester"
    return as_values(found)


def drawn_texts() -> pd.DataFrame:
    """Partners' words: approved, unapproved (its words already gone), and with a bare figure."""
    drawn = table(TEXTS).fillna("").replace({"-": ""})
    return drawn.assign(period=Q4.label, submission=QUARTER).astype("str")


def drawn_workspace(folder: Path) -> Path:
    """A workspace in which two areas have been built, with the project's own notebooks."""
    shutil.copy(ROOT / "lscb.toml", folder / "lscb.toml")
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    (folder / "notebooks").mkdir()
    for notebook in notebooks:
        shutil.copy(notebook, folder / "notebooks" / notebook.name)
    _write(folder, MEREFORD, mereford_values(), drawn_texts())
    _write(folder, LEICESTER, leicester_values(), drawn_texts().iloc[:0])
    return folder


def processed(workspace: Path, area_code: str) -> Path:
    """Where one drawn release lies."""
    return workspace / "data" / "processed" / area_code / QUARTER / "partnership"


def _write(workspace: Path, area_code: str, drawn: pd.DataFrame, texts: pd.DataFrame) -> None:
    folder = processed(workspace, area_code)
    write_values(drawn, folder / "values.parquet")
    texts.to_parquet(folder / "texts.parquet")
    is_fictional = area_code.startswith("X")
    quality = pd.DataFrame(
        {
            "source": ["police"],
            "problem": ["Risk Grade: expected one of the codes of this column"],
            "rows": ["[c] rows"],
            "action": ["correct it; until then it is 'Not known'"],
        }
    )
    returns = pd.DataFrame(
        {
            "quarter": [parse_quarter(QUARTER).label],
            "agency": ["Police"],
            "source": ["police"],
            "file": ["incidents.csv"],
            "received": pd.to_datetime(["2017-05-20"]),
            "is_late": [True],
            "has_commentary": [False],
        }
    )
    (quality if is_fictional else quality.iloc[:0]).to_parquet(folder / "quality.parquet")
    (returns if is_fictional else returns.iloc[:0]).to_parquet(folder / "returns.parquet")
    facts = provenance_facts(area_code)
    (folder / "provenance.json").write_text(json.dumps(facts), "utf-8")


def provenance_facts(area_code: str) -> dict[str, object]:
    """What the pipeline would say of where the drawn figures come from."""
    is_fictional = area_code.startswith("X")
    return {
        "area_code": area_code,
        "area": "Mereford" if is_fictional else "Leicester",
        "quarter": QUARTER,
        "audience": "partnership",
        "marking": MARKING,
        "is_synthetic": is_fictional,
        "is_published_only": not is_fictional,
        "run_date": "2017-06-01",
        "versions": {"lscb-analysis": "0.1.0"},
        "neighbour_model": "Example 2016",
        "neighbours": [{"neighbour": "Aldermarsh", "closeness": "Somewhat close"}],
        "comparators": COMPARATORS,
        "panel": {"area_code": PANEL, "area": "The panel's area"},
        "extracts": [{"source": "cp_plans", "from": "1 January 2014", "to": "31 March 2017"}],
        "releases": [
            {
                "release": "SFR 61/2017",
                "title": "Characteristics of children in need",
                "published": "2 November 2017",
                "population_vintage": "Mid-2016",
            },
            {"release": "SFR 50/2017", "title": "Children looked after", "published": "2017"},
            {"release": "SFR 41/2016", "title": "Children looked after", "published": "2016"},
        ],
        "small": {name: item.range_words for name, item in policy().profiles.items()},
        "profiles": {
            name: policy().profiles[theme.profile if is_fictional else AS_PUBLISHED].legend_text
            for name, theme in themes().items()
        },
    }
