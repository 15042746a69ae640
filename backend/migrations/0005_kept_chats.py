"""Chats that a student keeps are not deleted when they are old."""

from peewee import Database
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    """Add the column; no chat is kept so far."""
    del migrator
    db.execute_sql('ALTER TABLE "chat_session" ADD COLUMN "kept" BOOLEAN NOT NULL DEFAULT FALSE')
