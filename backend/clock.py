"""Time comes from one injected function, so that tests and rules can choose the day."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the current moment as an aware UTC datetime."""


def system_clock() -> datetime:
    """The machine's clock, aware, in UTC."""
    return datetime.now(UTC)


def milliseconds(clock: Clock) -> int:
    """The clock's moment as the tables store it."""
    return int(clock().timestamp() * 1000)


def moment(stored: int) -> datetime:
    """A stored moment as an aware UTC datetime."""
    return datetime.fromtimestamp(stored / 1000, UTC)


def stored_moment(at: datetime) -> int:
    """An aware moment as the tables store it: milliseconds of UTC."""
    return round(at.timestamp() * 1000)
