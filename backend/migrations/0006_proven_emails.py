"""Sign-in with Hugging Face, and links by mail that set a new password."""

from peewee import BigIntegerField, CharField, Database
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    """Add the columns; no address is proven so far."""
    del db
    migrator.migrate(
        migrator.add_column("account", "email_proven_at", BigIntegerField(null=True)),
        migrator.add_column("account", "hugging_face_id", CharField(max_length=64, null=True)),
        migrator.add_index("account", ("hugging_face_id",), True),
        migrator.add_column("account", "reset_hash", CharField(max_length=64, null=True)),
        migrator.add_column("account", "reset_until", BigIntegerField(null=True)),
    )
