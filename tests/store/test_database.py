import os
import sqlite3
import stat
import threading
from pathlib import Path

import peewee
import psycopg
import pytest

from backend.accounts import Accounts
from backend.database import SQLITE_PRAGMAS, Database, default_url
from backend.errors import NotFound, Unavailable, ValidationFailed
from backend.history import ChatHistory
from backend.models import AccountRow, ChatMessageRow, ReportRow
from backend.reports import Reports
from tests.store.conftest import PASSWORD, FakeClock, in_parallel


@pytest.fixture
def sqlite(tmp_path: Path) -> Database:
    database = Database(default_url(tmp_path / "state"))
    database.migrate()
    return database


@pytest.fixture
def postgres(postgres_url: str):
    database = Database(postgres_url)
    database.migrate()
    yield database
    database.close()


def test_data_folder_is_made_for_its_owner_only(tmp_path: Path):
    url = default_url(tmp_path / "a" / "b")
    assert url == f"sqlite:///{tmp_path}/a/b/app.db"
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_folder_names_may_hold_signs_of_addresses(tmp_path: Path):
    Database(default_url(tmp_path / "50% #1?")).migrate()
    assert (tmp_path / "50% #1?" / "app.db").exists()


def test_s49_pragmas_hold_on_every_connection(sqlite: Database):
    expected = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 5000, "foreign_keys": 1, "secure_delete": 1}

    def read(_: int) -> dict[str, object]:
        with sqlite.session():
            return {name: sqlite._db.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in expected}

    assert in_parallel(2, read) == [expected, expected]


def test_s47_passwords_in_addresses_may_be_percent_encoded():
    database = Database("postgresql://asha:p%40ss%2F1@127.0.0.1:5432/none")
    assert database._db.connect_params["password"] == "p@ss/1"


def test_s48_store_calls_outside_a_session_fail_at_once(database: Database):
    with pytest.raises(peewee.InterfaceError):
        AccountRow.select().count()


def test_sessions_nest_in_one_transaction(database: Database, reports: Reports):
    with pytest.raises(RuntimeError), database.session():
        reports.add("x", "wrong amount", None)
        with database.session():
            reports.add("y", "wrong date", None)
        raise RuntimeError
    with database.session():
        assert ReportRow.select().count() == 0


def test_s47_a_caught_error_of_an_inner_session_leaves_the_outer_one_usable(
    database: Database, accounts: Accounts, asha
):
    with database.session():
        with pytest.raises(peewee.IntegrityError), database.session():
            AccountRow.create(email=asha.email, password_hash="", created_at=0)
        AccountRow.create(email="new@example.com", password_hash="", created_at=0)
    with database.session():
        assert AccountRow.select().count() == 2


def test_s50_increments_under_threads_are_exact(database: Database, asha):
    def add(_: int) -> None:
        for _ in range(100):
            with database.session():
                AccountRow.update(created_at=AccountRow.created_at + 1).where(AccountRow.id == asha.id).execute()
                if database.is_sqlite:  # read, then write: safe because transactions begin IMMEDIATE
                    row = AccountRow.get_by_id(asha.id)
                    row.created_at += 1
                    row.save()

    before = int(asha.created_at.timestamp() * 1000)
    assert in_parallel(8, add) == [None] * 8
    with database.session():
        assert AccountRow.get_by_id(asha.id).created_at - before == 800 * (2 if database.is_sqlite else 1)


def test_s48_nothing_is_held_after_calls_that_work_and_calls_that_fail(
    database: Database, accounts: Accounts, history: ChatHistory, asha
):
    def mixed(number: int) -> None:
        for _ in range(21):
            accounts.get(asha.id)
            history.append(asha.id, None, f"question {number}", "answer", {})
            with pytest.raises(NotFound):
                history.messages(asha.id, "unknown")

    mixed(0)
    before = len(os.listdir("/proc/self/fd"))
    assert in_parallel(8, mixed) == [None] * 8
    if database.is_sqlite:
        assert len(os.listdir("/proc/self/fd")) <= before + 5
    else:
        assert database._db._in_use == {}
    assert database._db.is_closed()


def test_text_that_cannot_be_stored_is_the_callers_fault(database: Database, reports: Reports):
    with pytest.raises(ValidationFailed):
        reports.add("x", "lone surrogate \ud800", None)
    if not database.is_sqlite:
        with pytest.raises(ValidationFailed):
            reports.add("x", "a\0b", None)
    reports.add("x", "plain", None)


def test_s57_a_locked_database_is_unavailable_and_recovers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(SQLITE_PRAGMAS, "busy_timeout", 100)
    url = default_url(tmp_path / "state")
    database = Database(url)
    database.migrate()
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable, match="try again"), database.session():
        pytest.fail("the session began")
    other.execute("ROLLBACK")
    other.close()
    database.ping()


def test_s57_a_full_disk_saves_no_half_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FakeClock):
    url = default_url(tmp_path / "state")
    database = Database(url)
    database.migrate()
    account = Accounts(database, clock, 4).sign_up("asha@example.com", PASSWORD)
    monkeypatch.setitem(SQLITE_PRAGMAS, "max_page_count", 40)
    full = ChatHistory(Database(url), clock)
    with pytest.raises(Unavailable):
        full.append(account.id, None, "question", "long answer " * 50_000, {})
    monkeypatch.delitem(SQLITE_PRAGMAS, "max_page_count")
    database = Database(url)
    history = ChatHistory(database, clock)
    assert history.messages(account.id) == ([], 0)
    history.append(account.id, None, "question", "answer", {})
    with database.session():
        assert database._db.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_folder_that_is_gone_is_unavailable(tmp_path: Path):
    with pytest.raises(Unavailable):
        Database(f"sqlite:///{tmp_path}/gone/app.db").ping()


def test_a_server_that_is_not_there_is_unavailable():
    with pytest.raises(Unavailable):
        Database("postgresql://postgres@127.0.0.1:1/test").ping()


def _terminate(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_s47_connections_that_died_idle_are_replaced(postgres: Database, postgres_url: str):
    in_parallel(4, lambda _: postgres.ping())
    _terminate(postgres_url)
    assert in_parallel(4, lambda _: postgres.ping()) == [None] * 4


def test_s47_a_connection_that_dies_in_use_is_unavailable_once(postgres: Database, postgres_url: str):
    with pytest.raises(Unavailable), postgres.session():
        _terminate(postgres_url)
        postgres._db.execute_sql("SELECT 1")
    postgres.ping()
    assert postgres._db._in_use == {}


def test_a_connection_that_dies_does_not_disturb_other_threads(postgres: Database, postgres_url: str):
    inside, go_on = threading.Event(), threading.Event()

    def work(number: int) -> int:
        if number == 0:
            with postgres.session():
                inside.set()
                go_on.wait(5)
                return int(postgres._db.execute_sql("SELECT 7").fetchone()[0])
        inside.wait(5)
        with pytest.raises(Unavailable), postgres.session():
            pid = postgres._db.execute_sql("SELECT pg_backend_pid()").fetchone()[0]
            with psycopg.connect(postgres_url, autocommit=True) as admin:
                admin.execute("SELECT pg_terminate_backend(%s)", (pid,))
            postgres._db.execute_sql("SELECT 1")
        postgres.ping()
        go_on.set()
        return 7

    assert in_parallel(2, work) == [7, 7]


def test_an_exhausted_pool_is_unavailable_and_recovers(postgres: Database):
    postgres._db._max_connections, postgres._db._wait_timeout = 1, 0.2
    postgres.close()
    with postgres.session():
        assert isinstance(in_parallel(1, lambda _: postgres.ping())[0], Unavailable)
    assert in_parallel(3, lambda _: postgres.ping()) == [None] * 3


def test_deleted_bytes_are_gone_from_the_file(tmp_path: Path, clock: FakeClock):
    database = Database(default_url(tmp_path / "state"))
    database.migrate()
    accounts = Accounts(database, clock, 4)
    account = accounts.sign_up("asha.planted@example.com", PASSWORD)
    ChatHistory(database, clock).append(account.id, None, "planted question", "planted answer", {})
    with database.session():
        assert ChatMessageRow.select().count() == 2
    accounts.delete(account.id, PASSWORD)
    files = list((tmp_path / "state").iterdir())
    assert files
    assert not any(b"planted" in file.read_bytes() for file in files)
