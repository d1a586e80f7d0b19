"""Making the data pack of a release: written, checked, and only then moved beside the pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.manifest import pack_manifest
from lscb_analysis.briefing.pack import (
    Pack,
    data_pack_of,
    open_release,
    pack_texts,
    theme_pack_of,
)
from lscb_analysis.briefing.pack_book import FRAME, theme_part, write_pack
from lscb_analysis.briefing.places import DATA_PACK, PACK, manifest_at
from lscb_analysis.periods import Quarter
from lscb_analysis.release_check import Manifest, ManifestError, check_workbook
from lscb_analysis.settings import Settings


def make_pack(
    settings: Settings, area_code: str, quarter: Quarter, folder: Path, made: Path
) -> tuple[Manifest, Path]:
    """What the data pack was checked against, and where it lies now.

    It is written in `made` first. Raises ManifestError that tells the first problems where
    it may not be released; then none lies in the folder.
    """
    target = folder / DATA_PACK
    briefings = open_release(settings.workspace, area_code, quarter, settings.audience)
    content, manifest = _written(data_pack_of(briefings), briefings, made / DATA_PACK)
    problems = check_workbook(content, manifest)
    if problems:
        target.unlink(missing_ok=True)
        raise ManifestError(f"the data pack is not released: {'; '.join(problems[:5])}")
    held = manifest_at(settings.workspace, area_code, quarter.id, settings.audience, PACK)
    place_pack(manifest.to_json().encode(), held)
    return manifest, place_pack(content, target)


def theme_workbook(briefing: Briefing, page: Manifest, made: Path) -> bytes:
    """The workbook of one briefing's figures, checked as a data pack is.

    `page` is what the briefing's page was released with. Raises ManifestError where the
    workbook may not go, or holds a figure that the page may not.
    """
    content, manifest = _written(theme_pack_of(briefing), [briefing], made)
    problems = check_workbook(content, manifest)
    for title, figures in manifest.figures.items():
        if not figures <= page.figures.get(title, frozenset()):
            problems.append(f"a figure that the page was not released with, of {title}")
    if problems:
        raise ManifestError(f"its workbook may not go: {'; '.join(problems[:5])}")
    return content


def _written(pack: Pack, briefings: Sequence[Briefing], made: Path) -> tuple[bytes, Manifest]:
    texts = [*pack_texts(pack), *FRAME]
    manifest = pack_manifest(briefings, pack.title, texts, theme_part())
    return write_pack(pack, made).read_bytes(), manifest


def place_pack(content: bytes, target: Path) -> Path:
    """The path of the workbook, written by rename."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    try:
        partial.write_bytes(content)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target
