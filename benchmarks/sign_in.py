"""How long /health takes while eight clients sign in for ten seconds at the real cost of a password.

`make bench-sign-in`; the goal is a p95 under 100 ms. Starts the app itself, without limits and without a model.
"""

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

from tests.running_app import PASSWORD, ROOT, environment, free_port, wait_for

CLIENTS, SECONDS, COST, GOAL_MS = 8, 10.0, 12, 100


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        port, log = free_port(), Path(folder) / "app.log"
        url, env = f"http://127.0.0.1:{port}", environment(Path(folder), port) | {"BCRYPT_COST": str(COST)}
        with log.open("w") as out:
            process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=env, stdout=out, stderr=out)
            try:
                wait_for(url, process, log)
                signed, times = measured(url)
            finally:
                process.terminate()
                process.wait(timeout=15)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{signed} sign-ins by {CLIENTS} clients in {SECONDS:.0f} s at bcrypt cost {COST}")
    print(f"/health: {len(times)} calls, p50 {statistics.median(times):.1f} ms, p95 {p95:.1f} ms (goal < {GOAL_MS} ms)")


def measured(url: str) -> tuple[int, list[float]]:
    """Sign-ins that worked, and the milliseconds of each call of /health meanwhile."""
    person = {"email": "asha@example.com", "password": PASSWORD}
    httpx.post(f"{url}/api/auth/signup", json=person, timeout=30).raise_for_status()
    until, done = time.monotonic() + SECONDS, []

    def sign_in() -> None:
        with httpx.Client(base_url=url, timeout=30) as client:
            while time.monotonic() < until:
                done.append(client.post("/api/auth/signin", json=person).is_success)

    threads = [threading.Thread(target=sign_in) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    times = []
    with httpx.Client(base_url=url, timeout=30) as client:
        while time.monotonic() < until:
            begun = time.perf_counter()
            client.get("/health").raise_for_status()
            times.append((time.perf_counter() - begun) * 1000)
            time.sleep(0.02)
    for thread in threads:
        thread.join()
    return sum(done), times


if __name__ == "__main__":
    main()
