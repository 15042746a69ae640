"""The engine that never writes: switched off, or impossible to set up."""

from collections.abc import Generator, Sequence

from backend.engines.base import EngineError, Message, State


class NoEngine:
    """No language model; the catalogue answers alone. `detail` says why."""

    languages: frozenset[str] = frozenset()

    def __init__(
        self,
        detail: str = "The language model is switched off (LLM_MODEL=none).",
        *,
        name: str = "none",
        state: State = "off",
    ) -> None:
        self.detail, self.name, self.state = detail, name, state

    def stream(
        self, messages: Sequence[Message], *, max_new_tokens: int, deadline_s: float
    ) -> Generator[str, None, None]:
        """Raises EngineError: there is no model."""
        del messages, max_new_tokens, deadline_s
        raise EngineError(self.detail)
        yield ""

    def close(self) -> None:
        """Nothing to let go."""
