"""A model without anything around it, and what the memory of the machine allows it."""

import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.engines.child import ENVIRONMENT

if TYPE_CHECKING:
    from backend.engines import Message

COPIES = 5
COPIED_BYTES = {"cpu": 1 << 28, "cuda": 1 << 31}
"""Far more than the caches hold."""


class BareModel:
    """A model in a process of its own, with the type of number and the setting of threads that the app's engine takes here."""

    def __init__(self, folder: Path) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"), _open, (folder,))

    def seconds(self, prompt: "Sequence[Message]", tokens: int) -> float:
        """Seconds from a prompt to the last of so many tokens: forward passes and argmax, nothing else."""
        return self._process.submit(_loop, prompt, tokens).result()

    def memory_tokens(self) -> float:
        """Tokens a second of one student if nothing counted but reading all weights for each.

        By the speed at which this machine copies: a copy reads and writes, so that twice its bytes are moved.
        """
        return self._process.submit(_memory_tokens).result()

    def close(self) -> None:
        """End the process."""
        self._process.shutdown()


_model: Any
_tokenizer: Any


def _open(folder: Path) -> None:
    global _model, _tokenizer  # noqa: PLW0603 - what a worker process holds between its calls
    os.environ.update(ENVIRONMENT)  # before torch is there
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from backend.engines.generation import best_device, fast_dtype

    device = best_device()
    _tokenizer = AutoTokenizer.from_pretrained(folder)
    _model = AutoModelForCausalLM.from_pretrained(folder, dtype=fast_dtype(device)).to(device).eval()


def _loop(prompt: "Sequence[Message]", tokens: int) -> float:
    import torch

    given = _tokenizer.apply_chat_template(prompt, add_generation_prompt=True, return_tensors="pt", return_dict=True)
    ids, cache = given["input_ids"].to(_model.device), None
    begun = time.perf_counter()
    with torch.inference_mode():
        for _ in range(tokens):
            out = _model(ids, past_key_values=cache, use_cache=True, logits_to_keep=1)
            ids, cache = out.logits[:, -1].argmax(-1, keepdim=True), out.past_key_values
            ids.item()  # waits for the device, as who shows each token must
    return time.perf_counter() - begun


def _memory_tokens() -> float:
    import torch

    embedding, head = _model.get_input_embeddings().weight, _model.get_output_embeddings().weight
    bytes_read = sum(p.nbytes for p in _model.parameters()) - (0 if head is embedding else embedding.nbytes)
    device = _model.device
    source = torch.ones(COPIED_BYTES[device.type], dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    best = float("inf")
    for _ in range(COPIES):
        begun = time.perf_counter()
        target.copy_(source)
        target[-1].item()
        best = min(best, time.perf_counter() - begun)
    return 2 * source.nbytes / best / bytes_read
