"""What a text says, piece by piece: its figures and its words."""

from __future__ import annotations

import re

SMALL_FIGURE = 20
NUMBER_WORDS = frozenset(
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "hundred",
        "once",
        "twice",
        "thrice",
        "single",
        "both",
        "couple",
        "pair",
        "double",
        "triple",
        "dozen",
        "half",
    ]
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_OPENING = r"[(\[\"'‘“]*"
_PIECE = re.compile(
    rf"{_OPENING}\d{{1,2}} (?:{_MONTHS})(?: \d{{4}})?[^\w\s]*"  # 31 March 2017
    rf"|{_OPENING}\d{{4}}-\d{{2}} Q[1-4](?!\w)[^\w\s]*"  # 2016-17 Q4
    rf"|{_OPENING}\d{{1,3}} to \d{{1,3}}(?![\w%,.]?\w|%)[^\w\s]*"  # 1 to 5
    r"|\S+"
)
_EDGES = "()[]{}<>.,;:!?\"'’‘“”"
_SMALL = re.compile(r"[-−+]?\d{1,2}")
_WORD = re.compile(r"[^\W\d_]+")


def figures_in(text: str) -> list[str]:
    """Every piece of the text that has a digit, dates and quarters whole, in their order.

    A bare whole number up to 20, or one in words, stands with the word after it, so that
    `3 of` and `3 children` are two figures; the last of a clause with the word before it, so
    that it is bare only where it stands alone. A range is one figure.

    >>> figures_in("On 31 March 2017 there were 412 children (down 20.3%), 3 of them new.")
    ['31 March 2017', '412', '20.3%', '3 of']
    >>> figures_in("the one indicator, SSDA903")
    ['one indicator', 'SSDA903']
    >>> figures_in("[c] stands for 1 to 5 children. Under 1"), figures_in("3")
    (['1 to 5', 'under 1'], ['3'])
    """
    written = [found[0] for found in _PIECE.finditer(text)]
    pieces = [piece.strip(_EDGES) or piece for piece in written]
    found = []
    for number, piece in enumerate(pieces):
        if _is_small(piece):
            is_last = written[number][-1] in _EDGES or number + 1 == len(pieces)
            beside = pieces[number - 1 : number + 1] if is_last else pieces[number : number + 2]
            found.append(" ".join(beside or [piece]).casefold())
        elif any(each.isdigit() or each.isnumeric() for each in piece):
            found.append(piece)
    return found


def words_in(text: str) -> list[str]:
    """Every run of letters of the text, in its order.

    >>> words_in("The board's 12 sub-groups")
    ['The', 'board', 's', 'sub', 'groups']
    """
    return _WORD.findall(text)


def _is_small(piece: str) -> bool:
    if piece.casefold() in NUMBER_WORDS:
        return True
    return bool(_SMALL.fullmatch(piece)) and abs(int(piece.replace("−", "-"))) <= SMALL_FIGURE
