"""The words that the reader knows, from data/lexicon.csv, data/states.csv, data/cities.csv and data/countries.csv."""

import csv
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from backend.text import sound, tokens, written

DATA = Path(__file__).resolve().parent.parent / "data"
Phrase = tuple[str, ...]
LONG, NOISE_SPELLING = 8, 0.92
SYNONYM_SPELLING = 0.85
"""How alike (Jaro-Winkler) a word must be spelt to a synonym that sounds the same."""
SHORTEST_VERB = 3
"""Letters of a verb's form that says nothing of a topic; shorter ones are listed one by one."""
LONG_STATE = 6
"""Letters from which on one wrong letter in a state's name is forgiven."""


@dataclass(frozen=True)
class Lexicon:
    """`phrases` maps tokens of a phrase to its (kind, value) meanings; the longest phrase wins when reading.

    `noise` (with the forms of Hindi's common verbs in both scripts) and `hinglish` are single words, `long_noise` those of them that are known when misspelt; `context` are the single words that say what a number is (income, class); `state_words` are the long single words that name a state; `state_country` gives the country code of a state's name, `spellings` the usual form of words typed short (skti).
    """

    phrases: Mapping[Phrase, tuple[tuple[str, str], ...]]
    longest: int
    noise: frozenset[str]
    hinglish: frozenset[str]
    long_noise: tuple[str, ...]
    context: frozenset[str]
    state_words: Mapping[str, str]
    state_country: Mapping[str, str]
    spellings: Mapping[str, str]
    country_names: Mapping[str, str]

    def state(self, text: str) -> str | None:
        """The official name of a state or province from a name, old name or abbreviation; None if not known."""
        meanings = self.phrases.get(tuple(tokens(text)), ())
        return next((value for kind, value in meanings if kind == "state"), None)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    phrases: dict[Phrase, tuple[tuple[str, str], ...]] = {}
    noise: set[str] = set()
    hinglish: set[str] = set()
    not_noise: set[str] = set()
    english: set[str] = set()
    single = {"noise": noise, "hinglish": hinglish, "not_noise": not_noise, "english": english}
    verbs: dict[str, dict[str, list[str]]] = defaultdict(dict)
    spellings: dict[str, str] = {}

    def add(text: str, kind: str, value: str) -> None:
        key = tuple(tokens(text))
        if key and (kind, value) not in phrases.get(key, ()):
            phrases[key] = (*phrases.get(key, ()), (kind, value))

    for row in _rows("lexicon.csv"):
        words = row["phrases"].split("|")
        if row["kind"] == "spelling":
            spellings.update(dict.fromkeys(words, row["value"]))
        elif row["kind"] in single:
            single[row["kind"]].update(t for w in words for t in tokens(w))
        elif row["kind"] in ("verb_stem", "verb_ending"):
            verbs[row["value"]][row["kind"]] = words
        else:
            for word in words:
                add(word, row["kind"], row["value"])
    long_noise = tuple(sorted(word for word in noise if len(word) >= LONG))
    forms = {s + e for part in verbs.values() for s in part["verb_stem"] for e in part["verb_ending"]}
    noise.update(form for form in forms if len(form) >= SHORTEST_VERB and form not in not_noise)
    hinglish.update(form for form in forms - english if len(form) > SHORTEST_VERB and form.isascii())
    states = _rows("states.csv")
    countries = _rows("countries.csv")
    for kind, rows, value in (
        ("state", states, "name"), ("city", _rows("cities.csv"), "state"), ("country", countries, "code"),
    ):  # fmt: skip
        for row in rows:
            for word in (row["name"], *filter(None, row["aliases"].split("|"))):
                add(word, kind, row[value])
    for row in countries:
        for word in filter(None, row["demonyms"].split("|")):
            add(word, "demonym", row["code"])
    return Lexicon(
        phrases,
        max(map(len, phrases)),
        frozenset(noise),
        frozenset(hinglish),
        long_noise,
        frozenset(p[0] for p, m in phrases.items() if len(p) == 1 and any(kind == "word" for kind, _ in m)),
        {p[0]: m[0][1] for p, m in phrases.items() if len(p) == 1 and m[0][0] == "state" and len(p[0]) >= LONG_STATE},
        {row["name"]: row["country"] for row in states},
        spellings,
        {row["code"]: row["name"] for row in countries},
    )


@lru_cache(maxsize=50_000)
def is_noise(word: str) -> bool:
    """Whether a token says nothing of a name or topic: a listed word, a misspelling of a long one, a sign, a year."""
    known = lexicon()
    if word in known.noise or word in known.hinglish or word in "%₹" or re.fullmatch(r"20\d\d", word):
        return True
    spelt = written(word)
    if len(spelt) < LONG:
        return False
    likest = process.extractOne(spelt, known.long_noise, scorer=JaroWinkler.similarity, score_cutoff=NOISE_SPELLING)
    return likest is not None


def canonical(words: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Words as names are compared: each phrase of data/synonyms.csv (translations, spelled-out acronyms), however it is
    spelt, under one word.

    Gives pairs of that word and the words it stands for, in order; the longest phrase wins.
    """
    if not any(map(_longest_from, words)):
        return [(word, (word,)) for word in words]
    found, i = [], 0
    while i < len(words):
        for size in range(min(_longest_from(words[i]), len(words) - i), 0, -1):
            phrase = tuple(words[i : i + size])
            word = _synonym(phrase)
            if word:
                found.append((word, phrase))
                i += size
                break
        else:
            found.append((words[i], (words[i],)))
            i += 1
    return found


@lru_cache(maxsize=50_000)
def _longest_from(word: str) -> int:
    """How many words the longest phrase has that begins with a word that sounds like this one; 0 where there is none."""
    return _synonyms()[1].get(sound(word), 0)


@lru_cache(maxsize=50_000)
def _synonym(phrase: Phrase) -> str | None:
    """The word that a phrase stands for: that of the known phrase which sounds the same and is spelt the likest."""
    candidates = _synonyms()[0].get(tuple(map(sound, phrase)), ())
    likest = max(((min(map(_spelling_likeness, phrase, known)), word) for word, known in candidates), default=(0.0, ""))
    return likest[1] if likest[0] >= SYNONYM_SPELLING else None


def _spelling_likeness(word: str, known: str) -> float:
    return JaroWinkler.similarity(written(word), written(known))


@lru_cache(maxsize=1)
def _synonyms() -> tuple[Mapping[Phrase, list[tuple[str, Phrase]]], Mapping[str, int]]:
    """The word and the phrase as it is written, by the phrase's sound; the words of the longest phrase, by the sound of
    its first."""
    known: dict[Phrase, list[tuple[str, Phrase]]] = defaultdict(list)
    longest: dict[str, int] = defaultdict(int)
    for row in _rows("synonyms.csv"):
        for phrase in row["phrases"].split("|"):
            sounds = tuple(map(sound, tokens(phrase)))
            known[sounds].append((row["word"], tuple(tokens(phrase))))
            longest[sounds[0]] = max(longest[sounds[0]], len(sounds))
    return known, dict(longest)


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    """Ordinary words of the three languages, from data/plain_words.csv: alone they are nobody's name."""
    return frozenset(word for row in _rows("plain_words.csv") for word in tokens(row["words"]))


@lru_cache(maxsize=1)
def aliases() -> Mapping[str, tuple[str, ...]]:
    """Other names of records (acronyms, old and popular names, other scripts), by id, from data/aliases.csv."""
    return {row["id"]: tuple(row["alias"].split("|")) for row in _rows("aliases.csv")}


@lru_cache(maxsize=1)
def portals() -> Mapping[str, str]:
    """What students call a portal, by the host of its address, from data/portals.csv."""
    return {row["host"]: row["names"] for row in _rows("portals.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
