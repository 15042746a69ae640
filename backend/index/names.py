"""What words mean to the index: which records they name, and how much of them each record's texts hold.

A record is named where the words make up enough of one of its names, and enough of the words are in it; several that are
equally likely are named together.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from backend.index.index import Index
from backend.index.words import Meant
from backend.lexicon import canonical, lexicon, plain_words
from backend.reader import Reading
from backend.text import consonants, is_indic, sound, tokens

RESOLVED, RESOLVED_MARGIN = 0.4, 0.2
UNSURE, LONG_WORD = 0.5, 4
"""The least share where a topic of so many letters or more is a word that no record has: it may be another scheme's name."""
NAMED = 0.5
"""From this share of the query's weight on, a record counts as named."""
UNKNOWN_WORD = 0.4
"""How much a word that no record has counts against a name, as a share of the rarest word's weight."""
LEAST_WEIGHT = 0.35
"""What the words in a name must weigh, as a share of the rarest word's weight: "state" alone names nothing."""
STUDENT_WORD, NEAR_WORD = 0.5, 0.85
"""What a word that speaks of the student, and one that is only spelt alike, count for."""
COVER_SHARE, SAME_SCORE, LEAST_SHARE, LEAST_COVER, MOST_NAMED = 0.3, 0.02, 0.35, 0.25, 4
SPOTTED = 0.6
"""How much of a name a run of words among others must make up; one long word that is in no other record may be less."""
LONG_NAME, ALL_OF_A_NAME = 3, 0.95
WHOLE_NAME = 0.7
"""Words that speak of the student (girls, engineering) name a record only if they make up so much of its name."""
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Meaning:
    """What a message's words mean to the index. `near` gives, for each word, the catalogue's words it stands for;
    `names` and `texts` the shares (0 to 1) of the words' weight found in each row's name, and in
    its texts; `own` the rows whose name has enough of them, and a word that does not merely speak of the student."""

    reading: Reading
    near: Mapping[str, Meant]
    names: Scores
    texts: Scores
    own: NDArray[np.bool_]

    @cached_property
    def wanted(self) -> frozenset[int]:
        """The catalogue's words that the message names."""
        return frozenset(number for meant in self.near.values() for number in meant.numbers)

    @property
    def has_unknown_topic(self) -> bool:
        """Whether a word that looks like part of a name is in no record."""
        return any(
            not meant.numbers and len(word) >= LONG_WORD and word in self.reading.words and not word.isdigit()
            for word, meant in self.near.items()
        )


@dataclass(frozen=True)
class Named:
    """The rows that the words may name, with the share of the name that is covered, and those that they do name."""

    cover: Mapping[int, float]
    rows: tuple[int, ...]


class Names:
    """Names and texts of one index; safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._lightest = index.forms.lightest(index.vocabulary.weights)

    def meaning(self, reading: Reading) -> Meaning:
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
        own &= names >= LEAST_WEIGHT * math.log(1 + size)
        names /= np.float32(all_names or 1.0)
        texts /= np.float32(all_texts or 1.0)
        return Meaning(reading, near, names, texts, own)

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

    def named(self, meaning: Meaning) -> Named:
        """Which rows the words name: see the constants above."""
        best = float(meaning.names.max())
        if best < (UNSURE if meaning.has_unknown_topic else RESOLVED):
            return Named({}, ())
        close = np.flatnonzero(meaning.names >= max(best - RESOLVED_MARGIN, LEAST_SHARE))
        cover = self._covers(close, meaning.wanted, LEAST_COVER)
        scores = {
            row: float(meaning.names[row]) + COVER_SHARE * share
            for row, share in cover.items()
            if share >= LEAST_COVER and (meaning.own[row] or share >= WHOLE_NAME)
        }
        top = max(scores.values(), default=0.0)
        named = sorted(row for row, score in scores.items() if score >= top - SAME_SCORE)
        return Named(cover, tuple(named) if len(named) <= MOST_NAMED else ())

    def near(self, meaning: Meaning, least: float | None = None) -> list[int]:
        """The rows whose names hold as much of the words as the best one's, or the share `least` (0 to 1) of them."""
        limit = float(meaning.names.max()) - SAME_SCORE if least is None else least
        return [int(row) for row in np.flatnonzero((meaning.names >= limit) & meaning.own)]

    def _covers(self, rows: NDArray[np.intp], wanted: frozenset[int], least: float) -> dict[int, float]:
        """How much of its name the words cover, for those of the rows where it can be so much at least."""
        weights = self._index.vocabulary.weights
        weight = sum(float(weights[w]) for w in wanted)
        able = rows[weight >= least * self._lightest[rows]]
        covers = self._index.forms.covers(able, tuple(wanted), weights)
        return dict(zip(able.tolist(), covers.tolist(), strict=True))

    def knows(self, word: str) -> bool:
        """Whether a word stands for one of the catalogue's."""
        vocabulary = self._index.vocabulary
        return bool(vocabulary.nearest(word).numbers) or vocabulary.has_sound(word)

    def best(self, meaning: Meaning) -> int | None:
        """The row whose name the words mean best, even if others come near; None if none is meant."""
        best = float(meaning.names.max())
        if best < NAMED:
            return None
        close = np.flatnonzero(np.round(meaning.names, 2) >= round(best, 2))
        cover = self._covers(close, meaning.wanted, 0.0)
        return max(cover, key=lambda row: (cover[row], -row))

    def spotted(self, reading: Reading, one_word: float = LEAST_COVER) -> list[int]:
        """The rows of which a run of the words makes up most of the name (save ERASMUS MUNDUS to my list): those of the
        longest run. One word must make up the share `one_word` and be in no other record, or be the whole name (Chevening)."""
        topics, context = frozenset(reading.words), lexicon().context
        said = (word for word, _ in canonical(reading.all_words))
        words = [(w, w in topics and w not in context and not w[0].isdigit()) for w in said]
        vocabulary, size = self._index.vocabulary, len(self._index)
        meant = [vocabulary.nearest(word) if topic else vocabulary.same(word) for word, topic in words]
        rows = [frozenset(self._index.in_name.of_any(m.numbers, size).tolist()) for m in meant]
        best: tuple[float, list[int]] = (0.0, [])
        for first in range(len(words)):
            common = rows[first]
            for last in range(first, len(words)):
                common &= rows[last]
                if not common:
                    break
                run = range(first, last + 1)
                if not any(words[i][1] for i in run):
                    continue
                least = SPOTTED
                if len(run) == 1:
                    if not self._is_proper(words[first][0], meant[first]):
                        continue
                    elsewhere = len(self._index.in_text.of_any(meant[first].numbers, size)) > len(common)
                    least = max(one_word, ALL_OF_A_NAME) if elsewhere else one_word
                wanted = frozenset(number for i in run for number in meant[i].numbers)
                covers = self._covers(np.array(sorted(common)), wanted, least)
                weight = sum(vocabulary.weight(meant[i].numbers) for i in run)
                most = max(covers.values(), default=0.0)
                if most >= least and most * weight > best[0]:
                    best = (most * weight, [row for row, cover in covers.items() if cover >= most - SAME_SCORE])
        return best[1] if len(best[1]) <= MOST_NAMED else []

    def _is_proper(self, word: str, meant: Meant) -> bool:
        """Whether one word can stand for a name: it is written as in the catalogue, and no plain word."""
        vocabulary = self._index.vocabulary
        if is_indic(word):
            is_exact = all(vocabulary.consonants[n] == consonants(word) for n in meant.numbers)
        else:
            is_exact = meant.same and (word in vocabulary.number or word.upper() in vocabulary.number)
        return len(word) >= LONG_NAME and word not in plain_words() and is_exact

    def said_by_name(self, row: int, reading: Reading) -> list[str]:
        """The profile fields that were read only from words of this row's name; with a state the citizenship that followed
        from it (Punjab is in two countries)."""
        name = self._index.forms.all_words(row, self._index.vocabulary.sounds)
        fields = [field for field, said in reading.evidence.items() if _is_said_by(said, name, reading)]
        return [*fields, *(["citizenship"] if "state" in fields and "citizenship" not in reading.evidence else [])]


def _is_said_by(said: frozenset[str], name: frozenset[str], reading: Reading) -> bool:
    """Whether the words of a message that speak of the student are words of a name (its sound keys)."""
    phrases = [(word, phrase) for word, phrase in canonical(reading.all_words) if said.issuperset(phrase)]
    return said == {w for _, phrase in phrases for w in phrase} and all(sound(word) in name for word, _ in phrases)
