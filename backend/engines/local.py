"""A transformers model that stays in this process, loaded in the background."""

import logging
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from threading import BoundedSemaphore, Event, Thread
from typing import TYPE_CHECKING

from backend.engines.base import EngineError, Message, State
from backend.engines.sources import SourceError
from backend.engines.worker import BEAT_S, pieces_of

if TYPE_CHECKING:
    from backend.engines.generation import ChatModel

QUEUE_S = 3.0  # how long a caller waits for the model while another one uses it

log = logging.getLogger(__name__)


class LocalEngine:
    """Writes with a model in memory, on cuda where there is one, for one caller at a time (as an Engine)."""

    def __init__(self, name: str, source: Callable[[], Path], languages: frozenset[str]) -> None:
        """Start loading the folder that `source()` gives; both happen in a thread, and a failure only sets `state`."""
        self.name, self.languages = name, languages
        self.state: State = "loading"
        self.detail = "The language model is loading."
        self._source = source
        self._model: ChatModel | None = None
        self._slot = BoundedSemaphore(1)
        self._closed, self._stop = Event(), Event()
        self._loader = Thread(target=self._load, name="model-loader", daemon=True)
        self._loader.start()

    def wait(self, timeout_s: float | None = None) -> State:
        """Wait until loading ended, at most `timeout_s` seconds; the state then."""
        self._loader.join(timeout_s)
        return self.state

    def stream(
        self, messages: Sequence[Message], *, max_new_tokens: int, deadline_s: float
    ) -> Generator[str, None, None]:
        """Pieces of the answer, an empty one first. `deadline_s` counts from the first step and includes waiting.

        Raises EngineError: not ready, busy for 3 seconds, out of memory, crashed, or silent for 30 seconds.
        """
        yield ""
        start = time.monotonic()
        model = self._model
        if model is None:
            raise EngineError(self.detail)
        until = start + deadline_s
        while not self._slot.acquire(timeout=BEAT_S):
            if time.monotonic() - start >= QUEUE_S:
                raise EngineError("The language model is busy with other questions; try again in a moment.")
            yield ""
        stop = self._stop = Event()

        def work(put: Callable[[str], None]) -> None:
            # The slot is free when the model is, which may be a token after the reader left.
            try:
                if not self._closed.is_set():
                    model.write(messages, put, max_new_tokens=max_new_tokens, stop=stop, until=until)
            finally:
                self._slot.release()

        yield from pieces_of(work, stop.set, until=until)

    def close(self) -> None:
        """Let the model go and end a running generation."""
        self._closed.set()
        self._stop.set()
        self._model = None
        self.state, self.detail = "off", "The language model was closed."

    def _load(self) -> None:
        began = time.monotonic()
        try:
            model = self._loaded()
        except SourceError as error:
            self._fail(str(error))
        except Exception as error:  # a model that cannot be loaded, for whatever reason, must not take the app along
            log.exception("loading %s failed", self.name)
            self._fail(f"The language model {self.name} could not be loaded ({type(error).__name__}).")
        else:
            if self._closed.is_set():
                return
            self._model = model
            self.state, self.detail = "ready", ""
            log.info("%s ready in %.1f s", self.name, time.monotonic() - began)

    def _loaded(self) -> "ChatModel":
        folder = self._source()
        from backend.engines.generation import ChatModel, best_device

        model = ChatModel.load(folder, best_device())
        hello: list[Message] = [{"role": "user", "content": "Hello"}]
        # The first step is slow, and shows whether the model works at all.
        model.write(hello, lambda _: None, max_new_tokens=1, stop=Event(), until=time.monotonic() + 60)
        return model

    def _fail(self, detail: str) -> None:
        if not self._closed.is_set():
            self.state, self.detail = "failed", detail
            log.warning("%s", detail)
