"""The manifest of one briefing, made from the released values and never from the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from lscb_analysis.briefing.annual import annual_texts
from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.carried import carried_over
from lscb_analysis.briefing.checks import checked_answer
from lscb_analysis.briefing.closing import RELEASES_USED, definition_text, local_targets
from lscb_analysis.briefing.corrections import corrected, correction_texts
from lscb_analysis.briefing.opening import answered, judged_figures
from lscb_analysis.briefing.received import (
    QUARTERS_SHOWN,
    RETURNS_RECEIVED,
    records_name,
    source_name,
)
from lscb_analysis.briefing.redrawn import Asked, redrawn
from lscb_analysis.briefing.texts import question_answered
from lscb_analysis.briefing.trends import every_trend
from lscb_analysis.catalogue import Indicator, breakdowns, policy
from lscb_analysis.catalogue import indicators as catalogue_indicators
from lscb_analysis.comparisons import revisions
from lscb_analysis.narrative import (
    challenge_question,
    change_sentence,
    fill_references,
    nothing_line,
    signal_sentence,
)
from lscb_analysis.periods import Quarter, day_label, financial_year_label
from lscb_analysis.printed import covered_text, number_text, pair_text
from lscb_analysis.release_check import Manifest, sha256
from lscb_analysis.release_check.manifest import figures_of, words_of
from lscb_analysis.release_check.page import parse_page
from lscb_analysis.release_check.tokens import words_in
from lscb_analysis.selecting import own_code
from lscb_analysis.signals import points
from lscb_analysis.vocabulary import given_names, house_numbers, house_words

QUARTERS_NAMED = 24  # a page goes back six years
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def manifest_of(
    briefing: Briefing,
    style: str,
    charts: Sequence[Asked] = (),
    prose: Sequence[str] = (),
    links: Iterable[str] = (),
) -> Manifest:
    """All that the briefing's page may hold.

    `style` is the stylesheet as the template writes it, `charts` those that the page shows
    (each is drawn again from the released values), `prose` the notebook's own headings and
    paragraphs: words only, for prose holds no figure; `links` what lies beside the page.
    """
    again, said = redrawn(briefing, charts), list(_sentences(briefing))
    lines = list(every_trend(briefing))
    told = {
        item.title: [
            *_own_texts(briefing, item),
            *(text for title, text in said if title == item.title),
            *(text for chart in again if chart.title == item.title for text in chart.texts),
            *(alt for title, _, alt in lines if title == item.title),
        ]
        for item in briefing.indicators.values()
    }
    labels = [*_labels(briefing), *_catalogue(briefing), *_facts(briefing)]
    loose = [*answered(briefing), *_checks(briefing), *_of_partners(briefing)]
    small = [word for text in prose for word in words_in(text) if not _may_be_name(word)]
    return Manifest(
        title=briefing.title,
        marking=str(briefing.provenance["marking"]),
        is_synthetic=bool(briefing.provenance["is_synthetic"]),
        figures={title: figures_of(texts) for title, texts in told.items()},
        tables={
            RETURNS_RECEIVED: figures_of(_files(briefing)),
            RELEASES_USED: figures_of(_strings(briefing.provenance["releases"])),
        },
        labels=figures_of(labels) | house_numbers(),
        loose=figures_of(loose),
        words=house_words()
        | words_of([*labels, *loose, *small, *(text for texts in told.values() for text in texts)]),
        images=frozenset(
            [
                *(image for chart in again for image in chart.images),
                *(sha256(svg) for _, svg, _ in lines),
            ]
        ),
        styles=frozenset([sha256(style)]),
        links=frozenset(links),
    )


def index_manifest(
    briefings: Sequence[Briefing],
    title: str,
    style: str,
    links: Iterable[str],
    words: Iterable[str],
    *,
    marking: str,
    is_synthetic: bool,
) -> Manifest:
    """All that an index page may hold: the answers of its briefings, links to them."""
    texts = [
        text
        for each in briefings
        for text in (*answered(each, most=1), *_labels(each), *_facts(each))
    ]
    return Manifest(
        title=title,
        marking=marking,
        is_synthetic=is_synthetic,
        loose=figures_of([*texts, title, *words]),
        words=house_words() | words_of([*texts, title, *words]),
        styles=frozenset([sha256(style)]),
        links=frozenset(links),
    )


def pack_manifest(
    briefings: Sequence[Briefing], title: str, texts: Iterable[str], theme: bytes
) -> Manifest:
    """All that a data pack may hold: printed figures by indicator, what they are of, definitions.

    `texts` are the fixed ones of the workbook's frame, `theme` its part with the colours.
    """
    figures: dict[str, frozenset[str]] = {}
    for each in briefings:
        for name, item in each.indicators.items():
            rows = each.values[each.values["indicator"] == name]
            found = figures_of(number_text(rows, item))
            figures[item.title] = figures.get(item.title, frozenset()) | found
    facts = briefings[0].provenance
    labels = [
        *(text for each in briefings for text in (*_labels(each), *_catalogue(each))),
        *(text for each in briefings for text in (each.theme.title, each.title)),
        *_facts(briefings[0]),
        *_strings(facts["releases"]),
        *texts,
    ]
    return Manifest(
        title=title,
        marking=str(facts["marking"]),
        is_synthetic=bool(facts["is_synthetic"]),
        figures=figures,
        labels=figures_of(labels),
        words=house_words() | words_of(labels),
        styles=frozenset([sha256(theme)]),
    )


def _may_be_name(word: str) -> bool:
    return word.casefold() in given_names() or (
        word[:1].isupper() and word.casefold() not in house_words()
    )


def _own_texts(briefing: Briefing, indicator: Indicator) -> Iterator[str]:
    """What is printed of each row: its figure, or the two that a revision sets side by side."""
    rows = briefing.values[briefing.values["indicator"] == indicator.id]
    yield from covered_text(rows, indicator)
    changes = corrected(briefing)
    if len(changes):
        mine = changes[changes["indicator"] == indicator.id]
        yield from (*mine["old"], *mine["new"], *mine["day"], *mine["why"])
    for _, row in revisions(rows).iterrows():
        yield from pair_text(row["old_value"], row["new_value"])


def _sentences(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """What is said of each indicator that stands out, or has no figure, by its title."""
    until = briefing.quarter.end
    for signal in judged_figures(briefing):
        item = briefing.indicators[signal.indicator]
        code = own_code(item, briefing.area.area_code, briefing.panel_code)
        found = points(briefing.values, item, code, signal.period_type, until=until)
        yield item.title, change_sentence(found, item)
        yield item.title, signal_sentence(signal, item)
        yield item.title, challenge_question(signal, item)
    for item in briefing.indicators.values():
        yield item.title, nothing_line(item)
    if briefing.theme.is_yearly:
        yield from annual_texts(briefing)


def _labels(briefing: Briefing) -> Iterator[str]:
    """Periods, areas, groups and days: what figures are of."""
    values = briefing.values
    for column in ("period", "area", "release", "breakdown", "breakdown_topic", "reason", "symbol"):
        yield from values[column].unique()
    for column in ("period_start", "period_end", "as_of"):
        yield from (day_label(day) for day in values[column].dropna().unique())
    for each in _quarters(briefing.quarter):
        yield from (each.label, each.id, f"12 months to {each.label}")
        yield financial_year_label(each.year)
    yield from (briefing.title, briefing.period, briefing.quarter.label)
    yield from (item.title for item in breakdowns().values())
    yield "10,000"


def _quarters(quarter: Quarter) -> list[Quarter]:
    return [quarter.next(-number) for number in range(QUARTERS_NAMED)]


def _catalogue(briefing: Briefing) -> Iterator[str]:
    targets = local_targets(briefing)
    for name, item in briefing.indicators.items():
        yield from (item.title, item.unit, item.rationale, item.reason)
        yield definition_text(briefing, item, targets.get(name, ""))
    yield from (briefing.theme.title, briefing.theme.question)
    limits = policy()
    for profile in limits.profiles.values():
        yield from (profile.title, f"[c] stands for {briefing.small(profile.id)}.")
    yield from (
        f"{share:.0%} {share:.0%}".replace("%", " %") for share in limits.reconciliation.values()
    )
    yield from ("a 95% confidence interval", "(95% confidence interval")


def _facts(briefing: Briefing) -> Iterator[str]:
    """What the provenance says: texts, and days as they are printed."""
    for text in _strings(json.loads(json.dumps(briefing.provenance, default=str))):
        if text.isdigit():  # alone it could stand for any count
            continue
        yield from (text.replace("_", " "), *([records_name(text)] if text else ()))
        yield from (day_label(pd.Timestamp(day)) for day in _ISO_DAY.findall(text))
    facts = briefing.provenance
    yield ", ".join(f"{name} {number}" for name, number in facts["versions"].items())


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for item in node.values():
            yield from _strings(item)
    elif isinstance(node, list):
        for item in node:
            yield from _strings(item)
    elif isinstance(node, str):
        yield node


def _checks(briefing: Briefing) -> Iterator[str]:
    """The rows of the tables that say what the data are worth, and what was corrected."""
    yield from correction_texts(corrected(briefing)) if len(corrected(briefing)) else ()
    for frame in (briefing.quality, *briefing.checks.values()):
        for column in frame.columns:
            yield from (str(text) for text in frame[column].dropna().unique())
            yield from (day_label(day) for day in frame[column] if isinstance(day, pd.Timestamp))
    yield from local_targets(briefing).values()
    yield from (item.title for item in catalogue_indicators().values())
    if not briefing.indicators:
        yield from (told.text for told in parse_page(checked_answer(briefing).html).texts)
        yield f"{QUARTERS_SHOWN} quarters to {briefing.quarter.label}"
    yield from (source_name(str(source)) for source in briefing.quality.get("source", ()))
    returns = briefing.returns
    for column in set(returns.columns) & {"agency", "source", "quarter"}:
        yield from (source_name(str(text)) for text in returns[column].unique())
    yield from (f"Not in this release ({number + 1})" for number in range(len(briefing.indicators)))


def _files(briefing: Briefing) -> Iterator[str]:
    """How many files a sender's return came in; 0 where none did."""
    if "source" in briefing.returns.columns:
        counted = briefing.returns.groupby(["quarter", "agency", "source"], sort=False).size()
        yield from (f"{count:,}" for count in (0, *counted))


def _of_partners(briefing: Briefing) -> Iterator[str]:
    """Approved words of this quarter and those carried over, references filled with released
    figures."""
    yield from (told.text for told in parse_page(carried_over(briefing).html).texts)
    texts = briefing.texts
    for _, text in texts[texts["submission"] == briefing.quarter.id].iterrows():
        filled, problems = fill_references(text["text"], briefing.values, briefing.area.area_code)
        yield from () if problems else (filled, question_answered(text))
        yield from (
            str(text[name])
            for name in ("author", "approver", "agency", "heading")
            if text.get(name)
        )
