"""Which kinds of question a message asks, told by what its words mean and not by how they are put.

data/concepts.csv gives the words of a meaning in English, Hindi and Hinglish (`verif*` stands for all words that begin so;
spellings that differ only in long vowels, doubled letters and the like are one); data/kinds.csv says which meanings, in any
order and close together, ask for which kind: "money not arrived" is a question about a payment that did not come.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from backend.lexicon import DATA
from backend.text import is_indic, tokens

REACH = 12
"""Words within which all meanings of a pattern must stand."""
_LATIN = tuple((re.compile(old), new) for old, new in (
    ("aa+", "a"), ("ee+|ii+", "i"), ("oo+", "u"), (r"([a-z])\1+", r"\1"), ("ph", "f"), ("z", "j"), ("w", "v"),
    ("chh", "ch"), (r"(?<=..[aeiou])n$", ""),
))  # fmt: skip
_INDIC = tuple((re.compile(old), new) for old, new in (
    ("[ँं]", ""), ("ी", "ि"), ("ू", "ु"), ("ये$", "ए"), ("यी$|ई$", "इ"),
))  # fmt: skip
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class _Pattern:
    kind: str
    meanings: tuple[str, ...]
    without: frozenset[str]


@dataclass(frozen=True)
class _Known:
    words: Mapping[Phrase, frozenset[str]]
    beginnings: Mapping[str, frozenset[str]]
    longest: int
    patterns: tuple[_Pattern, ...]


def kinds_of(words: Sequence[str]) -> set[str]:
    """The kinds of question that the tokens of a message ask."""
    places = _places(tuple(map(_plain, words)))
    return {p.kind for p in _known().patterns if p.without.isdisjoint(places) and _together(p.meanings, places)}


def _places(words: Sequence[str]) -> Mapping[str, list[int]]:
    """Where each meaning stands."""
    known = _known()
    places: dict[str, list[int]] = defaultdict(list)
    for i, word in enumerate(words):
        for size in range(1, min(known.longest, len(words) - i) + 1):
            for meaning in known.words.get(tuple(words[i : i + size]), ()):
                places[meaning] += range(i, i + size)
        for size in range(2, len(word) + 1):
            for meaning in known.beginnings.get(word[:size], ()):
                places[meaning].append(i)
    return places


def _together(meanings: Sequence[str], places: Mapping[str, Sequence[int]]) -> bool:
    """Whether all meanings stand within reach, each in a word of its own."""
    if not all(meaning in places for meaning in meanings):
        return False
    first = min(meanings, key=lambda meaning: len(places[meaning]))
    return any(_fits(meanings, places, (place,), first) for place in places[first])


def _fits(meanings: Sequence[str], places: Mapping[str, Sequence[int]], taken: tuple[int, ...], done: str) -> bool:
    rest = [meaning for meaning in meanings if meaning != done]
    if not rest:
        return True
    return any(
        _fits(rest, places, (*taken, place), rest[0])
        for place in places[rest[0]]
        if place not in taken and max(*taken, place) - min(*taken, place) < REACH
    )


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    """A word without the differences that spellings of one word have."""
    for pattern, new in _INDIC if is_indic(word) else _LATIN:
        word = pattern.sub(new, word)
    return word


@lru_cache(maxsize=1)
def _known() -> _Known:
    words: dict[Phrase, set[str]] = defaultdict(set)
    beginnings: dict[str, set[str]] = defaultdict(set)
    meanings = set()
    for row in _rows("concepts.csv"):
        meanings.add(row["concept"])
        for entry in row["words"].split("|"):
            phrase = tuple(map(_plain, tokens(entry)))
            if entry.endswith("*"):
                beginnings[phrase[0]].add(row["concept"])
            else:
                words[phrase].add(row["concept"])
    patterns = []
    for row in _rows("kinds.csv"):
        for text in row["patterns"].split("|"):
            parts = text.split()
            wanted = tuple(part for part in parts if not part.startswith("-"))
            without = frozenset(part[1:] for part in parts if part.startswith("-"))
            unknown = ({*wanted} | without) - meanings
            if unknown:
                raise ValueError(f"data/kinds.csv, {row['kind']}: no such meaning: {', '.join(sorted(unknown))}")
            patterns.append(_Pattern(row["kind"], wanted, without))
    return _Known(
        {p: frozenset(m) for p, m in words.items()}, {b: frozenset(m) for b, m in beginnings.items()},
        max(map(len, words)), tuple(patterns),
    )  # fmt: skip


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
