"""Search: resolve a name, gate by hard rules, rank (backend.ranking), explain."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler

from backend import ranking
from backend.catalogue import Catalogue, Scholarship
from backend.deadlines import DeadlineState, deadline_state
from backend.eligibility import NOT_ELIGIBLE, Match, is_open_to, match, status_of
from backend.index.dates import DatedRows, Dates
from backend.index.facets import Facets
from backend.index.gate import Gate, Verdicts
from backend.index.index import Index, index_of
from backend.index.names import MOST_NAMED, Meaning, Named, Names
from backend.index.near import NearGroups
from backend.lexicon import aliases, canonical, is_noise, lexicon
from backend.near_misses import NearMiss
from backend.profile import Profile
from backend.reader import Reading, read
from backend.text import consonants, is_indic, sound, tokens

UPCOMING_MONTHS = 3
NEARLY = 0.1
"""How much less of the words than the best one a name may hold, where the best is not for the student."""
LIKE_A_NAME = 0.8
"""From this likeness of sound on, a word may be one of a name."""
NEAR_NAME, SISTER_NAME, SISTER_WORDS = 0.12, 0.55, 2
"""Where sisters are looked for (part of a name's weight), the least part of the lighter name's weight, and the least number
of words, that they have in common."""
NEAR_SHOWN = 5
"""Records named in a group of near misses."""
Scores = NDArray[np.float32]
RowSet = NDArray[np.bool_]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Query:
    """Words and filters; `marks` in percent, `income` a year, `page` from 1. `profile` is what is known besides.

    `ignore` names profile fields that are not to be read from the words. `deadline` is any, open (confirmed), expected
    (usually open in this month) or upcoming (open, expected, or next months).
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
    ignore: tuple[str, ...] = ()
    profile: Profile = Profile()

    def student(self, read: Profile = Profile()) -> Profile:
        """What is known of the student: read from the words, given besides, and said by the filters, the later the
        stronger. A filter by state means that country's citizens, and an income rupees, unless a citizenship is known."""
        state = (lexicon().state(self.state) or self.state) if self.state else None
        filters = Profile(
            level=self.level, fields=(self.field,) if self.field else (), gender=self.gender,
            citizenship=self.citizenship, state=state, study_in=(self.study_in,) if self.study_in else (),
            social_groups=(self.social_group,) if self.social_group else (), disability=self.disability,
            marks_percent=self.marks, family_income=self.income, age=self.age,
        )  # fmt: skip
        known = read.updated(self.profile).updated(filters)
        if state and known.citizenship is None:
            known = replace(known, citizenship=lexicon().state_country.get(state))
        if self.income is not None and known.citizenship in (None, "IN"):
            known = replace(known, income_currency="INR")
        return known


@dataclass(frozen=True)
class Hit:
    """A record found, with the verdict where a profile is known, and its deadline state now; `rank` gives the parts of
    its place where it was ranked by relevance."""

    record: Scholarship
    match: Match | None
    deadline: DeadlineState
    rank: Mapping[str, float] | None = None


@dataclass(frozen=True)
class NotShown:
    """A record that the words name, and the sentences that say why it is not among the rows."""

    record: Scholarship
    reasons: tuple[str, ...]


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
    not_shown: tuple[NotShown, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()


@dataclass(frozen=True)
class Quality:
    """Rows in all, rows with an official link, rows by date of the source, rows by category."""

    rows: int
    official: int
    by_source_date: Mapping[str | None, int]
    by_category: Mapping[str | None, int]


class Search:
    """Search over one catalogue; safe to share between threads."""

    def __init__(self, catalogue: Catalogue, index: Index | None = None) -> None:
        self.catalogue = catalogue
        self._records = catalogue.scholarships
        self._index = index or index_of(self._records)
        self._names = Names(self._index)
        self._gate = Gate(self._index.columns, len(self._index))
        self._near = NearGroups(self._index.columns)
        self._dates = Dates(self._index.columns["dates"])
        self._facets = Facets(self._index.columns)
        self._fresh = lru_cache(maxsize=2)(self._freshness)
        self._at_home = lru_cache(maxsize=8)(self._home)
        self._worth = np.float32(ranking.VALUE) * ranking.worth(self._index.values)

    def find(self, query: Query, now: datetime) -> SearchPage:
        """Search by words and filters at `now`; see Query. A known value that breaks a stated rule removes the row."""
        reading = read(query.keywords)
        said = reading.profile.without(query.ignore)
        profile, meaning = query.student(said), self._names.meaning(reading)
        named = self._named(meaning)
        dates, verdicts = self._dates.at(now), self._gate.verdicts(profile)
        listed = self._listed(query, dates)
        if query.keywords.strip() and not said.known() and reading.words:
            listed &= (meaning.texts > 0) | (meaning.names > 0)
        if query.keywords.strip() and not tokens(query.keywords):
            listed[:] = False  # signs only: nothing was asked for
        passed = self._passed(verdicts, profile, reading, named.rows)
        shown = listed & (passed & verdicts.eligible if query.eligible_only else passed)
        parts = self._parts(profile, verdicts, dates, now) | self._word_parts(meaning, named)
        relevance = _total(parts)
        key = {"relevance": relevance, "award": self._index.values, "deadline": dates.order}[query.sort]
        return SearchPage(
            self._hits(shown, key, query.page, query.page_size, profile, now, parts if query.sort == "relevance" else {}),
            int(np.count_nonzero(shown)), query.page, query.page_size,
            self._facets.counts(shown, profile.citizenship is not None),
            self._id(named.rows[0]) if len(named.rows) == 1 and shown[named.rows[0]] else None, profile,
            tuple(self._not_shown(r, query, profile, now) for r in named.rows if not shown[r]),
            self._near_misses(listed & verdicts.failed_once, profile, relevance) if query.page == 1 else (),
        )  # fmt: skip

    def match_profile(self, profile: Profile, page: int, page_size: int, now: datetime) -> SearchPage:
        """Every record that the profile does not break: the eligible first, then those that need more information."""
        verdicts, dates = self._gate.verdicts(profile), self._dates.at(now)
        parts = self._parts(profile, verdicts, dates, now)
        shown = verdicts.passed
        relevance = _total(parts)
        key = relevance + np.float32(ranking.NAMED) * verdicts.eligible
        return SearchPage(
            self._hits(shown, key, page, page_size, profile, now, parts, always=True), int(np.count_nonzero(shown)),
            page, page_size, self._facets.counts(shown, profile.citizenship is not None), None, profile,
            near_misses=self._near_misses(verdicts.failed_once, profile, relevance) if page == 1 else (),
        )  # fmt: skip

    def upcoming(self, query: Query, within_days: int, now: datetime, with_closed: bool = False) -> tuple[Hit, ...]:
        """What closes or is expected within so many days: confirmed dates first, then expected months; none closed, but
        `with_closed` those too whose next round is expected to close by then."""
        profile, dates = query.student(), self._dates.at(now)
        soon = self._dates.rows([_is_within(state, within_days, with_closed) for state in dates.states])
        shown = soon & self._listed(query, dates) & self._gate.verdicts(profile).passed
        return self._hits(shown, dates.order, 1, len(self._index), profile, now, {})

    def hit(self, scholarship_id: str, profile: Profile, now: datetime) -> Hit | None:
        """One record by id, or None."""
        record = self.catalogue.by_id.get(scholarship_id)
        return _hit(record, profile if profile.known() else None, now) if record else None

    def named(self, reading: Reading, student: Profile = Profile()) -> tuple[str, ...]:
        """Ids of the records whose name the words mean: one, or several that are equally likely, or none. Where what is
        known of the student breaks all of them, those as near to the words that it does not break."""
        meaning = self._names.meaning(reading)
        rows = self._named(meaning).rows
        if rows and student.known() and not any(self._may_apply(row, student, reading) for row in rows):
            least = float(meaning.names.max()) - NEARLY
            near = [row for row in self._names.near(meaning, least) if self._may_apply(row, student, reading)]
            rows = tuple(near) if 0 < len(near) <= MOST_NAMED else rows
        return tuple(map(self._id, rows))

    def _named(self, meaning: Meaning) -> Named:
        """The rows that the words name; of several alike the one whose official name they are, word for word."""
        named = self._names.named(meaning)
        if len(named.rows) < 2:
            return named
        said = _written(meaning.reading)
        whole = [row for row in named.rows if _written(read(self._records[row].name)) == said]
        return Named(named.cover, tuple(whole)) if len(whole) == 1 else named

    def spotted(self, reading: Reading, one_word: float | None = None) -> tuple[str, ...]:
        """Ids of the records of whose name a part of the words, standing together, makes up most; one word alone may be
        less of it, but at least the share `one_word` if that is given."""
        rows = self._names.spotted(reading) if one_word is None else self._names.spotted(reading, one_word)
        return tuple(map(self._id, rows))

    def sisters(self, scholarship_id: str, of_provider: bool = False) -> tuple[str, ...]:
        """Ids of the records whose names are nearly this record's (its other levels or groups); `of_provider`: and of all
        records of its provider."""
        record = self.catalogue.by_id.get(scholarship_id)
        if record is None:
            return ()
        near = [self._records[row] for row in self._names.near(self._names.meaning(read(record.name)), NEAR_NAME)]
        words = _own_words(record.name)
        alike = [r for r in near if self._are_alike(_own_words(r.name), words)]
        own = [r for r in self._records if r.provider == record.provider] if of_provider else []
        return tuple(dict.fromkeys(r.id for r in (*alike, *own) if r.id != scholarship_id))

    def _are_alike(self, one: frozenset[str], other: frozenset[str]) -> bool:
        """Whether two names have words in common that weigh much: rare ones, or many."""
        vocabulary, common = self._index.vocabulary, one & other
        weights = [sum(vocabulary.weight(vocabulary.same(w).numbers) for w in words) for words in (common, one, other)]
        return len(common) >= SISTER_WORDS and weights[0] >= SISTER_NAME * min(weights[1:])

    def _may_apply(self, row: int, student: Profile, reading: Reading) -> bool:
        said = student.without(self._names.said_by_name(row, reading))
        return status_of(self._records[row], said) != NOT_ELIGIBLE

    def knows(self, word: str) -> bool:
        """Whether any record has this word, or one that sounds and is spelt nearly so, or it is a fact that records state
        (a country, a state, a course)."""
        return (word,) in lexicon().phrases or all(self._names.knows(known) for known, _ in canonical((word,)))

    def missing(self, scholarship_id: str, words: Sequence[str]) -> int:
        """How many of the words are none of a record: unlike all in its names, and not in its texts."""
        record = self.catalogue.by_id[scholarship_id]
        names = _sounds(record.name, *aliases().get(scholarship_id, ()))
        texts = _sounds(record.provider, record.description, *record.eligibility, *record.requirements)

        skeletons = {consonants(w) for name in (record.name, *aliases().get(scholarship_id, ())) for w in tokens(name)}
        facts = {
            record.gender,
            *record.study_in,
            *record.open_to,
            *record.states,
            *record.levels,
            *record.fields,
            *record.social_groups,
        }

        def held(word: str) -> bool:
            said = sound(word)
            stated = any(value in facts for _, value in lexicon().phrases.get((word,), ()))
            alike = is_indic(word) and consonants(word) in skeletons
            return (
                alike
                or stated
                or said in texts
                or any(JaroWinkler.similarity(said, name) >= LIKE_A_NAME for name in names)
            )

        return sum(len(phrase) for word, phrase in canonical(words) if not held(word))

    def best_named(self, reading: Reading) -> str | None:
        """The record whose name the words mean best, even if others come near; None if none is meant."""
        best = self._names.best(self._names.meaning(reading))
        return None if best is None else self._id(best)

    def quality(self) -> Quality:
        """What the quality page counts."""
        source, category = self._index.columns["source"], self._index.columns["category"]
        return Quality(
            len(self._index),
            sum(int(n) for n, s in zip(source.counts, source.samples, strict=True) if s.application_url_official),
            _sums((s.source_date, int(n)) for n, s in zip(source.counts, source.samples, strict=True)),
            _sums((s.category, int(n)) for n, s in zip(category.counts, category.samples, strict=True)),
        )

    def _id(self, row: int) -> str:
        return self._records[row].id

    def _hits(
        self, shown: RowSet, key: NDArray[Any], page: int, page_size: int, profile: Profile, now: datetime,
        parts: Mapping[str, Scores], always: bool = False,
    ) -> tuple[Hit, ...]:  # fmt: skip
        """One page of the rows shown by falling key; `always`: with a verdict even for an empty profile."""
        every = np.flatnonzero(shown)
        rows = _first(every, key[every], (page - 1) * page_size, page * page_size)
        profile_known = always or bool(profile.known())
        return tuple(
            _hit(
                self._records[row], profile if profile_known else None, now,
                {name: round(float(part[row]), 3) for name, part in parts.items() if part[row]} or None,
            )
            for row in rows.tolist()
        )  # fmt: skip

    # Gate and filters

    def _listed(self, query: Query, dates: DatedRows) -> RowSet:
        """The rows that the filters on record and dates keep."""
        kept = np.ones(len(self._index), bool)
        for name, wanted in (("category", query.category), ("providerType", query.provider_type)):
            if wanted is not None:
                column = self._index.columns[name]
                kept &= column.rows(column.table(lambda r, w=wanted: w in (r.category, r.provider_type), bool))  # type: ignore[misc]
        if query.deadline != "any":
            fits = [_deadline_fits(state, query.deadline) for state in dates.states]
            kept &= self._dates.rows(fits)
        return kept

    def _passed(self, verdicts: Verdicts, profile: Profile, reading: Reading, named: tuple[int, ...]) -> RowSet:
        """The rows that no known value breaks: for a record that was named, a word of its name says nothing of the
        student."""
        passed = verdicts.passed
        for row in named:
            if not passed[row]:
                student = profile.without(self._names.said_by_name(row, reading))
                passed[row] = status_of(self._records[row], student) != NOT_ELIGIBLE
        return passed

    def _not_shown(self, row: int, query: Query, profile: Profile, now: datetime) -> NotShown:
        record = self._records[row]
        verdict = match(record, profile)
        reasons = [finding.text for finding in verdict.failed]
        if query.category not in (None, record.category):
            reasons.append(f"Its category is {record.category}.")
        if query.provider_type not in (None, record.provider_type):
            reasons.append(f"Its provider is of the type {record.provider_type}.")
        state = deadline_state(record, now)
        if not _deadline_fits(state, query.deadline):
            reasons.append(state.text)
        if query.eligible_only:
            reasons += [finding.text for finding in verdict.unknown]
        return NotShown(record, tuple(reasons))

    def _near_misses(self, rows: RowSet, profile: Profile, key: Scores) -> tuple[NearMiss, ...]:
        return tuple(
            NearMiss(near.rule, near.gap.text(len(near.rows)), len(near.rows), self._best(near.rows, key))
            for near in self._near.of(rows, profile)
        )

    def _best(self, rows: Rows, key: Scores) -> tuple[Scholarship, ...]:
        return tuple(self._records[row] for row in _first(rows, key[rows], 0, NEAR_SHOWN).tolist())

    # Rank

    def _parts(self, profile: Profile, verdicts: Verdicts, dates: DatedRows, now: datetime) -> dict[str, Scores]:
        """The parts of the rank that do not depend on words."""
        parts = {
            "openness": dates.openness, "value": self._worth, "fresh": self._fresh(now.year),
            "fit": np.float32(ranking.FIT) * verdicts.fit,
        }  # fmt: skip
        if profile.known():
            parts["status"] = np.float32(ranking.STATUS) * verdicts.eligible
        open_there, study_there = self._at_home(profile.citizenship or ranking.FIRST_COUNTRY)
        parts["home"] = np.float32(ranking.HOME) * open_there
        if not profile.study_in:
            parts["home"] += np.float32(ranking.HOME_STUDY) * study_there
        return parts

    def _word_parts(self, meaning: Meaning, named: Named) -> dict[str, Scores]:
        if not meaning.near:
            return {}
        parts = {"name": np.float32(ranking.NAME) * meaning.names, "text": np.float32(ranking.TEXT) * meaning.texts}
        if named.cover:
            parts["cover"] = np.zeros(len(self._index), np.float32)
            parts["cover"][list(named.cover)] = list(named.cover.values())
        if named.rows:
            parts["named"] = np.zeros(len(self._index), np.float32)
            parts["named"][list(named.rows)] = ranking.NAMED
        return parts

    def _home(self, country: str) -> tuple[RowSet, RowSet]:
        """The rows of awards for citizens of a country (elsewhere than in the first one: for few others besides), and
        those of them for study there."""
        few = len(self._records) if country == ranking.FIRST_COUNTRY else ranking.FEW_COUNTRIES
        of_citizenship, of_study = self._index.columns["citizenship"], self._index.columns["studyIn"]
        rows = of_citizenship.rows(
            of_citizenship.table(
                lambda r: (
                    is_open_to(r, country)
                    and len(r.open_to) <= few
                    and (country in r.open_to or country == ranking.FIRST_COUNTRY)
                ),
                bool,
            )
        )
        return rows, rows & of_study.rows(of_study.table(lambda r: country in r.study_in, bool))

    def _freshness(self, year: int) -> Scores:
        column = self._index.columns["source"]
        return column.rows(column.table(lambda r: ranking.FRESH * ranking.freshness(r, year), np.float32))


def _first(rows: Rows, keys: NDArray[Any], first: int, last: int) -> Rows:
    """Of the rows, in ascending order, those from place `first` to before `last` by falling key, ties by row."""
    if first >= len(rows):
        return rows[:0]
    if last < len(rows):
        limit = np.partition(keys, len(keys) - last)[len(keys) - last]
        above = np.flatnonzero(keys > limit)
        chosen = np.concatenate((above, np.flatnonzero(keys == limit)[: last - len(above)]))
        rows, keys = rows[chosen], keys[chosen]
    return rows[np.lexsort((rows, -keys))[first:last]]


def _sounds(*texts: str) -> frozenset[str]:
    return frozenset(sound(word) for text in texts for word, _ in canonical(tokens(text)))


def _own_words(name: str) -> frozenset[str]:
    """The words of a name that are not in every other one (scholarship, scheme, for)."""
    return frozenset(word for word in tokens(name) if not is_noise(word))


def _total(parts: Mapping[str, Scores]) -> Scores:
    total = np.zeros_like(next(iter(parts.values())))
    for part in parts.values():
        total += part
    return total


def _hit(record: Scholarship, profile: Profile | None, now: datetime, rank: Mapping[str, float] | None = None) -> Hit:
    return Hit(record, match(record, profile) if profile else None, deadline_state(record, now), rank)


def _sums(counts: Iterable[tuple[str | None, int]]) -> dict[str | None, int]:
    sums: Counter[str | None] = Counter()
    for value, count in counts:
        sums[value] += count
    return dict(sums.most_common())


def _deadline_fits(state: DeadlineState, wanted: str) -> bool:
    if wanted == "any":
        return True
    if wanted == "expected":
        return state.state == "expected_open"
    if state.is_open:
        return True
    return wanted == "upcoming" and (
        state.state == "expected_open" or (state.next_expected is not None and _months_ahead(state) <= UPCOMING_MONTHS)
    )


def _months_ahead(state: DeadlineState) -> int:
    year, month = map(int, (state.next_expected or "9999-12").split("-"))
    return (year - state.as_of.year) * 12 + month - state.as_of.month


def _written(reading: Reading) -> list[str]:
    """The words of a name, each under its usual one, whatever their order."""
    return sorted(word for word, _ in canonical(reading.all_words))


def _is_within(state: DeadlineState, days: int, with_closed: bool) -> bool:
    if state.is_open:
        return state.days_left is not None and state.days_left <= days
    if state.state == "rolling" or (state.state == "closed" and not with_closed) or state.next_expected is None:
        return False
    year, month = map(int, state.next_expected.split("-"))
    return (datetime(year, month, 1).date() - state.as_of).days <= days
