"""The process in which a model lives: python -m backend.engines.batcher SOURCE, where SOURCE is JSON (see `main`).

Its own process, with a lower priority, so that pages stay quick while the model writes, and so that a crash, a hang or a
full memory of the model takes nothing else along. It reads one JSON object a line: {"id", "messages", "max_new_tokens"}
asks, {"cancel": id} takes it back, {"count": true} asks how many tokens were written so far. It writes one a line:
{"ready": seconds} or {"failed": sentence}; after each step {"step": [[id, text, ended], ...]}, which may be empty; {"id",
"error", "reason"}; {"count": n}. It ends when its input does.
"""

import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from backend.engines.base import EngineError, Message
from backend.engines.priority import give_way
from backend.engines.sources import SourceError, hub_folder, unpacked_gguf

if TYPE_CHECKING:
    from backend.engines.batch import Answer, Batch
    from backend.engines.generation import ChatModel

LONGEST_WAIT_S = 3.0
"""Who would wait longer than this for the model's first word is told at once that it is busy."""

Line = dict[str, Any]
Write = Callable[[Line], None]

log = logging.getLogger(__name__)


class Batcher:
    """Does what the lines ask, and puts what is written into lines."""

    def __init__(self, chat: "ChatModel", batch: "Batch", write: Write) -> None:
        self._chat, self._batch, self._write = chat, batch, write
        self._texts: dict[str, str] = {}

    def warm_up(self) -> None:
        """Two answers: the first step is slow and shows whether the model works at all; the second measures its speeds."""
        from backend.engines.batch import CHUNK, Answer

        prompt = self._chat.prompt_ids([{"role": "user", "content": "grant " * CHUNK}], 2)
        for _ in range(2):
            self._batch.clear()
            self._batch.add(Answer("", prompt, 2))
            while self._batch.busy:
                self._batch.step()
        self._batch.count = 0

    def serve(self, lines: "SimpleQueue[Line]") -> None:
        """Work for ever: take what was asked between two steps, and wait for it when there is nothing to write."""
        while True:
            for line in _received(lines, wait=not self._batch.busy):
                self._do(line)
            if self._batch.busy:
                self._step()

    def _do(self, line: Line) -> None:
        if "cancel" in line:
            self._batch.drop(line["cancel"])
            self._texts.pop(line["cancel"], None)
        elif "count" in line:
            self._write({"count": self._batch.count})
        else:
            try:
                self._begin(line["id"], line["messages"], line["max_new_tokens"])
            except EngineError as error:
                self._refuse(line["id"], str(error), error.reason)
            except Exception as error:  # templates refuse some conversations, each with errors of its own
                log.exception("a prompt could not be made")
                self._refuse(line["id"], f"The language model cannot read this ({type(error).__name__}).")

    def _begin(self, answer_id: str, messages: list[Message], most: int) -> None:
        from backend.engines.batch import LONGEST, Answer

        prompt = self._chat.prompt_ids(messages, most, LONGEST)
        if self._batch.wait_s(prompt) > LONGEST_WAIT_S:
            raise EngineError("The language model is busy with other questions; try again in a moment.", "busy")
        self._texts[answer_id] = ""
        self._batch.add(Answer(answer_id, prompt, most))

    def _step(self) -> None:
        try:
            answers = self._batch.step()
        except (MemoryError, RuntimeError) as error:
            if not _is_memory(error):
                raise
            log.warning("out of memory; answers ended: %d", len(self._batch.ids()))
            for answer_id in self._batch.ids():
                self._refuse(answer_id, "The language model ran out of memory.")
            self._batch.clear()
            return
        self._write({"step": [self._news(answer) for answer in answers]})

    def _news(self, answer: "Answer") -> tuple[str, str, bool]:
        said = self._texts[answer.id]
        text = self._chat.text(answer.written)
        if answer.ended:
            del self._texts[answer.id]
        else:
            self._texts[answer.id] = text
        return answer.id, text[len(said) :], answer.ended

    def _refuse(self, answer_id: str, sentence: str, reason: str = "failed") -> None:
        self._texts.pop(answer_id, None)
        self._write({"id": answer_id, "error": sentence, "reason": reason})


def main(source: dict[str, str]) -> None:
    """Load the model of `source` and serve it: {"gguf": file, "data_dir": folder}, {"folder": folder} or {"hub": id}."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # whatever a library prints must not come between the lines
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the app, which then ends this
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    lines: SimpleQueue[Line] = SimpleQueue()
    Thread(target=_read, args=(lines,), name="lines", daemon=True).start()

    def write(line: Line) -> None:
        print(json.dumps(line), file=out)

    give_way()
    begun = time.monotonic()
    try:
        batcher = _loaded(source, write)
    except SourceError as error:
        write({"failed": str(error)})
        return
    except Exception as error:  # a model that cannot be loaded, for whatever reason: the app shows a sentence
        log.exception("loading failed")
        write({"failed": f"The language model could not be loaded ({type(error).__name__})."})
        return
    write({"ready": round(time.monotonic() - begun, 1)})
    batcher.serve(lines)


def _loaded(source: dict[str, str], write: Write) -> Batcher:
    folder = _folder(source)
    from backend.engines.batch import Batch, Unsupported
    from backend.engines.generation import ChatModel, best_device

    chat = ChatModel.load(folder, best_device())
    try:
        batcher = Batcher(chat, Batch(chat), write)
    except Unsupported as error:
        raise SourceError(str(error)) from None
    batcher.warm_up()
    return batcher


def _folder(source: dict[str, str]) -> Path:
    if "gguf" in source:
        return unpacked_gguf(Path(source["gguf"]), Path(source["data_dir"]))
    return hub_folder(source["hub"]) if "hub" in source else Path(source["folder"])


def _read(lines: "SimpleQueue[Line]") -> None:
    """Put each line of the input into `lines`; at its end, when the app has gone, end this process at once."""
    with suppress(OSError, ValueError):
        for line in sys.stdin:
            lines.put(json.loads(line))
    os._exit(0)


def _received(lines: "SimpleQueue[Line]", *, wait: bool) -> Iterator[Line]:
    """All that is there; with `wait` at least one."""
    if wait:
        yield lines.get()
    with suppress(Empty):
        while True:
            yield lines.get_nowait()


def _is_memory(error: Exception) -> bool:
    """torch tells of a full memory of the CPU only in words."""
    return isinstance(error, MemoryError) or "memory" in str(error).lower()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
