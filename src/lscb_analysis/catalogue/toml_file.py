"""One way to read a catalogue's TOML file into frozen dataclasses, refusing what is unknown."""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
import typing
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any, TypeVar

T = TypeVar("T")


class CatalogueError(ValueError):
    """An entry that cannot be right; the message names file, table and key."""


def read_toml(name: str) -> dict[str, Any]:
    """The tables of one of the package's catalogue files, by its file name."""
    text = resources.files("lscb_analysis.catalogue").joinpath(name).read_text("utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{name}: not valid TOML: {error}") from error


def nearest(word: str, known: Iterable[str]) -> str:
    """`, did you mean …?` where a known word is close to this one, else nothing.

    >>> nearest("polarty", ["polarity", "title"])
    ', did you mean polarity?'
    """
    close = difflib.get_close_matches(word, list(known), n=1)
    return f", did you mean {close[0]}?" if close else ""


def entry(kind: type[T], where: str, table: Mapping[str, Any], **given: Any) -> T:
    """The dataclass `kind` made from one table; lists become tuples.

    Raises CatalogueError that names the place and key where a key is unknown,
    missing or of the wrong type.
    """
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    types = typing.get_type_hints(kind)
    for key in table:
        if key not in fields or key in given:
            known = [name for name in fields if name not in given]
            raise CatalogueError(f"{where}: unknown key '{key}'{nearest(key, known)}")
    values = {key: _frozen(value) for key, value in table.items()} | given
    for name, field in fields.items():
        required = (
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        )
        if required and name not in values:
            raise CatalogueError(f"{where}: the key '{name}' is missing")
        if name in values and not _fits(values[name], types[name]):
            raise CatalogueError(
                f"{where}: '{name}' is {values[name]!r}, not {_words(types[name])}"
            )
    return kind(**values)


def one_of(where: str, key: str, value: str, allowed: Iterable[str]) -> None:
    """Nothing, where the value is allowed; else CatalogueError with the nearest that is."""
    allowed = list(allowed)
    if value not in allowed:
        raise CatalogueError(
            f"{where}: {key} '{value}' is not one of {', '.join(allowed)}{nearest(value, allowed)}"
        )


def _words(wanted: Any) -> str:
    """A type as whoever writes TOML knows it."""
    origin = typing.get_origin(wanted)
    if origin is tuple:
        inner = {str: "texts", int: "whole numbers"}.get(typing.get_args(wanted)[0], "values")
        return f"a list of {inner} in [ ]"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return "a table"
    named = {str: "a text in quotes", int: "a whole number", bool: "true or false"}
    return named.get(wanted, str(wanted))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _fits(value: Any, wanted: Any) -> bool:
    origin = typing.get_origin(wanted)
    if origin is tuple:
        inner = typing.get_args(wanted)[:1]
        return isinstance(value, tuple) and all(_fits(item, inner[0]) for item in value)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return isinstance(value, Mapping)
    if isinstance(wanted, type) and wanted in (str, int, bool):
        return type(value) is wanted
    return True
