"""What is enclosed of a page: the page itself, its PDF, and the workbook of its figures."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lscb_analysis.briefing.briefing import open_briefing
from lscb_analysis.briefing.packing import theme_workbook
from lscb_analysis.briefing.places import DATA_PACK
from lscb_analysis.catalogue import briefed_indicators, measured_themes
from lscb_analysis.circulating.pages import Page
from lscb_analysis.circulating.printing import PdfError, chromium_program, pdf_of

HTML, PDF, XLSX = "text/html", "application/pdf", (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)  # fmt: skip


@dataclass(frozen=True)
class Enclosure:
    """One file that goes with a message: its name, what it is, its bytes."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Enclosed:
    """All files of one page; `lacks` says why one is not there, `is_wrong` that one had to be."""

    page: Page
    files: tuple[Enclosure, ...]
    lacks: tuple[str, ...] = ()
    is_wrong: bool = False


def enclosed(workspace: Path, page: Page, program: str | None = None) -> Enclosed:
    """The page with its PDF and workbook; a file that cannot be made is said, and left out.

    `program` is the browser, by default the machine's own; '' where there is none.
    """
    files, lacks = [Enclosure(f"{page.theme}.html", HTML, page.content)], []
    program = chromium_program() if program is None else program
    try:
        if not program:
            raise PdfError("there is no Chromium, Chrome or Edge on this machine")
        files.append(Enclosure(f"{page.theme}.pdf", PDF, pdf_of(program, page)))
    except PdfError as error:
        lacks.append(f"{page.theme} goes without a PDF: {error}")
    is_wrong = False
    if briefed_indicators(page.theme):
        try:
            files.append(Enclosure(f"{page.theme}.xlsx", XLSX, _workbook(workspace, page)))
        except (ValueError, OSError) as error:
            lacks.append(f"{page.theme} goes without a workbook: {error}")
            is_wrong = True
    else:
        lacks.append(f"{page.theme} has no workbook: it has no indicators of its own")
    return Enclosed(page, tuple(files), tuple(lacks), is_wrong)


def _workbook(workspace: Path, page: Page) -> bytes:
    briefing = open_briefing(page.theme, page.area_code, page.quarter.id, page.audience, workspace)
    with tempfile.TemporaryDirectory(prefix="lscb-workbook-", ignore_cleanup_errors=True) as made:
        return theme_workbook(briefing, page.manifest, Path(made) / f"{page.theme}.xlsx")


def data_pack(pages: Sequence[Page], themes: Sequence[str]) -> list[Enclosure]:
    """The data pack of all themes, for a group that is briefed on all of them."""
    has_all = set(measured_themes()) <= set(themes)
    packs = [page.pack for page in pages if page.pack]
    return [Enclosure(DATA_PACK, XLSX, packs[0])] if has_all and packs else []
