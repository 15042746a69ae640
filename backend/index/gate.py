"""The hard rules over all rows at once: the verdicts of backend.eligibility, judged once for each distinct value."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.eligibility import RULES
from backend.index.columns import Column
from backend.profile import Profile
from backend.ranking import FIT_WHOLE, fit_points

_FAILED, _UNKNOWN = 1 << 20, 1 << 10
"""Of one number a row: how many rules failed (from bit 20), how many are unknown (from bit 10), fit in tenths of points."""
_TABLES = 128
"""How many judged tables are kept; one is a few kilobytes."""


@dataclass(frozen=True)
class Verdicts:
    """For every row: how many rules failed, whether any is unknown, and how narrowly it is meant for the student (0 to 1)."""

    sums: NDArray[np.int32]

    @property
    def passed(self) -> NDArray[np.bool_]:
        """No known value breaks a stated rule."""
        return self.sums < _FAILED

    @property
    def eligible(self) -> NDArray[np.bool_]:
        """Every stated rule is satisfied."""
        return self.sums < _UNKNOWN

    @property
    def failed_once(self) -> NDArray[np.bool_]:
        """Exactly one rule is broken."""
        return (self.sums >> 20) == 1

    @property
    def fit(self) -> NDArray[np.float32]:
        """0 to 1; see backend.ranking."""
        return np.minimum(np.float32(1), (self.sums & (_UNKNOWN - 1)).astype(np.float32) / np.float32(FIT_WHOLE * 10))


class Gate:
    """Judges profiles; safe to share between threads."""

    def __init__(self, columns: Mapping[str, Column], rows: int) -> None:
        self._columns = columns
        self._rows = rows
        blank = Profile()
        self._stated = np.zeros(rows, np.uint16)
        for place, rule in enumerate(RULES):
            column = columns[rule.name]
            stated = column.table(lambda r, rule=rule: rule.judge(r, blank) is not None, np.uint16)  # type: ignore[misc]
            self._stated |= column.rows(stated << np.uint16(place))
        self._table = lru_cache(maxsize=_TABLES)(self._judged)

    def verdicts(self, profile: Profile) -> Verdicts:
        """The verdicts on all rows."""
        sums, unasked = np.zeros(self._rows, np.int32), 0
        spread = np.empty(self._rows, np.int32)
        for place, rule in enumerate(RULES):
            known = rule.known(profile)
            if known is None:
                unasked |= 1 << place
            else:
                sums += np.take(self._table(place, known), self._columns[rule.name].codes, mode="clip", out=spread)
        sums += ((self._stated & np.uint16(unasked)) != 0) * np.int32(_UNKNOWN)
        return Verdicts(sums)

    def _judged(self, place: int, known: tuple[Any, ...]) -> NDArray[np.int32]:
        rule = RULES[place]
        profile = rule.student(known)
        marks = {True: 0, None: _UNKNOWN, False: _FAILED}
        return self._columns[rule.name].table(
            lambda r: marks[rule.holds(r, profile)] + round(10 * fit_points(rule.name, r, profile)), np.int32
        )
