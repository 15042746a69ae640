"""Which engine the settings and the machine ask for."""

import importlib.util
import logging
import os
from pathlib import Path

from backend.engines.base import LARGE_LANGUAGES, SMALL_LANGUAGES, Engine
from backend.engines.local import LocalEngine
from backend.engines.off import NoEngine
from backend.engines.openai_server import ServerEngine
from backend.engines.sources import SourceError, packaged_gguf
from backend.settings import DEFAULT_HUB_MODEL, SMALL_HUB_MODEL, Settings

NVIDIA_DRIVER = Path("/dev/nvidiactl")

log = logging.getLogger(__name__)


def create_engine(settings: Settings) -> Engine:
    """The engine, at once: it loads in the background (on ZeroGPU: here, so call this in the main thread).

    The first that applies: LLM_MODEL=none, LLM_BASE_URL, a ZeroGPU Space, LLM_MODEL, a GPU, the packaged small model,
    the small model from the Hub. Never raises for a model that cannot be had: the engine's state is then "failed".
    """
    model = settings.llm_model
    if model and model.lower() == "none":
        return NoEngine()
    if settings.llm_base_url:
        return ServerEngine(settings.llm_base_url, model or DEFAULT_HUB_MODEL, settings.llm_api_key)
    if on_zerogpu():
        return _zerogpu()
    if model:
        return _named(model, settings.data_dir)
    if has_gpu():
        return _named(DEFAULT_HUB_MODEL, settings.data_dir)
    file = packaged_gguf()
    return _named(str(file) if file else SMALL_HUB_MODEL, settings.data_dir)


def languages_of(model: str) -> frozenset[str]:
    """What a model writes well, told by its name: the SmolLM family only English."""
    return SMALL_LANGUAGES if "smollm" in model.lower() else LARGE_LANGUAGES


def on_zerogpu() -> bool:
    """Whether this is a ZeroGPU Space with its package."""
    flag = os.environ.get("SPACES_ZERO_GPU", "").lower() in ("1", "t", "true", "yes")
    return flag and importlib.util.find_spec("spaces") is not None


def has_gpu() -> bool:
    """Whether torch can use an NVIDIA GPU; without a driver, torch (which takes seconds to import) is not asked."""
    if not NVIDIA_DRIVER.exists():
        return False
    import torch

    return torch.cuda.is_available()


def _named(model: str, data_dir: Path) -> Engine:
    """The engine for a folder, a GGUF file or the id of a Hub model."""
    path = Path(model)
    if path.suffix == ".gguf":
        return LocalEngine(path.stem, {"gguf": str(path), "data_dir": str(data_dir)}, languages_of(path.stem))
    if path.is_dir():
        return LocalEngine(path.name, {"folder": str(path)}, languages_of(path.name))
    return LocalEngine(model, {"hub": model}, languages_of(model))


def _zerogpu() -> Engine:
    try:
        from backend.engines.zerogpu import ZeroGpuEngine
    except SourceError as error:
        return NoEngine(str(error), state="failed")
    except Exception as error:  # a model that cannot be loaded, for whatever reason, must not take the app along
        log.exception("the ZeroGPU engine could not be set up")
        return NoEngine(f"The language model could not be loaded on ZeroGPU ({type(error).__name__}).", state="failed")
    return ZeroGpuEngine()
