"""The data pack's content: the released figures of all themes, definitions, sources, symbols."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing, open_briefing
from lscb_analysis.briefing.closing import definition_text
from lscb_analysis.briefing.export import NOTES
from lscb_analysis.catalogue import Indicator, measured_themes
from lscb_analysis.comparisons import COMPUTED
from lscb_analysis.periods import Quarter, day_label, financial_year_label
from lscb_analysis.printed import SUBMISSIONS, number_text, unit_label

SYNTHETIC = "SYNTHETIC DATA: the area and everything about it is invented."
NOTHING = "None"
FIGURE = "Figure"
OURS = "Submissions of partners"
MEAN = "Mean of the statistical neighbours"
KINDS = {
    "date": "Level on a day",
    "month": "Month",
    "quarter": "Quarter",
    "financial_year": "Financial year",
    "rolling_year": "Four quarters",
    "pooled": "Years taken together",
    "calendar_year": "Calendar year",
}
SYMBOLS = {
    "[x]": "The figure is not available.",
    "[z]": "The figure is not applicable.",
    "[u]": "There are too few for the figure to be reliable.",
}
ABOUT = (
    "Every figure is a protected one, as it was released and as it is printed in the briefings.",
    "A figure that was revised is the newest one; the briefings list the revisions.",
    "A figure is the cell's number, shown as it is printed; a symbol stands where there is none.",
)


@dataclass(frozen=True)
class Table:
    """One sheet of the workbook: its name, the table's title, and the table, all texts."""

    name: str
    title: str
    rows: pd.DataFrame


@dataclass(frozen=True)
class Pack:
    """The workbook: its title, the lines of its cover, and its tables in their order.

    `lead` stands at the top of every sheet: the marking, and that data are synthetic.
    """

    title: str
    lead: tuple[str, ...]
    about: tuple[str, ...]
    tables: tuple[Table, ...]


def open_release(
    workspace: Path, area_code: str, quarter: Quarter, audience: str
) -> list[Briefing]:
    """The material of every theme that has indicators, of one release."""
    return [
        open_briefing(theme, area_code, quarter.id, audience, workspace)
        for theme in measured_themes()
    ]


def data_pack_of(briefings: Sequence[Briefing]) -> Pack:
    """The data pack of one release: a table a theme, then definitions, sources and symbols."""
    first = briefings[0]
    told = f", for the {first.audience}" if first.audience != "partnership" else ""
    title = f"Data pack, {first.area.area}, {financial_year_label(first.quarter.year)}{told}"
    return _pack(briefings, title)


def theme_pack_of(briefing: Briefing) -> Pack:
    """The figures of one briefing alone, with their definitions, sources and symbols."""
    return _pack([briefing], f"Figures, {briefing.title}")


def _pack(briefings: Sequence[Briefing], title: str) -> Pack:
    first = briefings[0]
    facts = first.provenance
    lead = (str(facts["marking"]), *([SYNTHETIC] if facts["is_synthetic"] else []))
    built = f"Values built on {day_label(pd.Timestamp(facts['run_date']))}."
    note = NOTES.get(first.audience, "")
    return Pack(
        title,
        lead,
        tuple(filter(None, (note, *ABOUT, built))),
        (
            *(table for each in briefings if len((table := _figures(each)).rows)),
            _definitions(briefings),
            _sources(briefings),
            _symbols(briefings),
        ),
    )


def _figures(briefing: Briefing) -> Table:
    """Every current figure of the area, its panel and its comparators, up to the quarter."""
    codes = [briefing.area.area_code, briefing.panel_code]
    codes += [item["area_code"] for item in briefing.comparators]
    values = briefing.values
    values = values[
        values["is_current"]
        & values["area_code"].isin(codes)
        & (values["period_end"] <= pd.Timestamp(briefing.quarter.end))
    ]
    order = {code: place for place, code in enumerate(codes)}
    values = values.assign(place=values["area_code"].map(order)).sort_values(
        ["place", "period_end", "period_start", "breakdown_topic", "breakdown"], kind="stable"
    )
    parts = [
        _rows(values[values["indicator"] == name], item)
        for name, item in briefing.indicators.items()
    ]
    kept = [part for part in parts if len(part)]
    rows = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame()
    return Table(briefing.theme.title, briefing.title, rows)


def _rows(values: pd.DataFrame, item: Indicator) -> pd.DataFrame:
    if values.empty:
        return pd.DataFrame()
    ours = values["source"].eq(SUBMISSIONS)
    return pd.DataFrame(
        {
            "Indicator": item.title,
            "Unit": unit_label(item) or NOTHING,
            "Area": values["area"],
            "Kind of period": values["period_type"].map(KINDS),
            "Period": values["period"],
            "Group": values["breakdown_topic"],
            "Category": values["breakdown"],
            FIGURE: number_text(values, item),
            "Note": [_note(row) for row in values.to_dict("records")],
            "Source": values["source"].mask(ours, OURS).replace(COMPUTED, MEAN),
            "Release": values["release"].mask(ours, OURS),
        }
    ).reset_index(drop=True)


def _note(row: dict) -> str:
    marks = ["provisional"] if row["is_provisional"] else []
    marks += [str(row["reason"])] if row["reason"] else []
    return "; ".join(marks) or NOTHING


def _definitions(briefings: Sequence[Briefing]) -> Table:
    rows = [
        {
            "Indicator": item.title,
            "Theme": each.theme.title,
            "Unit": unit_label(item) or NOTHING,
            "Definition": definition_text(each, item),
            "Why it matters": item.rationale,
        }
        for each in briefings
        for name, item in each.indicators.items()
        if name in set(each.values["indicator"])
    ]
    return Table("Definitions", "What the indicators mean", pd.DataFrame(rows))


def _sources(briefings: Sequence[Briefing]) -> Table:
    """The releases that a figure of the workbook is of, and the partners' submissions."""
    used = {release for each in briefings for release in each.values["release"]}
    rows = [
        {
            "Release": str(release["release"]),
            "Title": str(release["title"]),
            "Publisher": str(release.get("publisher", "")) or NOTHING,
            "Published": str(release["published"]),
        }
        for release in briefings[0].provenance["releases"]
        if release["release"] in used
    ]
    if not briefings[0].is_published_only:
        quarter = f"up to {briefings[0].quarter.label}"
        ours = {"Release": OURS, "Title": OURS, "Publisher": NOTHING, "Published": quarter}
        rows.insert(0, ours)
    return Table("Sources", "Where the figures come from", pd.DataFrame(rows))


def _symbols(briefings: Sequence[Briefing]) -> Table:
    by_profile: dict[str, list[str]] = {}
    for each in briefings:
        legend = str(each.provenance["profiles"][each.theme.id])
        by_profile.setdefault(legend, []).append(each.theme.title)
    rows = [
        {"Symbol": "[c]", "Meaning": f"{legend[0].upper()}{legend[1:]}.", "Where": ", ".join(of)}
        for legend, of in by_profile.items()
    ]
    rows += [
        {"Symbol": symbol, "Meaning": told, "Where": "All themes"}
        for symbol, told in SYMBOLS.items()
    ]
    return Table("Symbols", "What the symbols stand for", pd.DataFrame(rows))


def pack_texts(pack: Pack) -> Iterator[str]:
    """The fixed texts of the workbook's frame: title, markings, names of sheets and columns."""
    yield from (OURS, MEAN, NOTHING)
    yield from (pack.title, *pack.lead, *pack.about, *KINDS.values(), *SYMBOLS.values())
    for table in pack.tables:
        yield from (table.name, table.title, *(str(name) for name in table.rows.columns))
