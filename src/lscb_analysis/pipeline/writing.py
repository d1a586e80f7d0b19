"""Writing the tables of data/processed, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd


def write_frame(frame: pd.DataFrame, path: Path) -> None:
    """Write one table, by rename: no folder ever holds half of it."""
    partial = path.with_suffix(".partial")
    frame.reset_index(drop=True).to_parquet(partial, index=False)
    partial.replace(path)


def write_json(facts: Mapping[str, Any], path: Path) -> None:
    """Write plain facts as JSON, by rename."""
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(facts, indent=1, ensure_ascii=False), "utf-8")
    partial.replace(path)
