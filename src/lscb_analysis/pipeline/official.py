"""Official statistics for a release: the area's own, and those it is set beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lscb_analysis.catalogue import Area, Indicator, areas
from lscb_analysis.catalogue.toml_file import one_of
from lscb_analysis.comparisons import neighbour_mean
from lscb_analysis.findings import join_findings
from lscb_analysis.pipeline.all_areas import all_areas
from lscb_analysis.sources.published import (
    indicator_series,
    populations,
    published_values,
    read_published,
)
from lscb_analysis.values import as_values


@dataclass(frozen=True)
class Official:
    """Published figures as values, the populations, the neighbours, and what was wrong."""

    values: pd.DataFrame
    populations: pd.DataFrame
    neighbours: pd.DataFrame
    releases: pd.DataFrame
    findings: pd.DataFrame
    comparators: tuple[dict[str, str], ...]
    all_areas: pd.DataFrame


def official_folder(workspace: Path, area: Area) -> Path:
    """Where the published figures of an area lie: a fictional one brings its own."""
    raw = workspace / "data" / "raw"
    return (raw / area.area_code if area.is_fictional else raw) / "published"


def read_official(
    folder: Path, area: Area, model: str, indicators: Iterable[Indicator]
) -> Official:
    """The official statistics for one area: its own, its neighbours' mean, region and country.

    `model` names the statistical-neighbour model. The mean is the simple mean of the
    neighbours that have a figure; single neighbours stay in the values, as areas.
    """
    read, indicators = read_published(folder), list(indicators)
    figures, neighbours = read.figures, read.neighbours
    mine = neighbours[
        (neighbours["area_code"] == area.area_code) & (neighbours["model"] == model)
    ].sort_values("rank")
    models = neighbours.loc[neighbours["area_code"] == area.area_code, "model"].unique()
    if mine.empty and len(models):
        one_of(f"lscb.toml [area.{area.area_code}]", "neighbour_model", model, list(models))
    wanted = [area.area_code, *mine["neighbour_code"], area.region_code, area.country_code]
    single = published_values(figures, indicator_series(indicators), wanted)
    mean = neighbour_mean(single, neighbours, area.area_code, model)
    frames = [frame for frame in (single, mean) if len(frame)]
    values = pd.concat(frames, ignore_index=True) if frames else single
    return Official(
        values=as_values(values),
        populations=populations(figures),
        neighbours=mine,
        releases=read.releases,
        findings=join_findings([read.findings]),
        comparators=tuple(_comparators(area, mean)),
        all_areas=all_areas(figures, indicators),
    )


def _comparators(area: Area, mean: pd.DataFrame) -> list[dict[str, str]]:
    found = []
    if len(mean):
        first = mean.iloc[0]
        found.append({"area_code": first["area_code"], "area": first["area"], "role": "neighbours"})
    known = areas()
    for role, code in (("region", area.region_code), ("country", area.country_code)):
        if code in known:
            found.append({"area_code": code, "area": known[code].area, "role": role})
    return found


def joined(own: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Own and official values in one table; where both are current, our own is."""
    key = ["indicator", "area_code", "period_type", "period", "breakdown_topic", "breakdown"]
    mine = set(own[key].itertuples(index=False, name=None))
    twice = [row in mine for row in known[key].itertuples(index=False, name=None)]
    known = known.assign(is_current=known["is_current"] & ~pd.Series(twice, index=known.index))
    frames = [frame for frame in (own, known) if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else own
