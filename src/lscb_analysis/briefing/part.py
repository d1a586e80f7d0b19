"""A part of a page: HTML that a notebook shows, made only of escaped pieces."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

NOTHING = "nothing"


@dataclass(frozen=True)
class Part:
    """One piece of a briefing, shown by Jupyter as HTML."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def safe(text: object) -> str:
    """The text with everything that HTML would take for markup escaped, its blanks single.

    An apostrophe is written as the template's own engine writes it: one way on a page.
    """
    return html.escape(" ".join(str(text).split())).replace("&#x27;", "&#39;")


def paragraph(text: str, kind: str = "") -> str:
    """One paragraph; nothing where there is no text."""
    if not text.strip():
        return ""
    shown = f' class="{kind}"' if kind else ""
    return f"<p{shown}>{safe(text)}</p>\n"


def bullets(texts: Iterable[str], kind: str = "") -> str:
    """A list of texts; nothing where there are none."""
    items = "".join(f"<li>{safe(text)}</li>" for text in texts)
    shown = f' class="{kind}"' if kind else ""
    return f"<ul{shown}>{items}</ul>\n" if items else ""
