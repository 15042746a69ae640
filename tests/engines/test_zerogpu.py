"""The ZeroGPU engine with a stand-in for `spaces` and the packaged model on the CPU: no proof for a real Space."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import gradio as gr
import pytest

from backend.engines import EngineError, Message, choose, sources
from backend.engines.local import LocalEngine

HELLO: list[Message] = [{"role": "user", "content": "What is a scholarship?"}]


@pytest.fixture
def zerogpu(engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from backend.engines.generation import ChatModel

    spaces = ModuleType("spaces")
    asked: list[Callable[..., int]] = []

    def gpu(duration: Callable[..., int]) -> Callable[[Any], Any]:
        asked.append(duration)
        return lambda function: function

    spaces.GPU = gpu  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "spaces", spaces)
    monkeypatch.setattr(sources, "hub_folder", lambda _: Path("unused"))
    monkeypatch.setattr(ChatModel, "load", lambda _folder, _device: engine._model)
    monkeypatch.setattr(choose, "on_zerogpu", lambda: True)
    monkeypatch.delenv("LLM_MODEL", raising=False)
    monkeypatch.delenv("LLM_BASE_URL", raising=False)
    import backend.engines.zerogpu as module

    assert asked[0](HELLO, 20, 20.0) == 25
    yield module
    del sys.modules["backend.engines.zerogpu"]


def test_it_is_chosen_and_streams(zerogpu: Any) -> None:
    engine = choose.create_engine(choose.Settings())
    assert isinstance(engine, zerogpu.ZeroGpuEngine)
    pieces = list(engine.stream(HELLO, max_new_tokens=10, deadline_s=20))
    assert pieces[0] == ""
    assert "".join(pieces)


def test_quota_is_an_engine_error(zerogpu: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def spent(*_: object) -> Iterator[str]:
        raise gr.Error("ZeroGPU quota exceeded")
        yield ""

    monkeypatch.setattr(zerogpu, "generate", spent)
    with pytest.raises(EngineError, match="quota exceeded"):
        list(zerogpu.ZeroGpuEngine().stream(HELLO, max_new_tokens=10, deadline_s=20))


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
