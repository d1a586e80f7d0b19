"""What is left undone by a troubled server is done by the next command, and nothing else."""

from __future__ import annotations

import pytest
import trustme

from lscb_analysis.circulating.sent_log import read_sent, write_sent
from lscb_analysis.state import StateError
from tests.briefing.drawn_workspace import MEREFORD
from tests.circulating.outbox import Outbox
from tests.circulating.servers import (
    GREETING,
    TAKEN,
    Postbox,
    conversation,
    free_port,
    mail_server,
    mail_table,
    read_to_the_dot,
    rude_server,
    server_context,
    trust,
)

pytestmark = pytest.mark.slow
BOARD = ("chair@board.example.uk", "clerk@board.example.uk")


def test_a_server_that_asks_for_patience_is_tried_again_at_once(served: Outbox, postbox: Postbox):
    postbox.answers["DATA"] = ["451 busy", "451 busy"]
    done = served.circulate("--send", "--group", "dvsv")
    assert done.exit_code == 0, done.output
    assert len(postbox.by_receiver["dvsv@police.example.uk"]) == 1
    states = [line["state"] for line in served.log]
    assert states == ["sending", "failed", "sending", "failed", "sending", "sent"]


def test_an_addressee_that_is_refused_is_said_and_tried_again_by_the_next_command_alone(
    served: Outbox, postbox: Postbox
):
    postbox.never[BOARD[1]] = "550 no such user here"
    done = served.circulate("--send")
    assert done.exit_code == 1
    assert f"FAILED     {BOARD[1]}: 550 no such user here" in done.output
    assert f"to {BOARD[0]}" in done.output
    assert BOARD[1] not in postbox.by_receiver
    taken = len(postbox.messages)
    assert "panel@health.example.uk" in postbox.by_receiver  # the groups after it got theirs
    del postbox.never[BOARD[1]]
    assert served.circulate("--send").exit_code == 0
    assert [to for to, _ in postbox.messages[taken:]] == [(BOARD[1],)]


def test_after_a_drop_half_way_only_the_rest_is_sent(
    served: Outbox, postbox: Postbox, authority: trustme.CA
):
    served.circulate("--send", "--group", "board")
    with rude_server(conversation(b"421 closing\r\n")) as port:
        served.set_up(mail=mail_table(port, attempts=2))
        done = served.circulate("--send")
    assert done.exit_code == 1
    assert done.output.count("FAILED") == 2
    assert "has        Child protection" in done.output
    before = list(postbox.messages)
    with mail_server(postbox, server_context(authority)) as port:
        served.set_up(mail=mail_table(port))
        assert served.circulate("--send").exit_code == 0
    rest = {to for receivers, _ in postbox.messages[len(before) :] for to in receivers}
    assert rest == {"dvsv@police.example.uk", "panel@health.example.uk"}


def test_a_silent_server_is_tried_often_for_the_first_group_and_once_for_the_others(
    outbox: Outbox, authority: trustme.CA
):
    trust(outbox.workspace, authority)
    outbox.set_up(mail=mail_table(free_port(), attempts=3))
    done = outbox.circulate("--send")
    assert done.exit_code == 1
    assert [line["group"] for line in outbox.log] == ["board"] * 3 + ["dvsv", "cdop"]
    assert "Connection refused" in done.output


def test_what_may_have_arrived_is_never_sent_once_more_unless_asked_for(
    outbox: Outbox, authority: trustme.CA, postbox: Postbox
):
    trust(outbox.workspace, authority)
    context = server_context(authority)
    talk = conversation(
        *(*GREETING, *TAKEN, *TAKEN, b"354 go on\r\n"), ending=lambda line: read_to_the_dot(line)
    )
    with rude_server(talk, context) as port:
        table = mail_table(port, security="tls", user="", password_variable="")
        outbox.set_up(mail=table)
        done = outbox.circulate("--send", "--group", "dvsv")
    assert done.exit_code == 1
    assert "ask if it arrived" in done.output
    with mail_server(postbox, context) as port:
        outbox.set_up(mail=mail_table(port))
        done = outbox.circulate("--send", "--group", "dvsv")
        assert (done.exit_code, postbox.messages) == (1, [])
        assert "IN DOUBT   Domestic abuse" in done.output
        assert outbox.circulate("--send", "--group", "dvsv", "--again").exit_code == 0
        assert len(postbox.messages) == 1
        assert outbox.circulate("--send", "--group", "dvsv").exit_code == 0
    assert len(postbox.messages) == 1


def test_a_command_that_was_killed_while_sending_leaves_its_message_in_doubt(
    served: Outbox, postbox: Postbox
):
    served.circulate("--send", "--group", "dvsv")
    path = served.workspace / ".lscb" / MEREFORD / "circulated.jsonl"
    first = path.read_text("utf-8").splitlines(keepends=True)[0]
    path.write_text(first, "utf-8")  # the line before the message is all that was written
    done = served.circulate("--send", "--group", "dvsv")
    assert (done.exit_code, len(postbox.messages)) == (1, 1)
    assert "IN DOUBT" in done.output


def test_a_line_that_a_power_cut_left_unfinished_does_no_harm(tmp_path):
    facts = {"state": "sent", "how": "mail", "to": ["a@b.uk"], "pages": {}, "attempt": "1"}
    write_sent(tmp_path, MEREFORD, facts)
    path = tmp_path / ".lscb" / MEREFORD / "circulated.jsonl"
    with path.open("a") as file:
        file.write('{"state": "sen')
    assert len(read_sent(tmp_path, MEREFORD)) == 1
    write_sent(tmp_path, MEREFORD, facts)
    assert [line["state"] for line in read_sent(tmp_path, MEREFORD)] == ["sent", "sent"]


@pytest.mark.parametrize("line", ["not json\n", "[]\n", '{"state": "sent"}\n', "\xff\n"])
def test_a_log_that_cannot_be_read_stops_the_area_and_nothing_is_sent(
    served: Outbox, postbox: Postbox, line: str
):
    path = served.workspace / ".lscb" / MEREFORD / "circulated.jsonl"
    path.write_text(line, "latin-1")
    done = served.circulate("--send")
    assert (done.exit_code, postbox.messages) == (1, [])
    assert "could go twice" in done.output
    with pytest.raises(StateError, match="put back from a backup"):
        read_sent(served.workspace, MEREFORD)
