"""The real small model: in its own process (engine), and in this one (chat_model), each loaded once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from backend.engines.generation import ChatModel
from backend.engines.local import LocalEngine
from backend.engines.sources import unpacked_gguf


@pytest.fixture(scope="session")
def source(gguf: Path, data_dir: Path, unpack_seconds: float) -> dict[str, str]:
    """Where the engine's process gets the model."""
    return {"gguf": str(gguf), "data_dir": str(data_dir)}


@pytest.fixture(scope="session")
def engine(source: dict[str, str]) -> Iterator[LocalEngine]:
    engine = LocalEngine("smollm2", source, frozenset({"en"}))
    assert engine.wait(60) == "ready", engine.detail
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def chat_model(gguf: Path, data_dir: Path, unpack_seconds: float) -> ChatModel:
    """In float32, whose rounding never decides between two words; with one thread: several crawl on shared cores."""
    torch.set_num_threads(1)
    loaded = ChatModel.load(unpacked_gguf(gguf, data_dir), "cpu")
    return ChatModel(loaded.model.float(), loaded.tokenizer)
