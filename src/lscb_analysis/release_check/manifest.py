"""The manifest of a release: all that a page may hold, from what was released and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lscb_analysis.release_check.tokens import figures_in, words_in

MAPPED = ("figures", "tables")


class ManifestError(ValueError):
    """A manifest that cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a page may hold: figures, words, pictures, style, links, and what it must say.

    `figures` are those released of one indicator, by its title; `labels` may stand anywhere
    (periods, definitions); `loose` where no indicator is spoken of (rows of a check, words
    of a partner); `tables` has figures that stand in the table of one caption and nowhere
    else (numbers of files). Pictures and styles are known by their SHA-256.
    """

    title: str
    marking: str
    is_synthetic: bool
    figures: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tables: Mapping[str, frozenset[str]] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()

    @property
    def everything(self) -> frozenset[str]:
        """Every figure that may stand where no indicator is spoken of."""
        return self.labels.union(self.loose, *self.figures.values())

    def to_json(self) -> str:
        """The manifest as text: the same for the same manifest."""
        facts: dict[str, Any] = {
            name: sorted(item) if isinstance(item, frozenset) else item
            for name, item in vars(self).items()
        }
        for name in MAPPED:
            facts[name] = {title: sorted(of) for title, of in sorted(facts[name].items())}
        return json.dumps(facts, ensure_ascii=False, indent=0, sort_keys=True)


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file.

    Raises ManifestError where the file is not there or is not a manifest.
    """
    try:
        facts = json.loads(path.read_text("utf-8"))
        mapped = {
            name: {title: frozenset(of) for title, of in facts.pop(name).items()} for name in MAPPED
        }
        sets = {name: frozenset(item) for name, item in facts.items() if isinstance(item, list)}
        return Manifest(**facts | sets | mapped)
    except OSError as error:
        raise ManifestError(f"the manifest {path} cannot be read: run the release again") from error
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise ManifestError(f"{path} is not a manifest: run the release again") from error


def figures_of(texts: Iterable[str]) -> frozenset[str]:
    """The figures of all the texts together."""
    return frozenset(figure for text in texts for figure in figures_in(text))


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of all the texts together, without regard to capitals."""
    return frozenset(word.casefold() for text in texts for word in words_in(text))


def sha256(content: str | bytes) -> str:
    """The SHA-256 of a text or of bytes, as hexadecimal digits."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()
