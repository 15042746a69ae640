"""The engine for a ZeroGPU Space. Import it only there, in the main thread: importing loads the model.

ZeroGPU's rules, which shape this file: the model sits on "cuda" at module level, loaded in the main thread (its
emulation of cuda is thread-local); the decorated function runs in a forked worker, so that only picklable values cross,
and stays a plain generator; errors of quota and queue arrive as gr.Error, and so do crashes of the worker.

Not run by the tests, for want of a ZeroGPU Space; written by its documents and the source of the package `spaces`.
"""

import spaces  # first: it patches torch  # isort: skip

import math
import time
from collections.abc import Callable, Generator, Sequence
from threading import Event

import gradio as gr

from backend.engines.base import EngineError, Message, Reason, State
from backend.engines.choose import languages_of
from backend.engines.generation import ChatModel
from backend.engines.sources import hub_folder
from backend.engines.worker import pieces_of
from backend.settings import DEFAULT_HUB_MODEL, read_settings

SPARE_S = 5.0  # moving the model to the GPU
PROMPT_TOKENS_S, TOKENS_S = 1_000.0, 20.0
"""Tokens a second of a prompt and of an answer that a GPU of ZeroGPU reaches at least with a 4B model and plain `generate`:
assumed, for want of a Space to measure on. Too low asks for quota that is given back, too high ends an answer early."""
LETTERS_A_TOKEN = 3.0
NAME = read_settings().llm_model or DEFAULT_HUB_MODEL
MODEL = ChatModel.load(hub_folder(NAME), "cuda")


def _seconds(messages: list[Message], max_new_tokens: int, deadline_s: float) -> int:
    """GPU time to ask for, in seconds: reading the prompt and writing the answer, at most the deadline. The visitor's quota
    must have that much left, and less is earlier in the queue."""
    prompt = sum(len(message["content"]) for message in messages) / LETTERS_A_TOKEN
    return math.ceil(SPARE_S + min(deadline_s, prompt / PROMPT_TOKENS_S + max_new_tokens / TOKENS_S))


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
            raise EngineError(str(error.message), _reason(error)) from None

    def close(self) -> None:
        """Nothing to let go: the GPU is borrowed for each answer."""


def _reason(error: gr.Error) -> Reason:
    """By title and words of the errors of `spaces` (0.51, zero/client.py), which have no other mark. A full queue comes
    first: visitors without an account get it under the title of the quota."""
    said = f"{error.title} {error.message}".lower()
    if any(words in said for words in ("no gpu was available", "queue timeout", "pending credits")):
        return "busy"
    return "quota" if "quota" in said or "gpu limit" in said else "failed"
