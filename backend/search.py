"""Search: resolve a name, gate by hard rules, rank (backend.ranking), explain."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend import ranking
from backend.catalogue import Catalogue, Scholarship
from backend.deadlines import DeadlineState, deadline_state, local_day
from backend.eligibility import NOT_ELIGIBLE, Match, Rule, match, status_of
from backend.index.gate import Gate, Verdicts
from backend.index.index import Index, build_index, open_index
from backend.index.words import Meant
from backend.lexicon import canonical, lexicon
from backend.near_misses import NEAR_RULES, Gap, NearMiss, gap
from backend.profile import Profile
from backend.reader import Reading, read
from backend.text import sound, tokens

OPEN_STATES = ("open", "closing_soon")
UPCOMING_MONTHS = 3
RESOLVED, RESOLVED_MARGIN = 0.4, 0.2
NAMED = 0.5
"""From this share of the query's weight on, a record counts as named."""
UNKNOWN_WORD = 0.4
"""How much a word that no record has counts against a name, as a share of the rarest word's weight."""
STUDENT_WORD, NEAR_WORD = 0.5, 0.85
"""What a word that speaks of the student, and one that is only spelt alike, count for."""
COVER_SHARE, SAME_SCORE, LEAST_SHARE, LEAST_COVER, MOST_NAMED = 0.3, 0.02, 0.35, 0.25, 4
WHOLE_NAME = 0.7
"""Words that speak of the student (girls, engineering) name a record only if they make up so much of its name."""
DATES_HOLD_S = 900
"""Deadline states are worked out anew so often; time zones differ by multiples of it."""
MOST_NEAR, NEAR_SHOWN = 3, 5
"""Groups of near misses, and records named in each."""
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


@dataclass(frozen=True)
class _Meaning:
    """What a message's words mean to the index. `near` gives, for each word, the catalogue's words it stands for;
    `names` and `texts` the shares (0 to 1) of the words' weight found in each row's name, and in
    its texts; `own` the rows whose name has a word that does not merely speak of the student."""

    reading: Reading
    near: Mapping[str, Meant]
    names: Scores
    texts: Scores
    own: RowSet

    @property
    def wanted(self) -> frozenset[int]:
        """The catalogue's words that the message names."""
        return frozenset(number for meant in self.near.values() for number in meant.numbers)


@dataclass(frozen=True)
class _Names:
    """The rows that the words may name, with the share of the name that is covered, and those that they do name."""

    cover: Mapping[int, float]
    named: tuple[int, ...]


@dataclass(frozen=True)
class _Dates:
    """The deadline states of a moment, one for each distinct set of dates; for each row its part of the rank, and a number
    that is the larger the sooner it closes."""

    states: tuple[DeadlineState, ...]
    openness: Scores
    order: NDArray[np.int32]


class Search:
    """Search over one catalogue; safe to share between threads."""

    def __init__(self, catalogue: Catalogue, index: Index | None = None) -> None:
        self.catalogue = catalogue
        self._records = catalogue.scholarships
        self._index = index or open_index(*build_index(self._records), self._records)
        self._gate = Gate(self._index.columns, len(self._index))
        self._zones: dict[str, list[int]] = defaultdict(list)
        for code, sample in enumerate(self._index.columns["dates"].samples):
            self._zones[sample.study_in[0]].append(code)
        self._kept_states: dict[str, tuple[date, tuple[DeadlineState, ...]]] = {}
        self._dates_at = lru_cache(maxsize=2)(self._dated)
        self._fresh = lru_cache(maxsize=2)(self._freshness)
        of_citizenship, of_study = self._index.columns["citizenship"], self._index.columns["studyIn"]
        self._home = of_citizenship.rows(of_citizenship.table(ranking.is_open_to_indians, bool))
        self._home_study = self._home & of_study.rows(of_study.table(lambda r: "IN" in r.study_in, bool))
        self._worth = ranking.VALUE * np.minimum(np.log10(1 + self._index.values) / 7, 1).astype(np.float32)

    def find(self, query: Query, now: datetime) -> SearchPage:
        """Search by words and filters at `now`; see Query. A known value that breaks a stated rule removes the row."""
        reading = read(query.keywords)
        said = reading.profile.without(query.ignore)
        profile, meaning = query.student(said), self._meaning(reading)
        names = self._names(meaning)
        dates, verdicts = self._dates(now), self._gate.verdicts(profile)
        listed = self._listed(query, dates)
        if query.keywords.strip() and not said.known() and reading.words:
            listed &= (meaning.texts > 0) | (meaning.names > 0)
        passed = self._passed(verdicts, profile, meaning, names.named)
        shown = listed & (passed & verdicts.eligible if query.eligible_only else passed)
        parts = self._parts(profile, verdicts, dates, now) | self._word_parts(meaning, names)
        relevance = _total(parts)
        key = {"relevance": relevance, "award": self._index.values, "deadline": dates.order}[query.sort]
        return SearchPage(
            self._hits(shown, key, query.page, query.page_size, profile, now, parts if query.sort == "relevance" else {}),
            int(np.count_nonzero(shown)), query.page, query.page_size,
            self._index.facets.counts(shown, profile.citizenship is not None),
            self._id(names.named[0]) if len(names.named) == 1 and shown[names.named[0]] else None, profile,
            tuple(self._not_shown(r, query, profile, now) for r in names.named if not shown[r]),
            self._near_misses(listed & verdicts.failed_once, profile, relevance) if query.page == 1 else (),
        )  # fmt: skip

    def match_profile(self, profile: Profile, page: int, page_size: int, now: datetime) -> SearchPage:
        """Every record that the profile does not break: the eligible first, then those that need more information."""
        verdicts, dates = self._gate.verdicts(profile), self._dates(now)
        parts = self._parts(profile, verdicts, dates, now)
        shown = verdicts.passed
        relevance = _total(parts)
        key = relevance + np.float32(ranking.NAMED) * verdicts.eligible
        return SearchPage(
            self._hits(shown, key, page, page_size, profile, now, parts, always=True), int(np.count_nonzero(shown)),
            page, page_size, self._index.facets.counts(shown, profile.citizenship is not None), None, profile,
            near_misses=self._near_misses(verdicts.failed_once, profile, relevance) if page == 1 else (),
        )  # fmt: skip

    def upcoming(self, query: Query, within_days: int, now: datetime) -> tuple[Hit, ...]:
        """What closes or is expected within so many days: confirmed dates first, then expected months; none closed."""
        profile, dates = query.student(), self._dates(now)
        column = self._index.columns["dates"]
        soon = column.rows(np.array([_is_within(state, within_days) for state in dates.states], bool))
        shown = soon & self._listed(query, dates) & self._gate.verdicts(profile).passed
        return self._hits(shown, dates.order, 1, len(self._index), profile, now, {})

    def hit(self, scholarship_id: str, profile: Profile, now: datetime) -> Hit | None:
        """One record by id, or None."""
        record = self.catalogue.by_id.get(scholarship_id)
        return _hit(record, profile if profile.known() else None, now) if record else None

    def named(self, reading: Reading) -> tuple[str, ...]:
        """Ids of the records whose name the words mean: one, or several that are equally likely, or none."""
        return tuple(map(self._id, self._names(self._meaning(reading)).named))

    def best_named(self, reading: Reading) -> str | None:
        """The record whose name the words mean best, even if others come near; None if none is meant."""
        meaning = self._meaning(reading)
        best = float(meaning.names.max())
        if best < NAMED:
            return None
        close = np.flatnonzero(np.round(meaning.names, 2) >= round(best, 2))
        cover = self._covers(close, meaning.wanted, 0.0)
        return self._id(max(cover, key=lambda row: (cover[row], -row)))

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

    # What the words mean

    def _meaning(self, reading: Reading) -> _Meaning:
        """What the words mean to the index; words that speak of the student count less, and only as they are."""
        vocabulary, size = self._index.vocabulary, len(self._index)
        said = self._words(reading)
        near = {w: vocabulary.nearest(w) if topic else vocabulary.same(w) for w, topic in said.items()}
        unknown = math.log(1 + size) * UNKNOWN_WORD
        names, texts = np.zeros(size, np.float32), np.zeros(size, np.float32)
        own, all_names, all_texts = np.zeros(size, bool), 0.0, 0.0
        for word, meant in near.items():
            importance = 1.0 if said[word] else STUDENT_WORD
            weight = importance * (vocabulary.weight(meant.numbers) if meant.numbers else unknown)
            part = np.float32(weight if meant.same else weight * NEAR_WORD)
            in_name = self._index.in_name.of_any(meant.numbers, size)
            names[in_name] += part
            texts[self._index.in_text.of_any(meant.numbers, size)] += part
            all_names += weight if len(in_name) else importance * unknown
            all_texts += weight
            if said[word]:
                own[in_name] = True
        names /= np.float32(all_names or 1.0)
        texts /= np.float32(all_texts or 1.0)
        return _Meaning(reading, near, names, texts, own)

    def _words(self, reading: Reading) -> dict[str, bool]:
        """The words to look for, and whether each is a topic (else it speaks of the student or is a number). Words that
        the catalogue writes as one, or as two, are taken as it writes them, a state by its official name."""
        topics, said, number = set(reading.words), {}, self._index.vocabulary.number
        words = canonical(reading.all_words)
        of_state = reading.evidence.get("state", frozenset())
        if of_state and reading.profile.state:
            words = [pair for pair in words if not of_state.issuperset(pair[1])]
            words += [(word, ()) for word in tokens(reading.profile.state)]
        pairs = zip(words, [*words[1:], ("", ())], strict=False)
        joined = False
        for (word, phrase), (following, _) in pairs:
            if joined:
                joined = False
                continue
            joined = word + following in number and bool(following) and not {word, following} <= number.keys()
            parts = (word + following,) if joined else self._index.vocabulary.parts(word) or (word,)
            topic = not topics.isdisjoint(phrase) and not word.isdigit() and word not in lexicon().context
            said.update(dict.fromkeys(parts, topic))
        return said

    def _names(self, meaning: _Meaning) -> _Names:
        """Which rows the words name: see the constants above."""
        best = float(meaning.names.max())
        if best < RESOLVED:
            return _Names({}, ())
        close = np.flatnonzero(meaning.names >= max(best - RESOLVED_MARGIN, LEAST_SHARE))
        cover = self._covers(close, meaning.wanted, LEAST_COVER)
        scores = {
            row: float(meaning.names[row]) + COVER_SHARE * share
            for row, share in cover.items()
            if share >= LEAST_COVER and (meaning.own[row] or share >= WHOLE_NAME)
        }
        top = max(scores.values(), default=0.0)
        named = sorted(row for row, score in scores.items() if score >= top - SAME_SCORE)
        return _Names(cover, tuple(named) if len(named) <= MOST_NAMED else ())

    def _covers(self, rows: Rows, wanted: frozenset[int], least: float) -> dict[int, float]:
        """How much of its name the words cover, for those of the rows where it can be so much at least."""
        weights = self._index.vocabulary.weights
        weight = sum(float(weights[w]) for w in wanted)
        able = rows[weight >= least * self._index.lightest[rows]]
        return {int(row): self._index.forms.cover(int(row), wanted, weights) for row in able}

    # Gate and filters

    def _listed(self, query: Query, dates: _Dates) -> RowSet:
        """The rows that the filters on record and dates keep."""
        kept = np.ones(len(self._index), bool)
        for name, wanted in (("category", query.category), ("providerType", query.provider_type)):
            if wanted is not None:
                column = self._index.columns[name]
                kept &= column.rows(column.table(lambda r, w=wanted: w in (r.category, r.provider_type), bool))  # type: ignore[misc]
        if query.deadline != "any":
            fits = np.array([_deadline_fits(state, query.deadline) for state in dates.states], bool)
            kept &= self._index.columns["dates"].rows(fits)
        return kept

    def _passed(self, verdicts: Verdicts, profile: Profile, meaning: _Meaning, named: tuple[int, ...]) -> RowSet:
        """The rows that no known value breaks: for a record that was named, a word of its name says nothing of the
        student."""
        passed = verdicts.passed
        for row in named:
            if not passed[row]:
                words = self._index.forms.all_words(row, self._index.vocabulary.sounds)
                of_name = [
                    f for f, said in meaning.reading.evidence.items() if _is_said_by(said, words, meaning.reading)
                ]
                passed[row] = status_of(self._records[row], profile.without(of_name)) != NOT_ELIGIBLE
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
        """Up to three groups of rows that break one rule only, and that narrowly: the narrowest first."""
        candidates = np.flatnonzero(rows)
        groups: list[tuple[float, Rule, Gap, Rows]] = []
        for rule in NEAR_RULES:
            column = self._index.columns[rule.name]
            codes = column.codes[candidates]
            by_gap: dict[Gap, list[int]] = {}
            for code in np.flatnonzero(np.bincount(codes)).tolist():
                found = gap(rule, column.samples[code], profile)
                if found:
                    by_gap.setdefault(found, []).append(code)
            groups += [(g.size, rule, g, candidates[np.isin(codes, these)]) for g, these in by_gap.items()]
        groups.sort(key=lambda group: group[0])
        return tuple(
            NearMiss(
                rule.name, found.text(len(near)), len(near), self._records_of(_first(near, key[near], 0, NEAR_SHOWN))
            )
            for _, rule, found, near in groups[:MOST_NEAR]
        )

    def _records_of(self, rows: Rows) -> tuple[Scholarship, ...]:
        return tuple(self._records[row] for row in rows.tolist())

    # Rank

    def _parts(self, profile: Profile, verdicts: Verdicts, dates: _Dates, now: datetime) -> dict[str, Scores]:
        """The parts of the rank that do not depend on words."""
        parts = {
            "openness": dates.openness, "value": self._worth, "fresh": self._fresh(now.year),
            "fit": np.float32(ranking.FIT) * verdicts.fit,
        }  # fmt: skip
        if profile.known():
            parts["status"] = np.float32(ranking.STATUS) * verdicts.eligible
        if profile.citizenship in (None, "IN"):
            parts["home"] = np.float32(ranking.HOME) * self._home
            if not profile.study_in:
                parts["home"] += np.float32(ranking.HOME_STUDY) * self._home_study
        return parts

    def _word_parts(self, meaning: _Meaning, names: _Names) -> dict[str, Scores]:
        if not meaning.near:
            return {}
        parts = {"name": np.float32(ranking.NAME) * meaning.names, "text": np.float32(ranking.TEXT) * meaning.texts}
        if names.cover:
            parts["cover"] = np.zeros(len(self._index), np.float32)
            parts["cover"][list(names.cover)] = list(names.cover.values())
        if names.named:
            parts["named"] = np.zeros(len(self._index), np.float32)
            parts["named"][list(names.named)] = ranking.NAMED
        return parts

    def _freshness(self, year: int) -> Scores:
        column = self._index.columns["source"]
        return column.rows(column.table(lambda r: ranking.FRESH * ranking.freshness(r, year), np.float32))

    # Dates

    def dates_stamp(self, now: datetime) -> int:
        """A number that stays the same while nothing in an answer depends on the clock."""
        stamp = int(now.timestamp())
        return stamp - stamp % DATES_HOLD_S

    def _dates(self, now: datetime) -> _Dates:
        return self._dates_at(self.dates_stamp(now))

    def _dated(self, stamp: int) -> _Dates:
        now, column = datetime.fromtimestamp(stamp, UTC), self._index.columns["dates"]
        states: dict[int, DeadlineState] = {}
        for zone, codes in self._zones.items():
            states.update(
                zip(codes, self._states_of_day(zone, local_day(column.samples[codes[0]], now), now), strict=True)
            )
        ordered = [states[code] for code in range(len(column.samples))]
        keys = [_deadline_key(state) for state in ordered]
        place = {key: i for i, key in enumerate(sorted(set(keys), reverse=True))}
        openness = np.array([ranking.OPENNESS[state.state] for state in ordered], np.float32)
        order = np.array([place[key] for key in keys], np.int32)
        return _Dates(tuple(ordered), column.rows(openness), column.rows(order))

    def _states_of_day(self, zone: str, day: date, now: datetime) -> tuple[DeadlineState, ...]:
        """The states of all sets of dates of one zone; kept while the day lasts there."""
        kept = self._kept_states.get(zone)
        if kept is None or kept[0] != day:
            samples = self._index.columns["dates"].samples
            kept = day, tuple(deadline_state(samples[code], now) for code in self._zones[zone])
            self._kept_states[zone] = kept
        return kept[1]


def _is_said_by(said: frozenset[str], name: frozenset[str], reading: Reading) -> bool:
    """Whether the words of a message that speak of the student are words of a name (its sound keys)."""
    phrases = [(word, phrase) for word, phrase in canonical(reading.all_words) if said.issuperset(phrase)]
    return said == {w for _, phrase in phrases for w in phrase} and all(sound(word) in name for word, _ in phrases)


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
