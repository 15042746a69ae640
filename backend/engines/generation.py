"""A loaded chat model and how it writes. Imports torch and transformers: import it only where a model is loaded."""

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import torch
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    StoppingCriteria,
    StoppingCriteriaList,
    TextStreamer,
)
from transformers.utils import logging as transformers_logging

from backend.engines.base import EngineError, Message
from backend.engines.prompts import control_pattern, plain_messages

REPETITION_PENALTY = 1.1
"""Greedy small models loop without it."""

transformers_logging.disable_progress_bar()


class _Stop(StoppingCriteria):
    """Asked after each token: has the reader gone, or the time?"""

    def __init__(self, stop: Event, until: float) -> None:
        self._stop, self._until = stop, until

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor, **_: Any) -> torch.Tensor:  # type: ignore[override]
        ended = self._stop.is_set() or time.monotonic() >= self._until
        return torch.full((input_ids.shape[0],), ended, device=input_ids.device, dtype=torch.bool)


class _Pieces(TextStreamer):
    """Hands each piece of decoded text to a function."""

    def __init__(self, tokenizer: Any, put: Callable[[str], None]) -> None:
        super().__init__(tokenizer, skip_prompt=True, skip_special_tokens=True)
        self._put = put

    def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
        """Called by transformers; the text is empty while a word is not complete."""
        # An answer cut short may end inside a character.
        self._put(text.rstrip("\ufffd") if stream_end else text)


class ChatModel:
    """A causal language model with a chat template, on one device."""

    def __init__(self, model: Any, tokenizer: Any) -> None:
        """Raises ValueError if the tokenizer has no chat template."""
        if not tokenizer.chat_template:
            raise ValueError("the model has no chat template")
        self.model, self.tokenizer = model, tokenizer
        control: set[str] = {*tokenizer.get_added_vocab(), *tokenizer.all_special_tokens}
        self._control: re.Pattern[str] = control_pattern(control)

    @classmethod
    def load(cls, folder: Path, device: str) -> "ChatModel":
        """Load from a folder with safetensors weights (pickled ones are refused).

        Raises what transformers raises, of many kinds, for a damaged or foreign folder.
        """
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)  # nosec B615
        model: Any = AutoModelForCausalLM.from_pretrained(  # nosec B615
            folder, dtype=fast_dtype(device), use_safetensors=True, local_files_only=True
        )
        return cls(model.to(device).eval(), tokenizer)

    def prompt(self, messages: Sequence[Message]) -> Any:
        """Token ids and attention mask of the messages, ready for an answer; control strings in contents are gone."""
        return self.tokenizer.apply_chat_template(
            plain_messages(messages, self._control),
            add_generation_prompt=True,
            enable_thinking=False,  # only some templates know it: no hidden reasoning before the answer
            return_tensors="pt",
            return_dict=True,
        )

    def prompt_ids(self, messages: Sequence[Message], max_new_tokens: int, longest: int | None = None) -> list[int]:
        """Token ids of the messages, ready for an answer.

        Raises EngineError if they and the answer are more tokens than `longest` or than the model can read.
        """
        ids: list[int] = self.prompt(messages)["input_ids"][0].tolist()
        self._check_length(len(ids) + max_new_tokens, longest)
        return ids

    def text(self, tokens: Sequence[int]) -> str:
        """What these tokens say, in whole characters."""
        text: str = self.tokenizer.decode(list(tokens), skip_special_tokens=True)
        return text.rstrip("\ufffd")

    def write(
        self, messages: Sequence[Message], put: Callable[[str], None], *, max_new_tokens: int, stop: Event, until: float
    ) -> None:
        """Generate greedily, putting pieces of text, until done, `stop`, or the `time.monotonic()` time `until`.

        Raises EngineError if the prompt is too long for the model or the memory is full.
        """
        prompt = self.prompt(messages).to(self.model.device)
        self._check_length(prompt["input_ids"].shape[1] + max_new_tokens)
        try:
            self.model.generate(
                **prompt,
                max_new_tokens=max_new_tokens,
                do_sample=False,
                temperature=None,
                top_p=None,
                top_k=None,
                repetition_penalty=REPETITION_PENALTY,
                streamer=_Pieces(self.tokenizer, put),
                stopping_criteria=StoppingCriteriaList([_Stop(stop, until)]),
            )
        except (MemoryError, torch.OutOfMemoryError):
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
            raise EngineError("The language model ran out of memory.") from None

    def _check_length(self, tokens: int, longest: int | None = None) -> None:
        limits = (longest, getattr(self.model.config.get_text_config(), "max_position_embeddings", None))
        if any(limit and tokens > limit for limit in limits):
            raise EngineError("The conversation is too long for the language model.")


def best_device() -> str:
    """cuda where there is one, else cpu."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def fast_dtype(device: str) -> torch.dtype:
    """bfloat16, except on CPUs without instructions for it, where float32 is faster (or where torch cannot tell)."""
    if device != "cpu":
        return torch.bfloat16
    capabilities: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()
    native = capabilities.get("avx512_bf16") or capabilities.get("amx_bf16")
    return torch.bfloat16 if native else torch.float32
