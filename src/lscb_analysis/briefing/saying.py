"""The sentences of a finished page: each comparison's words against its own numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from lscb_analysis.briefing.part import safe
from lscb_analysis.ledger import Relation, check_declared, figures_of, join_findings
from lscb_analysis.ledger.claims import claims_against_numbers
from lscb_analysis.ledger.relations import term
from lscb_analysis.release_check.page import parse_page

NOTE = "A sentence is held back here: its words and its numbers disagree; it is being checked."
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?%?"
_COMPARED = re.compile(
    rf"(?P<now>{_NUMBER})[^.;]*?, (?P<gap>(?:about )?{_NUMBER})(?: percentage points)? "
    rf"(?P<word>more|fewer|less|higher|lower)"
    rf"(?: \((?P<side>up|down) (?P<share>{_NUMBER})\))? than (?P<old>{_NUMBER})"
)
_SENTENCE = re.compile(r"(?<=\.) (?=[A-Z0-9])")
_WORDS = {"less": "fewer"}  # the ledger's word for it


def without_contradictions(page: str) -> tuple[str, list[str]]:
    """The page with a note in the place of each sentence that its own numbers contradict.

    And what the ledger says of each, in the page's order. Raises ValueError where such a
    sentence cannot be taken out of the page.
    """
    told = []
    for sentence in _sentences(page):
        found = contradictions_in(sentence)
        if found.empty:
            continue
        if safe(sentence) not in page:
            raise ValueError("a sentence whose words and numbers disagree cannot be taken out")
        page = page.replace(safe(sentence), safe(NOTE))
        told.append(f"{found['found'].iloc[0]}; expected {found['expected'].iloc[0]}")
    return page, told


def contradictions_in(sentence: str) -> pd.DataFrame:
    """The ledger's findings on the comparisons of one sentence (`121 fewer than 408`)."""
    return join_findings([_checked(found) for found in _COMPARED.finditer(sentence)])


def _sentences(page: str) -> Iterator[str]:
    seen = set()
    for told in parse_page(page).texts:
        for sentence in _SENTENCE.split(" ".join(told.text.split())):
            if sentence not in seen and _COMPARED.search(sentence):
                seen.add(sentence)
                yield sentence


def _checked(found: re.Match[str]) -> pd.DataFrame:
    word = _WORDS.get(found["word"], found["word"])
    is_percent = found["now"].endswith("%")
    said = {"word": word, "side": found["side"] or ""}
    rows = [
        ("now", found["now"], "%" if is_percent else ""),
        ("old", found["old"], "%" if is_percent else ""),
        ("gap", found["gap"], "points" if is_percent else ""),
        *((name, text, "claim") for name, text in said.items()),
    ]
    claimed = [Relation("claim", name, (term("now"),), (term("old"),)) for name in said]
    relations = [Relation("difference", "gap", (term("now"), term("old", sign=-1)))]
    if found["share"]:
        rows.append(("share", found["share"], "%"))
        relations.append(Relation("change", "share", (term("now"),), (term("old"),)))
    raw = pd.DataFrame(rows, columns=["id", "value", "unit"]).assign(label="")
    figures, _ = figures_of(raw)
    claims = claims_against_numbers(figures, claimed)
    claims = claims[claims["severity"].eq("warning")]
    return join_findings([claims, check_declared(figures, relations)])
