"""One briefing's material: the protected values of a theme, and all that is printed with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from lscb_analysis.briefing.official import groups_as_totals, published_words
from lscb_analysis.briefing.once import Asking, somebody_to_ask
from lscb_analysis.catalogue import (
    AS_PUBLISHED,
    Area,
    Indicator,
    Theme,
    briefed_indicators,
    find_area,
    themes,
)
from lscb_analysis.catalogue.toml_file import one_of
from lscb_analysis.periods import Quarter, day_label, financial_year_label, parse_quarter
from lscb_analysis.printed import with_decimals
from lscb_analysis.releases import PANEL
from lscb_analysis.settings import AUDIENCES, find_workspace
from lscb_analysis.state import by_day_file
from lscb_analysis.values import read_values

USUAL_AUDIENCE = "partnership"
CHECKS = ("completeness", "reconciliation", "revisions", "targets", "changes")
CARRIED = ("challenges", "actions")


class BriefingError(ValueError):
    """A briefing that cannot be opened; the message says what to do."""


@dataclass(frozen=True)
class Briefing:
    """The protected values of one theme, area, quarter and audience, and their provenance.

    `values` are those of the theme's indicators: the area's, its panel's, its comparators',
    each with the `decimals` of its release. Official statistics alone are shown and
    described as they are published.
    `texts`, `quality` and `returns` are as the pipeline writes them, and so are `checks`
    (completeness, reconciliation, revisions, the area's own targets) and what is `carried`
    over from earlier quarters (challenges, actions). `all_areas` has the published counts
    and bases of every authority, for funnels; `by_day` what single days tell, of the panel's
    briefing alone. `asks` is who makes its parts in a run, `made`
    what has been made of it where that is kept.
    """

    theme: Theme
    area: Area
    quarter: Quarter
    audience: str
    indicators: Mapping[str, Indicator]
    values: pd.DataFrame
    texts: pd.DataFrame
    quality: pd.DataFrame
    returns: pd.DataFrame
    provenance: Mapping[str, Any]
    checks: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    carried: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    all_areas: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_day: pd.DataFrame = field(default_factory=pd.DataFrame)
    asks: Asking | None = field(default=None, compare=False, repr=False)
    made: dict[tuple[str, ...], Any] | None = field(default=None, compare=False, repr=False)

    @property
    def is_published_only(self) -> bool:
        """Whether official statistics are all there is for the area."""
        return bool(self.provenance["is_published_only"])

    @property
    def profile(self) -> str:
        """The disclosure profile in force: official statistics alone have one of their own."""
        return AS_PUBLISHED if self.is_published_only else self.theme.profile

    def small(self, profile: str) -> str:
        """The counts that a profile withholds for their own sake, as `1 to 5`."""
        return str(self.provenance["small"][profile])

    @property
    def panel_code(self) -> str:
        """The code of the areas that the child death panel covers together."""
        return str(self.provenance["panel"]["area_code"])

    @property
    def period(self) -> str:
        """The period in the title: a quarter or year, or for official statistics the year's end."""
        if self.is_published_only:
            return f"year to {day_label(self.quarter.end)}"
        if self.theme.is_yearly:
            return financial_year_label(self.quarter.year)
        return self.quarter.label

    @property
    def title(self) -> str:
        """Topic, area and period, and for whom where it is not the partnership."""
        told = f", for the {self.audience}" if self.audience != USUAL_AUDIENCE else ""
        return f"{self.theme.title}, {self.area.area}, {self.period}{told}"

    @property
    def comparators(self) -> list[dict[str, str]]:
        """The comparators in their order: neighbours' mean, region, country."""
        return list(self.provenance["comparators"])


def open_briefing(
    theme: str,
    area: str,
    quarter: str,
    audience: str = "partnership",
    workspace: Path | None = None,
) -> Briefing:
    """The material of one briefing, from data/processed and nothing else.

    Raises BriefingError, CatalogueError or ValueError that says what to write or run, where
    a name is not known or nothing has been built for it.
    """
    one_of("open_briefing", "theme", theme, themes())
    one_of("open_briefing", "audience", audience, AUDIENCES)
    chosen, when = find_area(area), parse_quarter(quarter)
    home = workspace or find_workspace()
    folder = home / "data" / "processed" / chosen.area_code / when.id / audience
    if not (folder / "provenance.json").is_file():
        raise BriefingError(
            f"nothing has been built for {chosen.area} {when.id}: "
            f"run  lscb run --area {area} --quarter {when.id}"
        )
    facts = json.loads((folder / "provenance.json").read_text("utf-8"))
    indicators = briefed_indicators(theme)
    values = read_values(folder / "values.parquet")
    if facts["is_published_only"]:
        values = groups_as_totals(values, indicators)
        indicators = published_words(indicators)
    mine = with_decimals(values[values["indicator"].isin(list(indicators))])
    mine = quick_texts(mine.reset_index(drop=True))
    return Briefing(
        theme=themes()[theme],
        area=chosen,
        quarter=when,
        audience=audience,
        indicators=indicators,
        values=mine,
        asks=somebody_to_ask(mine, [theme, chosen.area_code, when.id, audience]),
        texts=pd.read_parquet(folder / "texts.parquet"),
        quality=pd.read_parquet(folder / "quality.parquet"),
        returns=pd.read_parquet(folder / "returns.parquet"),
        provenance=facts,
        checks={name: _check(folder / f"{name}.parquet") for name in CHECKS},
        carried={name: _check(folder / f"{name}.parquet") for name in CARRIED},
        all_areas=_check(folder / "all_areas.parquet"),
        by_day=_by_day(home, chosen.area_code, when.id, audience),
    )


def quick_texts(values: pd.DataFrame) -> pd.DataFrame:
    """The same table; texts that are looked at a few rows at a time are quicker as Python's own."""
    plain = pd.StringDtype("python", na_value=float("nan"))
    texts = [name for name in values if isinstance(values[name].dtype, pd.StringDtype)]
    return values.astype(dict.fromkeys(texts, plain))


def _by_day(home: Path, area_code: str, quarter: str, audience: str) -> pd.DataFrame:
    """What single days tell, which only the panel's briefing has."""
    if audience != PANEL:
        return pd.DataFrame()
    return _check(by_day_file(home, area_code, quarter))


def _check(path: Path) -> pd.DataFrame:
    """One table of checks; empty for an area with official statistics only."""
    return pd.read_parquet(path) if path.is_file() else pd.DataFrame()
