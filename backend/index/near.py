"""Near misses among all rows: those that break one rule only, and that narrowly (backend.near_misses)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.index.columns import Column
from backend.near_misses import NEAR_RULES, Gap, gap
from backend.profile import Profile

MOST = 3
"""Groups that are told of at a time."""
_TABLES = 128
"""How many judged tables are kept; one is a few kilobytes."""


@dataclass(frozen=True)
class NearRows:
    """Rows that are missed by the same rule and limit."""

    rule: str
    gap: Gap
    rows: NDArray[np.intp]


class NearGroups:
    """Groups near misses; safe to share between threads."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._columns = columns
        self._table = lru_cache(maxsize=_TABLES)(self._judged)

    def of(self, failed_once: NDArray[np.bool_], profile: Profile) -> list[NearRows]:
        """The groups among rows that break one rule, the narrowest first."""
        rows = np.flatnonzero(failed_once)
        found: list[tuple[Gap, str, NDArray[Any], int]] = []
        for place, rule in enumerate(NEAR_RULES):
            known = rule.known(profile)
            if known is not None:
                gaps, table = self._table(place, known)
                labels = table[self._columns[rule.name].codes[rows]]
                there = np.flatnonzero(np.bincount(labels, minlength=1)[1:]).tolist()
                for number in sorted(there, key=lambda n: gaps[n].size)[:MOST]:
                    found.append((gaps[number], rule.name, labels, number + 1))
        nearest = sorted(found, key=lambda group: group[0].size)[:MOST]
        return [NearRows(rule, how_far, rows[labels == label]) for how_far, rule, labels, label in nearest]

    def _judged(self, place: int, known: tuple[Any, ...]) -> tuple[list[Gap], NDArray[np.uint16]]:
        """The gaps of a rule for a student, and for each distinct value the place of its gap, from 1 (0: none)."""
        rule = NEAR_RULES[place]
        profile = rule.student(known)
        gaps: dict[Gap, int] = {}

        def label(record: Any) -> int:
            found = gap(rule, record, profile)
            return gaps.setdefault(found, len(gaps) + 1) if found else 0

        table = self._columns[rule.name].table(label, np.uint16)
        return list(gaps), table
