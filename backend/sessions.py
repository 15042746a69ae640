"""Who is calling: a signed token names a session row, and every call checks that row."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

import jwt
from peewee import IntegrityError

from backend.clock import Clock, milliseconds, moment
from backend.database import Database
from backend.errors import Unauthorized
from backend.models import SessionRow, new_id

ISSUER, AUDIENCE, ALGORITHM, TYPE = "scholarship-chatbot", "scholarship-chatbot:session", "HS256", "at+jwt"
TOKEN_LIFE = timedelta(hours=24)
IDLE_LIFE, WHOLE_LIFE = timedelta(days=7), timedelta(days=30)
JUST = timedelta(minutes=10)
"""How long after a sign-in its session may do what otherwise needs the password."""
LEEWAY_S = 30
LONGEST_TOKEN = 4096
_SEEN_EVERY_MS = 60_000
_ID = re.compile(r"[0-9a-f]{32}")
_CLAIMS = ["exp", "iat", "sub", "sid", "jti", "aud", "iss"]


@dataclass(frozen=True)
class Caller:
    """Who is signed in, the session that the call belongs to, and the student it is about unless it names another."""

    account_id: str
    session_id: str
    student_id: str = ""
    since: datetime | None = field(default=None, compare=False)
    """When they signed in."""


class Sessions:
    """Issues and checks tokens; a token is dead as soon as its row is gone.

    `signing_key` signs and reads; `old_key`, the one before it, only reads, so that a change of keys signs nobody out.
    """

    def __init__(self, database: Database, clock: Clock, signing_key: str, old_key: str | None = None) -> None:
        self._database, self._clock, self._key = database, clock, signing_key
        self._readable = {key_id(key): key for key in (old_key, signing_key) if key}
        self._jwt = jwt.PyJWT({"enforce_minimum_key_length": True})

    def issue(self, account_id: str) -> str:
        """A token for a new session; the account's ended ones are cleared away. Unauthorized where the account is gone."""
        now = milliseconds(self._clock)
        idle_since, begun = now - _milliseconds(IDLE_LIFE), now - _milliseconds(WHOLE_LIFE)
        try:
            with self._database.session():
                ended = (SessionRow.seen_at < idle_since) | (SessionRow.created_at < begun)
                SessionRow.delete().where(SessionRow.account == account_id, ended).execute()
                row = SessionRow.create(account=account_id, created_at=now, seen_at=now)
        except IntegrityError:
            raise _refused() from None
        return self._sign(account_id, row.id)

    def resolve(self, token: str) -> Caller:
        """Who holds this token; Unauthorized for anything that is not a live token of ours."""
        caller = self._read(token)
        now = milliseconds(self._clock)
        with self._database.session():
            row = SessionRow.get_or_none(SessionRow.id == caller.session_id, SessionRow.account == caller.account_id)
            if row is None:
                raise _refused()
            if now - row.seen_at > _milliseconds(IDLE_LIFE) or now - row.created_at > _milliseconds(WHOLE_LIFE):
                raise _refused()
            if now - row.seen_at > _SEEN_EVERY_MS:
                SessionRow.update(seen_at=now).where(SessionRow.id == row.id).execute()
        return replace(caller, student_id=row.student_id or caller.account_id, since=moment(row.created_at))

    def just_signed_in(self, caller: Caller) -> bool:
        """Whether the caller's sign-in is some minutes old at most."""
        return caller.since is not None and self._clock() - caller.since <= JUST

    def renew(self, caller: Caller) -> str:
        """A fresh token for the same session."""
        return self._sign(caller.account_id, caller.session_id)

    def end_session(self, session_id: str) -> None:
        """Sign out: every token of the session is dead from now on; ending it twice is fine."""
        with self._database.session():
            SessionRow.delete().where(SessionRow.id == session_id).execute()

    def _sign(self, account_id: str, session_id: str) -> str:
        now = int(self._clock().timestamp())
        claims = {
            "iss": ISSUER, "aud": AUDIENCE, "sub": account_id, "sid": session_id, "jti": new_id(), "iat": now,
            "exp": now + int(TOKEN_LIFE.total_seconds()),
        }  # fmt: skip
        return self._jwt.encode(claims, self._key, algorithm=ALGORITHM, headers={"typ": TYPE, "kid": key_id(self._key)})

    def _read(self, token: str) -> Caller:
        """The token's claims, with signature, kind and life checked against the injected clock."""
        if not isinstance(token, str) or not token.isascii() or len(token) > LONGEST_TOKEN:
            raise _refused()
        try:
            key = self._readable.get(jwt.get_unverified_header(token).get("kid", ""))
            if key is None:
                raise _refused()
            decoded = self._jwt.decode_complete(
                token, key, algorithms=[ALGORITHM], audience=AUDIENCE, issuer=ISSUER,
                options={"require": _CLAIMS, "verify_exp": False, "verify_iat": False},
            )  # fmt: skip
        except jwt.PyJWTError:
            raise _refused() from None
        claims, now = decoded["payload"], self._clock().timestamp()
        times_are_numbers = all(isinstance(claims[c], int) for c in ("exp", "iat"))
        names_are_ids = all(isinstance(claims[c], str) and _ID.fullmatch(claims[c]) for c in ("sub", "sid"))
        if decoded["header"].get("typ") != TYPE or not times_are_numbers or not names_are_ids:
            raise _refused()
        if claims["exp"] + LEEWAY_S < now or claims["iat"] - LEEWAY_S > now:
            raise _refused()
        return Caller(claims["sub"], claims["sid"])


def key_id(key: str) -> str:
    """The `kid` of a signing key: the start of its SHA-256, so that keys need no names of their own."""
    return sha256(key.encode()).hexdigest()[:16]


def _milliseconds(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def _refused() -> Unauthorized:
    return Unauthorized("not_signed_in")
