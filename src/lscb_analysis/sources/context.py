"""What a source needs to know about the submission it reads."""

from __future__ import annotations

from dataclasses import dataclass

from lscb_analysis.periods import Quarter


@dataclass(frozen=True)
class Context:
    """One submission: its quarter, the area's key, and the name of its folder (2016-17-Q4)."""

    quarter: Quarter
    key: bytes
    submission: str
