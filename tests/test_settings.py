from __future__ import annotations

import pytest

from lscb_analysis.settings import SettingsError, area_settings, find_workspace, read_settings

GOOD = """
areas = ["E06000016"]
marking = "OFFICIAL-SENSITIVE"

[area.E06000016]
neighbour_model = "May 2025"
panel_code = "X90000016"
panel_name = "Leicester, Leicestershire and Rutland"
panel_areas = ["E06000016", "E10000018", "E06000017"]

[groups.cdop]
title = "Child Death Overview Panel"
themes = ["child_deaths"]
"""


def read(folder, text):
    (folder / "lscb.toml").write_text(text, "utf-8")
    return read_settings(folder)


def test_the_settings_are_read_with_their_areas_and_groups(tmp_path):
    settings = read(tmp_path, GOOD)
    assert settings.areas == ("E06000016",)
    assert area_settings(settings, "E06000016").neighbour_model == "May 2025"
    assert settings.groups["cdop"].themes == ("child_deaths",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("marking =", "markng =", "unknown key 'markng', did you mean marking"),
        ("neighbour_model", "neighbor_model", "did you mean neighbour_model"),
        ("[area.E06000016]", "[area.E06000061]", "no table \\[area.E06000016\\]"),
        ('themes = ["child_deaths"]', 'themes = ["child_death"]', "did you mean child_deaths"),
        ('"OFFICIAL-SENSITIVE"', '" "', "'marking' is blank"),
        ('areas = ["E06000016"]', 'areas = "E06000016"', "'areas' is 'E06000016'"),
        ('areas = ["E06000016"]', "areas = []", "names no area"),
        ('areas = ["E06000016"]', 'areas = ["Leicester"]', "its code is E06000016"),
        ("X90000016", "E90000016", "prefix X"),
        ("[groups.cdop]", "[groups.cdop", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_to_write(tmp_path, old, new, told):
    with pytest.raises(SettingsError, match=told):
        read(tmp_path, GOOD.replace(old, new))


def test_a_byte_order_mark_from_notepad_does_no_harm(tmp_path):
    (tmp_path / "lscb.toml").write_text(GOOD, "utf-8-sig")
    assert read_settings(tmp_path).areas == ("E06000016",)


def test_the_workspace_is_found_from_a_folder_within_it(tmp_path, monkeypatch):
    monkeypatch.delenv("LSCB_WORKSPACE", raising=False)
    (tmp_path / "lscb.toml").write_text(GOOD, "utf-8")
    inner = tmp_path / "notebooks" / "deep"
    inner.mkdir(parents=True)
    assert find_workspace(inner) == tmp_path.resolve()


def test_no_workspace_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("LSCB_WORKSPACE", str(tmp_path))
    with pytest.raises(SettingsError, match="change to the project's folder"):
        find_workspace(tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("areas = [1]", "'areas' is (1,), not a list of texts in [ ]"),
        ('areas = "X06000001"', "not a list of texts in [ ]"),
        ('areas = ["X06000001"]\nmarking = 3', "not a text in quotes"),
        ("[group.board]\ntitle = 'x'", "unknown table [group], did you mean groups?"),
        ("markin = 'x'", "unknown key 'markin', did you mean marking?"),
        ('areas = ["X06009999"]\nmarking = "x"', "lscb.toml: 'areas': "),
        (
            'areas = ["X06000001"]\nmarking = "x"\n[area.X06000001]\nneighbour_model = "x"\n'
            "returns_due_days = -5",
            "[area.X06000001]: 'returns_due_days' is below 0",
        ),
        (
            'areas = ["X06000001"]\nmarking = "x"\n[area.X06000001]\nneighbour_model = "x"\n'
            "panel_areas = [1]",
            "not a list of texts in [ ]",
        ),
    ],
)
def test_a_wrong_setting_is_told_in_the_words_of_its_file(tmp_path, text: str, told: str):
    (tmp_path / "lscb.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as refused:
        read_settings(tmp_path)
    assert told in str(refused.value)
