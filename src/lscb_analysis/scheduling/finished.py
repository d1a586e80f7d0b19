"""Which quarters a schedule has finished, for each area: kept so that none is run again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from lscb_analysis.state import StateError, state_folder

FILE = "finished.json"


def finished_quarters(workspace: Path, area_code: str) -> dict[str, str]:
    """The day on which each quarter was finished; none where nothing was scheduled.

    Raises StateError where the file cannot be relied on.
    """
    path = state_folder(workspace, area_code) / FILE
    try:
        found = json.loads(path.read_text("utf-8"))
        return {str(name): date.fromisoformat(day).isoformat() for name, day in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise StateError(
            f"{path} cannot be read as quarters that are finished: delete it, and the last one "
            "is run once more"
        ) from error


def finish(workspace: Path, area_code: str, quarter_id: str, today: date) -> None:
    """Nothing: the quarter is finished from here on."""
    found = finished_quarters(workspace, area_code) | {quarter_id: today.isoformat()}
    path = state_folder(workspace, area_code) / FILE
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(found, sort_keys=True), "utf-8")
    partial.replace(path)
