"""Whether an .xlsx file, which is a ZIP archive, is safe and whole, before anything opens it."""

from __future__ import annotations

import io
import zipfile

MOST_ENTRIES = 5_000
LARGEST_CONTENT = 600 * 1024**2
LARGEST_RATIO = 150
_SMALL = 20 * 1024**2


def zip_problem(content: bytes) -> str:
    """What is wrong with the archive, in words for a finding; empty where nothing is.

    Refused: more than 5,000 entries, more than 600 MB when unpacked, more than 150
    times its own size (and over 20 MB), an entry that is encrypted, cut short or not
    what its checksum says. Sizes are checked before anything is unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            return _size_problem(entries, len(content)) or _damage(archive)
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
