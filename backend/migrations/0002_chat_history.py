"""Chats by last use, feedback of guests and with reasons, closed entries of the review list, consent to a learned profile.

Columns that hold no null are added by plain SQL: playhouse would build SQLite's table anew, and inside our transaction the
old one's DROP takes along, by ON DELETE CASCADE, all that belongs to it.
"""

from peewee import BigIntegerField, Database, TextField
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    """Add the columns; a chat was last used when its last message came."""
    db.execute_sql('ALTER TABLE "account" ADD COLUMN "remember_profile" BOOLEAN NOT NULL DEFAULT FALSE')
    db.execute_sql('ALTER TABLE "chat_session" ADD COLUMN "updated_at" BIGINT NOT NULL DEFAULT 0')
    db.execute_sql('ALTER TABLE "chat_feedback" ADD COLUMN "reasons" TEXT NOT NULL DEFAULT \'[]\'')
    db.execute_sql(
        'UPDATE "chat_session" SET "updated_at" = COALESCE((SELECT MAX("created_at") FROM "chat_message" '
        'WHERE "chat_id" = "chat_session"."id"), "created_at")'
    )
    migrator.migrate(
        migrator.drop_not_null(
            "chat_feedback", "message_id"
        ),  # nothing belongs to feedback, so SQLite may build it anew
        migrator.add_column("chat_feedback", "question", TextField(null=True)),
        migrator.add_column("chat_feedback", "answer", TextField(null=True)),
        migrator.add_column("chat_feedback", "closed_at", BigIntegerField(null=True)),
        migrator.add_column("report", "closed_at", BigIntegerField(null=True)),
    )
