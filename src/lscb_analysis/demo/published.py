"""Invented official statistics, so that the example board has something to be set beside."""

from __future__ import annotations

from pathlib import Path
from random import Random

from lscb_analysis.catalogue import areas
from lscb_analysis.demo import planted
from lscb_analysis.demo.workbooks import write_csv
from lscb_analysis.statistics.rounding import round_half_up

REGION, COUNTRY = "X12000001", "X92000001"
NEIGHBOURS = tuple(f"X060000{number}" for number in range(11, 21))
RELEASE = "Example 2017"
YEARS = range(2013, 2018)
CLOSENESS = ("Close", "Close", *("Somewhat close",) * 5, *("Not close",) * 3)
# series: usual level, how far areas differ, decimals, unit
SERIES = {
    "referrals_rate": (485.0, 60, 1, "per 10,000 aged 0-17"),
    "rereferrals_12m_pct": (21.0, 3, 1, "percent"),
    "assessments_45wd_pct": (82.0, 5, 1, "percent"),
    "s47_rate": (160.0, 25, 1, "per 10,000 aged 0-17"),
    "icpc_15wd_pct": (77.0, 6, 1, "percent"),
    "cpp_31mar_rate": (46.0, 6, 1, "per 10,000 aged 0-17"),
    "cpp_started_rate": (56.0, 7, 1, "per 10,000 aged 0-17"),
    "cpp_ended_rate": (54.0, 7, 1, "per 10,000 aged 0-17"),
    "cpp_started_second_or_later_pct": (18.0, 3, 1, "percent"),
    "cpp_31mar_2y_plus_pct": (2.1, 0.8, 1, "percent"),
    "cpp_ended_2y_plus_pct": (4.0, 1.2, 1, "percent"),
    "cpp_reviewed_in_timescale_pct": (93.0, 3, 1, "percent"),
    "cla_31mar_rate": (66.0, 9, 0, "per 10,000 aged 0-17"),
    "cla_3plus_placements_pct": (10.0, 1.6, 0, "percent"),
    "cla_long_term_stability_pct": (69.0, 4, 0, "percent"),
    "cla_missing_pct": (9.0, 3, 0, "percent"),
    "care_leavers_suitable_accommodation_pct": (83.0, 5, 0, "percent"),
    "care_leavers_eet_pct": (50.0, 5, 0, "percent"),
    "child_death_reviews_modifiable_pct": (26.0, 3, 0, "percent"),
}
# area: children in mid-2010 and yearly growth, women of 18 and over in mid-2010
POPULATION = {
    "X06000001": (76_100, 1.015, 127_000),
    "X10000002": (134_500, 1.006, 266_000),
    "X06000003": (8_300, 1.004, 15_400),
    REGION: (962_000, 1.006, 1_850_000),
    COUNTRY: (11_310_000, 1.007, 21_700_000),
}


def write_published(folder: Path, seed: int) -> list[Path]:
    """`published/`: figures, releases and neighbours in the shape of the real ones."""
    chance = Random(f"{seed}-published")
    place = folder / "published"
    rows = [*_figures(chance), *_populations()]
    columns = ("series", "area_code", "area", "period", "value", "unit", "release", "symbol")
    known = areas()
    neighbours = [
        ("Example 2016", planted.AREA_CODE, rank, code, known[code].area, close)
        for rank, (code, close) in enumerate(zip(NEIGHBOURS, CLOSENESS, strict=True), start=1)
    ]
    return [
        write_csv(place / "figures.csv", columns, rows),
        write_csv(
            place / "releases.csv",
            ("release", "title", "publisher", "published", "population_vintage", "licence"),
            [(RELEASE, "Synthetic statistics of a fictional country", "Nobody: synthetic data",
              "2017", "Synthetic mid-year estimates", "None: synthetic data")],
        ),
        write_csv(
            place / "neighbours.csv",
            ("model", "area_code", "rank", "neighbour_code", "neighbour", "closeness"),
            neighbours,
        ),
    ]  # fmt: skip


def _figures(chance: Random):
    known = areas()
    for series, (level, spread, decimals, unit) in SERIES.items():
        for code in (*NEIGHBOURS, REGION, COUNTRY):
            usual = level + (chance.gauss(0, spread) if code in NEIGHBOURS else 0)
            for year in YEARS:
                drift = 1 + 0.008 * (year - 2015) + chance.gauss(0, 0.012)
                value = round_half_up(max(0.5, usual * drift), decimals)
                small = code in NEIGHBOURS and level < 5 and chance.random() < 0.15
                missing = code in NEIGHBOURS and chance.random() < 0.01
                symbol = "c" if small else "x" if missing else ""
                shown = "" if symbol else f"{value:g}"
                name = known[code].area
                yield series, code, name, year, shown, unit, RELEASE, symbol


def _populations():
    known = areas()
    for code, (children, growth, women) in POPULATION.items():
        for year in range(2010, 2018):
            grown = round(children * growth ** (year - 2010))
            adults = round(women * 1.006 ** (year - 2010))
            for series, number in (
                ("population_0_17_mid_year", grown),
                ("population_women_18_plus_mid_year", adults),
            ):
                yield series, code, known[code].area, year, number, "persons", RELEASE, ""
