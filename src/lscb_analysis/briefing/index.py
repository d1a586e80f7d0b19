"""The index pages: a quarter's briefings, and all that lie in reports/."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lscb_analysis.briefing.briefing import Briefing, open_briefing
from lscb_analysis.briefing.export import ExportError, framed, style_of
from lscb_analysis.briefing.manifest import index_manifest
from lscb_analysis.briefing.opening import answer_name, answered
from lscb_analysis.briefing.part import paragraph, safe
from lscb_analysis.briefing.places import DATA_PACK
from lscb_analysis.catalogue import find_area, themes
from lscb_analysis.periods import Quarter, day_label, parse_quarter
from lscb_analysis.release_check import check_release
from lscb_analysis.settings import Settings

USUAL = "partnership"
MOST_TOLD = 5
MAIN = 1  # main figures that the list tells of each briefing
PARTLY = "The example board is a fictional area: its pages say that their data are synthetic."


def write_index(
    settings: Settings,
    area_code: str,
    quarter: Quarter,
    folder: Path,
    answers: Mapping[str, Sequence[str]],
) -> Path:
    """`index.html` of one release: each briefing with its answer, groups and question.

    `answers` are those of themes that have been worked out already.
    """
    opened = [
        replace(
            open_briefing(theme.id, area_code, quarter.id, settings.audience, settings.workspace),
            made={answer_name(MAIN): list(answers[theme.id])} if theme.id in answers else {},
        )
        for theme in themes().values()
        if theme.has_indicators or (folder / f"{theme.id}.html").is_file()
    ]
    first = opened[0]
    told = f", for the {settings.audience}" if settings.audience != USUAL else ""
    title = f"Briefings, {first.area.area}, {first.period}{told}"
    body = f"<h1>{safe(title)}</h1>\n" + "".join(
        _entry(settings, briefing, folder) for briefing in opened
    )
    has_pack = (folder / DATA_PACK).is_file()
    body += f'<p><a href="{DATA_PACK}">Data pack (Excel workbook)</a></p>\n' if has_pack else ""
    body += paragraph(f"Values built on {_day(first.provenance['run_date'])}.", "quiet")
    is_synthetic = bool(first.provenance["is_synthetic"])
    links = [*(f"{each.theme.id}.html" for each in opened), *([DATA_PACK] if has_pack else [])]
    return _write(folder / "index.html", body, title, settings, opened, links, is_synthetic)


def _entry(settings: Settings, briefing: Briefing, folder: Path) -> str:
    theme = briefing.theme
    title = safe(theme.title)
    if (folder / f"{theme.id}.html").is_file():
        title = f'<a href="{theme.id}.html">{title}</a>'
        sentences = answered(briefing, MAIN) if theme.has_indicators else []
        told = paragraph(theme.question, "question") + paragraph(" ".join(sentences))
    else:
        told = paragraph("No briefing was released in this run.", "quiet")
    groups = [group.title for group in settings.groups.values() if theme.id in group.themes]
    told_to = paragraph(f"For: {', '.join(groups)}.", "quiet") if groups else ""
    return f"<h2>{title}</h2>\n{told}{told_to}"


def write_top_index(settings: Settings) -> Path:
    """`reports/index.html`: every area and quarter that has briefings."""
    top = settings.workspace / "reports"
    title = "All briefings"
    body = f"<h1>{title}</h1>\n"
    synthetic, links = False, []
    periods: list[str] = []
    for area_folder in sorted(path for path in top.iterdir() if path.is_dir()):
        found = sorted(area_folder.glob(f"*/{USUAL}/index.html"), reverse=True)
        if not found:
            continue  # a folder that no run made
        area = find_area(area_folder.name)
        named = {page: _period(settings, area.area_code, page) for page in found}
        periods += named.values()
        links += [page.relative_to(top).as_posix() for page in found]
        synthetic = synthetic or area.is_fictional
        note = " (fictional)" if area.is_fictional else ""
        items = "".join(_link(page, top, period) for page, period in named.items())
        body += f"<h2>{safe(area.area)}{note}</h2>\n<ul>{items}</ul>\n"
    return _write(top / "index.html", body, title, settings, [], links, synthetic, periods=periods)


def _link(page: Path, top: Path, period: str) -> str:
    target = page.relative_to(top).as_posix()
    return f'<li><a href="{safe(target)}">{safe(period[0].upper() + period[1:])}</a></li>'


def _period(settings: Settings, area_code: str, page: Path) -> str:
    """What the release is of: its quarter, or for official statistics alone the year."""
    quarter = page.parents[1].name
    held = settings.workspace / "data" / "processed" / area_code / quarter / USUAL
    if not (held / "provenance.json").is_file():
        return parse_quarter(quarter).label
    first = next(iter(themes()))
    return open_briefing(first, area_code, quarter, USUAL, settings.workspace).period


def _day(text: str) -> str:
    import pandas as pd

    return day_label(pd.Timestamp(text))


def _write(
    target: Path,
    body: str,
    title: str,
    settings: Settings,
    briefings: Sequence[Briefing],
    links: Sequence[str],
    is_synthetic: bool,
    *,
    periods: Sequence[str] = (),
) -> Path:
    """The page, checked and moved into place; `periods` are those that the page of all names."""
    is_marked = is_synthetic and not periods
    footer = PARTLY if is_synthetic and periods else title
    facts = {"title": title, "marking": settings.marking, "is_synthetic": is_marked}
    facts["audience"] = settings.audience
    page = framed(body, facts | {"footer": footer})
    groups = [group.title for group in settings.groups.values()]
    manifest = index_manifest(
        briefings,
        title,
        style_of(settings.marking, is_marked),
        links,
        [*groups, *periods, *(each.capitalize() for each in periods), settings.marking],
        marking=settings.marking,
        is_synthetic=is_marked,
    )
    problems = check_release(page, manifest)
    if problems:
        raise ExportError(f"the index page is not released: {'; '.join(problems[:MOST_TOLD])}")
    partial = target.with_suffix(f".{os.getpid()}.partial")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial.write_text(page, "utf-8", newline="\n")
    partial.replace(target)
    return target
