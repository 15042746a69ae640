"""The real small model, loaded once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.engines.local import LocalEngine
from backend.engines.sources import unpacked_gguf


@pytest.fixture(scope="session")
def engine(gguf: Path, data_dir: Path, unpack_seconds: float) -> Iterator[LocalEngine]:
    engine = LocalEngine("smollm2", lambda: unpacked_gguf(gguf, data_dir), frozenset({"en"}))
    assert engine.wait(60) == "ready", engine.detail
    yield engine
    engine.close()
