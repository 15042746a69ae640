"""What all tests share: the real catalogue and a clock that the test sets."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.catalogue import Catalogue, read_csv
from backend.search import Search

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "data" / "scholarships.csv"
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_csv(CATALOGUE)


@pytest.fixture(scope="session")
def search(catalogue: Catalogue) -> Search:
    return Search(catalogue)
