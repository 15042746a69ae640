"""The catalogue's words by their sound, and the rows in which they stand."""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from backend.lexicon import canonical, is_noise
from backend.text import consonants, is_indic, sound, written

SIMILAR, SIMILAR_SPELLING, MIN_FUZZY = 0.86, 0.88, 4
"""How alike (Jaro-Winkler) two sound keys, and their spellings, must be to be taken for one word; from how many letters."""
SPELLING_MARGIN, INDIC_MARGIN, MOST_NEAR = 0.08, 0.12, 8
"""Spellings that are alike nearly as much as the likest one are meant as well; so many sound keys and spellings are looked at."""
SOMEWHAT_ALIKE = 0.8
MIN_CONSONANTS = 3
"""Consonants from which on they alone make a word in an Indian script an English one."""
MIN_PART = 4
"""Letters from which on two words written as one, or one as two, are seen through."""
COMMON = frozenset(("scholarship", "scholarships", "scheme", "yojana", "programme", "program", "award"))
"""Words that name no scheme by themselves."""
_NOISE = -1
"""Stands for words that say nothing; they have no number."""
Rows = NDArray[np.uint32]


@dataclass(frozen=True)
class Meant:
    """The numbers of the catalogue's words that a word stands for (none: no such word), and whether they sound the same
    or are only nearly alike."""

    numbers: tuple[int, ...]
    same: bool


@dataclass(frozen=True)
class Vocabulary:
    """The catalogue's words: how each is spelt, how it sounds, its consonants, and in how many of `rows` rows it
    stands."""

    spellings: tuple[str, ...]
    sounds: tuple[str, ...]
    consonants: tuple[str, ...]
    counts: NDArray[np.int64]
    rows: int

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """How rare each word is: the natural logarithm of 1 + rows / rows with it."""
        return np.log1p(self.rows / np.maximum(1, self.counts)).astype(np.float32)

    def weight(self, numbers: Sequence[int]) -> float:
        """How rare words are that are taken for one."""
        return math.log1p(self.rows / max(1, int(sum(self.counts[n] for n in numbers))))

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each spelling."""
        return {spelling: i for i, spelling in enumerate(self.spellings)}

    @cached_property
    def _by_sound(self) -> dict[str, list[int]]:
        return _numbered(self.sounds)

    @cached_property
    def _keys(self) -> dict[str, list[str]]:
        """Sound keys by their first letter."""
        return _grouped(self._by_sound, 1)

    @cached_property
    def _beginnings(self) -> dict[str, list[str]]:
        """Spellings by their first two letters."""
        return _grouped(self.spellings, 2)

    def same(self, word: str) -> Meant:
        """The words that sound the same and are spelt alike; initials that are spelt the same."""
        initials = self.number.get(word.upper())
        alike = self._alike(written(word), (sound(word),), SPELLING_MARGIN)
        return Meant(alike if initials is None else (*alike, initials), True)

    def nearest(self, word: str) -> Meant:
        """The words that sound the same, else nearly so, and are spelt alike. A word in an Indian script stands for those
        that sound the same and for those nearly alike: how English is written there varies."""
        key, spelt = sound(word), written(word)
        same = self.same(word)
        if (same.numbers and not is_indic(word)) or len(key) < MIN_FUZZY or key[0].isdigit():
            return same
        near = _nearest(key, self._keys.get(key[:1], ()))
        spelt_so = _nearest(spelt, self._beginnings.get(spelt[:2], ()))
        keys = dict.fromkeys([key, *near, *(self.sounds[self.number[word]] for word in spelt_so)])
        margin = INDIC_MARGIN if is_indic(word) else SPELLING_MARGIN
        found = self._alike(spelt, keys, margin)
        if not found and is_indic(word):
            found = self._of_consonants(consonants(word))
        return Meant(found, bool(same.numbers))

    def has_sound(self, word: str) -> bool:
        """Whether a word sounds the same and is spelt somewhat alike (laxmi, lakshmi)."""
        key = sound(word)
        alike = (JaroWinkler.similarity(written(word), self.spellings[n]) for n in self._by_sound.get(key, ()))
        return len(key) >= MIN_FUZZY and max(alike, default=0.0) >= SOMEWHAT_ALIKE

    def _of_consonants(self, skeleton: str) -> tuple[int, ...]:
        return tuple(self._by_consonants.get(skeleton, ())) if len(skeleton) >= MIN_CONSONANTS else ()

    @cached_property
    def _by_consonants(self) -> dict[str, list[int]]:
        return _numbered(self.consonants)

    def _alike(self, spelt: str, keys: Iterable[str], margin: float) -> tuple[int, ...]:
        likeness = {
            number: JaroWinkler.similarity(spelt, self.spellings[number])
            for key in keys
            for number in self._by_sound.get(key, ())
        }
        least = max(SIMILAR_SPELLING, max(likeness.values(), default=0.0) - margin)
        return tuple(n for n, share in likeness.items() if share >= least)

    def parts(self, word: str) -> tuple[str, str] | None:
        """Two of the catalogue's words that this one is made of, where it is none itself."""
        if len(word) < MIN_PART + 2 or word in self.number:
            return None
        cuts = ((word[:i], word[i:]) for i in range(1, len(word) - MIN_PART + 1))
        return next(((a, b) for a, b in cuts if a in self.number and b in self.number), None)


def _nearest(word: str, candidates: Sequence[str]) -> list[str]:
    scorer = JaroWinkler.similarity
    return [w for w, _, _ in process.extract(word, candidates, scorer=scorer, score_cutoff=SIMILAR, limit=MOST_NEAR)]


def _numbered(keys: Iterable[str]) -> dict[str, list[int]]:
    """The places of each key."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        places[key].append(number)
    return places


def _grouped(words: Iterable[str], letters: int) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[word[:letters]].append(word)
    return groups


@dataclass(frozen=True)
class Postings:
    """For each word number the rows that have the word, ascending: `rows[starts[w]:starts[w + 1]]`."""

    starts: NDArray[np.int64]
    rows: Rows

    def of(self, word: int) -> Rows:
        """The rows that have a word."""
        return self.rows[self.starts[word] : self.starts[word + 1]]

    def of_any(self, words: Sequence[int], rows: int) -> NDArray[Any]:
        """The rows, of so many, that have one of the words or more."""
        if len(words) == 1:
            return self.of(words[0])
        found = np.zeros(rows, bool)
        for word in words:
            found[self.of(word)] = True
        return np.flatnonzero(found)


@dataclass(frozen=True)
class Forms:
    """The names that each row goes by: official name, id and aliases, as word numbers without the common ones.

    Row r has the forms `row_starts[r]` to `row_starts[r + 1]`; form f the words `words[starts[f]:starts[f + 1]]`.
    """

    row_starts: NDArray[np.int64]
    starts: NDArray[np.int64]
    words: NDArray[np.uint32]

    def covers(
        self, rows: NDArray[np.intp], wanted: Sequence[int], weights: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        """For each of the rows the largest share (0 to 1) of a form's weight that the wanted words make up."""
        forms, of_row = _ranges(self.row_starts[rows], self.row_starts[rows + 1])
        places, of_form = _ranges(self.starts[forms], self.starts[forms + 1])
        words = self.words[places]
        whole = np.bincount(of_form, weights[words], len(forms))
        found = np.bincount(of_form, weights[words] * np.isin(words, wanted), len(forms))
        best = np.zeros(len(rows))
        np.maximum.at(best, of_row, np.divide(found, whole, out=np.zeros(len(forms)), where=whole > 0))
        return best

    def all_words(self, row: int, keys: Sequence[str]) -> frozenset[str]:
        """Of all its forms the words, as `keys` gives them."""
        first, last = self.starts[self.row_starts[row]], self.starts[self.row_starts[row + 1]]
        return frozenset(keys[w] for w in self.words[first:last])

    def lightest(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each row the least weight of its forms: what a query must weigh to cover any of them wholly."""
        sums = np.concatenate(([0.0], np.cumsum(weights[self.words], dtype=np.float64)))
        totals = sums[self.starts[1:]] - sums[self.starts[:-1]]
        totals[totals <= 0] = np.inf
        return np.minimum.reduceat(totals, self.row_starts[:-1]).astype(np.float32)


def _ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All numbers from each start to before its end, and of which range each is."""
    lengths = ends - starts
    which = np.repeat(np.arange(len(starts)), lengths)
    return np.arange(len(which)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + np.repeat(starts, lengths), which


class WordsBuilder:
    """Takes the texts of the rows one by one; see `add`."""

    def __init__(self) -> None:
        self._spellings: dict[str, int] = {}
        self._number = _Numbers(self._spellings)
        self._names, self._texts, self._forms = _Lists(), _Lists(), _Lists()
        self._forms_of_row = array("q", [0])

    def add(self, names: Sequence[Sequence[str]], giver: Sequence[str], text: Sequence[str]) -> None:
        """The next row, as words: the names it goes by (at least one), who gives it and where, all else to be searched."""
        forms = [self._numbers(word for word, _ in canonical(name)) for name in names]
        own = self._numbers(giver).union(*forms)
        self._names.add(own)
        self._texts.add(self._numbers(text) | own)
        common = {n for n in map(self._spellings.get, COMMON) if n is not None}
        for form in forms:
            self._forms.add(form - common)
        self._forms_of_row.append(self._forms_of_row[-1] + len(forms))

    def _numbers(self, words: Iterable[str]) -> set[int]:
        """The numbers of words; of synonyms that are single words, that of the word they stand for."""
        numbers = set(map(self._number.__getitem__, words))
        numbers.discard(_NOISE)
        return numbers

    def join(self, following: "WordsBuilder") -> None:
        """The rows of a builder that come next."""
        known = self._spellings
        same = np.array([known.setdefault(word, len(known)) for word in following._spellings], np.uint32)
        for mine, theirs in zip(self._lists, following._lists, strict=True):
            mine.join(theirs, same)
        here = self._forms_of_row[-1]
        self._forms_of_row.extend(here + forms for forms in following._forms_of_row[1:])

    @property
    def _lists(self) -> tuple["_Lists", ...]:
        return self._names, self._texts, self._forms

    def finish(self) -> tuple[Vocabulary, Postings, Postings, Forms]:
        """The vocabulary, the rows by word of their names, the rows by word of all their texts, and the forms."""
        size = len(self._spellings)
        texts = self._texts.by_word(size)
        vocabulary = Vocabulary(
            tuple(self._spellings),
            tuple(map(sound, self._spellings)),
            tuple(map(consonants, self._spellings)),
            np.diff(texts.starts),
            len(self._forms_of_row) - 1,
        )
        forms = Forms(np.frombuffer(self._forms_of_row, np.int64).copy(), *self._forms.arrays())
        return vocabulary, self._names.by_word(size), texts, forms


class _Numbers(dict[str, int]):
    """The number of each word, given when it is first asked for; noise has none."""

    def __init__(self, spellings: dict[str, int]) -> None:
        super().__init__()
        self._spellings = spellings

    def __missing__(self, word: str) -> int:
        [(known, _)] = canonical((word,))
        if is_noise(known):
            self[word] = _NOISE
        else:
            self[word] = self._spellings.setdefault(written(known), len(self._spellings))
        return self[word]

    def __reduce__(self) -> tuple[type["_Numbers"], tuple[dict[str, int]]]:
        return _Numbers, (self._spellings,)


class _Lists:
    """Lists of numbers, end to end."""

    def __init__(self) -> None:
        self._numbers, self._starts = array("I"), array("q", [0])

    def add(self, numbers: Iterable[int]) -> None:
        self._numbers.extend(numbers)
        self._starts.append(len(self._numbers))

    def join(self, following: "_Lists", same: NDArray[np.uint32]) -> None:
        """Further lists, in whose numbers n is `same[n]` here."""
        here = self._starts[-1]
        self._numbers.frombytes(same[np.frombuffer(following._numbers, np.uint32)].tobytes())
        self._starts.extend(here + start for start in following._starts[1:])

    def arrays(self) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        return np.frombuffer(self._starts, np.int64).copy(), np.frombuffer(self._numbers, np.uint32).copy()

    def by_word(self, words: int) -> Postings:
        """The lists turned round: for each number the lists that hold it."""
        numbers = np.frombuffer(self._numbers, np.uint32)
        lists = np.repeat(np.arange(len(self._starts) - 1, dtype=np.uint64), np.diff(self._starts))
        pairs = (numbers.astype(np.uint64) << np.uint64(32)) | lists
        pairs.sort()
        starts = np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=words))))
        return Postings(starts.astype(np.int64), pairs.astype(np.uint32))
