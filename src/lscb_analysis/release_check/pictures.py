"""Rules on pictures: only our charts, known by hash, that hold a drawing and nothing else."""

from __future__ import annotations

import base64
import binascii
import re

from lscb_analysis.release_check.manifest import Manifest, sha256
from lscb_analysis.release_check.page import Page

START = "data:image/svg+xml;base64,"
_DRAWN = re.compile(r"<(/?)([A-Za-z][\w:.-]*)")
_ELEMENTS = frozenset(
    ["svg", "g", "defs", "style", "path", "use", "text", "rect", "clipPath", "tspan", "pattern"]
)
_ATTRIBUTES = re.compile(r"\s([\w:-]+)=")
_NAMES = frozenset(
    [
        "width",
        "height",
        "viewBox",
        "xmlns",
        "xmlns:xlink",
        "version",
        "id",
        "d",
        "style",
        "x",
        "y",
        "transform",
        "clip-path",
        "xlink:href",
        "type",
        "fill",
        "patternUnits",
    ]
)
_REFERENCE = re.compile(r"(?:href=\"|url\()(?!#)")
_HEAD = re.compile(r"<\?xml version=\"1\.0\"[^?]*\?>\s*")
_STYLE = re.compile(
    r"<style type=\"text/css\">\*\{stroke-linejoin: round; stroke-linecap: butt\}</style>"
)


def images(page: Page, manifest: Manifest) -> list[str]:
    """Only charts that were drawn for this page, byte for byte."""
    return [
        f"an image that is not one of this page's charts, {place}"
        for picture, place in _pictures(page)
        if picture is None or sha256(picture) not in manifest.images
    ]


def drawings(page: Page, manifest: Manifest) -> list[str]:
    """A chart holds a drawing and its words: nothing hidden, nothing from elsewhere."""
    problems = []
    for picture, place in _pictures(page):
        if _holds_more((picture or b"").decode("utf-8", "replace")):
            problems.append(f"a chart that holds more than a drawing, {place}")
    return problems


def alternatives(page: Page, manifest: Manifest) -> list[str]:
    """Every image says in words what it shows."""
    return [
        f"an image without a real text alternative, {each.place}"
        for each in page.elements
        if each.tag == "img" and len(each.get("alt").split()) < 3
    ]


def _pictures(page: Page) -> list[tuple[bytes | None, str]]:
    found: list[tuple[bytes | None, str]] = []
    for element in page.elements:
        if element.tag == "img":
            source = element.get("src")
            try:
                coded = source.removeprefix(START)
                picture = base64.b64decode(coded, validate=True)
                is_ours = source.startswith(START) and base64.b64encode(picture).decode() == coded
                found.append((picture if is_ours else None, element.place))
            except (binascii.Error, ValueError):
                found.append((None, element.place))
    return found


def _holds_more(text: str) -> bool:
    body = _STYLE.sub("", _HEAD.sub("", text, count=1))
    tags = {name for _, name in _DRAWN.findall(body)}
    given = {name for tag in re.findall(r"<[^>]*>", body) for name in _ATTRIBUTES.findall(tag)}
    return bool(
        "<!" in body
        or "<?" in body
        or "<style" in body
        or not tags <= _ELEMENTS
        or not given <= _NAMES
        or _REFERENCE.search(body)
        or re.search(
            r"(?:opacity|visibility|display|font-size: 0)\s*[:;\"]?\s*(?:0[;\"]|none|hidden)", body
        )
    )
