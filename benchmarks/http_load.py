"""Servers started for a measurement, and loads on them."""

import csv
import json
import math
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 16
START_SECONDS = 600
"""How long a server may take to answer for the first time."""
SERVER_LOG = "server.log"


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed; of fewer than 20 values, the largest."""
    return sorted(values)[math.ceil(len(values) * 0.95) - 1]


@dataclass(frozen=True)
class Load:
    """What a load on a server measured; `errors` are replies other than 2xx and 3xx, and broken connections."""

    tool: str
    per_second: float
    p50: float
    p99: float
    errors: int


class ServerEnded(Exception):
    """A server that does not run (any more); the message is the last line it wrote."""


@contextmanager
def serving(
    command: Sequence[str], env: Mapping[str, str], folder: Path
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A running server that answers /health, and its address; `PORT` in the command and values is replaced.

    Raises ServerEnded.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with (folder / SERVER_LOG).open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *(part.replace("PORT", port) for part in command)],
            cwd=ROOT,
            env=os.environ | {name: value.replace("PORT", port) for name, value in env.items()},
            stdout=log,
            stderr=log,
        )
    address, begun = f"http://127.0.0.1:{port}", time.perf_counter()
    try:
        while not _is_healthy(address):
            if process.poll() is not None or time.perf_counter() - begun > START_SECONDS:
                raise ServerEnded(last_line(folder / SERVER_LOG))
            time.sleep(0.1)
        yield process, address
    finally:
        process.terminate()
        process.wait()


def last_line(log: Path) -> str:
    """The last line that a server wrote."""
    return (log.read_text(errors="replace").splitlines() or [""])[-1]


def _is_healthy(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", timeout=30).status_code == 200
    except httpx.TransportError:
        return False


def load(address: str, paths: Sequence[str], numbered: str, seconds: int, folder: Path) -> Load:
    """Call the paths in turn over some connections; `numbered`, if not empty, and a number that never repeats end each.

    Uses wrk, else hey (one unchanging path only), else threads of this process, which are slower than most servers.
    """
    if shutil.which("wrk"):
        return _wrk(address, paths, numbered, seconds, folder)
    if shutil.which("hey") and len(paths) == 1 and not numbered:
        return _hey(address + paths[0], seconds)
    return _threads(address, paths, numbered, seconds)


def _wrk(address: str, paths: Sequence[str], numbered: str, seconds: int, folder: Path) -> Load:
    script = folder / "paths.lua"
    number = f" .. {json.dumps(numbered)} .. i" if numbered else ""
    script.write_text(
        f"local paths = {{{', '.join(json.dumps(path) for path in paths)}}}\nlocal i = 0\n"
        "request = function()\n  i = i + 1\n"
        f"  return wrk.format('GET', paths[i % #paths + 1]{number})\nend\n"
    )
    given = ["-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--timeout", "60s", "--latency"]
    command = ["wrk", *given, "-s", str(script), address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    shares = re.findall(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)\s*$", said, re.MULTILINE)
    times = {share: float(number) * {"us": 1e-3, "ms": 1, "s": 1e3, "m": 6e4}[unit] for share, number, unit in shares}
    errors = re.findall(r"(?:connect|read|write|timeout|responses:) (\d+)", said)
    (per_second,) = re.findall(r"Requests/sec:\s+([\d.]+)", said)
    return Load("wrk", float(per_second), times["50"], times["99"], sum(map(int, errors)))


def _hey(url: str, seconds: int) -> Load:
    given = ["-z", f"{seconds}s", "-c", str(CONNECTIONS), "-t", "60", "-o", "csv"]
    said = subprocess.run(["hey", *given, url], capture_output=True, text=True, check=True).stdout
    calls = list(csv.DictReader(said.splitlines()))
    times = [float(call["response-time"]) * 1000 for call in calls]
    return _load("hey", times, sum(not call["status-code"].startswith("2") for call in calls), seconds)


def _threads(address: str, paths: Sequence[str], numbered: str, seconds: int) -> Load:
    numbers, turn, until = count(1), cycle(paths), time.perf_counter() + seconds

    def calls(_: int) -> list[tuple[float, bool]]:
        out = []
        with httpx.Client(base_url=address, timeout=60) as client:
            while (begun := time.perf_counter()) < until:
                path = next(turn) + (f"{numbered}{next(numbers)}" if numbered else "")
                good = client.get(path).status_code < 400
                out.append(((time.perf_counter() - begun) * 1000, good))
        return out

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        done = [call for calls_of_one in pool.map(calls, range(CONNECTIONS)) for call in calls_of_one]
    return _load("Python threads with httpx", [ms for ms, _ in done], sum(not good for _, good in done), seconds)


def _load(tool: str, times: list[float], errors: int, seconds: int) -> Load:
    times.sort()
    p99 = times[int(len(times) * 0.99) - 1]
    return Load(tool, len(times) / seconds, statistics.median(times), p99, errors)
