"""Rules on how a page is written: in one way only, so that the way of writing carries nothing."""

from __future__ import annotations

import re
from itertools import pairwise

from lscb_analysis.release_check.manifest import Manifest
from lscb_analysis.release_check.page import Element, Page

_GIVEN = r"(?: [a-z-]+=\"[^\"<>]*\")*"
_TAG = re.compile(rf"<(?:/[a-z][a-z0-9]*|img{_GIVEN}/|[a-z][a-z0-9]*{_GIVEN})>")
_UNSEEN = re.compile(r"<[!?][^>]*>")  # the rules on what is unseen look at these
_STYLE = re.compile(r"(?<=<style>)[^<]*(?=</style>)")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|#39|#34);)")
_LINES = re.compile(r"\n{3}")
_TALLY = re.compile(r"\b(\w+)\b(?:\W+\1\b){2}", re.IGNORECASE)
_MARKS = re.compile(r"[^\w\s](?:\s*[^\w\s]){3}")
IDS = {
    "main": r"main",
    "h2": r"section-\d+",
    "table": r"table-\d+",
    "caption": r"table-\d+-caption",
    "p": r"table-\d+-note",
}
TOLD_ONCE = ("p", "li", "dt", "dd", "h2", "h3", "h4")


def written(page: Page, manifest: Manifest) -> list[str]:
    """Tags and entities are written in one way, and nothing follows the page."""
    body = _STYLE.sub("", page.html, count=1)
    rest = _TAG.sub("", _UNSEEN.sub("", body))
    problems = {
        "a tag that is not written as ours are": "<" in rest or ">" in rest,
        "an entity that is not written as ours are": bool(_ENTITY.search(body)),
        "lines that a reader does not see": bool(_LINES.search(body)),
        "something after the page": not body.rstrip("\n").endswith("</body>\n</html>"),
    }
    return [problem for problem, is_found in problems.items() if is_found]


def references(page: Page, manifest: Manifest) -> list[str]:
    """Each id is that of its own element, each reference that of the table beside it."""
    problems, tables, named = _order(page), 0, set[str]()
    described = {each.get("aria-describedby") for each in page.elements if each.tag == "table"}
    for element in page.elements:
        tables += element.tag == "table"
        name = element.get("id")
        if name and (name in named or not _is_own(element, tables, described)):
            problems.append(f"an id that is not its element's, {element.place}")
        named.add(name)
        if element.get("aria-describedby") not in ("", f"table-{tables}-note"):
            problems.append(f"a reference to another element, {element.place}")
        if element.get("aria-labelledby") not in ("", f"table-{tables + 1}-caption"):
            problems.append(f"a reference to another element, {element.place}")
    targets = [each.get("href") for each in page.elements if each.tag == "a"]
    inner = [target for target in targets if target.startswith("#section-")]
    if inner != [f"#section-{number}" for number in range(1, len(inner) + 1)]:
        problems.append("a list of contents out of order")
    if targets.count("#main") > 1:
        problems.append("more than one link to the main part")
    return problems


def repeats(page: Page, manifest: Manifest) -> list[str]:
    """Nothing is said or opened over and over: what is repeated can be counted."""
    problems = [
        f"words that are repeated, {told.place}"
        for told in page.texts
        if _TALLY.search(told.text) or _MARKS.search(told.text)
    ]
    blocks = [(told.tag, " ".join(told.text.split()).casefold(), told.place) for told in page.texts]
    for (before, after), (_, last) in pairwise(pairwise(blocks)):
        if before[:2] == after[:2] == last[:2] and last[0] in TOLD_ONCE:
            problems.append(f"a text that is repeated, {last[2]}")
    problems += [
        f"a <{each.tag}> within another, {each.place}"
        for each in page.elements
        if each.tag in each.within
    ]
    return problems


def shape(page: Page, manifest: Manifest) -> list[str]:
    """Every row of a table has as many cells as its first, and no three rows say the same."""
    problems = []
    sizes: dict[int, list[int]] = {}
    for element in page.elements:
        if element.tag == "table":
            sizes[len(sizes)] = []
        elif element.tag == "tr" and sizes:
            sizes[len(sizes) - 1].append(0)
        elif element.tag in ("td", "th") and sizes and sizes[len(sizes) - 1]:
            sizes[len(sizes) - 1][-1] += 1
    if any(len(set(rows)) > 1 for rows in sizes.values()):
        problems.append("a table whose rows are not of one length")
    rows: dict[str, list[str]] = {}
    for told in page.texts:
        if "tr" in told.within:
            rows.setdefault(told.place.rpartition(", cell")[0], []).append(told.text.strip())
    said = [(texts, place) for place, texts in rows.items()]
    for (before, after), (_, last) in pairwise(pairwise(said)):
        if before[0] == after[0] == last[0]:
            problems.append(f"a row that is repeated, {last[1]}")
    return problems


def _is_own(element: Element, tables: int, described: set[str]) -> bool:
    name = element.get("id")
    if element.tag in ("table", "caption") and not re.match(rf"table-{tables}(?!\d)", name):
        return False
    if element.tag == "p" and name not in described:
        return False
    return bool(re.fullmatch(IDS.get(element.tag, "(?!)"), name))


def _order(page: Page) -> list[str]:
    """Sections and tables are numbered as they come: a number can carry nothing else."""
    problems = []
    for prefix in ("section", "table"):
        pattern = re.compile(rf"{prefix}-(\d+)")
        given = [found[1] for each in page.elements if (found := pattern.fullmatch(each.get("id")))]
        if given != [str(number) for number in range(1, len(given) + 1)]:
            problems.append(f"a {prefix} that is numbered out of order")
    return problems
