"""Each part of a page made once: a notebook asks for it from the process that checks its page.

That process makes every chart from the released values anyway, to know what the page may show.
Nothing but names goes to it, and nothing but text comes back; a part that cannot be had so is
made by the notebook itself, as it always is where nobody is there to be asked.
"""

from __future__ import annotations

import inspect
import json
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import wraps
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from typing import TYPE_CHECKING, Any, Protocol

from lscb_analysis.briefing.part import Part

if TYPE_CHECKING:
    from lscb_analysis.briefing.briefing import Briefing

ADDRESS, KEY = "LSCB_PARTS_ADDRESS", "LSCB_PARTS_KEY"
LONGEST = 65_536  # bytes of what is asked
LONGEST_WAIT = 5.0  # seconds
BROKEN = (OSError, EOFError, AuthenticationError, ValueError)


class Shows(Protocol):
    """A function of a notebook: a part of a page, by the names it is asked with."""

    def __call__(self, briefing: Briefing, *arguments: str, **named: str) -> Part:
        """The part."""
        ...


def once(function: Callable[..., Part]) -> Callable[..., Part]:
    """The same function, which asks first where a briefing has somebody to ask.

    Where a briefing keeps what it has `made`, the part is kept there as well.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def shown(briefing: Briefing, *arguments: str, **named: str) -> Part:
        if briefing.made is None and briefing.asks is None:
            return function(briefing, *arguments, **named)
        bound = signature.bind(briefing, *arguments, **named)
        bound.apply_defaults()
        _, *names = bound.arguments.values()
        if not all(isinstance(name, str) for name in names):
            return function(briefing, *arguments, **named)
        if briefing.asks is not None and briefing.asks.of is briefing.values:
            part = briefing.asks.part(function.__name__, names)
            if part is not None:
                return part
        return kept(briefing, (function.__name__, *names), lambda: function(*bound.args))

    return shown


def kept(briefing: Briefing, name: tuple[str, ...], make: Callable[[], Any]) -> Any:
    """What is made of a briefing, made once where the briefing keeps it."""
    if briefing.made is None:
        return make()
    if name not in briefing.made:
        briefing.made[name] = make()
    return briefing.made[name]


class Asking:
    """A notebook's side: parts from the process that checks its page, of unchanged `of` alone."""

    def __init__(self, of: object, about: list[str]) -> None:
        """Nothing is connected before the first part is asked for."""
        self.of = of
        self._about = about
        self._link: Connection | None = None
        self._is_over = False

    def part(self, name: str, arguments: list[str]) -> Part | None:
        """The part, or None where it cannot be had."""
        if self._is_over:
            return None
        try:
            if self._link is None:
                self._link = Client(os.environ[ADDRESS], authkey=bytes.fromhex(os.environ[KEY]))
            told = {"about": self._about, "show": name, "with": arguments}
            self._link.send_bytes(json.dumps(told).encode())
            html = json.loads(self._link.recv_bytes())["html"]
        except (*BROKEN, KeyError):
            self._is_over = True
            return None
        return None if html is None else Part(str(html))


def somebody_to_ask(of: object, about: list[str]) -> Asking | None:
    """The process that checks the page of this very briefing, where there is one."""
    return Asking(of, about) if os.environ.get(ADDRESS) and os.environ.get(KEY) else None


@contextmanager
def answering(briefing: Briefing, shows: Mapping[str, Shows]) -> Iterator[dict[str, str]]:
    """The environment in which a notebook asks here for the parts of this briefing.

    Empty where no connection can be offered: the notebook then makes all parts itself.
    """
    key = secrets.token_bytes(32)
    try:
        listener = Listener(authkey=key)
    except OSError:  # a folder for sockets whose path is too long, or cannot be written
        yield {}
        return
    over = threading.Event()
    thread = threading.Thread(target=_serve, args=(listener, over, briefing, shows), daemon=True)
    thread.start()
    try:
        yield {ADDRESS: str(listener.address), KEY: key.hex()}
    finally:
        over.set()
        waker = threading.Thread(target=_wake, args=(listener.address, key), daemon=True)
        waker.start()
        thread.join(LONGEST_WAIT)  # no caller lives by now: one that hangs cannot keep it
        listener.close()  # and whoever still waits to be let in is sent away


def _wake(address: Any, key: bytes) -> None:
    """Nothing: the thread that waits for a caller has had one."""
    with suppress(*BROKEN):
        Client(address, authkey=key).close()


def _serve(
    listener: Listener, over: threading.Event, briefing: Briefing, shows: Mapping[str, Shows]
) -> None:
    """Nothing, when it is over: one caller after another is given what it asks for."""
    while not over.is_set():
        with suppress(*BROKEN), listener.accept() as link:
            while not over.is_set():
                if link.poll(0.1):
                    asked = json.loads(link.recv_bytes(LONGEST))
                    link.send_bytes(json.dumps({"html": _html(briefing, shows, asked)}).encode())


def _html(briefing: Briefing, shows: Mapping[str, Shows], asked: Any) -> str | None:
    """The part's HTML; None for what is not of this briefing, or cannot be shown."""
    try:
        function, names = shows[asked["show"]], [str(name) for name in asked["with"]]
        if asked["about"] != about(briefing):
            return None
        return function(briefing, *names).html
    except Exception:  # the notebook meets the same error itself, where it can be told
        return None


def about(briefing: Briefing) -> list[str]:
    """Which briefing it is: theme, area, quarter, audience."""
    return [
        briefing.theme.id,
        briefing.area.area_code,
        briefing.quarter.id,
        briefing.audience,
    ]
