"""One server for all browser tests: `python app.py` on a free port with its own data folder, and a Chromium."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

playwright_api = pytest.importorskip("playwright.sync_api")
playwright_api.expect.set_options(timeout=15_000)  # two processes of tests share two cores

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = ROOT / "artifacts"
START_S = 60
DESKTOP, PHONE = (1280, 900), (360, 740)
BOTH = pytest.mark.parametrize(
    "page",
    [pytest.param(DESKTOP, id="desktop", marks=pytest.mark.walks), pytest.param(PHONE, id="phone")],
    indirect=True,
)
"""For a walk at both widths; `make test` takes the phone's, as most of those at one width are the desktop's."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the server."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site(folder: Path, chromium: Any) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "DATA_DIR": str(folder), "LLM_MODEL": "none", "GRADIO_SERVER_NAME": "127.0.0.1", "GRADIO_SERVER_PORT": str(port),
        "RATE_LIMITS": "off", "BCRYPT_COST": "4", "GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1",
    }  # fmt: skip
    log = folder / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env={**os.environ, **settings}, stdout=out, stderr=subprocess.STDOUT
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, log)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the app did not start:\n{log.read_text()[-3000:]}")


class Watch:
    """What a page did behind the scenes: outside requests, script errors."""

    def __init__(self, page: "playwright_api.Page", site: str) -> None:
        self.outside: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda r: None if r.url.startswith((site, "data:", "blob:")) else self.outside.append(r.url))
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("console", lambda m: self.errors.append(m.text) if "Content Security Policy" in m.text else None)


@pytest.fixture(params=[DESKTOP], ids=["desktop"])
def page(
    chromium: "playwright_api.Browser", site: str, request: pytest.FixtureRequest
) -> Iterator["playwright_api.Page"]:
    """A fresh visitor's page; at the end nothing was fetched from outside and no script failed. What a failed test saw is
    kept in artifacts/."""
    failed = request.session.testsfailed
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-IN")
    page = context.new_page()
    page.set_default_timeout(15_000)
    watch = Watch(page, site)
    yield page
    if request.session.testsfailed > failed:
        ARTIFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTIFACTS / f"failed-{request.node.name}.png")
    context.close()
    assert watch.outside == []
    assert watch.errors == []
