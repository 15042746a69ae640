"""Near misses: awards that one number, or the next level of study, keeps from a student."""

from dataclasses import dataclass

from backend.catalogue import Scholarship
from backend.eligibility import RULES, Rule
from backend.money import money
from backend.profile import Profile

POINTS, INCOME_SHARE, YEARS = 5.0, 0.25, 2
"""What counts as near: percentage points of marks, share of the income limit above it, years of age."""
NEXT_LEVEL = {
    "school": "class-11-12", "class-11-12": "undergraduate", "diploma": "undergraduate",
    "undergraduate": "postgraduate", "postgraduate": "doctoral", "doctoral": "postdoctoral",
}  # fmt: skip
NEAR_RULES = tuple(rule for rule in RULES if rule.name in ("marks", "income", "age", "level"))
"""The rules that can be missed narrowly."""


@dataclass(frozen=True)
class NearMiss:
    """Records that a student misses by the same rule and limit: a sentence, how many there are, and the first of them."""

    rule: str
    text: str
    total: int
    records: tuple[Scholarship, ...]


@dataclass(frozen=True)
class Gap:
    """How far a student is from one limit: `size` 0 to 1 (of what counts as near), `lack` and `limit` for the sentence."""

    size: float
    lack: str
    limit: str

    def text(self, total: int) -> str:
        """The sentence for so many records."""
        return f"{self.lack}: {f'these {total} take' if total > 1 else 'this one takes'} {self.limit}."


def gap(rule: Rule, record: Scholarship, profile: Profile) -> Gap | None:
    """How narrowly the student misses the record's general limit of a rule; None where the rule is not broken or the
    limit not near."""
    if rule.holds(record, profile) is not False:
        return None
    match rule.name:
        case "marks" if record.min_marks_percent is not None and profile.marks_percent is not None:
            short = record.min_marks_percent - profile.marks_percent
            if 0 < short <= POINTS:
                return Gap(short / POINTS, f"{short:.3g}% short", f"{record.min_marks_percent:g}%")
        case "income" if record.max_family_income and profile.family_income is not None:
            over, currency = profile.family_income - record.max_family_income, record.income_currency
            if 0 < over <= INCOME_SHARE * record.max_family_income:
                return Gap(
                    over / (INCOME_SHARE * record.max_family_income),
                    f"Family income {money(over, currency)} above the limit",
                    f"up to {money(record.max_family_income, currency)} a year",
                )
        case "age" if profile.age is not None:
            return _age_gap(record, profile.age)
        case "level" if profile.level and NEXT_LEVEL.get(profile.level) in record.levels:
            return Gap(1.0, "At your next level of study", f"{NEXT_LEVEL[profile.level]} students")
    return None


def _age_gap(record: Scholarship, age: int) -> Gap | None:
    young, old = (record.min_age or 0) - age, age - (record.max_age or age)
    for years, word, limit in (
        (young, "too young", f"students of {record.min_age}"),
        (old, "too old", f"students up to {record.max_age}"),
    ):
        if 0 < years <= YEARS:
            return Gap(years / YEARS, f"{years} year{'s' if years > 1 else ''} {word}", limit)
    return None
