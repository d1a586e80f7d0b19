"""One message to one mail server, once: encrypted, within limits, and how it ended."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from lscb_analysis.recipients import Mail

PIECE = 1 << 16
LIMITS = 5  # a whole message may take as long as this many answers, and
SLOWEST = 20_000  # as long as it takes at this many bytes a second
LOWEST = 200  # of all answers; what has no such number is none
TOLD = 200
_DOT = re.compile(rb"(?m)^\.")


class SendError(RuntimeError):
    """A message that did not go; the message says why.

    `is_temporary` is worth another try; it `is_silent` where no server answered at all.
    """

    def __init__(self, told: str, *, is_temporary: bool = False, is_silent: bool = False):
        super().__init__(told)
        self.is_temporary, self.is_silent = is_temporary, is_silent


@dataclass(frozen=True)
class Taken:
    """Whom the server took a message for, whom it may take it for later, and whom never.

    Of those who are `unknown` it had all of the message, and its answer never came.
    """

    accepted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    deferred: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


def trusted(mail: Mail, workspace: Path) -> ssl.SSLContext:
    """Whose certificates are trusted: the system's authorities, or the one of `ca_file` alone.

    Raises SendError where that file cannot be used.
    """
    path = workspace / mail.ca_file if mail.ca_file else None
    try:
        return ssl.create_default_context(cafile=str(path) if path else None)
    except OSError as error:
        told = error.strerror or "it holds no certificate"
        raise SendError(f"ca_file {path} cannot be used ({told})") from error


def send_once(
    mail: Mail,
    password: str,
    context: ssl.SSLContext,
    to: Sequence[str],
    message: bytes,
    before: Callable[[Sequence[str]], None],
) -> Taken:
    """Whom the server took the message for.

    `before` is told of them at the last moment at which nothing has gone yet. Raises SendError
    for anything that kept the message from going.
    """
    limit = LIMITS * mail.seconds + len(message) / SLOWEST
    try:
        with (
            socket.create_connection((mail.host, mail.at_port), mail.seconds) as line,
            _at_most(line, limit),
            closing(_greeted(mail, context, line)) as server,
        ):
            if mail.user:
                server.login(mail.user, password)
            return _transaction(server, mail.sender, to, message, before)
    except (SendError, smtplib.SMTPException, OSError, ValueError) as error:
        raise _explained(error, mail) from error


@contextmanager
def _at_most(line: socket.socket, seconds: float) -> Iterator[None]:
    """Cut the connection after so long: a server may answer slowly, but not for ever."""
    same = line.dup()

    def cut() -> None:
        with suppress(OSError):
            same.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        same.close()


def _greeted(mail: Mail, context: ssl.SSLContext, line: socket.socket) -> smtplib.SMTP:
    """The server, encrypted and greeted; nothing but STARTTLS is ever said in the clear."""
    server = smtplib.SMTP(timeout=mail.seconds)
    server.sock = line
    if mail.security == "tls":
        server.sock = context.wrap_socket(line, server_hostname=mail.host)
    _wanted(server.getreply(), 220)
    if mail.security == "starttls":
        server.ehlo()
        if not server.has_extn("starttls"):
            raise SendError("it offers no STARTTLS, and nothing is sent without encryption")
        _wanted(server.docmd("STARTTLS"), 220)
        server.sock = context.wrap_socket(line, server_hostname=mail.host)
        server.file = None  # what was said in the clear is forgotten, and asked again
        server.ehlo_resp = server.helo_resp = None
        server.esmtp_features, server.does_esmtp = {}, False
    _wanted(server.ehlo(), 250)
    return server


def _transaction(
    server: smtplib.SMTP,
    sender: str,
    to: Sequence[str],
    message: bytes,
    before: Callable[[Sequence[str]], None],
) -> Taken:
    body = _DOT.sub(b"..", message)
    most = server.esmtp_features.get("size", "")
    if most.isdigit() and 0 < int(most) < len(body):
        raise SendError(f"the message has {len(body):,} bytes, and it takes {int(most):,} at most")
    _wanted(server.mail(sender, [f"size={len(body)}"] if most else []), 250)
    accepted: list[str] = []
    deferred: dict[str, str] = {}
    refused: dict[str, str] = {}
    for address in to:
        code, told = server.rcpt(address)
        if code in (250, 251):
            accepted.append(address)
        elif code == 421:
            raise _answered(code, told)
        else:
            (deferred if _is_later(code) else refused)[address] = _said(code, told)
    if not accepted:
        _bye(server)
        return Taken((), (), deferred, refused)
    _wanted(server.docmd("DATA"), 354)
    before(accepted)
    for at in range(0, len(body), PIECE):
        server.send(body[at : at + PIECE])
    try:
        server.send(b".\r\n")
        code, told = server.getreply()
    except (smtplib.SMTPException, OSError):
        code, told = -1, b""
    if code < LOWEST:
        return Taken((), tuple(accepted), deferred, refused)
    _wanted((code, told), 250)
    _bye(server)
    return Taken(tuple(accepted), (), deferred, refused)


def _bye(server: smtplib.SMTP) -> None:
    with suppress(smtplib.SMTPException, OSError):
        server.quit()  # whatever comes of it: the message has gone, or not


def _wanted(reply: tuple[int, bytes], code: int) -> None:
    """Nothing, where the answer is of the kind that was wanted."""
    if reply[0] // 100 != code // 100:
        raise _answered(*reply)


def _answered(code: int, told: bytes) -> SendError:
    if code < LOWEST:
        return SendError("it is no mail server, or does not answer like one")
    return SendError(f"it answered {_said(code, told)}", is_temporary=_is_later(code))


def _is_later(code: int) -> bool:
    return 400 <= code < 500


def _said(code: int, told: bytes) -> str:
    """An answer as it can be printed: one line of plain letters, not too long."""
    text = "".join(sign if " " <= sign <= "~" else " " for sign in told.decode("latin-1"))
    return f"{code} {' '.join(text.split())}".strip()[:TOLD]


def _explained(error: Exception, mail: Mail) -> SendError:
    """What happened, in words that name the server and say what to look at."""
    server = f"{mail.host} port {mail.at_port}"
    if isinstance(error, SendError):
        return SendError(f"{server}: {error}", is_temporary=error.is_temporary)
    if isinstance(error, ssl.SSLCertVerificationError):
        why = f"its certificate is not trusted ({error.verify_message}): see host and ca_file"
        return SendError(f"{server}: {why}")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        said = _said(error.smtp_code, bytes(str(error.smtp_error), "utf-8", "replace"))
        why = f"it does not let the user in ({said}): see user and password_variable"
        return SendError(f"{server}: {why}", is_temporary=_is_later(error.smtp_code))
    if isinstance(error, smtplib.SMTPResponseException):
        return SendError(f"{server}: {_answered(error.smtp_code, b'')}")
    if isinstance(error, smtplib.SMTPServerDisconnected):
        why = "the connection broke, or no answer came in time"
        return SendError(f"{server}: {why}", is_temporary=True, is_silent=True)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return SendError(f"{server}: it takes no user and password of any kind known here")
    if isinstance(error, UnicodeError):
        return SendError(f"{server}: user or password has a sign that mail servers do not take")
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        why = f"no encrypted connection ({error.reason}): see security and port"
        return SendError(f"{server}: {why}")
    if isinstance(error, OSError):
        is_late = isinstance(error, TimeoutError)
        told = f"{server}: {'no answer in time' if is_late else error.strerror or 'no connection'}"
        return SendError(told, is_temporary=True, is_silent=True)
    return SendError(f"{server}: it is no mail server, or does not answer like one")
