"""The items of the board's annual report: which indicators give each, and what is not there yet."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from lscb_analysis.catalogue.indicators import Indicator, indicators, theme_indicators
from lscb_analysis.catalogue.themes import themes
from lscb_analysis.catalogue.toml_file import CatalogueError, entry, one_of, read_toml

FILE = "annual_report.toml"
PARTS = ("snapshot", "early_help")


@dataclass(frozen=True)
class ReportItem:
    """One item: its part of the report, its indicators, and why there is no more of it.

    An item without indicators says in `lacks` why no data give it yet.
    """

    id: str
    part: str
    title: str
    indicators: tuple[str, ...] = ()
    lacks: str = ""


@functools.cache
def report_items() -> dict[str, ReportItem]:
    """The items of the annual report by id, in the report's order.

    Raises CatalogueError where an indicator is not known, is in two items, or an item has
    neither indicators nor a reason.
    """
    found: dict[str, ReportItem] = {}
    for name, table in read_toml(FILE).items():
        where = f"{FILE} [{name}]"
        item = entry(ReportItem, where, table, id=name)
        one_of(where, "part", item.part, PARTS)
        taken = {each for other in found.values() for each in other.indicators}
        for each in item.indicators:
            one_of(where, "indicator", each, indicators())
            if each in taken:
                raise CatalogueError(f"{where}: '{each}' is in an item above already")
        if not item.indicators and not item.lacks:
            raise CatalogueError(f"{where}: without indicators it must say why in 'lacks'")
        found[name] = item
    return found


def briefed_indicators(theme: str) -> dict[str, Indicator]:
    """What a briefing is about: its theme's indicators, or those of the annual report's items."""
    if not themes()[theme].is_yearly:
        return theme_indicators(theme)
    names = [name for item in report_items().values() for name in item.indicators]
    return {name: indicators()[name] for name in names}
