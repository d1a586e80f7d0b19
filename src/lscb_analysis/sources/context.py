"""What a source needs to know about the submission it reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lscb_analysis.periods import Quarter

if TYPE_CHECKING:
    from lscb_analysis.sources.mapping import LogMapping


@dataclass(frozen=True)
class Context:
    """One submission: its quarter, the area's key, and the name of its folder (2016-17-Q4).

    `mapping` is that of the area's local logs, where it has one.
    """

    quarter: Quarter
    key: bytes
    submission: str
    mapping: LogMapping | None = None
