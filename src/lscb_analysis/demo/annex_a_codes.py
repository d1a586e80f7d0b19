"""Annex A's coded values as Ofsted's form of August 2019 writes them: a letter, the code, words."""

from __future__ import annotations

SEXES = {"M": "a) Male", "F": "b) Female"}
SEX_NOT_STATED = "c) Not stated/recorded"
ETHNICITY_CODES = (
    "WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN",
    "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT",
)  # fmt: skip
ETHNICITIES = {
    code: f"{letter}) {code}"
    for code, letter in zip(ETHNICITY_CODES, "abcdefghijklmnopqrss", strict=True)
}
SOURCES = {
    "1A": "a) 1A: Individual", "1B": "b) 1B: Individual", "1C": "c) 1C: Individual",
    "1D": "d) 1D: Individual", "2A": "e) 2A: Schools", "2B": "f) 2B: Education services",
    "3A": "g) 3A: Health services", "3B": "h) 3B: Health services", "3C": "i) 3C: Health services",
    "3D": "j) 3D: Health services", "3E": "k) 3E: Health services", "3F": "l) 3F: Health services",
    "4": "m) 4: Housing", "5A": "n) 5A: LA services", "5B": "o) 5B: LA services",
    "5C": "p) 5C: LA services", "6": "q) 6: Police", "7": "r) 7: Other legal agency",
    "8": "s) 8: Other", "9": "t) 9: Anonymous", "10": "u) 10: Unknown",
}  # fmt: skip
NEEDS = {
    "N1": "N1 - Abuse or neglect", "N2": "N2 - Child's disability",
    "N3": "N3 - Parental illness or disability", "N4": "N4 - Family in acute stress",
    "N5": "N5 - Family dysfunction", "N6": "N6 - Socially unacceptable behaviour",
    "N8": "N8 - Absent parenting",
}  # fmt: skip
CLOSURES = {
    "RC7": "RC7 - Services ceased for any other reason, including child no longer in need",
    "RC8": "RC8 - Case closed after assessment, no further action",
}
STATUSES = {
    "care": "a) Looked after child", "plan": "b) Child Protection plan",
    "need": "c) Child in need plan", "assessment": "d) Open assessment",
    "closed": "e) Closed episode",
}  # fmt: skip
ABUSE = {
    "NEG": "a) Neglect", "PHY": "b) Physical abuse", "SAB": "c) Sexual abuse",
    "EMO": "d) Emotional abuse", "MUL": "e) Multiple/not recommended",
}  # fmt: skip
LEGAL = {
    "C1": "C1: ICO", "C2": "C2: FCO", "E1": "E1: Placement order",
    "V2": "V2: Single period under S20", "V4": "V4: Short term breaks, agreements recorded",
}  # fmt: skip
PERMANENCE = {
    "A3": "b) Adoption", "H5": "d) Supported living in the community",
    "P2": "d) Supported living in the community", "K2": "e) Long-term residential placement",
    "S1": "e) Long-term residential placement", "P1": "a) Return to family",
    "U1": "f) Long-term fostering", "U4": "f) Long-term fostering", "U6": "a) Return to family",
}  # fmt: skip
CEASED = {
    "E11": "a) E11: Adopted - application unopposed", "E12": "b) E12: Adopted - consent dispensed",
    "E3": "d) E3: Care taken by another LA",
    "E4A": "e) E4A: Returned home to live with parents or relatives - part of planning",
    "E4B": "f) E4B: Returned home to live with parents or relatives - not part of planning",
    "E41": "h) E41: Residence order granted",
    "E45": "i) E45: Special Guardianship Orders - former carer relative/friend",
    "E46": "j) E46: Special Guardianship Orders - former carer other",
    "E47": "k) E47: Special Guardianship Orders - relative/friend",
    "E5": "m) E5: Moved into independent living - supported",
    "E6": "n) E6: Moved into independent living - no support",
    "E7": "o) E7: Transferred to residential care funded by adult social services",
    "E9": "p) E9: Sentenced to custody", "E8": "t) E8: Care ceased for any other reason",
}  # fmt: skip
PLACEMENTS = {
    "U1": "a) U1: Foster placement - relatives - long term",
    "U4": "d) U4: Foster placement - long term", "U6": "f) U6: Foster placement - not FFA",
    "A3": "g) A3: Placed for adoption - consent - current foster",
    "P1": "k) P1: Placed with parents", "P2": "l) P2: Independent living",
    "H5": "n) H5: Residential accommodation", "K2": "p) K2: Children's Homes",
    "S1": "u) S1: Residential school",
}  # fmt: skip
PROVIDERS = {
    "PR0": "a) PR0: Parents/Parental responsibility", "PR1": "b) PR1: Own provision",
    "PR4": "e) PR4: Private provision",
}  # fmt: skip
ACCOMMODATION = {
    "B": "B: Parents/relatives", "D": "D: Semi-independent, transitional accommodation and "
    "self-contained accommodation", "E": "E: Supported lodgings", "U": "U: Independent living",
    "Z": "Z: With former foster carers", "S": "S: No fixed abode / homeless",
    "V": "V: Emergency accommodation", "W": "W: Bed and breakfast", "X": "X: In custody",
}  # fmt: skip
ACTIVITIES = {
    "F1": "F1: Full time in higher education",
    "F2": "F2: Full time in education other than higher",
    "F3": "F3: Full time in training or employment",
    "P2": "P2: Part time in education other than higher",
    "P3": "P3: Part time in training or employment",
    "G4": "G4: Not in education, employment or training - illness or disability",
    "G5": "G5: Not in education, employment or training - other",
    "G6": "G6: Not in education, employment or training - pregnancy or parenting",
}


def yes(answer: object) -> str:
    """Ofsted's yes and no; nothing where it is not known.

    >>> yes(True), yes(False), yes(None)
    ('a) Yes', 'b) No', '')
    """
    return "" if answer is None else "a) Yes" if answer else "b) No"
