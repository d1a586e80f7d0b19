"""The CIN census's XML as a stream: each element's text straight into the column it belongs to."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat

from lscb_analysis.sources.cin_census_layouts import NOT_READ, TABLES, WRAPPERS
from lscb_analysis.sources.files import LARGEST_FILE, read_content
from lscb_analysis.sources.raw_tables import UnreadableFile

_SEND_AGAIN = "ask for the file again, exported as the guide has it"
_PIECE = 256 * 1024
_LONGEST = 1000
_DEEPEST = 50
_MOST_NAMES = 1000
_BLANK = b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"
_ZONE = re.compile(r"^(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)$")
_BETWEEN = re.compile(r"[\s,;]+")
_GROUPS = {table.element: name for name, table in TABLES.items() if not table.is_text}
_TEXTS = {table.element: name for name, table in TABLES.items() if table.is_text}
_TEXT_TAGS = {tag.upper(): tag for tag in _TEXTS}
_TAGS = {tag.upper(): tag for tag in (*_GROUPS, *WRAPPERS)}
_DROPPED = frozenset(name.upper() for name in NOT_READ)


@dataclass(frozen=True)
class Rows:
    """The rows of one table, column by column: a list a column, an item a row.

    `texts` by element, None where it was not sent; `paths` the number of each element on
    the way; `belongs` by table the position of the row there, -1 where there is none.
    """

    texts: dict[str, list[str | None]]
    paths: dict[str, array]
    belongs: dict[str, array]


def read_census(path: Path) -> tuple[dict[str, Rows], dict[str, int]]:
    """The rows of each table of a census, and how often each element that it cannot have occurs.

    Read in pieces, so that no more than the tables is held. Raises UnreadableFile where
    it cannot be opened, is cut short or broken, is not a census, has a DOCTYPE or an
    entity, is nested too deep, or changes while it is read.
    """
    rows: dict[str, Rows] = {name: _no_rows(name) for name in TABLES}
    strangers: dict[str, int] = {}
    parser = _parser(rows, strangers)
    try:
        for piece in _pieces(path):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except UnreadableFile:
        raise
    except (expat.ExpatError, LookupError, ValueError):
        raise UnreadableFile(
            "XML that is cut short or broken", "a whole XML file", _SEND_AGAIN
        ) from None
    return rows, strangers


def _pieces(path: Path) -> Iterator[bytes]:
    """The file in pieces.

    Raises UnreadableFile as `files.read_content` does, and where the file changes meanwhile.
    """
    try:
        with path.open("rb") as file:
            before = path.stat()
            first = file.read(_PIECE)
            if before.st_size > LARGEST_FILE or not first.strip(_BLANK):
                read_content(path)
            yield first
            while piece := file.read(_PIECE):
                yield piece
            after = path.stat()
    except OSError:
        read_content(path)
        raise UnreadableFile("a file the system cannot read", "a file", _SEND_AGAIN) from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UnreadableFile(
            "a file that changed while it was read", "a file nobody writes to", "run again"
        )


def _no_rows(name: str) -> Rows:
    table = TABLES[name]
    return Rows(
        {names[0]: [] for names in table.columns.values()},
        {tag: array("i") for tag in _way(name)},
        {parent: array("i") for parent in table.belongs},
    )


def _way(name: str) -> list[str]:
    """The elements on the way to a row of a table, its own last."""
    between = {
        "disabilities": ("ChildCharacteristics", "Disabilities"),
        "factors": ("FactorsIdentifiedAtAssessment",),
        "reviews": ("Reviews",),
    }
    parents = [TABLES[parent].element for parent in TABLES[name].belongs]
    return [*parents, *between.get(name, ()), TABLES[name].element]


def _parser(rows: dict[str, Rows], strangers: dict[str, int]) -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    handlers = _handlers(rows, strangers)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = handlers
    return parser


def _refuse(*_: Any) -> int:
    raise UnreadableFile("a DOCTYPE or entity, which a census never has", "plain XML", _SEND_AGAIN)


def _handlers(
    rows: dict[str, Rows], strangers: dict[str, int]
) -> tuple[Callable[..., None], Callable[..., None], Callable[..., None]]:
    """What to do where an element starts, where it ends, and with the text between."""
    text, depth = "", 0
    tags: dict[str, str] = {}  # by name as sent: the group's, or blank for one with a text
    open_tables: list[str] = []
    counts: list[dict[str, int]] = [{}]  # how many of each element in each open group
    numbers: dict[str, int] = {}  # which one of its kind each open group is
    at = dict.fromkeys(TABLES, -1)  # the open row of each table
    targets: dict[tuple[str, str], list[str | None] | str] = {}
    clean: dict[str, str | None] = {"": None}

    def add_row(name: str, tag: str) -> None:
        numbers[tag] = counts[-1][tag] = counts[-1].get(tag, 0) + 1
        for column in rows[name].texts.values():
            column.append(None)
        for step, column_of in rows[name].paths.items():
            column_of.append(numbers.get(step, 0))
        for parent, position in rows[name].belongs.items():
            position.append(at[parent])

    def start(name: str, _attributes: Any) -> None:
        nonlocal text, depth
        text = ""
        depth += 1
        tag = tags.get(name)
        if tag is None:
            tag = tags[name] = _learnt(name, depth, tags)
        if depth > _DEEPEST:
            raise UnreadableFile("XML nested too deep for a census", "a census", _SEND_AGAIN)
        if not tag:
            return
        table = _GROUPS.get(tag)
        if table is None:
            numbers[tag] = counts[-1][tag] = counts[-1].get(tag, 0) + 1
        else:
            add_row(table, tag)
            open_tables.append(table)
            at[table] = _length(rows[table]) - 1
        counts.append({})

    def end(name: str) -> None:
        nonlocal text, depth
        depth -= 1
        tag = tags[name]
        if tag:
            counts.pop()
            numbers[tag] = 0
            table = _GROUPS.get(tag)
            if table is not None:
                open_tables.pop()
                at[table] = -1
            return
        here = open_tables[-1] if open_tables else ""
        target = targets.get((here, name))
        if target is None:
            target = _target(open_tables, _local(name), rows)
            if _is_always(target, here, rows):
                targets[here, name] = target
        if isinstance(target, list):
            value = clean[text] if text in clean else clean.setdefault(text, _cleaned(text))
            if target[-1] is None:
                target[-1] = value
        elif target in _TEXTS:
            table = _TEXTS[target]
            for part in _parts(table, _cleaned(text)):
                add_row(table, target)
                rows[table].texts[target][-1] = clean.setdefault(part or "", part)
        elif target:
            strangers[target] = strangers.get(target, 0) + 1
        text = ""

    def data(piece: str) -> None:
        nonlocal text
        if len(text) < _LONGEST:
            text += piece[:_LONGEST]

    return start, end, data


def _learnt(name: str, depth: int, tags: dict[str, str]) -> str:
    """Which group an element is, by its name; blank where it holds a text."""
    local = _local(name)
    if depth == 1 and local != "MESSAGE":
        raise UnreadableFile("XML that is not a CIN census", "Message", _SEND_AGAIN)
    if len(tags) > _MOST_NAMES:
        raise UnreadableFile("XML that is not a CIN census", "its elements", _SEND_AGAIN)
    return _TAGS.get(local, "")


def _target(open_tables: list[str], local: str, rows: dict[str, Rows]) -> list[str | None] | str:
    """The column that a text goes to, its element where it is a row, or a stranger's name.

    Blank for one that is known and not read.
    """
    if local in _TEXT_TAGS:
        return _TEXT_TAGS[local]
    for name in reversed(open_tables):
        element = TABLES[name].elements.get(local)
        if element is not None:
            return rows[name].texts[element]
    return "" if local in _DROPPED else local


def _is_always(target: list[str | None] | str, here: str, rows: dict[str, Rows]) -> bool:
    """Whether the element goes there wherever its table's element stands: it is its own."""
    if isinstance(target, str):
        return True
    return bool(here) and any(target is column for column in rows[here].texts.values())


def _parts(table: str, text: str | None) -> list[str | None]:
    """The codes in one text: more than one where they were sent together."""
    return [*_BETWEEN.split(text)] if text and table != "reviews" else [text]


def _length(rows: Rows) -> int:
    return len(next(iter(rows.texts.values())))


def _local(name: str) -> str:
    return name.rpartition(":")[2].upper()


def _cleaned(text: str) -> str | None:
    """The text without spaces around it, a date without its time zone; None where blank."""
    stripped = text.strip()
    zoned = _ZONE.match(stripped)
    return zoned[1] if zoned else stripped or None
