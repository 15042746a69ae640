"""The engine of a ZeroGPU Space; imported only there, in the main thread.

ZeroGPU wants the model on "cuda" at module level and a decorated generator that takes and yields picklable values;
it runs in a forked worker. Visitors' quota and queue errors arrive as gr.Error. This path cannot run off a Space.
"""

import os
import threading
from collections.abc import Generator, Sequence
from typing import Any

import spaces
import torch
from gradio import Error as QuotaError
from transformers import AutoModelForCausalLM, AutoTokenizer, TextIteratorStreamer

from backend.engines.base import LARGE_LANGUAGES, EngineError, Message, State
from backend.engines.local import encode

MODEL = os.environ["LLM_MODEL"]
TOKENS_PER_SECOND = 20
tokenizer = AutoTokenizer.from_pretrained(MODEL)
model = AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.bfloat16).to("cuda")


def _seconds(messages: list[Message], max_new_tokens: int) -> int:
    """How long the GPU is asked for."""
    del messages
    return 10 + max_new_tokens // TOKENS_PER_SECOND


@spaces.GPU(duration=_seconds)
def _generate(messages: list[Message], max_new_tokens: int) -> Generator[str, None, None]:
    from transformers import StoppingCriteria, StoppingCriteriaList

    stop = threading.Event()

    class Stop(StoppingCriteria):
        def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
            return torch.full((input_ids.shape[0],), stop.is_set(), device=input_ids.device, dtype=torch.bool)

    streamer = TextIteratorStreamer(tokenizer, skip_prompt=True, skip_special_tokens=True, timeout=30)
    options = {
        **encode(tokenizer, messages).to("cuda"), "max_new_tokens": max_new_tokens, "do_sample": False,
        "streamer": streamer, "stopping_criteria": StoppingCriteriaList([Stop()]),
    }  # fmt: skip
    worker = threading.Thread(target=model.generate, kwargs=options)
    worker.start()
    try:
        yield from streamer
    finally:
        stop.set()
        worker.join()


class ZeroGPUEngine:
    """The module's model behind the Engine interface."""

    name = MODEL
    state: State = "ready"
    detail = ""
    languages = LARGE_LANGUAGES

    def stream(
        self, messages: Sequence[Message], *, max_new_tokens: int, deadline_s: float
    ) -> Generator[str, None, None]:
        """See Engine; the duration asked of ZeroGPU bounds the time."""
        del deadline_s
        yield ""
        pieces = _generate(list(messages), max_new_tokens)
        try:
            yield from pieces
        except QuotaError as error:
            raise EngineError(f"The GPU is not to be had right now: {error.message}") from error
        finally:
            pieces.close()

    def close(self) -> None:
        """Nothing to let go: ZeroGPU owns the model."""
