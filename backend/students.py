"""The students of an account, each with a profile; the first one, with the account's id, is whoever made the account."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from backend.clock import Clock, milliseconds, moment
from backend.database import Database
from backend.errors import Conflict, NotFound
from backend.models import AccountRow, SessionRow, StudentRow
from backend.profile import Profile

MOST = 10
"""Students of one account."""


@dataclass(frozen=True)
class Student:
    """One student; `remember_profile` is the consent to chats adding to `profile`; `created_at` is aware, in UTC."""

    id: str
    name: str
    profile: Profile
    remember_profile: bool
    created_at: datetime


class Students:
    """The students of all accounts; every call names the account and sees only its own."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def list(self, account_id: str) -> list[Student]:
        """The account's students, the first one first."""
        with self._database.session():
            rows = StudentRow.select().where(StudentRow.account == account_id)
            return sorted(map(_student, rows), key=lambda s: (s.id != account_id, s.created_at, s.id))

    def get(self, account_id: str, student_id: str) -> Student:
        """One student; NotFound for an unknown id and for another account's alike."""
        with self._database.session():
            return _student(_row(account_id, student_id))

    def add(self, account_id: str, name: str, profile: Profile) -> Student:
        """One more student. Raises Conflict where there are ten already, NotFound where the account is gone."""
        with self._database.session():
            # Written first, so that two at once wait for each other (PostgreSQL too).
            if not AccountRow.update(email=AccountRow.email).where(AccountRow.id == account_id).execute():
                raise NotFound("no_account")
            if StudentRow.select().where(StudentRow.account == account_id).count() >= MOST:
                raise Conflict("most_students", most=MOST)
            row = StudentRow.create(
                account=account_id, name=name, profile=json.dumps(asdict(profile)), created_at=milliseconds(self._clock)
            )
            return _student(row)

    def update(
        self, account_id: str, student_id: str, *, name: str | None = None, profile: Profile | None = None,
        remember_profile: bool | None = None,
    ) -> Student:  # fmt: skip
        """Change what is given."""
        changes: dict[str, Any] = {} if name is None else {"name": name}
        if profile is not None:
            changes["profile"] = json.dumps(asdict(profile))
        if remember_profile is not None:
            changes["remember_profile"] = remember_profile
        with self._database.session():
            if changes:
                mine = (StudentRow.id == student_id) & (StudentRow.account == account_id)
                StudentRow.update(**changes).where(mine).execute()
            return _student(_row(account_id, student_id))

    def learn(self, account_id: str, student_id: str, learned: Profile, forgotten: Sequence[str] = ()) -> None:
        """Put what a chat learned into the stored profile, and take the fields named in `forgotten` out of it, if there is
        consent to that; NotFound where the student is gone."""
        with self._database.session():
            # Written first, so that turns at once wait for each other (PostgreSQL too).
            StudentRow.update(name=StudentRow.name).where(StudentRow.id == student_id).execute()
            student = self.get(account_id, student_id)
            profile = student.profile.without(forgotten).updated(learned)
            if student.remember_profile and profile != student.profile:
                self.update(account_id, student_id, profile=profile)

    def choose(self, account_id: str, student_id: str, session_id: str) -> Student:
        """Make a student the one that a sign-in's calls are about when they name none."""
        with self._database.session():
            student = self.get(account_id, student_id)
            SessionRow.update(student=student_id).where(SessionRow.id == session_id).execute()
            return student

    def delete(self, account_id: str, student_id: str) -> None:
        """Delete a student with their chats and applications. Raises Conflict for the account's first one."""
        if student_id == account_id:
            raise Conflict("first_student")
        with self._database.session():
            row = _row(account_id, student_id)
            SessionRow.update(student=None).where(SessionRow.student == student_id).execute()  # nobody is signed out
            row.delete_instance()


def _row(account_id: str, student_id: str) -> StudentRow:
    row = StudentRow.get_or_none(StudentRow.id == student_id, StudentRow.account == account_id)
    if row is None:
        raise NotFound("no_student")
    return row


def _student(row: StudentRow) -> Student:
    return Student(row.id, row.name, Profile.of(json.loads(row.profile)), row.remember_profile, moment(row.created_at))
