import subprocess
import sys
from pathlib import Path

import peewee
import pytest
from playhouse.schema_diff import diff_models

from backend import application_rows
from backend import database as module
from backend.database import MIGRATIONS, Database
from backend.models import TABLES, ApplicationRow, ChatMessageRow, ChatSessionRow, FeedbackRow, StudentRow
from backend.tracker.actions import undoable

ROOT = Path(__file__).parents[2]
BROKEN = """
from peewee import TextField


def up(migrator, db):
    migrator.migrate(migrator.add_column("account", "nickname", TextField(null=True)))
    db.execute_sql("SELECT * FROM nothing_of_this_name")
"""
OLD_ROWS = (
    "INSERT INTO account (id, created_at, email, password_hash, profile) VALUES "
    "('a', 1, 'a@example.com', 'x', '{\"state\": \"Bihar\"}')",
    "INSERT INTO chat_session (id, created_at, account_id, title) VALUES ('c1', 1, 'a', 'one'), ('c2', 2, 'a', 'two')",
    "INSERT INTO chat_message (id, created_at, chat_id, position, role, content, details) VALUES "
    "('m1', 1, 'c1', 1, 'user', 'q', '{}'), ('m2', 9, 'c1', 2, 'assistant', 'a', '{}')",
    "INSERT INTO chat_feedback (id, created_at, message_id, rating) VALUES ('f1', 9, 'm2', 'up')",
    "INSERT INTO application (id, created_at, account_id, scholarship_id, status, checklist, notes, saved_facts, updated_at) VALUES "
    "('p1', 1, 'a', 'nmmss', 'saved', '[{\"id\": \"i\", \"text\": \"Photo\", \"done\": true, \"lead_days\": null}]', 'n', '{}', 3)",
    "INSERT INTO application_event (id, created_at, application_id, position, what) VALUES ('e1', 1, 'p1', 0, 'saved'), "
    "('e2', 3, 'p1', 1, 'notes changed')",
)


def test_s56_the_migrated_schema_is_that_of_the_models(database: Database):
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


def test_s56_a_second_start_changes_nothing(empty_url: str):
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


def test_s56_a_step_that_fails_leaves_nothing_behind(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
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


def test_s56_chats_from_before_keep_their_messages_and_their_order(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    database = Database(empty_url)
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "0001_tables.py").write_text((MIGRATIONS / "0001_tables.py").read_text())
    with monkeypatch.context() as patch:
        patch.setattr(module, "MIGRATIONS", tmp_path / "steps")
        database.migrate()
    with database.session():
        for statement in OLD_ROWS:
            database._db.execute_sql(statement)
    assert database.migrate()
    with database.session():
        assert {(r.id, r.updated_at) for r in ChatSessionRow.select()} == {("c1", 9), ("c2", 2)}
        assert [(r.id, r.chat_id) for r in ChatMessageRow.select().order_by(ChatMessageRow.id)] == [
            ("m1", "c1"), ("m2", "c1")
        ]  # fmt: skip
        assert [(r.id, r.message_id, r.reasons, r.closed_at) for r in FeedbackRow.select()] == [
            ("f1", "m2", "[]", None)
        ]
        (student,) = StudentRow.select()
        assert (student.id, student.account_id, student.name, student.profile) == ("a", "a", "Me", '{"state": "Bihar"}')
        assert not student.remember_profile
        (old,) = application_rows.load(ApplicationRow.account == "a")
        assert (old.student_id, old.notes, old.progress, old.credited, old.past_rounds, old.deleted_at) == (
            "a",
            "n",
            1,
            None,
            (),
            None,
        )
        assert [(e.id, e.what, e.before) for e in old.events] == [("e1", "saved", None), ("e2", "notes changed", None)]
        assert undoable(old) is None
        assert {r.student_id for r in ChatSessionRow.select()} == {"a"}
    database.close()
