"""The tracker: saved scholarships, their stage, checklist, notes and history. Each belongs to one account."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from peewee import IntegrityError, prefetch

from backend.accounts import milliseconds, moment
from backend.catalogue import Catalogue, Scholarship
from backend.clock import Clock
from backend.database import Database
from backend.errors import NotFound, ValidationFailed
from backend.models import ApplicationEventRow, ApplicationRow, new_id

STATUSES = ("saved", "preparing", "submitted", "awarded", "rejected", "withdrawn")
_PLAIN = ("portal_status", "notes", "reference", "amount_awarded")


@dataclass(frozen=True)
class ChecklistItem:
    """One thing to prepare; `lead_days` is how long it usually takes, where known."""

    id: str
    text: str
    done: bool
    lead_days: int | None = None


@dataclass(frozen=True)
class Event:
    """A dated change."""

    at: datetime
    what: str


@dataclass(frozen=True)
class Application:
    """One application. `saved_facts` are the record's facts on the day it was saved, kept if the record goes."""

    id: str
    scholarship_id: str
    status: str
    portal_status: str | None
    target_date: date | None
    checklist: tuple[ChecklistItem, ...]
    notes: str
    reference: str | None
    amount_awarded: float | None
    events: tuple[Event, ...]
    created_at: datetime
    updated_at: datetime
    saved_facts: Mapping[str, Any]

    @property
    def progress(self) -> float:
        """The share of the checklist that is done, 0 to 1."""
        return round(sum(i.done for i in self.checklist) / len(self.checklist), 2) if self.checklist else 0.0


class Applications:
    """The applications of all accounts; every call names the account and sees only its own."""

    def __init__(self, database: Database, catalogue: Catalogue, clock: Clock) -> None:
        self._database, self._catalogue, self._clock = database, catalogue, clock

    def save(
        self, account_id: str, scholarship_id: str, changes: Mapping[str, Any] | None = None,
        student_id: str | None = None,
    ) -> Application:  # fmt: skip
        """Save a scholarship for a student (the account's first one unless named); a second time gives the existing application. NotFound for an unknown scholarship."""
        record = self._catalogue.by_id.get(scholarship_id)
        if record is None:
            raise NotFound("There is no scholarship with this id.")
        student = student_id or account_id
        with self._database.session():  # one transaction: refused changes save nothing
            existing = self._of_scholarship(student, scholarship_id)
            if existing is None:
                try:
                    existing = self._create(account_id, student, record)
                except IntegrityError:  # saved by a parallel call
                    existing = self._of_scholarship(student, scholarship_id)
            if existing is None:
                raise NotFound("This account does not exist any more.")
            return self.update(account_id, existing, changes) if changes else self.get(account_id, existing)

    def list(self, account_id: str, student_id: str | None = None) -> list[Application]:
        """The applications of one student, or of all of the account, newest first."""
        with self._database.session():
            rows = ApplicationRow.select().where(ApplicationRow.account == account_id)
            if student_id is not None:
                rows = rows.where(ApplicationRow.student == student_id)
            rows = rows.order_by(ApplicationRow.created_at.desc(), ApplicationRow.id)
            return [_application(r) for r in prefetch(rows, ApplicationEventRow.select())]

    def get(self, account_id: str, application_id: str) -> Application:
        """One application of the account; NotFound for an unknown id and for another account's alike."""
        with self._database.session():
            return _application(_row(account_id, application_id))

    def update(self, account_id: str, application_id: str, changes: Mapping[str, Any]) -> Application:
        """Change what is given (status, portal_status, target_date, checklist, notes, reference, amount_awarded)."""
        now = milliseconds(self._clock)
        with self._database.session():
            # Writing first makes parallel changes of one application wait for each other (PostgreSQL too).
            mine = (ApplicationRow.id == application_id) & (ApplicationRow.account == account_id)
            ApplicationRow.update(updated_at=now).where(mine).execute()
            row = _row(account_id, application_id)
            position = ApplicationEventRow.select().where(ApplicationEventRow.application == row.id).count()
            for offset, what in enumerate(_apply(row, changes)):
                ApplicationEventRow.create(application=row.id, created_at=now, position=position + offset, what=what)
            row.save()
            return _application(_row(account_id, application_id))

    def delete(self, account_id: str, application_id: str) -> None:
        """Delete one application with its history."""
        with self._database.session():
            _row(account_id, application_id).delete_instance()

    def delete_for_scholarship(self, student_id: str, scholarship_id: str) -> None:
        """Remove a student's bookmark of a scholarship, if there is one."""
        with self._database.session():
            ApplicationRow.delete().where(
                ApplicationRow.student == student_id, ApplicationRow.scholarship_id == scholarship_id
            ).execute()

    def saved_ids(self, student_id: str) -> frozenset[str]:
        """The ids of the scholarships that a student has saved."""
        with self._database.session():
            rows = ApplicationRow.select(ApplicationRow.scholarship_id).where(ApplicationRow.student == student_id)
            return frozenset(r.scholarship_id for r in rows)

    def _of_scholarship(self, student_id: str, scholarship_id: str) -> str | None:
        with self._database.session():
            row = ApplicationRow.get_or_none(
                ApplicationRow.student == student_id, ApplicationRow.scholarship_id == scholarship_id
            )
            return row.id if row else None

    def _create(self, account_id: str, student_id: str, record: Scholarship) -> str:
        now = milliseconds(self._clock)
        items = [ChecklistItem(new_id()[:8], text, False) for text in record.requirements]
        facts = {
            "name": record.name, "provider": record.provider, "award": record.award, "deadline": record.deadline,
            "applicationUrl": record.application_url, "sourceUrl": record.source_url,
        }  # fmt: skip
        with self._database.session():
            row = ApplicationRow.create(
                account=account_id, student=student_id, scholarship_id=record.id, status="saved", created_at=now,
                updated_at=now,
                checklist=json.dumps([asdict(i) for i in items]), saved_facts=json.dumps(facts),
            )  # fmt: skip
            ApplicationEventRow.create(application=row.id, created_at=now, position=0, what="saved")
            return str(row.id)


def _apply(row: ApplicationRow, changes: Mapping[str, Any]) -> list[str]:
    """Write the changes into the row; gives what happened, for the history."""
    events: list[str] = []
    new: str | float | None
    for name, value in changes.items():
        if name == "status":
            if value not in STATUSES:
                raise ValidationFailed(f"status: use one of {', '.join(STATUSES)}.")
            if value != row.status:
                events.append(f"status: {row.status} → {value}")
                row.status = value
        elif name == "target_date":
            new = value.isoformat() if value else None
            if new != row.target_date:
                row.target_date = new
                events.append(f"target date: {new or 'removed'}")
        elif name == "checklist":
            items = [_item(i) for i in value or ()]
            new = json.dumps([asdict(i) for i in items])
            if new != row.checklist:
                row.checklist = new
                events.append(f"checklist: {sum(i.done for i in items)} of {len(items)} done")
        elif name in _PLAIN:
            new = (value or "") if name == "notes" else value
            if new != getattr(row, name):
                setattr(row, name, new)
                events.append(f"{name.replace('_', ' ')} changed")
        else:
            raise ValidationFailed(f"{name}: this cannot be changed.")
    return events


def _item(given: Mapping[str, Any]) -> ChecklistItem:
    return ChecklistItem(given.get("id") or new_id()[:8], given["text"], given["done"], given.get("lead_days"))


def _row(account_id: str, application_id: str) -> ApplicationRow:
    row = ApplicationRow.get_or_none(ApplicationRow.id == application_id, ApplicationRow.account == account_id)
    if row is None:
        raise NotFound("There is no application with this id.")
    return row


def _application(row: ApplicationRow) -> Application:
    events = sorted(row.events, key=lambda e: e.position)
    return Application(
        id=row.id, scholarship_id=row.scholarship_id, status=row.status, portal_status=row.portal_status,
        target_date=date.fromisoformat(row.target_date) if row.target_date else None,
        checklist=tuple(ChecklistItem(**i) for i in json.loads(row.checklist)), notes=row.notes,
        reference=row.reference, amount_awarded=row.amount_awarded,
        events=tuple(Event(moment(e.created_at), e.what) for e in events), created_at=moment(row.created_at),
        updated_at=moment(row.updated_at), saved_facts=json.loads(row.saved_facts),
    )  # fmt: skip
