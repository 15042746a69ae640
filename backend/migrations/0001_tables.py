"""The first tables: a frozen copy of backend/models.py as of this step."""

from peewee import BigIntegerField, CharField, Database, DoubleField, ForeignKeyField, Model, TextField
from playhouse.migrate import SchemaMigrator


class Table(Model):
    id = CharField(primary_key=True, max_length=32)
    created_at = BigIntegerField()

    class Meta:
        legacy_table_names = False


class Account(Table):
    email = CharField(max_length=320, unique=True)
    name = TextField(null=True)
    password_hash = TextField()
    profile = TextField()
    calendar_key = CharField(max_length=64, null=True, unique=True)

    class Meta:
        table_name = "account"


class Session(Table):
    account = ForeignKeyField(Account, on_delete="CASCADE")
    seen_at = BigIntegerField()

    class Meta:
        table_name = "session"


class ChatSession(Table):
    account = ForeignKeyField(Account, on_delete="CASCADE")
    title = TextField()

    class Meta:
        table_name = "chat_session"


class ChatMessage(Table):
    chat = ForeignKeyField(ChatSession, on_delete="CASCADE")
    position = BigIntegerField()
    role = CharField(max_length=16)
    content = TextField()
    details = TextField()

    class Meta:
        table_name = "chat_message"
        indexes = ((("chat", "position"), True),)


class Feedback(Table):
    message = ForeignKeyField(ChatMessage, on_delete="CASCADE")
    rating = CharField(max_length=8)
    comment = TextField(null=True)

    class Meta:
        table_name = "chat_feedback"


class Application(Table):
    account = ForeignKeyField(Account, on_delete="CASCADE")
    scholarship_id = CharField(max_length=200)
    status = CharField(max_length=16)
    portal_status = TextField(null=True)
    target_date = CharField(max_length=10, null=True)
    checklist = TextField()
    notes = TextField()
    reference = TextField(null=True)
    amount_awarded = DoubleField(null=True)
    saved_facts = TextField()
    updated_at = BigIntegerField()

    class Meta:
        table_name = "application"
        indexes = ((("account", "scholarship_id"), True),)


class ApplicationEvent(Table):
    application = ForeignKeyField(Application, on_delete="CASCADE")
    position = BigIntegerField()
    what = TextField()

    class Meta:
        table_name = "application_event"


class Report(Table):
    scholarship_id = CharField(max_length=200)
    reason = TextField()
    details = TextField(null=True)
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")

    class Meta:
        table_name = "report"


ALL = (Account, Session, ChatSession, ChatMessage, Feedback, Application, ApplicationEvent, Report)


def up(migrator: SchemaMigrator, db: Database) -> None:
    """Create the tables."""
    with db.bind_ctx(ALL):
        db.create_tables(ALL)
