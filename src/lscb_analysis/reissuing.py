"""Reissue: a corrected extract to rechecked, released briefings that say what changed and why."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from lscb_analysis.audit import file_hash, log
from lscb_analysis.catalogue import find_area
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline import Reason
from lscb_analysis.pipeline.records_of import submissions_folder
from lscb_analysis.running import AreaOutcome, Step, run_area
from lscb_analysis.settings import Settings
from lscb_analysis.state import StateError, state_folder
from lscb_analysis.vocabulary import unknown_names

LONGEST_REASON = 200


def reissue(
    settings: Settings,
    area_code: str,
    quarter: Quarter,
    files: Sequence[Path],
    reason: Reason,
    themes: Sequence[str],
    step: Step,
    instead_of: str = "",
) -> AreaOutcome:
    """The briefings of a quarter made anew from corrected files, with a change note.

    Each file takes the place of the one of its name in the quarter's submission, or of
    `instead_of`; what was there is kept in `.lscb/<area>/replaced`. Where the run fails, the
    old files are put back. Raises StateError where there is nothing to replace, or where
    the reason is blank or may name somebody.
    """
    check_reason(reason)
    folder = submissions_folder(settings.workspace, find_area(area_code)) / quarter.id
    pairs = [(path, _replaced(folder, path, instead_of)) for path in files]
    targets = [old.with_name(new.name) if instead_of else old for new, old in pairs]
    _refuse_overlaps(pairs, targets)
    kept = _set_aside(settings.workspace, area_code, [old for _, old in pairs])
    is_out = False
    try:
        for (new, old), target in zip(pairs, targets, strict=True):
            _put(new, target)
            if target != old:
                old.unlink()
        outcome = run_area(settings, area_code, quarter, themes, step, reason=reason)
        is_out = outcome.is_out
    finally:
        if not is_out:  # whatever stopped it: the submission is as it was
            for (_, old), target in zip(pairs, targets, strict=True):
                if target != old:
                    target.unlink(missing_ok=True)
                _put(kept / old.name, old)
    if not is_out:
        return AreaOutcome([*outcome.lines, "  nothing was reissued: the old files are back"], True)
    log(
        settings.workspace,
        area_code,
        "reissue",
        quarter=quarter.id,
        audience=settings.audience,
        why=reason.why,
        by=reason.who,
        replaced=[file_hash(kept / old.name) for _, old in pairs],
        inputs=[file_hash(new) for new, _ in pairs],
    )
    return outcome


def check_reason(reason: Reason) -> None:
    """Nothing, where a reason may stand on a page.

    Raises StateError where it is blank, too long, has a figure, or may name somebody.
    """
    why = reason.why.strip()
    if not why or not reason.who.strip():
        raise StateError("a reissue needs its reason and who gives it: --why and --by")
    if len(why) > LONGEST_REASON or any(each.isdigit() for each in why):
        raise StateError(
            f"the reason must be under {LONGEST_REASON} characters and have no figure: the page "
            "shows the old figures beside the new"
        )
    if unknown_names(why, ()):
        raise StateError(
            "the reason has a word with a capital that may be a name: write it without names"
        )


def _replaced(folder: Path, new: Path, instead_of: str) -> Path:
    old = folder / (instead_of or new.name)
    if not new.is_file():
        raise StateError(f"{new} is not a file")
    if Path(instead_of or new.name).name != (instead_of or new.name) or not old.is_file():
        held = sorted(path.name for path in folder.glob("*") if path.is_file())
        raise StateError(
            f"{folder} has no file {instead_of or new.name} to replace: name the one that "
            f"{new.name} stands instead of with --instead-of (there are: {', '.join(held)})"
        )
    return old


def _refuse_overlaps(pairs: Sequence[tuple[Path, Path]], targets: Sequence[Path]) -> None:
    """Nothing, where each new file stands instead of one old file and of no other.

    Raises StateError where two would, where one would overwrite a file that it does not
    replace, or where it lies in the submission already.
    """
    olds = [old for _, old in pairs]
    for (new, old), target in zip(pairs, targets, strict=True):
        if olds.count(old) > 1 or targets.count(target) > 1:
            raise StateError(f"two files would stand instead of {old.name}: reissue one at a time")
        if target != old and target.exists():
            raise StateError(
                f"{target} is there already and is not the file to replace: give {new} another name"
            )
        if new.resolve() == old.resolve():
            raise StateError(f"{new} is the submission's own file: give the corrected one")


def _set_aside(workspace: Path, area_code: str, files: Sequence[Path]) -> Path:
    when = datetime.now().strftime("%Y-%m-%dT%H%M%S")
    kept = state_folder(workspace, area_code) / "replaced" / when
    kept.mkdir(parents=True)
    if os.name == "posix":
        kept.chmod(0o700)
    for path in files:  # copied, so that a failure half-way leaves the submission whole
        shutil.copy2(path, kept / path.name)
    return kept


def _put(source: Path, target: Path) -> None:
    partial = target.with_name(f".{target.name}.partial")
    shutil.copyfile(source, partial)
    if os.name == "posix":
        partial.chmod(0o600)
    partial.replace(target)
