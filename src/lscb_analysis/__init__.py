"""Safeguarding partnership briefings: data in, checked and protected briefings out.

The public names, loaded when first used:

>>> import lscb_analysis
>>> "open_briefing" in dir(lscb_analysis)
True
"""

from __future__ import annotations

import importlib
from typing import Any

_NAMES = {
    "beside_each_neighbour": "briefing",
    "carried_over": "briefing",
    "checked_answer": "briefing",
    "completeness": "briefing",
    "data_pack": "briefing",
    "days_between": "exploring",
    "data_quality": "briefing",
    "definitions": "briefing",
    "headline": "briefing",
    "how_do_we_compare": "briefing",
    "how_has_it_changed": "briefing",
    "how_long": "briefing",
    "how_often": "briefing",
    "open_briefing": "briefing",
    "pathway": "briefing",
    "provenance": "briefing",
    "reconciliation": "briefing",
    "returns_tracker": "briefing",
    "revised_figures": "briefing",
    "scorecard": "briefing",
    "standing_out": "briefing",
    "validity": "briefing",
    "where_do_we_stand": "briefing",
    "where_will_the_year_end": "briefing",
    "who": "briefing",
    "words_of_partners": "briefing",
    "year_beside_others": "briefing",
    "year_by_quarter": "briefing",
    "year_headline": "briefing",
    "year_items": "briefing",
    "indicators": "catalogue",
    "read_records": "exploring",
    "read_area_values": "exploring",
    "points": "signals",
}
__all__ = sorted(_NAMES)


def __getattr__(name: str) -> Any:
    """A public name, loaded from the module that has it."""
    if name not in _NAMES:
        raise AttributeError(f"module 'lscb_analysis' has no attribute '{name}'")
    return getattr(importlib.import_module(f"lscb_analysis.{_NAMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
