"""A browser's PDF made plain: tags that every reader knows, and nothing of the machine in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

FIGURE, GROUP, SPAN = "/Figure", "/Div", "/Span"
NEWER = ("/Strong", "/Em")  # of PDF 2.0, which the browser does not say it writes


def plainly_tagged(content: bytes) -> bytes:
    """The same PDF; a frame round a picture and its table is a group, not a second picture.

    Its title is all that is said of it: no browser, no system, no time of its making.
    """
    import pypdf
    from pypdf.generic import NameObject

    found = pypdf.PdfReader(io.BytesIO(content))
    title = str(found.metadata.title if found.metadata else "")
    book = pypdf.PdfWriter(clone_from=found)
    book.pdf_header = found.pdf_header
    root: Any = book.root_object
    for element in _elements(root["/StructTreeRoot"]):
        if element["/S"] == FIGURE and "/Alt" not in element:
            element[NameObject("/S")] = NameObject(GROUP)
        elif element["/S"] in NEWER:
            element[NameObject("/S")] = NameObject(SPAN)
    book.metadata = {"/Title": title}
    made = io.BytesIO()
    book.write(made)
    return made.getvalue()


def _elements(tree: Any) -> Iterator[Any]:
    """Every element of the tree of tags."""
    waiting = [tree["/K"]]
    while waiting:
        each = waiting.pop().get_object()
        if isinstance(each, list):
            waiting += each
        elif hasattr(each, "get"):
            if "/S" in each:
                yield each
            if "/K" in each:
                waiting.append(each["/K"])
