"""What a killed run left is taken away; what is whole stays."""

from __future__ import annotations

from lscb_analysis.recording.leftovers import sweep


def _file(path, text="x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_half_written_files_and_working_folders_go_and_all_else_stays(tmp_path):
    gone = [
        _file(tmp_path / "reports" / "X" / "child_deaths.123.partial"),
        _file(tmp_path / ".lscb" / "X" / "made.partial"),
        _file(tmp_path / "data" / "processed" / "X" / "values.parquet.partial"),
        _file(tmp_path / ".lscb" / "X" / "run-abc" / "child_deaths.ipynb"),
    ]
    stays = [
        _file(tmp_path / "reports" / "X" / "child_deaths.html"),
        _file(tmp_path / ".lscb" / "X" / "key"),
        _file(tmp_path / "data" / "raw" / "X" / "notes.partial"),
        _file(tmp_path / ".lscb" / "X" / "failed" / "child_deaths.ipynb"),
    ]
    assert len(sweep(tmp_path)) == 4
    assert not any(path.exists() for path in gone)
    assert all(path.exists() for path in stays)


def test_an_empty_workspace_has_nothing_to_sweep(tmp_path):
    assert sweep(tmp_path) == []
