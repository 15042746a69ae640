"""Replies that are the same for every visitor for a while, kept as bytes: a search costs no work the second time."""

from collections import OrderedDict
from threading import Lock

MOST_BYTES = 16 * 1024 * 1024


class Replies:
    """The latest replies by key, as many as fit into `most_bytes`; safe to share between threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[object, bytes] = OrderedDict()
        self._free = most_bytes
        self._lock = Lock()

    def get(self, key: object) -> bytes | None:
        """The reply kept under a key, or None."""
        with self._lock:
            reply = self._kept.get(key)
            if reply is not None:
                self._kept.move_to_end(key)
            return reply

    def keep(self, key: object, reply: bytes) -> None:
        """Keep a reply; those that were not asked for longest make room."""
        with self._lock:
            self._free += len(self._kept.pop(key, b"")) - len(reply)
            self._kept[key] = reply
            while self._free < 0:
                self._free += len(self._kept.popitem(last=False)[1])
