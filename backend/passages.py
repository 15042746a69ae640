"""What a record's own words say on something that was asked: passages, as they stand in the catalogue."""

import re
from collections.abc import Sequence

from backend.catalogue import Scholarship
from backend.deadlines import MONTHS, DeadlineState
from backend.lexicon import canonical, is_noise
from backend.text import sound, tokens

MOST = 3
"""Passages that are quoted."""
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def dated(record: Scholarship, state: DeadlineState) -> list[str]:
    """The passages that name a month which the deadline's own sentence does not: an earlier step, another round."""
    said = set(_MONTH.findall(state.text))
    return [x for x in (record.deadline, *passages(record)) if set(_MONTH.findall(x)) - said][:MOST]


def holding(record: Scholarship, words: Sequence[str]) -> list[str]:
    """The passages that have one of the words, where that is no word of the record's name."""
    wanted = _sounds(words) - _sounds(tokens(record.name))
    return [x for x in passages(record) if not wanted.isdisjoint(_sounds(tokens(x)))][:MOST]


def passages(record: Scholarship) -> list[str]:
    """The rules, the papers and the sentences of the description."""
    return [*record.eligibility, *record.requirements, *_SENTENCE.split(record.description)]


def _sounds(words: Sequence[str]) -> frozenset[str]:
    return frozenset(sound(word) for word, _ in canonical(words) if not is_noise(word))
