"""A model server with the OpenAI chat completions API (vLLM, TGI, llama.cpp server, transformers serve ...)."""

import json
import time
from collections.abc import Generator, Sequence

import httpx

from backend.engines.base import LARGE_LANGUAGES, EngineError, Message, State

SILENT_S = 30.0


class OpenAIServer:
    """Streams from `base_url`/chat/completions; closing the generator closes the connection."""

    def __init__(self, base_url: str, api_key: str | None, model: str | None) -> None:
        self.name = model or "default"
        self.state: State = "ready"
        self.detail = ""
        self.languages = LARGE_LANGUAGES
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        timeout = httpx.Timeout(SILENT_S, connect=3.0)
        self._client = httpx.Client(base_url=base_url.rstrip("/") + "/", headers=headers, timeout=timeout)

    def stream(
        self, messages: Sequence[Message], *, max_new_tokens: int, deadline_s: float
    ) -> Generator[str, None, None]:
        """See Engine."""
        yield ""
        until = time.monotonic() + deadline_s
        body = {"model": self.name, "messages": list(messages), "max_tokens": max_new_tokens, "stream": True}
        try:
            with self._client.stream("POST", "chat/completions", json=body) as response:
                if response.status_code != httpx.codes.OK:
                    raise EngineError(f"The model server answers with status {response.status_code}.")
                for line in response.iter_lines():
                    data = line.removeprefix("data:").strip()
                    if data == "[DONE]" or time.monotonic() > until:
                        return
                    if line.startswith("data:") and data:
                        yield _delta(data)
        except httpx.HTTPError as error:
            raise EngineError("The model server cannot be reached.") from error

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _delta(data: str) -> str:
    try:
        choices = json.loads(data).get("choices") or [{}]
        return str((choices[0].get("delta") or {}).get("content") or "")
    except (ValueError, AttributeError, IndexError, TypeError) as error:
        raise EngineError("The model server sent something that is no answer.") from error
