"""Examples of the child death rules: the tables that fail one, and the tables that pass it."""

from __future__ import annotations

from tests.sources.rules_child_deaths.drawing import Case

# Case, death, notified, age in days, expected, criteria met, response held, gestation.
DEATH = "1 01/02/2016 03/02/2016 20 No Yes Yes 39"
# Case, panel's review, status, category, modifiable, other category, meeting, inquest.
REVIEW = "1 31/01/2017 Closed 8 Yes - - -"
# The same in the quarter of the submission.
NEW_DEATH = "1 01/02/2021 03/02/2021 20 No Yes Yes 39"
WAITING = "1 - Open - - - - -"
# Case, domain, factor, grade, modifiable.
FACTOR = "1 B Housing 2 Yes"
# Case, agency, requested, due, returned, form.
FORM = "1 GP 03/02/2016 24/02/2016 20/02/2016 B"


def _death(line: str, passes: str = DEATH) -> Case:
    return {"notifications": line}, {"notifications": passes}


def _review(line: str, passes: str = REVIEW, death: str = DEATH) -> Case:
    fails = {"notifications": death, "reviews": line}
    return fails, {"notifications": death, "reviews": passes}


def _factor(line: str, passes: str = FACTOR, review: str = REVIEW) -> Case:
    known = {"notifications": DEATH, "reviews": review}
    return {**known, "factors": line}, {**known, "factors": passes}


def _form(line: str, passes: str = FORM, review: str = REVIEW) -> Case:
    known = {"notifications": DEATH, "reviews": review}
    return {**known, "forms": line}, {**known, "forms": passes}


CASES: dict[str, Case] = {
    "notified_twice": _death(f"{DEATH}\n{DEATH}", f"{DEATH}\n{DEATH.replace('1', '2', 1)}"),
    "notified_before_death": _death(
        DEATH.replace("03/02/2016", "31/01/2016"), DEATH.replace("03/02/2016", "01/02/2016")
    ),
    "death_before_birth": _death(DEATH.replace(" 20 ", " -1 "), DEATH.replace(" 20 ", " 0 ")),
    "age_18_or_more": _death(DEATH.replace(" 20 ", " 6575 "), DEATH.replace(" 20 ", " 6574 ")),
    "gestation": _death(f"{DEATH[:-2]}14\n{DEATH[:-2]}46", f"{DEATH[:-2]}15\n{DEATH[:-2]}45"),
    "jar_without_criteria": _death(DEATH.replace("No Yes Yes", "No No Yes")),
    "criteria_without_jar": _death(
        NEW_DEATH.replace("No Yes Yes", "No Yes No"),
        f"{NEW_DEATH}\n{DEATH.replace('1', '2', 1).replace('No Yes Yes', 'No Yes No')}",
    ),
    "expected_but_meets_criteria": _death(
        DEATH.replace("No Yes Yes", "Yes Yes Yes"), DEATH.replace("No Yes Yes", "Yes No No")
    ),
    "reviewed_but_not_notified": _review(REVIEW.replace("1", "2", 1)),
    "reviewed_before_death": _review(
        REVIEW.replace("31/01/2017", "31/01/2016"), REVIEW.replace("31/01/2017", "01/02/2016")
    ),
    "reviewed_before_notified": _review(
        REVIEW.replace("31/01/2017", "02/02/2016"), REVIEW.replace("31/01/2017", "03/02/2016")
    ),
    "closed_without_review": _review(WAITING.replace("Open", "Closed")),
    "open_with_review": _review(REVIEW.replace("Closed", "Open"), f"{REVIEW}\n{WAITING}"),
    "outcome_before_review": _review("1 - Open 8 - - - -", f"{REVIEW}\n{WAITING}"),
    "reviewed_without_category": _review(
        REVIEW.replace("Closed 8", "Closed -"), f"{REVIEW}\n{WAITING}"
    ),
    "reviewed_without_modifiable": _review(
        REVIEW.replace("8 Yes", "8 -"), REVIEW.replace("8 Yes", "8 Preventable")
    ),
    "not_the_uppermost_category": _review(
        REVIEW.replace("Yes -", "Yes 9;7"), REVIEW.replace("Yes -", "Yes 10,9")
    ),
    "unexplained_but_expected": _review(
        REVIEW.replace("Closed 8", "Closed 10"),
        death=DEATH.replace("No Yes Yes", "Yes No No"),
    ),
    "meeting_after_review": _review(REVIEW[:-3] + "01/02/2017 -", REVIEW[:-3] + "31/01/2017 -"),
    "inquest_after_review": _review(REVIEW[:-1] + "01/02/2017", REVIEW[:-1] + "31/01/2017"),
    "review_over_12_months": _review(
        REVIEW.replace("31/01/2017", "04/02/2021"),
        REVIEW.replace("31/01/2017", "03/02/2021"),
        death=DEATH.replace("03/02/2016", "03/02/2020"),
    ),
    "factor_twice": _factor(
        f"{FACTOR}\n{FACTOR}", f"{FACTOR}\n1 C Housing 2 Yes\n1 B Other 2 Yes\n1 B Other 2 Yes"
    ),
    "factor_of_no_case": _factor(FACTOR.replace("1", "2", 1)),
    "factor_before_review": (
        {"notifications": DEATH, "reviews": WAITING, "factors": FACTOR},
        {"notifications": DEATH, "reviews": REVIEW, "factors": FACTOR},
    ),
    "modifiable_not_contributing": _factor("1 B Housing 1* Yes", "1 B Housing 3 Yes"),
    "old_grade": (
        {
            "notifications": DEATH,
            "reviews": REVIEW.replace("31/01/2017", "01/04/2019"),
            "factors": "1 B Housing 3 Yes\n1 A Prematurity 1* No",
        },
        {
            "notifications": f"{DEATH}\n{DEATH.replace('1', '2', 1)}",
            "reviews": REVIEW.replace("31/01/2017", "31/03/2019")
            + "\n"
            + REVIEW.replace("1", "2", 1).replace("31/01/2017", "01/04/2019"),
            "factors": "1 B Housing 3 Yes\n1 A Prematurity 1* No\n2 B Housing 2 Yes",
        },
    ),
    "modifiable_factor_unlike_case": _factor(
        FACTOR, FACTOR.replace("Yes", "No"), review=REVIEW.replace("8 Yes", "8 No")
    ),
    "modifiable_without_factor": _factor(FACTOR.replace("Yes", "No")),
    "form_twice": _form(f"{FORM}\n{FORM}", f"{FORM}\n{FORM.replace(' B', ' Supplementary')}"),
    "form_of_no_case": _form(FORM.replace("1", "2", 1)),
    "form_due_before_request": _form(FORM.replace("24/02/2016", "02/02/2016")),
    "form_returned_before_request": _form(
        FORM.replace("20/02/2016", "02/02/2016"), FORM.replace("20/02/2016", "03/02/2016")
    ),
    "form_requested_before_death": _form(FORM.replace("03/02/2016", "31/01/2016")),
    "form_outstanding_at_review": _form(FORM.replace("20/02/2016", "-")),
}
