"""The catalogue and its index on disk: built once, opened again while the data did not change.

A folder holds the records as JSON end to end, where each begins, and the index's arrays. Its name is a digest of the data
and of everything else that the index is made from, so that a change of any of them makes a new one.
"""

import gc
import hashlib
import logging
import os
import shutil
import tempfile
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, overload

import numpy as np
import orjson
from numpy.typing import NDArray
from pydantic import TypeAdapter

from backend import catalogue, lexicon, ranking, text
from backend.catalogue import Catalogue, Scholarship, Source, csv_part, csv_source, records
from backend.errors import CatalogueError
from backend.index import columns, index, words
from backend.index.index import Arrays, Index, IndexBuilder, load_index, save_index

log = logging.getLogger(__name__)
_CODE = tuple(Path(str(module.__file__)) for module in (text, lexicon, words, columns, index, catalogue, ranking))
"""What decides how an index looks, besides the data."""
CATALOGUE_FILE = "scholarships.csv"
_UNFINISHED = "unfinished-"
_OTHERS_KEPT_S = 3600
_RECORDS, _CHUNK = "records.json", "records-{}.json"
_LARGE, _CHUNK_ROWS = 32 * 1024 * 1024, 10_000
"""From this size in bytes on a file is read by several processes, each taking so many rows at a time."""
_KEPT = 4096
"""Records that stay in memory once read."""
_RECORD = TypeAdapter(Scholarship)


class Records(Sequence[Scholarship]):
    """The records in file order, read from disk as they are needed."""

    def __init__(self, folder: Path) -> None:
        self._starts: NDArray[np.int64] = np.load(folder / "records-starts.npy", mmap_mode="r")
        self._file = (folder / _RECORDS).open("rb")
        self._read = lru_cache(maxsize=_KEPT)(self._parsed)

    def _parsed(self, row: int) -> Scholarship:
        start, end = int(self._starts[row]), int(self._starts[row + 1])
        return _RECORD.validate_json(os.pread(self._file.fileno(), end - start, start))

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
        part = _in_parts(source, whole) or _write(records(source), whole / _RECORDS)
        arrays, vocabulary = part.index.finish()
        save_index(whole, {**arrays, **part.arrays()}, vocabulary)
        try:
            whole.rename(place)
        except OSError:
            if not place.is_dir():  # else another process was quicker with the same content
                raise


class _Part:
    """Rows that follow each other: how long each record is as JSON, the hash of its id, and their index."""

    def __init__(self) -> None:
        self.lengths, self.hashes = array("I"), array("Q")
        self.index = IndexBuilder()

    def add(self, record: Scholarship, file: BinaryIO) -> None:
        """Write the next record."""
        line = orjson.dumps(record)
        file.write(line)
        self.lengths.append(len(line))
        self.hashes.append(_hash(record.id))
        self.index.add(record)

    def join(self, following: "_Part") -> None:
        """The rows that come next."""
        self.lengths.extend(following.lengths)
        self.hashes.extend(following.hashes)
        self.index.join(following.index)

    def arrays(self) -> Arrays:
        """What Records and ById read."""
        hashes = np.array(self.hashes, np.uint64)
        order = np.argsort(hashes)
        starts = np.concatenate(([0], np.cumsum(np.array(self.lengths, np.int64))))
        return {"records-starts": starts, "ids-hashes": hashes[order], "ids-rows": order.astype(np.uint32)}


def _write(found: Iterable[Scholarship], path: Path) -> _Part:
    """Write records to a file and index them."""
    part = _Part()
    with path.open("wb") as file:
        for record in found:
            part.add(record, file)
    return part


def _in_parts(source: Source, folder: Path) -> _Part | None:
    """Read a large file by several processes; None where it is small, where no process can be started, or where it has
    mistakes: then one has to read all of it, to tell them in order."""
    if source.path is None or source.path.stat().st_size < _LARGE:
        return None
    workers = max(2, os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        futures = [pool.submit(_read_chunks, source.path, folder.parent, n, workers) for n in range(workers)]
        try:
            chunks = [future.result() for future in futures]
        except (CatalogueError, BrokenProcessPool):
            return None
    whole = _Part()
    with (folder / _RECORDS).open("wb") as file:
        for number in range(sum(map(len, chunks))):
            whole.join(chunks[number % workers][number // workers])
            path = folder.parent / _CHUNK.format(number)
            with path.open("rb") as chunk:
                shutil.copyfileobj(chunk, file)
            path.unlink()
    return whole if len(np.unique(np.array(whole.hashes, np.uint64))) == len(whole.hashes) else None


def _read_chunks(path: Path, folder: Path, worker: int, workers: int) -> list[_Part]:
    """Every chunk of rows that falls to one of the workers, its records written to a file of its own."""
    gc.disable()  # nothing here refers to itself, and there is much of it
    found = records(csv_part(path, _CHUNK_ROWS, worker, workers))
    parts: list[_Part] = []
    while chunk := list(islice(found, _CHUNK_ROWS)):
        parts.append(_write(chunk, folder / _CHUNK.format(worker + workers * len(parts))))
    return parts


def _remove_others(place: Path) -> None:
    """Indexes of other data and unfinished ones; a process that still has one open keeps it until it ends."""
    for other in place.parent.iterdir():
        if other != place and other.is_dir() and time.time() - other.stat().st_mtime > _OTHERS_KEPT_S:
            shutil.rmtree(other, ignore_errors=True)


def _hash(scholarship_id: str) -> int:
    return int.from_bytes(hashlib.blake2b(scholarship_id.encode(), digest_size=8).digest(), "little")
