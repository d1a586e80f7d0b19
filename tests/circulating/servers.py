"""Mail servers on this machine: one that follows the rules, and some that do not."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

HOST = "localhost"
USER, PASSWORD = b"lscb", b"pass word"


def server_context(authority: trustme.CA, name: str = HOST) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate for a name."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Postbox:
    """What the server took, and how it answers: `answers` are used up one by one, by command."""

    messages: list[tuple[tuple[str, ...], bytes]] = field(default_factory=list)
    never: dict[str, str] = field(default_factory=dict)
    answers: dict[str, list[str]] = field(default_factory=dict)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.never:
            return self.never[address]
        if self.answers.get("RCPT"):
            return self.answers["RCPT"].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answers.get("DATA"):
            return self.answers["DATA"].pop(0)
        self.messages.append((tuple(envelope.rcpt_tos), envelope.content))
        return "250 OK"

    @property
    def by_receiver(self) -> dict[str, list[EmailMessage]]:
        """The messages that each address got."""
        found: dict[str, list[EmailMessage]] = {}
        for receivers, content in self.messages:
            for each in receivers:
                parsed = message_from_bytes(content, policy=policy.default)
                found.setdefault(each, []).append(parsed)
        return found


def _lets_in(server, session, envelope, mechanism, data) -> AuthResult:
    is_right = (data.login, data.password) == (USER, PASSWORD)
    return AuthResult(success=is_right, handled=False)


@contextmanager
def mail_server(
    postbox: Postbox, context: ssl.SSLContext, security: str = "starttls", **given: object
) -> Iterator[int]:
    """A server that follows the rules, and asks for a user and password; its port."""
    port = free_port()
    tls = (
        {"tls_context": context, "require_starttls": True}
        if security == "starttls"
        else {"ssl_context": context, "auth_require_tls": False}
    )
    asked = {"authenticator": _lets_in, "auth_required": True}
    controller = Controller(postbox, "127.0.0.1", port, **{**tls, **asked, **given})
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


Talk = Callable[[socket.socket], None]


@contextmanager
def rude_server(talk: Talk, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server that says to each caller what `talk` says, and hangs up; its port.

    With a context it speaks TLS from the beginning.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        is_over = threading.Event()

        def serve() -> None:
            while not is_over.is_set():
                with suppress(OSError):
                    line, _ = listening.accept()
                    with line, suppress(OSError):
                        line.settimeout(30)
                        secret = context.wrap_socket(line, server_side=True) if context else line
                        with secret:
                            talk(secret)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        is_over.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
    thread.join(40)
    assert not thread.is_alive()


def conversation(*answers: bytes, ending: Callable[[socket.socket], None] | None = None) -> Talk:
    """Greet, answer each line of the client in turn, then do the ending."""

    def talk(line: socket.socket) -> None:
        heard = line.makefile("rb")
        line.sendall(answers[0])
        for answer in answers[1:]:
            if not heard.readline():
                return
            line.sendall(answer)
        if ending is not None:
            ending(line)

    return talk


GREETING = (b"220 localhost\r\n", b"250 localhost\r\n")
TAKEN = (b"250 OK\r\n",)


def read_to_the_dot(line: socket.socket) -> bytes:
    """All of a message, to the line that ends it."""
    heard = b""
    while not heard.endswith(b"\r\n.\r\n"):
        piece = line.recv(1 << 16)
        if not piece:
            break
        heard += piece
    return heard


def mail_table(port: int, **other: object) -> str:
    """The table [mail] for a server of the tests."""
    asked = {
        "host": HOST,
        "port": port,
        "from": "safeguarding@council.example.uk",
        "user": "lscb",
        "password_variable": "LSCB_MAIL_PASSWORD",
        "ca_file": "authority.pem",
        "pause_seconds": 0,
        **other,
    }
    lines = [
        f'{key} = "{it}"' if isinstance(it, str) else f"{key} = {it}" for key, it in asked.items()
    ]
    return "\n[mail]\n" + "\n".join(lines) + "\n"


def trust(workspace: Path, authority: trustme.CA) -> None:
    """The authority's certificate as a file of the workspace."""
    authority.cert_pem.write_to_path(str(workspace / "authority.pem"))
