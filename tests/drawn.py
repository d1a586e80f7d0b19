"""Drawing small tables in tests: a header row and rows of cells, as they would be on paper."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.catalogue import Indicator, Numerator


def table(drawing: str) -> pd.DataFrame:
    """The table drawn with bars: `-` is missing; columns that end in _date hold dates,
    those that start with is_ or has_ hold booleans, numbers are numbers."""
    lines = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in drawing.strip().splitlines()
    ]
    frame = pd.DataFrame(lines[1:], columns=lines[0]).replace({"-": None})
    for column in frame.columns:
        if column.endswith("_date") or column in ("start", "end"):
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[ns]")
        elif column.startswith(("is_", "has_")):
            known = {"yes": True, "no": False}
            frame[column] = frame[column].map(known).astype("boolean")
        else:
            try:
                frame[column] = pd.to_numeric(frame[column])
            except (ValueError, TypeError):
                frame[column] = frame[column].astype("str")
    return frame


def indicator(name: str = "plans", measure: str = "count", **given: object) -> Indicator:
    """An indicator with the words that a test does not care about already filled in."""
    words = {
        "theme": "child_protection",
        "number": 1,
        "title": name.replace("_", " ").capitalize(),
        "unit": "children",
        "definition": "Children counted once each.",
        "rationale": "It matters.",
        "stage": "live",
        "profile": "dfe",
    }
    numerator = given.pop("numerator", None)
    if isinstance(numerator, dict):
        given["numerator"] = Numerator(**numerator)
    return Indicator(id=name, measure=measure, **(words | given))  # type: ignore[arg-type]
