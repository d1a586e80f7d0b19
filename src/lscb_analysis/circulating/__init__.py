"""Circulating: each sub-group gets its own released briefings, and no others."""

from lscb_analysis.circulating.circulate import Asked, circulate
from lscb_analysis.circulating.mailing import ByMail
from lscb_analysis.circulating.smtp import SendError, trusted
from lscb_analysis.circulating.ways import ByEml, ByFolder, ByStore, Way

__all__ = [
    "Asked",
    "ByEml",
    "ByFolder",
    "ByMail",
    "ByStore",
    "SendError",
    "Way",
    "circulate",
    "trusted",
]
