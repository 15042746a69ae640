"""The ZeroGPU engine with a stand-in for `spaces` and the packaged model on the CPU: no proof for a real Space."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import gradio as gr
import pytest

from backend.engines import EngineError, Message, choose, sources
from backend.engines.generation import ChatModel

HELLO: list[Message] = [{"role": "user", "content": "What is a scholarship?"}]


@pytest.fixture
def zerogpu(chat_model: ChatModel, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    spaces = ModuleType("spaces")
    asked: list[Callable[..., int]] = []

    def gpu(duration: Callable[..., int]) -> Callable[[Any], Any]:
        asked.append(duration)
        return lambda function: function

    spaces.GPU = gpu  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "spaces", spaces)
    monkeypatch.setattr(sources, "hub_folder", lambda _: Path("unused"))
    monkeypatch.setattr(ChatModel, "load", lambda _folder, _device: chat_model)
    monkeypatch.setattr(choose, "on_zerogpu", lambda: True)
    monkeypatch.delenv("LLM_MODEL", raising=False)
    monkeypatch.delenv("LLM_BASE_URL", raising=False)
    import backend.engines.zerogpu as module

    few, many = asked[0](HELLO, 20, 20.0), asked[0](HELLO, 200, 60.0)
    assert 5 < few < many < 25, "an estimate from the tokens, below the deadline"
    assert asked[0](HELLO, 20, 1.0) <= 6, "never beyond the deadline and the move to the GPU"
    yield module
    del sys.modules["backend.engines.zerogpu"]


def test_it_is_chosen_and_streams(zerogpu: Any) -> None:
    engine = choose.create_engine(choose.Settings())
    assert isinstance(engine, zerogpu.ZeroGpuEngine)
    pieces = list(engine.stream(HELLO, max_new_tokens=10, deadline_s=20))
    assert pieces[0] == ""
    assert "".join(pieces)


@pytest.mark.parametrize(
    ("title", "message", "reason"),
    [
        ("ZeroGPU quota exceeded", "You have exceeded your free ZeroGPU quota (60s requested vs. 10s left).", "quota"),
        ("ZeroGPU quota exceeded", "Space app has reached its GPU limit.", "quota"),
        ("ZeroGPU quota exceeded", "No GPU was available after 60s. Sign in to wait longer.", "busy"),
        ("ZeroGPU queue timeout", "Try again later.", "busy"),
        ("ZeroGPU worker error", "RuntimeError", "failed"),
    ],
)
def test_quota_queue_and_crash_are_engine_errors(
    title: str, message: str, reason: str, zerogpu: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*_: object) -> Iterator[str]:
        raise gr.Error(message, title=title)
        yield ""

    monkeypatch.setattr(zerogpu, "generate", refusing)
    with pytest.raises(EngineError) as refused:
        list(zerogpu.ZeroGpuEngine().stream(HELLO, max_new_tokens=10, deadline_s=20))
    assert (str(refused.value), refused.value.reason) == (message, reason)


def test_closing_closes_the_generator_on_the_gpu(zerogpu: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []

    def endless(*_: object) -> Iterator[str]:
        try:
            while True:
                yield "a"
        finally:
            closed.append(True)

    monkeypatch.setattr(zerogpu, "generate", endless)
    stream = zerogpu.ZeroGpuEngine().stream(HELLO, max_new_tokens=10, deadline_s=20)
    assert [next(stream), next(stream)] == ["", "a"]
    stream.close()
    assert closed
