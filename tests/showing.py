"""Drawing protected values in tests: a figure as it is printed becomes a row of the table."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from lscb_analysis.periods import (
    Period,
    Quarter,
    calendar_year_period,
    date_period,
    financial_year_period,
    parse_quarter,
    pooled_period,
    quarter_period,
    rolling_year_period,
)
from lscb_analysis.values import as_values, check_values
from tests.drawn import table

Q4 = Quarter(2016, 4)
MEREFORD = "X06000001"
CODES = {
    "Mereford": MEREFORD,
    "Neighbours": "X99000001",
    "Middle Shires": "X12000001",
    "Exampleland": "X92000001",
    "The panel's area": "X90000001",
}
COMPARATORS = [
    {"area_code": "X99000001", "area": "Neighbours", "role": "neighbours"},
    {"area_code": "X12000001", "area": "Middle Shires", "role": "region"},
    {"area_code": "X92000001", "area": "Exampleland", "role": "country"},
]
STATUS = {
    "[c]": "suppressed",
    "[x]": "unavailable",
    "[z]": "not_applicable",
    "[u]": "low_reliability",
}


def period(label: str) -> Period:
    """The period that a label names, as `periods` would have made it."""
    if label.startswith("12 months to "):
        return rolling_year_period(parse_quarter(label.removeprefix("12 months to ")))
    if " to " in label:
        first, last = label.split(" to ")
        return pooled_period(int(first[:4]), int(last[:4]))
    if "Q" in label:
        return quarter_period(parse_quarter(label))
    if "-" in label:
        return financial_year_period(int(label[:4]))
    if " " in label:
        return date_period(datetime.strptime(label, "%d %B %Y").date())
    return calendar_year_period(int(label))


def values(drawing: str, **given: object) -> pd.DataFrame:
    """The checked values table drawn with the columns indicator, period and figure.

    A figure is a number, a symbol or a band, `95-100`. Other columns are taken as they are:
    area (Mereford where there is none), numerator, denominator, breakdown, release, …
    """
    drawn = table(drawing).assign(**given)
    rows = []
    for row in drawn.to_dict("records"):
        area = str(row.get("area", "Mereford"))
        rows.append(
            row
            | vars(period(str(row["period"])))
            | _figure(str(row["figure"]))
            | {"area": area, "area_code": CODES[area]}
        )
    frame = pd.DataFrame(rows)
    for name in ("source", "release"):
        if name not in frame:
            frame[name] = "submissions"
    return check_values(as_values(frame))


def quarters(name: str, figures: list[object], **given: object) -> pd.DataFrame:
    """One indicator's figures for the quarters that end with 2016-17 Q4, oldest first."""
    labels = [quarter.label for quarter in Q4.last(len(figures))]
    lines = [f"{name} | {label} | {figure}" for label, figure in zip(labels, figures, strict=True)]
    return values("\n".join(["indicator | period | figure", *lines]), **given)


def _figure(text: str) -> dict[str, object]:
    if text in STATUS:
        return {"status": STATUS[text], "symbol": text.strip("[]")}
    if "-" in text:
        lower, upper = text.split("-")
        return {"status": "published", "band_lower": float(lower), "band_upper": float(upper)}
    return {"status": "published", "value": float(text)}
