"""The whole index: built from the records in one pass, saved as arrays, opened again without reading them anew."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import orjson
from numpy.typing import NDArray

from backend.catalogue import Scholarship
from backend.index.columns import COLUMNS, Column, ColumnBuilder, open_column
from backend.index.words import COMMON, Forms, Postings, Vocabulary, WordsBuilder
from backend.lexicon import aliases, is_noise, lexicon, portals
from backend.ranking import yearly_rupees
from backend.text import tokens

_VOCABULARY = "vocabulary.json"
_JOINING = frozenset("of for and the to in on at a an with by cum from under s".split())
"""Words that give no letter to initials."""
_SHORT_LABEL = 3
"""Labels of a host with so many letters or fewer (www, gov, com) name nobody."""
Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Index:
    """Everything that search reads of a catalogue; row numbers are places in it.

    `values` are rupees a year, roughly, for order only (0: not stated).
    """

    columns: dict[str, Column]
    vocabulary: Vocabulary
    in_name: Postings
    in_text: Postings
    forms: Forms
    values: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.values)


class IndexBuilder:
    """Takes the records one by one; builders over rows that follow each other can be joined."""

    def __init__(self) -> None:
        self._columns = {name: ColumnBuilder(facts) for name, facts in COLUMNS.items()}
        self._words, self._values = WordsBuilder(), array("f")

    def add(self, record: Scholarship) -> None:
        """The next row."""
        for column in self._columns.values():
            column.add(record)
        names = [*names_of(record), *map(tokens, aliases().get(record.id, ()))]
        self._words.add(names, giver_of(record.provider, record.application_url), tokens(searched_text(record)))
        self._values.append(yearly_rupees(record))

    def join(self, following: "IndexBuilder") -> None:
        """The rows of a builder that come next."""
        for name, column in self._columns.items():
            column.join(following._columns[name])
        self._words.join(following._words)
        self._values.extend(following._values)

    def finish(self) -> tuple[Arrays, Vocabulary]:
        """What `save_index` and `open_index` take."""
        vocabulary, in_name, in_text, forms = self._words.finish()
        arrays: Arrays = {
            "values": np.array(self._values, np.float32), "counts": vocabulary.counts,
            "name-starts": in_name.starts, "name-rows": in_name.rows, "text-starts": in_text.starts,
            "text-rows": in_text.rows, "form-rows": forms.row_starts, "form-starts": forms.starts,
            "form-words": forms.words,
        }  # fmt: skip
        for name, column in self._columns.items():
            arrays[f"column-{name}"], arrays[f"first-{name}"] = column.arrays()
        return arrays, vocabulary


def index_of(records: Sequence[Scholarship]) -> Index:
    """An index in memory."""
    builder = IndexBuilder()
    for record in records:
        builder.add(record)
    return open_index(*builder.finish(), records)


def save_index(folder: Path, arrays: Arrays, vocabulary: Vocabulary) -> None:
    """Write what IndexBuilder gives into a folder."""
    for name, values in arrays.items():
        np.save(folder / f"{name}.npy", values)
    (folder / _VOCABULARY).write_bytes(orjson.dumps([vocabulary.spellings, vocabulary.sounds, vocabulary.consonants]))


def load_index(folder: Path, records: Sequence[Scholarship]) -> Index:
    """Open a saved index; its large arrays stay on disk and are read as they are needed."""
    names = [path.stem for path in folder.glob("*.npy")]
    arrays = {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in names}
    spellings, sounds, skeletons = map(tuple, orjson.loads((folder / _VOCABULARY).read_bytes()))
    vocabulary = Vocabulary(spellings, sounds, skeletons, arrays["counts"], len(arrays["values"]))
    return open_index(arrays, vocabulary, records)


def open_index(arrays: Arrays, vocabulary: Vocabulary, records: Sequence[Scholarship]) -> Index:
    """An index from its arrays and the records that they were built from."""
    columns = {name: open_column(name, arrays[f"column-{name}"], arrays[f"first-{name}"], records) for name in COLUMNS}
    return Index(
        columns, vocabulary, Postings(arrays["name-starts"], arrays["name-rows"]),
        Postings(arrays["text-starts"], arrays["text-rows"]),
        Forms(arrays["form-rows"], arrays["form-starts"], arrays["form-words"]), arrays["values"],
    )  # fmt: skip


def names_of(r: Scholarship) -> list[list[str]]:
    """The words of each name that a record goes by: its name, its id, and the name's initials."""
    words = tokens(r.name)
    return [words, r.id.split("-"), *([a] for a in initials(words))]


@lru_cache(maxsize=4096)
def giver_of(provider: str, url: str) -> list[str]:
    """Words for who gives an award and where: the provider with its initials, the site's host, the portal's names."""
    words, host = tokens(provider), urlsplit(url).hostname or ""
    labels = [label for label in re.split(r"[.-]", host) if len(label) > _SHORT_LABEL]
    return [*words, *initials(words), *tokens(" ".join((*labels, portals().get(host, ""))))]


def initials(name: Sequence[str]) -> list[str]:
    """The initials of a name's words, with and without "scholarship", "scheme" and the like; three to eight letters, in
    capitals: only who types just them means them (Vocabulary.same)."""
    words = [w for w in name if w.isascii() and w.isalpha() and w not in _JOINING]
    short = [w for w in words if w not in COMMON]
    found = dict.fromkeys("".join(w[0] for w in each) for each in (words, short))
    return [a.upper() for a in found if 3 <= len(a) <= 8 and not is_noise(a) and (a,) not in lexicon().phrases]


def searched_text(r: Scholarship) -> str:
    """What words are searched in besides names and provider."""
    return " ".join(
        (r.category, r.provider_type, *r.states, *r.levels, *r.fields, *r.social_groups, r.description, *r.eligibility)
    )
