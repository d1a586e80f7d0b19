"""Beginning a workspace: what is packaged is written, and nothing that is there is lost."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from lscb_analysis.cli import main
from lscb_analysis.settings import read_settings
from lscb_analysis.starting import FOLDERS, PACKAGED, StartError, start_workspace

ROOT = Path(__file__).resolve().parents[1]


def test_an_empty_folder_becomes_a_workspace(tmp_path: Path):
    folder = tmp_path / "safeguarding"
    started = start_workspace(folder)
    assert started.there == ()
    assert read_settings(folder).areas
    assert (folder / "notebooks" / "child_protection.ipynb").is_file()
    assert (folder / "data" / "raw" / "published" / "figures.csv").is_file()
    assert all((folder / name).is_dir() for name in FOLDERS)
    ignored = (folder / ".gitignore").read_text()
    assert "data/raw/*" in ignored
    assert ".lscb/" in ignored
    assert not list(folder.rglob("*.partial"))


def test_begun_a_second_time_nothing_is_written(tmp_path: Path):
    first, second = start_workspace(tmp_path), start_workspace(tmp_path)
    assert second.written == ()
    assert second.there == first.written


def test_what_differs_is_named_and_nothing_is_written(tmp_path: Path):
    (tmp_path / "lscb.toml").write_text("mine = true")
    with pytest.raises(StartError, match=r"\(lscb.toml\)"):
        start_workspace(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["lscb.toml"]
    assert (tmp_path / "lscb.toml").read_text() == "mine = true"


def test_a_lost_notebook_is_written_again(tmp_path: Path):
    start_workspace(tmp_path)
    (tmp_path / "notebooks" / "child_deaths.ipynb").unlink()
    assert start_workspace(tmp_path).written == (Path("notebooks/child_deaths.ipynb"),)


def test_the_command_says_what_comes_next(tmp_path: Path):
    told = CliRunner().invoke(main, ["init", str(tmp_path / "new")])
    assert told.exit_code == 0, told.output
    assert "lscb run" in told.output
    (tmp_path / "new" / "lscb.toml").write_text("mine = true")
    refused = CliRunner().invoke(main, ["init", str(tmp_path / "new")])
    assert refused.exit_code == 2
    assert "move them aside" in refused.output


@pytest.mark.slow
def test_a_wheel_has_all_that_a_workspace_begins_with(tmp_path: Path):
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    built = subprocess.run(
        [*pip, "--wheel-dir", str(tmp_path), str(ROOT)], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    asked = "from lscb_analysis.starting import packaged_files; print(packaged_files())"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    home = Path(told.stdout.strip())
    assert home == tmp_path / "site" / "lscb_analysis" / "workspace"
    for name in PACKAGED:
        source = ROOT / name
        for path in [source] if source.is_file() else sorted(source.rglob("*.*")):
            if ".ipynb_checkpoints" not in path.parts:
                assert (home / path.relative_to(ROOT)).read_bytes() == path.read_bytes()
