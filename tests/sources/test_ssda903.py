"""SSDA903: CSV tables known by their columns, and the periods of care in them."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.periods import Quarter
from lscb_analysis.sources import ssda903
from lscb_analysis.sources.care_periods import care_periods, starts_not_known
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.records import KEYS, as_records
from tests.sources.extracts import CONTEXT, extract, shown, told

HEADER = """
| CHILD | SEX | DOB        | ETHNIC | UPN | MOTHER | MC_DOB |
| 1     | 2   | 01/02/2005 | WBRI   | UN1 | -      | -      |
| 2     | 1   | 01/06/2001 | REFU   | UN1 | -      | -      |
"""
LEAVERS = """\
| 3     | 1   | 01/03/1998 | WBRI   | UN1 | -      | -      |
| 4     | 1   | 01/03/1998 | WBRI   | UN1 | -      | -      |
"""
EPISODES = """
| CHILD | DECOM      | RNE | LS | CIN | PLACE | PLACE_PROVIDER | DEC        | REC |
| 1     | 01/05/2016 | S   | C1 | N1  | U6    | PR1            | 01/09/2016 | X1  |
| 1     | 01/09/2016 | B   | C2 | N1  | U4    | PR1            | -          | -   |
| 2     | 01/06/2016 | S   | V4 | N2  | K2    | PR1            | 03/06/2016 | E8  |
"""


def read(*drawings: str) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    tables = [extract(drawing, f"{n}.csv") for n, drawing in enumerate(drawings)]
    return ssda903.read(tables, CONTEXT)


def periods(*drawings: str) -> pd.DataFrame:
    return care_periods(read(*drawings)[0]["ssda903_episodes"])


def test_episodes_that_follow_each_other_are_one_period_of_care():
    assert shown(periods(HEADER, EPISODES), "started_date", "ceased_date", "is_short_break") == [
        ("2016-05-01", None, False),
        ("2016-06-01", "2016-06-03", True),
    ]


def test_the_child_in_the_header_is_that_of_its_episodes():
    first = periods(HEADER, EPISODES).iloc[0]
    assert (first["sex"], first["ethnicity"]) == ("Female", "White")
    assert first["birth_date"] == pd.Timestamp("2005-02-01")


def test_a_child_without_a_header_is_counted_and_not_known():
    first = periods(EPISODES).iloc[0]
    assert (first["sex"], first["ethnicity"]) == ("Not known", "Not known")


def test_a_new_start_on_the_day_that_the_last_period_ended_is_a_new_period():
    drawing = """
    | CHILD | DECOM      | RNE | LS | CIN | PLACE | DEC        | REC |
    | 1     | 01/05/2016 | S   | V2 | N1  | U6    | 01/09/2016 | E4A |
    | 1     | 01/09/2016 | S   | V2 | N1  | U6    | -          | -   |
    """
    assert shown(periods(drawing), "started_date", "ceased_reason") == [
        ("2016-05-01", "Returned home"),
        ("2016-09-01", "Not known"),
    ]


def test_a_column_that_points_to_a_person_is_a_finding_and_is_not_read():
    header, *episodes = EPISODES.strip().splitlines()
    drawing = "\n".join(
        [f"{header} DOB | Child Name | Ward |"]
        + [f"{row} 01/02/2005 | Ann Other | Abbey |" for row in episodes]
    )
    records, findings = read(HEADER, drawing)
    found = findings[findings["rule"].eq("ssda903.unexpected_column")]
    assert shown(found, "letter", "column", "severity") == [
        ("K", "Child Name", "warning"),
        ("L", "Ward", "note"),
    ]
    assert not {"Child Name", "Ward"} & set(records["ssda903_episodes"])


def test_a_gap_ends_a_period():
    drawing = """
    | CHILD | DECOM      | RNE | LS | CIN | PLACE | DEC        | REC |
    | 1     | 01/05/2016 | S   | V2 | N1  | U6    | 01/09/2016 | X1  |
    | 1     | 03/09/2016 | P   | V2 | N1  | U6    | -          | -   |
    """
    found = periods(drawing)
    assert shown(found, "started_date", "is_start_known") == [
        ("2016-05-01", True),
        ("2016-09-03", False),
    ]
    assert len(starts_not_known(found, pd.Timestamp("2016-04-01"))) == 1


def test_episodes_that_overlap_are_one_period_and_a_finding():
    drawing = """
    | CHILD | DECOM      | RNE | LS | CIN | PLACE | DEC        | REC |
    | 1     | 01/05/2016 | S   | C2 | N1  | U6    | 01/12/2016 | X1  |
    | 1     | 01/09/2016 | P   | C2 | N1  | U6    | 05/09/2016 | E4A |
    """
    _, findings = read(drawing)
    assert shown(periods(drawing), "started_date", "ceased_date") == [("2016-05-01", "2016-12-01")]
    assert told(findings) == [
        ("3", "an episode that starts before an earlier one of the child has ended")
    ]


def test_a_reason_for_ceasing_without_a_date_is_a_finding_and_the_episode_is_open():
    drawing = """
    | CHILD | DECOM      | RNE | LS | CIN | PLACE | DEC | REC |
    | 1     | 01/05/2016 | S   | C2 | N1  | U6    | -   | X1  |
    """
    assert told(read(drawing)[1]) == [("2", "a reason for ceasing without the date")]
    assert periods(drawing)["ceased_date"].isna().all()


def test_an_asylum_seeking_child_is_known_from_the_table_of_them():
    seekers = """
    | CHILD | SEX | DOB        | DUC        |
    | 2     | 1   | 01/06/2001 | 01/06/2019 |
    """
    records, findings = read(HEADER, EPISODES, seekers)
    assert records["ssda903_episodes"]["is_asylum_seeking"].tolist() == [False, False, True]
    assert told(findings) == []


def test_reviews_missing_episodes_and_care_leavers_are_read():
    reviews = """
    | CHILD | DOB        | REVIEW     | REVIEW_CODE |
    | 1     | 01/02/2005 | 10/06/2016 | PN3         |
    """
    missing = """
    | CHILD | DOB        | MISSING | MIS_START  | MIS_END    |
    | 1     | 01/02/2005 | M       | 10/06/2016 | 11/06/2016 |
    | 1     | 01/02/2005 | A       | 10/07/2016 | -          |
    """
    leavers = """
    | CHILD | DOB        | IN_TOUCH | ACTIV | ACCOM |
    | 3     | 01/03/1998 | YES      | F2    | U1    |
    | 4     | 01/03/1998 | REFU     | G5    | V2    |
    """
    header = HEADER + LEAVERS
    records, findings = read(header, EPISODES, reviews, missing, leavers)
    assert told(findings) == []
    assert shown(records["lac_reviews"], "review_date") == [("2016-06-10",)]
    assert records["missing_episodes"]["is_missing"].tolist() == [True, False]
    assert records["missing_episodes"]["sex"].tolist() == ["Female", "Female"]
    assert shown(
        records["care_leavers_at_date"], "age_band", "is_in_touch", "is_suitable_accommodation"
    ) == [("19 to 21", True, True), ("19 to 21", False, False)]


def test_sex_is_read_in_the_codes_of_either_side_of_2024():
    later = Context(Quarter(2024, 4), CONTEXT.key, "2024-25-Q4")
    header = HEADER.replace("| 2   |", "| F   |").replace("| 1   | 01/06", "| U   | 01/06")
    tables = [extract(header), extract(EPISODES)]
    records, _ = ssda903.read(tables, later)
    assert records["ssda903_episodes"]["sex"].tolist() == ["Female", "Female", "Not known"]


def test_health_adoption_workers_and_deprivation_of_liberty_are_read():
    health = """
    | CHILD | DOB | SDQ_SCORE | SDQ_REASON | CONVICTED | IMMUNISATIONS | TEETH_CHECK |
    | 1     | -   | 12        | -          | 0         | 1             | 0           |
    | 2     | -   | -         | SDQ2       | 1         | -             | 1           |
    """
    adopted = """
    | CHILD | DOB | DATE_INT   | DATE_MATCH | FOSTER_CARE | NB_ADOPTR | SEX_ADOPTR | LS_ADOPTR |
    | 1     | -   | 01/05/2016 | 01/06/2016 | 1           | 2         | MF         | L11       |
    """
    decided = """
    | CHILD | DOB | DATE_PLACED | DATE_PLACED_CEASED | REASON_PLACED_CEASED |
    | 1     | -   | 01/05/2016  | 01/06/2016         | RD1                  |
    """
    permanence = """
    | CHILD | DOB | PREV_PERM | LA_PERM | DATE_PERM  |
    | 1     | -   | P2        | 800     | zz/05/2012 |
    """
    workers = """
    | CHILD | DOB | SW_ID | SW_DECOM   | SW_DEC | SW_REASON |
    | 1     | -   | SW1   | 01/05/2016 | -      | FCONTA    |
    """
    liberty = """
    | CHILD | DOB | DOLO_START | DOLO_END   |
    | 1     | -   | 01/05/2016 | 03/05/2016 |
    """
    records, _ = read(HEADER, health, adopted, decided, permanence, workers, liberty)
    assert shown(
        records["health_at_date"], "snapshot_date", "sdq_score", "sdq_reason", "has_teeth_check"
    ) == [("2017-03-31", 12, "Not known", False), ("2017-03-31", None, "The carer refused", True)]
    assert shown(records["adoptions"], "decision_date", "matched_date", "adopters_sex") == [
        ("2016-05-01", "2016-06-01", "A man and a woman")
    ]
    assert shown(records["adoption_decisions"], "decided_date", "reversed_date") == [
        ("2016-05-01", "2016-06-01")
    ]
    assert shown(
        records["previous_permanence"], "previous_permanence", "permanence_date", "sex"
    ) == [("Special guardianship order", "2012-05-31", "Female")]
    assert shown(records["social_worker_episodes"], "started_date", "change_reason") == [
        ("2016-05-01", "First contact")
    ]
    assert shown(records["deprivations_of_liberty"], "started_date", "ended_date") == [
        ("2016-05-01", "2016-05-03")
    ]


def test_what_identifies_and_is_not_needed_is_in_no_record():
    everything = HEADER.replace("UN1", "A123456789012"), EPISODES
    worker = "| CHILD | SW_ID | SW_DECOM | SW_DEC |\n| 1 | SW123 | 01/05/2016 | - |"
    records, findings = read(*everything, worker)
    texts = [rows.to_csv() for rows in records.values()] + [findings.to_csv()]
    assert not any(each in text for text in texts for each in ("A123456789012", "SW123"))


def test_the_new_records_are_of_the_columns_that_are_said_and_have_a_key():
    workers = "| CHILD | SW_ID | SW_DECOM | SW_DEC |\n| 1 | SW123 | 01/05/2016 | - |"
    records, _ = read(HEADER, EPISODES, workers)
    for name, rows in records.items():
        assert set(KEYS[name]) <= set(rows.columns)
        assert not rows.duplicated(list(KEYS[name])).any()
    typed = as_records("social_worker_episodes", records["social_worker_episodes"])
    assert shown(typed, "started_date", "change_reason") == [("2016-05-01", "Not known")]


def test_of_two_episodes_with_one_start_the_open_one_is_kept():
    rows = """
    | CHILD | DECOM      | RNE | LS | CIN | PLACE | DEC        | REC |
    | 1     | 01/05/2016 | S   | C2 | N1  | U6    | 01/06/2016 | E4A |
    | 1     | 01/05/2016 | S   | C2 | N1  | U6    | -          | -   |
    """
    records, findings = read(rows)
    assert records["ssda903_episodes"]["ceased_date"].isna().tolist() == [True]
    assert told(findings) == [("2", "a row for something that an earlier row already gives")]


def test_a_review_twice_is_a_finding_and_counts_once():
    rows = "| CHILD | DOB | REVIEW | REVIEW_CODE |" + 2 * "\n| 1 | - | 10/06/2016 | PN3 |"
    records, findings = read(rows)
    assert len(records["lac_reviews"]) == 1
    assert told(findings) == [("3", "a row for something that an earlier row already gives")]


def test_a_table_with_headers_only_says_that_nothing_happened():
    records, findings = read("| CHILD | DOB | MISSING | MIS_START | MIS_END |")
    assert {name: len(rows) for name, rows in records.items()} == {"missing_episodes": 0}
    assert told(findings) == []


def test_the_sheets_of_a_workbook_are_the_tables():
    tables = [extract(HEADER, "all.xlsx", "Header"), extract(EPISODES, "all.xlsx", "Sheet 2")]
    records, _ = ssda903.read(tables, CONTEXT)
    assert records["ssda903_episodes"]["sex"].tolist() == ["Female", "Female", "Male"]


def test_columns_of_other_tables_are_not_mistaken_for_these():
    records, findings = read("| Incident ID | Crime |\n| 1 | Yes |")
    assert records == {}
    assert told(findings) == []


def test_a_return_covers_its_financial_year():
    first, last = ssda903.covers("looked_after_periods", Quarter(2016, 4))
    assert (first.isoformat(), last.isoformat()) == ("2016-04-01", "2017-03-31")
