"""`lscb circulate` with a real mail server: each briefing to its own groups, and once."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from lscb_analysis.audit import file_hash
from lscb_analysis.releasing import verify_content
from tests.circulating.outbox import GROUPS, Outbox
from tests.circulating.servers import Postbox, mail_server, mail_table, server_context, trust

pytestmark = pytest.mark.slow
BOARD = ("chair@board.example.uk", "clerk@board.example.uk")
EVERYBODY = {*BOARD, "dvsv@police.example.uk", "panel@health.example.uk"}


def names(message) -> list[str]:
    return [part.get_filename() for part in message.iter_attachments()]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_each_group_gets_its_own_briefings_and_no_others(
    outbox: Outbox, authority: trustme.CA, postbox: Postbox, security: str
):
    trust(outbox.workspace, authority)
    with mail_server(postbox, server_context(authority), security) as port:
        outbox.set_up(mail=mail_table(port, security=security))
        done = outbox.circulate("--send")
    assert done.exit_code == 0, done.output
    got = postbox.by_receiver
    assert set(got) == EVERYBODY
    pages = {to: [name for name in names(got[to][0]) if name.endswith(".html")] for to in got}
    start = "X06000001-2016-17-Q4-"
    assert pages["dvsv@police.example.uk"] == [f"{start}domestic_abuse.html"]
    assert pages["panel@health.example.uk"] == [f"{start}child_deaths.html"]
    assert (
        pages[BOARD[0]]
        == pages[BOARD[1]]
        == [
            f"{start}{theme}.html"
            for theme in ("child_protection", "domestic_abuse", "child_deaths")
        ]
    )
    assert all(len(messages) == 1 for messages in got.values())


def test_the_panel_gets_the_panel_s_page_and_the_board_the_partnership_s(
    served: Outbox, postbox: Postbox
):
    served.circulate("--send")
    for to, audience in (("panel@health.example.uk", "panel"), (BOARD[0], "partnership")):
        (part,) = (
            part
            for part in postbox.by_receiver[to][0].iter_attachments()
            if part.get_filename().endswith("child_deaths.html")
        )
        content = part.get_payload(decode=True)
        assert content == served.page("child_deaths", audience).read_bytes()
        found = verify_content(served.workspace, Path("received.html"), content)
        assert found.is_released
        assert found.line["audience"] == audience


def test_a_message_says_marking_area_quarter_and_that_data_are_synthetic(
    served: Outbox, postbox: Postbox
):
    served.circulate("--send")
    message = postbox.by_receiver["dvsv@police.example.uk"][0]
    body = message.get_body().get_content()
    for told in ("OFFICIAL-SENSITIVE", "Mereford", "2016-17 Q4", "SYNTHETIC DATA"):
        assert told in message["Subject"]
        assert told in body
    assert "Domestic abuse, Mereford, 2016-17 Q4" in body
    assert "Child protection" not in body
    assert "1,010" not in body  # a figure of the page
    assert message["From"] == "safeguarding@council.example.uk"
    assert "dvsv@" not in message.as_string()  # nobody sees who else gets it


def test_a_workbook_goes_and_where_there_is_no_browser_a_line_says_that_no_pdf_does(
    served: Outbox, postbox: Postbox
):
    done = served.circulate("--send", "--group", "dvsv")
    message = postbox.by_receiver["dvsv@police.example.uk"][0]
    assert [name.rpartition(".")[2] for name in names(message)] == ["html", "xlsx"]
    assert "domestic_abuse goes without a PDF" in done.output
    assert "domestic_abuse goes without a PDF" in message.get_body().get_content()


def test_without_being_told_to_it_says_who_would_get_what_and_sends_nothing(
    served: Outbox, postbox: Postbox
):
    done = served.circulate()
    assert done.exit_code == 0
    assert postbox.messages == []
    assert not (served.workspace / ".lscb/X06000001/circulated.jsonl").exists()
    told = done.output.split("  Domestic and Sexual Violence Delivery Group")[1]
    assert told.startswith(", for the partnership: dvsv@police.example.uk")
    assert "would get  Domestic abuse, Mereford, 2016-17 Q4" in told.split("  Child Death")[0]
    assert "Nothing is sent yet" in done.output


def test_nothing_goes_twice_unless_asked_for_again(served: Outbox, postbox: Postbox):
    served.circulate("--send")
    first = len(postbox.messages)
    done = served.circulate("--send")
    assert (done.exit_code, len(postbox.messages)) == (0, first)
    assert "has        Domestic abuse, Mereford, 2016-17 Q4: it went on" in done.output
    served.circulate("--send", "--again", "--group", "dvsv")
    messages = postbox.by_receiver["dvsv@police.example.uk"]
    assert len(messages) == 2
    assert len({message["Message-ID"] for message in messages}) == 2
    assert len(postbox.messages) == first + 1


def test_who_joins_a_group_later_gets_what_the_others_have(served: Outbox, postbox: Postbox):
    served.circulate("--send")
    settings = served.workspace / "lscb.toml"
    added = settings.read_text().replace('["dvsv@police', '["new@police.example.uk", "dvsv@police')
    settings.write_text(added)
    served.circulate("--send")
    assert len(postbox.by_receiver["new@police.example.uk"]) == 1
    assert len(postbox.by_receiver["dvsv@police.example.uk"]) == 1


def test_a_page_that_was_changed_is_refused_and_the_others_go(served: Outbox, postbox: Postbox):
    page = served.page("domestic_abuse")
    page.write_text(page.read_text("utf-8").replace("1,010", "1,011"), "utf-8", newline="\n")
    done = served.circulate("--send")
    assert done.exit_code == 1
    assert "REFUSED    domestic_abuse: is not a page that was released" in done.output
    assert "1,011" not in done.output
    assert "dvsv@police.example.uk" not in postbox.by_receiver
    sent = {theme for theme, to in served.sent() if to == BOARD[0]}
    assert sent == {"child_protection", "child_deaths"}


def test_the_log_says_what_went_where_when_and_how(served: Outbox):
    served.circulate("--send", "--group", "dvsv")
    sending, sent = served.log
    assert (sending["state"], sent["state"]) == ("sending", "sent")
    assert sent["pages"] == {"domestic_abuse": file_hash(served.page("domestic_abuse"))}
    assert (sent["group"], sent["how"], sent["to"]) == ("dvsv", "mail", ["dvsv@police.example.uk"])
    assert "1,010" not in str(served.log)


def test_an_unknown_group_or_two_ways_at_once_are_refused(served: Outbox):
    wrong = served.circulate("--group", "dvsw")
    assert (wrong.exit_code, "did you mean dvsv?" in wrong.output) == (2, True)
    both = served.circulate("--send", "--to-folder", "out")
    assert (both.exit_code, "one way at a time" in both.output) == (2, True)


def test_without_its_password_or_its_server_nothing_is_sent(
    served: Outbox, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("LSCB_MAIL_PASSWORD")
    done = served.circulate("--send")
    assert (done.exit_code, "set the environment variable" in done.output) == (2, True)
    served.set_up(GROUPS)
    done = served.circulate("--send")
    assert (done.exit_code, "no table [mail]" in done.output) == (2, True)


def test_two_commands_never_send_at_once(served: Outbox, postbox: Postbox):
    from lscb_analysis.circulating.lock import only_one

    with only_one(served.workspace, "X06000001"):
        done = served.circulate("--send")
    assert (done.exit_code, postbox.messages) == (1, [])
    assert "another lscb circulate is at work" in done.output
    assert served.circulate("--send").exit_code == 0


def test_letters_that_are_not_english_arrive_as_they_are(served: Outbox, postbox: Postbox):
    settings = served.workspace / "lscb.toml"
    titled = settings.read_text().replace("The board", "Bwrdd Diogelu Plant – Môn (“A”)")
    settings.write_text(titled, "utf-8")
    assert served.circulate("--send", "--group", "board").exit_code == 0
    message = postbox.by_receiver[BOARD[0]][0]
    assert "Bwrdd Diogelu Plant – Môn (“A”)" in message.get_body().get_content()
    assert message["To"].groups[0].display_name == "Bwrdd Diogelu Plant – Môn (“A”)"
    assert postbox.messages[0][1].isascii()
