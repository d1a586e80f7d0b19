"""The two yearly returns: SSDA903 as CSV tables, the CIN census as XML."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from lscb_analysis.demo.board import Board
from lscb_analysis.demo.care import Period
from lscb_analysis.demo.people import Child, age_on, birthday
from lscb_analysis.demo.workbooks import write_csv
from lscb_analysis.periods import Quarter, financial_year_period

SEX_CODES = {"M": 1, "F": 2}


def write_ssda903(folder: Path, board: Board, quarter: Quarter) -> list[Path]:
    """The financial year's ten tables in `ssda903/`."""
    year = financial_year_period(quarter.year)
    first, last = year.period_start, year.period_end
    periods = [
        each
        for each in board.care.periods
        if each.started <= last and (each.ceased is None or each.ceased >= first)
    ]
    children = sorted({each.child for each in periods})
    people = board.people.children
    born = {child: people[child].born for child in board.people.children}
    leavers = _oc3(board, last)
    header = [
        (c, SEX_CODES[people[c].sex], born[c], people[c].ethnicity, people[c].upn, 0, None)
        for c in sorted({*children, *(row[0] for row in leavers)})
    ]
    whole_year = [p for p in periods if p.started < first and not (p.ceased and p.ceased <= last)]
    tables: dict[str, tuple[str, list]] = {
        "header": ("CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB", header),
        "episodes": (
            "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST "
            "PL_POST URN",
            [row for each in periods for row in _episodes(each, first, last)],
        ),
        "reviews": (
            "CHILD DOB REVIEW REVIEW_CODE",
            [
                (c, born[c], d, _took_part(c, age_on(born[c], d)))
                for c, _, d in board.care.reviews
                if first <= d <= last
            ],
        ),
        "uasc": (
            "CHILD SEX DOB DUC",
            [
                (c, SEX_CODES[people[c].sex], born[c], birthday(born[c], 18))
                for c in children
                if c in board.asylum_seeking
            ],
        ),
        "oc2": (
            "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK "
            "HEALTH_ASSESSMENT SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
            [_health(p.child, born[p.child], last) for p in whole_year],
        ),
        "oc3": ("CHILD DOB IN_TOUCH ACTIV ACCOM", leavers),
        "ad1": ("CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
                _adopted(periods, born, first, last)),
        "placed_for_adoption": ("CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
                                _placed(periods, born, first, last)),
        "previous_permanence": ("CHILD DOB PREV_PERM LA_PERM DATE_PERM",
                                [(c, born[c], "Z1", None, None) for c in children]),
        "missing": (
            "CHILD DOB MISSING MIS_START MIS_END",
            [(c, born[c], kind, start, end if end <= last else None)
             for c, start, end, kind in sorted(board.care.missing) if first <= start <= last],
        ),
    }  # fmt: skip
    return [
        write_csv(folder / "ssda903" / f"{name}.csv", columns.split(), rows)
        for name, (columns, rows) in tables.items()
    ]


def _episodes(period: Period, first: date, last: date) -> list[tuple]:
    rows = []
    for number, (since, until, code, provider, _) in enumerate(period.placements):
        is_last = number == len(period.placements) - 1
        ended = until if until is not None and until <= last else None
        if since > last or (until is not None and until < first):
            continue
        reason = "" if ended is None else period.reason if is_last else "X1"
        change = "CARPL" if ended and not is_last else ""
        new = "S" if number == 0 else "P"
        rows.append(
            (period.child, since, new, period.legal, period.need, code, provider, ended, reason,
             change, "", "", "")
        )  # fmt: skip
    return rows


def _took_part(child: str, age: int) -> str:
    """How the child took part in a review: under 4s do not (PN0), most others attend."""
    return "PN0" if age < 4 else f"PN{(1, 1, 1, 2, 3, 5, 6)[int(child[2:]) // 7 % 7]}"


def _health(child: str, born: date, last: date) -> tuple:
    number, age = int(child[2:]) // 7, age_on(born, last)
    is_scored = 4 <= age <= 16 and number % 6 != 0
    score = number % 31 if is_scored else None
    reason = "SDQ1" if 4 <= age <= 16 and not is_scored else None
    convicted = int(number % 23 == 0) if age >= 10 else None
    misuse = int(age >= 12 and number % 19 == 0)
    received = int(number % 2 == 0) if misuse else None
    offered = 1 if misuse and not received else None
    checked = int(number % 14 != 0) if age < 5 else None
    checks = (checked, *(int(number % each != 0) for each in (8, 7, 9)))
    return (child, born, score, reason, convicted, *checks, misuse, received, offered)


def _adopted(periods: list[Period], born: dict, first: date, last: date) -> list[tuple]:
    """Adopted in the year: the decision, the match, who adopted."""
    return [
        (each.child, born[each.child], each.started + (placed - each.started) / 2, placed, 1, 2,
         "MF", "L11")
        for each in periods
        if each.reason in ("E11", "E12") and each.ceased and first <= each.ceased <= last
        for placed in (each.placements[-1][0],)
    ]  # fmt: skip


def _placed(periods: list[Period], born: dict, first: date, last: date) -> list[tuple]:
    return [
        (each.child, born[each.child], each.placements[-1][0], None, None)
        for each in periods
        if each.reason in ("E11", "E12") and each.ceased and first <= each.ceased <= last
    ]


def _oc3(board: Board, last: date) -> list[tuple]:
    rows = []
    for leaver in board.care_leavers:
        born = board.people.children[leaver.child].born
        if leaver.since <= last and 17 <= age_on(born, last) <= 21:
            touch = "YES" if leaver.is_in_touch else "NO"
            place = leaver.home + ("1" if leaver.is_suitable else "2")
            rows.append((leaver.child, born, touch, leaver.activity, place))
    return rows


def write_cin_census(folder: Path, board: Board, quarter: Quarter) -> Path:
    """The financial year's census, in the shape of its time (GenderCurrent, booleans 0 and 1)."""
    year = financial_year_period(quarter.year)
    first, last = year.period_start, year.period_end
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "cin_census.xml"
    cases = _cases(board, first, last)
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(
            '<?xml version="1.0" encoding="utf-8"?>\n<Message><Header><CollectionDetails>'
            f"<Collection>CIN</Collection><Year>{last.year}</Year>"
            f"<ReferenceDate>{last.isoformat()}</ReferenceDate></CollectionDetails>"
            "<Source><SourceLevel>L</SourceLevel><LEA>999</LEA>"
            "<SoftwareCode>SYNTHETIC DATA</SoftwareCode></Source></Header><Children>\n"
        )
        for child in sorted(cases):
            handle.write(_child(board, child, cases[child], first, last))
        handle.write("</Children></Message>\n")
    return path


def _cases(board: Board, first: date, last: date) -> dict[str, list[tuple]]:
    ends = {(child, start): (end, need) for child, start, end, need in board.lives.cases}
    found = defaultdict(list)
    for child, day, source, nfa in board.lives.referrals:
        end, need = ends.get((child, day), (day, ""))
        if day <= last and end >= first:
            found[child].append((day, source, nfa, end, need))
    return found


def _child(board: Board, name: str, cases: list[tuple], first: date, last: date) -> str:
    person = board.people.children[name]
    born = _tag("PersonBirthDate", person.born)
    sex = SEX_CODES[person.sex]
    if person.born > last:
        born, sex = _tag("ExpectedPersonBirthDate", person.born), 0
    details = "".join(_details(board, name, case, first, last) for case in cases)
    return (
        f"<Child><ChildIdentifiers>{_tag('LAchildID', name)}{_tag('UPN', person.upn)}{born}"
        f"{_tag('GenderCurrent', sex)}</ChildIdentifiers><ChildCharacteristics>"
        f"{_tag('Ethnicity', person.ethnicity)}<Disabilities>"
        f"{''.join(_tag('Disability', code) for code in _disabilities(person))}"
        "</Disabilities></ChildCharacteristics>"
        f"{details}</Child>\n"
    )


def _details(board: Board, name: str, case: tuple, first: date, last: date) -> str:
    day, source, nfa, end, need = case
    closed = end <= last
    parts = [_tag("CINreferralDate", day), _tag("ReferralSource", source)]
    if need:
        parts.append(_tag("PrimaryNeedCode", need))
    events = board.by_child[name]
    assessments = [
        each
        for each in events["assessments"]
        if day <= each[0] <= min(day + timedelta(days=5), last) and each[1] >= first
    ]
    enquiries = [
        each
        for each in events["enquiries"]
        if each[0]
        and day <= each[0] <= min(day + timedelta(days=12), last)
        and (each[1] or each[0]) >= first
    ]
    plans = [
        each
        for each in events["plans"]
        if day <= each[0] <= max(end, day) and each[0] <= last and each[1] >= first
    ]
    if closed:
        is_assessed_only = bool(assessments) and not enquiries and not plans
        is_without_factor = not any(factors for _, _, factors in assessments)
        is_short = (end - day).days < 70 or is_without_factor
        reason = "RC8" if is_assessed_only and is_short else "RC7"
        parts += [_tag("CINclosureDate", end), _tag("ReasonForClosure", reason)]
    parts += [
        _tag("DateOfInitialCPC", held)
        for start, held, _ in events["enquiries"]
        if start is None and day <= held <= end and first <= held <= last
    ]
    parts += [_assessment(each, last) for each in assessments]
    parts += [_enquiry(each, last) for each in enquiries]
    parts.append(_tag("ReferralNFA", int(nfa)))
    parts += [_plan(events, each, last) for each in plans]
    return f"<CINdetails>{''.join(parts)}</CINdetails>"


def _assessment(assessment: tuple, last: date) -> str:
    """One assessment; authorised, with the factors found, or 21 where there were none."""
    start, authorised, factors = assessment
    if authorised > last:
        return f"<Assessments>{_tag('AssessmentActualStartDate', start)}</Assessments>"
    found = [code for code in factors.split(",") if code] or ["21"]
    marks = "".join(_tag("AssessmentFactors", code) for code in found)
    return (
        f"<Assessments>{_tag('AssessmentActualStartDate', start)}"
        f"{_tag('AssessmentAuthorisationDate', authorised)}"
        f"<FactorsIdentifiedAtAssessment>{marks}</FactorsIdentifiedAtAssessment></Assessments>"
    )


def _enquiry(enquiry: tuple, last: date) -> str:
    start, conference, _ = enquiry
    held = conference is not None and conference <= last
    meeting = _tag("DateOfInitialCPC", conference) if held else ""
    needless = _tag("ICPCnotRequired", int(conference is None))
    return f"<Section47>{_tag('S47ActualStartDate', start)}{meeting}{needless}</Section47>"


def _disabilities(person: Child) -> list[str]:
    """The child's disability, and for every fifth child with one a second."""
    codes = [person.disability]
    if person.disability != "NONE" and int(person.child[2:]) // 7 % 5 == 0:
        codes.append("LD" if person.disability != "LD" else "AUT")
    return codes


def _plan(events: dict, plan: tuple, last: date) -> str:
    start, end, initial, latest, before = plan
    ended = _tag("CPPendDate", end) if end <= last else ""
    held = [day for began, day in events["cp_reviews"] if began == start and day <= last]
    reviews = "".join(_tag("CPPreviewDate", day) for day in held)
    reviews = f"<Reviews>{reviews}</Reviews>" if reviews else ""
    return (
        f"<ChildProtectionPlans>{_tag('CPPstartDate', start)}{ended}"
        f"{_tag('InitialCategoryOfAbuse', initial)}{_tag('LatestCategoryOfAbuse', latest)}"
        f"{_tag('NumberOfPreviousCPP', before)}{reviews}</ChildProtectionPlans>"
    )


def _tag(name: str, content: object) -> str:
    text = content.isoformat() if isinstance(content, date) else escape(str(content))
    return f"<{name}>{text}</{name}>"
