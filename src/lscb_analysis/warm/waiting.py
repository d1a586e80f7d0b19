"""Waiting for sockets and pipes, whatever their numbers: `select` takes none above 1,023."""

from __future__ import annotations

import select
from collections.abc import Sequence
from typing import Protocol


class HasNumber(Protocol):
    """A socket, or another thing with a descriptor."""

    def fileno(self) -> int:
        """Its descriptor."""


Watched = HasNumber | int


def ready(watched: Sequence[Watched], seconds: float | None = None) -> list[Watched]:
    """Those that have something to read, or whose other end is closed; none after the time."""
    asked = select.poll()
    for each in watched:
        asked.register(each, select.POLLIN)
    told = {number for number, _ in asked.poll(None if seconds is None else max(seconds, 0) * 1000)}
    return [each for each in watched if _number(each) in told]


def _number(each: Watched) -> int:
    return each if isinstance(each, int) else each.fileno()
