"""Commentary on its way to a briefing: approved or not, and its figures all released ones."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from lscb_analysis.catalogue import indicators
from lscb_analysis.findings import as_findings, finding
from lscb_analysis.narrative import fill_references
from lscb_analysis.pipeline.claims import CONTRADICTED, is_contradicted
from lscb_analysis.release_check.told import is_plain
from lscb_analysis.vocabulary import unknown_names

EMPTY_TEXTS = pd.DataFrame(
    columns=[
        *("indicator", "period", "kind", "text", "author", "approver", "agency", "submission"),
        "heading",
    ]
).astype("str")


WITHOUT_INDICATOR = ("assurance answer", "highlight", "audit finding", "voice of the child")


NAMES_ACTION = "write it without names; one that names nobody may be listed under words, lscb.toml"


Problem = tuple[str, str, str]  # what was found, what was expected, what to do


def checked_texts(
    texts: pd.DataFrame, values: pd.DataFrame, area_code: str, words: Collection[str] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The texts whose figures are all released ones, and a finding for each that is held back.

    So is one with a word that may be somebody's name; `words` are those agreed to be none.
    References stay as they are: a briefing fills them from the values it shows. A text
    that nobody approved is kept without its words, so that the page can say so, and so is one
    (`held_back`) with a sentence that the released figures contradict.
    """
    kept, rows = [], []
    for _, text in texts.iterrows():
        problem = _problem_of(text, values, area_code, words)
        if problem:
            place = f"{text['agency']}, {text['submission']}"
            rows.append(told_of(problem, "partner return", place, column="Commentary"))
            continue
        plain = text.map(plainly)
        is_held = is_contradicted(plain, values)
        if is_held:
            place = f"{text['agency']}, {text['submission']}"
            rows.append(told_of(CONTRADICTED, "partner return", place, column="Commentary"))
        shown = plain["text"] if plain["approver"] and not is_held else ""
        kept.append({**plain.to_dict(), "text": shown, "held_back": "yes" if is_held else ""})
    columns = [*texts.columns, "held_back"]
    frame = pd.DataFrame(kept, columns=columns).astype("str") if kept else EMPTY_TEXTS.copy()
    return frame.reset_index(drop=True), as_findings(rows)


def plainly(item: object) -> str:
    """The text with single blanks, and dots that stand for something left out as one sign."""
    return " ".join(str(item).replace("...", "…").split())


def told_of(problem: Problem, source: str, file: str, **place: str) -> dict[str, str]:
    """The finding of a text that is held back."""
    found, expected, action = problem
    return finding(source, file, found=found, expected=expected, action=action, **place)


def text_problem(
    text: str,
    values: pd.DataFrame,
    area_code: str,
    words: Collection[str] = (),
    beside: Collection[str] = (),
) -> Problem | None:
    """Why a text may not be shown, if it may not; `beside` are texts without figures to check."""
    _, problems = fill_references(text, values, area_code)
    if problems:
        return problems[0], *_REFERENCES
    every = [plainly(item) for item in (text, *beside)]
    if not all(is_plain(item) for item in every):
        return _NOT_PLAIN
    return _MAY_BE_NAME if unknown_names(". ".join(every), words) else None


_REFERENCES = (
    "figures written as references to released values",
    "write the figure as {indicator:period}, see lscb indicators",
)
_NOT_PLAIN = (
    "a character that cannot be seen or is not plain",
    "letters, figures and common punctuation",
    "write it without symbols",
)
_MAY_BE_NAME = (
    "a word with a capital that may be somebody's name",
    "words that name no person",
    NAMES_ACTION,
)


def _problem_of(
    text: pd.Series, values: pd.DataFrame, area_code: str, words: Collection[str]
) -> Problem | None:
    heading = str(text.get("heading", "") or "")
    problem = text_problem(str(text["text"]), values, area_code, words, [heading])
    if problem and problem[1:] == _REFERENCES:
        return problem
    if text["indicator"] not in indicators() and text["kind"] not in WITHOUT_INDICATOR:
        return "an indicator that is not in the catalogue", *_REFERENCES
    return problem if all(is_plain(plainly(item)) for item in text) else _NOT_PLAIN
