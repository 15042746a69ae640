"""Who may call how often: one count over all doors, by account for those signed in, else by client address.

The numbers stand in LIMITS. Counting is a moving window of the `limits` package, in memory or, for several replicas, in Redis
(REDIS_URL). Where Redis is out of reach each replica counts by itself until it is back, says so in the log and in /health
(docs/decisions/0012). The address is the one the server sees: the right-most hop that is no trusted proxy
(FORWARDED_ALLOW_IPS).
"""

import logging
import math
import time
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Literal

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from backend.errors import RateLimited

What = Literal["sign_in", "sign_up", "other_sign_in", "password", "forgot", "chat", "search", "lookup", "own", "report"]
By = Literal["account or address", "address", "account and address", "everybody"]
REDIS_AGAIN_S = 30.0
"""Redis that failed is not asked again for so long."""
REDIS_TIMEOUT_S = 2.0
IPV6_PREFIX = 64
"""What one household gets; its single addresses are free to change."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """So many calls in a time ("20/minute"), counted for each of `by`."""

    calls: str
    by: By = "account or address"


LIMITS: Mapping[What, Sequence[Limit]] = {
    "sign_in": (
        Limit("5/minute", "account and address"),
        Limit("20/minute", "address"),
        Limit("10/second", "everybody"),
    ),
    "sign_up": (Limit("5/hour", "address"), Limit("10/second", "everybody")),
    "other_sign_in": (Limit("20/minute", "address"), Limit("10/second", "everybody")),
    "password": (Limit("5/minute"), Limit("10/second", "everybody")),
    "forgot": (
        Limit("3/hour", "account and address"),
        Limit("10/day"),
        Limit("20/hour", "address"),
        Limit("10/second", "everybody"),
    ),
    "chat": (Limit("20/minute"), Limit("200/day")),
    "search": (Limit("60/minute"),),
    "lookup": (Limit("300/minute"),),
    "own": (Limit("120/minute"),),
    "report": (Limit("10/hour"),),
}
"""sign_in and sign_up as in row S28 of the checklist; other_sign_in: by Hugging Face; password: a change or deletion that asks for
it; forgot: a link by mail, counted by the address that was typed, known or not; search: what goes over all
records; lookup: single records and the first page of all; own: a student's account, chats and applications; report:
mistakes and thumbs."""
_SAID: Mapping[What, str] = {
    "chat": "many_chat", "sign_in": "many_sign_in", "other_sign_in": "many_sign_in", "forgot": "many_forgot",
    "sign_up": "many_sign_up", "password": "many_password", "report": "many_report",
}  # fmt: skip
"""What those above the limit are told, by the keys of backend.error_words; of all else that they asked a lot."""

_address: ContextVar[str] = ContextVar("client_address", default="")


def calling_from(address: str | None) -> None:
    """Say whose call the current thread or task serves from now on; each door does so before it calls an operation."""
    _address.set(_bucket(address or ""))


class Limits:
    """Counts calls and refuses those above the limits; shared by all doors and threads."""

    def __init__(self, redis_url: str | None = None, table: Mapping[What, Sequence[Limit]] | None = LIMITS) -> None:
        """`table` None counts nothing."""
        self._table: dict[What, list[tuple[RateLimitItem, By]]] = {
            what: [(parse(limit.calls), limit.by) for limit in limits] for what, limits in (table or {}).items()
        }
        self._memory = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_redis(redis_url)) if redis_url else None
        self._redis_failed = -math.inf

    @property
    def state(self) -> str:
        """off, memory, redis, or "memory (redis is out of reach)"."""
        if not self._table:
            return "off"
        if self._shared is None:
            return "memory"
        return "redis" if self._is_shared() else "memory (redis is out of reach)"

    def spend(self, what: What, account: str | None = None) -> None:
        """Count one call of an account (an id, or the e-mail that signs in), or of a guest; RateLimited above the limit."""
        for item, by in self._table.get(what, ()):
            key = _key(by, account, _address.get())
            if not self._hit(item, what, key):
                raise RateLimited(_SAID.get(what, "many_calls"), self._wait_s(item, what, key))

    def _hit(self, item: RateLimitItem, what: What, key: str) -> bool:
        if self._is_shared() and self._shared is not None:
            try:
                return self._shared.hit(item, what, key)
            except StorageError:
                self._give_up_redis()
        return self._memory.hit(item, what, key)

    def _wait_s(self, item: RateLimitItem, what: What, key: str) -> int:
        limiter = self._shared if self._is_shared() and self._shared is not None else self._memory
        try:
            reset = limiter.get_window_stats(item, what, key).reset_time
        except StorageError:
            self._give_up_redis()
            return item.get_expiry()
        return max(1, math.ceil(reset - time.time()))

    def _is_shared(self) -> bool:
        return self._shared is not None and time.monotonic() - self._redis_failed >= REDIS_AGAIN_S

    def _give_up_redis(self) -> None:
        self._redis_failed = time.monotonic()
        log.error(
            "Redis is out of reach: for %.0f s calls are counted in this process only", REDIS_AGAIN_S, exc_info=True
        )


def _redis(url: str) -> Storage:
    storage = storage_from_string(
        url, socket_timeout=REDIS_TIMEOUT_S, socket_connect_timeout=REDIS_TIMEOUT_S, wrap_exceptions=True
    )
    assert isinstance(storage, Storage)
    return storage


def _key(by: By, account: str | None, address: str) -> str:
    if by == "everybody":
        return by
    if by == "address":
        return address
    if by == "account and address":
        return f"{account} {address}"
    return account or address


def _bucket(address: str) -> str:
    """An address as it is counted: IPv6 by its /64, IPv4 in IPv6 as IPv4; what is no address as it is."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else str(ip_network((parsed, IPV6_PREFIX), strict=False))
