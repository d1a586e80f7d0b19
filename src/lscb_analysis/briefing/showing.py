"""A chart as a page shows it, the line for what has none, and which indicator is asked for."""

from __future__ import annotations

import base64

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.part import NOTHING, Part, paragraph, safe
from lscb_analysis.catalogue import Indicator
from lscb_analysis.catalogue.toml_file import one_of
from lscb_analysis.charts import Chart
from lscb_analysis.printed import fewer_note
from lscb_analysis.selecting import own_code
from lscb_analysis.tables import html_table


def figure(chart: Chart, told: str = "", *, is_open: bool = True) -> str:
    """A chart as a page shows it: headline, subtitle, picture, sentence and table.

    A long table is folded: `is_open` false.
    """
    state = " open" if is_open else ""
    picture = base64.b64encode(chart.svg).decode("ascii")
    first, few = str(chart.data.columns[0]), fewer_note(chart.data)
    table = html_table(
        chart.data,
        caption=f"Figures of the chart: {chart.headline}",
        row_header=first,
        numeric=list(chart.data.columns[1:]),
        note=f"{few[0].upper()}{few[1:]}." if few else "",
        wide=True,
    )
    return (
        f'<figure class="chart"><figcaption><h3>{safe(chart.headline)}</h3>'
        f'<p class="subtitle">{safe(chart.question)} {safe(chart.subtitle)}</p></figcaption>'
        f'<img src="data:image/svg+xml;base64,{picture}" alt="{safe(chart.alt)}"></figure>\n'
        f"{paragraph(told)}"
        f'<details class="figures"{state}><summary>The figures</summary>{table}</details>\n'
    )


def asked(briefing: Briefing, indicator_id: str) -> tuple[Indicator, str]:
    """The indicator with this id on the page, and the code whose rows answer for the area.

    Raises CatalogueError with the nearest that is known.
    """
    one_of(briefing.theme.id, "indicator", indicator_id, briefing.indicators)
    indicator = briefing.indicators[indicator_id]
    return indicator, own_code(indicator, briefing.area.area_code, briefing.panel_code)


def no_figures(title: str) -> Part:
    """One line for what has no figures; the page joins such lines that follow each other."""
    return Part(f'<p class="{NOTHING}">{safe(title)}</p>\n')
