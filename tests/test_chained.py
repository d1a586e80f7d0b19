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
        (lambda path: path.write_bytes(b"\xff\xfe\x00\n"), "cannot be read"),
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


def first_lines(path: Path, count: int) -> str:
    return "".join(path.read_text().splitlines(True)[:count])


@pytest.mark.parametrize("half", ["", '{"previous": "a', '{"previous": "é'])
def test_an_append_that_was_ended_before_its_head_was_written_is_finished_by_the_next(
    path: Path, half: str
):
    before = head_of(path).read_text()
    append_chain(path, {"number": 3})
    head_of(path).write_text(before)
    with path.open("ab") as file:
        file.write(half.encode()[:-1] if half else b"")
    assert [line["number"] for line in read_chain(path)] == [0, 1, 2, 3]
    append_chain(path, {"number": 4})
    assert [line["number"] for line in read_chain(path)] == [0, 1, 2, 3, 4]
    assert path.read_text().count("\n") == 5


def test_the_first_append_may_have_been_ended_at_any_moment(tmp_path: Path):
    path = tmp_path / "log.jsonl"
    append_chain(path, {"number": 0})
    line = path.read_text()
    for held in (None, "", line[:9], line):
        head_of(path).write_text(f"0 {'0' * 64}\n")
        path.unlink(missing_ok=True)
        if held is not None:
            path.write_text(held)
        assert len(read_chain(path)) == (held == line)
        append_chain(path, {"number": 1})
        assert read_chain(path)[-1]["number"] == 1


def test_two_lines_that_the_head_does_not_count_are_no_append_of_ours(path: Path):
    before = head_of(path).read_text()
    append_chain(path, {"number": 3})
    append_chain(path, {"number": 4})
    head_of(path).write_text(before)
    with pytest.raises(ChainError, match="cut short"):
        read_chain(path)


def test_an_empty_head_shows(path: Path):
    head_of(path).write_text("")
    with pytest.raises(ChainError, match="cut short"):
        read_chain(path)
