"""Charts drawn again from the released values: what a page's pictures must be, byte for byte."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lscb_analysis.briefing.among_all import beside_each_neighbour, where_do_we_stand
from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.by_day import how_often
from lscb_analysis.briefing.figures import (
    how_do_we_compare,
    how_has_it_changed,
    how_long,
    where_will_the_year_end,
    who,
)
from lscb_analysis.briefing.part import Part
from lscb_analysis.catalogue import Indicator, breakdowns
from lscb_analysis.release_check import sha256
from lscb_analysis.release_check.page import parse_page

_PICTURE = re.compile(r'<img src="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)"')


@dataclass(frozen=True)
class Asked:
    """A chart that a page shows: its headline, and its subtitle, which begins with its question."""

    headline: str
    subtitle: str


@dataclass(frozen=True)
class Redrawn:
    """A chart drawn again: its indicator's title, all its texts, its picture's SHA-256."""

    title: str
    texts: tuple[str, ...]
    images: tuple[str, ...]


def charts_asked(html: str) -> list[Asked]:
    """The charts that a page says it shows, in its order."""
    told = [each for each in parse_page(html).texts if "figcaption" in each.within]
    found, headline = [], ""
    for each in told:
        if each.tag == "h3":
            headline = each.text
        elif each.tag == "p" and headline:
            found.append(Asked(headline, each.text))
            headline = ""
    return found


def redrawn(briefing: Briefing, charts: Iterable[Asked]) -> list[Redrawn]:
    """Each chart, drawn again; one that the house does not draw is not among them."""
    return [
        Redrawn(
            indicator.title,
            tuple(told.text for told in parse_page(part.html).texts),
            tuple(sha256(picture) for picture in _pictures(part)),
        )
        for chart in charts
        if (indicator := _indicator(briefing, chart.headline)) is not None
        for part in _parts(briefing, indicator, chart.subtitle)
    ]


def _parts(briefing: Briefing, indicator: Indicator, subtitle: str) -> Iterator[Part]:
    if subtitle.startswith("How has it changed?"):
        yield how_has_it_changed(briefing, indicator.id)
    elif subtitle.startswith("How do we compare?"):
        yield how_do_we_compare(briefing, indicator.id)
    elif subtitle.startswith("How do we compare with each neighbour?"):
        yield beside_each_neighbour(briefing, indicator.id)
    elif subtitle.startswith("Where do we stand among all areas?"):
        yield where_do_we_stand(briefing, indicator.id)
    elif subtitle.startswith("Where will the year end?"):
        yield where_will_the_year_end(briefing, indicator.id)
    elif subtitle.startswith("How often does it happen?"):
        yield how_often(briefing, indicator.id)
    elif subtitle.startswith("How long does it last"):
        yield how_long(briefing, indicator.id)
    elif subtitle.startswith("Who is it about?"):
        for name, breakdown in breakdowns().items():
            if breakdown.title.lower() in subtitle.lower():
                yield who(briefing, indicator.id, name)


def _indicator(briefing: Briefing, headline: str) -> Indicator | None:
    named = [item for item in briefing.indicators.values() if headline.startswith(item.title)]
    return max(named, key=lambda item: len(item.title), default=None)


def _pictures(part: Part) -> list[bytes]:
    return [base64.b64decode(coded) for coded in _PICTURE.findall(part.html)]
