"""Does a student meet a record's stated rules? One reading for everybody: docs/catalogue.md."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backend.catalogue import ANY, ANY_COUNTRY, Scholarship
from backend.money import money
from backend.profile import GENDERS, Profile

ELIGIBLE, NEEDS_INFO, NOT_ELIGIBLE = "eligible", "needs_info", "not_eligible"


@dataclass(frozen=True)
class Finding:
    """One stated rule, the sentence that states it, and a sentence on how the student stands to it."""

    rule: str
    text: str
    stated: str


@dataclass(frozen=True)
class Match:
    """A verdict: eligible (every stated rule satisfied), needs_info (none failed, some unknown) or not_eligible."""

    status: str
    satisfied: tuple[Finding, ...]
    failed: tuple[Finding, ...]
    unknown: tuple[Finding, ...]


@dataclass(frozen=True)
class _Verdict:
    """How a student stands to one stated rule: `holds` is True, False or None where it cannot be told; `wants` and `has`
    make the sentence."""

    holds: bool | None
    wants: str
    has: str


@dataclass(frozen=True)
class Rule:
    """One rule of the contract: which facts of a record state it (`facts`, field names), which of a student it asks
    (`asks`, the first one decides whether anything is known), and how both are compared."""

    name: str
    facts: tuple[str, ...]
    asks: tuple[str, ...]
    judge: Callable[[Scholarship, Profile], _Verdict | None]

    def known(self, profile: Profile) -> tuple[Any, ...] | None:
        """What the rule asks of a student, in the order of `asks`; None where nothing is known."""
        values = tuple(getattr(profile, name) for name in self.asks)
        return None if values[0] in (None, ()) else values

    def student(self, known: tuple[Any, ...]) -> Profile:
        """A student of whom only this is known."""
        return Profile(**dict(zip(self.asks, known, strict=True)))

    def holds(self, record: Scholarship, profile: Profile) -> bool | None:
        """True where the record does not state the rule or the student meets it, False where not, None if unknown."""
        verdict = self.judge(record, profile)
        return True if verdict is None else verdict.holds


def is_open_to(record: Scholarship, country: str) -> bool:
    """Whether citizens of a country (ISO 3166 alpha-2) may apply."""
    return bool({ANY_COUNTRY, country} & set(record.open_to)) and country not in record.closed_to


def match(record: Scholarship, profile: Profile) -> Match:
    """The verdict on `record` for `profile`, with a sentence for each stated rule."""
    satisfied, failed, unknown = [], [], []
    for rule in RULES:
        verdict = rule.judge(record, profile)
        if verdict is None:
            continue
        stated = f"{verdict.wants}."
        if verdict.holds:
            satisfied.append(Finding(rule.name, f"{verdict.wants}; you: {verdict.has}.", stated))
        elif verdict.holds is None:
            note = verdict.has or "not known for you yet"
            unknown.append(Finding(rule.name, f"{verdict.wants}; {note}.", stated))
        else:
            failed.append(Finding(rule.name, f"{verdict.wants}; you: {verdict.has}.", stated))
    status = NOT_ELIGIBLE if failed else NEEDS_INFO if unknown else ELIGIBLE
    return Match(status, tuple(satisfied), tuple(failed), tuple(unknown))


def status_of(record: Scholarship, profile: Profile) -> str:
    """Only the verdict's status."""
    holds = [rule.holds(record, profile) for rule in RULES]
    return NOT_ELIGIBLE if False in holds else NEEDS_INFO if None in holds else ELIGIBLE


def _level(record: Scholarship, p: Profile) -> _Verdict:
    return _Verdict(p.level in record.levels if p.level else None, f"For {_or(record.levels)}", p.level or "")


def _field(record: Scholarship, p: Profile) -> _Verdict | None:
    return None if ANY in record.fields else _one_in_common(p.fields, record.fields, "For")


def _gender(record: Scholarship, p: Profile) -> _Verdict | None:
    if record.gender == ANY:
        return None
    return _Verdict(p.gender == record.gender if p.gender else None, f"For {record.gender} students", p.gender or "")


def _state(record: Scholarship, p: Profile) -> _Verdict | None:
    if not record.states:
        return None
    return _Verdict(
        p.state in record.states if p.state else None, f"For students of {_or(record.states)}", p.state or ""
    )


def _study_in(record: Scholarship, p: Profile) -> _Verdict | None:
    return None if ANY_COUNTRY in record.study_in else _one_in_common(p.study_in, record.study_in, "For study in")


def _social_group(record: Scholarship, p: Profile) -> _Verdict | None:
    return None if ANY in record.social_groups else _one_in_common(p.social_groups, record.social_groups, "For")


def _disability(record: Scholarship, p: Profile) -> _Verdict | None:
    if record.disability != "required":
        return None
    return _Verdict(p.disability, "For students with a disability", "yes" if p.disability else "no")


def _one_in_common(own: tuple[str, ...], wanted: tuple[str, ...], before: str) -> _Verdict:
    return _Verdict(bool(set(own) & set(wanted)) if own else None, f"{before} {_or(wanted)}", _or(own))


def _citizenship(record: Scholarship, p: Profile) -> _Verdict | None:
    if ANY_COUNTRY in record.open_to and not record.closed_to:
        return None
    holds = None
    if p.citizenship:
        holds = is_open_to(record, p.citizenship)
    few = _or(record.open_to[:6]) + (" and others" if len(record.open_to) > 6 else "")
    wants = "Open to citizens of " + ("most countries" if ANY_COUNTRY in record.open_to else few)
    if record.closed_to:
        wants += f", not of {_or(record.closed_to)}"
    return _Verdict(holds, wants, p.citizenship or "")


def _marks(record: Scholarship, p: Profile) -> _Verdict | None:
    limit, marks = record.min_marks_percent, p.marks_percent
    if limit is None:
        return None
    if marks is None:
        return _Verdict(None, f"Needs at least {limit:g}%", "")
    holds = marks >= limit or _relaxed(record, p, "marks", lambda looser: marks >= looser)
    return _Verdict(holds, f"Needs at least {limit:g}%{_looser(record, 'marks', '{:g}%')}", f"{marks:g}%")


def _income(record: Scholarship, p: Profile) -> _Verdict | None:
    limit, income = record.max_family_income, p.family_income
    if limit is None:
        return None
    wants = f"Family income up to {money(limit, record.income_currency)} a year"
    currency = p.income_currency or ("INR" if p.citizenship == "IN" else None)
    if income is None or currency != record.income_currency:
        note = "" if income is None or currency is None else f"your income is in {currency}, so it cannot be compared"
        return _Verdict(None, wants, note)
    holds = income <= limit or _relaxed(record, p, "income", lambda looser: income <= looser)
    return _Verdict(holds, wants + _looser(record, "income", "{:,.0f}"), money(income, currency))


def _age(record: Scholarship, p: Profile) -> _Verdict | None:
    if record.min_age is None and record.max_age is None:
        return None
    low, high, age = record.min_age or 0, record.max_age, p.age
    wants = f"Age {low} to {high}" if low and high else f"Age {low} or more" if high is None else f"Age up to {high}"
    if age is None:
        return _Verdict(None, wants, "")
    holds: bool | None = age >= low and (high is None or age <= high)
    if age >= low and not holds:
        holds = _relaxed(record, p, "age", lambda looser: age <= looser)
    return _Verdict(holds, wants + _looser(record, "age", "{:g}"), str(age))


def _relaxed(record: Scholarship, p: Profile, rule: str, meets: Callable[[float], bool]) -> bool | None:
    """Whether a looser limit that is met applies to the student: True, False, or None where it cannot be told."""
    answers = [
        _is_one_of(relaxation.who, p)
        for relaxation in record.relaxations
        if relaxation.rule == rule and (relaxation.limit is None or meets(relaxation.limit))
    ]
    return True if True in answers else None if None in answers else False


def _is_one_of(who: tuple[str, ...], p: Profile) -> bool | None:
    answers: list[bool | None] = []
    for one in who:
        if one == "other":
            answers.append(None)
        elif one == "disability":
            answers.append(p.disability)
        elif one in GENDERS:
            answers.append(p.gender == one if p.gender else None)
        else:
            answers.append(one in p.social_groups if p.social_groups else None)
    return True if True in answers else None if None in answers else False


def _looser(record: Scholarship, rule: str, form: str) -> str:
    parts = [
        f"{'no limit' if r.limit is None else form.format(r.limit)} for {_or(r.who).replace('other', 'some others')}"
        for r in record.relaxations
        if r.rule == rule
    ]
    return f" ({'; '.join(parts)})" if parts else ""


def _or(values: tuple[str, ...]) -> str:
    return values[0] if len(values) == 1 else ", ".join(values[:-1]) + f" or {values[-1]}" if values else ""


_GROUP = ("social_groups", "gender", "disability")
RULES = (
    Rule("level", ("levels",), ("level",), _level),
    Rule("field", ("fields",), ("fields",), _field),
    Rule("gender", ("gender",), ("gender",), _gender),
    Rule("citizenship", ("open_to", "closed_to"), ("citizenship",), _citizenship),
    Rule("state", ("states",), ("state",), _state),
    Rule("studyIn", ("study_in",), ("study_in",), _study_in),
    Rule("socialGroup", ("social_groups",), ("social_groups",), _social_group),
    Rule("disability", ("disability",), ("disability",), _disability),
    Rule("marks", ("min_marks_percent", "relaxations"), ("marks_percent", *_GROUP), _marks),
    Rule(
        "income", ("max_family_income", "income_currency", "relaxations"),
        ("family_income", "income_currency", "citizenship", *_GROUP), _income,
    ),
    Rule("age", ("min_age", "max_age", "relaxations"), ("age", *_GROUP), _age),
)  # fmt: skip
"""Every rule a record can state, in the contract's order."""
