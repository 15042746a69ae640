"""A thread's text as a generator: order, errors, silence, deadline, cancelling."""

import threading
import time
from collections.abc import Callable

import pytest

from backend.engines import EngineError
from backend.engines.worker import pieces_of

Put = Callable[[str], None]


def later(seconds: float) -> float:
    return time.monotonic() + seconds


def test_pieces_come_in_order_and_cancel_is_called() -> None:
    cancelled = threading.Event()

    def work(put: Put) -> None:
        for piece in "abc":
            put(piece)

    assert "".join(pieces_of(work, cancelled.set, until=later(5))) == "abc"
    assert cancelled.is_set()


def test_pieces_before_an_error_are_kept() -> None:
    def work(put: Put) -> None:
        put("a")
        raise ValueError("inner")

    stream = pieces_of(work, lambda: None, until=later(5))
    assert next(stream) == "a"
    with pytest.raises(EngineError, match="ValueError") as caught:
        next(stream)
    assert "inner" not in str(caught.value)


def test_silence_is_a_hang() -> None:
    cancelled = threading.Event()
    began = time.monotonic()
    with pytest.raises(EngineError, match="wrote nothing"):
        list(pieces_of(lambda _: cancelled.wait(5) and None, cancelled.set, until=later(20), silence_s=0.6))
    assert time.monotonic() - began < 2
    assert cancelled.is_set()


def test_a_silent_worker_can_be_left_at_once_and_has_a_deadline() -> None:
    cancelled = threading.Event()
    stream = pieces_of(lambda _: cancelled.wait(5) and None, cancelled.set, until=later(20))
    assert next(stream) == ""
    stream.close()
    assert cancelled.is_set()

    cancelled.clear()
    began = time.monotonic()
    assert "".join(pieces_of(lambda _: cancelled.wait(5) and None, cancelled.set, until=later(0.6))) == ""
    assert 0.5 < time.monotonic() - began < 1.5
