"""What is told of a notebook whose kernel did not see its end."""

from __future__ import annotations

from lscb_analysis.warm.request import Ending


class KernelEnded(RuntimeError):
    """A kernel that ended, or was ended, in the middle of a notebook; the message says why."""


def told(ending: Ending | None, memory_mb: int) -> str:
    """The ending in words."""
    if ending is None or ending.why == "lost":
        return "its kernel was lost"
    if ending.why == "memory":
        return f"it used more than {memory_mb:,} MB of memory and was stopped"
    if ending.why:
        return "its kernel was ended with the server of warm kernels"
    if ending.code < 0:
        return f"its kernel was killed by signal {-ending.code}"
    return f"its kernel left with exit code {ending.code}"
