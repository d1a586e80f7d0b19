"""The release check on a finished page: what it must hold, and what it must never hold.

A first set of rules; each names place and kind, never what was found.
"""

from __future__ import annotations

import base64
import binascii
import re
from html.parser import HTMLParser

LARGEST = 1_000_000
REKEYED = "LSCBID"
_SVG = "data:image/svg+xml;base64,"
_FORBIDDEN = (
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "base",
    "svg",
    "link",
    "video",
    "audio",
    "source",
    "track",
    "frame",
    "frameset",
    "applet",
    "button",
    "select",
    "textarea",
    "math",
    "area",
    "template",
    "noscript",
)
_REMOTE = re.compile(r"(?:https?:)?//|(?:@import|url\()", re.IGNORECASE)
_PATHS = re.compile(r"(?:/(?:home|root|Users|tmp|var|mnt|opt|srv)/|\b[A-Z]:\\)")
_ERRORS = re.compile(r"Traceback|\b[A-Z]\w*(?:Error|Exception|Warning)\b")
_LINK = re.compile(r"#[\w-]+|(?:[\w-]+/)*[\w-]+\.html(?:#[\w-]+)?")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHECKED_APART = {("a", "href"), ("img", "src")}
_IN_SVG = re.compile(
    r"<script|<foreignObject|<!--|\son\w+=|(?:href|src)\s*=\s*\"(?!#)", re.IGNORECASE
)
_VOID = {"meta", "img", "br", "hr", "link", "input", "col"}


class _Page(HTMLParser):
    """What a page holds, collected in one pass."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[str] = []
        self.headings: list[int] = []
        self.text: list[str] = []
        self.places: dict[str, list[str]] = {"header": [], "footer": [], "title": []}
        self.attributes: list[str] = []
        self.tables: list[dict[str, int]] = []
        self._open: list[str] = []
        self._unworded = ""
        self.lang = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element and what is wrong with it."""
        given = {name: value or "" for name, value in reversed(attrs)}  # a browser takes the first
        if tag not in _VOID:
            self._open.append(tag)
        if tag in _FORBIDDEN:
            self.problems.append(f"a <{tag}> element")
        if any(name.startswith("on") for name in given):
            self.problems.append(f"a handler on <{tag}>")
        self._attributes(tag, given)
        if "hidden" in given or _HIDDEN.search(given.get("style", "")):
            self.problems.append(f"a hidden <{tag}>")
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.problems.append("a page that moves on by itself")
        if tag == "html":
            self.lang = given.get("lang", "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "table":
            self.tables.append({"caption": 0, "worded": 0, "unscoped": 0, "th": 0, "named": 0})
        if tag in ("caption", "th") and self.tables:
            self.tables[-1][tag] += 1
            self._unworded = tag
        if tag == "th" and self.tables and given.get("scope") not in ("col", "row"):
            self.tables[-1]["unscoped"] += 1
        if tag == "img":
            self._image(given)
        if tag == "a" and not _LINK.fullmatch(given.get("href", "#main")):
            self.problems.append("a link that leaves the folder of briefings")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of one element."""
        if tag in self._open:
            while self._open and self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Note text, and what a stylesheet must not hold."""
        if self._open and self._open[-1] == "style":
            if _REMOTE.search(data):
                self.problems.append("a stylesheet that refers to something outside the page")
            return
        if self._unworded in self._open and data.strip():
            self.tables[-1]["worded" if self._unworded == "caption" else "named"] += 1
            self._unworded = ""
        self.text.append(data)
        for place, told in self.places.items():
            if place in self._open:
                told.append(data)

    def handle_comment(self, data: str) -> None:
        """A page has no comments."""
        self.problems.append("a comment")

    def handle_pi(self, data: str) -> None:
        """A browser takes a processing instruction for a comment."""
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        """A browser takes a CDATA section for a comment."""
        self.handle_comment(data)

    def _attributes(self, tag: str, given: dict[str, str]) -> None:
        for name, value in given.items():
            if (tag, name) in _CHECKED_APART:
                continue
            self.attributes.append(value)
            if name in ("srcset", "imagesrcset", "ping"):
                self.problems.append(f"<{tag} {name}> refers to something outside the page")
            if _REMOTE.search(value):
                self.problems.append(f"<{tag} {name}> refers to something outside the page")

    def _image(self, given: dict[str, str]) -> None:
        if len(given.get("alt", "").split()) < 3:
            self.problems.append("an image without a real text alternative")
        source = given.get("src", "")
        if not source.startswith(_SVG):
            self.problems.append("an image that is not one of our charts")
            return
        try:
            picture = base64.b64decode(source[len(_SVG) :], validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            self.problems.append("an image that cannot be read")
            return
        if _IN_SVG.search(picture):
            self.problems.append("an image that holds more than a picture")
        if REKEYED in picture or _PATHS.search(picture):
            self.problems.append("an identifier or a path in an image")


def check_page(html: str, *, marking: str, is_synthetic: bool) -> list[str]:
    """Every reason why a page may not be released: place and kind, never the value."""
    page = _Page()
    page.feed(html)
    page.close()
    problems = list(page.problems)
    text = " ".join(page.text)
    told = " ".join([text, *page.attributes])
    if "<!--" in html and "a comment" not in problems:
        problems.append("a comment")
    if len(html.encode("utf-8")) > LARGEST:
        problems.append("a page of more than a megabyte")
    if page.headings.count(1) != 1:
        problems.append("not exactly one main heading")
    if any(
        after - before > 1 for before, after in zip(page.headings, page.headings[1:], strict=False)
    ):
        problems.append("a heading level that is skipped")
    for number, table in enumerate(page.tables, start=1):
        if not table["caption"] == table["worded"] == 1:
            problems.append(f"table {number} has no caption")
        if table["unscoped"]:
            problems.append(f"table {number} has a heading without a scope")
        if table["named"] < table["th"]:
            problems.append(f"table {number} has a heading without words")
    if page.lang != "en-GB":
        problems.append("a page that does not say its language")
    if not "".join(page.places["title"]).strip():
        problems.append("a page without a title")
    ends = ("".join(page.places[place]) for place in ("header", "footer"))
    if not marking.strip() or not all(marking in end for end in ends):
        problems.append("a page without its protective marking at top and bottom")
    if ("SYNTHETIC DATA" in text) != is_synthetic:
        problems.append("a page that does not say rightly whether its data are synthetic")
    if REKEYED in html or REKEYED in told or _PATHS.search(told):
        problems.append("an identifier or a path in the text")
    if _ERRORS.search(told):
        problems.append("an error message in the text")
    return problems
