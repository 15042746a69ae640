"""`make bench`: start, search and chat of the real app on this machine, beside its own /health in the same run.

Prints a Markdown table. Whole-process start times and client-side latencies over loopback with one keep-alive client.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
CALLS = 200
FEW = 20
"""With fewer values the largest is shown instead of a percentile."""
QUESTIONS = ("Show me scholarships for engineering", "obc girl bihar class 12 income 2 lakh", "last date of NMMSS")


@contextmanager
def app(data_dir: str, model: str | None) -> Iterator[tuple[httpx.Client, float]]:
    """The running app with a client, and the seconds from process start to the first healthy answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {
        "DATA_DIR": data_dir,
        "GRADIO_SERVER_PORT": str(port),
        "LOG_LEVEL": "ERROR",
        "RATE_LIMITS": "off",
    }
    env = env | ({"LLM_MODEL": model} if model else {})
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
    try:
        while True:
            try:
                if client.get("/health").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.02)
        yield client, time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait()


def row(name: str, milliseconds: list[float]) -> None:
    """One line of the table."""
    ordered = sorted(milliseconds)
    p95 = (
        f"{ordered[int(len(ordered) * 0.95) - 1]:.1f}"
        if len(ordered) >= FEW
        else f"(max of {len(ordered)}: {ordered[-1]:.1f})"
    )
    print(f"| {name} | {statistics.median(ordered):.1f} | {p95} |")


def timed(call, times: int = CALLS) -> list[float]:  # type: ignore[no-untyped-def]
    """Milliseconds of each call."""
    out = []
    for _ in range(times):
        begun = time.perf_counter()
        call().raise_for_status()
        out.append((time.perf_counter() - begun) * 1000)
    return out


def first_words(client: httpx.Client, question: str) -> tuple[float, float, str]:
    """Milliseconds to the first delta and to the end of a streamed chat, and its engine."""
    begun, first, engine = time.perf_counter(), 0.0, ""
    with client.stream("POST", "/api/chat/stream", json={"message": question}) as answer:
        for line in answer.iter_lines():
            if line.startswith("data:"):
                first = first or (time.perf_counter() - begun) * 1000
                engine = json.loads(line[5:]).get("engine", engine)
    return first, (time.perf_counter() - begun) * 1000, engine


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as data_dir:
        print("| what | median ms | p95 ms |\n|---|---|---|")
        with app(data_dir, "none") as (client, _):
            row("GET /health", timed(lambda: client.get("/health")))
            search = {"keywords": "engineering", "pageSize": 20}
            row(
                "GET /api/scholarships/search, 20 rows",
                timed(lambda: client.get("/api/scholarships/search", params=search)),
            )
            profile = {"level": "undergraduate", "citizenship": "IN", "state": "Bihar", "gender": "female"}
            row(
                "POST /api/scholarships/match, 20 rows",
                timed(lambda: client.post("/api/scholarships/match", json=profile)),
            )
            for question in QUESTIONS:
                row(
                    f"POST /api/chat, catalogue: {question}",
                    timed(lambda q=question: client.post("/api/chat", json={"message": q}), 50),
                )
        starts = []
        with app(data_dir, None) as (client, _):
            while client.get("/health").json()["model"]["state"] == "loading":
                time.sleep(0.5)
        for _ in range(3):
            with app(data_dir, None) as (client, seconds):
                starts.append(seconds * 1000)
                while client.get("/health").json()["model"]["state"] == "loading":
                    time.sleep(0.1)
                turns = [first_words(client, QUESTIONS[0]) for _ in range(3)]
        row("second start to the first healthy answer", starts)
        row("chat with the small model: first words", [t[0] for t in turns])
        row(f"chat with the small model: whole turn (engine {turns[-1][2]})", [t[1] for t in turns])


if __name__ == "__main__":
    main()
