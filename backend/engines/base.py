"""What an engine is."""

from collections.abc import Generator, Sequence
from typing import Literal, Protocol, TypedDict

State = Literal["off", "loading", "ready", "failed"]
Reason = Literal["busy", "quota", "failed"]
SMALL_LANGUAGES = frozenset({"en"})
LARGE_LANGUAGES = frozenset({"en", "hi", "hinglish"})


class Message(TypedDict):
    """One message of a prompt; `role` is system, user or assistant."""

    role: str
    content: str


class EngineError(Exception):
    """The model did not answer: `reason` is busy (others wait already), quota (of the GPU or server) or failed; the text is
    a sentence for people."""

    def __init__(self, message: str, reason: Reason = "failed") -> None:
        super().__init__(message)
        self.reason: Reason = reason


class Engine(Protocol):
    """A language model. `detail` says why it is off or failed; `languages` are those it can write."""

    name: str
    state: State
    detail: str
    languages: frozenset[str]

    def stream(
        self, messages: Sequence[Message], *, max_new_tokens: int, deadline_s: float
    ) -> Generator[str, None, None]:
        """Pieces of the answer as they come, an empty one first; closing the generator ends the generation within a
        token or two. Ends by itself after `deadline_s` seconds. Raises EngineError."""
        ...

    def close(self) -> None:
        """Let the model go."""
        ...
