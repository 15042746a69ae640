"""Names of the catalogue's values, and of papers and steps, in the languages of the answers (data/vocabulary.csv,
data/glossary.csv, data/states.csv, data/countries.csv)."""

import csv
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

HINDI = "hi"
DATA = Path(__file__).resolve().parent.parent / "data"


def name_of(kind: str, value: str, language: str) -> str:
    """A value of a vocabulary for people, in en, hi or hinglish; `kind` is level, field, gender, group, period, state or
    country. States and countries have no other name in Roman Hindi; a value without a name stands for itself."""
    names = _names().get((kind, value))
    return names.get(language, value) if names else value


def names(kind: str, language: str) -> dict[str, str]:
    """Every value of a vocabulary with its name, in the order of its file."""
    return {value: words[language] for (its, value), words in _names().items() if its == kind}


def worded(text: str, language: str) -> str:
    """A short English item of a record (a paper, a step) as it is read: in Hindi with the Hindi words for the things in it
    before its own words, so that nothing of it is lost; without any known word, and in other languages, the item alone."""
    if language != HINDI:
        return text
    words = dict.fromkeys(_glossary()[found[0].lower()] for found in _glossary_pattern().finditer(text))
    return f"{', '.join(words)} ({text})" if words else text


@lru_cache(maxsize=1)
def _names() -> Mapping[tuple[str, str], Mapping[str, str]]:
    names = {
        (row["kind"], row["value"]): {k: row[k] for k in ("en", "hi", "hinglish")} for row in _rows("vocabulary.csv")
    }
    for kind, file, key in (("state", "states.csv", "name"), ("country", "countries.csv", "code")):
        for row in _rows(file):
            names[kind, row[key]] = {"en": row["name"], "hi": row["name_hi"], "hinglish": row["name"]}
    return names


@lru_cache(maxsize=1)
def _glossary() -> Mapping[str, str]:
    return {row["phrase"]: row["hi"] for row in _rows("glossary.csv")}


@lru_cache(maxsize=1)
def _glossary_pattern() -> re.Pattern[str]:
    phrases = sorted(_glossary(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
