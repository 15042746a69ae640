"""The catalogue and its index on disk: built once, opened again while the data did not change.

A folder holds the records as JSON end to end, where each begins, and the index's arrays. Its name is a digest of the data
and of everything else that the index is made from, so that a change of any of them makes a new one.
"""

import hashlib
import logging
import mmap
import shutil
import tempfile
import time
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, overload

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from backend import catalogue, lexicon, ranking, text
from backend.catalogue import Catalogue, Scholarship, Source, csv_source, records
from backend.index import columns, index, words
from backend.index.index import Arrays, Index, build_index, load_index, save_index

log = logging.getLogger(__name__)
_CODE = tuple(Path(str(module.__file__)) for module in (text, lexicon, words, columns, index, catalogue, ranking))
"""What decides how an index looks, besides the data."""
CATALOGUE_FILE = "scholarships.csv"
_UNFINISHED = "unfinished-"
_OTHERS_KEPT_S = 3600
_KEPT = 4096
"""Records that stay in memory once read."""
_RECORD = TypeAdapter(Scholarship)


class Records(Sequence[Scholarship]):
    """The records in file order, read from disk as they are needed."""

    def __init__(self, folder: Path) -> None:
        self._starts: NDArray[np.int64] = np.load(folder / "records-starts.npy", mmap_mode="r")
        with (folder / "records.json").open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._read = lru_cache(maxsize=_KEPT)(self._parsed)

    def _parsed(self, row: int) -> Scholarship:
        return _RECORD.validate_json(self._lines[self._starts[row] : self._starts[row + 1]])

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, row: int) -> Scholarship: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Scholarship]: ...
    def __getitem__(self, row: int | slice) -> Scholarship | Sequence[Scholarship]:
        if isinstance(row, slice):
            return [self._read(i) for i in range(*row.indices(len(self)))]
        if not -len(self) <= row < len(self):
            raise IndexError(row)
        return self._read(row % len(self))


class ById(Mapping[str, Scholarship]):
    """The records by id: ids are found by a hash of 64 bits, then compared."""

    def __init__(self, stored: Records, folder: Path) -> None:
        self._records = stored
        self._hashes: NDArray[np.uint64] = np.load(folder / "ids-hashes.npy", mmap_mode="r")
        self._rows: NDArray[np.uint32] = np.load(folder / "ids-rows.npy", mmap_mode="r")

    def __getitem__(self, key: str) -> Scholarship:
        wanted = np.uint64(_hash(key))
        for place in range(int(np.searchsorted(self._hashes, wanted)), len(self._hashes)):
            if self._hashes[place] != wanted:
                break
            record = self._records[int(self._rows[place])]
            if record.id == key:
                return record
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (record.id for record in self._records)

    def __len__(self) -> int:
        return len(self._records)


def open_catalogue(path: Path, folder: Path) -> tuple[Catalogue, Index]:
    """The catalogue of a CSV file with its index, kept under `folder`. Raises CatalogueError as csv_source and records
    do."""
    return open_source(csv_source(path), folder)


def open_source(source: Source, folder: Path) -> tuple[Catalogue, Index]:
    """The same for any source of records."""
    place = folder / _name(source)
    if not place.is_dir():
        log.info("Building the index of %s.", source.name)
        _build(source, place)
        _remove_others(place)
    stored = Records(place)
    return Catalogue(stored, ById(stored, place), source.version), load_index(place, stored)


def _name(source: Source) -> str:
    digest = hashlib.sha256(source.digest.encode())
    for file in sorted((*lexicon.DATA.glob("*.csv"), *_CODE)):
        if file.name != CATALOGUE_FILE:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:24]


def _build(source: Source, place: Path) -> None:
    """Write everything beside its place, then move it there at once: a half-written folder is never opened."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=_UNFINISHED) as name:
        whole = Path(name) / "whole"
        whole.mkdir()
        with (whole / "records.json").open("wb") as file:
            writer = _Writer(file)
            arrays, vocabulary = build_index(map(writer.write, records(source)))
        save_index(whole, {**arrays, **writer.arrays()}, vocabulary)
        try:
            whole.rename(place)
        except OSError:
            if not place.is_dir():  # else another process was quicker with the same content
                raise


def _remove_others(place: Path) -> None:
    """Indexes of other data and unfinished ones; a process that still has one open keeps it until it ends."""
    for other in place.parent.iterdir():
        if other != place and other.is_dir() and time.time() - other.stat().st_mtime > _OTHERS_KEPT_S:
            shutil.rmtree(other, ignore_errors=True)


class _Writer:
    """Writes records as lines and remembers where each begins."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._starts, self._hashes = array("q", [0]), array("Q")

    def write(self, record: Scholarship) -> Scholarship:
        """Write one record and hand it on."""
        line = _RECORD.dump_json(record)
        self._file.write(line)
        self._starts.append(self._starts[-1] + len(line))
        self._hashes.append(_hash(record.id))
        return record

    def arrays(self) -> Arrays:
        """What Records and ById read."""
        hashes = np.array(self._hashes, np.uint64)
        order = np.argsort(hashes)
        return {
            "records-starts": np.array(self._starts, np.int64), "ids-hashes": hashes[order],
            "ids-rows": order.astype(np.uint32),
        }  # fmt: skip


def _hash(scholarship_id: str) -> int:
    return int.from_bytes(hashlib.blake2b(scholarship_id.encode(), digest_size=8).digest(), "little")
