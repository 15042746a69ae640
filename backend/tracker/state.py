"""What is kept of an application, and its stored form as JSON (docs/tracker.md): what a guest's browser, an export and an
import hold. The limits here are those of every way in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from backend.errors import ValidationFailed
from backend.plain_text import PlainText

Status = Literal["saved", "preparing", "submitted", "awarded", "rejected", "withdrawn"]
STATUSES: tuple[str, ...] = ("saved", "preparing", "submitted", "awarded", "rejected", "withdrawn")
OPEN = ("saved", "preparing")
"""Stages in which there is still something to hand in."""
ENDED = ("rejected", "withdrawn")
MOST_ITEMS, MOST_EVENTS, MOST_NOTES, MOST_ROUNDS = 50, 1000, 10_000, 20
RESTORE_WITHIN = timedelta(days=30)
"""How long a deleted application can be restored."""
FACTS = ("name", "provider", "award", "deadline", "applicationUrl", "sourceUrl")
"""What is kept of a record on the day it is saved."""
LINKS = ("applicationUrl", "sourceUrl")

_CAMEL = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")
_Key = Annotated[PlainText, Field(min_length=1, max_length=64)]
_Line = Annotated[PlainText, Field(max_length=100)]
Money = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]


@dataclass(frozen=True)
class ChecklistItem:
    """One thing to prepare; `lead_days` is the student's own time for it, None: the usual one (backend.tracker.papers)."""

    __pydantic_config__ = _CAMEL
    id: _Key
    text: Annotated[PlainText, Field(min_length=1, max_length=300)]
    done: bool
    lead_days: Annotated[int, Field(ge=0, le=366)] | None = None


@dataclass(frozen=True)
class Event:
    """A dated change. `change` is the call it belongs to: events of one call are undone together; `undoes` is the change
    that it took back; `before` is JSON of what undo puts back, kept for the last changes only."""

    __pydantic_config__ = _CAMEL
    at: AwareDatetime
    what: Annotated[PlainText, Field(min_length=1, max_length=400)]
    id: _Key
    kind: Annotated[PlainText, Field(max_length=16)] = ""
    change: Annotated[PlainText, Field(max_length=64)] = ""
    undoes: _Key | None = None
    before: Annotated[PlainText, Field(max_length=60_000)] | None = None


@dataclass(frozen=True)
class Round:
    """The outcome of an earlier year, kept when the application is opened again for renewal."""

    __pydantic_config__ = _CAMEL
    status: Status
    ended_at: AwareDatetime
    portal_status: _Line | None = None
    target_date: date | None = None
    reference: _Line | None = None
    amount_awarded: Money | None = None
    credited: bool | None = None
    credited_on: date | None = None


@dataclass(frozen=True)
class Application:
    """One application. `saved_facts` are the record's facts on the day it was saved, kept if the record goes; `seen` those
    when the student last looked; `credited` None: not said. Deleted ones can be restored for a while."""

    __pydantic_config__ = _CAMEL
    id: _Key
    scholarship_id: Annotated[PlainText, Field(min_length=1, max_length=100)]
    status: Status
    portal_status: _Line | None
    target_date: date | None
    checklist: Annotated[tuple[ChecklistItem, ...], Field(max_length=MOST_ITEMS)]
    notes: Annotated[PlainText, Field(max_length=MOST_NOTES)]
    reference: _Line | None
    amount_awarded: Money | None
    events: Annotated[tuple[Event, ...], Field(max_length=MOST_EVENTS)]
    created_at: AwareDatetime
    updated_at: AwareDatetime
    saved_facts: Mapping[str, Any]
    credited: bool | None = None
    credited_on: date | None = None
    renewal_due: date | None = None
    past_rounds: Annotated[tuple[Round, ...], Field(max_length=MOST_ROUNDS)] = ()
    seen: Mapping[str, Any] | None = None
    deleted_at: AwareDatetime | None = None
    student_id: _Key | None = None

    @property
    def progress(self) -> float:
        """The share of the checklist that is done, 0 to 1."""
        return round(sum(i.done for i in self.checklist) / len(self.checklist), 2) if self.checklist else 0.0

    @property
    def is_open(self) -> bool:
        """There is still something to hand in."""
        return self.status in OPEN and self.deleted_at is None


_STORED = TypeAdapter(Application)
_PRIVATE = {"student_id"}


def stored(application: Application) -> dict[str, Any]:
    """The stored form."""
    return dict(_STORED.dump_python(application, mode="json", by_alias=True, exclude=_PRIVATE))


def stored_fields(application: Application, names: set[str]) -> dict[str, Any]:
    """Some fields of the stored form."""
    return dict(_STORED.dump_python(application, mode="json", by_alias=True, include=names))


def restored(form: Mapping[str, Any]) -> Application:
    """An application from its stored form, checked. ValidationFailed names the first bad field."""
    try:
        return _STORED.validate_python(form)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ValidationFailed("other", where=f"applications.{where}", message=str(first["msg"]).lower()) from None


def from_outside(application: Application) -> Application:
    """An application that a browser or a file holds, believed only in what is the student's own: of saved facts and of
    those seen only short texts stay, and no link at all (a file from somebody else could name a false one)."""
    return replace(
        application,
        saved_facts={k: v for k, v in _texts(application.saved_facts).items() if k in FACTS and k not in LINKS},
        seen=None if application.seen is None else _texts(application.seen),
        student_id=None,
    )


def _texts(facts: Mapping[str, Any]) -> dict[str, str | None]:
    return {k[:40]: v[:500] if isinstance(v, str) else None for k, v in list(facts.items())[:20]}
