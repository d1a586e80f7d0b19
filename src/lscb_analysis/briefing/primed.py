"""What every page needs, ready before a process is forked for one: imported to be at hand.

The server of warm kernels imports this module: what its forks would each read or compile for
the first time (the catalogue, the house's words, the template, matplotlib's fonts) is then theirs.
"""

from __future__ import annotations

import warnings

import gptables  # noqa: F401  # imported for its sake, as seaborn is
import pandas as pd
import seaborn  # imported for its sake

from lscb_analysis import release_check
from lscb_analysis.briefing import export, making, side_by_side
from lscb_analysis.briefing.part import Part
from lscb_analysis.briefing.tools import papermill
from lscb_analysis.catalogue import breakdowns, indicators, policy, themes
from lscb_analysis.charts import house
from lscb_analysis.vocabulary import given_names, house_numbers, house_words

__all__ = ["READY", "making", "release_check", "side_by_side"]


def _drawn() -> Part:
    """A part with a small chart: fonts are found, and what draws is loaded."""
    with house.settings():
        figure, axes = house.new_axes(left=1, right=1, bottom=1)
        table = pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 1.0], "of": ["a", "a"]})
        seaborn.lineplot(data=table, x="x", y="y", hue="of", style="of", legend=False, ax=axes)
        return Part(house.as_svg(figure).decode())


def _ready() -> tuple[bool, ...]:
    """Whether each is there; what is imported for it silences no warning of a notebook."""
    with warnings.catch_warnings():
        found = (
            *(indicators(), themes(), breakdowns(), policy()),
            *(given_names(), house_numbers(), house_words()),
            *(papermill(), export.exporter().template),
            *(export.style_of("", False), _drawn().html),
        )
    return tuple(map(bool, found))


READY = _ready()
