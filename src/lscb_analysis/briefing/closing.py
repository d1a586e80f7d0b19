"""How a briefing closes: definitions, data quality and returns, where the figures come from."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.corrections import corrections_table
from lscb_analysis.briefing.once import once
from lscb_analysis.briefing.part import Part, bullets, paragraph, safe
from lscb_analysis.briefing.received import records_name, returns_received, source_name
from lscb_analysis.briefing.releases_used import releases_of, releases_used
from lscb_analysis.catalogue import Indicator, policy
from lscb_analysis.comparisons import revisions
from lscb_analysis.findings import UNREAD
from lscb_analysis.periods import day_label
from lscb_analysis.printed import pair_text
from lscb_analysis.tables import html_table

RELEASES_USED = "Releases of official statistics used"
PROBLEMS_SHOWN = 10
POLARITY = {
    "higher_is_better": "Higher is better.",
    "lower_is_better": "Lower is better.",
    "none": "Neither higher nor lower is better in itself.",
}


@once
def definitions(briefing: Briefing) -> Part:
    """What each indicator of the theme counts, why it matters and what to mind."""
    codes = [briefing.area.area_code, briefing.panel_code]
    shown = set(briefing.values.loc[briefing.values["area_code"].isin(codes), "indicator"])
    targets = local_targets(briefing)
    entries = []
    for name, item in briefing.indicators.items():
        if name in shown:
            told = definition_text(briefing, item, targets.get(name, ""))
            entries.append(
                f"<dt>{safe(item.title)}</dt><dd>{safe(told)} <em>{safe(item.rationale)}</em></dd>"
            )
    return Part(f"<dl>{''.join(entries)}</dl>\n" if entries else "")


def definition_text(briefing: Briefing, item: Indicator, target: str = "") -> str:
    """What one indicator counts, what to mind, and which releases its published figures are of."""
    releases = ", ".join(releases_of(briefing, item.id))
    published = f"Published in {releases}." if releases else ""
    parts = (item.definition, item.caveats, POLARITY[item.polarity], published, target)
    return " ".join(part for part in parts if part)


def tables_used(item: Indicator) -> list[str]:
    """The tables of records that an indicator is made from."""
    return [table for table in (item.source, item.needs_table) if table]


def local_targets(briefing: Briefing) -> dict[str, str]:
    """What the area has agreed about each indicator: target or limits, by whom and when."""
    targets = briefing.checks.get("targets", pd.DataFrame())
    told = {}
    for _, row in targets.iterrows():
        item = briefing.indicators.get(row["indicator"])
        if item is None:
            continue
        named = [
            f"{title} {row[column]:,.10g}"
            for column, title in (
                ("target", "target"),
                ("lower_limit", "not below"),
                ("upper_limit", "not above"),
            )
            if pd.notna(row[column])
        ]
        agreed = f"{row['owner']}, {day_label(row['agreed_date'])}"
        told[item.id] = f"Agreed locally: {', '.join(named)} ({item.unit}; {agreed})."
    return told


@once
def data_quality(briefing: Briefing) -> Part:
    """What was received this quarter, and what was wrong with it, small counts withheld."""
    if briefing.is_published_only:
        told = "Official statistics only: no partner's submission is used on this page."
        return Part(paragraph(told))
    return Part(returns_received(briefing) + _problems(briefing, most=PROBLEMS_SHOWN))


@once
def validity(briefing: Briefing) -> Part:
    """What was wrong with the data received, a problem a line, small counts withheld."""
    return Part(_problems(briefing))


def _problems(briefing: Briefing, most: int | None = None) -> str:
    if briefing.quality.empty:
        return paragraph("No problem was found in the data received.")
    frame = briefing.quality.assign(source=briefing.quality["source"].map(source_name)).rename(
        columns={
            "source": "Source",
            "problem": "Problem",
            "rows": "How often",
            "action": "What is done about it",
        }
    )
    more = len(frame) - most if most is not None else 0
    unread = frame["How often"].eq(UNREAD).any()
    told = paragraph(
        "A file could not be read: what it holds is missing on this page." if unread else ""
    )
    table = told + html_table(
        frame.head(most) if most is not None else frame,
        caption="Problems found in all submissions read, the commonest first",
        row_header="Source",
        wide=True,
    )
    return table + paragraph(
        "The data-quality briefing lists the rarer problems as well." if more > 0 else ""
    )


@once
def provenance(briefing: Briefing) -> Part:
    """Where the figures come from: extracts, releases, populations, neighbours, versions."""
    facts = briefing.provenance
    profile = policy().profiles[briefing.profile]
    legend = str(facts["profiles"][briefing.theme.id])
    lines = [
        f"Disclosure profile: {profile.title}. {legend[0].upper()}{legend[1:]}.",
        f"Run on {day_label(pd.Timestamp(facts['run_date']))}.",
        "Made with " + ", ".join(f"{name} {number}" for name, number in facts["versions"].items()),
        "No figure of a quarter is turned into a yearly rate; rates are for a year or a day.",
    ]
    return Part(
        bullets(lines)
        + _neighbours(briefing)
        + _releases(briefing)
        + _extracts(briefing)
        + _revised(briefing)
        + corrections_table(briefing)
    )


def _neighbours(briefing: Briefing) -> str:
    facts = briefing.provenance
    if not facts["neighbours"]:
        return paragraph("No statistical neighbours are held for this area.")
    frame = pd.DataFrame(facts["neighbours"])[["neighbour", "closeness"]].rename(
        columns={"neighbour": "Statistical neighbour", "closeness": "Closeness"}
    )
    model = facts["neighbour_model"]
    return paragraph(
        f"Statistical neighbours are those of the {model} model. Their figure is the simple mean "
        "of those that have one; another model has other neighbours and can change what a "
        "comparison says."
    ) + html_table(
        frame, caption=f"Statistical neighbours, {model} model", row_header="Statistical neighbour"
    )


def _releases(briefing: Briefing) -> str:
    frame = releases_used(briefing)
    if frame.empty:
        return ""
    names = {
        "release": "Release",
        "title": "Title",
        "publisher": "Publisher",
        "published": "Published",
        "population_vintage": "Population used for rates",
    }
    kept = [name for name in names if name in frame.columns]
    return html_table(
        frame[kept].rename(columns=names),
        caption=RELEASES_USED,
        row_header="Release",
        wide=True,
    )


def _extracts(briefing: Briefing) -> str:
    """The days covered by the records that the theme's figures are made of."""
    used = {table for item in briefing.indicators.values() for table in tables_used(item)}
    frame = pd.DataFrame(briefing.provenance["extracts"])
    frame = frame[frame["source"].isin(used)] if used and len(frame) else frame
    if frame.empty:
        return ""
    frame = frame.rename(columns={"source": "Records", "from": "From", "to": "To"})
    frame["Records"] = frame["Records"].map(records_name)
    return html_table(
        frame, caption="Days that the submissions read cover", row_header="Records", wide=True
    )


def _revised(briefing: Briefing) -> str:
    values = briefing.values
    own = values[values["area_code"].isin([briefing.area.area_code, briefing.panel_code])]
    found = revisions(own[own["indicator"].isin(list(briefing.indicators))])
    if found.empty:
        return paragraph("No official statistic on this page has been restated by a later release.")
    rows = []
    for _, row in found.iterrows():
        item = briefing.indicators[row["indicator"]]
        old, new = pair_text(row["old_value"], row["new_value"])
        rows.append(
            {
                "Figure": f"{item.title}, {row['period']}",
                "First": old,
                "In": row["old_release"],
                "Now": new,
                "Now in": row["new_release"],
            }
        )
    frame = pd.DataFrame(rows)
    return html_table(
        frame,
        caption="Revisions: figures that a later release has restated",
        row_header="Figure",
        numeric=["First", "Now"],
        wide=True,
    )
