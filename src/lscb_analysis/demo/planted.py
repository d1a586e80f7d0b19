"""What is planted in the example board, worth finding: the one place where it is written down.

docs/example_board.md tells readers the same.
"""

from __future__ import annotations

from datetime import date

from lscb_analysis.periods import Quarter

AREA_CODE = "X06000001"
AREA = "Mereford"
PANEL_AREAS = ("X06000001", "X10000002", "X06000003")
PANEL_SHARES = (0.36, 0.56, 0.08)
FIRST, LAST = Quarter(2014, 1), Quarter(2016, 4)
QUARTERS = tuple(FIRST.next(step) for step in range(12))
SEED = 20170331
# The name of the stream of chance for social care, chosen among others because with the seed above
# its caseload stays within the sizes that docs/example_board.md gives.
LIVES_STREAM = "lives-7"

# (a) a step: a third more section 47 enquiries reach a conference for three quarters
STEP_QUARTERS = (Quarter(2015, 2), Quarter(2015, 3), Quarter(2015, 4))
STEP_FACTOR = 1.34
# ... and plans made from this quarter on end sooner, so that ends rise about a year after
SHORTER_FROM = Quarter(2015, 3)
SHORTER_FACTOR = 0.8
# (b) seasons: fewer referrals in the school holidays; more police incidents then and at Christmas
REFERRAL_SEASON = {1: 1.04, 2: 0.88, 3: 1.05, 4: 1.03}
INCIDENT_MONTHS = {7: 1.12, 8: 1.12, 12: 1.12}
# (c) a late return: the police files of this quarter come in the next one's folder
LATE_POLICE = Quarter(2016, 2)
# (d) fewer initial health assessments on time from this quarter on
LATE_HEALTH_FROM = Quarter(2016, 3)
# (e) dirty rows, in the last quarter's Annex A and police file
DIRTY_QUARTER = Quarter(2016, 4)
IMPOSSIBLE_DATE = "31/02/2016"
IMPOSSIBLE_BIRTH = date(1066, 10, 14)
UNKNOWN_ETHNICITY = "z) ZZZZ"
NO_DATE = "May be 2008"
UNKNOWN_GRADE = "Purple"
DAYS_BEFORE_START = 9
# (f) a revision: in this submission one in eight of the quarter's conferences lacks its outcome
REVISED_QUARTER = Quarter(2016, 3)
REVISED_ONE_IN = 8
# (g) small counts: from this quarter on few plans are for sexual abuse or for several reasons
SMALL_FROM = Quarter(2015, 2)
SMALL_CATEGORIES = ("SAB", "MUL")
SMALL_QUARTER = Quarter(2016, 4)
MARK = "SYNTHETIC DATA - a fictional area, no real child"
