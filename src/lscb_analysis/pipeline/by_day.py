"""What single days tell, kept for the panel's page in the area's private state."""

from __future__ import annotations

import io

from lscb_analysis.catalogue import Area
from lscb_analysis.measures.by_day import by_day
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline.protecting import measured_indicators
from lscb_analysis.releases import PANEL
from lscb_analysis.settings import Settings
from lscb_analysis.sources import AreaRecords
from lscb_analysis.state import by_day_file, write_private


def write_by_day(
    settings: Settings, area: Area, quarter: Quarter, records: AreaRecords | None
) -> None:
    """Nothing: for the panel the table is written anew; for others nothing is made."""
    if settings.audience != PANEL or records is None:
        return
    found = by_day(records.records, records.coverage, measured_indicators().values(), quarter)
    content = io.BytesIO()
    found.to_parquet(content, index=False)
    write_private(by_day_file(settings.workspace, area.area_code, quarter.id), content.getvalue())
