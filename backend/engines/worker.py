"""Work that writes text in its own thread, read as a generator that never blocks for long."""

import logging
import time
from collections.abc import Callable, Generator
from queue import Empty, SimpleQueue
from threading import Thread

from backend.engines.base import EngineError

SILENCE_S = 10.0  # a model that writes nothing for so long hangs; less than an answer may take in all
BEAT_S = 0.25  # how often a waiting reader gets an empty piece, and so a chance to close

log = logging.getLogger(__name__)


def pieces_of(
    work: Callable[[Callable[[str], None]], None],
    cancel: Callable[[], None],
    *,
    until: float,
    silence_s: float = SILENCE_S,
) -> Generator[str, None, None]:
    """Run `work(put)` in a thread and yield what it puts, with empty pieces while it is silent.

    `until` is a time of `time.monotonic()`, at which the generator ends; `silence_s` is in seconds. `cancel` is called
    once, however the generator ends, and must make `work` end soon. Raises EngineError when `work` fails or hangs.
    """
    queue: SimpleQueue[str | EngineError | None] = SimpleQueue()

    def run() -> None:
        try:
            work(queue.put)
        except EngineError as error:
            queue.put(error)
        except Exception as error:  # the border of a thread: whatever a model library raises goes to the reader
            log.exception("generation failed")
            queue.put(EngineError(f"The language model stopped with an error ({type(error).__name__})."))
        finally:
            queue.put(None)

    Thread(target=run, name="generation", daemon=True).start()
    try:
        heard = time.monotonic()
        while (now := time.monotonic()) < until:
            try:
                piece = queue.get(timeout=min(BEAT_S, until - now))
            except Empty:
                if time.monotonic() - heard > silence_s:
                    raise EngineError(f"The language model wrote nothing for {silence_s:.0f} seconds.") from None
                yield ""
                continue
            if piece is None:
                return
            if isinstance(piece, EngineError):
                raise piece
            heard = time.monotonic()
            yield piece
    finally:
        cancel()
