"""The tables. Times are UTC epoch milliseconds; ids that leave the server are random."""

from collections.abc import Iterable
from secrets import token_hex

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    DatabaseProxy,
    DoubleField,
    ForeignKeyField,
    Model,
    TextField,
)

database_proxy = DatabaseProxy()


def new_id() -> str:
    """128 random bits in hex."""
    return token_hex(16)


class _Table(Model):
    id = CharField(primary_key=True, max_length=32, default=new_id)
    created_at = BigIntegerField()

    class Meta:
        database = database_proxy
        legacy_table_names = False


class AccountRow(_Table):
    """A student's account; `email` is normalised, `email_proven_at` when it was first shown to be theirs.

    `password_hash` is '' where none was set (Hugging Face signs them in); `reset_hash` is of the link that may set a new
    one until `reset_until`.
    """

    email = CharField(max_length=320, unique=True)
    name = TextField(null=True)
    password_hash = TextField()
    calendar_key = CharField(max_length=64, null=True, unique=True)
    email_proven_at = BigIntegerField(null=True)
    hugging_face_id = CharField(max_length=64, null=True, unique=True)
    reset_hash = CharField(max_length=64, null=True)
    reset_until = BigIntegerField(null=True)

    class Meta:
        table_name = "account"


class StudentRow(_Table):
    """One student of an account; `profile` is JSON; `remember_profile` is the consent to chats adding to it.

    The first one has the account's id. Columns that name one allow null only as SQLite could not add them otherwise.
    """

    account = ForeignKeyField(AccountRow, backref="students", on_delete="CASCADE")
    name = TextField()
    profile = TextField(default="{}")
    remember_profile = BooleanField(default=False)

    class Meta:
        table_name = "student"


class SessionRow(_Table):
    """One sign-in and the student it was switched to; it ends by sign-out, idleness or age."""

    student_id: str | None
    account = ForeignKeyField(AccountRow, backref="sessions", on_delete="CASCADE")
    student = ForeignKeyField(StudentRow, backref="sessions", null=True, on_delete="CASCADE")
    seen_at = BigIntegerField()

    class Meta:
        table_name = "session"


class ChatSessionRow(_Table):
    """One chat of a signed-in student; `updated_at` is its last turn, `kept` that it is not deleted when it is old."""

    student_id: str | None
    account = ForeignKeyField(AccountRow, backref="chats", on_delete="CASCADE")
    student = ForeignKeyField(StudentRow, backref="chats", null=True, on_delete="CASCADE")
    title = TextField()
    updated_at = BigIntegerField(default=0)
    kept = BooleanField(default=False)

    class Meta:
        table_name = "chat_session"


class ChatMessageRow(_Table):
    """One message; `details` is JSON that the next turn needs."""

    chat_id: str
    chat = ForeignKeyField(ChatSessionRow, backref="messages", on_delete="CASCADE")
    position = BigIntegerField()
    role = CharField(max_length=16)
    content = TextField()
    details = TextField(default="{}")

    class Meta:
        table_name = "chat_message"
        indexes = ((("chat", "position"), True),)


class FeedbackRow(_Table):
    """A thumb up or down for an answer, in the review list until `closed_at`; `reasons` is JSON.

    A guest's answer is not stored: theirs has no `message` but the `question` and `answer` that they sent along.
    """

    message_id: str | None
    message = ForeignKeyField(ChatMessageRow, backref="feedback", null=True, on_delete="CASCADE")
    rating = CharField(max_length=8)
    reasons = TextField(default="[]")
    comment = TextField(null=True)
    question = TextField(null=True)
    answer = TextField(null=True)
    closed_at = BigIntegerField(null=True)

    class Meta:
        table_name = "chat_feedback"


class ApplicationRow(_Table):
    """A saved scholarship; `checklist`, `past_rounds`, `saved_facts` and `seen` are JSON, days YYYY-MM-DD. Deleted ones stay
    for a while; `revision` counts the writes."""

    events: Iterable["ApplicationEventRow"]
    student_id: str | None
    account = ForeignKeyField(AccountRow, backref="applications", on_delete="CASCADE")
    student = ForeignKeyField(StudentRow, backref="applications", null=True, on_delete="CASCADE")
    scholarship_id = CharField(max_length=200)
    status = CharField(max_length=16)
    portal_status = TextField(null=True)
    target_date = CharField(max_length=10, null=True)
    checklist = TextField(default="[]")
    notes = TextField(default="")
    reference = TextField(null=True)
    amount_awarded = DoubleField(null=True)
    saved_facts = TextField(default="{}")
    updated_at = BigIntegerField()
    credited = BooleanField(null=True)
    credited_on = CharField(max_length=10, null=True)
    renewal_due = CharField(max_length=10, null=True)
    past_rounds = TextField(default="[]")
    seen = TextField(null=True)
    deleted_at = BigIntegerField(null=True, index=True)
    revision = BigIntegerField(default=0)

    class Meta:
        table_name = "application"
        indexes = ((("student", "scholarship_id"), True),)


class ApplicationEventRow(_Table):
    """A dated change of an application, in the order of `position`; `key` is its id in every copy of the application,
    `change` the call it belongs to, `undoes` the change it took back, `before` JSON of what undo puts back."""

    application = ForeignKeyField(ApplicationRow, backref="events", on_delete="CASCADE")
    position = BigIntegerField()
    what = TextField()
    key = CharField(max_length=64)
    kind = CharField(max_length=16, default="")
    change = CharField(max_length=64, default="")
    undoes = CharField(max_length=64, null=True)
    before = TextField(null=True)

    class Meta:
        table_name = "application_event"
        indexes = ((("application", "key"), True),)


class ReportRow(_Table):
    """A mistake that somebody saw in a record, in the review list until `closed_at`."""

    scholarship_id = CharField(max_length=200)
    reason = TextField()
    details = TextField(null=True)
    closed_at = BigIntegerField(null=True)
    account = ForeignKeyField(AccountRow, backref="reports", null=True, on_delete="CASCADE")

    class Meta:
        table_name = "report"


TABLES = (
    AccountRow, StudentRow, SessionRow, ChatSessionRow, ChatMessageRow, FeedbackRow, ApplicationRow, ApplicationEventRow, ReportRow,
)  # fmt: skip
