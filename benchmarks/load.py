"""Row S33: fifty visitors for ten minutes (`make load`, or `make load MINUTES=3`), without a model and without limits.

Goals: no 5xx, search p95 under 300 ms, memory and open files grow by less than a tenth after the first fifth of the time.
"""

import csv
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from tests.running_app import ROOT, environment, free_port, wait_for

USERS, GOAL_MS, GOAL_GROWTH = 50, 300, 0.1


def main(minutes: float) -> int:
    """Print the figures; 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        port, log, seconds = free_port(), Path(folder) / "app.log", int(minutes * 60)
        url, env = f"http://127.0.0.1:{port}", environment(Path(folder) / "data", port) | {"LOG_LEVEL": "INFO"}
        with log.open("w") as out:
            app = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=env, stdout=out, stderr=out)
            try:
                wait_for(url, app, log)
                early: list[tuple[float, int]] = []
                timer = threading.Timer(seconds / 5, lambda: early.append(held(app.pid)))
                timer.start()
                subprocess.run(
                    [
                        sys.executable, "-m", "locust", "-f", "benchmarks/visitors.py", "--headless", "-u", str(USERS), "-r", "10",
                        "-t", f"{seconds}s", "-H", url, "--csv", f"{folder}/load", "--only-summary", "--exit-code-on-error", "0",
                    ],
                    cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )  # fmt: skip
                late = held(app.pid)
            finally:
                app.terminate()
                app.wait(timeout=60)
        rows = list(csv.DictReader((Path(folder) / "load_stats.csv").open()))
    for row in rows:
        print(
            f"{row['Name']:32} {row['Request Count']:>7} calls, {row['Failure Count']} failed, p50 {row['50%']} p95 {row['95%']} ms"
        )
    [(memory, files)], (memory_late, files_late) = early, late
    print(f"resident {memory:.0f} MB → {memory_late:.0f} MB, open files {files} → {files_late}, {minutes:g} minutes")
    search = next(row for row in rows if row["Name"] == "/api/scholarships/search")
    failed = sum(int(row["Failure Count"]) for row in rows if row["Name"] != "Aggregated")
    grew = max(memory_late / memory, files_late / max(files, 1)) - 1
    return int(failed > 0 or float(search["95%"]) >= GOAL_MS or grew >= GOAL_GROWTH)


def held(pid: int) -> tuple[float, int]:
    """Resident memory in MB and open files of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return kilobytes / 1024, len(os.listdir(f"/proc/{pid}/fd"))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10))
