"""What a chart is: a picture that cannot be had without its words and its table."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd


class ChartError(ValueError):
    """A chart that cannot be shown honestly; the message says which and what is missing."""


@dataclass(frozen=True)
class Chart:
    """One chart: the question it answers, its message, what is plotted, its picture and table.

    `data` is the table shown beside it, its texts ready to print; `svg` is the same bytes
    for the same input. Raises ChartError where the headline, the alt text or the table is
    missing.
    """

    id: str
    question: str
    headline: str
    subtitle: str
    alt: str
    svg: bytes = field(repr=False)
    data: pd.DataFrame = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("question", "headline", "subtitle", "alt"):
            if not getattr(self, name).strip():
                raise ChartError(f"the chart '{self.id}' has no {name}: it cannot be shown")
        if self.data.empty:
            raise ChartError(f"the chart '{self.id}' has no table: it cannot be shown")
