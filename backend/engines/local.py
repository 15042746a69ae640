"""A transformers model that stays resident in a process of its own (backend.engines.batcher), shared by all students."""

import logging
import time
from collections.abc import Generator, Mapping, Sequence
from itertools import count
from queue import Empty, SimpleQueue
from threading import Event, Lock
from typing import Any

from backend.engines.base import EngineError, Message, State
from backend.engines.child import Child
from backend.engines.worker import BEAT_S, SILENCE_S

MOST_AT_ONCE = 64
"""Answers asked for and not ended; the process itself calls the model busy long before."""
MOST_STARTS, CALM_S = 3, 600.0
"""So many new starts after a crash or hang; the count begins anew after so many seconds without one."""
LOADING, CLOSED = "The language model is loading.", "The language model was closed."
STOPPED, BUSY = "The language model stopped with an error.", "The language model is busy with other questions."
Piece = tuple[str, bool] | EngineError

log = logging.getLogger(__name__)


class LocalEngine:
    """Writes with a model in memory, on cuda where there is one, for many callers at once (as an Engine)."""

    def __init__(
        self, name: str, source: Mapping[str, str], languages: frozenset[str], *, silence_s: float = SILENCE_S
    ) -> None:
        """Begin to load `source` (as backend.engines.batcher.main takes it); a failure only sets `state`. A process that
        has something to write and says nothing for `silence_s` seconds is ended and started anew."""
        self.name, self.languages = name, languages
        self.state: State = "loading"
        self.detail = LOADING
        self._source, self._silence_s = dict(source), silence_s
        self._lock = Lock()
        self._ids = count(1)
        self._answers: dict[str, SimpleQueue[Piece]] = {}
        self._counts: SimpleQueue[int] = SimpleQueue()
        self._starts, self._last_start = 0, 0.0
        self._settled = Event()
        with self._lock:  # a process that ends at once waits for this
            self._child = Child(self._source, self._take, self._ended)

    def wait(self, timeout_s: float | None = None) -> State:
        """Wait until loading ended, at most `timeout_s` seconds; the state then."""
        self._settled.wait(timeout_s)
        return self.state

    @property
    def process_id(self) -> int:
        """Of the process in which the model is now."""
        return self._child.pid

    def tokens_written(self) -> int:
        """How many tokens the model has written since it was loaded. Raises EngineError where it does not answer."""
        self._child.send({"count": True})
        try:
            return self._counts.get(timeout=self._silence_s)
        except Empty:
            raise EngineError("The language model does not answer.") from None

    def stream(
        self, messages: Sequence[Message], *, max_new_tokens: int, deadline_s: float
    ) -> Generator[str, None, None]:
        """Pieces of the answer, an empty one first. `deadline_s` counts from the first step.

        Raises EngineError: not ready, busy (at once, if the first word is expected later than in three seconds), too
        long, out of memory, crashed, or silent for too long.
        """
        yield ""
        until = time.monotonic() + deadline_s
        answer: SimpleQueue[Piece] = SimpleQueue()
        with self._lock:
            if self.state != "ready":
                raise EngineError(self.detail)
            if len(self._answers) >= MOST_AT_ONCE:
                raise EngineError(BUSY, "busy")
            child, answer_id = self._child, str(next(self._ids))
            self._answers[answer_id] = answer
        child.send({"id": answer_id, "messages": list(messages), "max_new_tokens": max_new_tokens})
        try:
            yield from self._pieces(child, answer, until)
        finally:
            with self._lock:
                unfinished = self._answers.pop(answer_id, None) is not None
            if unfinished:
                child.send({"cancel": answer_id})

    def close(self) -> None:
        """Let the model go and end all answers."""
        with self._lock:
            self.state, self.detail = "off", CLOSED
            child = self._child
        child.kill()
        self._settled.set()

    def _pieces(self, child: Child, answer: SimpleQueue[Piece], until: float) -> Generator[str, None, None]:
        begun = time.monotonic()
        while (now := time.monotonic()) < until:
            try:
                piece = answer.get(timeout=min(BEAT_S, until - now))
            except Empty:
                if time.monotonic() - max(begun, child.heard) > self._silence_s:
                    log.warning("%s said nothing for %.0f s", self.name, self._silence_s)
                    child.kill()
                    raise EngineError("The language model hung and is started anew.") from None
                yield ""
                continue
            if isinstance(piece, EngineError):
                raise piece
            text, ended = piece
            yield text
            if ended:
                return

    def _take(self, line: dict[str, Any]) -> None:
        """A line of the process (in its thread). Raises KeyError, TypeError or ValueError for one that is none."""
        if "step" in line:
            for answer_id, text, ended in line["step"]:
                self._put(answer_id, (text, ended), ended=ended)
        elif "error" in line:
            self._put(line["id"], EngineError(line["error"], line["reason"]), ended=True)
        elif "count" in line:
            self._counts.put(line["count"])
        elif "failed" in line:
            self._settle("failed", line["failed"])
        else:
            log.info("%s ready in %.1f s", self.name, line["ready"])
            self._settle("ready", "")

    def _put(self, answer_id: str, piece: Piece, *, ended: bool) -> None:
        with self._lock:
            answer = self._answers.pop(answer_id, None) if ended else self._answers.get(answer_id)
        if answer is not None:  # else its reader has left
            answer.put(piece)

    def _settle(self, state: State, detail: str) -> None:
        with self._lock:
            if self.state == "off":
                return
            self.state, self.detail = state, detail
        self._settled.set()

    def _ended(self, code: int) -> None:
        """The process has ended (in its thread): end all answers, then start anew or give up."""
        with self._lock:
            sentence = CLOSED if self.state == "off" else STOPPED
            answers, self._answers = list(self._answers.values()), {}
            if self.state in ("loading", "ready"):
                self._start_anew(code)
        for answer in answers:
            answer.put(EngineError(sentence))

    def _start_anew(self, code: int) -> None:
        now = time.monotonic()
        self._starts = self._starts + 1 if now - self._last_start < CALM_S else 1
        self._last_start = now
        if self._starts > MOST_STARTS:
            self.state, self.detail = "failed", "The language model stopped again and again."
            log.error("%s stopped (%d), too often: given up", self.name, code)
            self._settled.set()
            return
        log.warning("%s stopped (%d): started anew", self.name, code)
        self.state, self.detail = "loading", LOADING
        self._settled.clear()
        self._child = Child(self._source, self._take, self._ended)
