"""The message to one group, its folder and its message file: names, words, and no other line."""

from __future__ import annotations

import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from lscb_analysis.briefing.places import DATA_PACK
from lscb_analysis.catalogue import measured_themes
from lscb_analysis.circulating.enclosures import HTML, XLSX, Enclosed, Enclosure, data_pack
from lscb_analysis.circulating.message import Parcel, message_id, message_of, subject_of
from lscb_analysis.circulating.pages import Page
from lscb_analysis.periods import parse_quarter
from lscb_analysis.recipients import Group
from lscb_analysis.release_check import Manifest
from tests.circulating.outbox import Outbox

WHEN = parse_quarter("2016-17-Q4")
TO = ("a@example.uk", "b@example.uk")
NOW = datetime(2017, 6, 1, 9, 0, tzinfo=UTC)


def a_page(theme: str = "domestic_abuse", pack: bytes = b"", **said: object) -> Page:
    facts = {"title": "Domestic abuse, Mereford, 2016-17 Q4", "marking": "OFFICIAL-SENSITIVE"}
    manifest = Manifest(**{**facts, "is_synthetic": True, **said})
    return Page("X06000001", WHEN, "partnership", theme, b"<p>\xc3\xa9 page</p>", manifest, pack)


def a_parcel(title: str = "The board", area: str = "Mereford", **said: object) -> Parcel:
    page = a_page(**said)
    file = Enclosure("domestic_abuse.html", HTML, page.content)
    group = Group("board", title, ("domestic_abuse",), TO)
    return Parcel(group, "X06000001", area, WHEN, TO, (Enclosed(page, (file,)),))


def arrived(parcel: Parcel):
    sent = message_of(parcel, "s@example.uk", "<1@example.uk>", NOW).as_bytes()
    assert sent.isascii()
    assert max(len(line) for line in sent.split(b"\r\n")) <= 998
    return message_from_bytes(sent, policy=email.policy.default)


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\x0b", "\x85", " ", "\x00"])
def test_no_title_marking_or_area_begins_another_line_of_the_head(sign):
    evil = f"x{sign}Bcc: thief@example.uk{sign}{sign}body"
    for parcel in (a_parcel(title=evil), a_parcel(area=evil), a_parcel(marking=evil)):
        message = arrived(parcel)
        assert message["Bcc"] is None
        assert set(message.keys()) == {
            *("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"),
            *("MIME-Version", "Content-Type"),
        }
        assert message.get_body().get_content().count("Briefings enclosed:") == 1


@pytest.mark.parametrize(
    "title", ["Bwrdd Môn", "a, b; c: <d@e.uk>", '"quoted" (board)', "会议室" * 3]
)
def test_any_title_of_a_group_arrives_as_it_was(title):
    message = arrived(a_parcel(title=title))
    assert message["To"].groups[0].display_name == title
    assert message["To"].addresses == ()
    assert f"For: {title} (partnership)" in message.get_body().get_content()


def test_the_page_arrives_byte_for_byte():
    (part,) = arrived(a_parcel()).iter_attachments()
    assert part.get_payload(decode=True) == b"<p>\xc3\xa9 page</p>"
    assert part.get_filename() == "X06000001-2016-17-Q4-domestic_abuse.html"


def test_a_page_of_real_data_is_not_called_synthetic():
    real = a_parcel(is_synthetic=False)
    assert "SYNTHETIC" not in subject_of(real)
    assert "SYNTHETIC" not in arrived(real).get_body().get_content()


def test_the_same_message_has_the_same_number_and_another_one_another():
    parcel = a_parcel()
    first = message_id(parcel, "s@example.uk", 0)
    assert first == message_id(a_parcel(), "s@example.uk", 0)
    assert first.endswith("@example.uk>")
    others = {
        message_id(parcel, "s@example.uk", 1),
        message_id(replace(parcel, to=TO[:1]), "s@example.uk", 0),
        message_id(replace(parcel, group=Group("paag", "x", ())), "s@example.uk", 0),
    }
    assert len(others | {first}) == 4


def test_the_data_pack_of_all_themes_goes_only_to_who_is_briefed_on_all_of_them():
    page = a_page("annual_report", pack=b"PK")
    every = [*measured_themes(), "annual_report"]
    assert data_pack([page], every) == [Enclosure(DATA_PACK, XLSX, b"PK")]
    assert data_pack([page], every[1:]) == []
    assert data_pack([a_page()], every) == []


@pytest.mark.slow
def test_a_folder_of_each_group_s_own_holds_its_files_and_nobody_else_s(
    outbox: Outbox, tmp_path: Path
):
    outbox.set_up()
    done = outbox.circulate("--to-folder", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    place = tmp_path / "out" / "dvsv" / "X06000001" / "2016-17-Q4"
    assert {path.name for path in place.iterdir()} == {
        *("domestic_abuse.html", "domestic_abuse.xlsx", "briefings.txt"),
    }
    assert (place / "domestic_abuse.html").read_bytes() == outbox.page(
        "domestic_abuse"
    ).read_bytes()
    told = (place / "briefings.txt").read_text("utf-8")
    assert told.startswith("OFFICIAL-SENSITIVE\nSYNTHETIC DATA")
    assert "    domestic_abuse.html: the page" in told
    again = outbox.circulate("--to-folder", str(tmp_path / "out"))
    assert (again.exit_code, again.output.count("it went on")) == (0, 5)
    other = outbox.circulate("--to-folder", str(tmp_path / "other"))
    assert (other.exit_code, (tmp_path / "other" / "board").is_dir()) == (0, True)


@pytest.mark.slow
def test_a_message_file_a_group_opens_as_a_draft_to_its_addresses(outbox: Outbox, tmp_path: Path):
    outbox.set_up()
    assert outbox.circulate("--eml", str(tmp_path / "out")).exit_code == 0
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert files == [f"X06000001-2016-17-Q4-{name}.eml" for name in ("board", "cdop", "dvsv")]
    message = message_from_bytes(
        (tmp_path / "out" / files[0]).read_bytes(), policy=email.policy.default
    )
    assert message["Bcc"] == "chair@board.example.uk, clerk@board.example.uk"
    assert message["X-Unsent"] == "1"
    assert message["From"] is None
    assert outbox.circulate("--eml", str(tmp_path / "out"), "--again").exit_code == 0
    assert len(list((tmp_path / "out").iterdir())) == 6  # none takes another one's place


@pytest.mark.slow
def test_a_folder_that_cannot_be_made_is_said_and_holds_nothing_half_written(
    outbox: Outbox, tmp_path: Path
):
    outbox.set_up()
    place = tmp_path / "out"
    place.mkdir()
    (place / "dvsv").write_text("a file where a folder is wanted")
    done = outbox.circulate("--to-folder", str(place))
    assert done.exit_code == 1
    assert done.output.count("FAILED") == 1
    assert (place / "cdop").is_dir()
    assert not list(place.rglob("*.partial"))
    assert ("domestic_abuse", str(place / "dvsv")) not in outbox.sent()
