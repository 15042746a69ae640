"""What a record states: its columns and its own texts, read as sentences about it are, and whether a figure that is said
is one that it states."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from backend.catalogue import ANY, ANY_COUNTRY, Scholarship
from backend.cues import Cue, Token, lexicon_cues
from backend.eligibility import is_open_to
from backend.facts import Facts, Figure, When, read_facts
from backend.holding import on_holding
from backend.mentions import Naming, naming, spelt, word_pairs

RECORDS_KEPT = 512
"""Records whose facts are kept read."""
TRAITS = ("level", "field", "gender", "group", "state", "country", "demonym", "disability")
_NO = re.compile(r"\b(?:no|not|cannot|without|never)\b", re.IGNORECASE)
_SAID = ("cover", "document", "season", "say", "provider")
_COMMON = frozenset(
    "school education shiksha general samanya media computer primary legal beta chhatra शिक्षक कंप्यूटर शिक्षा सामान्य स्कूल".split()
)
"""Words that state a trait in the lexicon and, in advice, mostly something else."""
_PAPERS = frozenset("certificate praman test exam portal cafe प्रमाण".split())
"""A word before one of these is part of a paper's or a place's name: caste certificate."""
_SAME_COUNT = ({"award", "child"}, {"letter", "document"})
_RUPEES, _DOLLARS, _YEN = frozenset("INR PKR LKR NPR".split()), frozenset({"USD"}), frozenset({"JPY", "CNY"})
_SIGNS = (("Rs", _RUPEES), ("$", _DOLLARS), ("¥", _YEN))
"""Signs and words that stand for several currencies; a dollar is the American one, unless the record writes it so."""


@dataclass(frozen=True)
class Recorded:
    """The facts of one record. `words` are all its words (backend.mentions.spelt), `pairs` those side by side, `traits` whom
    it is for as (kind, value), `said` the values of cues in it, by kind, `modes` the modes of study that it names (distance) and whether it excludes them, `holding` whether it may be held with another award (None: not stated)."""

    record: Scholarship
    naming: Naming
    figures: tuple[Figure, ...]
    whens: tuple[When, ...]
    odd: frozenset[str]
    words: Mapping[str, str]
    pairs: frozenset[tuple[str, str]]
    traits: frozenset[tuple[str, str]]
    said: Mapping[str, frozenset[str]]
    modes: Mapping[str, bool]
    holding: bool | None

    def states(self, figure: Figure) -> bool:
        """Whether a figure is one of the record, in the role, for the period and on the side of the limit that is said."""
        same = [held for held in self.figures if _is_same(figure, held, self.record)]
        bounds = {held.bound for held in same}
        opposite = {"least": "most", "most": "least"}.get(figure.bound or "")
        return bool(same) and (opposite not in bounds or figure.bound in bounds)

    def has_trait(self, cue: Cue, only: bool, people: bool) -> bool:
        """Whether it is for those whom a phrase of the lexicon names: for them alone where it is said so, and where a
        country is that of `people`, for all who may apply."""
        if only and cue.kind == "gender" and self.record.gender != cue.value:
            return False
        if only and cue.kind == "group" and cue.value not in self.record.social_groups:
            return False
        kind, value = _trait(cue)
        return (kind == "country" and people and is_open_to(self.record, value)) or (kind, value) in self.traits

    def is_for(self, figure: Figure, facts: Facts) -> bool:
        """Whether a limit that is looser for some is said of those it is for: 50% of SC, not of all; 55% not of SC."""
        rule = {"percentage": "marks", "amount": "income", "count": "age"}[figure.kind]
        said = figure.unit if rule == "age" else figure.role
        if said != rule and not (rule == "marks" and said is None):
            return True
        record, clause = self.record, facts.tokens[figure.start].clause
        general = {"marks": record.min_marks_percent, "income": record.max_family_income, "age": record.max_age}[rule]
        looser = [r for r in record.relaxations if r.rule == rule]
        if not looser:
            return True
        cues = lexicon_cues(facts.tokens, ("group", "gender", "disability"))
        who = [(cue, "disability" if cue.kind == "disability" else cue.value) for cue in cues]
        here = {name for cue, name in who if facts.tokens[cue.start].clause == clause}
        if figure.value == general:
            return not any(here and here <= set(r.who) for r in looser)
        mine = [r for r in looser if r.limit == figure.value]
        return not mine or any("other" in r.who or {name for _, name in who} & set(r.who) for r in mine)

    def same_dates(self, when: When, also: Iterable[When]) -> list[When]:
        """Its dates, and those given besides, that hold all that is said of a date."""
        return [held for held in (*self.whens, *also) if _is_same_when(when, held, self.record)]


@lru_cache(maxsize=RECORDS_KEPT)
def recorded(record: Scholarship) -> Recorded:
    """The facts of a record."""
    award = read_facts(record.award)
    texts = [
        record.name,
        record.provider,
        record.deadline,
        record.description,
        *record.eligibility,
        *record.requirements,
    ]
    read = [award, *map(read_facts, texts)]
    names = naming(record)
    words = {token.word for facts in read for token in facts.tokens if token.kind == "word"}
    words |= {word for form in names.forms for word in form}
    traits = {
        _trait(cue) for facts in read for cue in lexicon_cues(facts.tokens, TRAITS) if is_trait(facts.tokens, cue)
    }
    said = {kind: frozenset(cue.value for facts in read for cue in facts.cues.get(kind, ())) for kind in _SAID}
    said["cover"] |= set(record.covers)
    said["provider"] |= {record.provider_type}
    return Recorded(
        record,
        names,
        (*_own_figures(record, read, award), *_column_figures(record)),
        (*(when for facts in read for when in _of_one_round(facts.whens)), *_column_whens(record)),
        frozenset(facts.tokens[i].word for facts in read for i in facts.odd),
        spelt(words),
        frozenset(pair for facts in read for pair in word_pairs(facts.tokens)),
        frozenset(traits | set(_column_traits(record))),
        said,
        {cue.value: _excludes(facts) for facts in read for cue in facts.cues.get("mode", ())},
        _holding(record),
    )


def is_trait(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether a phrase of the lexicon is meant as one: not "me" for a degree, nor "caste certificate" for a caste."""
    words = [token.word for token in tokens[cue.start : cue.end]]
    if _COMMON.issuperset(words):
        return False
    if all(len(word) <= 2 and word.isascii() for word in words):
        return all(token.text.isupper() for token in tokens[cue.start : cue.end])
    return not (cue.end < len(tokens) and tokens[cue.end].word in _PAPERS)


def _holding(record: Scholarship) -> bool | None:
    rules = on_holding(record)
    return not any(_NO.search(rule) for rule in rules) if rules else None


def _excludes(facts: Facts) -> bool:
    return bool(facts.said("modal", "not") or facts.said("say", "ineligible"))


def _trait(cue: Cue) -> tuple[str, str]:
    return "country" if cue.kind == "demonym" else cue.kind, cue.value


# What is said and what is held


def _is_same(said: Figure, held: Figure, record: Scholarship) -> bool:
    if said.value != held.value or said.kind != held.kind:
        return False
    if said.kind == "amount":
        return _is_same_amount(said, held, record)
    if said.kind == "percentage":
        downward = said.role == "marks" and said.bound == "most" and held.bound != "most"
        return (said.role == held.role or (said.role is None and held.inherited)) and not downward
    return _is_same_count(said, held)


def _is_same_amount(said: Figure, held: Figure, record: Scholarship) -> bool:
    """In currency, role and period; an award "up to" so much is no award of so much, an income limit no least income."""
    income = held.role == "income"
    if (said.role == "income") != income or not _is_same_currency(said.unit, held.unit, record):
        return False
    if (income and said.bound == "least" != held.bound) or (not income and held.bound == "most" and said.bound is None):
        return False
    if said.period is None or said.period == held.period:
        return True
    return held.period is None and said.period == ("year" if income else record.award_period)


def _is_same_currency(said: str | None, held: str | None, record: Scholarship) -> bool:
    if said is None or said == held:
        return True
    for sign, meant in _SIGNS:
        if sign in (said, held):
            return (held if said == sign else said) in meant and (sign != "$" or record.currency in (None, "USD"))
    return False


def _is_same_count(said: Figure, held: Figure) -> bool:
    if said.unit is None:
        return held.unit is None and (said.noun == held.noun or said.noun is None or held.noun is None)
    if said.unit == held.unit or any({said.unit, held.unit} <= same for same in _SAME_COUNT):
        return True
    limits = (said.unit, held.unit) in (("age", None), ("year", "age"))
    return limits and held.bound is not None and held.bound == said.bound


def _is_same_when(said: When, held: When, record: Scholarship) -> bool:
    """Whether all that is said of a date is held of one, and not of the opening what holds of the closing."""
    if any(s not in (None, h) for s, h in ((said.day, held.day), (said.month, held.month), (said.year, held.year))):
        return False
    if said.month is None or said.role is None or said.role == held.role:
        return True
    if held.role is not None:
        return False
    other, own = record.opens_month, record.closes_month
    if said.role == "open":
        other, own = own, other
    return said.month != other or said.month == own


# Texts and columns


def _own_figures(record: Scholarship, read: Sequence[Facts], award: Facts) -> Iterable[Figure]:
    """The figures of the texts; in that of the award an amount is one, paid for the award's period."""
    awards = {record.award_min, record.award_max} - {record.max_family_income}
    for facts in read:
        for figure in facts.figures:
            if figure.kind == "amount" and facts is award:
                period = figure.period or record.award_period
                yield replace(figure, role=figure.role or "award", period=period)
            elif figure.role == "income" and figure.value in awards:
                yield replace(figure, role="award")
            else:
                yield figure


def _of_one_round(whens: Sequence[When]) -> list[When]:
    """Of "2025: Bihar 20 July, West Bengal 25 July" each date with the year that stands before it, else the one after."""
    years = [when for when in whens if when.year]
    if not years:
        return list(whens)
    return [
        when if when.year or not when.day
        else replace(when, year=next((y.year for y in reversed(years) if y.start < when.start), years[0].year))
        for when in whens
    ]  # fmt: skip


def _column_figures(record: Scholarship) -> Iterable[Figure]:
    low, high, period = record.award_min, record.award_max, record.award_period
    if low is not None:
        yield _amount(low, record.currency, "award", period, None)
    if high is not None:
        yield _amount(high, record.currency, "award", period, "most" if low is None else None)
    limits = [
        ("marks", record.min_marks_percent), ("income", record.max_family_income), ("age", record.max_age),
        *((r.rule, r.limit) for r in record.relaxations),
    ]  # fmt: skip
    for rule, limit in limits:
        if limit is None:
            continue
        if rule == "marks":
            yield Figure("percentage", limit, 0, 0, role="marks", bound="least")
        elif rule == "income":
            yield _amount(limit, record.income_currency, "income", "year", "most")
        else:
            yield Figure("count", limit, 0, 0, "age", bound="most")
    classes = {"school": (10,), "class-11-12": (11, 12)}
    for number in (number for level in record.levels for number in classes.get(level, ())):
        yield Figure("count", number, 0, 0, "class")
    if record.min_age is not None:
        yield Figure("count", record.min_age, 0, 0, "age", bound="least")
    if record.awards_per_year is not None:
        yield Figure("count", record.awards_per_year, 0, 0, "award")
    if record.requirements:
        yield Figure("count", len(record.requirements), 0, 0, "document")


def _amount(value: float, currency: str | None, role: str, period: str | None, bound: str | None) -> Figure:
    return Figure("amount", value, 0, 0, currency, role=role, period=period, bound=bound)


def _column_whens(record: Scholarship) -> Iterable[When]:
    for month, role in ((record.opens_month, "open"), (record.closes_month, "close")):
        if month:
            yield When(None, month, None, 0, 0, role)
    if record.last_deadline:
        day = record.last_deadline
        yield When(day.day, day.month, day.year, 0, 0, "close")
    if record.source_date:
        yield When(None, None, int(record.source_date[:4]), 0, 0)


def _column_traits(record: Scholarship) -> Iterable[tuple[str, str]]:
    for kind, values in (
        ("level", record.levels), ("field", record.fields), ("group", record.social_groups), ("state", record.states),
        ("country", (*record.study_in, *record.open_to)), ("gender", (record.gender,)),
    ):  # fmt: skip
        yield from ((kind, value) for value in values if value not in (ANY, ANY_COUNTRY))
    if record.disability == "required":
        yield "disability", "yes"
