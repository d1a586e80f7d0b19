"""Whether an .xlsx file, which is a ZIP archive, is safe and whole, before anything opens it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

MOST_ENTRIES = 5_000
MOST_CELLS = 20_000_000  # of all sheets, from A1 to the last cell with a value: about 800 MB
LARGEST_CONTENT = 600 * 1024**2
LARGEST_RATIO = 150
_SMALL = 20 * 1024**2
_PIECE = 1024**2
_SHEET = re.compile(r"(^|/)worksheets/[^/]+\.xml$", re.IGNORECASE)
# Cells with something in them, one that is only formatted closes itself: with their place or,
# as some programs write them, without, so that they stand beside each other in their row.
_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^<>]*(?<!/)>"
)
_BARE_CELL = re.compile(rb"<(?:\w+:)?c(?:\s(?![^<>]*\br\s*=)[^<>]*)?(?<!/)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b(?:[^<>]*?\sr\s*=\s*[\"'](\d{1,7}))?")
# The same, quicker and too wide: every place that is named, and every cell.
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
# Every cell written as Excel does, and one of these that is not before row 10,000 or column DA.
_PLAIN = b'<c r="'
_FAR = re.compile(rb'<c r="(?![A-C]?[A-Z]\d{1,4}")')
_NEAR_EXTENT = 104 * 9_999


def zip_problem(content: bytes) -> str:
    """What is wrong with the archive, in words for a finding; empty where nothing is.

    Refused: more than 5,000 entries, more than 600 MB when unpacked, more than 150
    times its own size (and over 20 MB), an entry that is encrypted, cut short or not
    what its checksum says, a cell so far from the others that the sheets from their first
    cell to their last would fill the memory. Sizes are checked before anything is unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            problem = _size_problem(entries, len(content)) or _damage(archive)
            return problem or _extent_problem(archive)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError):
        return "a file that is half-written or not an .xlsx workbook"
    except RuntimeError:
        return "a workbook with a password"


def _size_problem(entries: list[zipfile.ZipInfo], size: int) -> str:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        return f"an archive of more than {MOST_ENTRIES:,} parts"
    if unpacked > LARGEST_CONTENT:
        return "a workbook of more than 600 MB when unpacked"
    if unpacked > _SMALL and unpacked > LARGEST_RATIO * size:
        return f"a workbook that unpacks to more than {LARGEST_RATIO} times its size"
    return ""


def _damage(archive: zipfile.ZipFile) -> str:
    damaged = archive.testzip()
    return "a workbook that is damaged inside" if damaged else ""


def _extent_problem(archive: zipfile.ZipFile) -> str:
    sheets = [name for name in archive.namelist() if _SHEET.search(name)]
    near = [name for name in sheets if _is_near(archive, name)]
    known = len(near) * _NEAR_EXTENT if len(near) * _NEAR_EXTENT <= MOST_CELLS else 0
    asked = [name for name in sheets if not known or name not in near]
    extents = (_named_extent(archive, name) or _extent(archive, name) for name in asked)
    if known + sum(extents) > MOST_CELLS:
        return "a workbook with a cell far away from its table"
    return ""


def _named_extent(archive: zipfile.ZipFile, name: str) -> int:
    """How many cells a sheet has up to the last place that is named; 0 if it must be looked at.

    That is where it is many, or where a cell names no place.
    """
    letters: set[bytes] = set()
    last_row, unnamed = 0, 0
    for text in _pieces(archive, name):
        places = _PLACE.findall(text)
        unnamed += len(_ANY_CELL.findall(text)) - len(places)
        letters.update({column for column, _ in places})
        last_row = max([last_row, *map(int, {row for _, row in places})])
        if unnamed > 0:
            return 0
    extent = last_row * max(map(_number, letters), default=0)
    return extent if extent <= MOST_CELLS else 0


def _is_near(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether every cell of a sheet is written as Excel does, and near: most sheets are so."""
    return all(
        b":c" not in text and text.count(_PLAIN) == _cells_in(text) and not _FAR.search(text)
        for text in _pieces(archive, name)
    )


def _cells_in(text: bytes) -> int:
    """How many elements are named `c`, without a prefix before the name."""
    return sum(text.count(b"<c" + bytes([after])) for after in b" >\t\n\r\f\v")


def _extent(archive: zipfile.ZipFile, name: str) -> int:
    """How many cells a sheet has from the first to the last row and column with a value."""
    letters: set[bytes] = set()
    last_row, last_bare_row, widest, in_row = 0, 0, 0, 0
    for text in _pieces(archive, name):
        cells = _CELL.findall(text)
        letters.update({column for column, _ in cells})
        last_row = max([last_row, *map(int, {row for _, row in cells})])
        for number, row in enumerate(_ROW.split(text)[::2]):
            in_row = (0 if number else in_row) + len(_BARE_CELL.findall(row))
            widest = max(widest, in_row)
        last_bare_row = max([last_bare_row, *map(int, filter(None, _ROW.findall(text)))])
    columns = max([widest, *map(_number, letters)])
    return max(last_row, last_bare_row if widest else 0) * columns


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The sheet's XML in pieces that begin at the start of an element."""
    rest = b""
    with archive.open(name) as sheet:
        while piece := sheet.read(_PIECE):
            text = rest + piece
            begun = text.rfind(b"<")
            rest = text[begun:] if begun > 0 and len(text) - begun < _PIECE else b""
            yield text[: len(text) - len(rest)]
    yield rest


def _number(letters: bytes) -> int:
    """The number of the column with these letters.

    >>> _number(b"A"), _number(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
