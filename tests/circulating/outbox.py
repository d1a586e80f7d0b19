"""A workspace whose lscb.toml says who gets what, and the command run in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from lscb_analysis.cli import main
from tests.briefing.drawn_workspace import MEREFORD, QUARTER

GROUPS = """
areas = ["X06000001"]
marking = "OFFICIAL-SENSITIVE"

[area.X06000001]
neighbour_model = "Example 2016"
panel_code = "X90000001"
panel_name = "Mereford, Merefordshire and Rushland"
panel_areas = ["X06000001", "X10000002", "X06000003"]

[groups.board]
title = "The board"
themes = ["child_protection", "domestic_abuse", "child_deaths"]
addresses = ["chair@board.example.uk", "clerk@board.example.uk"]

[groups.dvsv]
title = "Domestic and Sexual Violence Delivery Group"
themes = ["domestic_abuse"]
addresses = ["dvsv@police.example.uk"]

[groups.cdop]
title = "Child Death Overview Panel"
themes = ["child_deaths"]
audience = "panel"
addresses = ["panel@health.example.uk"]
"""


@dataclass(frozen=True)
class Outbox:
    """A released workspace to send from."""

    workspace: Path

    def set_up(self, groups: str = GROUPS, mail: str = "") -> None:
        """Write lscb.toml: the groups, and the mail server where there is one."""
        (self.workspace / "lscb.toml").write_text(groups + mail, "utf-8")

    def circulate(self, *options: str) -> Result:
        """What `lscb circulate` says and with which code it exits; a traceback fails the test."""
        return CliRunner().invoke(main, ["circulate", *options], catch_exceptions=False)

    def page(self, theme: str, audience: str = "partnership") -> Path:
        """Where a released page lies."""
        return self.workspace / "reports" / MEREFORD / QUARTER / audience / f"{theme}.html"

    @property
    def log(self) -> list[dict[str, Any]]:
        """The lines of the log of what went where."""
        path = self.workspace / ".lscb" / MEREFORD / "circulated.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    def sent(self) -> set[tuple[str, str]]:
        """Which theme went to whom, by the log."""
        return {
            (theme, to)
            for line in self.log
            if line["state"] == "sent"
            for to in line["to"]
            for theme in line["pages"]
        }
