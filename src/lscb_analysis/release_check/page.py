"""A page as the release check sees it: its elements, its texts, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "img", "br", "hr"})
INLINE = frozenset({"a", "em", "strong", "br", "abbr"})


@dataclass(frozen=True)
class Element:
    """One opening tag: its name, its attributes as written (twice where twice), its place."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    place: str
    within: tuple[str, ...]

    def get(self, name: str) -> str:
        """The first value of an attribute, which is the one that a browser takes."""
        return next((value for each, value in self.attributes if each == name), "")


@dataclass(frozen=True)
class Told:
    """One text: of which element, where, and what it is about (row heading, caption, heading)."""

    tag: str
    text: str
    place: str
    within: tuple[str, ...]
    about: tuple[str, ...] = ()


@dataclass
class Page:
    """All that a page holds, and what is wrong with how it is written."""

    html: str
    elements: list[Element] = field(default_factory=list)
    texts: list[Told] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    declarations: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)


def parse_page(html: str) -> Page:
    """The page of a text of HTML; nothing is refused here."""
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    reader.finish()
    return reader.page


class _Reader(HTMLParser):
    """Collects a page in one pass, block by block."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page(html)
        self._open: list[str] = []
        self._said: list[str] = []
        self._counts = {"h2": 0, "table": 0, "tr": 0, "cell": 0, "text": 0}
        self._row_header = self._caption = self._heading = ""
        self._just_opened = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self._end_block()
        self._count(tag)
        given = tuple((name, value or "") for name, value in attrs)
        element = Element(tag, given, self._place(), tuple(self._open))
        self.page.elements.append(element)
        for name in ("alt", "aria-label", "content", "title"):
            if element.get(name):
                self._tell(element.get(name), f"{tag} {name}")
        if tag not in VOID:
            self._open.append(tag)
        self._just_opened = tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.page.misplaced.append(f"<{tag}/> that is not closed, {self._place()}")

    def handle_endtag(self, tag: str) -> None:
        if self._just_opened == tag:
            self.page.misplaced.append(f"an empty <{tag}>, {self._place()}")
        self._just_opened = ""
        if tag not in INLINE:
            self._end_block()
        if not self._open or self._open.pop() != tag:
            self.page.misplaced.append(f"</{tag}> that closes nothing, {self._place()}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._just_opened = ""
        if self._open[-1:] == ["style"]:
            self.page.styles.append(data)
        else:
            self._said.append(data)

    def handle_comment(self, data: str) -> None:
        self.page.unseen.append(f"a comment, {self._place()}")

    def handle_pi(self, data: str) -> None:
        self.page.unseen.append(f"an instruction that is not shown, {self._place()}")

    def unknown_decl(self, data: str) -> None:
        self.page.unseen.append(f"a section that is not shown, {self._place()}")

    def handle_decl(self, decl: str) -> None:
        self.page.declarations.append(decl)

    def finish(self) -> None:
        """Tell what is left when the page ends."""
        self._end_block()
        if self._open:
            self.page.misplaced.append("an element that is never closed")
        rest = self.rawdata
        if rest.strip():
            self.page.unseen.append("something after the page that is not shown")

    def _end_block(self) -> None:
        text = "".join(self._said)
        self._said = []
        if text.strip():
            self._tell(text, self._open[-1] if self._open else "page")
        elif text.strip(" \n"):
            self._tell(text, "page")

    def _tell(self, text: str, tag: str) -> None:
        self._counts["text"] += 1
        told = " ".join(text.split())
        if tag == "th" and "tbody" in self._open:
            self._row_header = told
        if tag == "caption":
            self._caption = told
        if tag in ("h3", "h4"):
            self._heading = told
        about = (self._row_header, self._caption) if "table" in self._open else (self._heading,)
        self.page.texts.append(Told(tag, text, self._place(), tuple(self._open), about))

    def _count(self, tag: str) -> None:
        for opened, reset in (
            ("h2", ("table", "text")),
            ("table", ("tr", "cell", "text")),
            ("tr", ("cell",)),
        ):
            if tag == opened:
                self._counts[tag] += 1
                self._counts |= dict.fromkeys(reset, 0)
        if tag in ("td", "th"):
            self._counts["cell"] += 1
        if tag == "tr":
            self._row_header = ""
        if tag == "table":
            self._caption = ""
        if tag in ("h1", "h2"):
            self._heading = ""

    def _place(self) -> str:
        counts = self._counts
        section = f"section {counts['h2']}" if counts["h2"] else "top of the page"
        if "table" in self._open:
            cell = f", row {counts['tr']}, cell {counts['cell']}" if counts["tr"] else ""
            return f"{section}, table {counts['table']}{cell}"
        return f"{section}, text {counts['text']}"
