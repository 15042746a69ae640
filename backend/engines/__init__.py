"""Language models behind one small interface: resident transformers, ZeroGPU, an OpenAI-compatible server, none.

Importing this package imports neither torch nor transformers; an engine does so while it loads.
"""

from backend.engines.base import Engine, EngineError, Message
from backend.engines.choose import create_engine
from backend.engines.off import NoEngine

__all__ = ["Engine", "EngineError", "Message", "NoEngine", "create_engine"]
