"""Several students in an account: the profile moves from the account to its first student, who takes the account's id.

Columns that may be null only, or plain SQL: playhouse would build SQLite's tables anew, and their DROP takes along, by
ON DELETE CASCADE, all that belongs to them.
"""

from peewee import BigIntegerField, BooleanField, CharField, Database, ForeignKeyField, Model, TextField
from playhouse.migrate import SchemaMigrator


class Account(Model):
    id = CharField(primary_key=True, max_length=32)

    class Meta:
        table_name = "account"


class Student(Model):
    id = CharField(primary_key=True, max_length=32)
    created_at = BigIntegerField()
    account = ForeignKeyField(Account, on_delete="CASCADE")
    name = TextField()
    profile = TextField()
    remember_profile = BooleanField()

    class Meta:
        table_name = "student"


OWNED = ("session", "chat_session", "application")


def up(migrator: SchemaMigrator, db: Database) -> None:
    """Create the table; whatever an account holds is its first student's."""
    with db.bind_ctx((Account, Student)):
        db.create_tables([Student])
    db.execute_sql(
        'INSERT INTO "student" ("id", "created_at", "account_id", "name", "profile", "remember_profile") '
        'SELECT "id", "created_at", "id", \'Me\', "profile", "remember_profile" FROM "account"'
    )
    for table in OWNED:
        db.execute_sql(
            f'ALTER TABLE "{table}" ADD COLUMN "student_id" VARCHAR(32) REFERENCES "student" ("id") ON DELETE CASCADE'
        )
        db.execute_sql(f'UPDATE "{table}" SET "student_id" = "account_id"')  # noqa: S608 - our own names # nosec B608
        db.execute_sql(f'CREATE INDEX "{table}_student_id" ON "{table}" ("student_id")')
    db.execute_sql('DROP INDEX "application_account_id_scholarship_id"')
    migrator.migrate(migrator.add_index("application", ("student_id", "scholarship_id"), True))
    for column in ("profile", "remember_profile"):
        db.execute_sql(f'ALTER TABLE "account" DROP COLUMN "{column}"')
