"""Back-planning: what an application is planned for, and when each of its papers must be started."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from backend.tracker.actions import World
from backend.tracker.papers import document_of, recognised
from backend.tracker.records import Known
from backend.tracker.state import Application, ChecklistItem

Basis = Literal["confirmed", "target", "expected"]
FIRM = ("confirmed", "target")
"""Dates that are somebody's: a confirmed one, or the student's own."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is planned for; `month` (YYYY-MM) only with expected; `days_left` below 0 where a date of the student passed."""

    on: date | None = None
    basis: Basis | None = None
    month: str | None = None
    days_left: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An item of a checklist with its time: `days` the student's own, else the usual ones; `late`: not done, and the day
    to start by has passed (never for an expected month, which is nobody's date)."""

    item: ChecklistItem
    document: str
    days: int | None
    is_own: bool
    start_by: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """An application with its record (None: it left the catalogue), what it is planned for and its steps."""

    application: Application
    known: Known | None
    due: Due
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        """The scholarship's name, as the record has it or as it was saved."""
        return self.known.record.name if self.known else str(self.application.saved_facts.get("name") or "?")


def plans_of(applications: Iterable[Application], world: World) -> list[Plan]:
    """The plans of applications, each with its record as it is now."""
    today = world.today
    return [plan(a, world.find(a.scholarship_id), today) for a in applications]


def plan(application: Application, known: Known | None, today: date) -> Plan:
    """The plan of one application; of one that is not open any more nothing is due."""
    due = due_of(application, known, today) if application.is_open else Due()
    return Plan(application, known, due, tuple(_step(i, due, today) for i in application.checklist))


def due_of(application: Application, known: Known | None, today: date) -> Due:
    """A confirmed closing date ahead or the student's own, whichever is sooner; a day of the student's that has passed
    gives way to a confirmed one ahead. Without both the first day of the month in which it usually opens or closes."""
    confirmed = known.deadline.closes_on if known and known.deadline.is_open else None
    target = application.target_date
    if target and (confirmed is None or today <= target < confirmed):
        return Due(target, "target", None, (target - today).days)
    if confirmed:
        return Due(confirmed, "confirmed", None, (confirmed - today).days)
    month = known.deadline.next_expected if known else None
    if month is None:
        return Due()
    on = max(date(int(month[:4]), int(month[5:7]), 1), today)
    return Due(on, "expected", month, (on - today).days)


def _step(item: ChecklistItem, due: Due, today: date) -> Step:
    kind = recognised(item.text)
    own = item.lead_days
    days = own if own is not None else kind.lead_days if kind else None
    start_by = due.on - timedelta(days=days) if due.on and days is not None else None
    late = not item.done and start_by is not None and start_by < today and due.basis in FIRM
    return Step(item, kind.id if kind else document_of(item.text), days, own is not None, start_by, late)
