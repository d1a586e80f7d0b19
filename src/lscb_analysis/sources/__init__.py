"""WHERE it comes from: partners' extracts read, checked and made into records."""

from __future__ import annotations

from lscb_analysis.sources.area import AreaRecords, read_area
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.files import read_tables
from lscb_analysis.sources.folders import list_submissions
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.submission import AGENCIES, files_of, layouts

__all__ = [
    "AGENCIES",
    "AreaRecords",
    "Context",
    "RawTable",
    "files_of",
    "layouts",
    "list_submissions",
    "read_area",
    "read_tables",
]
