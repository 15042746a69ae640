"""Students who ask a language model at once, and the ways to serve them that are compared.

Each way runs in a process of its own, in which one thread a student reads a stream, as the app's threads do.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier, Event, Lock, Thread
from typing import Any

from backend.engines import EngineError, Message, NoEngine, create_engine
from backend.engines.choose import languages_of
from backend.engines.openai_server import ServerEngine
from backend.engines.worker import pieces_of
from backend.grounding import Evidence
from backend.search import Query, Search
from backend.settings import Settings
from backend.wording import RECORDS, messages

TOKENS = 64
"""Of each answer at most, as in the chat."""
DEADLINE_S = 120.0

Prompt = Sequence[Message]
Ask = Callable[[Prompt, int], Iterator[str]]
"""Pieces of the answer to a prompt, of so many tokens at most. Raises EngineError."""


@dataclass(frozen=True)
class Answer:
    """What a student got: seconds from the question to the first visible words and to the end, and tokens of the text.

    One that got nothing has 0 tokens and the `error`.
    """

    first: float
    whole: float
    tokens: int
    error: str = ""


@dataclass(frozen=True)
class Wave:
    """The answers to students who asked at the same moment, and seconds until the last one had ended."""

    seconds: float
    answers: tuple[Answer, ...]


def prompts(questions: Sequence[str], search: Search, model: str) -> list[Prompt]:
    """The chat's own prompts for these questions with their records, in the form for this model."""
    writer = NoEngine()
    writer.languages = languages_of(model)
    now = datetime.now(UTC)
    found = (search.find(Query(keywords=q, page_size=RECORDS), now).hits for q in questions)
    asked = enumerate(zip(questions, found, strict=True))
    return [messages(writer, question, Evidence.of(hits), "en", "list", i) for i, (question, hits) in asked]


def ours(model: str | None, data_dir: Path) -> Ask:
    """The app's engine for LLM_MODEL. Raises EngineError where the model cannot be loaded."""
    engine = create_engine(Settings(llm_model=model, llm_base_url=None, data_dir=data_dir))
    while engine.state == "loading":
        time.sleep(0.1)
    if engine.state != "ready":
        raise EngineError(engine.detail)
    return lambda prompt, tokens: engine.stream(prompt, max_new_tokens=tokens, deadline_s=DEADLINE_S)


def naive(folder: Path) -> Ask:
    """What tutorials end with: one model, `generate` in a thread for each student, read by a TextIteratorStreamer."""
    from transformers import AutoModelForCausalLM, AutoTokenizer, TextIteratorStreamer

    from backend.engines.generation import best_device, fast_dtype

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=fast_dtype(best_device())).to(best_device())

    def ask(prompt: Prompt, tokens: int) -> Iterator[str]:
        streamer = TextIteratorStreamer(tokenizer, skip_prompt=True, skip_special_tokens=True)
        given = tokenizer.apply_chat_template(
            prompt, add_generation_prompt=True, return_tensors="pt", return_dict=True
        ).to(model.device)
        options = {**given, "max_new_tokens": tokens, "do_sample": False, "streamer": streamer}
        Thread(target=model.generate, kwargs=options, daemon=True).start()
        return iter(streamer)

    return ask


def borrowed(folder: Path) -> Ask:
    """The path of the ZeroGPU engine without ZeroGPU: plain `generate`, one student after another."""
    from backend.engines.generation import ChatModel, best_device

    model, gpu = ChatModel.load(folder, best_device()), Lock()

    def ask(prompt: Prompt, tokens: int) -> Iterator[str]:
        stop, until = Event(), time.monotonic() + DEADLINE_S

        def work(put: Callable[[str], None]) -> None:
            with gpu:
                model.write(prompt, put, max_new_tokens=tokens, stop=stop, until=until)

        return pieces_of(work, stop.set, until=until, silence_s=DEADLINE_S)

    return ask


def served(address: str, model: str) -> Ask:
    """An OpenAI-compatible server, asked as the app does with LLM_BASE_URL."""
    engine = ServerEngine(address, model)
    return lambda prompt, tokens: engine.stream(prompt, max_new_tokens=tokens, deadline_s=DEADLINE_S)


class Contender:
    """One way to serve students, in a process of its own, started and warmed up by the first wave."""

    def __init__(self, name: str, make: Callable[..., Ask], *given: object, tokenizer: Path | None) -> None:
        """`make(*given)` is called in the process; both must be picklable.

        `tokenizer` is a folder, to count the tokens of answers; without it each answer counts as having all of them.
        """
        self.name = name
        self._process = ProcessPoolExecutor(1, get_context("spawn"), _open, (make, given, tokenizer))

    def wave(self, asked: Sequence[Prompt], tokens: int = TOKENS) -> Wave:
        """All these prompts at the same moment. Raises BrokenProcessPool where the way cannot be set up."""
        return self._process.submit(_wave, asked, tokens).result()

    def close(self) -> None:
        """End the process."""
        self._process.shutdown()


_ask: Ask
_tokenizer: Any


def _open(make: Callable[..., Ask], given: tuple[object, ...], tokenizer: Path | None) -> None:
    global _ask, _tokenizer  # noqa: PLW0603 - what a worker process holds between its calls
    from transformers import AutoTokenizer

    _tokenizer = AutoTokenizer.from_pretrained(tokenizer) if tokenizer else None
    _ask = make(*given)


def _wave(asked: Sequence[Prompt], tokens: int) -> Wave:
    together = Barrier(len(asked) + 1)
    answers: list[Answer] = []

    def student(prompt: Prompt) -> None:
        together.wait()
        answers.append(_answer(prompt, tokens))

    threads = [Thread(target=student, args=(prompt,)) for prompt in asked]
    for thread in threads:
        thread.start()
    together.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return Wave(time.perf_counter() - begun, tuple(answers))


def _answer(prompt: Prompt, tokens: int) -> Answer:
    begun, first, text = time.perf_counter(), 0.0, ""
    try:
        for piece in _ask(prompt, tokens):
            text += piece
            if not first and text.strip():
                first = time.perf_counter() - begun
    except EngineError as error:
        return Answer(0.0, time.perf_counter() - begun, 0, str(error))
    whole = time.perf_counter() - begun
    return Answer(first, whole, len(_tokenizer(text, add_special_tokens=False)["input_ids"]) if _tokenizer else tokens)
