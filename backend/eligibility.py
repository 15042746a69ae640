"""Does a student meet a record's stated rules? One reading for everybody: docs/catalogue.md."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

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
class _Rule:
    """A stated rule: `holds` is True, False or None where it cannot be told; `wants` and `has` make the sentence."""

    name: str
    holds: bool | None
    wants: str
    has: str


def match(record: Scholarship, profile: Profile) -> Match:
    """The verdict on `record` for `profile`, with a sentence for each stated rule."""
    satisfied, failed, unknown = [], [], []
    for rule in _stated_rules(record, profile):
        if rule.holds:
            satisfied.append(Finding(rule.name, f"{rule.wants}; you: {rule.has}.", f"{rule.wants}."))
        elif rule.holds is None:
            unknown.append(
                Finding(rule.name, f"{rule.wants}; {rule.has or 'not known for you yet'}.", f"{rule.wants}.")
            )
        else:
            failed.append(Finding(rule.name, f"{rule.wants}; you: {rule.has}.", f"{rule.wants}."))
    status = NOT_ELIGIBLE if failed else NEEDS_INFO if unknown else ELIGIBLE
    return Match(status, tuple(satisfied), tuple(failed), tuple(unknown))


def status_of(record: Scholarship, profile: Profile) -> str:
    """Only the verdict's status."""
    holds = [rule.holds for rule in _stated_rules(record, profile)]
    return NOT_ELIGIBLE if False in holds else NEEDS_INFO if None in holds else ELIGIBLE


def _stated_rules(record: Scholarship, p: Profile) -> Iterator[_Rule]:
    yield _Rule("level", p.level in record.levels if p.level else None, f"For {_or(record.levels)}", p.level or "")
    if ANY not in record.fields:
        holds = bool(set(p.fields) & set(record.fields)) if p.fields else None
        yield _Rule("field", holds, f"For {_or(record.fields)}", _or(p.fields))
    if record.gender != ANY:
        yield _Rule(
            "gender", p.gender == record.gender if p.gender else None, f"For {record.gender} students", p.gender or ""
        )
    if ANY_COUNTRY not in record.open_to or record.closed_to:
        yield _citizenship(record, p)
    if record.states:
        holds = p.state in record.states if p.state else None
        yield _Rule("state", holds, f"For students of {_or(record.states)}", p.state or "")
    if ANY_COUNTRY not in record.study_in:
        holds = bool(set(p.study_in) & set(record.study_in)) if p.study_in else None
        yield _Rule("studyIn", holds, f"For study in {_or(record.study_in)}", _or(p.study_in))
    if ANY not in record.social_groups:
        holds = bool(set(p.social_groups) & set(record.social_groups)) if p.social_groups else None
        yield _Rule("socialGroup", holds, f"For {_or(record.social_groups)}", _or(p.social_groups))
    if record.disability == "required":
        yield _Rule("disability", p.disability, "For students with a disability", "yes" if p.disability else "no")
    if record.min_marks_percent is not None:
        yield _marks(record, p)
    if record.max_family_income is not None:
        yield _income(record, p)
    if record.min_age is not None or record.max_age is not None:
        yield _age(record, p)


def _citizenship(record: Scholarship, p: Profile) -> _Rule:
    holds = None
    if p.citizenship:
        holds = bool({ANY_COUNTRY, p.citizenship} & set(record.open_to)) and p.citizenship not in record.closed_to
    few = _or(record.open_to[:6]) + (" and others" if len(record.open_to) > 6 else "")
    wants = "Open to citizens of " + ("most countries" if ANY_COUNTRY in record.open_to else few)
    if record.closed_to:
        wants += f", not of {_or(record.closed_to)}"
    return _Rule("citizenship", holds, wants, p.citizenship or "")


def _marks(record: Scholarship, p: Profile) -> _Rule:
    limit, marks = record.min_marks_percent, p.marks_percent
    if limit is None or marks is None:
        return _Rule("marks", None, f"Needs at least {limit:g}%", "")
    holds = marks >= limit or _relaxed(record, p, "marks", lambda looser: marks >= looser)
    return _Rule("marks", holds, f"Needs at least {limit:g}%{_looser(record, 'marks', '{:g}%')}", f"{marks:g}%")


def _income(record: Scholarship, p: Profile) -> _Rule:
    limit, income = record.max_family_income or 0.0, p.family_income
    wants = f"Family income up to {money(limit, record.income_currency)} a year"
    currency = p.income_currency or ("INR" if p.citizenship == "IN" else None)
    if income is None or currency != record.income_currency:
        note = "" if income is None or currency is None else f"your income is in {currency}, so it cannot be compared"
        return _Rule("income", None, wants, note)
    holds = income <= limit or _relaxed(record, p, "income", lambda looser: income <= looser)
    return _Rule("income", holds, wants + _looser(record, "income", "{:,.0f}"), money(income, currency))


def _age(record: Scholarship, p: Profile) -> _Rule:
    low, high, age = record.min_age or 0, record.max_age, p.age
    wants = f"Age {low} to {high}" if low and high else f"Age {low} or more" if high is None else f"Age up to {high}"
    if age is None:
        return _Rule("age", None, wants, "")
    holds: bool | None = age >= low and (high is None or age <= high)
    if age >= low and not holds:
        holds = _relaxed(record, p, "age", lambda looser: age <= looser)
    return _Rule("age", holds, wants + _looser(record, "age", "{:g}"), str(age))


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
