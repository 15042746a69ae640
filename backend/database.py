"""Connections: SQLite by default, PostgreSQL by DATABASE_URL; one connection and one transaction a call."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
from playhouse.db_url import connect
from playhouse.migrations import Runner
from playhouse.pool import MaxConnectionsExceeded

from backend.errors import Unavailable, ValidationFailed
from backend.models import database_proxy

MIGRATIONS = Path(__file__).parent / "migrations"
SQLITE_PRAGMAS = {
    "journal_mode": "wal", "synchronous": 2, "busy_timeout": 5000, "foreign_keys": 1, "secure_delete": 1,
}  # fmt: skip
POOL_SIZE = 20
_MIGRATION_LOCK = 7_860_431
"""PostgreSQL advisory lock that lets one process migrate at a time."""


def default_url(data_dir: Path) -> str:
    """The SQLite address in the data folder, which is created (for its owner only) if need be."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return f"sqlite:///{data_dir / 'app.db'}"


class Database:
    """The one database of the process; `session()` gives a connection with a transaction to the calling thread."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite:")
        if self.is_sqlite:
            path = url.removeprefix("sqlite:///")  # as it stands: a folder's name may hold ?, # or %
            self._db: peewee.Database = peewee.SqliteDatabase(
                path, pragmas=SQLITE_PRAGMAS, autoconnect=False, lock_type="IMMEDIATE"
            )
        else:
            rest = url.partition("://")[2]
            self._db = connect(
                f"psycopg3+pool://{rest}", unquote_password=True, unquote_user=True, autoconnect=False,
                max_connections=POOL_SIZE, stale_timeout=300, timeout=5, connect_timeout=5,
            )  # fmt: skip
        self._migrating = threading.Lock()
        database_proxy.initialize(self._db)

    @contextmanager
    def session(self) -> Iterator[None]:
        """A transaction on a connection of this thread; joins the one that is already open.

        Raises Unavailable where the database cannot be reached, stays locked or is full, ValidationFailed for text that
        it cannot hold (NUL on PostgreSQL, lone surrogates on both).
        """
        if not self._db.is_closed():
            with self._db.atomic():
                yield
            return
        with self._connected(), self._db.atomic():
            yield

    @contextmanager
    def _connected(self) -> Iterator[None]:
        """A connection for this thread. The pool asks each one for a sign of life before it hands it out."""
        try:
            self._db.connect()
            try:
                yield
            finally:
                self._db.close()
        except (peewee.OperationalError, peewee.InterfaceError, MaxConnectionsExceeded) as error:
            raise Unavailable("database_out") from error
        except (peewee.DataError, UnicodeEncodeError) as error:
            raise ValidationFailed("cannot_store") from error

    def ping(self) -> None:
        """Ask the database for a row; raises Unavailable where it is out."""
        with self.session():
            self._db.execute_sql("SELECT 1").fetchone()

    def migrate(self) -> list[str]:
        """Apply the steps of the schema that are missing; gives their names. All or nothing, safe for two processes."""
        with self._migrating, self._connected(), self._db.atomic():
            if not self.is_sqlite:
                self._db.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_MIGRATION_LOCK,))
            return list(Runner(self._db, str(MIGRATIONS)).up())

    def scrub(self) -> None:
        """Drop what deleted rows left in SQLite's file and log, which `secure_delete` alone does not: cells that moved
        leave copies. PostgreSQL's autovacuum does its own. Raises Unavailable; not inside a `session()`."""
        if self.is_sqlite:
            with self._connected():
                self._db.execute_sql("VACUUM")
                busy = self._db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                if (
                    busy
                ):  # a reader held the log for longer than busy_timeout; SQLite says so in the row, not by an error
                    raise Unavailable("database_busy")

    def close(self) -> None:
        """Close all connections."""
        if hasattr(self._db, "close_all"):
            self._db.close_all()
        elif not self._db.is_closed():
            self._db.close()
