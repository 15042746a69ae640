"""Answers written together with the real small model, in this process: the same as alone, and no token read twice."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from backend.engines import Message
from backend.engines.batch import SLOTS, Answer, Batch, Unsupported
from backend.engines.generation import ChatModel

pytestmark = pytest.mark.model

SYSTEM = "You encourage students who look for scholarships. Answer the student with two short sentences. " * 3
QUESTIONS = ("What is a grant?", "How do I write a good essay?", "Name a subject.")
TOKENS = 10


def asked(question: str) -> list[Message]:
    return [{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}]


@pytest.fixture
def batch(chat_model: ChatModel) -> Batch:
    return Batch(chat_model)


def alone(model: ChatModel, question: str) -> str:
    """What plain `generate` of transformers writes."""
    pieces: list[str] = []
    until = time.monotonic() + 60
    model.write(asked(question), pieces.append, max_new_tokens=TOKENS, stop=Event(), until=until)
    return "".join(pieces)


def begin(batch: Batch, model: ChatModel, question: str, name: str = "", most: int = TOKENS) -> list[int]:
    prompt = model.prompt_ids(asked(question), most)
    batch.add(Answer(name or question, prompt, most))
    return prompt


def finish(batch: Batch, model: ChatModel) -> dict[str, str]:
    """The texts of all answers, when they have ended."""
    texts: dict[str, str] = {}
    while batch.busy:
        texts |= {answer.id: model.text(answer.written) for answer in batch.step() if answer.ended}
    return texts


@contextmanager
def tokens_read(model: ChatModel) -> Iterator[list[int]]:
    """How many tokens each pass of the model reads."""
    sizes: list[int] = []
    hook = model.model.base_model.register_forward_pre_hook(
        lambda _module, _args, given: sizes.append(given["input_ids"].numel()), with_kwargs=True
    )
    try:
        yield sizes
    finally:
        hook.remove()


def test_together_and_joining_late_is_as_alone(batch: Batch, chat_model: ChatModel) -> None:
    texts: dict[str, str] = {}
    for question in QUESTIONS:
        begin(batch, chat_model, question)
        for _ in range(3):
            texts |= {answer.id: chat_model.text(answer.written) for answer in batch.step() if answer.ended}
    texts |= finish(batch, chat_model)
    assert texts == {question: alone(chat_model, question) for question in QUESTIONS}


def test_more_than_there_are_slots_take_turns(batch: Batch, chat_model: ChatModel) -> None:
    names = [str(n) for n in range(SLOTS["cpu"] + 2)]
    for name in names:
        begin(batch, chat_model, "What is a loan?", name, most=3)
    texts = finish(batch, chat_model)
    assert set(texts) == set(names)
    assert len(set(texts.values())) == 1


def test_the_beginning_of_a_prompt_is_read_once(batch: Batch, chat_model: ChatModel) -> None:
    begin(batch, chat_model, "What is a grant?", most=2)
    finish(batch, chat_model)
    prompt = begin(batch, chat_model, "Where do I find a school?", most=2)
    with tokens_read(chat_model) as sizes:
        other = finish(batch, chat_model)
    assert sum(sizes) < len(prompt) / 2
    begin(batch, chat_model, "Where do I find a school?", most=2)
    with tokens_read(chat_model) as sizes:
        assert finish(batch, chat_model) == other
    assert sizes == [1, 1]


def test_a_long_conversation_gets_room(batch: Batch, chat_model: ChatModel) -> None:
    begin(batch, chat_model, "What is a grant?")
    batch.step()
    begin(batch, chat_model, "grant " * 250, "long", most=2)
    texts = finish(batch, chat_model)
    assert texts["What is a grant?"] == alone(chat_model, "What is a grant?")
    assert texts["long"]


def test_dropped_answers_end_wherever_they_are(batch: Batch, chat_model: ChatModel) -> None:
    for n in range(SLOTS["cpu"] + 1):
        begin(batch, chat_model, "What is a grant?" if n else "grant " * 250, str(n), most=50)
    batch.step()
    for name in batch.ids():
        batch.drop(name)
    assert not batch.busy
    batch.drop("unknown")
    begin(batch, chat_model, "What is a grant?")
    assert finish(batch, chat_model) == {"What is a grant?": alone(chat_model, "What is a grant?")}


def test_the_estimate_grows_with_what_is_to_be_done(batch: Batch, chat_model: ChatModel) -> None:
    prompt = begin(batch, chat_model, "What is a grant?", most=2)
    finish(batch, chat_model)
    assert batch.wait_s(prompt) == 0.0
    begin(batch, chat_model, "Who pays fees?", "a", most=50)
    batch.step()
    one = batch.wait_s(prompt)
    begin(batch, chat_model, "award " * 300, "b", most=50)
    two = batch.wait_s(prompt)
    for n in range(SLOTS["cpu"]):
        begin(batch, chat_model, "What is a grant?", str(n), most=50)
    assert 0 < one < two < batch.wait_s(prompt)


def test_a_model_that_forgets_what_is_far_is_refused(chat_model: ChatModel, monkeypatch: pytest.MonkeyPatch) -> None:
    config = chat_model.model.config
    monkeypatch.setattr(config, "layer_types", ["sliding_attention"], raising=False)
    monkeypatch.setattr(config, "sliding_window", 512, raising=False)
    with pytest.raises(Unsupported, match="LLM_MODEL"):
        Batch(chat_model)
    monkeypatch.setattr(config, "sliding_window", 100_000)
    Batch(chat_model)
