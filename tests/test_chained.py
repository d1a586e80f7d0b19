"""Chained files: what was changed, cut, lost or put in shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from lscb_analysis.audit import AUDIT, log, read_log, released_pages
from lscb_analysis.chained import ChainError, append_chain, head_of, read_chain
from lscb_analysis.state import StateError, state_folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "log.jsonl"
    for number in range(3):
        append_chain(place, {"number": number})
    return place


def test_lines_come_back_in_their_order(path: Path):
    assert [line["number"] for line in read_chain(path)] == [0, 1, 2]


def test_a_file_that_was_never_there_has_no_lines(tmp_path: Path):
    assert read_chain(tmp_path / "none.jsonl") == []


def test_it_is_private_to_its_owner(path: Path):
    assert {place.stat().st_mode & 0o777 for place in (path, head_of(path))} == {0o600}


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            lambda path: path.write_text(path.read_text().replace('"number": 1', '"number": 7')),
            "changed",
        ),
        (lambda path: path.write_text("".join(path.read_text().splitlines(True)[:2])), "cut short"),
        (lambda path: path.write_text("".join(path.read_text().splitlines(True)[1:])), "changed"),
        (
            lambda path: path.write_text(path.read_text() + path.read_text().splitlines(True)[1]),
            "changed",
        ),
        (lambda path: path.unlink(), "missing"),
        (lambda path: head_of(path).unlink(), "missing"),
        (lambda path: path.write_bytes(b"\xff\xfe\x00"), "cannot be read"),
        (lambda path: path.write_text("[]\n"), "cannot be read"),
    ],
)
def test_what_was_done_to_it_shows_and_nothing_is_added(path: Path, spoil, told: str):
    spoil(path)
    with pytest.raises(ChainError, match=told):
        read_chain(path)
    with pytest.raises(ChainError, match=told):
        append_chain(path, {"number": 9})


def test_the_audit_log_says_who_when_and_what(tmp_path: Path):
    log(tmp_path, "X06000001", "release", by="A. Analyst", pages={"child_protection": "ab12"})
    (line,) = read_log(tmp_path, "X06000001")
    assert (line["who"], line["action"]) == ("A. Analyst", "release")
    assert line["when"].startswith("20")
    assert released_pages([line])["ab12"]["who"] == "A. Analyst"


def test_a_tampered_audit_log_is_told_with_what_to_do(tmp_path: Path):
    log(tmp_path, "X06000001", "release")
    path = state_folder(tmp_path, "X06000001") / AUDIT
    path.write_text(path.read_text().replace("release", "nothing"))
    with pytest.raises(StateError, match="put back from a backup"):
        log(tmp_path, "X06000001", "release")
