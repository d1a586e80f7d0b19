"""By mail server: a few tries where it asks for patience, and a note of every one."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lscb_analysis.circulating.message import Parcel, message_id, message_of
from lscb_analysis.circulating.sent_log import FAILED, SENDING, SENT, UNKNOWN
from lscb_analysis.circulating.smtp import SendError, Taken, send_once
from lscb_analysis.circulating.ways import Came, Note, facts_of
from lscb_analysis.recipients import Group, Mail

IN_DOUBT = (
    "the connection broke before the server said whether it took the message: ask if it "
    "arrived, and send it once more with --again"
)


@dataclass(frozen=True)
class Tried:
    """What came of one try, and whether the server answered at all."""

    taken: Taken
    is_silent: bool = False


@dataclass(frozen=True)
class Ended:
    """What came of all tries: who got it, of whom nobody knows, and why the others did not."""

    went: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)
    is_silent: bool = False


@dataclass(frozen=True)
class ByMail:
    """By the mail server of lscb.toml; `wait` is what passes the seconds between two tries."""

    mail: Mail
    password: str
    context: ssl.SSLContext
    wait: Callable[[float], None] = time.sleep
    how: str = "mail"

    def addressees(self, group: Group) -> tuple[str, ...]:
        """The group's addresses."""
        return group.addresses

    def go(self, parcel: Parcel, before: int, note: Note, is_hurried: bool) -> Came:
        """The message to every addressee that the server takes it for."""
        sender = self.mail.sender
        number = message_id(parcel, sender, before)
        content = message_of(parcel, sender, number, datetime.now().astimezone()).as_bytes()

        def once(to: Sequence[str]) -> Tried:
            return self._try(parcel, to, content, number, note)

        ended = tried_again(once, parcel.to, 1 if is_hurried else self.mail.attempts, self._pause)
        told = dict(ended.failed) | dict.fromkeys(ended.unknown, IN_DOUBT)
        return Came(ended.went, tuple(_by_reason(told)), ended.is_silent)

    def _pause(self, tries: int) -> None:
        self.wait(self.mail.pause_seconds * 2 ** (tries - 1))

    def _try(
        self, parcel: Parcel, to: Sequence[str], content: bytes, number: str, note: Note
    ) -> Tried:
        facts = facts_of(parcel, self.how) | {"message": number, "to": list(to)}

        def before(accepted: Sequence[str]) -> None:
            note({**facts, "to": list(accepted), "state": SENDING})

        try:
            taken = send_once(self.mail, self.password, self.context, to, content, before)
        except SendError as error:
            note({**facts, "state": FAILED, "told": str(error)})
            told = dict.fromkeys(to, str(error))
            taken = Taken(deferred=told) if error.is_temporary else Taken(refused=told)
            return Tried(taken, error.is_silent)
        for state, whom in ((SENT, taken.accepted), (UNKNOWN, taken.unknown)):
            if whom:
                note({**facts, "to": list(whom), "state": state})
        for address, told_of in {**taken.deferred, **taken.refused}.items():
            other = facts_of(parcel, self.how) | {"message": number, "to": [address]}
            note({**other, "state": FAILED, "told": told_of})
        return Tried(taken)


def tried_again(
    once: Callable[[Sequence[str]], Tried],
    to: Sequence[str],
    tries: int,
    pause: Callable[[int], None],
) -> Ended:
    """What came of trying so many times for those who may yet be taken, and for nobody else."""
    ended, waiting, later, is_silent = Ended(), tuple(to), {}, False
    for each in range(tries):
        if each:
            pause(each)
        tried = once(waiting)
        taken, is_silent = tried.taken, tried.is_silent
        later = dict(taken.deferred)
        ended = Ended(
            ended.went + taken.accepted,
            ended.unknown + taken.unknown,
            {**ended.failed, **taken.refused},
        )
        waiting = tuple(later)
        if not waiting:
            break
    return Ended(ended.went, ended.unknown, {**ended.failed, **later}, is_silent)


def _by_reason(told: Mapping[str, str]) -> list[str]:
    """A line for each reason, with those whom it kept from getting the message."""
    return [
        f"{', '.join(to for to, each in told.items() if each == why)}: {why}"
        for why in dict.fromkeys(told.values())
    ]
