"""Accounts: sign up, sign in, change, export, delete. Nothing here hands out another student's data."""

import json
import logging
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Any, TypeVar

from email_validator import EmailNotValidError, validate_email
from peewee import IntegrityError
from pydantic.alias_generators import to_camel

from backend import application_rows, passwords
from backend.clock import Clock, milliseconds, moment
from backend.database import Database
from backend.errors import Conflict, Forbidden, NotFound, Unauthorized, Unavailable, ValidationFailed
from backend.models import (
    AccountRow,
    ChatMessageRow,
    ChatSessionRow,
    FeedbackRow,
    ReportRow,
    SessionRow,
    StudentRow,
)

log = logging.getLogger(__name__)

_Row = TypeVar("_Row", StudentRow, SessionRow, ChatSessionRow, ReportRow)
FIRST_STUDENT = "Me"
"""What an account's first student is called until they say otherwise."""
_CALENDAR_KEY = re.compile(r"[\w-]{32}", re.ASCII)


@dataclass(frozen=True)
class Account:
    """An account; `created_at` is aware, in UTC. Its students are in backend.students.

    Without a password Hugging Face alone signs in (backend.proven_emails).
    """

    id: str
    email: str
    name: str | None
    created_at: datetime
    has_password: bool = True


class Accounts:
    """The accounts of one database; `bcrypt_cost` is used for new hashes, weaker ones are renewed at sign-in."""

    def __init__(self, database: Database, clock: Clock, bcrypt_cost: int) -> None:
        self._database, self._clock, self._cost = database, clock, bcrypt_cost

    def sign_up(self, email: str, password: str, name: str | None = None) -> Account:
        """Make an account. Raises ValidationFailed for a bad e-mail or password, Conflict where the e-mail is taken."""
        address = normalised_email(email)
        passwords.check_policy(password, address)
        hashed = passwords.hash_password(password, self._cost)
        try:
            with self._database.session():
                row = new_row(address, name, hashed, milliseconds(self._clock))
        except IntegrityError:
            raise Conflict("email_taken") from None
        return account_of(row)

    def sign_in(self, email: str, password: str) -> Account:
        """The account of this e-mail and password; Unauthorized says the same for an unknown e-mail and a wrong password."""
        try:
            address = normalised_email(email)
        except ValidationFailed:
            address = ""
        with self._database.session():
            row = AccountRow.get_or_none(AccountRow.email == address)
        right = self._is_right(row, password)
        if row is None or not right:
            raise Unauthorized("wrong_sign_in")
        if passwords.is_weaker(row.password_hash, self._cost):
            hashed = passwords.hash_password(password, self._cost)
            with self._database.session():  # unless it was changed in between
                AccountRow.update(password_hash=hashed).where(
                    AccountRow.id == row.id, AccountRow.password_hash == row.password_hash
                ).execute()
        return account_of(row)

    def get(self, account_id: str) -> Account:
        """The account; NotFound where it is gone."""
        with self._database.session():
            return account_of(_row(account_id))

    def update(
        self, account_id: str, *, name: str | None = None, current_password: str | None = None,
        new_password: str | None = None, session_id: str | None = None, just_signed_in: bool = False,
    ) -> Account:  # fmt: skip
        """Change what is given, all or nothing; a new password ends all sessions but `session_id`.

        An account without a password gets its first one from who has `just_signed_in`. Raises Forbidden for a wrong
        current password or too old a sign-in, ValidationFailed for a new password that breaks the policy.
        """
        changes: dict[str, Any] = {}
        if name is not None:
            changes["name"] = name.strip() or None
        if new_password is not None:
            with self._database.session():
                row = _row(account_id)
            self._check(row, current_password, just_signed_in)
            passwords.check_policy(new_password, row.email)
            changes["password_hash"] = passwords.hash_password(new_password, self._cost)
        with self._database.session():
            if changes:
                AccountRow.update(**changes).where(AccountRow.id == account_id).execute()
            if new_password is not None:
                SessionRow.delete().where(
                    SessionRow.account == account_id, SessionRow.id != (session_id or "")
                ).execute()
            return account_of(_row(account_id))

    def delete(self, account_id: str, password: str | None, just_signed_in: bool = False) -> None:
        """Delete the account and everything stored about it; Forbidden where the password is wrong, or where there is none
        and the sign-in is too old."""
        with self._database.session():
            row = _row(account_id)
        self._check(row, password, just_signed_in)
        with self._database.session():
            AccountRow.delete().where(AccountRow.id == account_id).execute()
        try:
            self._database.scrub()
        except Unavailable:  # the rows are gone, which is what was asked; the next deletion scrubs again
            log.exception("The bytes of a deleted account could not be scrubbed.")

    def export(self, account_id: str) -> dict[str, Any]:
        """Everything stored about the account, table by table, without the hashes of the password and of a link by mail."""
        with self._database.session():
            row = _row(account_id)
            return {
                "account": {
                    "id": row.id, "email": row.email, "name": row.name, "createdAt": _iso(row.created_at),
                    "calendarKey": row.calendar_key, "huggingFaceId": row.hugging_face_id,
                    "emailProvenAt": _iso(row.email_proven_at) if row.email_proven_at else None,
                    "newPasswordLinkUntil": _iso(row.reset_until) if row.reset_until else None,
                },
                "students": [
                    {
                        "id": x.id, "name": x.name, "createdAt": _iso(x.created_at),
                        "profile": {to_camel(k): v for k, v in json.loads(x.profile).items()},
                        "rememberProfile": x.remember_profile,
                    }
                    for x in _of(StudentRow, row)
                ],
                "sessions": [
                    {"id": s.id, "studentId": s.student_id, "createdAt": _iso(s.created_at), "seenAt": _iso(s.seen_at)}
                    for s in _of(SessionRow, row)
                ],
                "chats": [_exported_chat(chat) for chat in _of(ChatSessionRow, row)],
                "applications": application_rows.exported(row.id),
                "reports": [
                    {
                        "id": r.id, "scholarshipId": r.scholarship_id, "reason": r.reason, "details": r.details,
                        "createdAt": _iso(r.created_at), "closedAt": _iso(r.closed_at) if r.closed_at else None,
                    }
                    for r in _of(ReportRow, row)
                ],
            }  # fmt: skip

    def calendar_key(self, account_id: str) -> str:
        """The private key of the calendar address; made on first use."""
        with self._database.session():
            AccountRow.update(calendar_key=token_urlsafe(24)).where(
                AccountRow.id == account_id, AccountRow.calendar_key.is_null()
            ).execute()  # one statement: two first uses at once get the same key
            return str(_row(account_id).calendar_key)

    def renew_calendar_key(self, account_id: str) -> str:
        """A new calendar key; the old address stops working."""
        with self._database.session():
            AccountRow.update(calendar_key=None).where(AccountRow.id == account_id).execute()
            return self.calendar_key(account_id)

    def account_for_calendar_key(self, key: str) -> str:
        """Whose calendar key this is; Unauthorized for any other text."""
        row = None
        if _CALENDAR_KEY.fullmatch(key):
            with self._database.session():
                row = AccountRow.get_or_none(AccountRow.calendar_key == key)
        if row is None:
            raise Unauthorized("dead_calendar")
        return str(row.id)

    def _is_right(self, row: AccountRow | None, password: str) -> bool:
        """Whether it is the account's password; the work is the same where there is no account, or none with a password."""
        return passwords.verify_password(password, (row.password_hash or None) if row else None, self._cost)

    def _check(self, row: AccountRow, password: str | None, just_signed_in: bool) -> None:
        """Whether it is the owner who asks, also where somebody else holds the open page."""
        if not row.password_hash:
            if not just_signed_in:
                raise Forbidden("no_password")
        elif not self._is_right(row, password or ""):
            raise Forbidden("wrong_password")


def new_row(email: str, name: str | None, password_hash: str, at: int) -> AccountRow:
    """Make an account with its first student; IntegrityError where the e-mail is taken."""
    row = AccountRow.create(email=email, name=(name or "").strip() or None, password_hash=password_hash, created_at=at)
    StudentRow.create(id=row.id, account=row.id, name=FIRST_STUDENT, created_at=at)
    return row


def normalised_email(email: str) -> str:
    """The one stored form of an address: NFC, trimmed, lower case. Raises ValidationFailed for what is no address."""
    try:
        checked = validate_email(
            unicodedata.normalize("NFC", email.strip().lower()), check_deliverability=False, test_environment=True
        )
    except EmailNotValidError:
        raise ValidationFailed("email_format", where="email") from None
    return str(checked.normalized)


def _row(account_id: str) -> AccountRow:
    row = AccountRow.get_or_none(AccountRow.id == account_id)
    if row is None:
        raise NotFound("no_account")
    return row


def account_of(row: AccountRow) -> Account:
    """A row as others see it."""
    return Account(row.id, row.email, row.name, moment(row.created_at), bool(row.password_hash))


def _of(table: type[_Row], row: AccountRow) -> Iterable[_Row]:
    """The account's rows of a table, oldest first."""
    owned: Any = table
    return owned.select().where(owned.account == row.id).order_by(owned.created_at)


def _iso(stored: int) -> str:
    return moment(stored).isoformat()


def _exported_chat(chat: ChatSessionRow) -> dict[str, Any]:
    messages = ChatMessageRow.select().where(ChatMessageRow.chat == chat.id).order_by(ChatMessageRow.position)
    return {
        "id": chat.id, "studentId": chat.student_id, "title": chat.title, "createdAt": _iso(chat.created_at), "updatedAt": _iso(chat.updated_at), "kept": chat.kept,
        "messages": [
            {
                "id": m.id, "role": m.role, "content": m.content, "createdAt": _iso(m.created_at),
                "details": json.loads(m.details),
                "feedback": [
                    {
                        "rating": f.rating, "reasons": json.loads(f.reasons), "comment": f.comment,
                        "createdAt": _iso(f.created_at),
                    }
                    for f in FeedbackRow.select().where(FeedbackRow.message == m.id)
                ],
            }
            for m in messages
        ],
    }  # fmt: skip
