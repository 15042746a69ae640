"""Accounts: sign up, sign in, change, export, delete. Nothing here hands out another student's data."""

import json
import unicodedata
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import Any

from email_validator import EmailNotValidError, validate_email
from peewee import IntegrityError

from backend import passwords
from backend.clock import Clock
from backend.database import Database
from backend.errors import Conflict, Forbidden, NotFound, Unauthorized, ValidationFailed
from backend.models import AccountRow, SessionRow
from backend.profile import Profile


@dataclass(frozen=True)
class Account:
    """A student's account; `created_at` is aware, in UTC."""

    id: str
    email: str
    name: str | None
    created_at: datetime
    profile: Profile


def milliseconds(clock: Clock) -> int:
    """The clock's moment as the tables store it."""
    return int(clock().timestamp() * 1000)


def moment(stored: int) -> datetime:
    """A stored moment as an aware UTC datetime."""
    return datetime.fromtimestamp(stored / 1000, UTC)


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
                row = AccountRow.create(
                    email=address, name=(name or "").strip() or None, password_hash=hashed,
                    created_at=milliseconds(self._clock),
                )  # fmt: skip
        except IntegrityError:
            raise Conflict("There is an account with this e-mail already. Sign in instead.") from None
        return _account(row)

    def sign_in(self, email: str, password: str) -> Account:
        """The account of this e-mail and password; Unauthorized says the same for an unknown e-mail and a wrong password."""
        try:
            address = normalised_email(email)
        except ValidationFailed:
            address = ""
        with self._database.session():
            row = AccountRow.get_or_none(AccountRow.email == address)
        fits = len(password) <= passwords.LONGEST * 4
        if not passwords.verify_password(password if fits else "", row.password_hash if row else None, self._cost) or not fits:
            raise Unauthorized("E-mail or password is wrong.")
        if passwords.is_weaker(row.password_hash, self._cost):
            self._store_password(row.id, password)
        return _account(row)

    def get(self, account_id: str) -> Account:
        """The account; NotFound where it is gone."""
        with self._database.session():
            return _account(_row(account_id))

    def update(
        self, account_id: str, *, name: str | None = None, profile: Profile | None = None,
        current_password: str | None = None, new_password: str | None = None, session_id: str | None = None,
    ) -> Account:  # fmt: skip
        """Change what is given; a new password needs the current one and ends all sessions but `session_id`."""
        with self._database.session():
            row = _row(account_id)
        if new_password is not None:
            self._check(row, current_password or "")
            passwords.check_policy(new_password, row.email)
            self._store_password(account_id, new_password)
        with self._database.session():
            row = _row(account_id)
            if name is not None:
                row.name = name.strip() or None
            if profile is not None:
                row.profile = json.dumps(asdict(profile))
            row.save(only=[AccountRow.name, AccountRow.profile])
            if new_password is not None:
                SessionRow.delete().where(
                    SessionRow.account == account_id, SessionRow.id != (session_id or "")
                ).execute()
        return _account(row)

    def delete(self, account_id: str, password: str) -> None:
        """Delete the account and everything stored about it; Forbidden where the password is wrong."""
        with self._database.session():
            row = _row(account_id)
        self._check(row, password)
        with self._database.session():
            AccountRow.delete().where(AccountRow.id == account_id).execute()

    def export(self, account_id: str) -> dict[str, Any]:
        """Everything stored about the account, table by table, without the password's hash."""
        with self._database.session():
            row = _row(account_id)
            return {
                "account": {
                    "id": row.id, "email": row.email, "name": row.name, "createdAt": moment(row.created_at).isoformat(),
                    "profile": json.loads(row.profile), "calendarKey": row.calendar_key,
                },
                "sessions": [
                    {"createdAt": moment(s.created_at).isoformat(), "seenAt": moment(s.seen_at).isoformat()}
                    for s in row.sessions
                ],
                "chats": [
                    {
                        "id": chat.id, "title": chat.title, "createdAt": moment(chat.created_at).isoformat(),
                        "messages": [
                            {
                                "id": m.id, "role": m.role, "content": m.content,
                                "createdAt": moment(m.created_at).isoformat(), "details": json.loads(m.details),
                                "feedback": [{"rating": f.rating, "comment": f.comment} for f in m.feedback],
                            }
                            for m in chat.messages
                        ],
                    }
                    for chat in row.chats
                ],
                "applications": [
                    {
                        "id": a.id, "scholarshipId": a.scholarship_id, "status": a.status,
                        "portalStatus": a.portal_status, "targetDate": a.target_date,
                        "checklist": json.loads(a.checklist), "notes": a.notes, "reference": a.reference,
                        "amountAwarded": a.amount_awarded, "savedFacts": json.loads(a.saved_facts),
                        "createdAt": moment(a.created_at).isoformat(), "updatedAt": moment(a.updated_at).isoformat(),
                        "events": [{"at": moment(e.created_at).isoformat(), "what": e.what} for e in a.events],
                    }
                    for a in row.applications
                ],
                "reports": [
                    {"scholarshipId": r.scholarship_id, "reason": r.reason, "details": r.details} for r in row.reports
                ],
            }  # fmt: skip

    def calendar_key(self, account_id: str) -> str:
        """The private key of the calendar address; made on first use."""
        with self._database.session():
            row = _row(account_id)
            if row.calendar_key is None:
                row.calendar_key = token_urlsafe(24)
                row.save(only=[AccountRow.calendar_key])
            return str(row.calendar_key)

    def renew_calendar_key(self, account_id: str) -> str:
        """A new calendar key; the old address stops working."""
        with self._database.session():
            AccountRow.update(calendar_key=None).where(AccountRow.id == account_id).execute()
            return self.calendar_key(account_id)

    def account_for_calendar_key(self, key: str) -> str:
        """Whose calendar key this is; Unauthorized for any other text."""
        with self._database.session():
            row = AccountRow.get_or_none(AccountRow.calendar_key == key) if 16 <= len(key) <= 64 else None
        if row is None:
            raise Unauthorized("This calendar address is not valid any more.")
        return str(row.id)

    def _check(self, row: AccountRow, password: str) -> None:
        if not passwords.verify_password(password[: passwords.LONGEST * 4], row.password_hash, self._cost):
            raise Forbidden("The current password is wrong.")

    def _store_password(self, account_id: str, password: str) -> None:
        hashed = passwords.hash_password(password, self._cost)
        with self._database.session():
            AccountRow.update(password_hash=hashed).where(AccountRow.id == account_id).execute()


def normalised_email(email: str) -> str:
    """The one stored form of an address: NFC, trimmed, lower case. Raises ValidationFailed for what is no address."""
    try:
        checked = validate_email(
            unicodedata.normalize("NFC", email.strip()), check_deliverability=False, test_environment=True
        )
    except EmailNotValidError:
        raise ValidationFailed("email: this is not a valid e-mail address.") from None
    return checked.normalized.lower()


def _row(account_id: str) -> AccountRow:
    row = AccountRow.get_or_none(AccountRow.id == account_id)
    if row is None:
        raise NotFound("This account does not exist any more.")
    return row


def _account(row: AccountRow) -> Account:
    return Account(row.id, row.email, row.name, moment(row.created_at), Profile.of(json.loads(row.profile)))
