from __future__ import annotations

import os
import stat
from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.keys import back_up_key, restore_key, rotate_key
from lscb_analysis.sources.identifiers import rekey
from lscb_analysis.state import StateError, area_key

AREA = "X06000001"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


def reference(workspace: Path) -> str:
    return rekey(pd.Series(["AB1"]), area_key(workspace, AREA))[0]


def test_a_key_that_was_lost_comes_back_from_its_backup(workspace: Path, tmp_path: Path):
    before = reference(workspace)
    backup = back_up_key(workspace, AREA, tmp_path / "safe" / "key.txt")
    (workspace / ".lscb" / AREA / "key").unlink()
    assert reference(workspace) != before
    restore_key(workspace, AREA, backup)
    assert reference(workspace) == before


def test_a_new_key_gives_every_child_a_new_reference_and_keeps_the_old_key(workspace: Path):
    before, old = reference(workspace), area_key(workspace, AREA)
    rotate_key(workspace, AREA)
    rotate_key(workspace, AREA)
    assert reference(workspace) != before
    kept = sorted((workspace / ".lscb" / AREA).glob("key-until-*"))
    assert len(kept) == 2
    assert old in {path.read_bytes() for path in kept}


def test_a_backup_never_overwrites_and_never_lies_in_the_workspace(workspace, tmp_path):
    (tmp_path / "taken.txt").write_text("something else")
    with pytest.raises(StateError, match="is there already"):
        back_up_key(workspace, AREA, tmp_path / "taken.txt")
    with pytest.raises(StateError, match="lies in the workspace"):
        back_up_key(workspace, AREA, workspace / "key.txt")


def test_a_damaged_backup_or_one_of_another_area_is_refused(workspace, tmp_path):
    before = area_key(workspace, AREA)
    backup = back_up_key(workspace, AREA, tmp_path / "key.txt")
    with pytest.raises(StateError, match="is the key of X06000001"):
        restore_key(workspace, "E06000016", backup)
    text = backup.read_text()
    digit = "1" if text.split("\n")[2][0] != "1" else "2"
    start = text.index(text.split("\n")[2])
    backup.write_text(text[:start] + digit + text[start + 1 :])
    with pytest.raises(StateError, match="damaged"):
        restore_key(workspace, AREA, backup)
    backup.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StateError, match="not a backup"):
        restore_key(workspace, AREA, backup)
    assert area_key(workspace, AREA) == before


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_a_backup_is_its_owners_alone(workspace: Path, tmp_path: Path):
    path = back_up_key(workspace, AREA, tmp_path / "key.txt")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
