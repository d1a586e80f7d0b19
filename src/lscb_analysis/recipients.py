"""Who gets briefings, and by which mail server: the tables [groups.NAME] and [mail], checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lscb_analysis.catalogue.themes import themes
from lscb_analysis.catalogue.toml_file import CatalogueError, entry, one_of

AUDIENCES = ("panel", "partnership", "public")
SECURITIES = {"starttls": 587, "tls": 465}
LONGEST_ADDRESS, LONGEST_LOCAL = 254, 64
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]*[A-Za-z0-9]")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Group:
    """One sub-group and the themes it is briefed on; where its briefings are sent.

    It gets the pages of its own `audience` and no other; `areas` are those whose pages it gets.
    """

    id: str
    title: str
    themes: tuple[str, ...]
    addresses: tuple[str, ...] = ()
    audience: str = "partnership"
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mail:
    """The mail server that briefings are sent by, always encrypted, and in whose name.

    `password_variable` names the environment variable that holds the password; `ca_file` is
    the certificate of an authority of one's own; `seconds` is how long an answer may take.
    """

    host: str
    sender: str
    security: str = "starttls"
    port: int = 0
    user: str = ""
    password_variable: str = ""
    ca_file: str = ""
    seconds: int = 30
    attempts: int = 3
    pause_seconds: int = 5

    @property
    def at_port(self) -> int:
        """The port that is asked for, or the usual one of its kind of encryption."""
        return self.port or SECURITIES[self.security]


def group_of(where: str, name: str, table: Mapping[str, Any], areas: Iterable[str]) -> Group:
    """The sub-group that a table of lscb.toml describes, for the areas run by default.

    Raises CatalogueError that names the key where something cannot be right.
    """
    group = entry(Group, where, table, id=name)
    if not _NAME.fullmatch(name):
        raise CatalogueError(f"{where}: a group is named by letters, digits, - and _")
    one_line(where, "title", group.title)
    for theme in group.themes:
        one_of(where, "theme", theme, themes())
    one_of(where, "audience", group.audience, AUDIENCES)
    for address in group.addresses:
        checked_address(where, "addresses", address)
    if len({address.casefold() for address in group.addresses}) < len(group.addresses):
        raise CatalogueError(f"{where}: 'addresses' names somebody twice")
    areas = list(areas)
    if group.addresses and not group.areas and len(areas) > 1:
        raise CatalogueError(
            f"{where}: there are several areas, so a group with addresses says which it is sent: "
            f'areas = ["{areas[0]}"]'
        )
    return group


def mail_of(where: str, table: Mapping[str, Any]) -> Mail:
    """The mail server that the table [mail] of lscb.toml describes.

    Raises CatalogueError that names the key where something cannot be right; it never repeats
    what stands where a password could have been written.
    """
    rest = {key: value for key, value in table.items() if key != "from"}
    if not isinstance(table.get("from"), str):
        raise CatalogueError(f"{where}: the key 'from' is missing: the address of the sender")
    variable = rest.get("password_variable", "")
    if not isinstance(variable, str) or (variable and not _VARIABLE.fullmatch(variable)):
        raise CatalogueError(
            f"{where}: 'password_variable' is not the name of an environment variable: write for "
            'example "LSCB_MAIL_PASSWORD", and never the password itself'
        )
    mail = entry(Mail, where, rest, sender=table["from"])
    checked_address(where, "from", mail.sender)
    one_of(where, "security", mail.security, SECURITIES)
    if not _HOST.fullmatch(mail.host):
        raise CatalogueError(f"{where}: 'host' is not the name of a server")
    if not 0 <= mail.port <= 65535:
        raise CatalogueError(f"{where}: 'port' is {mail.port}, not 1 to 65535")
    if bool(mail.user) != bool(mail.password_variable):
        raise CatalogueError(f"{where}: 'user' and 'password_variable' belong together")
    for key, lowest in (("seconds", 1), ("attempts", 1), ("pause_seconds", 0)):
        if getattr(mail, key) < lowest:
            raise CatalogueError(f"{where}: '{key}' is below {lowest}")
    return mail


def checked_address(where: str, key: str, address: str) -> str:
    """The address, where it is a plain one that every mail server takes.

    Raises CatalogueError for anything else: a name beside it, a line break, a second address.
    """
    local, _, domain = address.rpartition("@")
    is_plain = bool(_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain))
    if not is_plain or len(address) > LONGEST_ADDRESS or len(local) > LONGEST_LOCAL:
        raise CatalogueError(
            f"{where}: '{key}' has {address!r}, which is not an address of the form "
            "name@example.gov.uk (a domain with other letters is written in its xn-- form)"
        )
    return address


def one_line(where: str, key: str, text: str) -> str:
    """The text, where it is one line that can be printed.

    Raises CatalogueError for a line break or another sign that is not shown.
    """
    if not text.strip() or not text.isprintable():
        raise CatalogueError(f"{where}: '{key}' is blank or holds a sign that cannot be printed")
    return text
