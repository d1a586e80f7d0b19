"""Drawing the examples of the CIN census's rules: an element a line, its texts by column.

What a line does not say is as in `ORDINARY`; a column with nothing after `=` is left out.
A line stands in the last line above it that it can stand in: an ordinary child or episode
where there is none.
"""

from __future__ import annotations

from pathlib import Path

from lscb_analysis.sources.cin_census_layouts import TABLES

# For each kind of line its table, and how deep it stands.
LINES = {
    "header": ("header", 0),
    "child": ("children", 0),
    "disability": ("disabilities", 1),
    "episode": ("episodes", 1),
    "assessment": ("assessments", 2),
    "factor": ("factors", 3),
    "cin_plan": ("cin_plans", 2),
    "enquiry": ("enquiries", 2),
    "cp_plan": ("cp_plans", 2),
    "review": ("reviews", 3),
    "pre_proceedings": ("pre_proceedings", 2),
}
ABOVE = ("child", "episode")
ORDINARY = {
    "header": "collection=CIN year=2017 reference_date=2017-03-31",
    "child": "child_id=C1 birth_date=2013-03-27 sex=2 ethnicity=WBRI",
    "episode": "referral_date=2016-05-10 referral_source=1A primary_need=N1 is_no_further_action=0",
    "assessment": "start_date=2016-05-11 authorised_date=2016-06-20",
    "cin_plan": "plan_start_date=2016-09-05",
    "enquiry": "s47_start_date=2016-08-15 conference_date=2016-09-05 is_conference_unneeded=0",
    "cp_plan": (
        "plan_start_date=2016-09-05 initial_category=NEG latest_category=NEG previous_plans=0"
    ),
    "pre_proceedings": "started_date=2016-10-03",
}
# The example that a rule fails on, and the one that it lets pass.
Case = tuple[str, str]


def drawn(example: str, folder: Path) -> Path:
    """The example as a census file."""
    lines = [line.split() for line in example.strip().splitlines() if line.strip()]
    if not any(line[0] == "header" for line in lines):
        lines = [["header"], *lines]
    parts: list[str] = []
    ends: list[str] = []  # of the elements that are open, the outermost first
    children = False
    for kind, *texts in lines:
        table, depth = LINES[kind]
        parts += reversed(ends[depth:])
        del ends[depth:]
        if kind != "header" and not children:
            parts.append("<Children>")
            children = True
        for above in ABOVE[len(ends) : min(depth, 2)]:
            parts.append(_opened(above, []))
            ends.append(f"</{TABLES[LINES[above][0]].element}>")
        parts.append(_opened(kind, texts))
        if TABLES[table].is_text:
            continue
        if kind == "header":
            parts.append("</Header>")
        else:
            ends.append(f"</{TABLES[table].element}>")
    parts += reversed(ends)
    path = folder / "census.xml"
    path.write_text(f"<Message>{''.join(parts)}{'</Children>' if children else ''}</Message>")
    return path


def _opened(kind: str, texts: list[str]) -> str:
    """The start of the element and the texts in it; the whole of one that is a text."""
    table = TABLES[LINES[kind][0]]
    if table.is_text:
        return f"<{table.element}>{' '.join(texts)}</{table.element}>"
    said = dict(part.split("=") for part in [*ORDINARY[kind].split(), *texts])
    inside = "".join(
        f"<{table.columns[column][0]}>{text}</{table.columns[column][0]}>"
        for column, text in said.items()
        if text
    )
    return f"<{table.element}>{inside}"
