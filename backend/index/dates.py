"""Deadline states of all rows at a moment: worked out for each distinct set of dates, once a day in each time zone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.deadlines import DeadlineState, deadline_state, local_day
from backend.index.columns import Column
from backend.ranking import OPENNESS

HOLD_S = 900
"""Nothing that depends on the clock changes within so many seconds: time zones differ by multiples of it."""


def stamp(now: datetime) -> int:
    """A number that stays the same while no answer changes by the clock."""
    seconds = int(now.timestamp())
    return seconds - seconds % HOLD_S


@dataclass(frozen=True)
class DatedRows:
    """The deadline states of a moment, one for each distinct set of dates; for each row its part of the rank, and a number
    that is the larger the sooner it closes."""

    states: tuple[DeadlineState, ...]
    openness: NDArray[np.float32]
    order: NDArray[np.int32]


class Dates:
    """Deadline states of the rows of one column; safe to share between threads."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._zones: dict[str, list[int]] = defaultdict(list)
        for code, sample in enumerate(column.samples):
            self._zones[sample.study_in[0]].append(code)
        self._kept: dict[str, tuple[date, tuple[DeadlineState, ...]]] = {}
        self._at = lru_cache(maxsize=2)(self._dated)

    def at(self, now: datetime) -> DatedRows:
        """The states at `now`."""
        return self._at(stamp(now))

    def rows(self, table: list[bool]) -> NDArray[Any]:
        """What holds of each distinct state, spread over all rows."""
        return self._column.rows(np.array(table, bool))

    def _dated(self, seconds: int) -> DatedRows:
        now, column = datetime.fromtimestamp(seconds, UTC), self._column
        states: dict[int, DeadlineState] = {}
        for zone, codes in self._zones.items():
            states.update(
                zip(codes, self._states_of_day(zone, local_day(column.samples[codes[0]], now), now), strict=True)
            )
        ordered = [states[code] for code in range(len(column.samples))]
        keys = [order_key(state) for state in ordered]
        place = {key: i for i, key in enumerate(sorted(set(keys), reverse=True))}
        openness = np.array([OPENNESS[state.state] for state in ordered], np.float32)
        order = np.array([place[key] for key in keys], np.int32)
        return DatedRows(tuple(ordered), column.rows(openness), column.rows(order))

    def _states_of_day(self, zone: str, day: date, now: datetime) -> tuple[DeadlineState, ...]:
        """The states of all sets of dates of one zone; kept while the day lasts there."""
        kept = self._kept.get(zone)
        if kept is None or kept[0] != day:
            samples = self._column.samples
            kept = day, tuple(deadline_state(samples[code], now) for code in self._zones[zone])
            self._kept[zone] = kept
        return kept[1]


def order_key(state: DeadlineState) -> tuple[int, str]:
    """Confirmed dates first, then expected months, then all others; soonest first, closed ones last."""
    if state.is_open and state.closes_on:
        return 0, state.closes_on.isoformat()
    order = {"expected_open": 1, "unconfirmed": 2, "rolling": 3, "closed": 4}[state.state]
    return order, state.next_expected or "9999"
