"""Releasing a drawn workspace's briefings, as `lscb run` does once the values are built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lscb_analysis.briefing.release import Outcome, brief
from lscb_analysis.catalogue import measured_themes
from lscb_analysis.periods import parse_quarter
from lscb_analysis.settings import read_settings
from tests.briefing.drawn_workspace import QUARTER


@dataclass(frozen=True)
class Released:
    """A workspace whose two areas have been briefed."""

    workspace: Path

    @property
    def reports(self) -> Path:
        return self.workspace / "reports"

    def page(self, area_code: str, name: str) -> Path:
        """Where one theme's briefing (or `index`) lies."""
        return self.reports / area_code / QUARTER / "partnership" / f"{name}.html"


def brief_area(workspace: Path, area_code: str, names: list[str] | None = None) -> list[Outcome]:
    """What came of an area's themes in a workspace."""
    settings = read_settings(workspace)
    chosen = names or list(measured_themes())
    return brief(settings, area_code, parse_quarter(QUARTER), chosen, lambda _: None)
