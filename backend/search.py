"""Search: resolve a name, gate by hard rules, rank, explain.

Rank (one sum, higher first; ties by catalogue order):
    named     20 where the words mean this record (alone, or with a few equally likely ones)
    name      6.0 x share of the query's weight found in the record's name, aliases, id and provider
    cover     1.0 x share of the record's name that the query covers (where it is named at all)
    text      2.0 x the same over all its texts
    fit       2.0 x how narrowly the record is meant for such a student (state, group, gender, disability, field ...)
    status    0.6 where every stated rule is satisfied
    openness  0.6 open, 0.5 expected open, 0.3 rolling, 0.2 unconfirmed, 0 closed
    value     0.3 x log-scaled value a year in rupees (rough rates, for order only: data/exchange_rates.csv)
    fresh     0.2 x how lately the source was dated
    home      0.4 where Indian citizens may apply and no other citizenship is known (our students are in India first),
              0.3 more for study in India where no country of study is wanted
"""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from backend.catalogue import ANY, ANY_COUNTRY, AWARD_PERIODS, Catalogue, Scholarship
from backend.deadlines import DeadlineState, deadline_state
from backend.eligibility import ELIGIBLE, NOT_ELIGIBLE, Match, match, status_of
from backend.lexicon import DATA, aliases, is_noise, lexicon
from backend.profile import Profile
from backend.reader import Reading, read
from backend.text import is_indic, romanised, sound, tokens

OPEN_STATES = ("open", "closing_soon")
OPENNESS = {"open": 0.6, "closing_soon": 0.6, "expected_open": 0.5, "rolling": 0.3, "unconfirmed": 0.2, "closed": 0.0}
UPCOMING_MONTHS = 3
RESOLVED, RESOLVED_MARGIN = 0.45, 0.06
NAMED = 0.5
"""From this share of the query's weight on, a record counts as named."""
UNKNOWN_WORD = 0.2
"""How much a word that no record has counts against a name, as a share of the rarest word's weight."""
STUDENT_WORD, NEAR_WORD = 0.35, 0.9
"""What a word that speaks of the student, and one that is only spelt alike, count for."""
SAME_SHARE, COVER_MARGIN, LEAST_COVER, MOST_NAMED = 0.02, 0.1, 0.34, 4
WHOLE_NAME = 0.7
"""Words that speak of the student (girls, engineering) name a record only if they make up so much of its name."""
SIMILAR, SIMILAR_SPELLING, MIN_FUZZY = 0.86, 0.78, 4


@dataclass(frozen=True)
class Query:
    """Words and filters; `marks` in percent, `income` a year, `page` from 1. `profile` is what is known besides.

    `deadline` is any, open (confirmed), expected (usually open in this month) or upcoming (open, expected, or next months).
    """

    keywords: str = ""
    category: str | None = None
    level: str | None = None
    field: str | None = None
    state: str | None = None
    gender: str | None = None
    social_group: str | None = None
    disability: bool | None = None
    citizenship: str | None = None
    study_in: str | None = None
    provider_type: str | None = None
    marks: float | None = None
    income: float | None = None
    age: int | None = None
    deadline: str = "any"
    eligible_only: bool = False
    sort: str = "relevance"
    page: int = 1
    page_size: int = 20
    profile: Profile = Profile()

    def filter_profile(self) -> Profile:
        """The filters that say something of the student."""
        state = (lexicon().state(self.state) or self.state) if self.state else None
        citizenship = self.citizenship or (lexicon().state_country.get(state) if state else None)
        return Profile(
            level=self.level, fields=(self.field,) if self.field else (), gender=self.gender, citizenship=citizenship,
            state=state, study_in=(self.study_in,) if self.study_in else (),
            social_groups=(self.social_group,) if self.social_group else (), disability=self.disability,
            marks_percent=self.marks, family_income=self.income, age=self.age,
            income_currency="INR" if self.income is not None and citizenship in (None, "IN") else None,
        )  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A record found, with the verdict where a profile is known, and its deadline state now."""

    record: Scholarship
    match: Match | None
    deadline: DeadlineState


@dataclass(frozen=True)
class SearchPage:
    """One page of hits. `profile` is what was read and given; `resolved_id` the record whose name the words meant."""

    hits: tuple[Hit, ...]
    total: int
    page: int
    page_size: int
    facets: Mapping[str, Mapping[str, int]]
    resolved_id: str | None
    profile: Profile


@dataclass(frozen=True)
class _Meaning:
    """What a message's words mean to the index. `near` gives, for each word, the catalogue's word it stands for, or None;
    `names` and `texts` the shares (0 to 1) of the words' weight found in each record's name, and in its texts."""

    reading: Reading
    near: Mapping[str, str | None]
    names: Mapping[str, float]
    texts: Mapping[str, float]

    @property
    def wanted(self) -> frozenset[str]:
        """The catalogue's words that the message names."""
        return frozenset(word for word in self.near.values() if word)

    @property
    def own(self) -> frozenset[str]:
        """Those of them that do not merely speak of the student."""
        return frozenset(key for word in self.reading.words if (key := self.near[word]))


class Search:
    """The index over one catalogue; safe to share between threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._order = {r.id: i for i, r in enumerate(catalogue.scholarships)}
        known_as = {i: tuple(_sounds(a) for a in names) for i, names in aliases().items()}
        self._names = {
            r.id: _sounds(f"{r.name} {r.id} {r.provider}").union(*known_as.get(r.id, ()))
            for r in catalogue.scholarships
        }
        self._name_forms = {
            r.id: tuple(f - _COMMON for f in (_sounds(r.name), _sounds(r.id), *known_as.get(r.id, ())))
            for r in catalogue.scholarships
        }
        self._texts = {r.id: self._names[r.id] | _sounds(_all_text(r)) for r in catalogue.scholarships}
        count = Counter(w for words in self._texts.values() for w in words)
        self._weight = {w: math.log(1 + len(catalogue) / n) for w, n in count.items()}
        self._in_name: dict[str, set[str]] = defaultdict(set)
        self._in_text: dict[str, set[str]] = defaultdict(set)
        for record in catalogue.scholarships:
            for word in self._names[record.id]:
                self._in_name[word].add(record.id)
            for word in self._texts[record.id]:
                self._in_text[word].add(record.id)
        self._vocabulary = sorted(self._weight)
        self._spellings: dict[str, set[str]] = defaultdict(set)
        for record in catalogue.scholarships:
            for written in tokens(
                " ".join((record.name, record.id, record.provider, _all_text(record), *aliases().get(record.id, ())))
            ):
                self._spellings[sound(written)].add(romanised(written) if is_indic(written) else written)
        self._value = {r.id: _yearly_rupees(r) for r in catalogue.scholarships}

    def find(self, query: Query, now: datetime) -> SearchPage:
        """Search by words and filters at `now`; see Query. A known value that breaks a stated rule removes the row."""
        reading = read(query.keywords)
        profile = reading.profile.updated(query.profile).updated(query.filter_profile())
        meaning = self._meaning(reading)
        names, texts, wanted = meaning.names, meaning.texts, meaning.wanted
        named = self._named(meaning)
        resolved = named[0] if len(named) == 1 else None
        rows = [r for r in self.catalogue.scholarships if _category_fits(r, query)]
        rows = [r for r in rows if status_of(r, self._profile_for(r, profile, reading, named)) != NOT_ELIGIBLE]
        if query.keywords.strip() and not reading.profile.known() and reading.words:
            rows = [r for r in rows if texts.get(r.id) or names.get(r.id)]
        if query.eligible_only:
            rows = [r for r in rows if status_of(r, profile) == ELIGIBLE]
        states = {r.id: deadline_state(r, now) for r in rows}
        rows = [r for r in rows if _deadline_fits(states[r.id], query.deadline)]

        def relevance(record: Scholarship) -> float:
            share = names.get(record.id, 0.0)
            score = (
                6 * share
                + (self._cover(record.id, wanted) if share >= NAMED / 2 else 0.0)
                + 2 * texts.get(record.id, 0.0)
                + (20 if record.id in named else 0)
            )
            return score + self._standing(record, profile, states[record.id])

        rows.sort(key=self._sort_key(query.sort, relevance, states))
        first = (query.page - 1) * query.page_size
        shown = rows[first : first + query.page_size]
        return SearchPage(
            tuple(_hit(r, profile, states[r.id]) for r in shown),
            len(rows), query.page, query.page_size, self._facets(rows),
            resolved if any(r.id == resolved for r in rows) else None, profile,
        )  # fmt: skip

    def match_profile(self, profile: Profile, page: int, page_size: int, now: datetime) -> SearchPage:
        """Every record that the profile does not break: the eligible first, then those that need more information."""
        status = {r.id: status_of(r, profile) for r in self.catalogue.scholarships}
        rows = [r for r in self.catalogue.scholarships if status[r.id] != NOT_ELIGIBLE]
        states = {r.id: deadline_state(r, now) for r in rows}
        rows.sort(
            key=lambda r: (status[r.id] != ELIGIBLE, -self._standing(r, profile, states[r.id]), self._order[r.id])
        )
        first = (page - 1) * page_size
        hits = tuple(Hit(r, match(r, profile), states[r.id]) for r in rows[first : first + page_size])
        return SearchPage(hits, len(rows), page, page_size, self._facets(rows), None, profile)

    def upcoming(self, query: Query, within_days: int, now: datetime) -> tuple[Hit, ...]:
        """What closes or is expected within so many days: confirmed dates first, then expected months; none closed."""
        profile = query.profile.updated(query.filter_profile())
        hits = []
        for record in self.catalogue.scholarships:
            state = deadline_state(record, now)
            if (
                _category_fits(record, query)
                and _is_within(state, within_days)
                and status_of(record, profile) != NOT_ELIGIBLE
            ):
                hits.append(_hit(record, profile, state))
        return tuple(sorted(hits, key=lambda h: (_deadline_key(h.deadline), self._order[h.record.id])))

    def hit(self, scholarship_id: str, profile: Profile, now: datetime) -> Hit | None:
        """One record by id, or None."""
        record = self.catalogue.by_id.get(scholarship_id)
        return _hit(record, profile, deadline_state(record, now)) if record else None

    def named(self, reading: Reading) -> tuple[str, ...]:
        """Ids of the records whose name the words mean: one, or several that are equally likely, or none."""
        return self._named(self._meaning(reading))

    def _named(self, meaning: _Meaning) -> tuple[str, ...]:
        names, wanted, own = meaning.names, meaning.wanted, meaning.own
        best = max(names.values(), default=0.0)
        if best < RESOLVED:
            return ()
        close = [i for i, score in names.items() if score >= best - RESOLVED_MARGIN]
        cover = {i: self._cover(i, wanted) for i in close}
        cover = {i: share for i, share in cover.items() if own & self._names[i] or share >= WHOLE_NAME}
        top = max(cover.values(), default=0.0)
        if top < LEAST_COVER:
            return ()
        covered = [i for i in cover if cover[i] >= top - COVER_MARGIN]
        likely = [i for i in covered if names[i] >= best - SAME_SHARE] or covered
        return tuple(sorted(likely, key=self._order.__getitem__)) if len(likely) <= MOST_NAMED else ()

    def best_named(self, reading: Reading) -> str | None:
        """The record whose name the words mean best, even if others come near; None if none is meant."""
        meaning = self._meaning(reading)
        names, wanted = meaning.names, meaning.wanted
        best = max(names, key=lambda i: (round(names[i], 2), self._cover(i, wanted)), default=None)
        return best if best is not None and names[best] >= NAMED else None

    def _cover(self, record_id: str, wanted: frozenset[str]) -> float:
        """The share of a name's weight that the words cover: of the official name, the id or an alias, the best of them."""
        return max(self._share(form, wanted) for form in self._name_forms[record_id])

    def _share(self, name: frozenset[str], wanted: frozenset[str]) -> float:
        return sum(self._weight[w] for w in name & wanted) / (sum(self._weight[w] for w in name) or 1.0)

    def _profile_for(self, record: Scholarship, profile: Profile, reading: Reading, named: tuple[str, ...]) -> Profile:
        """The profile that gates a record: a word that belongs to the name that was meant says nothing of the student."""
        if record.id not in named:
            return profile
        own = self._names[record.id]
        of_name = [f for f, words in reading.evidence.items() if {sound(w) for w in words} <= own]
        blank = Profile()
        return replace(profile, **{f: getattr(blank, f) for f in of_name}) if of_name else profile

    def _meaning(self, reading: Reading) -> _Meaning:
        """What the words mean to the index; words that speak of the student count less, and only as they are."""
        near = {w: self._nearest(w) if w in reading.words else self._exact(w) for w in reading.all_words}
        unknown = math.log(1 + len(self.catalogue)) * UNKNOWN_WORD
        names: dict[str, float] = defaultdict(float)
        texts: dict[str, float] = defaultdict(float)
        total = 0.0
        for word, found in near.items():
            importance = 1.0 if word in reading.words else STUDENT_WORD
            weight = importance * self._weight.get(found or sound(word), unknown)
            total += weight
            if found is None:
                continue
            part = weight * (1.0 if found == sound(word) else NEAR_WORD)
            for record_id in self._in_name[found]:
                names[record_id] += part
            for record_id in self._in_text[found]:
                texts[record_id] += part
        total = total or 1.0
        return _Meaning(
            reading, near, {i: s / total for i, s in names.items()}, {i: s / total for i, s in texts.items()}
        )

    def _exact(self, word: str) -> str | None:
        key = sound(word)
        return key if key in self._weight else None

    def _nearest(self, word: str) -> str | None:
        """The sound key of the catalogue's word that sounds like this one, or nearly so and is spelt alike; else None."""
        key, written = sound(word), romanised(word) if is_indic(word) else word
        if key in self._weight and self._is_spelt_like(written, key):
            return key
        if len(key) < MIN_FUZZY or key[0].isdigit():
            return None
        near = process.extract(key, self._vocabulary, scorer=JaroWinkler.similarity, score_cutoff=SIMILAR, limit=5)
        return next((candidate for candidate, _, _ in near if self._is_spelt_like(written, candidate)), None)

    def _is_spelt_like(self, written: str, key: str) -> bool:
        return any(JaroWinkler.similarity(written, word) >= SIMILAR_SPELLING for word in self._spellings[key])

    def _standing(self, record: Scholarship, profile: Profile, state: DeadlineState) -> float:
        """The part of the rank that does not depend on words."""
        score = 2 * _fit(record, profile) + OPENNESS[state.state]
        score += 0.6 if profile.known() and status_of(record, profile) == ELIGIBLE else 0.0
        score += 0.3 * min(1.0, math.log10(1 + self._value[record.id]) / 7)
        year = int(record.source_date[:4]) if record.source_date else 2015
        score += 0.2 * max(0.0, 1 - (state.as_of.year - year) / 5)
        if (
            profile.citizenship in (None, "IN")
            and {"IN", ANY_COUNTRY} & set(record.open_to)
            and "IN" not in record.closed_to
        ):
            score += 0.4 + (0.3 if "IN" in record.study_in and not profile.study_in else 0.0)
        return score

    def _sort_key(
        self, sort: str, relevance: Callable[[Scholarship], float], states: Mapping[str, DeadlineState]
    ) -> Callable[[Scholarship], tuple]:  # type: ignore[type-arg]
        if sort == "deadline":
            return lambda r: (_deadline_key(states[r.id]), self._order[r.id])
        if sort == "award":
            return lambda r: (-self._value[r.id], self._order[r.id])
        return lambda r: (-relevance(r), self._order[r.id])

    def _facets(self, rows: list[Scholarship]) -> dict[str, dict[str, int]]:
        """For each value, how many of the rows a filter by it would keep; values that no row names are left out."""
        everywhere = sum(ANY_COUNTRY in r.study_in for r in rows)
        any_field = sum(ANY in r.fields for r in rows)
        return {
            "category": _counted(r.category for r in rows),
            "level": _counted(v for r in rows for v in r.levels),
            "field": {v: n + any_field for v, n in _counted(v for r in rows for v in r.fields if v != ANY).items()},
            "state": _counted(v for r in rows for v in r.states),
            "country": {
                v: n + everywhere for v, n in _counted(v for r in rows for v in r.study_in if v != ANY_COUNTRY).items()
            },
            "providerType": _counted(r.provider_type for r in rows),
        }


def _hit(record: Scholarship, profile: Profile, state: DeadlineState) -> Hit:
    return Hit(record, match(record, profile) if profile.known() else None, state)


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())


def _sounds(text: str) -> frozenset[str]:
    return frozenset(sound(w) for w in tokens(text) if not is_noise(w))


_COMMON = frozenset(
    sound(w) for w in ("scholarship", "scholarships", "scheme", "yojana", "programme", "program", "award")
)


def _all_text(r: Scholarship) -> str:
    return " ".join(
        (r.category, r.provider_type, *r.states, *r.levels, *r.fields, *r.social_groups, r.description, *r.eligibility)
    )


def _category_fits(record: Scholarship, query: Query) -> bool:
    return query.category in (None, record.category) and query.provider_type in (None, record.provider_type)


def _deadline_fits(state: DeadlineState, wanted: str) -> bool:
    if wanted == "any":
        return True
    if wanted == "expected":
        return state.state == "expected_open"
    if state.state in OPEN_STATES:
        return True
    return wanted == "upcoming" and (
        state.state == "expected_open" or (state.next_expected is not None and _months_ahead(state) <= UPCOMING_MONTHS)
    )


def _months_ahead(state: DeadlineState) -> int:
    year, month = map(int, (state.next_expected or "9999-12").split("-"))
    return (year - state.as_of.year) * 12 + month - state.as_of.month


def _is_within(state: DeadlineState, days: int) -> bool:
    if state.state in OPEN_STATES:
        return state.days_left is not None and state.days_left <= days
    if state.state in ("closed", "rolling") or state.next_expected is None:
        return False
    year, month = map(int, state.next_expected.split("-"))
    return (datetime(year, month, 1).date() - state.as_of).days <= days


def _deadline_key(state: DeadlineState) -> tuple[int, str]:
    """Confirmed dates first, then expected months, then all others; soonest first, closed ones last."""
    if state.state in OPEN_STATES and state.closes_on:
        return 0, state.closes_on.isoformat()
    order = {"expected_open": 1, "unconfirmed": 2, "rolling": 3, "closed": 4}[state.state]
    return order, state.next_expected or "9999"


def _fit(record: Scholarship, profile: Profile) -> float:
    """0 to 1: how narrowly the record is meant for such a student."""
    points = 0.0
    points += 3 if record.states and profile.state in record.states else 0
    points += 2.5 if record.disability == "required" and profile.disability else 0
    points += 2 if record.gender != ANY and profile.gender == record.gender else 0
    points += 2 if ANY not in record.social_groups and set(profile.social_groups) & set(record.social_groups) else 0
    points += 1.5 if ANY not in record.fields and set(profile.fields) & set(record.fields) else 0
    points += 1.5 if ANY_COUNTRY not in record.study_in and set(profile.study_in) & set(record.study_in) else 0
    points += 0.7 if profile.citizenship and profile.citizenship in record.open_to else 0
    points += 0.7 if profile.level and profile.level in record.levels and len(record.levels) <= 2 else 0
    points += 0.5 if profile.marks_percent is not None and record.min_marks_percent is not None else 0
    points += 0.5 if profile.family_income is not None and record.max_family_income is not None else 0
    return min(1.0, points / 7)


@lru_cache(maxsize=1)
def _rupees() -> dict[str, float]:
    with (DATA / "exchange_rates.csv").open(encoding="utf-8", newline="") as file:
        return {row["currency"]: float(row["inr"]) for row in csv.DictReader(file)}


def _yearly_rupees(record: Scholarship) -> float:
    """Rough value a year in rupees, for order only; 0 where the amount is not stated."""
    amount = record.award_max or record.award_min
    if not amount or not record.currency:
        return 0.0
    factor = dict(zip(AWARD_PERIODS, (1.0, 12.0, 1.0, 1 / 3), strict=True)).get(record.award_period or "year", 1.0)
    return amount * factor * _rupees().get(record.currency, 1.0)
