"""Making the data pack of a release: written, checked, and only then moved beside the pages."""

from __future__ import annotations

from pathlib import Path

from lscb_analysis.briefing.manifest import pack_manifest
from lscb_analysis.briefing.pack import data_pack_of, open_release, pack_texts
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
    pack = data_pack_of(briefings)
    manifest = pack_manifest(briefings, pack.title, [*pack_texts(pack), *FRAME], theme_part())
    content = write_pack(pack, made / DATA_PACK).read_bytes()
    problems = check_workbook(content, manifest)
    if problems:
        target.unlink(missing_ok=True)
        raise ManifestError(f"the data pack is not released: {'; '.join(problems[:5])}")
    held = manifest_at(settings.workspace, area_code, quarter.id, settings.audience, PACK)
    held.write_text(manifest.to_json(), "utf-8", newline="\n")
    return manifest, place_pack(content, target)


def place_pack(content: bytes, target: Path) -> Path:
    """The path of the workbook, written by rename."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    partial.write_bytes(content)
    partial.replace(target)
    return target
