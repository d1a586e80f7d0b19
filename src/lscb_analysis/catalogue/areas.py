"""Areas: every English upper-tier authority, its region and country, and the fictional ones."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from importlib import resources

from lscb_analysis.catalogue.toml_file import CatalogueError, nearest


@dataclass(frozen=True)
class Area:
    """One area by its nine-character code; codes that start with X are fictional or made by us."""

    area_code: str
    area: str
    type: str
    region_code: str
    region: str
    country_code: str
    country: str

    @property
    def is_fictional(self) -> bool:
        """Whether everything about this area is invented."""
        return self.area_code.startswith("X")


@functools.cache
def areas() -> dict[str, Area]:
    """The areas by code."""
    text = resources.files("lscb_analysis.catalogue").joinpath("areas.csv").read_text("utf-8")
    columns = list(Area.__dataclass_fields__)
    rows = csv.DictReader(text.splitlines())
    return {row["area_code"]: Area(**{name: row[name] for name in columns}) for row in rows}


def find_area(area_code: str) -> Area:
    """The area with this code.

    Raises CatalogueError with the nearest code or name where there is none.
    """
    known = areas()
    if area_code in known:
        return known[area_code]
    by_name = {area.area: code for code, area in known.items()}
    if area_code in by_name:
        raise CatalogueError(f"'{area_code}' is a name: its code is {by_name[area_code]}")
    hint = nearest(area_code, [*known, *by_name])
    raise CatalogueError(f"no area has the code '{area_code}'{hint}")
