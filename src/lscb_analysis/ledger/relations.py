"""Relations: how a report's figures hang together, as a file declares it or labels suggest it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from lscb_analysis.ledger.figures import match_headers
from lscb_analysis.ledger.numbers import text_of
from lscb_analysis.ledger.told import as_findings, cell, finding

KINDS: Mapping[str, Sequence[str]] = {
    "total": ("total", "sum", "parts", "parts and total"),
    "flow": ("flow", "stock and flow", "stock", "stock-flow"),
    "difference": ("difference", "gap"),
    "percentage": ("percentage", "percent", "share", "%"),
    "change": ("change", "percentage change", "% change"),
    "rate": ("rate",),
    "part": ("part", "subset", "part of", "of which"),
    "same": ("same", "same as", "equals", "restated"),
    "claim": ("claim", "words"),
}
WORDINGS: Mapping[str, Sequence[str]] = {
    "kind": ("relation", "kind", "type"),
    "figure": ("figure", "id", "figure id"),
    "made_of": ("made of", "of", "expression", "terms", "relations"),
}
EXAMPLES = "LD29 = LD21 + LD22, CP01 = CP03 + CP10 - CP13, SN04 = SN03 / SN02, CR10 = CR12 -> CR13"
UNKNOWN = "?"
Term = tuple[int, tuple[str, ...]]


@dataclass(frozen=True)
class Relation:
    """How one figure follows from others.

    `terms` and `base` are signed sums of products: of a percentage its count and what it is a
    percentage of, of a change the newer and the older figure, of a rate its count and the
    population (where that is printed), of a part the set that it is part of (`base`).
    `is_likely` is one guessed from wording that may mean something else.
    """

    kind: str
    figure: str
    terms: tuple[Term, ...] = ()
    base: tuple[Term, ...] = ()
    is_guessed: bool = False
    is_likely: bool = False

    @property
    def severity(self) -> str:
        """The severity of a finding that it does not hold."""
        return "look" if self.is_likely else "warning"

    @property
    def ids(self) -> list[str]:
        """The ids that it names, its figure first, each once."""
        named = [name for _, factors in (*self.terms, *self.base) for name in factors]
        return list(dict.fromkeys(name for name in (self.figure, *named) if not is_literal(name)))


def relations_of(
    raw: pd.DataFrame, figures: pd.DataFrame
) -> tuple[tuple[Relation, ...], pd.DataFrame]:
    """The relations that a raw table declares, and a finding for each row that cannot be read.

    Its columns are `relation` (one of `KINDS`), `figure` and `made of`; figures are named by id,
    or by label where it is one figure's alone. Signs stand between blanks: `a + b - c`, `a / b`,
    `2 * a`, `older -> newer`; `?` is a count that is not printed.
    """
    headers = match_headers(list(raw.columns), WORDINGS)
    missing = [WORDINGS[name][0] for name in WORDINGS if name not in headers]
    if missing:
        return (), as_findings([_unread(figures, [], f"no column {missing[0]}")])
    found: list[Relation] = []
    problems = []
    for _, row in raw.iterrows():
        cells = {name: text_of(row[header]) for name, header in headers.items()}
        if not any(cells.values()):
            continue
        try:
            found += read_relation(cells["kind"], cells["figure"], cells["made_of"], figures)
        except ValueError as error:
            told = " ".join(filter(None, cells.values()))
            problems.append(_unread(figures, [], f"{told}: {error}"))
    return tuple(dict.fromkeys(found)), as_findings(problems)


def relations_in_figures(figures: pd.DataFrame) -> tuple[tuple[Relation, ...], pd.DataFrame]:
    """The relations that the figures' own column declares: `total: a + b`, parted by semicolons."""
    found: list[Relation] = []
    problems = []
    for name, declared in figures["relations"].items():
        for text in filter(None, map(str.strip, str(declared).split(";"))):
            kind, colon, made_of = text.partition(":")
            try:
                if not colon:
                    raise ValueError("no kind: write it as total: a + b")
                found += read_relation(kind, str(name), made_of, figures)
            except ValueError as error:
                problems.append(_unread(figures, [str(name)], f"{text}: {error}"))
    return tuple(dict.fromkeys(found)), as_findings(problems)


def read_relation(
    kind_text: str, figure: str, made_of: str, figures: pd.DataFrame
) -> list[Relation]:
    """The relation that a row declares (several where a claim rests on several pairs).

    Raises ValueError where the kind, the form or a figure is not known.
    """
    kind = _kind(kind_text)
    name = _factor(figure.strip(), figures) if kind == "total" else _known(figure.strip(), figures)
    pairs = made_of.split(",") if kind == "claim" else [made_of]
    return [Relation(kind, name, *_sides(kind, pair, figures)) for pair in pairs]


def is_literal(name: str) -> bool:
    """Whether a factor is a number (behind `#`), or stands for one that is not printed."""
    return name == UNKNOWN or name.startswith("#")


def literal(name: str) -> Fraction:
    """The number that a factor is."""
    return Fraction(name.removeprefix("#"))


def term(*names: str, sign: int = 1) -> Term:
    """A product of figures, added or taken away."""
    return (sign, names)


def relations_table(relations: Sequence[Relation], figures: pd.DataFrame) -> pd.DataFrame:
    """The relations as a table: kind, figure, its label, what it is made of, and who says so."""
    return pd.DataFrame(
        [
            {
                "relation": each.kind,
                "figure": each.figure.removeprefix("#"),
                "label": cell(figures, each.figure, "label")
                if each.figure in figures.index
                else "",
                "made_of": written(each),
                "declared": "from labels" if each.is_guessed else "declared",
            }
            for each in relations
        ],
        columns=["relation", "figure", "label", "made_of", "declared"],
    )


def written(relation: Relation) -> str:
    """What a relation's figure is made of, as a relations file writes it.

    >>> written(Relation("percentage", "P", (term("A"),), (term("#2", "B"),)))
    'A / 2 * B'
    """
    above, below = _written_side(relation.terms), _written_side(relation.base)
    if relation.kind in ("change", "claim"):
        return f"{below or UNKNOWN} -> {above}"
    return " / ".join(filter(None, (above, below)))


def _written_side(terms: Sequence[Term]) -> str:
    text = ""
    for sign, factors in terms:
        product = " * ".join(name.removeprefix("#") for name in factors)
        text += (" + " if sign > 0 else " - ") + product
    return text.removeprefix(" + ").strip()


def _kind(text: str) -> str:
    plain = " ".join(text.casefold().replace("_", " ").split())
    for kind, wordings in KINDS.items():
        if plain in wordings:
            return kind
    raise ValueError(f"{text or 'nothing'} is no relation: one of {', '.join(KINDS)}")


def _sides(
    kind: str, made_of: str, figures: pd.DataFrame
) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    if kind in ("change", "claim"):
        older, arrow, newer = made_of.partition("->")
        if not arrow:
            raise ValueError(f"a {kind} is written older -> newer")
        return _sum(newer, figures), _sum(older, figures)
    if kind == "part":
        return (), _sum(made_of, figures)
    above, slash, below = made_of.partition(" / ")
    if kind == "percentage" and not slash:
        raise ValueError("a percentage is written count / base")
    if slash and kind not in ("percentage", "rate"):
        raise ValueError(f"a {kind} is a sum, not a quotient")
    return _sum(above, figures), _sum(below, figures) if slash else ()


def _sum(text: str, figures: pd.DataFrame) -> tuple[Term, ...]:
    if _is_figure(text.strip(), figures):
        return (term(_known(text.strip(), figures)),)
    pieces = re.split(r"\s([+\-−])\s", f" {text.strip()} ".replace("  ", " "))
    terms = [(1, _product(pieces[0], figures))]
    for sign, product in zip(pieces[1::2], pieces[2::2], strict=True):
        terms.append((1 if sign == "+" else -1, _product(product, figures)))
    return tuple(terms)


def _product(text: str, figures: pd.DataFrame) -> tuple[str, ...]:
    return tuple(_factor(piece.strip(), figures) for piece in text.split(" * "))


def _factor(text: str, figures: pd.DataFrame) -> str:
    if text == UNKNOWN:
        return text
    if text not in figures.index and re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text):
        return f"#{text}"
    return _known(text, figures)


def _is_figure(text: str, figures: pd.DataFrame) -> bool:
    """Whether a text is one figure's id or label, signs in it and all."""
    labels = figures["label"].astype("str").str.casefold()
    return text in figures.index or int(labels.eq(text.casefold()).sum()) == 1


def _known(text: str, figures: pd.DataFrame) -> str:
    if text in figures.index:
        return text
    same = figures.index[figures["label"].astype("str").str.casefold().eq(text.casefold())]
    if len(same) == 1:
        return str(same[0])
    told = "stands at several figures" if len(same) else "is no figure of the report"
    raise ValueError(f"{text or 'nothing'} {told}")


def _unread(figures: pd.DataFrame, ids: Sequence[str], found: str) -> dict[str, str]:
    return finding(
        figures,
        "relation",
        ids,
        found=found,
        expected=f"a relation such as {EXAMPLES}",
        action="correct the row; until then this relation is not checked",
    )
