"""The tracker: outcome and money, deletion that can be undone, what the student last saw; of each event an id of its own,
what kind it is, the change it belongs to and what undo puts back.

Plain SQL: playhouse would build SQLite's tables anew, and their DROP takes along, by ON DELETE CASCADE, what belongs to them.
"""

from peewee import Database
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    """Add the columns; events from before have their row's id and cannot be undone."""
    del migrator
    for column in (
        '"credited" BOOLEAN', '"credited_on" VARCHAR(10)', '"renewal_due" VARCHAR(10)', '"past_rounds" TEXT NOT NULL DEFAULT \'[]\'',
        '"seen" TEXT', '"deleted_at" BIGINT', '"revision" BIGINT NOT NULL DEFAULT 0',
    ):  # fmt: skip
        db.execute_sql(f'ALTER TABLE "application" ADD COLUMN {column}')
    for column in (
        '"key" VARCHAR(64) NOT NULL DEFAULT \'\'', '"kind" VARCHAR(16) NOT NULL DEFAULT \'\'',
        '"change" VARCHAR(64) NOT NULL DEFAULT \'\'', '"undoes" VARCHAR(64)', '"before" TEXT',
    ):  # fmt: skip
        db.execute_sql(f'ALTER TABLE "application_event" ADD COLUMN {column}')
    db.execute_sql('UPDATE "application_event" SET "key" = "id"')
    db.execute_sql('CREATE INDEX "application_deleted_at" ON "application" ("deleted_at")')
    db.execute_sql(
        'CREATE UNIQUE INDEX "application_event_application_id_key" ON "application_event" ("application_id", "key")'
    )
