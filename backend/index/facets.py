"""Facets: for each value, how many of the rows found a filter by that value would keep."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from backend.catalogue import ANY, ANY_COUNTRY
from backend.eligibility import is_open_to
from backend.index.columns import Column
from backend.lexicon import lexicon

Bits = NDArray[np.uint64]
_FACETS = {
    "category": ("category", "category"), "level": ("level", "levels"), "field": ("field", "fields"),
    "state": ("state", "states"), "country": ("studyIn", "study_in"), "providerType": ("providerType", "provider_type"),
}  # fmt: skip
"""Each facet's column and the fact of a record that it counts."""
_BLOCK = 1 << 15
"""Numbers of 64 rows that are counted at a time: few enough to stay in the processor's cache."""


class Facets:
    """A bit for every row and value that it names, and for every row that is free of such a rule."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._lines: dict[str, range] = {}
        self._values: list[str] = []
        self._free: dict[str, Bits] = {}
        matrix: list[Bits] = []
        for facet, (name, fact) in _FACETS.items():
            column = columns[name]
            named = [_list(getattr(sample, fact)) for sample in column.samples]
            values = sorted({v for listed in named for v in listed} - {ANY, ANY_COUNTRY})
            self._lines[facet] = range(len(self._values), len(self._values) + len(values))
            self._values += values
            matrix += [_packed_table(column, [value in listed for listed in named]) for value in values]
            self._free[facet] = _packed_table(
                column, [not listed or listed[0] in (ANY, ANY_COUNTRY) for listed in named]
            )
        self._matrix = np.stack(matrix)
        self._state_country = {v: lexicon().state_country.get(v) for v in self._of("state")}
        citizenship = columns["citizenship"]
        self._open_to = {
            country: _packed_table(citizenship, [is_open_to(sample, country) for sample in citizenship.samples])
            for country in set(self._state_country.values())
            if country
        }

    def counts(self, found: NDArray[np.bool_], citizenship_known: bool) -> dict[str, dict[str, int]]:
        """Counts over the rows found, the largest first; a value that none of them names is left out. A state means
        its country's citizens where no citizenship is known, as the filter by state does."""
        bits = packed(found)
        named = self._count(bits, slice(None))
        counts = {}
        for facet, lines in self._lines.items():
            free = int(np.bitwise_count(bits & self._free[facet]).sum())
            counts[facet] = {self._values[i]: named[i] + free for i in lines if named[i]}
        if not citizenship_known:
            counts["state"] = self._states_of_citizens(bits, counts["state"])
        return {facet: dict(sorted(c.items(), key=lambda item: -item[1])) for facet, c in counts.items()}

    def _of(self, facet: str) -> list[str]:
        lines = self._lines[facet]
        return self._values[lines.start : lines.stop]

    def _states_of_citizens(self, bits: Bits, counts: dict[str, int]) -> dict[str, int]:
        first, result = self._lines["state"].start, {}
        for country, open_to in self._open_to.items():
            states = [
                (i, s) for i, s in enumerate(self._of("state")) if self._state_country[s] == country and s in counts
            ]
            if states:
                theirs = bits & open_to
                free = int(np.bitwise_count(theirs & self._free["state"]).sum())
                numbers = self._count(theirs, [first + i for i, _ in states])
                result.update({s: n + free for (_, s), n in zip(states, numbers, strict=True) if n})
        return result

    def _count(self, bits: Bits, lines: slice | list[int]) -> list[int]:
        matrix, step = self._matrix[lines], max(1, _BLOCK // len(bits))
        parts = [
            np.bitwise_count(matrix[i : i + step] & bits).sum(axis=1, dtype=np.int64)
            for i in range(0, len(matrix), step)
        ]
        return np.concatenate(parts).tolist() if parts else []  # type: ignore[no-any-return]


def packed(rows: NDArray[np.bool_]) -> Bits:
    """A bit a row, 64 to a number; the rest of the last one is 0."""
    octets = np.packbits(rows, bitorder="little")
    return np.pad(octets, (0, -len(octets) % 8)).view(np.uint64)


def _packed_table(column: Column, table: list[bool]) -> Bits:
    return packed(column.rows(np.array(table, bool)))


def _list(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
