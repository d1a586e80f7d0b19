"""The challenge log: what a release asked is remembered until that release is made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from lscb_analysis.challenges import FILE, remember, remembered
from lscb_analysis.state import StateError, state_folder

AREA = "X06000001"
PROTECTION, CARE = "child_protection", "looked_after_children"


def log_of(workspace: Path) -> list[tuple[str, ...]]:
    return list(remembered(workspace, AREA).itertuples(index=False, name=None))


def test_before_the_first_release_nothing_is_remembered(tmp_path):
    assert log_of(tmp_path) == []


def test_the_questions_of_each_quarter_are_kept_in_their_order(tmp_path):
    remember(tmp_path, AREA, "2016-17-Q4", {CARE: [("looked_after_starts", "Why, and since?")]})
    remember(tmp_path, AREA, "2016-17-Q3", {PROTECTION: [("re_referrals", 'What of "that"?')]})
    assert log_of(tmp_path) == [
        ("2016-17-Q3", PROTECTION, "re_referrals", 'What of "that"?'),
        ("2016-17-Q4", CARE, "looked_after_starts", "Why, and since?"),
    ]


def test_a_release_made_again_changes_its_own_quarter_and_themes_only(tmp_path):
    first = {PROTECTION: [("re_referrals", "One?")], CARE: [("looked_after_starts", "Two?")]}
    remember(tmp_path, AREA, "2016-17-Q3", first)
    remember(tmp_path, AREA, "2016-17-Q4", {PROTECTION: [("re_referrals", "Three?")]})
    remember(tmp_path, AREA, "2016-17-Q4", {PROTECTION: [("cp_plan_starts", "Four?")]})
    remember(tmp_path, AREA, "2016-17-Q3", {CARE: []})
    assert log_of(tmp_path) == [
        ("2016-17-Q3", PROTECTION, "re_referrals", "One?"),
        ("2016-17-Q4", PROTECTION, "cp_plan_starts", "Four?"),
    ]


def test_a_release_without_questions_makes_no_log(tmp_path):
    remember(tmp_path, AREA, "2016-17-Q3", {CARE: []})
    assert not (state_folder(tmp_path, AREA) / FILE).exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"quarter,question\n2016-17-Q3,Why?\n",
        b"quarter,theme,indicator,question\nlast,child_protection,re_referrals,Why?\n",
        b"\xff\xfe\x00",
    ],
    ids=["empty", "other columns", "not a quarter", "not text"],
)
def test_a_log_that_was_damaged_is_refused_and_left_as_it_is(tmp_path, content):
    path = state_folder(tmp_path, AREA) / FILE
    path.write_bytes(content)
    with pytest.raises(StateError, match="put it back from a backup"):
        remember(tmp_path, AREA, "2016-17-Q4", {CARE: [("looked_after_starts", "Why?")]})
    assert path.read_bytes() == content
