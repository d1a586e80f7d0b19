"""Rules on structure: what every page must have for every reader, and its markings."""

from __future__ import annotations

import re
from itertools import pairwise

from lscb_analysis.release_check.manifest import Manifest
from lscb_analysis.release_check.page import Page, Told

SYNTHETIC = "SYNTHETIC DATA"


def headings(page: Page, manifest: Manifest) -> list[str]:
    """One main heading, no level skipped, no heading without words."""
    levels = [int(each.tag[1]) for each in page.elements if re.fullmatch(r"h[1-6]", each.tag)]
    problems = [] if levels.count(1) == 1 else ["not exactly one main heading"]
    if any(after - before > 1 for before, after in pairwise(levels)):
        problems.append("a heading level that is skipped")
    worded = sum(bool(re.fullmatch(r"h[1-6]", told.tag)) for told in page.texts)
    if worded < len(levels):
        problems.append("a heading without words")
    return problems


def captions(page: Page, manifest: Manifest) -> list[str]:
    """Every table has one caption, and it has words."""
    tables = sum(each.tag == "table" for each in page.elements)
    opened = sum(each.tag == "caption" for each in page.elements)
    told = sum(told.tag == "caption" for told in page.texts)
    return [] if tables == opened == told else ["a table without its caption"]


def scopes(page: Page, manifest: Manifest) -> list[str]:
    """Every heading of a table says what it heads, in words."""
    heads = [each for each in page.elements if each.tag == "th"]
    problems = [
        f"a table heading without a scope, {each.place}"
        for each in heads
        if each.get("scope") not in ("col", "row")
    ]
    if sum(told.tag == "th" for told in page.texts) < len(heads):
        problems.append("a table heading without words")
    return problems


def language(page: Page, manifest: Manifest) -> list[str]:
    """The page says that it is in British English."""
    first = page.elements[0] if page.elements else None
    is_said = first is not None and first.tag == "html" and first.get("lang") == "en-GB"
    return [] if is_said else ["a page that does not say its language"]


def title(page: Page, manifest: Manifest) -> list[str]:
    """The title names topic, area and period, as the release does."""
    told = [each.text.strip() for each in page.texts if each.tag == "title"]
    return [] if told == [manifest.title] else ["a title that is not the briefing's"]


def marking(page: Page, manifest: Manifest) -> list[str]:
    """The protective marking stands at the top, at the foot and on every printed page."""
    ends = all(
        any(manifest.marking == told.text.strip() for told in _in(page, place))
        for place in ("header", "footer")
    )
    is_marked = bool(manifest.marking.strip()) and ends
    return [] if is_marked else ["a page without its protective marking at top and bottom"]


def synthetic(page: Page, manifest: Manifest) -> list[str]:
    """A page says that its data are synthetic, at top and bottom, exactly where they are."""
    said = [
        any(SYNTHETIC in told.text for told in _in(page, place)) for place in ("header", "footer")
    ]
    is_right = all(said) if manifest.is_synthetic else not any(said)
    return [] if is_right else ["a page that does not say rightly whether its data are synthetic"]


def landmarks(page: Page, manifest: Manifest) -> list[str]:
    """Header, main and footer once each, and a link to the main part before all else."""
    counted = {
        tag: sum(each.tag == tag for each in page.elements) for tag in ("header", "main", "footer")
    }
    problems = [f"not exactly one <{tag}>" for tag, count in counted.items() if count != 1]
    first = next((each for each in page.elements if each.tag == "a"), None)
    if first is None or first.get("href") != "#main":
        problems.append("a page without a link to its main part")
    return problems


def charted(page: Page, manifest: Manifest) -> list[str]:
    """Every chart has its table beside it."""
    # a line in a cell has its figures beside it in the row
    charts = sum(each.tag == "img" and "td" not in each.within for each in page.elements)
    tables = sum(each.tag == "details" and each.get("class") == "figures" for each in page.elements)
    return [] if tables >= charts else ["a chart without its table"]


def _in(page: Page, place: str) -> list[Told]:
    return [told for told in page.texts if place in told.within and told.tag == "p"]
