from __future__ import annotations

import os
import subprocess

import pytest

from lscb_analysis.state import StateError, area_key, refuse_tracked


def test_the_key_is_made_once_and_stays(tmp_path):
    first = area_key(tmp_path, "X06000001")
    assert area_key(tmp_path, "X06000001") == first
    assert area_key(tmp_path, "X06000003") != first


@pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")
def test_the_key_is_its_owners_alone(tmp_path):
    area_key(tmp_path, "X06000001")
    path = tmp_path / ".lscb" / "X06000001" / "key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_damaged_key_is_not_used(tmp_path):
    area_key(tmp_path, "X06000001")
    (tmp_path / ".lscb" / "X06000001" / "key").write_bytes(b"short")
    with pytest.raises(StateError, match="restore it"):
        area_key(tmp_path, "X06000001")


def test_raw_data_that_git_would_take_up_is_not_read(tmp_path):
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    folder = tmp_path / "data" / "raw" / "X06000001"
    folder.mkdir(parents=True)
    with pytest.raises(StateError, match="Add data/raw"):
        refuse_tracked(folder)
    (tmp_path / ".gitignore").write_text("data/raw/*\n")
    refuse_tracked(folder)


def test_outside_git_raw_data_is_read(tmp_path):
    refuse_tracked(tmp_path)
