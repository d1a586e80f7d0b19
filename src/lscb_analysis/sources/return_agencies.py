"""Agencies: which one of the catalogue a return's cover names."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.catalogue.returns import Agency, ReturnYear
from lscb_analysis.findings import as_findings, finding
from lscb_analysis.sources.columns import normalise
from lscb_analysis.sources.name_cells import nearest_name
from lscb_analysis.sources.parsing import NOT_KNOWN
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.return_cover import Cover
from lscb_analysis.sources.return_layouts import NAME


def agency_of(
    cover: Cover | None, returns: ReturnYear, table: RawTable
) -> tuple[Agency | None, pd.DataFrame]:
    """The agency of the year's catalogue that the cover names, or None and a note."""
    if cover is None or cover.agency == NOT_KNOWN:
        return None, as_findings()
    named = normalise(cover.agency)
    for agency in returns.agencies.values():
        if named in map(normalise, (agency.id, agency.title, *agency.also)):
            return agency, as_findings()
    titles = [agency.title for agency in returns.agencies.values()]
    told = finding(
        NAME,
        **table.place,
        column="Agency",
        found=f"an agency that the year's list does not have{nearest_name(cover.agency, titles)}",
        expected=f"one of: {', '.join(titles)}",
        action="correct it on the cover; its figures are used under the name given",
        severity="note",
    )
    return None, as_findings([told])
