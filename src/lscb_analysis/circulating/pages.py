"""The pages that a group may be sent: released, unchanged since, of its audience, the newest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lscb_analysis.audit import file_hash, read_log
from lscb_analysis.briefing.places import DATA_PACK, PACK, manifest_at, reports_folder
from lscb_analysis.periods import Quarter, parse_quarter
from lscb_analysis.release_check import Manifest, read_manifest, sha256
from lscb_analysis.releasing import RELEASE, verify_content

LOST = "what it was checked against has changed since: make it again with lscb run"
BUILT_AGAIN = "the values have been built again since it was released: make it again with lscb run"
NOT_NEWEST = "is not the newest release of its theme: make it again with lscb run"


@dataclass(frozen=True)
class Page:
    """One released page, byte for byte, and what it was released with.

    `pack` is the data pack that a page of the whole year links to, where one lies beside it.
    """

    area_code: str
    quarter: Quarter
    audience: str
    theme: str
    content: bytes
    manifest: Manifest
    pack: bytes = b""

    @property
    def digest(self) -> str:
        """The page's SHA-256, by which the audit log knows it."""
        return sha256(self.content)


class PageRefused(ValueError):
    """A page that may not be sent; the message says why and what to do."""


def latest_quarter(workspace: Path, area_code: str) -> Quarter | None:
    """The newest quarter of which something was released for any audience; None for nothing."""
    released = [line for line in read_log(workspace, area_code) if line["action"] == RELEASE]
    return max((parse_quarter(line["quarter"]) for line in released), default=None)


def is_official_only(workspace: Path, area_code: str, quarter: Quarter, audience: str) -> bool:
    """Whether official statistics are all there is for the area; not, where nothing was built."""
    folder = workspace / "data" / "processed" / area_code / quarter.id / audience
    try:
        facts = json.loads((folder / "provenance.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(facts.get("is_published_only"))


def released_page(
    workspace: Path, area_code: str, quarter: Quarter, audience: str, theme: str
) -> Page:
    """The page of one theme, checked as `lscb verify` checks it, with the bytes that were checked.

    Raises PageRefused where there is none, where it was changed, or where it is not the
    newest release of this very theme, area, quarter and audience.
    """
    folder = reports_folder(workspace, area_code, quarter, audience)
    path = folder / f"{theme}.html"
    content = _read(path)
    found = verify_content(workspace, path, content)
    if not found.is_released:
        raise PageRefused("; ".join(found.told[-2:]))
    asked = (area_code, quarter.id, audience, theme)
    if (*_of(found.line), found.theme) != asked:
        raise PageRefused(f"{path} {found.told[0]}, not the page that belongs there")
    line = _newest(read_log(workspace, area_code), quarter, audience, theme)
    if line["pages"][theme] != sha256(content):
        raise PageRefused(NOT_NEWEST)
    held = manifest_at(workspace, area_code, quarter.id, audience, theme)
    if not held.is_file() or file_hash(held) != line["manifests"][theme]:
        raise PageRefused(LOST)
    values = held.parent / "values.parquet"
    if not values.is_file() or file_hash(values) != line["values"]:
        raise PageRefused(BUILT_AGAIN)
    manifest = read_manifest(held)
    pack = _pack(workspace, folder / DATA_PACK, asked[:3]) if DATA_PACK in manifest.links else b""
    return Page(area_code, quarter, audience, theme, content, manifest, pack)


def _pack(workspace: Path, path: Path, asked: tuple[str, str, str]) -> bytes:
    content = _read(path)
    found = verify_content(workspace, path, content)
    if not found.is_released or found.theme != PACK or _of(found.line) != asked:
        raise PageRefused(f"its data pack {path} {found.told[0]}: make it again with lscb run")
    return content


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise PageRefused(f"there is no released page {path}") from None
    except OSError as error:
        raise PageRefused(f"{path} cannot be read ({error.strerror})") from error


def _of(line: Mapping[str, Any]) -> tuple[str, str, str]:
    return line["area_code"], line["quarter"], line["audience"]


def _newest(
    lines: Iterable[Mapping[str, Any]], quarter: Quarter, audience: str, theme: str
) -> Mapping[str, Any]:
    return [
        line
        for line in lines
        if line["action"] == RELEASE
        and (line["quarter"], line["audience"]) == (quarter.id, audience)
        and theme in line["pages"]
    ][-1]
