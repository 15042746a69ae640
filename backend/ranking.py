"""Rank: one sum of parts, the larger the earlier; ties by catalogue order. Every part is in the answer of a search
(`rank` of each row), so that a place can be explained.

    named     20 where the words mean this record (alone, or with a few equally likely ones)
    name      6.0 x share of the query's weight found in the record's name, aliases, id and provider
    cover     1.0 x share of the record's name that the query covers (of the records whose names fit best)
    text      2.0 x the same as name over all its texts
    fit       2.0 x how narrowly the record is meant for such a student (state, group, gender, disability, field ...)
    status    0.6 where every stated rule is satisfied
    openness  0.6 open, 0.5 expected open, 0.3 rolling, 0.2 unconfirmed, 0 closed
    value     0.3 x log-scaled value a year in rupees (rough rates, for order only: data/exchange_rates.csv)
    fresh     0.2 x how lately the source was dated (0 after five years)
    home      0.4 where the student's fellow citizens may apply (Indian ones where no citizenship is known: our students
              are in India first; of other countries only awards for few countries), 0.3 more for study at home where no
              country of study is wanted
"""

import csv
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from backend.catalogue import ANY, ANY_COUNTRY, AWARD_PERIODS, Scholarship
from backend.lexicon import DATA
from backend.profile import Profile

NAMED, NAME, TEXT, FIT, STATUS, VALUE, FRESH, HOME, HOME_STUDY = 20.0, 6.0, 2.0, 2.0, 0.6, 0.3, 0.2, 0.4, 0.3
OPENNESS = {"open": 0.6, "closing_soon": 0.6, "expected_open": 0.5, "rolling": 0.3, "unconfirmed": 0.2, "closed": 0.0}
FIRST_COUNTRY = "IN"
FEW_COUNTRIES = 3
FIT_WHOLE = 7.0
"""Points of fit that make up 1."""
OLDEST_YEAR = 2015
"""Taken for a source without a date."""


def fit_points(rule: str, record: Scholarship, profile: Profile) -> float:
    """Points for one rule by which the record is meant for such a student more narrowly than for everybody."""
    match rule:
        case "state":
            return 3 if record.states and profile.state in record.states else 0
        case "disability":
            return 5 if record.disability == "required" and profile.disability else 0
        case "gender":
            return 2 if record.gender != ANY and profile.gender == record.gender else 0
        case "socialGroup":
            return (
                2 if ANY not in record.social_groups and set(profile.social_groups) & set(record.social_groups) else 0
            )
        case "field":
            return 1.5 if ANY not in record.fields and set(profile.fields) & set(record.fields) else 0
        case "studyIn":
            return 2.5 if ANY_COUNTRY not in record.study_in and set(profile.study_in) & set(record.study_in) else 0
        case "citizenship":
            return 0.7 if profile.citizenship in record.open_to else 0
        case "level":
            return 0.7 if profile.level in record.levels and len(record.levels) <= 2 else 0
        case "marks":
            return 0.5 if record.min_marks_percent is not None else 0
        case "income":
            return 0.5 if record.max_family_income is not None else 0
    return 0


def freshness(record: Scholarship, year: int) -> float:
    """1 where the source is of this year, 0 where it is five years old or more."""
    read = int(record.source_date[:4]) if record.source_date else OLDEST_YEAR
    return max(0.0, min(1.0, 1 - (year - read) / 5))


def worth(rupees: NDArray[np.float32]) -> NDArray[np.float32]:
    """Yearly values on a scale from 0 to 1 (a crore or more)."""
    return np.minimum(np.log10(1 + rupees) / 7, 1).astype(np.float32)


def yearly_rupees(record: Scholarship) -> float:
    """Rough value a year in rupees, for order only; 0 where the amount is not stated."""
    amount = record.award_max or record.award_min
    if not amount or not record.currency:
        return 0.0
    factor = dict(zip(AWARD_PERIODS, (1.0, 12.0, 1.0, 1 / 3), strict=True)).get(record.award_period or "year", 1.0)
    return amount * factor * _rupees().get(record.currency, 1.0)


@lru_cache(maxsize=1)
def _rupees() -> dict[str, float]:
    with (DATA / "exchange_rates.csv").open(encoding="utf-8", newline="") as file:
        return {row["currency"]: float(row["inr"]) for row in csv.DictReader(file)}
