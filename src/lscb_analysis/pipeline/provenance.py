"""Where a release's figures come from: extracts, releases, populations, neighbours, versions."""

from __future__ import annotations

import platform
from datetime import date
from importlib import metadata
from typing import Any

import pandas as pd

from lscb_analysis.catalogue import AS_PUBLISHED, Area, themes
from lscb_analysis.disclosure.audiences import PUBLIC, PUBLIC_ROUNDS_TO
from lscb_analysis.periods import Quarter, day_label, quarter_of
from lscb_analysis.pipeline.official import Official
from lscb_analysis.settings import AreaSettings, Settings
from lscb_analysis.sources import AreaRecords

PACKAGES = ("lscb-analysis", "pandas", "statsmodels", "papermill", "nbconvert")


def latest_reporting_quarter(values: pd.DataFrame, area: Area) -> Quarter | None:
    """The last quarter of the latest reporting year an area has a published figure for."""
    own = values[(values["area_code"] == area.area_code) & values["value"].notna()]
    own = own[own["period_type"].isin(["date", "financial_year"])]
    return quarter_of(own["period_end"].max()) if len(own) else None


def earliest_reporting_quarter(values: pd.DataFrame, area: Area) -> Quarter | None:
    """The last quarter of the earliest reporting year an area has a published figure for."""
    own = values[(values["area_code"] == area.area_code) & values["value"].notna()]
    return quarter_of(own["period_end"].min()) if len(own) else None


def provenance(
    settings: Settings,
    area: Area,
    chosen: AreaSettings,
    quarter: Quarter,
    official: Official,
    records: AreaRecords | None,
) -> dict[str, Any]:
    """Everything a briefing prints about where its figures come from, as plain values."""
    return {
        "area_code": area.area_code,
        "area": area.area,
        "quarter": quarter.id,
        "audience": settings.audience,
        "marking": settings.marking,
        "is_synthetic": area.is_fictional,
        "is_published_only": records is None,
        "run_date": date.today().isoformat(),
        "versions": {"Python": platform.python_version()}
        | {name: metadata.version(name) for name in PACKAGES},
        "neighbour_model": chosen.neighbour_model,
        "neighbours": _texts(official.neighbours[["neighbour_code", "neighbour", "closeness"]]),
        "comparators": list(official.comparators),
        "panel": {"area_code": chosen.panel_code, "area": chosen.panel_name},
        "extracts": _extracts(records),
        "releases": _texts(official.releases),
        "population_releases": [] if records is None else _population_releases(official),
        "profiles": {
            name: _legend(settings, AS_PUBLISHED if records is None else theme.profile)
            for name, theme in themes().items()
        },
        "small": {name: item.range_words for name, item in settings.policy.profiles.items()},
    }


def _population_releases(official: Official) -> list[str]:
    """The releases of the populations that rates of our own are per."""
    return sorted(official.populations["release"].astype("str").unique())


def _legend(settings: Settings, profile: str) -> str:
    """What a profile's symbols stand for; official statistics are rounded for nobody."""
    legend = settings.policy.profiles[profile].legend_text
    if settings.audience != PUBLIC or profile == AS_PUBLISHED:
        return legend
    return f"{legend}; for the public every count is rounded to the nearest {PUBLIC_ROUNDS_TO}"


def _texts(frame: pd.DataFrame) -> list[dict[str, str]]:
    return frame.fillna("").astype("str").to_dict("records")  # type: ignore[return-value]


def _extracts(records: AreaRecords | None) -> list[dict[str, str]]:
    if records is None or records.coverage.empty:
        return []
    spans = records.coverage.groupby("table", sort=True).agg(
        start=("start", "min"), end=("end", "max")
    )
    return [
        {"source": str(table), "from": day_label(span["start"]), "to": day_label(span["end"])}
        for table, span in spans.iterrows()
    ]
