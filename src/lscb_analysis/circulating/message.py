"""The message to one group: subject and body with marking, area and quarter; the files enclosed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Group as Recipients
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from lscb_analysis.briefing.pack import SYNTHETIC
from lscb_analysis.circulating.enclosures import HTML, PDF, XLSX, Enclosed, Enclosure
from lscb_analysis.periods import Quarter
from lscb_analysis.recipients import Group
from lscb_analysis.release_check import sha256

POLICY = SMTP.clone(cte_type="7bit")  # every mail server takes it as it is
WHAT = {HTML: "the page", PDF: "the same page as a PDF", XLSX: "its figures as a workbook"}
ID_LENGTH = 32


@dataclass(frozen=True)
class Parcel:
    """What one group gets at once: of which area and quarter, for whom, and the files."""

    group: Group
    area_code: str
    area: str
    quarter: Quarter
    to: tuple[str, ...]
    pages: tuple[Enclosed, ...]
    packs: tuple[Enclosure, ...] = ()

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each page that goes, by its theme."""
        return {each.page.theme: each.page.digest for each in self.pages}

    @property
    def marking(self) -> str:
        """The marking of the pages: all of them, should they differ."""
        return " / ".join(dict.fromkeys(each.page.manifest.marking for each in self.pages))

    @property
    def is_synthetic(self) -> bool:
        """Whether any page is of invented data."""
        return any(each.page.manifest.is_synthetic for each in self.pages)

    def named(self, file: Enclosure) -> str:
        """A file's name in a message: it says of which area and quarter it is.

        The data pack keeps its own, by which the annual report links to it.
        """
        if file in self.packs:
            return file.name
        return f"{self.area_code}-{self.quarter.id}-{file.name}"

    @property
    def files(self) -> list[tuple[str, Enclosure]]:
        """Every file that is enclosed, by its name in a message."""
        every = [*(file for each in self.pages for file in each.files), *self.packs]
        return [(self.named(file), file) for file in every]


def message_id(parcel: Parcel, sender: str, before: int) -> str:
    """The message's own number: the same whenever the same is sent once more.

    `before` counts the times that it was sent on purpose already.
    """
    facts = [parcel.area_code, parcel.quarter.id, parcel.group.id, parcel.to, parcel.digests]
    digest = sha256(json.dumps([*facts, before]))
    return f"<{digest[:ID_LENGTH]}@{sender.rpartition('@')[2]}>"


def message_of(parcel: Parcel, sender: str, number: str, now: datetime) -> EmailMessage:
    """The message, without its addressees: they are told to the mail server alone."""
    message = EmailMessage(policy=POLICY)
    message["Subject"] = subject_of(parcel)
    message["From"] = sender
    message["To"] = Recipients(_one_line(parcel.group.title), ())
    message["Date"] = format_datetime(now)
    message["Message-ID"] = number
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(body_of(parcel)) + "\n", cte="quoted-printable")
    for name, file in parcel.files:
        kind, _, detail = file.kind.partition("/")
        message.add_attachment(file.content, maintype=kind, subtype=detail, filename=name)
    return message


def subject_of(parcel: Parcel) -> str:
    """Marking, area and quarter, and that data are synthetic, in one line."""
    invented = " (SYNTHETIC DATA)" if parcel.is_synthetic else ""
    told = f"Safeguarding briefings, {parcel.area}, {parcel.quarter.label}{invented}"
    return _one_line(f"{parcel.marking}: {told}")


def body_of(parcel: Parcel, is_beside: bool = False) -> list[str]:
    """The lines of the body: what is enclosed, of what and for whom; no figure.

    Where it lies beside the files in a folder, they have their short names.
    """
    return [
        parcel.marking,
        *([SYNTHETIC] if parcel.is_synthetic else []),
        "",
        f"For: {parcel.group.title} ({parcel.group.audience})",
        f"Area: {parcel.area} ({parcel.area_code})",
        f"Quarter: {parcel.quarter.label}",
        "",
        "Briefings enclosed:",
        *(line for each in parcel.pages for line in _listed(parcel, each, is_beside)),
        *(f"- All themes together\n    {file.name}: {WHAT[XLSX]}" for file in parcel.packs),
        "",
        "Each page has passed the release check and is enclosed as it was released.",
        "Where a mail system takes the pages away, the PDF or the workbook says the same.",
        f"Keep them as their marking says: {parcel.marking}.",
    ]


def _listed(parcel: Parcel, each: Enclosed, is_beside: bool) -> Iterable[str]:
    yield f"- {each.page.manifest.title}"
    for file in each.files:
        yield f"    {file.name if is_beside else parcel.named(file)}: {WHAT[file.kind]}"
    yield from (f"    ({why})" for why in each.lacks)


def _one_line(text: str) -> str:
    """The text with no sign that could begin another line of a message's head."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
