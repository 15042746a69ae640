"""Language models behind one small interface: resident transformers, ZeroGPU, an OpenAI-compatible server, none."""

from backend.engines.base import Engine, EngineError, Message, NoEngine
from backend.engines.choose import create_engine

__all__ = ["Engine", "EngineError", "Message", "NoEngine", "create_engine"]
