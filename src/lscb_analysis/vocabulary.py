"""The words of the house: those of its catalogue and of its own fixed texts."""

from __future__ import annotations

import ast
import functools
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from lscb_analysis.release_check.manifest import figures_of, words_of
from lscb_analysis.release_check.tokens import NUMBER_WORDS, words_in

SPEAKING = (
    *("briefing", "charts", "narrative", "disclosure", "pipeline"),
    *("tables.py", "printed.py", "comparisons.py", "selecting.py", "signals.py", "periods.py"),
)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")
GIVEN_NAMES = "given_names.txt"


@functools.cache
def house_words() -> frozenset[str]:
    """Every word of the catalogue and of the fixed texts of the modules that write pages."""
    return words_of([*_catalogue_texts(), *_module_texts(), *_template_texts()])


@functools.cache
def house_numbers() -> frozenset[str]:
    """The numbers in words that the fixed texts of the house have: `one another`."""
    found = figures_of(_module_texts())
    return frozenset(each for each in found if NUMBER_WORDS & set(each.split()))


def unknown_names(text: str, known: Iterable[str]) -> int:
    """How many words of a partner's or an analyst's text may be somebody's name.

    A word with a capital that is not known; at the beginning of a sentence only where it
    is one of the given names of the list that comes with the package. `known` are words in
    small letters, besides those of the house.

    >>> unknown_names("Jayden was seen. Reviews are late, says Bianca.", [])
    2
    """
    words = house_words() | frozenset(known) | frozenset(_small_words(text))
    count = 0
    for sentence in _SENTENCE.split(text):
        for at, word in enumerate(words_in(sentence)):
            if not word[0].isupper() or word.casefold() in words:
                continue
            count += at > 0 or word.casefold() in given_names()
    return count


@functools.cache
def given_names() -> frozenset[str]:
    """Given names common among children in England, in small letters."""
    text = (files("lscb_analysis.catalogue") / GIVEN_NAMES).read_text("utf-8")
    return frozenset(text.split())


def _small_words(text: str) -> Iterator[str]:
    return (word for word in words_in(text) if word.islower() and word not in given_names())


def _catalogue_texts() -> Iterator[str]:
    for path in _under("catalogue"):
        if path.suffix == ".toml":
            yield from _strings(tomllib.loads(path.read_text("utf-8")))
    for name in ("areas.csv",):
        yield (Path(str(files("lscb_analysis"))) / "catalogue" / name).read_text("utf-8")
    for path in _under("catalogue"):
        if path.parent.name == "codes":
            yield path.read_text("utf-8")


def _module_texts() -> Iterator[str]:
    for name in SPEAKING:
        for path in _under(name):
            if path.suffix == ".py":
                yield from _fixed_texts(ast.parse(path.read_text("utf-8")))


def _fixed_texts(module: ast.Module) -> Iterator[str]:
    """The texts that a module can print: all of its strings but the docstrings."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def _template_texts() -> Iterator[str]:
    for path in _under("briefing/templates"):
        if path.suffix == ".j2":
            yield re.sub(r"<[^>]*>|\{[^}]*\}", " ", path.read_text("utf-8"))


def _under(name: str) -> list[Path]:
    place = Path(str(files("lscb_analysis"))) / name
    return (
        [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
    )


def _strings(node: Any) -> Iterator[str]:
    """Every text in a TOML table, keys too, with underscores as blanks."""
    if isinstance(node, str):
        yield node.replace("_", " ")
    elif isinstance(node, dict):
        for key, item in node.items():
            yield str(key).replace("_", " ")
            yield from _strings(item)
    elif isinstance(node, list):
        for item in node:
            yield from _strings(item)
