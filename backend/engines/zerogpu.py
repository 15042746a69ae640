"""The engine for a ZeroGPU Space. Import it only there, in the main thread: importing loads the model.

ZeroGPU's rules, which shape this file: the model sits on "cuda" at module level, loaded in the main thread (its
emulation of cuda is thread-local); the decorated function runs in a forked worker, so that only picklable values cross,
and stays a plain generator; errors of quota and queue arrive as gr.Error, and so do crashes of the worker.

Not run by the tests, for want of a ZeroGPU Space; written by its documents and the source of the package `spaces`.
"""

import spaces  # first: it patches torch  # isort: skip

import time
from collections.abc import Callable, Generator, Sequence
from threading import Event

import gradio as gr

from backend.engines.base import EngineError, Message, State
from backend.engines.choose import languages_of
from backend.engines.generation import ChatModel
from backend.engines.sources import hub_folder
from backend.engines.worker import pieces_of
from backend.settings import DEFAULT_HUB_MODEL, read_settings

SPARE_S = 5  # moving the model to the GPU, on top of the deadline
NAME = read_settings().llm_model or DEFAULT_HUB_MODEL
MODEL = ChatModel.load(hub_folder(NAME), "cuda")


def _seconds(messages: list[Message], max_new_tokens: int, deadline_s: float) -> int:
    """GPU time to ask for; the visitor's quota must have that much left."""
    del messages, max_new_tokens
    return int(deadline_s) + SPARE_S


@spaces.GPU(duration=_seconds)
def generate(messages: list[Message], max_new_tokens: int, deadline_s: float) -> Generator[str, None, None]:
    """Pieces of the answer; runs in ZeroGPU's worker. Raises EngineError there, which the caller sees as gr.Error."""
    stop, until = Event(), time.monotonic() + deadline_s

    def work(put: Callable[[str], None]) -> None:
        MODEL.write(messages, put, max_new_tokens=max_new_tokens, stop=stop, until=until)

    yield from pieces_of(work, stop.set, until=until)


class ZeroGpuEngine:
    """Writes on a GPU borrowed for each answer (as an Engine); the GPU time is charged to the visitor."""

    name = NAME
    state: State = "ready"
    detail = ""
    languages = languages_of(NAME)

    def stream(
        self, messages: Sequence[Message], *, max_new_tokens: int, deadline_s: float
    ) -> Generator[str, None, None]:
        """Pieces of the answer, an empty one first. Raises EngineError for quota, queue and crash."""
        yield ""
        try:
            yield from generate(list(messages), max_new_tokens, deadline_s)  # closes the worker's generator with it
        except gr.Error as error:
            raise EngineError(str(error.message)) from None

    def close(self) -> None:
        """Nothing to let go: the GPU is borrowed for each answer."""
