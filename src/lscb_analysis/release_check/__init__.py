"""THE RELEASE CHECK: a finished page holds what was released, and nothing else, or it stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lscb_analysis.release_check import markup, pictures, structure, told, written
from lscb_analysis.release_check.manifest import Manifest, ManifestError, read_manifest, sha256
from lscb_analysis.release_check.page import Page, parse_page
from lscb_analysis.release_check.workbook import check_workbook

__all__ = [
    "RULES",
    "Manifest",
    "ManifestError",
    "check_release",
    "check_workbook",
    "read_manifest",
    "sha256",
]

Rule = Callable[[Page, Manifest], list[str]]
RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        *(markup.size, markup.declaration, markup.unseen, markup.nesting, markup.elements),
        *(markup.attributes, markup.links, markup.styles, markup.policy),
        *(pictures.images, pictures.drawings, pictures.alternatives),
        *(told.figures, told.words, told.characters),
        *(structure.headings, structure.captions, structure.scopes, structure.language),
        *(structure.title, structure.marking, structure.synthetic, structure.landmarks),
        *(structure.charted, written.written, written.references, written.repeats),
        written.shape,
    )
}


def check_release(
    html: str, manifest: Manifest, rules: Mapping[str, Rule] | None = None
) -> list[str]:
    """Every reason why a page may not be released: kind and place, never what was found.

    Default-deny: what no rule knows is refused. The rules never see how the page was made,
    only the page and the manifest of what was released.
    """
    page = parse_page(html)
    found = [problem for rule in (rules or RULES).values() for problem in rule(page, manifest)]
    return list(dict.fromkeys(found))
