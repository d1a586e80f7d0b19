"""Rules on markup: only elements, attributes and links of the house, nothing unseen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lscb_analysis.release_check.manifest import Manifest, sha256
from lscb_analysis.release_check.page import Element, Page

LARGEST = 1_000_000
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
CLASSES = frozenset(
    [
        "skip",
        "marking",
        "synthetic",
        "question",
        "answer",
        "corrected",
        "exception",
        "quiet",
        "nothing",
        "left-out",
        "words",
        "author",
        "chart",
        "subtitle",
        "figures",
        "table-scroll",
        "table-note",
        "numeric",
        "contents",
        "trend",
        "none",
    ]
)
_IDS = r"main|section-\d{1,3}|table-\d{1,3}(?:-caption|-note)?"
_CLASS = r"[a-z-]+"
# every attribute that an element may have, with the form of its value
ALLOWED: Mapping[str, Mapping[str, str]] = {
    "html": {"lang": r"en-GB"},
    "head": {},
    "meta": {
        "charset": r"utf-8",
        "name": r"viewport",
        "http-equiv": r"Content-Security-Policy",
        "content": re.escape("width=device-width, initial-scale=1") + "|" + re.escape(POLICY),
    },
    "title": {},
    "style": {},
    "body": {},
    "a": {"href": r".*", "class": _CLASS},
    "img": {"src": r"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+", "alt": r"(?s).*"},
    "nav": {"aria-label": r"(?s).*"},
    "div": {
        "class": _CLASS,
        "role": r"region",
        "tabindex": r"0",
        "aria-labelledby": _IDS,
    },
    "table": {"id": _IDS, "aria-describedby": _IDS},
    "caption": {"id": _IDS},
    "th": {"scope": r"col|row", "class": _CLASS},
    "td": {"class": _CLASS},
    "details": {"class": _CLASS, "open": r""},
    **{tag: {"id": _IDS, "class": _CLASS} for tag in ("h1", "h2", "h3", "h4", "p", "main")},
    **{
        tag: {"class": _CLASS}
        for tag in (
            *("header", "footer", "section", "figure", "figcaption", "blockquote", "ol", "ul"),
            *("li", "dl", "dt", "dd", "em", "strong", "thead", "tbody", "tr", "summary"),
        )
    },
}


def size(page: Page, manifest: Manifest) -> list[str]:
    """A page is no larger than a megabyte."""
    too_large = len(page.html.encode("utf-8", "replace")) > LARGEST
    return ["a page of more than a megabyte"] if too_large else []


def unseen(page: Page, manifest: Manifest) -> list[str]:
    """No comment, instruction or section that a reader does not see."""
    found = list(page.unseen)
    if "<!--" in page.html and not found:
        found.append("a comment inside something else")
    return found


def declaration(page: Page, manifest: Manifest) -> list[str]:
    """The page begins with the one declaration of HTML, which says nothing else."""
    is_right = page.declarations == ["DOCTYPE html"] and page.html.startswith("<!DOCTYPE html>")
    return [] if is_right else ["a document declaration that is not that of our pages"]


def nesting(page: Page, manifest: Manifest) -> list[str]:
    """Every element is closed in its turn, so that every browser reads the page alike."""
    return list(page.misplaced)


def elements(page: Page, manifest: Manifest) -> list[str]:
    """Only elements that our template writes."""
    found = [each for each in page.elements if each.tag not in ALLOWED]
    return [f"a <{_named(each.tag)}> element, {each.place}" for each in found]


def attributes(page: Page, manifest: Manifest) -> list[str]:
    """Only attributes that our template writes, each once, with values of its form."""
    problems = []
    for element in page.elements:
        allowed = ALLOWED.get(element.tag, {})
        names = [name for name, _ in element.attributes]
        for name, value in element.attributes:
            if name not in allowed or names.count(name) > 1:
                problems.append(f"an attribute of <{_named(element.tag)}>, {element.place}")
            elif not re.fullmatch(allowed[name], value) or not _is_classed(name, value):
                problems.append(f"the {name} of <{_named(element.tag)}>, {element.place}")
    return problems


def links(page: Page, manifest: Manifest) -> list[str]:
    """Only links within the page and to briefings of the release."""
    ids = {each.get("id") for each in page.elements}
    found = [each for each in page.elements if each.tag == "a"]
    return [
        f"a link that is not one of the release, {each.place}"
        for each in found
        if each.get("href") not in manifest.links and not _is_within(each, ids)
    ]


def styles(page: Page, manifest: Manifest) -> list[str]:
    """Only our stylesheet, known by its hash."""
    known = len(page.styles) == 1 and sha256(page.styles[0]) in manifest.styles
    return [] if known else ["a stylesheet that is not the template's"]


def policy(page: Page, manifest: Manifest) -> list[str]:
    """The page itself forbids scripts and whatever is not in it, and declares no more."""
    metas = [each for each in page.elements if each.tag == "meta"]
    found = [each for each in metas if each.get("http-equiv")]
    is_right = (
        [each.attributes[:1] for each in metas[:1]] == [(("charset", "utf-8"),)]
        and len(metas) == 3
        and len(found) == 1
        and found[0].get("content") == POLICY
        and found[0].within == ("html", "head")
    )
    return [] if is_right else ["a page without its content security policy"]


def _is_within(element: Element, ids: set[str]) -> bool:
    target = element.get("href")
    return target.startswith("#") and target[1:] in ids


def _is_classed(name: str, value: str) -> bool:
    return name != "class" or set(value.split()) <= CLASSES


def _named(tag: str) -> str:
    """The tag where it is one of HTML's, so that a made-up name is not printed."""
    return tag if re.fullmatch(r"[a-z][a-z0-9]{0,10}", tag) and tag in KNOWN_TAGS else "..."


KNOWN_TAGS = frozenset(ALLOWED) | frozenset(
    [
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
        "map",
        "template",
        "noscript",
        "canvas",
        "dialog",
        "portal",
        "slot",
        "picture",
        "param",
        "span",
        "marquee",
        "blink",
        "center",
        "font",
        "plaintext",
        "xmp",
        "listing",
        "bgsound",
        "keygen",
    ]
)
