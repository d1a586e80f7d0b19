"""What the agencies say in their returns: figures only as references, authors only as roles."""

from __future__ import annotations

from collections.abc import Sequence

from lscb_analysis.demo import planted
from lscb_analysis.periods import Quarter, day_label

Words = tuple[str, str, str, str, str]  # indicator, kind, text, author, approver
PROTECTION, CARE, DUTY = (
    "Head of service, child protection",
    "Head of service, children in care",
    "Service manager, duty and assessment",
)
NURSE, DOCTOR, POLICE, HUB = (
    "Designated nurse, looked-after children",
    "Designated doctor for child deaths",
    "Detective chief inspector, public protection",
    "Triage hub manager",
)
DIRECTOR, CHIEF_NURSE, FORCE, CHAIR = (
    "Director of children's services",
    "Chief nurse",
    "Assistant chief constable",
    "Independent chair",
)
NOT_APPROVED_EVERY = 3


def social_care(quarter: Quarter) -> list[Words]:
    """The return of children's social care for a quarter."""
    day, label = day_label(quarter.end), quarter.label
    plans = "cp_plans_at_period_end"
    rows = [
        _said(plans, f"{{{plans}:{day}}} children were subject of a plan. " + _turn(quarter, (
            "Team managers have read every plan that has lasted longer than a year and take "
            "decisions on stepping down to the next review.",
            "Core groups met on time in the plans that were sampled. Fathers were asked to too "
            "few of them.",
            "Neglect is the commonest reason. Two teams are trying a shared tool with health "
            "visitors to see earlier whether care is getting better.",
            "Families told us that plans are long and hard to read. A one-page plan is on trial.",
        )), PROTECTION, DIRECTOR),
        _said("assessments_within_45_days", _turn(quarter, (
            "Delays come mostly from waiting for other agencies' information. The duty team now "
            "asks for it on the first day.",
            "Two social workers left and agency staff took time to settle. Managers look at every "
            "assessment on its thirtieth day.",
            "Assessments that ran over were mostly of large families. None was late without a "
            "manager's knowing why.",
        )), DUTY, DIRECTOR),
        _said("re_referrals", f"In the quarter {{re_referrals:{label}}} of referrals "
              "were of a child referred before. " + _turn(quarter, (
                  "We read a sample with early help: in most the reason was new.",
                  "In a sample, some first plans had ended before the family was ready.",
              )), DUTY, DIRECTOR, "assurance answer"),
        _said("initial_conferences_within_15_days", _turn(quarter, (
            "The few late conferences waited for an interpreter or for a parent's solicitor.",
            "Rooms were short in the holidays. Two more slots a week are kept free from now on.",
            "Where a conference was put off, the child was seen in the meantime in every case.",
        )), PROTECTION, DIRECTOR),
        _said("section_47s_started", f"{{section_47s_started:{label}}} enquiries were started in "
              "the quarter. " + _turn(quarter, (
                  "Strategy discussions had police and health at them in the cases sampled.",
                  "Health was missing from some strategy discussions held out of hours.",
              )), PROTECTION, _or_nobody(quarter, DIRECTOR)),
        _said("looked_after_at_period_end", f"{{looked_after_at_period_end:{day}}} children were "
              "looked after. " + _turn(quarter, (
                  "Foster homes for teenagers are the main need.",
                  "More brothers and sisters were placed together than a year ago.",
                  "A campaign for foster carers brought enquiries; approvals take half a year.",
              )), CARE, DIRECTOR),
        _said("looked_after_starts", f"{{looked_after_starts:{label}}} periods of care began. "
              + _turn(quarter, (
                  "The panel that agrees to care now asks first what family could offer.",
                  "Some were young people who had come to the country alone.",
              )), CARE, DIRECTOR),
        _said(plans, _turn(quarter, (
            "Plans read for the audit showed the child's own view in most, and in too few a date "
            "by which change was expected.",
            "The audit of neglect found good chronologies and late use of them.",
        )), "Chair of the audit group", CHAIR, "audit finding"),
    ]  # fmt: skip
    rows.append(_said("looked_after_at_period_end", _turn(quarter, (
        "Children in care told their council that they want fewer changes of social worker, and to "
        "be told sooner when there is one.",
        "Young people asked for reviews outside school hours. The reviewing service now offers a "
        "choice of times.",
    )), "Participation lead", DIRECTOR, "voice of the child"))  # fmt: skip
    if quarter in planted.STEP_QUARTERS:
        text = _turn(quarter, (
            "More enquiries reached a conference after the guidance on thresholds was changed.",
            "Police and health are reviewing with us the change that brings more to a conference.",
            "Chairs of conferences see more families whom a plan in need might have helped.",
        ))  # fmt: skip
        rows.append(_said("cp_plan_starts", text, PROTECTION, DIRECTOR))
    return rows


def health(quarter: Quarter) -> list[Words]:
    """The return of health services for a quarter."""
    rows = [
        _said("deaths_reviewed", _turn(quarter, (
            "Forms from community health came back later than those of other agencies.",
            "Deaths of newborn babies were taken together, with an obstetrician present.",
            "A leaflet on safe sleeping was written with parents and is being tried.",
        )), DOCTOR, CHIEF_NURSE),
        _said("initial_health_assessments_on_time", _turn(quarter, (
            "Consent reaches the clinic late where a child comes into care at a weekend.",
            "Children placed outside the area wait longest, as another service sees them.",
        )), NURSE, CHIEF_NURSE, "assurance answer"),
    ]  # fmt: skip
    if quarter >= planted.LATE_HEALTH_FROM:
        text = _turn(quarter, (
            "The clinic lost two of its paediatric sessions. Children who have waited longest are "
            "seen first.",
            "The clinic is still short of two sessions. A locum starts next quarter.",
        ))  # fmt: skip
        rows.append(_said("initial_health_assessments_on_time", text, NURSE, CHIEF_NURSE))
    return rows


def police(quarter: Quarter) -> list[Words]:
    """The police's return for a quarter."""
    return [
        _said("da_incidents", f"Officers recorded {{da_incidents:{quarter.label}}} incidents. "
              + _turn(quarter, (
                  "Recording was checked against the force's own audit.",
                  "Summer is always busier; there is no sign of more than that.",
                  "Response officers were trained in coercive control.",
                  "A campaign before Christmas asked neighbours to call.",
              )), POLICE, FORCE),
        _said("da_children_notified", _turn(quarter, (
            "The referral desk reads every incident with a child in the household before it is "
            "passed on.",
            "A new form asks whether a child was there, and whether a child lives there.",
        )), POLICE, FORCE),
        _said("da_triage_outcome", _turn(quarter, (
            "Each month the hub reads a sample of notifications without further action with a "
            "social worker and a health visitor.",
            "Schools hear of more incidents than a year ago, and sooner.",
        )), HUB, FORCE, "assurance answer"),
        _said("marac_repeat_cases", _turn(quarter, (
            "Chairs ask for every returning case what the last plan achieved.",
            "Returning cases are not a bad sign in themselves: people come back to those whom "
            "they trust.",
        )), POLICE, _or_nobody(quarter, FORCE)),
    ]  # fmt: skip


def _said(indicator: str, text: str, author: str, approver: str, kind: str = "commentary") -> Words:
    return indicator, kind, text, author, approver


def _turn(quarter: Quarter, texts: Sequence[str]) -> str:
    """The text whose turn it is: the next one each quarter."""
    return texts[(quarter.year * 4 + quarter.number) % len(texts)]


def _or_nobody(quarter: Quarter, approver: str) -> str:
    """The approver, or nobody: now and then a text is sent that nobody has approved."""
    step = planted.QUARTERS.index(quarter)
    return "" if step % NOT_APPROVED_EVERY == NOT_APPROVED_EVERY - 1 else approver
