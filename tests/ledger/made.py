"""Reports of boards that do not exist, without relations: they add up until an error is planted."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from tests.drawn import table

HILLSHIRE = """
id | section        | label                                                 | value | unit        | period        | words
C0 | Front door     | Contacts                                              | 8,412 | contacts    | 2018/19       | -
C1 | Front door     | Contacts from police                                  | 3,020 | contacts    | 2018/19       | -
C2 | Front door     | Contacts from schools                                 | 1,911 | contacts    | 2018/19       | -
C3 | Front door     | Contacts from health                                  | 1,204 | contacts    | 2018/19       | -
C4 | Front door     | Contacts from other sources                           | 2,277 | contacts    | 2018/19       | -
R0 | Front door     | Referrals                                             | 2,140 | referrals   | 2018/19       | rose by 6.5%
R9 | Front door     | Referrals, previous year                              | 2,010 | referrals   | 2017/18       | -
R1 | Front door     | Referrals of boys                                     | 1,101 | referrals   | 2018/19       | -
R2 | Front door     | Referrals of girls                                    | 979   | referrals   | 2018/19       | -
R3 | Front door     | Referrals, sex not known                              | 60    | referrals   | 2018/19       | -
R4 | Front door     | Re-referrals within 12 months                         | 385   | referrals   | 2018/19       | -
R5 | Front door     | Re-referrals within 12 months (%)                     | 18.0% | percent     | 2018/19       | -
R6 | Front door     | Referrals as % of contacts                            | 25.4% | percent     | 2018/19       | -
A0 | Front door     | Assessments completed                                 | 1,200 | assessments | 2018/19       | -
A1 | Front door     | Assessments completed within 45 working days          | 1,020 | assessments | 2018/19       | -
A2 | Front door     | Assessments within 45 working days (%)                | 85%   | percent     | 2018/19       | -
P0 | Protection     | Children on a child protection plan                   | 300   | children    | 31 March 2019 | -
P9 | Protection     | Children on a child protection plan                   | 288   | children    | 31 March 2018 | -
P1 | Protection     | Child protection plans started                        | 260   | plans       | 2018/19       | -
P2 | Protection     | Child protection plans ended                          | 248   | plans       | 2018/19       | -
P3 | Protection     | Population aged 0-17                                  | 60,000 | children   | mid-2018      | -
P4 | Protection     | Children on a child protection plan per 10,000        | 50.0  | per 10,000  | 31 March 2019 | -
K1 | Category       | Neglect                                               | 150   | children    | 31 March 2019 | -
K2 | Category       | Emotional abuse                                       | 90    | children    | 31 March 2019 | -
K3 | Category       | Physical abuse                                        | 36    | children    | 31 March 2019 | -
K4 | Category       | Sexual abuse                                          | 24    | children    | 31 March 2019 | -
K5 | Category       | Total                                                 | 300   | children    | 31 March 2019 | -
K6 | Category       | Neglect (%)                                           | 50%   | percent     | 31 March 2019 | -
K7 | Category       | Emotional abuse (%)                                   | 30%   | percent     | 31 March 2019 | -
K8 | Category       | Physical abuse (%)                                    | 12%   | percent     | 31 March 2019 | -
K9 | Category       | Sexual abuse (%)                                      | 8%    | percent     | 31 March 2019 | -
L0 | In care        | Looked after children                                 | 310   | children    | 31 March 2019 | -
L9 | In care        | Looked after children                                 | 298   | children    | 31 March 2018 | -
L8 | In care        | Change on year                                        | 12    | children    | year on year  | -
L7 | In care        | Looked after children, increase %                     | 4.0%  | percent     | 2018/19       | -
L1 | In care        | Looked after children aged under 1                    | 20    | children    | 31 March 2019 | -
L2 | In care        | Looked after children aged 1 to 4                     | 50    | children    | 31 March 2019 | -
L3 | In care        | Looked after children aged 5 to 9                     | 70    | children    | 31 March 2019 | -
L4 | In care        | Looked after children aged 10 to 15                   | 120   | children    | 31 March 2019 | -
L5 | In care        | Looked after children aged 16 and over                | 50    | children    | 31 March 2019 | -
M0 | Missing        | Return home interviews offered                        | 140   | interviews  | 2018/19       | -
M1 | Missing        | Return home interviews taken up                       | 131   | interviews  | 2018/19       | -
M2 | Missing        | Return home interviews take-up                        | 93.6% | percent     | 2018/19       | -
"""

# rows, words instead of the ones printed, and the rule that finds it in which figures
HILLSHIRE_ERRORS = {
    "sources of contacts": ({"C2": "1,991"}, "parts and total", {"C0", "C2"}),
    "boys, girls and not known": ({"R1": "1,121"}, "parts and total", {"R0", "R1"}),
    "a total misprinted": ({"R0": "2,104"}, "parts and total", {"R0", "R1"}),
    "re-referrals in percent": ({"R5": "16.0%"}, "percentage", {"R5", "R4", "R0"}),
    "referrals of contacts": ({"R6": "24.5%"}, "percentage", {"R6", "R0", "C0"}),
    "more in time than done": ({"A1": "1,320"}, "larger than its set", {"A1", "A0"}),
    "in time in percent": ({"A2": "58%"}, "percentage", {"A2", "A1", "A0"}),
    "plans do not flow": ({"P2": "258"}, "stock and flow", {"P0", "P9", "P1", "P2"}),
    "a rate": ({"P4": "55.0"}, "rate", {"P4", "P0", "P3"}),
    "categories": ({"K2": "80"}, "parts and total", {"K5", "K2"}),
    "categories in percent": ({"K6": "55%"}, "percentage", {"K6", "K1", "K5"}),
    "ages": ({"L3": "80"}, "parts and total", {"L0", "L3"}),
    "a difference": ({"L8": "15"}, "difference", {"L8", "L0", "L9"}),
    "a change in percent": ({"L7": "6.0%"}, "percentage", {"L7", "L0", "L9"}),
    "more taken up than offered": ({"M1": "149"}, "larger than its set", {"M1", "M0"}),
    "take-up in percent": ({"M2": "83.6%"}, "percentage", {"M2", "M1", "M0"}),
    "a fall called a rise": ({"R9": "2,410"}, "claim", {"R0", "R9"}),
    "a rise of another size": ({"R9": "1,910"}, "claim", {"R0", "R9"}),
}

EASTMERE = """
section           | label                                                       | value | unit       | period       | words
Summary           | Referrals                                                   | 1,208 | referrals  | Q4 2018/19   | fell from 1,340
Summary           | Referrals                                                   | 1,340 | referrals  | Q3 2018/19   | -
Summary           | Referrals                                                   | 1,190 | referrals  | Q4 2017/18   | -
Summary           | Re-referrals (%)                                            | 18.2% | percent    | Q4 2018/19   | lower than the quarter before
Summary           | Re-referrals (%)                                            | 18.6% | percent    | Q3 2018/19   | -
Summary           | Looked after children at 31 March 2019                      | 512   | children   | -            | -
Children in care  | Looked after children                                       | 512   | children   | 31 March 2019 | up from 498
Children in care  | Looked after children                                       | 498   | children   | 31 March 2018 | -
Children in care  | of whom boys                                                | 276   | children   | 31 March 2018 | -
Children in care  | of whom girls                                               | 222   | children   | 31 March 2018 | -
Children in care  | Rate per 10,000                                             | 64.0  | per 10,000 | 31 March 2019 | -
Children in care  | Children aged 0 to 17 living in Eastmere                    | 80,000 | children  | mid-2018     | -
Conferences       | Initial conferences held                                    | 240   | conferences | Q4 2018/19  | -
Conferences       | - within 15 working days                                    | 204   | conferences | Q4 2018/19  | -
Conferences       | - later than 15 working days                                | 36    | conferences | Q4 2018/19  | -
Conferences       | Initial conferences held within 15 working days             | 85%   | percent    | Q4 2018/19   | -
Allegations       | Allegations against staff: education                        | 61    | allegations | 2018/19     | -
Allegations       | Allegations against staff: health                           | 12    | allegations | 2018/19     | -
Allegations       | Allegations against staff: transport                        | 9     | allegations | 2018/19     | -
Allegations       | Allegations against staff: other                            | 38    | allegations | 2018/19     | -
Allegations       | Allegations against staff, total                            | 120   | allegations | 2018/19     | -
Allegations       | Allegations against staff, total, last year                 | 112   | allegations | 2017/18     | -
Allegations       | Change in allegations against staff, total                  | 7.1%  | percent    | 2018/19      | -
Money             | Council                                                     | £120,400 | GBP     | 2018/19      | -
Money             | Police                                                      | £31,250 | GBP      | 2018/19      | -
Money             | Health                                                      | £58,350 | GBP      | 2018/19      | -
Money             | Total income                                                | £210,000 | GBP     | 2018/19      | -
Training          | Places taken                                                | 864   | places     | 2018/19      | -
Training          | Male                                                        | 18%   | percent    | 2018/19      | -
Training          | Female                                                      | 79%   | percent    | 2018/19      | -
Training          | Not stated                                                  | 3%    | percent    | 2018/19      | -
"""

# label (and period where it stands twice): what is printed instead
EASTMERE_ERRORS = {
    "one day, two values": ({"7": "521"}, "two values", {"7", "8"}),
    "a number before that is none": ({"3": "1,430"}, "claim", {"2", "3"}),
    "a fall that is a rise": ({"2": "1,402"}, "claim", {"2", "3"}),
    "lower that is higher": ({"5": "18.9%"}, "claim", {"5", "6"}),
    "boys and girls": ({"10": "296"}, "parts and total", {"9", "10", "11"}),
    "a rate without a name": ({"12": "71.0"}, "rate", {"12", "8", "13"}),
    "in time and late": ({"16": "46"}, "parts and total", {"14", "15", "16"}),
    "in time of all": ({"17": "75%"}, "percentage", {"17", "15", "14"}),
    "settings": ({"18": "64"}, "parts and total", {"22", "18"}),
    "a change on last year": ({"24": "6.1%"}, "percentage", {"24", "22", "23"}),
    "income": ({"26": "£32,150"}, "parts and total", {"28", "26"}),
    "percentages beyond 100": ({"31": "89%"}, "parts and total", {"30", "31", "32"}),
}

NORTHAM = """
label                                                    | value | unit          | period
Total referrals                                          | 210   | -             | 2018/19
Referrals: neglect                                       | 112   | -             | 2018/19
Referrals: other reasons                                 | 98    | -             | 2018/19
Children in need                                         | 1,402 | children      | 31 March 2019
Children in need                                         | 1,377 | children      | 31 March 2018
Children in need, change (%)                             | 1.8%  | percent       | 2018/19
Enquiries under section 47                               | 640   | enquiries     | 2018/19
Enquiries under section 47 leading to a conference       | 256   | enquiries     | 2018/19
% of enquiries under section 47 leading to a conference  | 40%   | percent       | 2018/19
Survey forms issued                                      | 180   | forms         | 2018/19
Survey forms returned                                    | 63    | forms         | 2018/19
Response rate                                            | 35%   | percent       | 2018/19
Missing episodes                                         | 402   | episodes      | 2018/19
Missing episodes, previous year                          | 371   | episodes      | 2017/18
"""

NORTHAM_ERRORS = {
    "two parts": ({"3": "120"}, "parts and total", {"2", "3", "4"}),
    "a change": ({"7": "2.8%"}, "percentage", {"7", "5", "6"}),
    "more conferences than enquiries": ({"9": "656"}, "larger than its set", {"9", "8"}),
    "a percentage of": ({"10": "44%"}, "percentage", {"10", "9", "8"}),
    "more forms back than out": ({"12": "630"}, "larger than its set", {"12", "11"}),
    "a response": ({"13": "53%"}, "percentage", {"13", "12", "11"}),
}


@dataclass(frozen=True)
class Made:
    """A report that adds up, and the errors that can be planted in it."""

    name: str
    rows: pd.DataFrame
    errors: dict[str, tuple[dict[str, str], str, set[str]]]

    def with_error(self, name: str) -> tuple[pd.DataFrame, str, set[str]]:
        """The rows with one error planted, the rule that finds it, and in which figures."""
        printed, rule, ids = self.errors[name]
        values = self.rows["value"].mask(
            self.ids.isin(list(printed)), self.ids.map(printed).fillna("")
        )
        return self.rows.assign(value=values), rule, ids

    @property
    def ids(self) -> pd.Series:
        """The ids of the rows: their own, or the number of their row in a spreadsheet."""
        return self.rows["id"] if "id" in self.rows else self.rows.index.to_series().astype("str")


def _drawn(drawing: str) -> pd.DataFrame:
    drawn = table(drawing).astype("object")
    drawn = drawn.where(drawn.notna(), "").astype("str").replace({"None": "", "nan": ""})
    return drawn.set_axis(range(2, len(drawn) + 2), axis=0)


REPORTS = [
    Made("Hillshire", _drawn(HILLSHIRE), HILLSHIRE_ERRORS),
    Made("Eastmere", _drawn(EASTMERE), EASTMERE_ERRORS),
    Made("Northam", _drawn(NORTHAM), NORTHAM_ERRORS),
]
