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


MAIL = """
[mail]
host = "mail.example.gov.uk"
from = "safeguarding@example.gov.uk"
user = "lscb"
password_variable = "LSCB_MAIL_PASSWORD"
"""


def test_the_mail_server_is_read_and_takes_the_port_of_its_encryption(tmp_path):
    mail = read(tmp_path, GOOD + MAIL).mail
    assert (mail.host, mail.sender, mail.at_port) == (
        *("mail.example.gov.uk", "safeguarding@example.gov.uk"),
        587,
    )
    tls = read(tmp_path, GOOD + MAIL + 'security = "tls"\n').mail
    assert tls.at_port == 465
    assert read(tmp_path, GOOD).mail is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("from =", "sender =", "'from' is missing"),
        ('user = "lscb"', 'user = "lscb"\nsender = "a@b.uk"', "unknown key 'sender'"),
        ('password_variable = "LSCB_MAIL_PASSWORD"', "", "belong together"),
        ('host = "mail.example.gov.uk"', 'host = "mail\\r\\nQUIT"', "not the name of a server"),
        ('user = "lscb"', 'user = "lscb"\nsecurity = "none"', "not one of starttls, tls"),
        ('user = "lscb"', 'user = "lscb"\nport = 70000', "not 1 to 65535"),
        ('user = "lscb"', 'user = "lscb"\nseconds = 0', "'seconds' is below 1"),
        ("safeguarding@example.gov.uk", "Board <a@b.uk>", "not an address"),
        ("[mail]", "[smtp]", r"unknown table \[smtp\]"),
    ],
)
def test_a_wrong_mail_setting_is_refused(tmp_path, old, new, told):
    with pytest.raises(SettingsError, match=told):
        read(tmp_path, (GOOD + MAIL).replace(old, new))


@pytest.mark.parametrize("line", ['password = "Secret 7!"', 'password_variable = "Secret 7!"'])
def test_a_password_in_the_settings_is_refused_and_never_repeated(tmp_path, line):
    text = (GOOD + MAIL).replace('password_variable = "LSCB_MAIL_PASSWORD"', line)
    with pytest.raises(SettingsError, match="password_variable") as refused:
        read(tmp_path, text)
    assert "Secret" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "nobody",
        "a@b@example.uk",
        "a b@example.uk",
        "a@example",
        ".a@example.uk",
        "a..b@example.uk",
        "ä@example.uk",
        "a@exämple.uk",
        "a@example.uk\\nBcc: b@example.uk",
        "a@example.uk, b@example.uk",
        "a" * 65 + "@example.uk",
    ],
)
def test_an_address_that_is_not_one_plain_address_is_refused(tmp_path, address):
    with pytest.raises(SettingsError, match="not an address of the form"):
        read(tmp_path, GOOD + f'addresses = ["{address}"]\n')


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('audience = "pannel"', "did you mean panel"),
        ('addresses = ["a@b.uk", "A@B.uk"]', "names somebody twice"),
        ('areas = ["X06000001"]', "is not one of E06000016"),
        ('adresses = ["a@b.uk"]', "did you mean addresses"),
    ],
)
def test_a_wrong_setting_of_a_group_is_refused(tmp_path, line, told):
    with pytest.raises(SettingsError, match=told):
        read(tmp_path, GOOD + line + "\n")


def test_a_group_s_title_and_the_marking_are_one_line_each(tmp_path):
    for old in ("Child Death Overview Panel", "OFFICIAL-SENSITIVE"):
        with pytest.raises(SettingsError, match="cannot be printed"):
            read(tmp_path, GOOD.replace(old, old + "\\r\\nBcc: somebody@example.uk"))


def test_a_group_s_name_never_leads_out_of_its_folder(tmp_path):
    with pytest.raises(SettingsError, match="named by letters"):
        read(tmp_path, GOOD.replace("[groups.cdop]", '[groups."../cdop"]'))


def test_where_there_are_several_areas_a_group_with_addresses_says_whose_pages_it_gets(tmp_path):
    two = GOOD.replace('["E06000016"]', '["E06000016", "X06000001"]', 1)
    two += 'addresses = ["a@example.uk"]\n[area.X06000001]\nneighbour_model = "Example 2016"\n'
    with pytest.raises(SettingsError, match="says which it is sent"):
        read(tmp_path, two)
    said = two.replace("addresses =", 'areas = ["X06000001"]\naddresses =')
    assert read(tmp_path, said).groups["cdop"].areas == ("X06000001",)
