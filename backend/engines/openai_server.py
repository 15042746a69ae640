"""A model behind an OpenAI-compatible server: streamed chat completions."""

import asyncio
import json
import time
from collections.abc import Callable, Generator, Sequence
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx

from backend.engines.base import LARGE_LANGUAGES, EngineError, Message, State
from backend.engines.prompts import COMMON_CONTROL, plain_messages
from backend.engines.worker import SILENCE_S, pieces_of

CONNECT_S = 5.0


class ServerEngine:
    """Asks a server for each answer (as an Engine); `state` is always ready, since a server may come back."""

    state: State = "ready"
    detail = ""
    languages = LARGE_LANGUAGES

    def __init__(self, base_url: str, model: str, api_key: str | None = None) -> None:
        """`base_url` as OpenAI clients take it, such as http://localhost:8000/v1; without a path, /v1 is added."""
        base = base_url.rstrip("/")
        self.name = model
        self._url = (base if urlsplit(base).path else f"{base}/v1") + "/chat/completions"
        self._headers = {"authorization": f"Bearer {api_key}"} if api_key else {}

    def stream(
        self, messages: Sequence[Message], *, max_new_tokens: int, deadline_s: float
    ) -> Generator[str, None, None]:
        """Pieces of the answer, an empty one first; closing it closes the connection.

        Raises EngineError: no connection, an error of the server (quota too), a broken answer, or a long silence.
        """
        yield ""
        until = time.monotonic() + deadline_s
        body = {
            "model": self.name,
            "messages": plain_messages(messages, COMMON_CONTROL),
            "max_tokens": max_new_tokens,
            "temperature": 0,
            "stream": True,
        }
        call = _Call()
        yield from pieces_of(lambda put: call.run(self._ask(body, put)), call.cancel, until=until)

    def close(self) -> None:
        """Nothing to let go: connections live as long as their answers."""

    async def _ask(self, body: dict[str, Any], put: Callable[[str], None]) -> None:
        timeout = httpx.Timeout(SILENCE_S, connect=CONNECT_S)
        try:
            async with (
                httpx.AsyncClient(timeout=timeout, headers=self._headers) as client,
                client.stream("POST", self._url, json=body) as response,
            ):
                if response.status_code != 200:
                    raise _refusal(response.status_code)
                async for line in response.aiter_lines():
                    if line.startswith("data:"):
                        data = line.removeprefix("data:").strip()
                        if data == "[DONE]":
                            return
                        put(_text(data))
        except httpx.HTTPError as error:
            raise EngineError(f"The language model's server cannot be reached ({type(error).__name__}).") from None


class _Call:
    """One coroutine in the calling thread, which another thread may cancel at any time, also before it starts."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._cancelled = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def run(self, coroutine: Any) -> None:
        """Run to the end; a cancelled one ends silently. Raises what the coroutine raises."""
        try:
            asyncio.run(self._guarded(coroutine))
        except asyncio.CancelledError:
            return

    def cancel(self) -> None:
        """End the coroutine at its current wait; does nothing when it is over."""
        with self._lock:
            self._cancelled = True
            if self._loop and self._task:
                self._loop.call_soon_threadsafe(self._task.cancel)

    async def _guarded(self, coroutine: Any) -> None:
        with self._lock:
            self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
            if self._cancelled and self._task:
                self._task.cancel()
        try:
            await coroutine
        finally:
            with self._lock:  # a closed loop takes no more calls
                self._task = None


def _refusal(status: int) -> EngineError:
    if status == 429:
        return EngineError("The language model's quota is used up for now.", "quota")
    if status == 503:
        return EngineError("The language model's server is busy; try again in a moment.", "busy")
    if status in (401, 403):
        return EngineError("The language model's server refused the key (LLM_API_KEY).")
    return EngineError(f"The language model's server answered with an error ({status}).")


def _text(data: str) -> str:
    """The text in one chunk; empty for a chunk without text.

    Raises EngineError for a chunk that is not of the protocol, or that reports an error.
    """
    try:
        chunk = json.loads(data)
        if "error" in chunk:
            raise EngineError("The language model's server stopped with an error.")
        choices = chunk["choices"]
        text = choices[0]["delta"].get("content") if choices else None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise EngineError("The language model's server sent something that is no chat completion.") from None
    return text if isinstance(text, str) else ""
