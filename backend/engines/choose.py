"""Which engine: by the settings first, then by what the machine has."""

import os

from backend.engines.base import Engine, NoEngine
from backend.engines.local import LocalEngine, load_gguf, load_hub, packaged_gguf
from backend.engines.openai_server import OpenAIServer
from backend.settings import DEFAULT_HUB_MODEL, SMALL_HUB_MODEL, Settings


def create_engine(settings: Settings) -> Engine:
    """The engine that the settings name; without any: the default hub model on a GPU, else the packaged small model,
    else the small model from the hub. Loading goes on in the background (on ZeroGPU: at import, in the main thread)."""
    if settings.llm_model == "none":
        return NoEngine()
    if settings.llm_base_url:
        return OpenAIServer(settings.llm_base_url, settings.llm_api_key, settings.llm_model)
    if settings.spaces_zero_gpu:
        os.environ.setdefault("LLM_MODEL", settings.llm_model or DEFAULT_HUB_MODEL)
        from backend.engines.zerogpu import ZeroGPUEngine

        return ZeroGPUEngine()
    packaged = packaged_gguf()
    if settings.llm_model:
        return LocalEngine(settings.llm_model, lambda: load_hub(settings.llm_model or ""))
    if packaged and not _has_gpu():
        return LocalEngine(packaged.stem, lambda: load_gguf(packaged, settings.data_dir / "models"))
    name = DEFAULT_HUB_MODEL if _has_gpu() else SMALL_HUB_MODEL
    return LocalEngine(name, lambda: load_hub(name))


def _has_gpu() -> bool:
    """Whether an NVIDIA GPU is there, told without importing torch (seconds)."""
    return any(os.path.exists(path) for path in ("/dev/nvidia0", "/dev/nvidiactl"))
