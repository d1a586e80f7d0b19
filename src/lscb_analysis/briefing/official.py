"""What a page made from official statistics alone shows and says: the publisher's, not ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.values import TOTAL


def published_words(indicators: Mapping[str, Indicator]) -> dict[str, Indicator]:
    """The indicators in the publisher's words, where the catalogue has them; else in ours.

    One that is only published for a group is named with its group.
    """
    return {name: _published(item) for name, item in indicators.items()}


def groups_as_totals(values: pd.DataFrame, indicators: Mapping[str, Indicator]) -> pd.DataFrame:
    """The values with the figures of a group in the place of the total that nobody publishes."""
    found = values.copy()
    for name, item in indicators.items():
        if group := only_group(item):
            rows = found["indicator"].eq(name) & found["breakdown"].eq(group)
            found.loc[rows, ["breakdown_topic", "breakdown"]] = TOTAL
    return found


def only_group(item: Indicator) -> str:
    """The one group that an indicator is published for where there is no total; else nothing."""
    groups = list(item.published_breakdown)
    has_total = bool(item.published or item.published_numerator)
    return groups[0] if len(groups) == 1 and not has_total and item.measure != "share" else ""


def _published(item: Indicator) -> Indicator:
    group = only_group(item)
    title = item.published_title or item.title
    return replace(
        item,
        title=f"{title} ({group})" if group else title,
        unit=item.published_unit or item.unit,
        definition=item.published_definition or item.definition,
        caveats=item.published_caveats or item.caveats,
    )
