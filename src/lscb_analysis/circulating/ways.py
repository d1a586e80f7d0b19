"""The ways that a parcel goes without a mail server: as a message file, into a folder."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from lscb_analysis.circulating.message import Parcel, body_of, message_id, message_of
from lscb_analysis.circulating.sent_log import FAILED, SENT
from lscb_analysis.recipients import Group

Note = Callable[[Mapping[str, Any]], None]
MOST = 1000  # messages of one group and quarter in one folder
LETTER = "briefings.txt"
NOBODY = "nobody@lscb.invalid"  # the sender of a message that its own sender has yet to send


@dataclass(frozen=True)
class Came:
    """What came of one parcel: to whom it went, and a line for each it did not reach.

    It `is_silent` where the mail server gave no answer at all.
    """

    went: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    is_silent: bool = False


class Way(Protocol):
    """How briefings get to a group: its name in the log, its addressees, and the going."""

    @property
    def how(self) -> str:
        """Its name in the log."""
        ...

    def addressees(self, group: Group) -> tuple[str, ...]:
        """To whom this way goes; nobody where it cannot reach the group."""
        ...

    def go(self, parcel: Parcel, before: int, note: Note, is_hurried: bool) -> Came:
        """Take the parcel there, noting each step as it is done; `is_hurried` tries but once.

        `before` counts the times that the same went on purpose already.
        """
        ...


@dataclass(frozen=True)
class ByFolder:
    """Into a folder of each group's own: folder/<group>/<area>/<quarter>/."""

    folder: Path
    how: str = "folder"

    def addressees(self, group: Group) -> tuple[str, ...]:
        """The group's own folder."""
        return (str(self.folder / group.id),)

    def go(self, parcel: Parcel, before: int, note: Note, is_hurried: bool) -> Came:
        """Every file by rename, the list of them last."""
        folder = self.folder / parcel.group.id / parcel.area_code / parcel.quarter.id
        facts, files = facts_of(parcel, self.how), _contents(parcel)
        return _written(facts, parcel, {folder / name: item for name, item in files.items()}, note)


def _contents(parcel: Parcel) -> dict[str, bytes]:
    """What lies in a group's place, by name: the files, and last the list of them."""
    every = [*(file for each in parcel.pages for file in each.files), *parcel.packs]
    letter = "\n".join(body_of(parcel, is_beside=True)) + "\n"
    return {file.name: file.content for file in every} | {LETTER: letter.encode()}


@dataclass(frozen=True)
class ByStore:
    """Into a store that fsspec knows (`s3://bucket/briefings`): a place of each group's own.

    Each file is one object, put whole. Who may read a group's place is the store's to say.
    """

    url: str
    how: str = "store"

    def addressees(self, group: Group) -> tuple[str, ...]:
        """The group's own place."""
        return (f"{self.url.rstrip('/')}/{group.id}",)

    def go(self, parcel: Parcel, before: int, note: Note, is_hurried: bool) -> Came:
        """Every file put, the list of them last; then it is noted."""
        import fsspec

        (home,) = self.addressees(parcel.group)
        place = f"{home}/{parcel.area_code}/{parcel.quarter.id}"
        facts = facts_of(parcel, self.how)
        try:
            for name, content in _contents(parcel).items():
                with fsspec.open(f"{place}/{name}", "wb", auto_mkdir=False) as file:
                    file.write(content)
        except Exception as error:  # each store has errors of its own
            told = f"{place} cannot be written ({type(error).__name__})"
            note({**facts, "state": FAILED, "told": told})
            return Came(failed=(told,))
        note({**facts, "state": SENT})
        return Came(went=parcel.to)


@dataclass(frozen=True)
class ByEml:
    """As a message file a group, to be opened and sent from a mail program."""

    folder: Path
    sender: str = NOBODY
    how: str = "eml"

    def addressees(self, group: Group) -> tuple[str, ...]:
        """The group's addresses."""
        return group.addresses

    def go(self, parcel: Parcel, before: int, note: Note, is_hurried: bool) -> Came:
        """The file by rename, with the addresses as blind copies."""
        number = message_id(parcel, self.sender, before)
        message = message_of(parcel, self.sender, number, datetime.now().astimezone())
        message["Bcc"] = ", ".join(parcel.to)
        message["X-Unsent"] = "1"  # Outlook opens it as a draft
        if self.sender == NOBODY:
            del message["From"]
        name = f"{parcel.area_code}-{parcel.quarter.id}-{parcel.group.id}"
        target = _free(self.folder, name)
        facts = facts_of(parcel, self.how) | {"message": number}
        return _written(facts, parcel, {target: message.as_bytes()}, note)


def _free(folder: Path, name: str) -> Path:
    """Where a message can lie: one that is there already may not have been sent yet."""
    names = (f"{name}.eml", *(f"{name}-{number}.eml" for number in range(2, MOST)))
    return next((folder / each for each in names if not (folder / each).exists()), folder / name)


def _written(
    facts: Mapping[str, Any], parcel: Parcel, files: Mapping[Path, bytes], note: Note
) -> Came:
    """The files written by rename; then it is noted, so that a crash has them written again."""
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(f"{path.name}.partial")
            try:
                partial.write_bytes(content)
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)
    except OSError as error:
        told = f"{path} cannot be written ({error.strerror})"
        note({**facts, "state": FAILED, "told": told})
        return Came(failed=(told,))
    note({**facts, "state": SENT})
    return Came(went=parcel.to)


def facts_of(parcel: Parcel, how: str) -> dict[str, Any]:
    """What the log says of one attempt: what, to whom, how; it has a number of its own."""
    return {
        "attempt": uuid.uuid4().hex,
        "how": how,
        "quarter": parcel.quarter.id,
        "audience": parcel.group.audience,
        "group": parcel.group.id,
        "to": list(parcel.to),
        "pages": parcel.digests,
    }
