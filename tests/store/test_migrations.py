import subprocess
import sys
from pathlib import Path

import peewee
import pytest
from playhouse.schema_diff import diff_models

from backend import database as module
from backend.database import MIGRATIONS, Database
from backend.models import TABLES

ROOT = Path(__file__).parents[2]
BROKEN = """
from peewee import TextField


def up(migrator, db):
    migrator.migrate(migrator.add_column("account", "nickname", TextField(null=True)))
    db.execute_sql("SELECT * FROM nothing_of_this_name")
"""


def test_the_migrated_schema_is_that_of_the_models(database: Database):
    with database.session():
        assert not diff_models(database._db, TABLES)
        assert {t for t in database._db.get_tables() if t != "schema_migration"} == {t._meta.table_name for t in TABLES}


def test_what_belongs_to_a_row_goes_with_it(database: Database):
    with database.session():
        for table in TABLES:
            for field in table._meta.refs:
                keys = {(k.column, k.dest_table) for k in database._db.get_foreign_keys(table._meta.table_name)}
                assert (field.column_name, field.rel_model._meta.table_name) in keys
                assert field.on_delete == "CASCADE"


def test_a_second_start_changes_nothing(empty_url: str):
    database = Database(empty_url)
    assert database.migrate() == sorted(p.stem for p in MIGRATIONS.glob("0*.py"))
    assert database.migrate() == []
    database.close()


def test_processes_that_start_at_once_migrate_once(empty_url: str):
    code = "import sys; from backend.database import Database; print(len(Database(sys.argv[1]).migrate()))"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, empty_url], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    results = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0] * 4, results
    assert sorted(int(out) for out, _ in results) == [0, 0, 0, len(list(MIGRATIONS.glob("0*.py")))]


def test_a_step_that_fails_leaves_nothing_behind(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with database.session():
        history = database._db.execute_sql("SELECT name FROM schema_migration").fetchall()
    for step in MIGRATIONS.glob("0*.py"):
        (tmp_path / step.name).write_text(step.read_text())
    (tmp_path / "9999_broken.py").write_text(BROKEN)
    monkeypatch.setattr(module, "MIGRATIONS", tmp_path)
    with pytest.raises((peewee.DatabaseError, module.Unavailable)):
        database.migrate()
    with database.session():
        assert "nickname" not in {c.name for c in database._db.get_columns("account")}
        assert database._db.execute_sql("SELECT name FROM schema_migration").fetchall() == history
    assert database._db.is_closed()
