"""Every store test runs on SQLite and on PostgreSQL; the clock stands still until a test moves it."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from backend.accounts import Account, Accounts
from backend.applications import Applications
from backend.catalogue import Catalogue, read_csv
from backend.database import Database, default_url
from backend.history import ChatHistory
from backend.models import AccountRow, FeedbackRow, ReportRow
from backend.reports import Reports
from backend.sessions import Sessions
from backend.students import Students

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")
KEY = "a key for tests that is longer than 32 bytes"
PASSWORD = "mango tree by the river"


class FakeClock:
    """A clock that moves only by `advance`."""

    def __init__(self) -> None:
        self.now = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        """Move on by a timedelta's arguments, e.g. `days=7`."""
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database of this run's own, dropped at its end."""
    name = f"store_{token_hex(6)}"
    try:
        admin = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        message = f"no PostgreSQL at TEST_POSTGRES_URL: {error}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with admin:
        admin.execute(f"CREATE DATABASE {name}")
        admin.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        yield urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return default_url(tmp_path / "state")
    url = request.getfixturevalue("postgres_url")
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("DROP SCHEMA public CASCADE")
        admin.execute("CREATE SCHEMA public")
    return str(url)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with tables and without rows."""
    found = Database(
        default_url(tmp_path / "state") if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    )
    found.migrate()
    with found.session():  # making PostgreSQL's tables anew for each test would take seconds
        for table in (AccountRow, ReportRow, FeedbackRow):
            table.delete().execute()
    yield found
    found.close()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_csv(Path(__file__).parents[2] / "data" / "scholarships.csv")


@pytest.fixture
def accounts(database: Database, clock: FakeClock) -> Accounts:
    return Accounts(database, clock, 4)


@pytest.fixture
def sessions(database: Database, clock: FakeClock) -> Sessions:
    return Sessions(database, clock, KEY)


@pytest.fixture
def applications(database: Database, catalogue: Catalogue, clock: FakeClock) -> Applications:
    return Applications(database, catalogue, clock)


@pytest.fixture
def students(database: Database, clock: FakeClock) -> Students:
    return Students(database, clock)


@pytest.fixture
def history(database: Database, clock: FakeClock) -> ChatHistory:
    return ChatHistory(database, clock)


@pytest.fixture
def reports(database: Database, clock: FakeClock) -> Reports:
    return Reports(database, clock)


@pytest.fixture
def asha(accounts: Accounts) -> Account:
    return accounts.sign_up("asha@example.com", PASSWORD, "Asha")


@pytest.fixture
def ben(accounts: Accounts) -> Account:
    return accounts.sign_up("ben@example.com", PASSWORD, "Ben")


def in_parallel(threads: int, call: Callable[[int], Any]) -> list[Any]:
    """Call `call(0)`, `call(1)`, ... at the same moment; gives results, or the exceptions that were raised."""
    start = Barrier(threads)

    def run(number: int) -> Any:
        start.wait()
        try:
            return call(number)
        except Exception as error:
            return error

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))
