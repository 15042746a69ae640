"""A running backend.engines.batcher: lines go to it and come from it, and nobody waits for the pipes."""

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MODULE = "backend.engines.batcher"
ENVIRONMENT = {"OMP_WAIT_POLICY": "passive"}
"""Threads of torch that wait for each other sleep. By default they spin, which makes each other ten times slower as soon as
something else wants a core (measured on two: 6.7 s for a prompt of 500 tokens instead of 0.6)."""
Line = dict[str, Any]

log = logging.getLogger(__name__)


class Child:
    """The process; it ends when this one does, since its input ends then."""

    def __init__(
        self,
        source: Mapping[str, str],
        take: Callable[[Line], None],
        ended: Callable[[int], None],
    ) -> None:
        """Start it. In a thread of its own, `take` gets each line that it writes and then, once, `ended` its exit code. A
        line that is no JSON object or that `take` cannot read (KeyError, TypeError, ValueError) ends it."""
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", MODULE, json.dumps(dict(source))],
            cwd=ROOT, env={**ENVIRONMENT, **os.environ}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        self.pid = self._process.pid
        self.heard = time.monotonic()
        self._take, self._ended = take, ended
        self._lines: SimpleQueue[Line | None] = SimpleQueue()
        for target in (self._write, self._listen):
            Thread(target=target, name=f"model{target.__name__}", daemon=True).start()

    def send(self, line: Line) -> None:
        """Hand a line on; it is lost if the process has ended."""
        self._lines.put(line)

    def kill(self) -> None:
        """End it at once, and wait until it is gone."""
        self._process.kill()
        self._process.wait()

    def _write(self) -> None:
        assert self._process.stdin is not None
        while (line := self._lines.get()) is not None:
            try:
                self._process.stdin.write(json.dumps(line) + "\n")
                self._process.stdin.flush()
            except OSError:  # it has ended: `_listen` sees that too
                return

    def _listen(self) -> None:
        assert self._process.stdout is not None
        try:
            for text in self._process.stdout:
                self.heard = time.monotonic()
                self._take(json.loads(text))
        except (KeyError, TypeError, ValueError):
            log.exception("the model's process wrote something that is no answer")
            self._process.kill()
        code = self._process.wait()
        self._lines.put(None)
        self._ended(code)
