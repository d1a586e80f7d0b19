"""Commentary on its way to a briefing: approved or not, and its figures all released ones."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from lscb_analysis.catalogue import indicators
from lscb_analysis.findings import as_findings, finding
from lscb_analysis.narrative import fill_references
from lscb_analysis.release_check.told import is_plain
from lscb_analysis.vocabulary import unknown_names

EMPTY_TEXTS = pd.DataFrame(
    columns=[
        *("indicator", "period", "kind", "text", "author", "approver", "agency", "submission"),
        "heading",
    ]
).astype("str")


WITHOUT_INDICATOR = ("assurance answer", "highlight", "audit finding")


NAMES_ACTION = "write it without names; one that names nobody may be listed under words, lscb.toml"


def checked_texts(
    texts: pd.DataFrame, values: pd.DataFrame, area_code: str, words: Collection[str] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The texts whose figures are all released ones, and a finding for each that is held back.

    So is one with a word that may be somebody's name; `words` are those agreed to be none.
    References stay as they are: a briefing fills them from the values it shows. A text
    that nobody approved is kept without its words, so that the page can say so.
    """
    kept, rows = [], []
    for _, text in texts.iterrows():
        _, problems = fill_references(text["text"], values, area_code)
        text = text.map(lambda item: " ".join(str(item).replace("...", "…").split()))
        names = unknown_names(f"{text['text']} {text.get('heading', '')}", words)
        is_named = text["indicator"] in indicators()
        unknown = not is_named and text["kind"] not in WITHOUT_INDICATOR
        if problems or unknown:
            found = problems[0] if problems else "an indicator that is not in the catalogue"
            rows.append(
                finding(
                    "partner return",
                    f"{text['agency']}, {text['submission']}",
                    column="Commentary",
                    found=found,
                    expected="figures written as references to released values",
                    action="write the figure as {indicator:period}, see lscb indicators",
                )
            )
        elif not all(is_plain(str(item)) for item in text):
            rows.append(
                finding(
                    "partner return",
                    f"{text['agency']}, {text['submission']}",
                    column="Commentary",
                    found="a character that cannot be seen or is not plain",
                    expected="letters, figures and common punctuation",
                    action="write it without symbols",
                )
            )
        elif names:
            rows.append(
                finding(
                    "partner return",
                    f"{text['agency']}, {text['submission']}",
                    column="Commentary",
                    found="a word with a capital that may be somebody's name",
                    expected="words that name no person",
                    action=NAMES_ACTION,
                )
            )
        elif text["approver"]:
            kept.append(text)
        else:
            kept.append(text.to_frame().T.assign(text="").iloc[0])
    frame = pd.DataFrame(kept, columns=list(texts.columns)) if kept else EMPTY_TEXTS.copy()
    return frame.reset_index(drop=True), as_findings(rows)
