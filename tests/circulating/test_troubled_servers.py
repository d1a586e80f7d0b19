"""Mail servers that hang, refuse, break off, or are not who they say: what is said and done."""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import replace

import pytest
import trustme

from lscb_analysis.circulating.mailing import Tried, tried_again
from lscb_analysis.circulating.smtp import SendError, Taken, send_once, trusted
from lscb_analysis.recipients import Mail
from tests.circulating.servers import (
    GREETING,
    HOST,
    TAKEN,
    Postbox,
    conversation,
    free_port,
    mail_server,
    read_to_the_dot,
    rude_server,
    server_context,
)

MESSAGE = b"Subject: x\r\n\r\n.a line that begins with a dot\r\n"
TO = ("a@example.uk", "b@example.uk")
MAIL = Mail(HOST, "safeguarding@example.uk", user="lscb", password_variable="X", seconds=2)
UNNAMED = replace(MAIL, user="", password_variable="", security="tls")


@pytest.fixture
def context(authority: trustme.CA) -> ssl.SSLContext:
    """The client's side, which trusts the tests' authority."""
    found = ssl.create_default_context()
    authority.configure_trust(found)
    return found


@pytest.fixture
def theirs(authority: trustme.CA) -> ssl.SSLContext:
    """The server's side, with a certificate of its name."""
    return server_context(authority)


def send(mail: Mail, context: ssl.SSLContext, to=TO, message=MESSAGE, password="pass word"):
    """What came of one try, and whom it was for when it went."""
    told: list[tuple[str, ...]] = []
    return send_once(mail, password, context, to, message, lambda a: told.append(tuple(a))), told


def test_a_message_arrives_as_it_was_and_is_told_of_before_it_goes(context, theirs):
    postbox = Postbox()
    with mail_server(postbox, theirs) as port:
        taken, told = send(replace(MAIL, port=port), context)
    assert (taken, told) == (Taken(TO), [TO])
    assert postbox.messages == [(TO, MESSAGE)]


def test_a_certificate_of_another_name_is_refused_and_nothing_is_said(context, authority):
    postbox = Postbox()
    for security in ("starttls", "tls"):
        other = server_context(authority, "mail.elsewhere.example")
        with mail_server(postbox, other, security) as port:
            mail = replace(MAIL, port=port, security=security)
            with pytest.raises(SendError, match="certificate is not trusted") as refused:
                send(mail, context)
        assert not refused.value.is_temporary
    assert postbox.messages == []


def test_a_certificate_of_an_authority_that_is_not_trusted_is_refused(theirs):
    with (
        mail_server(Postbox(), theirs) as port,
        pytest.raises(SendError, match="see host and ca_file"),
    ):
        send(replace(MAIL, port=port), ssl.create_default_context())


def test_the_authority_of_ca_file_is_trusted_and_a_wrong_file_is_said(tmp_path, authority, theirs):
    authority.cert_pem.write_to_path(tmp_path / "own.pem")
    (tmp_path / "wrong.pem").write_text("no certificate")
    postbox = Postbox()
    with mail_server(postbox, theirs) as port:
        mail = replace(MAIL, port=port, ca_file="own.pem")
        send(mail, trusted(mail, tmp_path))
    assert len(postbox.messages) == 1
    for name in ("wrong.pem", "none.pem"):
        with pytest.raises(SendError, match=r"ca_file .* cannot be used"):
            trusted(replace(MAIL, ca_file=name), tmp_path)


def test_a_server_without_encryption_gets_nothing(context):
    with (
        rude_server(conversation(b"220 hello\r\n", b"250-localhost\r\n250 AUTH PLAIN\r\n")) as port,
        pytest.raises(SendError, match="offers no STARTTLS"),
    ):
        send(replace(MAIL, port=port), context)


def test_what_is_said_before_encryption_is_forgotten(context, theirs):
    heard = []

    def talk(line: socket.socket) -> None:
        line.sendall(b"220 hello\r\n")
        line.recv(1000)
        line.sendall(b"250-localhost\r\n250-SIZE 10\r\n250 STARTTLS\r\n")
        line.recv(1000)
        line.sendall(b"220 go ahead\r\n")
        with theirs.wrap_socket(line, server_side=True) as secret:
            secret.recv(1000)
            secret.sendall(b"250 localhost\r\n")
            heard.append(secret.recv(1000))

    mail = replace(UNNAMED, security="starttls")
    with rude_server(talk) as port, pytest.raises(SendError):
        send(replace(mail, port=port), context)
    assert heard == [b"mail FROM:<safeguarding@example.uk>\r\n"]  # a SIZE of 10 would stop it


def test_a_wrong_password_is_said_and_never_repeated(context, theirs):
    with mail_server(Postbox(), theirs) as port:
        with pytest.raises(SendError, match="does not let the user in") as refused:
            send(replace(MAIL, port=port), context, password="Secret 7!")
        assert not refused.value.is_temporary
        with pytest.raises(SendError, match="a sign that mail servers do not take"):
            send(replace(MAIL, port=port), context, password="pässword")
    assert "Secret" not in str(refused.value)


def test_a_server_that_is_not_there_or_has_no_name_may_be_there_later(context):
    with pytest.raises(SendError, match="refused") as refused:
        send(replace(MAIL, port=free_port()), context)
    assert refused.value.is_temporary
    assert refused.value.is_silent
    with pytest.raises(SendError, match=r"mail\.invalid port 587") as unknown:
        send(replace(MAIL, host="mail.invalid"), context)
    assert unknown.value.is_temporary


def hang(line: socket.socket) -> None:
    """Say nothing until the other side has gone."""
    while line.recv(1 << 16):
        pass


@pytest.mark.parametrize("said", [(), (b"220 hello\r\n",), GREETING])
def test_a_server_that_hangs_is_left_in_time(context, theirs, said):
    talk = conversation(*said, ending=hang) if said else hang
    with rude_server(talk, theirs) as port, pytest.raises(SendError, match="in time") as left:
        send(replace(UNNAMED, port=port, seconds=1), context)
    assert left.value.is_temporary
    assert left.value.is_silent


def test_a_server_that_hangs_before_encryption_is_left_in_time(context):
    with rude_server(hang) as port:
        for security in ("tls", "starttls"):
            with pytest.raises(SendError, match="in time"):
                send(replace(UNNAMED, port=port, seconds=1, security=security), context)


def test_a_server_that_never_finishes_its_answer_is_left_all_the_same(context, theirs):
    def drip(line: socket.socket) -> None:
        while True:
            line.sendall(b"220-wait\r\n")
            time.sleep(0.3)

    with (
        rude_server(drip, theirs) as port,
        pytest.raises(SendError, match="no answer came in time"),
    ):
        send(replace(UNNAMED, port=port, seconds=1), context)


@pytest.mark.parametrize(
    ("answers", "is_temporary", "told"),
    [
        ((b"421 busy\r\n",), True, "421 busy"),
        ((b"554 go away\r\n",), False, "554 go away"),
        ((*GREETING, b"451 later\r\n"), True, "451 later"),
        ((*GREETING, b"550 not you\r\n"), False, "550 not you"),
        ((*GREETING, *TAKEN, b"421 closing\r\n"), True, "421 closing"),
        ((*GREETING, *TAKEN, *TAKEN, *TAKEN, b"452 full\r\n"), True, "452 full"),
        ((b"SSH-2.0-OpenSSH_9.2\r\n",), False, "no mail server"),
        ((b"554 \x1b[31mred\x07\r\n",), False, r"554 \[31mred"),
    ],
)
def test_a_refusal_for_now_is_told_from_one_for_good(context, theirs, answers, is_temporary, told):
    with (
        rude_server(conversation(*answers), theirs) as port,
        pytest.raises(SendError, match=told) as refused,
    ):
        send(replace(UNNAMED, port=port), context)
    assert refused.value.is_temporary is is_temporary
    assert str(refused.value).isprintable()


def test_one_addressee_that_is_refused_does_not_keep_it_from_the_others(context, theirs):
    postbox = Postbox(never={TO[0]: "550 no such user", "c@example.uk": "450 try later"})
    with mail_server(postbox, theirs) as port:
        taken, told = send(replace(MAIL, port=port), context, (*TO, "c@example.uk"))
    assert taken.accepted == ("b@example.uk",)
    assert dict(taken.refused) == {TO[0]: "550 no such user"}
    assert dict(taken.deferred) == {"c@example.uk": "450 try later"}
    assert told == [("b@example.uk",)]
    assert [to for to, _ in postbox.messages] == [("b@example.uk",)]


def test_a_message_that_is_too_large_is_not_begun(context, theirs):
    postbox = Postbox()
    with (
        mail_server(postbox, theirs, data_size_limit=1000) as port,
        pytest.raises(SendError, match="it takes 1,000 at most") as refused,
    ):
        send(replace(MAIL, port=port), context, message=b"x" * 998 + b"\r\n" + b"y\r\n")
    assert not refused.value.is_temporary
    assert postbox.messages == []


DATA = (*GREETING, *TAKEN, *TAKEN, *TAKEN, b"354 go on\r\n")


def test_a_connection_that_breaks_while_a_message_goes_has_not_sent_it(context, theirs):
    def break_off(line: socket.socket) -> None:
        line.recv(1000)

    large = b"a line of the message\r\n" * 1_000_000  # more than any buffer on the way holds
    with (
        rude_server(conversation(*DATA, ending=break_off), theirs) as port,
        pytest.raises(SendError, match="connection broke") as broken,
    ):
        send(replace(UNNAMED, port=port), context, message=large)
    assert broken.value.is_temporary


def test_of_a_message_whose_answer_never_came_nobody_knows(context, theirs):
    heard = []

    def say_nothing(line: socket.socket) -> None:
        heard.append(read_to_the_dot(line))

    with rude_server(conversation(*DATA, ending=say_nothing), theirs) as port:
        taken, told = send(replace(UNNAMED, port=port), context)
    assert (taken, told) == (Taken(unknown=TO), [TO])
    assert heard == [MESSAGE.replace(b"\r\n.a", b"\r\n..a") + b".\r\n"]


@pytest.mark.parametrize(
    ("answer", "is_temporary"), [(b"451 scanner\r\n", True), (b"554 spam\r\n", False)]
)
def test_an_answer_after_the_message_says_that_it_was_not_taken(
    context, theirs, answer, is_temporary
):
    def refuse(line: socket.socket) -> None:
        read_to_the_dot(line)
        line.sendall(answer)
        hang(line)

    with (
        rude_server(conversation(*DATA, ending=refuse), theirs) as port,
        pytest.raises(SendError) as refused,
    ):
        send(replace(UNNAMED, port=port), context)
    assert refused.value.is_temporary is is_temporary


def test_only_those_who_may_yet_be_taken_are_tried_again():
    asked, pauses = [], []
    answers = [
        Taken(("a",), (), {"b": "450 later", "c": "450 later"}, {"d": "550 never"}),
        Taken(("b",), (), {"c": "450 later"}, {}),
        Taken((), (), {"c": "451 still not"}, {}),
    ]

    def once(to) -> Tried:
        asked.append(tuple(to))
        return Tried(answers[len(asked) - 1])

    ended = tried_again(once, ("a", "b", "c", "d"), 3, pauses.append)
    assert asked == [("a", "b", "c", "d"), ("b", "c"), ("c",)]
    assert pauses == [1, 2]
    assert ended.went == ("a", "b")
    assert dict(ended.failed) == {"d": "550 never", "c": "451 still not"}


def test_what_may_have_arrived_is_not_tried_again():
    asked = []

    def once(to) -> Tried:
        asked.append(tuple(to))
        return Tried(Taken((), ("a",), {"b": "450 later"}, {}))

    ended = tried_again(once, ("a", "b"), 2, lambda _: None)
    assert asked == [("a", "b"), ("b",)]
    assert ended.unknown[0] == "a"
