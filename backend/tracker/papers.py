"""Kinds of documents and steps that requirements name, with the time that each usually takes (data/documents.csv).

The times are usual ones, never promises: states' Right to Public Services Acts set different ones. `source` is the page that
names the time, or says that it is a usual value of ours.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

FILE = Path(__file__).resolve().parents[2] / "data" / "documents.csv"
OURS = "usual value of ours"
Kind = Literal["paper", "work", "step"]


@dataclass(frozen=True)
class Document:
    """A kind of document (paper), own writing (work) or step of an application; `lead_days` None: no usual time."""

    id: str
    kind: Kind
    name: str
    name_hi: str
    words: tuple[str, ...]
    lead_days: int | None
    source: str
    note: str
    note_hi: str


@lru_cache(maxsize=1)
def documents() -> Mapping[str, Document]:
    """All kinds, by id."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["document"]: Document(
                row["document"], row["type"], row["name"], row["name_hi"], tuple(row["words"].split("|")),  # type: ignore[arg-type]
                int(row["lead_days"]) if row["lead_days"] else None, row["source"], row["note"], row["note_hi"],
            )
            for row in csv.DictReader(file)
        }  # fmt: skip


@lru_cache(maxsize=8192)
def recognised(text: str) -> Document | None:
    """The kind that a requirement's text names: the one whose words stand first in it; of words that start at the same
    place the longest ("bank account linked to Aadhaar" before "bank account"). None where no words of any kind do."""
    found = _pattern().search(text)
    return documents()[_words()[found[0].casefold()]] if found else None


def document_of(text: str) -> str:
    """What makes two items of different applications the same document: the kind, else the text itself."""
    kind = recognised(text)
    return kind.id if kind else " ".join(text.casefold().split())


def usual_days(text: str) -> int | None:
    """How many days the item usually takes, where its kind is known."""
    kind = recognised(text)
    return kind.lead_days if kind else None


@lru_cache(maxsize=1)
def _words() -> Mapping[str, str]:
    return {word.casefold(): d.id for d in documents().values() for word in d.words}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = sorted(_words(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
