"""Which releases of official statistics a page's figures come from, and on which populations."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.catalogue import Indicator
from lscb_analysis.printed import SUBMISSIONS

NOT_APPLICABLE, NOT_STATED = "not applicable", "not stated by the publisher"


def releases_used(briefing: Briefing) -> pd.DataFrame:
    """The releases that the page's figures, or our own rates' populations, come from.

    One row is one release, in the order of the provenance. `population_vintage` says so
    where a release gives no rate on this page, and where its publisher does not name one.
    """
    facts = briefing.provenance
    made = list(facts.get("population_releases", []))
    values = _of_the_page(briefing)
    rates = [name for name, item in briefing.indicators.items() if per_population(item)]
    with_rates = values.loc[values["indicator"].isin(rates), "release"]
    measured = values.loc[values["source"] == SUBMISSIONS, "indicator"]
    ours = made if measured.isin(rates).any() else []
    rows = []
    for release in facts["releases"]:
        if release["release"] in {*values["release"], *ours}:
            vintage = release.get("population_vintage", "") or NOT_STATED
            is_rate = release["release"] in {*with_rates, *ours}
            rows.append(release | {"population_vintage": vintage if is_rate else NOT_APPLICABLE})
    return pd.DataFrame(rows)


def releases_of(briefing: Briefing, indicator: str) -> list[str]:
    """The releases of the area's current published figures of one indicator, oldest first."""
    values = _own(briefing)
    found = set(values.loc[(values["indicator"] == indicator) & values["is_current"], "release"])
    named = [str(release["release"]) for release in briefing.provenance["releases"]]
    return [name for name in named if name in found]


def per_population(indicator: Indicator) -> bool:
    """Whether the indicator is a rate of so many residents: live births are no population."""
    return indicator.measure == "rate" and "births" not in indicator.unit


def _of_the_page(briefing: Briefing) -> pd.DataFrame:
    """The rows of the indicators that the area has any figure of, its comparators' too."""
    own = _own(briefing)
    shown = own.loc[own["value"].notna() | own["band_lower"].notna(), "indicator"]
    return briefing.values[briefing.values["indicator"].isin(set(shown))]


def _own(briefing: Briefing) -> pd.DataFrame:
    codes = [briefing.area.area_code, briefing.panel_code]
    return briefing.values[briefing.values["area_code"].isin(codes)]
