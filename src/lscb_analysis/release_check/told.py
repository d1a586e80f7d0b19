"""Rules on what a page says: figures of the manifest, words of the house, plain characters."""

from __future__ import annotations

import re

from lscb_analysis.release_check.manifest import Manifest
from lscb_analysis.release_check.page import Page, Told
from lscb_analysis.release_check.tokens import figures_in, words_in

CHART_FIGURES = "Figures of the chart: "
_QUIET_TAGS = ("meta content", "page")
_CHARACTERS = re.compile(r"[ -~\n£°²·×é–—‘’“”•…−≥≤→]*")
_BLANKS = re.compile(r"[^\S\n]{2}|[^\S\n]\n|[\t\r\f\v]|\n{4}")
_TALLY = re.compile(r"([^\w\s])(?:\s*\1)+")  # strokes can be counted
_UNQUOTED = ("blockquote",)
_PATH = re.compile(r"[A-Za-z]:\\|(?:^|\s)/\w+/|\\\\\w")
_MAIL = re.compile(r"\S@\S|://|www\.")
_PERSONAL = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d{12}|\d{3} ?\d{3} ?\d{4}")
_LONG = 24


def figures(page: Page, manifest: Manifest) -> list[str]:
    """Every figure is one that was released, of the indicator that the text is about."""
    return [
        f"{kind_of(figure)}, {told.place}"
        for told in _spoken(page)
        for figure in figures_in(told.text)
        if figure not in _allowed(told, manifest)
    ]


def words(page: Page, manifest: Manifest) -> list[str]:
    """Every word is one that the house, the catalogue or an approved text has."""
    return [
        f"{kind_of(word, told.text)}, {told.place}"
        for told in _spoken(page)
        for word in words_in(told.text)
        if word.casefold() not in manifest.words
    ]


def characters(page: Page, manifest: Manifest) -> list[str]:
    """Plain characters only: none that cannot be seen, that looks like another, or that counts."""
    problems = [
        f"a character that is not plain, {told.place}"
        for told in page.texts
        if not is_plain(told.text)
    ]
    blanks = _BLANKS.search(page.html.replace(page.styles[0], "") if page.styles else page.html)
    return problems + (["blanks that a reader does not see"] if blanks else [])


def is_plain(text: str) -> bool:
    """Whether a text has plain characters only, and no marks that could be counted.

    >>> is_plain("Reviews – held in time"), is_plain("Reviews \\u200b")
    (True, False)
    """
    return bool(_CHARACTERS.fullmatch(text)) and not _TALLY.search(text)


def kind_of(piece: str, text: str = "") -> str:
    """What a piece that may not be there looks like; never the piece itself.

    >>> [kind_of(piece) for piece in ("17", "/home/ann/x.csv", "C:\\\\data", "943 476 5919")]
    ['a figure that was not released', 'a path', 'a path', 'an identifier']
    """
    for pattern, kind in (
        (_PATH, "a path"),
        (_MAIL, "an address"),
        (_PERSONAL, "an identifier"),
    ):
        if pattern.search(piece) or (text and pattern.search(text)):
            return kind
    if len(piece) > _LONG:
        return "an encoded text"
    return (
        "a figure that was not released"
        if any(each.isdigit() for each in piece)
        else "a word that is not known"
    )


def _spoken(page: Page) -> list[Told]:
    return [told for told in page.texts if told.tag not in _QUIET_TAGS[:1]]


def _allowed(told: Told, manifest: Manifest) -> frozenset[str]:
    if any(tag in told.within for tag in _UNQUOTED):
        return manifest.everything
    for caption, figures in manifest.tables.items():
        if "tbody" in told.within and told.about[-1].startswith(caption):
            return manifest.labels | manifest.loose | figures
    title = _title_of(told, manifest)
    return manifest.labels | manifest.figures[title] if title else manifest.everything


def _title_of(told: Told, manifest: Manifest) -> str:
    """The title of the indicator that a text is about: the longest that its place begins with."""
    own = told.text if told.tag in ("h3", "caption") else ""
    for about in (" ".join(own.split()), *told.about):
        heading = about.removeprefix(CHART_FIGURES)
        titles = [title for title in manifest.figures if heading.startswith(title)]
        if titles:
            return max(titles, key=len)
    return ""
