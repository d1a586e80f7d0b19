"""The release check of a data pack: a workbook of released figures, with nothing unseen in it.

Default-deny, like that of a page: a part, an element, an attribute or a format that no rule
knows is refused, and so is every figure that was not released of its row's indicator.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

from lscb_analysis.release_check.book import (
    BOOK,
    NUMBER_FORMAT,
    STRINGS,
    STYLES,
    Trees,
    cells_of,
    local_name,
    sheet_names,
    tag_of,
)
from lscb_analysis.release_check.manifest import Manifest, sha256
from lscb_analysis.release_check.tokens import figures_in, words_in
from lscb_analysis.release_check.told import is_plain, kind_of

LARGEST = 50_000_000  # unpacked
SYNTHETIC = "SYNTHETIC DATA"
CORE, APP = "docProps/core.xml", "docProps/app.xml"
THEME, TYPES = "xl/theme/theme1.xml", "[Content_Types].xml"
_FIXED = (BOOK, CORE, APP, STRINGS, STYLES, THEME, TYPES, "_rels/.rels")
_PART = re.compile(
    r"xl/(_rels/workbook\.xml\.rels|worksheets/sheet\d+\.xml|tables/table\d+\.xml"
    r"|worksheets/_rels/sheet\d+\.xml\.rels)"
)
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
_ELEMENTS: Mapping[str, frozenset[str]] = {
    BOOK: frozenset(
        [
            *("workbook", "fileVersion", "workbookPr", "bookViews", "workbookView"),
            *("sheets", "sheet", "calcPr"),
        ]
    ),
    STRINGS: frozenset(["sst", "si", "t"]),
    TYPES: frozenset(["Types", "Default", "Override"]),
    "rels": frozenset(["Relationships", "Relationship"]),
    "tables": frozenset(["table", "tableColumns", "tableColumn", "tableStyleInfo"]),
    "worksheets": frozenset(
        [
            *("worksheet", "dimension", "sheetViews", "sheetView", "sheetFormatPr", "cols", "col"),
            *("sheetData", "row", "c", "v", "hyperlinks", "hyperlink", "pageMargins"),
            *("tableParts", "tablePart"),
        ]
    ),
}
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "sheet": frozenset(["name", "sheetId", "id"]),
    "row": frozenset(["r", "spans"]),
    "c": frozenset(["r", "s", "t"]),
    "col": frozenset(["min", "max", "width", "customWidth", "style"]),
    "hyperlink": frozenset(["ref", "location", "display"]),
    "sheetView": frozenset(["showGridLines", "tabSelected", "workbookViewId"]),
    "sheetFormatPr": frozenset(["defaultRowHeight"]),
    "table": frozenset(["id", "name", "displayName", "ref", "totalsRowShown"]),
    "tableColumn": frozenset(["id", "name"]),
}
_TOLD_IN = (STRINGS, CORE, APP)  # the parts whose elements have texts; those of a sheet are cells
_FONTS = frozenset({"Arial", "Calibri", "Cambria", "Normal"})
_SHORT, _NARROWEST = 24, 3.0
_COLOURS = ("FF0000FF", "FF000000")
_FORMULA = re.compile(r"[=+\-@\t\r]")
_APP_SAYS = frozenset({"Microsoft Excel", "Worksheets", "12.0000", "false", "0"})
_UNSEEN = (b"<!", b"<?xml-", b"<?mso")
_TIME = "2000-01-01T00:00:00Z"


def check_workbook(content: bytes, manifest: Manifest) -> list[str]:
    """Every reason why a workbook may not be released: kind and place, never what was found."""
    try:
        parts = _parts_of(content)
        if not parts:
            return ["a file that holds more than a workbook of ours, or twice the same part"]
        if any(mark in each for each in parts.values() for mark in _UNSEEN):
            return ["a declaration, comment or instruction that a reader does not see"]
        trees = {name: ElementTree.fromstring(part) for name, part in parts.items()}
        problems: list[str] = []
        if not manifest.styles.issuperset({sha256(parts.get(THEME, b""))}):
            problems.append("a theme of colours that is not ours")
        for rule in (_parts, _markup, _links, _styles, _properties, _sheets, _strings, _told):
            problems += rule(trees, manifest)
    except (zipfile.BadZipFile, ElementTree.ParseError, ValueError, LookupError):
        return ["a file that is not a workbook of ours"]
    return list(dict.fromkeys(problems))


def _parts_of(content: bytes) -> dict[str, bytes]:
    """The parts by name; none where the file is too large or holds anything beside them."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        held = book.infolist()
        is_plain_file = content.startswith(b"PK\x03\x04") and content[-22:-18] == b"PK\x05\x06"
        is_too_large = sum(each.file_size for each in held) > LARGEST
        is_more = any(each.extra or each.comment for each in held)
        is_twice = len({each.filename for each in held}) < len(held)
        if not is_plain_file or is_too_large or is_more or is_twice:
            return {}
        return {each.filename: book.read(each) for each in held}


def _parts(trees: Trees, manifest: Manifest) -> list[str]:
    """Only the parts that our workbook has: no macro, drawing, comment, link to another."""
    strange = [name for name in trees if name not in _FIXED and not _PART.fullmatch(name)]
    missing = [name for name in _FIXED if name not in trees]
    return ["a part of the workbook that is not ours"] * bool(strange or missing)


def _markup(trees: Trees, manifest: Manifest) -> list[str]:
    """Only cells of texts and numbers: no formula, no merged, hidden or validated cell."""
    problems = []
    for name, tree in trees.items():
        allowed = _ELEMENTS.get(_kind_of(name), frozenset())
        for element in tree.iter():
            tag, attributes = tag_of(element), {local_name(each) for each in element.attrib}
            if allowed and tag not in allowed:
                problems.append(f"an element that is not ours in {_named(name)}")
            if allowed and not attributes <= _ATTRIBUTES.get(tag, attributes):
                problems.append(f"an attribute that is not ours in {_named(name)}")
            is_told = name in _TOLD_IN or (tag == "v" and _SHEET.fullmatch(name))
            if (element.tail or "").strip() or ((element.text or "").strip() and not is_told):
                problems.append(f"a text that no cell shows in {_named(name)}")
            if tag == "col" and float(element.get("width", "0")) < _NARROWEST:
                problems.append(f"a column too narrow to be seen in {_named(name)}")
    return problems


def _links(trees: Trees, manifest: Manifest) -> list[str]:
    """Only links to the top of the workbook's own sheets, and parts that point at each other."""
    known = {f"'{name}'!A1" for name in sheet_names(trees).values()}
    problems = []
    for name, tree in trees.items():
        for element in tree.iter():
            if tag_of(element) == "hyperlink" and element.get("location") not in known:
                problems.append("a link that does not lead to a sheet of the workbook")
            if tag_of(element) == "Relationship" and not _is_inside(element):
                problems.append(f"a link out of the workbook in {_named(name)}")
    return problems


def _styles(trees: Trees, manifest: Manifest) -> list[str]:
    """Only formats that show a number as it is, in a colour and size that can be read."""
    problems = []
    for element in trees[STYLES].iter():
        tag, code = tag_of(element), element.get("formatCode", "")
        if tag == "numFmt" and not NUMBER_FORMAT.fullmatch(code):
            problems.append("a number format that is not ours")
        if tag.endswith("olor") and element.get("rgb", _COLOURS[0]) not in _COLOURS:
            problems.append("a colour that is not ours")
        if tag == "sz" and float(element.get("val", "0")) < 10:
            problems.append("letters that are too small")
        if tag == "protection":
            problems.append("a cell that is protected or hidden")
        names = [element.get("name", "Arial")] + ([element.get("val", "")] if tag == "name" else [])
        is_long = any(len(each) > _SHORT for each in element.attrib.values())
        if is_long or not _FONTS.issuperset(names):
            problems.append("a style that is not ours")
    return problems


def _properties(trees: Trees, manifest: Manifest) -> list[str]:
    """Title and language among the properties, and nothing of who made it, or when."""
    core = {tag_of(each): (each.text or "") for each in trees[CORE]}
    problems = []
    if core.pop("title", "") != manifest.title:
        problems.append("a title that is not the data pack's")
    if core.pop("language", "") != "en-GB":
        problems.append("a workbook that does not say its language")
    if set(core.values()) - {"", _TIME}:
        problems.append("a property of the workbook that is not ours")
    named = set(sheet_names(trees).values())
    said = {(each.text or "").strip() for each in trees[APP].iter()} - {""}
    if {each for each in said - named - _APP_SAYS if each != str(len(named))}:
        problems.append("a property of the program that is not ours")
    return problems


def _sheets(trees: Trees, manifest: Manifest) -> list[str]:
    """Every sheet is shown, marked, has a title first, and at most one table with headings."""
    problems = []
    names = sheet_names(trees)
    parts = {name for name in trees if _SHEET.fullmatch(name)}
    if parts != set(names):
        problems.append("a sheet that is not in the workbook's list")
    texts: dict[str, list[str]] = {}
    for cell in cells_of(trees):
        texts.setdefault(cell.sheet, []).append(cell.text)
    for at in range(1, len(names) + 1):
        said = texts.get(f"sheet {at}", [])
        if manifest.marking not in said:
            problems.append(f"a sheet without its marking: sheet {at}")
        if any(text.startswith(SYNTHETIC) for text in said) != manifest.is_synthetic:
            problems.append(f"a sheet that does not say rightly if data are synthetic: sheet {at}")
    for name, tree in trees.items():
        if sum(tag_of(each) == "tablePart" for each in tree.iter()) > 1:
            problems.append(f"more than one table in {_named(name)}")
    return problems


def _strings(trees: Trees, manifest: Manifest) -> list[str]:
    """Every text, used or not, in sheets, tables and names: known words, and no formula."""
    texts = [each.text or "" for each in trees[STRINGS].iter() if tag_of(each) == "t"]
    texts += sheet_names(trees).values()
    for tree in trees.values():
        for element in tree.iter():
            if tag_of(element) in ("table", "tableColumn", "hyperlink"):
                given = ("name", "displayName", "display")
                texts += [element.get(each, "").replace("_", " ") for each in given]
    problems = []
    for text in texts:
        if not is_plain(text):
            problems.append("a character that is not plain, in a text")
        if _FORMULA.match(text):
            problems.append("a text that a program may take for a formula")
        for word in words_in(text):
            if word.casefold() not in manifest.words:
                problems.append(f"{kind_of(word)}, in a text")
        for figure in figures_in(text):
            if figure not in manifest.everything:
                problems.append(f"{kind_of(figure)}, in a text")
    return problems


def _told(trees: Trees, manifest: Manifest) -> list[str]:
    """Every figure is released of the indicator in its row's first cell; a number even so."""
    problems = []
    title, row = "", ("", "")
    for cell in cells_of(trees):
        if (cell.sheet, cell.row) != row:
            title, row = cell.text, (cell.sheet, cell.row)
        figures = manifest.figures.get(title, frozenset())
        allowed = figures if cell.is_number else figures | manifest.labels
        problems += [
            f"{kind_of(figure)}, {cell.place}"
            for figure in figures_in(cell.text)
            if figure not in allowed
        ]
    return problems


def _is_inside(relationship: ElementTree.Element) -> bool:
    target = relationship.get("Target", "")
    is_plain_target = bool(
        re.fullmatch(r"(\.\./)?[A-Za-z]+(/[A-Za-z]+)?/?[A-Za-z]+\d*\.xml", target)
    )
    return relationship.get("TargetMode", "Internal") == "Internal" and is_plain_target


def _kind_of(part: str) -> str:
    """The part itself, or what kind of part it is: a list of relations, a sheet, a table."""
    if part in _ELEMENTS:
        return part
    return "rels" if part.endswith(".rels") else part.split("/")[1] if "/" in part else part


def _named(part: str) -> str:
    return part if _PART.fullmatch(part) or part in _FIXED else "a part of the workbook"
