"""Which engine settings and machine ask for, and that a model out of reach fails soon, with a sentence."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.engines import EngineError, choose, create_engine, local
from backend.engines.local import LocalEngine
from backend.engines.openai_server import ServerEngine
from backend.settings import DEFAULT_HUB_MODEL, SMALL_HUB_MODEL, Settings

Make = Callable[..., Settings]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Make:
    """Settings from nothing but the arguments, on a plain machine."""
    for name in ("LLM_MODEL", "LLM_BASE_URL", "LLM_API_KEY", "SPACES_ZERO_GPU"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(choose, "has_gpu", lambda: False)
    return lambda **values: Settings(data_dir=tmp_path, **values)


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Local engines that load nothing."""
    monkeypatch.setattr(local, "Child", lambda *_: None)


def test_none_is_off(made: Make) -> None:
    engine = create_engine(made(llm_model="none", llm_base_url="http://localhost:1"))
    assert (engine.name, engine.state, engine.languages) == ("none", "off", frozenset())
    assert "LLM_MODEL=none" in engine.detail
    with pytest.raises(EngineError, match="switched off"):
        list(engine.stream([], max_new_tokens=1, deadline_s=1))
    engine.close()


def test_a_server_goes_before_a_model(made: Make) -> None:
    engine = create_engine(made(llm_model="some/model", llm_base_url="http://localhost:1"))
    assert isinstance(engine, ServerEngine)
    assert engine.name == "some/model"


@pytest.mark.usefixtures("unloaded")
def test_the_order_without_a_name(made: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "packaged_gguf", lambda: Path("/x/SmolLM2.gguf"))
    packaged = create_engine(made())
    assert (packaged.name, packaged.state, packaged.languages) == ("SmolLM2", "loading", {"en"})
    monkeypatch.setattr(choose, "packaged_gguf", lambda: None)
    assert create_engine(made()).name == SMALL_HUB_MODEL
    monkeypatch.setattr(choose, "has_gpu", lambda: True)
    large = create_engine(made())
    assert (large.name, large.languages) == (DEFAULT_HUB_MODEL, {"en", "hi", "hinglish"})


@pytest.mark.usefixtures("unloaded")
def test_a_named_model_is_an_id_or_a_folder(made: Make, tmp_path: Path) -> None:
    assert create_engine(made(llm_model="Qwen/Qwen3-0.6B")).name == "Qwen/Qwen3-0.6B"
    assert create_engine(made(llm_model=str(tmp_path))).name == tmp_path.name


def test_zerogpu_that_cannot_load_is_failed(made: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "on_zerogpu", lambda: True)
    monkeypatch.setitem(sys.modules, "spaces", None)
    engine = create_engine(made())
    assert engine.state == "failed"
    assert "ZeroGPU" in engine.detail


def test_zerogpu_needs_flag_and_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose.importlib.util, "find_spec", lambda _: object())
    monkeypatch.setenv("SPACES_ZERO_GPU", "0")
    assert not choose.on_zerogpu()
    monkeypatch.setenv("SPACES_ZERO_GPU", "true")
    assert choose.on_zerogpu()
    monkeypatch.setattr(choose.importlib.util, "find_spec", lambda _: None)
    assert not choose.on_zerogpu()


@pytest.fixture
def silent_address() -> Iterator[str]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def closed_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("kind", ["closed", "silent"])
def test_s46_a_hub_out_of_reach_fails_soon(
    kind: str, made: Make, silent_address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", silent_address if kind == "silent" else closed_address())
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    began = time.monotonic()
    engine = create_engine(made(llm_model="nobody/no-such-model"))
    assert time.monotonic() - began < 1
    assert isinstance(engine, LocalEngine)
    assert engine.wait(40) == "failed"
    assert "nobody/no-such-model" in engine.detail
    assert "does not answer" in engine.detail


def test_a_name_that_is_no_id_fails_with_a_sentence(made: Make) -> None:
    engine: Any = create_engine(made(llm_model="no/such/folder"))
    assert engine.wait(40) == "failed"
    assert "neither a folder nor" in engine.detail


def test_importing_the_engines_imports_no_torch() -> None:
    code = "import sys, backend.engines; sys.exit(bool({'torch', 'transformers', 'gradio'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
