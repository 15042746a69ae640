"""`make bench-ui`: how soon the page can be read and used on a cheap phone, beside a bare `gr.ChatInterface`.

Headless Chromium with an empty cache, the CPU slowed four times, 1.6 Mbit/s down, 0.75 Mbit/s up and 150 ms latency (the
profile of Lighthouse's "slow 4G"). The two apps run side by side on this machine and are loaded in turns; the figures are
medians from the start of the navigation. Bytes are those on the wire until the first answer stands on the page.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from ui.strings_en import English

ROOT = Path(__file__).resolve().parents[1]
LATENCY_MS, DOWN, UP, SLOWER = 150, 1.6e6 / 8, 0.75e6 / 8, 4
QUESTION = English.STARTERS[0]
LIMIT_S = 120
BARE = """
import sys, gradio as gr
def answer(message, history):
    return "An answer to: " + message
gr.ChatInterface(answer, title="Bare").launch(server_port=int(sys.argv[1]), quiet=True, ssr_mode=False)
"""
WATCH = f"""
window.seen = {{}};
const busy = {English.THINKING!r};
const look = () => {{
  const seen = window.seen;
  if (seen.input === undefined) {{
    const box = [...document.querySelectorAll('textarea, input[type=text]')].find((x) => !x.disabled && x.checkVisibility() && x.getBoundingClientRect().height > 10);
    if (box) seen.input = performance.now();
  }}
  const bot = document.querySelector('[role=log] .bot.message, [role=log] .message.bot, [role=log] .bot');
  const text = bot ? bot.innerText.trim() : '';
  if (seen.answer === undefined && text.length > 10 && text !== busy) seen.answer = performance.now();
  requestAnimationFrame(look);
}};
requestAnimationFrame(look);
new PerformanceObserver((list) => {{ for (const e of list.getEntries()) if (e.name === 'first-contentful-paint') window.seen.text = e.startTime; }}).observe({{type: 'paint', buffered: true}});
window.seen.shift = 0;
new PerformanceObserver((list) => {{ for (const e of list.getEntries()) if (!e.hadRecentInput) window.seen.shift += e.value; }}).observe({{type: 'layout-shift', buffered: true}});
"""
NAMES = {"text": "first text (s)", "input": "first input possible (s)", "answer": "first answer (s)", "bytes": "bytes on the wire (kB)",
         "requests": "requests", "shift": "layout shift (CLS)"}  # fmt: skip


def visit(browser: Browser, url: str, width: int) -> dict[str, float]:
    """One visit with an empty cache; seconds, kB."""
    context = browser.new_context(viewport={"width": width, "height": 740}, locale="en-IN")
    page = context.new_page()
    page.set_default_timeout(LIMIT_S * 1000)
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY_MS, "downloadThroughput": DOWN, "uploadThroughput": UP},
    )
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes: list[float] = []
    protocol.on("Network.loadingFinished", lambda e: sizes.append(e["encodedDataLength"]))
    page.add_init_script(WATCH)
    page.goto(url, wait_until="commit")
    page.wait_for_function("window.seen.input !== undefined")
    box = page.locator("textarea:visible, input[type=text]:visible").first
    box.fill(QUESTION)
    box.press("Enter")
    page.wait_for_function("window.seen.answer !== undefined")
    seen: dict[str, Any] = page.evaluate("window.seen")
    context.close()
    times = {name: seen[name] / 1000 for name in ("text", "input", "answer")}
    return {**times, "bytes": sum(sizes) / 1000, "requests": len(sizes), "shift": seen["shift"]}


def report(ours: list[dict[str, float]], bare: list[dict[str, float]]) -> str:
    """The medians as a Markdown table."""
    rows = ["| | ours | bare `gr.ChatInterface` | ratio |", "|---|---|---|---|"]
    for name, label in NAMES.items():
        mine, theirs = (median(visit[name] for visit in visits) for visits in (ours, bare))
        ratio = f"{mine / theirs:.2f}" if theirs and name != "shift" else ""
        rows.append(f"| {label} | {mine:.2f} | {theirs:.2f} | {ratio} |")
    return "\n".join(rows)


@contextmanager
def served(command: list[str], **settings: str) -> Iterator[str]:
    """The address of a server that runs until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "GRADIO_ANALYTICS_ENABLED": "False",
        "HF_HUB_OFFLINE": "1",
        "GRADIO_SERVER_PORT": str(port),
        **settings,
    }
    process = subprocess.Popen(
        [x.replace("PORT", str(port)) for x in command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(url, timeout=2).close()
                break
            except (urllib.error.URLError, OSError):
                if time.monotonic() > until or process.poll() is not None:
                    raise
                time.sleep(0.2)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--width", type=int, default=360)
    given = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with (
        tempfile.TemporaryDirectory() as folder,
        served([sys.executable, "app.py"], DATA_DIR=folder, LLM_MODEL="none", RATE_LIMITS="off", GRADIO_SERVER_NAME="127.0.0.1") as ours,
        served([sys.executable, "-c", BARE, "PORT"]) as bare,
        sync_playwright() as playwright,
    ):  # fmt: skip
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        visits: dict[str, list[dict[str, float]]] = {ours: [], bare: []}
        for _ in range(given.repeats):
            for url, seen in visits.items():
                seen.append(visit(browser, url, given.width))
        browser.close()
    print(report(visits[ours], visits[bare]))


if __name__ == "__main__":
    main()
