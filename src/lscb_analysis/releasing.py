"""Releasing: the audit log of a run, the second person's release, and the check of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lscb_analysis.audit import file_hash, folder_hash, log, read_log, released_pages
from lscb_analysis.briefing.briefing import USUAL_AUDIENCE, open_briefing
from lscb_analysis.briefing.opening import questions_asked
from lscb_analysis.briefing.packing import place_pack
from lscb_analysis.briefing.places import (
    AT_ONCE,
    DATA_PACK,
    PACK,
    drafts_folder,
    manifest_at,
    reports_folder,
)
from lscb_analysis.briefing.release import Outcome, write_indexes, write_page
from lscb_analysis.catalogue import measured_themes, themes
from lscb_analysis.challenges import remember
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline import Built
from lscb_analysis.release_check import check_release, check_workbook, read_manifest, sha256
from lscb_analysis.releases import PANEL, register_release, register_state, two_people
from lscb_analysis.settings import FILE_NAME, Settings
from lscb_analysis.state import StateError

RUN, RELEASE = "run", "release"
CHECKLIST = (
    "Every draft has been read from top to bottom, by somebody who did not make it.",
    "No sentence, commentary or combination of figures points to one child or family.",
    "The figures agree with what the partners sent; those that changed carry their reason.",
    "The marking is right for this audience, and so is the list of those who get it.",
    "The board's chair (for the public) or the panel's (for the panel) knows of the release.",
)


@dataclass(frozen=True)
class Verified:
    """What came of the check of one file: whether it is a released page, and in words.

    Of a released file, `theme` is what it is of and `line` what the audit log says of its
    release.
    """

    path: Path
    is_released: bool
    told: tuple[str, ...]
    theme: str = ""
    line: Mapping[str, Any] = field(default_factory=dict)


def log_run(settings: Settings, area_code: str, built: Built, outcomes: Sequence[Outcome]) -> None:
    """Write a run into the audit log and, where its pages are out at once, into the register.

    The questions that the partnership's pages ask go into the challenge log. Raises
    StateError where one of them cannot be relied on.
    """
    is_out = settings.audience in AT_ONCE
    passed = [outcome for outcome in outcomes if outcome.page]
    if is_out and not built.is_published_only:
        register_release(settings.workspace, area_code, built.quarter.id, settings.audience)
    if settings.audience == USUAL_AUDIENCE:
        _remember_questions(settings, area_code, built.quarter, passed)
    log(
        settings.workspace,
        area_code,
        RELEASE if is_out else RUN,
        **_facts(settings, area_code, built.quarter),
        gate="passed",
        refused=sorted(outcome.theme for outcome in outcomes if outcome.problems),
        pages={outcome.theme: outcome.page for outcome in passed},
        manifests={each.theme: each.manifest for each in outcomes if each.manifest},
        packs={f"{each.theme}.xlsx": each.pack for each in outcomes if each.pack},
        register=register_state(settings.workspace, area_code),
    )


def _remember_questions(
    settings: Settings, area_code: str, quarter: Quarter, passed: Sequence[Outcome]
) -> None:
    asked = {
        outcome.theme: questions_asked(
            open_briefing(
                outcome.theme, area_code, quarter.id, settings.audience, settings.workspace
            )
        )
        for outcome in passed
        if outcome.theme in measured_themes()
    }
    remember(settings.workspace, area_code, quarter.id, asked)


def release_drafts(
    settings: Settings, area_code: str, quarter: Quarter, first: str, second: str
) -> list[Path]:
    """The pages that two people have released: checked once more, moved, registered, logged.

    Raises StateError where the names are blank or the same, where there is no draft, or
    where a draft is no longer the one that passed; then nothing is released.
    """
    names = two_people(first, second)
    workspace, audience = settings.workspace, settings.audience
    drafts = drafts_folder(workspace, area_code, quarter, audience)
    line = _last_run(settings, area_code, quarter)
    values = workspace / "data" / "processed" / area_code / quarter.id / audience / "values.parquet"
    is_older = audience != PANEL and line["register"] != register_state(workspace, area_code)
    if is_older or file_hash(values) != line["values"]:
        why = "figures have been released" if is_older else "values have been built"
        raise StateError(
            f"{why} since the drafts of {quarter.id} were made, which they were not protected "
            "together with: make them again with lscb run"
        )
    pages = {theme: drafts / f"{theme}.html" for theme in line["pages"]}
    for theme, path in pages.items():
        if not path.is_file() or file_hash(path) != line["pages"][theme]:
            raise StateError(f"{path} is not the draft that passed: make it again with lscb run")
        manifest = manifest_at(workspace, area_code, quarter.id, audience, theme)
        problems = check_release(path.read_text("utf-8"), read_manifest(manifest))
        if problems or file_hash(manifest) != line["manifests"][theme]:
            told = problems[0] if problems else "what it was checked against has changed"
            raise StateError(f"{path} may not be released ({told}): make it again with lscb run")
    pack = _draft_pack(settings, area_code, quarter, line)
    if not open_briefing(
        next(iter(pages)), area_code, quarter.id, audience, workspace
    ).is_published_only:
        register_release(
            workspace, area_code, quarter.id, audience, f"released by {names[0]} and {names[1]}"
        )
    folder = reports_folder(workspace, area_code, quarter, audience)
    released = [write_page(path.read_text("utf-8"), folder / path.name) for path in pages.values()]
    if pack:
        released.append(place_pack(pack, folder / DATA_PACK))
    problems = [
        text
        for each in write_indexes(settings, area_code, quarter, folder)
        for text in each.problems
    ]
    if problems:
        raise StateError(problems[0])
    log(
        workspace,
        area_code,
        RELEASE,
        by=names[0],
        **_facts(settings, area_code, quarter),
        gate="passed",
        second=names[1],
        checklist=list(CHECKLIST),
        pages=line["pages"],
        manifests=line["manifests"],
        packs=line.get("packs", {}),
        register=register_state(workspace, area_code),
    )
    return released


def _draft_pack(
    settings: Settings, area_code: str, quarter: Quarter, line: Mapping[str, Any]
) -> bytes:
    """The draft of the data pack, once more checked; nothing where the run made none."""
    digest = line.get("packs", {}).get(DATA_PACK)
    if digest is None:
        return b""
    path = drafts_folder(settings.workspace, area_code, quarter, settings.audience) / DATA_PACK
    held = manifest_at(settings.workspace, area_code, quarter.id, settings.audience, PACK)
    content = path.read_bytes() if path.is_file() else b""
    is_same = sha256(content) == digest and file_hash(held) == line["manifests"][PACK]
    if not is_same or check_workbook(content, read_manifest(held)):
        raise StateError(f"{path} is not the draft that passed: make it again with lscb run")
    return content


def verify_file(workspace: Path, path: Path) -> Verified:
    """Whether a file is a released page, byte for byte, and passes the release check.

    It is looked up in the audit logs of all areas by its hash; its own content is checked
    against the manifest that it was released with.
    """
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    return verify_content(workspace, path, content)


def verify_content(workspace: Path, path: Path, content: bytes) -> Verified:
    """Whether these bytes of a file are a released page, or a released data pack."""
    digest = sha256(content)
    if path.suffix == ".xlsx":
        return _verified_pack(workspace, path, digest)
    try:
        page = content.decode("utf-8")
    except UnicodeDecodeError:
        page = ""
    if not page:
        return Verified(path, False, ("cannot be read as a page: it is none of ours",))
    for area_code in _areas(workspace):
        line = released_pages(
            line for line in read_log(workspace, area_code) if line["action"] == RELEASE
        ).get(digest)
        if line is not None:
            theme = next(name for name, each in line["pages"].items() if each == digest)
            return _verified(workspace, path, page, area_code, theme, line)
    return Verified(
        path,
        False,
        (
            "is not a page that was released from this workspace: it was changed since, never "
            "passed the release check, or is an index (which carries no mark of its own)",
        ),
    )


def _verified_pack(workspace: Path, path: Path, digest: str) -> Verified:
    """Whether a workbook is a released data pack, byte for byte."""
    for area_code in _areas(workspace):
        for line in reversed(read_log(workspace, area_code)):
            if line["action"] == RELEASE and digest in line.get("packs", {}).values():
                told = f"is the data pack of {area_code} {line['quarter']}, for the "
                told += f"{line['audience']}, as released on {line['when'][:10]} by {line['who']}"
                told += f" and {line['second']}" if "second" in line else ""
                return Verified(path, True, (told,), PACK, line)
    return Verified(path, False, ("is not a data pack that was released from this workspace",))


def _verified(
    workspace: Path, path: Path, page: str, area_code: str, theme: str, line: Mapping[str, Any]
) -> Verified:
    manifest = manifest_at(workspace, area_code, line["quarter"], line["audience"], theme)
    told = (
        f"is {themes()[theme].title}, {area_code} {line['quarter']}, for the {line['audience']}, "
        f"as released on {line['when'][:10]} by {line['who']}"
        + (f" and {line['second']}" if "second" in line else "")
    )
    if not manifest.is_file() or file_hash(manifest) != line["manifests"][theme]:
        why = "what it was checked against then has been replaced by a later release"
        return Verified(path, True, (told, why), theme, line)
    problems = check_release(page, read_manifest(manifest))
    said = (told, *problems) if problems else (told,)
    return Verified(path, not problems, said, theme, line)


def _facts(settings: Settings, area_code: str, quarter: Quarter) -> dict[str, Any]:
    """What every line of the audit log says: of what, from what, by which versions."""
    workspace = settings.workspace
    values = workspace / "data" / "processed" / area_code / quarter.id / settings.audience
    facts = _read_json(values / "provenance.json")
    return {
        "quarter": quarter.id,
        "audience": settings.audience,
        "inputs": folder_hash(workspace / "data" / "raw" / area_code),
        "official": folder_hash(workspace / "data" / "raw" / "published"),
        "configuration": file_hash(workspace / FILE_NAME),
        "notebooks": folder_hash(workspace / "notebooks", ("*.ipynb",)),
        "values": file_hash(values / "values.parquet"),
        "versions": facts["versions"],
        "profiles": sorted({theme.profile for theme in themes().values()}),
        "thresholds": facts["small"],
    }


def _read_json(path: Path) -> dict[str, Any]:
    import json

    return dict(json.loads(path.read_text("utf-8")))


def _last_run(settings: Settings, area_code: str, quarter: Quarter) -> dict[str, Any]:
    lines = [
        line
        for line in read_log(settings.workspace, area_code)
        if line["action"] == RUN
        and (line["quarter"], line["audience"]) == (quarter.id, settings.audience)
        and line["pages"]
    ]
    if not lines:
        raise StateError(
            f"there is no draft of {area_code} {quarter.id} for the {settings.audience}: make one "
            f"with  lscb run --area {area_code} --quarter {quarter.id} "
            f"--audience {settings.audience}"
        )
    return lines[-1]


def _areas(workspace: Path) -> list[str]:
    return sorted(path.parent.name for path in (workspace / ".lscb").glob("*/audit.jsonl"))
