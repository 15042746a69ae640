"""What was worked out for a student's list, kept in memory for a quarter of an hour: the next look costs nothing.

Whoever asks has read the ids and revisions from the database, as the student that they are: a key cannot be guessed, and a
change makes a new one. Every quarter of an hour all is forgotten, for somewhere a new day has begun.
"""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime
from threading import Lock

FORGET_AFTER_S = 15 * 60
"""Time zones differ by quarters of an hour, so that no day begins within one."""
MOST_BYTES = 32 * 1024 * 1024


class Kept:
    """Bytes by key, as many as fit; safe to share between threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._free, self._quarter = most_bytes, most_bytes, 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, now: datetime) -> bytes | None:
        """What was kept under a key in this quarter of an hour, or None."""
        with self._lock:
            self._forget(now)
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: Hashable, value: bytes, now: datetime) -> None:
        """Keep a value; those not asked for longest make room."""
        with self._lock:
            self._forget(now)
            self._free += len(self._kept.pop(key, b"")) - len(value)
            self._kept[key] = value
            while self._free < 0:
                self._free += len(self._kept.popitem(last=False)[1])

    def _forget(self, now: datetime) -> None:
        quarter = int(now.timestamp()) // FORGET_AFTER_S
        if quarter != self._quarter:
            self._quarter, self._free = quarter, self._most
            self._kept.clear()
