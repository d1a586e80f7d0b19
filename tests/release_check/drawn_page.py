"""A clean page drawn by hand, and the manifest of what it may hold."""

from __future__ import annotations

import base64

from lscb_analysis.briefing.export import framed, style_of
from lscb_analysis.release_check import Manifest, sha256
from lscb_analysis.release_check.manifest import figures_of, words_of
from lscb_analysis.release_check.page import parse_page

TITLE = "Plans, Mereford, 2016-17 Q4"
MARKING = "OFFICIAL-SENSITIVE"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10pt" height="10pt" viewBox="0 0 10 10">'
    '<g id="figure_1"><path d="M 0 0 L 9 9" style="fill: #ffffff"/>'
    '<text x="1" y="2" style="font-size: 12.5px">412</text></g></svg>'
)
CHART = """
<figure class="chart"><figcaption><h3>Plans: 105 fewer than a year before</h3>
<p class="subtitle">How has it changed? Children, by quarter.</p></figcaption>
<img src="data:image/svg+xml;base64,{picture}" alt="Line chart of plans, newest 412."></figure>
<p>Plans: 412 children at 31 March 2017, 105 fewer than 517.</p>
<details class="figures" open=""><summary>The figures</summary>
<table id="table-2"><caption id="table-2-caption">Figures of the chart: Plans: 105 fewer</caption>
<thead><tr><th scope="col">Period</th><th class="numeric" scope="col">Mereford</th></tr></thead>
<tbody><tr><th scope="row">31 March 2017</th><td class="numeric">412</td></tr></tbody></table>
</details>
"""
SCORECARD = """
<div aria-labelledby="table-1-caption" class="table-scroll" role="region" tabindex="0">
<table id="table-1" aria-describedby="table-1-note">
<caption id="table-1-caption">Scorecard</caption>
<thead><tr><th scope="col">Indicator</th><th class="numeric" scope="col">2016-17 Q4</th>
</tr></thead>
<tbody><tr><th scope="row">Plans (children)</th><td class="numeric">412</td></tr>
<tr><th scope="row">Reviews in time (%)</th><td class="numeric">96.2%</td></tr>
<tr><th scope="row">Starts</th><td class="numeric">[c]</td></tr></tbody></table></div>
<p class="table-note" id="table-1-note">[c] stands for 1 to 5 children.</p>
"""
BODY = f"""<h1>{TITLE}</h1>
<p class="answer">Plans: 412 children at 31 March 2017, 105 fewer than 517. One of the 3 indicators
is outside its usual range.</p>
<h2>Scorecard</h2>{SCORECARD}
<h2>Plans</h2>{CHART}
<figure class="words"><figcaption>Commentary</figcaption><blockquote><p>Every plan was read by
two managers.</p></blockquote><p class="author">Head of service, Social care</p></figure>
"""


def coded(picture: str = PICTURE) -> str:
    return base64.b64encode(picture.encode()).decode()


def drawn_page(body: str = BODY, *, marking: str = MARKING, is_synthetic: bool = True) -> str:
    facts = {"title": TITLE, "marking": marking, "is_synthetic": is_synthetic, "footer": TITLE}
    return framed(body.replace("{picture}", coded()), facts)


def drawn_manifest() -> Manifest:
    """What the page holds, and nothing else: found by reading it once, when it was clean."""
    plans = ["412", "105 fewer", "517", "at 31 March 2017", "than 517"]
    labels = ["2016-17 Q4", "31 March 2017", "1 to 5 children.", TITLE]
    told = [told.text for told in parse_page(drawn_page()).texts]
    return Manifest(
        title=TITLE,
        marking=MARKING,
        is_synthetic=True,
        figures={
            "Plans": figures_of(plans),
            "Reviews in time": figures_of(["96.2%"]),
            "Starts": frozenset(),
        },
        labels=figures_of(labels),
        loose=figures_of(["One of the 3 indicators", "two managers"]),
        words=words_of(told),
        images=frozenset([sha256(PICTURE)]),
        styles=frozenset([sha256(style_of(MARKING, True))]),
        links=frozenset(["child_protection.html"]),
    )
