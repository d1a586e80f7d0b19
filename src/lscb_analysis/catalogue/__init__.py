"""WHAT we measure: indicators, themes, breakdowns, areas and policy, and their loader."""

from lscb_analysis.catalogue.annual_report import ReportItem, briefed_indicators, report_items
from lscb_analysis.catalogue.areas import Area, areas, find_area
from lscb_analysis.catalogue.indicators import (
    LASTING,
    Indicator,
    Numerator,
    indicators,
    live_indicators,
    theme_indicators,
)
from lscb_analysis.catalogue.policy import AS_PUBLISHED, Policy, Profile, policy, raised_policy
from lscb_analysis.catalogue.themes import Breakdown, Theme, breakdowns, measured_themes, themes
from lscb_analysis.catalogue.toml_file import CatalogueError

__all__ = [
    "AS_PUBLISHED",
    "LASTING",
    "Area",
    "Breakdown",
    "CatalogueError",
    "Indicator",
    "Numerator",
    "Policy",
    "Profile",
    "ReportItem",
    "Theme",
    "areas",
    "breakdowns",
    "briefed_indicators",
    "find_area",
    "indicators",
    "live_indicators",
    "measured_themes",
    "policy",
    "raised_policy",
    "report_items",
    "theme_indicators",
    "themes",
]
