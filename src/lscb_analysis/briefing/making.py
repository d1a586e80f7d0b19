"""One page of a release: its notebook run, exported, checked, and only then moved into place."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from lscb_analysis import briefing as parts
from lscb_analysis.audit import file_hash
from lscb_analysis.briefing.briefing import Briefing, open_briefing
from lscb_analysis.briefing.export import (
    ExportError,
    page_of_notebook,
    prose_of_notebook,
    style_of,
)
from lscb_analysis.briefing.manifest import manifest_of
from lscb_analysis.briefing.once import answering
from lscb_analysis.briefing.opening import answered
from lscb_analysis.briefing.packing import make_pack
from lscb_analysis.briefing.part import Part
from lscb_analysis.briefing.places import DATA_PACK, PACK, manifest_path
from lscb_analysis.briefing.placing import Outcome
from lscb_analysis.briefing.redrawn import charts_asked
from lscb_analysis.briefing.run import PLAIN, NotebookError, run_notebook
from lscb_analysis.briefing.saying import without_contradictions
from lscb_analysis.catalogue import themes
from lscb_analysis.periods import Quarter
from lscb_analysis.release_check import Manifest, check_release, sha256
from lscb_analysis.selecting import Kept
from lscb_analysis.settings import Settings
from lscb_analysis.state import state_folder

FAILED = "failed"  # the folder of notebooks that were not run to their end
TOLD = 12  # problems of one page that are told
DRAWING = Lock()  # matplotlib's settings are the process's: threads draw one after another


@dataclass(frozen=True)
class Wanted:
    """A page to be made: of which theme, area and quarter, the folder for what has passed, and
    the one to work in.

    `seconds` is how long it took the last time, 0 where that is not known.
    """

    settings: Settings
    area_code: str
    quarter: Quarter
    theme: str
    folder: Path
    made: Path
    seconds: float = 0.0

    @property
    def notebook(self) -> Path:
        """The theme's notebook in the workspace."""
        return self.settings.workspace / "notebooks" / f"{self.theme}.ipynb"

    @property
    def cell(self) -> Path:
        """Where is written which cell its notebook has come to, and of how many."""
        return self.made / f"{self.theme}.cell"


def make_pages(wanted: Wanted, is_asked: bool = True) -> list[Outcome]:
    """What came of one page; of a yearly one first of the data pack that it links to."""
    began = time.monotonic()
    packs = [make_data_pack(wanted)] if themes()[wanted.theme].is_yearly else []
    page = make_page(wanted, is_asked)
    return [*packs, replace(page, seconds=time.monotonic() - began)]


def make_page(wanted: Wanted, is_asked: bool = True) -> Outcome:
    """What came of one page: where it passed the check it lies in the folder of those that have.

    Where it `is_asked`, its notebook has the parts of the page from here, so that none is
    made twice; never on the plain engine, which is the reference.
    """
    settings, theme = wanted.settings, wanted.theme
    target = wanted.folder / f"{theme}.html"
    try:
        if not wanted.notebook.is_file():
            raise NotebookError(f"there is no notebook {wanted.notebook}")
        briefing = open_briefing(
            theme, wanted.area_code, wanted.quarter.id, settings.audience, settings.workspace
        )
        if is_asked and settings.engine != PLAIN:
            briefing = replace(briefing, values=Kept(briefing.values), made={})
            with answering(briefing, _shows()) as environment, _added(environment):
                made = _run(wanted)
        else:
            made = _run(wanted)
        with DRAWING:
            page, held = without_contradictions(page_of_notebook(made, page_facts(briefing)))
            manifest = page_manifest(briefing, page, wanted.notebook, wanted.folder)
            problems = check_release(page, manifest)
        failed_notebook(wanted).unlink(missing_ok=True)
    except NotebookError as error:
        problems, page, manifest, held = [f"{error}{_how_far(wanted)}"], "", None, []
    except (ExportError, ValueError) as error:
        problems, page, manifest, held = [str(error)], "", None, []
    try:
        if problems or manifest is None:
            return Outcome(theme, None, _few(problems))
        allowed = manifest.to_json()
        write_page(allowed, manifest_path(settings.workspace, briefing))
        path = write_page(page, target)
        told = tuple(answered(briefing, most=1)) if briefing.theme.has_indicators else ()
        return Outcome(theme, path, [], sha256(page), sha256(allowed), held=held, answer=told)
    except OSError as error:
        why = f"its page cannot be written in {settings.workspace} ({error.strerror})"
        return Outcome(theme, None, [why])


def _run(wanted: Wanted) -> Path:
    settings = wanted.settings
    parameters = {
        "area": wanted.area_code,
        "quarter": wanted.quarter.id,
        "audience": settings.audience,
    }
    executed = wanted.made / f"{wanted.theme}.ipynb"
    return run_notebook(
        wanted.notebook, parameters, executed, settings.workspace, settings.engine, wanted.cell
    )


def failed_notebook(wanted: Wanted) -> Path:
    """Where a notebook that could not be run to its end is kept, as far as it came."""
    folder = state_folder(wanted.settings.workspace, wanted.area_code) / FAILED
    return folder / f"{wanted.theme}.ipynb"


def _how_far(wanted: Wanted) -> str:
    """Where the notebook lies as far as it came; nothing where it cannot be kept."""
    executed, kept = wanted.made / f"{wanted.theme}.ipynb", failed_notebook(wanted)
    try:
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(executed.read_bytes())
    except OSError:
        return ""
    return f" (how far it came: {kept})"


def _shows() -> dict[str, Callable[..., Part]]:
    """The functions of a notebook that show a part of a page, by their names."""
    return {name: getattr(parts, name) for name in parts.SHOWN}


@contextmanager
def _added(environment: Mapping[str, str]) -> Iterator[None]:
    """The environment with these variables, and without them afterwards."""
    os.environ.update(environment)
    try:
        yield
    finally:
        for name in environment:
            os.environ.pop(name, None)


def make_data_pack(wanted: Wanted) -> Outcome:
    """What came of the data pack."""
    try:
        manifest, path = make_pack(
            wanted.settings, wanted.area_code, wanted.quarter, wanted.folder, wanted.made
        )
    except (ValueError, OSError) as error:
        return Outcome(PACK, None, [str(error)])
    return Outcome(PACK, path, manifest=sha256(manifest.to_json()), pack=file_hash(path))


def page_manifest(briefing: Briefing, page: str, notebook: Path, folder: Path) -> Manifest:
    """What the page of a briefing may hold; of the page, only which charts it shows is used.

    The annual report may link to the data pack, where one that has passed lies in its folder.
    """
    has_pack = briefing.theme.is_yearly and (folder / DATA_PACK).is_file()
    facts = briefing.provenance
    style = style_of(str(facts["marking"]), bool(facts["is_synthetic"]))
    links = [DATA_PACK] if has_pack else []
    return manifest_of(briefing, style, charts_asked(page), prose_of_notebook(notebook), links)


def page_facts(briefing: Briefing) -> dict[str, object]:
    """What the page's frame prints besides its body."""
    facts = briefing.provenance
    return {
        "title": briefing.title,
        "marking": facts["marking"],
        "is_synthetic": bool(facts["is_synthetic"]),
        "audience": briefing.audience,
        "footer": f"{briefing.title}. For the {briefing.audience}. Figures and sentences are made "
        "from protected values only.",
    }


def write_page(page: str, target: Path) -> Path:
    """The page's path, written by rename: no folder ever holds half a page."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}.partial")  # two areas may write one list
    try:
        partial.write_text(page, "utf-8", newline="\n")
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def _few(problems: list[str]) -> list[str]:
    more = len(problems) - TOLD
    return problems[:TOLD] + ([f"and {more} more of the kind"] if more > 0 else [])
