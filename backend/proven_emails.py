"""Ways into an account by an e-mail address that is proven: Hugging Face verified it, or its mailbox got our link.

Sign-up proves no address. So whoever proves one takes over the account that was made with it: its password, sign-ins and
calendar address end, as somebody else may have made it and lain in wait (docs/decisions/0018).
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from peewee import IntegrityError

from backend import passwords
from backend.accounts import Account, account_of, new_row, normalised_email
from backend.clock import Clock, milliseconds
from backend.database import Database
from backend.errors import Conflict, Forbidden
from backend.models import AccountRow, SessionRow

LINK_LIFE = timedelta(minutes=30)
NO_PASSWORD = ""  # nosec B105 - what stands in the place of a hash where there is none
_LINK_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


@dataclass(frozen=True)
class HuggingFaceUser:
    """Who signed in at Hugging Face: their lasting id there, the address that was verified there, their name."""

    id: str
    email: str
    name: str | None


class ProvenEmails:
    """Signs in and sets passwords for owners of proven addresses."""

    def __init__(self, database: Database, clock: Clock, bcrypt_cost: int) -> None:
        self._database, self._clock, self._cost = database, clock, bcrypt_cost

    def sign_in(self, user: HuggingFaceUser) -> Account:
        """The account of a user of Hugging Face: the one they used before, else the one of their address, else a new one.

        Raises Conflict where the address belongs to the account of another user of Hugging Face.
        """
        address = normalised_email(user.email)
        try:
            return self._sign_in(user, address)
        except IntegrityError:  # the same first sign-in twice at once: now there is a row
            return self._sign_in(user, address)

    def link_token(self, email: str) -> str | None:
        """What lets its holder set a new password once, for half an hour; the one before is void. None where there is no
        such account. Only its hash is stored."""
        token, until = token_urlsafe(32), self._clock() + LINK_LIFE
        with self._database.session():
            found = (
                AccountRow.update(reset_hash=_hash(token), reset_until=milliseconds(lambda: until))
                .where(AccountRow.email == normalised_email(email))
                .execute()
            )
        return token if found else None

    def set_password(self, token: str, new_password: str) -> None:
        """Set the password of the account that the link is for, and end all its sign-ins.

        Raises Forbidden for a link that is used, too old or none of ours, ValidationFailed for a password that breaks the
        policy (the link stays good).
        """
        good = (AccountRow.reset_hash == _hash(token)) & (AccountRow.reset_until > milliseconds(self._clock))
        with self._database.session():
            row = AccountRow.get_or_none(good) if _LINK_TOKEN.fullmatch(token) else None
        if row is None:
            raise _dead_link()
        passwords.check_policy(new_password, row.email)
        hashed = passwords.hash_password(new_password, self._cost)
        with self._database.session():
            used = AccountRow.update(reset_hash=None, reset_until=None).where(AccountRow.id == row.id, good).execute()
            if not used:  # by another one in between
                raise _dead_link()
            self._prove(row)
            AccountRow.update(password_hash=hashed).where(AccountRow.id == row.id).execute()
            SessionRow.delete().where(SessionRow.account == row.id).execute()

    def _sign_in(self, user: HuggingFaceUser, address: str) -> Account:
        with self._database.session():
            row = AccountRow.get_or_none(AccountRow.hugging_face_id == user.id)
            if row is None:
                row = AccountRow.get_or_none(AccountRow.email == address)
                if row is not None and row.hugging_face_id not in (None, user.id):  # user.id: linked a moment ago
                    raise Conflict("email_of_another")
                row = row or new_row(address, user.name, NO_PASSWORD, milliseconds(self._clock))
                self._prove(row)
                AccountRow.update(hugging_face_id=user.id).where(AccountRow.id == row.id).execute()
            return account_of(AccountRow.get_by_id(row.id))

    def _prove(self, row: AccountRow) -> None:
        """The address of the account is its owner's; who made it without proving that loses it."""
        if row.email_proven_at is None:
            AccountRow.update(
                email_proven_at=milliseconds(self._clock), password_hash=NO_PASSWORD, calendar_key=None,
                reset_hash=None, reset_until=None,
            ).where(AccountRow.id == row.id).execute()  # fmt: skip
            SessionRow.delete().where(SessionRow.account == row.id).execute()


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _dead_link() -> Forbidden:
    return Forbidden("dead_link")
