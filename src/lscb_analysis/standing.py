"""What stands of an earlier run: values and pages that would come out the same again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lscb_analysis.audit import read_log
from lscb_analysis.briefing.briefing import Briefing, open_briefing
from lscb_analysis.briefing.places import PACK, manifest_at, pages_folder
from lscb_analysis.briefing.release import Outcome
from lscb_analysis.catalogue import find_area, themes
from lscb_analysis.findings import as_findings
from lscb_analysis.periods import Quarter, parse_quarter
from lscb_analysis.pipeline import Built
from lscb_analysis.pipeline.changes import RELEASED
from lscb_analysis.pipeline.official import official_folder
from lscb_analysis.pipeline.records_of import submissions_folder
from lscb_analysis.releases import PANEL
from lscb_analysis.settings import Settings
from lscb_analysis.state import by_day_file
from lscb_analysis.steps import Made, files_in, hash_of, software, tell, why_again

OURS = ("findings", "templates")  # beside the submissions, and made by us
# what a build writes itself, or what changes no figure
NOT_STATE = (
    *("made.json", "solved.json", "audit.jsonl", "audit.head"),
    *("circulated.jsonl", "circulating.lock", "finished.json"),
)
PROVENANCE = "provenance.json"
STANDS = "  (as it was: nothing it is made from has changed)"
INDEX = "index.html"
SHOWS, VALUES, ASKED, SECONDS = "what it shows", "values", "quarter", "seconds"


@dataclass(frozen=True)
class Page:
    """One page of a run: the step that makes it, what from, and why it is made; blank if not."""

    step: str
    inputs: Mapping[str, str]
    why: str


def values_step(asked: Quarter | None, audience: str) -> str:
    """The name of the step that builds the values of a quarter."""
    return f"values of {asked.id if asked else 'the latest quarter'} for the {audience}"


def page_step(theme: str, quarter: Quarter, audience: str) -> str:
    """The name of the step that makes one page."""
    return f"{theme} of {quarter.id} for the {audience}"


def raw_inputs(settings: Settings, area_code: str, shared: Iterable[str]) -> dict[str, str]:
    """What the values of an area are built from, but for what earlier runs left in its state."""
    area = find_area(area_code)
    raw = submissions_folder(settings.workspace, area)
    own = [path for path in _files(raw) if path.relative_to(raw).parts[0] not in OURS]
    official = official_folder(settings.workspace, area)
    return {
        **files_in(own, raw),
        **files_in(_files(official), settings.workspace / "data" / "raw"),
        "lscb.toml": _settings(settings, area_code),
        "the software": software(),
        "figures of pages that stand": hash_of(repr(sorted(shared))),
    }


def state_inputs(state: Path) -> dict[str, str]:
    """What a build takes from the area's state: its key, the register, questions asked before."""
    files = (path for path in sorted(state.glob("*")) if path.is_file())
    kept = (path for path in files if path.name not in NOT_STATE and path.suffix != ".partial")
    return files_in((path for path in kept if not path.name.startswith("findings-")), state.parent)


def made_values(
    settings: Settings, built: Built, inputs: Mapping[str, str], state: Path, told: Sequence[str]
) -> Made:
    """The record of a build, to be made once its release is registered."""
    written = [*_tables(settings, built.folder), built.folder / PROVENANCE]
    return Made(
        {**inputs, **state_inputs(state)},
        files_in(written, settings.workspace),
        tuple(told),
        {
            ASKED: built.quarter.id,
            "is_published_only": "yes" if built.is_published_only else "",
            INDEX: index_hash(settings, built),
        },
    )


def index_hash(settings: Settings, built: Built) -> str:
    """The hash of the quarter's list of briefings as it stands."""
    area_code, audience = built.area.area_code, settings.audience
    folder = pages_folder(settings.workspace, area_code, built.quarter, audience)
    return files_in([folder / INDEX], settings.workspace).popitem()[1]


def standing_values(settings: Settings, area_code: str, before: Made) -> Built:
    """The values that stand, as the build that made them gave them; their findings are told."""
    quarter = parse_quarter(before.facts[ASKED])
    folder = settings.workspace / next(iter(before.outputs))
    only = bool(before.facts["is_published_only"])
    return Built(folder.parent, find_area(area_code), quarter, as_findings(), only)


def page_inputs(
    settings: Settings, built: Built, theme: str, before: Made | None
) -> dict[str, str]:
    """What one page is made from.

    Values that are what they were when the page was made are not opened.
    """
    values = values_hash(settings, built.folder)
    area_code, quarter = built.area.area_code, built.quarter
    if before is not None and before.facts.get(VALUES) == values:
        shows = before.inputs.get(SHOWS, "")
    elif themes()[theme].is_yearly:
        shows = values  # and so is the data pack
    else:
        audience, workspace = settings.audience, settings.workspace
        shows = shown(open_briefing(theme, area_code, quarter.id, audience, workspace))
    notebook = settings.workspace / "notebooks" / f"{theme}.ipynb"
    return {
        **files_in([notebook], settings.workspace),
        SHOWS: shows,
        "lscb.toml": _settings(settings, area_code),
        "the software": software(),
    }


def pages_to_make(
    settings: Settings,
    built: Built,
    wanted: Sequence[str],
    made: Mapping[str, Made],
    force: bool,
) -> dict[str, Page]:
    """Each page that was asked for: what it is made from, and why it is made again, if it is.

    Raises StateError where the audit log cannot be relied on.
    """
    lines = read_log(settings.workspace, built.area.area_code)
    logged = {digest for line in lines for digest in line.get("pages", {}).values()}
    found = {}
    for theme in wanted:
        name = page_step(theme, built.quarter, settings.audience)
        before = made.get(name)
        inputs = page_inputs(settings, built, theme, before)
        why = why_again(inputs, before, settings.workspace, force)
        if not why and before and before.facts[f"{theme} page"] not in logged:
            why = "the audit log does not have it"
        tell(f"{built.area.area_code}: {name}", why)
        found[theme] = Page(name, inputs, why)
    return found


def pages_made(
    settings: Settings, built: Built, outcomes: Sequence[Outcome], pages: Mapping[str, Page]
) -> dict[str, Made | None]:
    """The record of each page that was made; None where there is none to stand the next time."""
    workspace, audience = settings.workspace, settings.audience
    by_theme = {outcome.theme: outcome for outcome in outcomes}
    pack = by_theme.get(PACK)
    found: dict[str, Made | None] = {}
    for theme, page in pages.items():
        outcome = by_theme[theme]
        if outcome.stands:
            continue
        found[page.step] = None
        if outcome.path is None or (themes()[theme].is_yearly and not (pack and pack.path)):
            continue
        whole = [outcome, pack] if themes()[theme].is_yearly and pack else [outcome]
        paths = [
            path
            for each in whole
            if each.path is not None
            for path in (each.path, _manifest(built, audience, each.theme, workspace))
        ]
        facts = {VALUES: values_hash(settings, built.folder), SECONDS: f"{outcome.seconds:.1f}"}
        for each in whole:
            facts |= {f"{each.theme} page": each.page, f"{each.theme} manifest": each.manifest}
            facts |= {f"{each.theme} pack": each.pack}
        found[page.step] = Made(page.inputs, files_in(paths, workspace), tuple(outcome.held), facts)
    return found


def seconds_taken(before: Made | None) -> float:
    """How long a page took when it was made, 0 where that is not known."""
    return float(before.facts.get(SECONDS, 0.0)) if before else 0.0


def standing_page(settings: Settings, theme: str, before: Made) -> list[Outcome]:
    """The outcome of a page that stands; of the annual report, that of its data pack as well."""
    paths = [settings.workspace / name for name in before.outputs][::2]
    named = [theme, PACK][: len(paths)]
    facts = before.facts
    return [
        Outcome(
            each,
            path,
            [],
            facts[f"{each} page"],
            facts[f"{each} manifest"],
            facts[f"{each} pack"],
            list(before.told) if each == theme else [],
            True,
        )
        for each, path in zip(named, paths, strict=True)
    ]


def _manifest(built: Built, audience: str, theme: str, workspace: Path) -> Path:
    return manifest_at(workspace, built.area.area_code, built.quarter.id, audience, theme)


def values_hash(settings: Settings, folder: Path) -> str:
    """One hash of all tables that a build wrote, but for the day it ran."""
    tables = files_in(_tables(settings, folder), settings.workspace)
    return hash_of(f"{tables} {_provenance(folder)}")


def shown(briefing: Briefing) -> str:
    """One hash of all that a briefing can show, but for the day its values were built."""
    found = hashlib.sha256()
    found.update(_but_for_the_day(briefing.provenance).encode())
    frames = {"values": briefing.values, "texts": briefing.texts, "quality": briefing.quality}
    frames |= {"returns": briefing.returns, "all_areas": briefing.all_areas}
    frames |= {"by_day": briefing.by_day}
    for name, frame in {**frames, **briefing.checks, **briefing.carried}.items():
        found.update(f"{name} {list(frame.columns)}".encode())
        found.update(frame.to_csv(index=False, float_format="%.17g").encode())
    return found.hexdigest()


def _settings(settings: Settings, area_code: str) -> str:
    chosen = (settings.marking, settings.area.get(area_code), settings.disclosure, settings.words)
    return hash_of(repr((*chosen, settings.groups)))


def _tables(settings: Settings, folder: Path) -> list[Path]:
    """The tables of a release, and for the panel the one of single days, which lies apart."""
    tables = [path for path in sorted(folder.glob("*.parquet")) if path.name != RELEASED]
    *_, area_code, quarter, audience = folder.parts
    if audience == PANEL:
        tables.append(by_day_file(settings.workspace, area_code, quarter))
    return tables


def _provenance(folder: Path) -> str:
    return _but_for_the_day(json.loads((folder / PROVENANCE).read_text("utf-8")))


def _but_for_the_day(facts: Mapping[str, object]) -> str:
    kept = {name: told for name, told in facts.items() if name != "run_date"}
    return json.dumps(kept, sort_keys=True)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
