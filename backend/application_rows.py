"""Applications in the database: rows to the tracker's values and back. Whoever calls holds the transaction."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

import orjson
from peewee import Case, Expression

from backend.clock import moment, stored_moment
from backend.models import ApplicationEventRow, ApplicationRow, new_id
from backend.tracker.state import Application, ChecklistItem, Event, Round, stored

_ROW = (
    ApplicationRow.id, ApplicationRow.scholarship_id, ApplicationRow.status, ApplicationRow.portal_status,
    ApplicationRow.target_date, ApplicationRow.checklist, ApplicationRow.notes, ApplicationRow.reference,
    ApplicationRow.amount_awarded, ApplicationRow.created_at, ApplicationRow.updated_at, ApplicationRow.saved_facts,
    ApplicationRow.credited, ApplicationRow.credited_on, ApplicationRow.renewal_due, ApplicationRow.past_rounds,
    ApplicationRow.seen, ApplicationRow.deleted_at, ApplicationRow.student,
)  # fmt: skip
_E = ApplicationEventRow
AT_ONCE = 50
"""Rows a statement: SQLite takes at most so many values at a time."""


Events = Literal["whole", "light", "needed"]
"""Which events are read: whole; light, only saying whether undo knows what was before, which is all that a list needs; or
needed, those that the application's state of today depends on."""


def load(where: Expression, events: Events = "whole") -> list[Application]:
    """The applications that a condition on their rows names, newest first.

    Rows are read as the driver gives them: peewee's own conversion of each cell takes longer than all the rest.
    """
    before = _E.before if events == "whole" else Case(None, ((_E.before.is_null(), None),), "{}")
    needed = where if events != "needed" else where & ApplicationRow.renewal_due.is_null(False)
    query = (
        _E.select(_E.application, _E.created_at, _E.what, _E.key, _E.kind, _E.change, _E.undoes, before)
        .join(ApplicationRow)
        .where(needed)
        .order_by(_E.position)
    )
    found: dict[str, list[Event]] = defaultdict(list)
    for application_id, at, what, *rest in _rows(query):
        found[application_id].append(Event(moment(at), what, *rest))
    rows = ApplicationRow.select(*_ROW).where(where).order_by(ApplicationRow.created_at.desc(), ApplicationRow.id)
    return [_application(row, tuple(found[row[0]])) for row in _rows(rows)]


def revisions(where: Expression, limit: int | None = None, offset: int = 0) -> list[tuple[str, int]]:
    """Ids and counts of writes, newest first."""
    query = ApplicationRow.select(ApplicationRow.id, ApplicationRow.revision).where(where)
    ordered = query.order_by(ApplicationRow.created_at.desc(), ApplicationRow.id)
    if limit is not None:
        ordered = ordered.limit(limit)
    if offset:
        ordered = ordered.offset(offset)
    return [(id_, revision) for id_, revision in _rows(ordered)]


def _rows(query: Any) -> list[tuple[Any, ...]]:
    return list(ApplicationRow._meta.database.execute(query).fetchall())  # type: ignore[attr-defined]


def write(account_id: str, student_id: str, before: Iterable[Application], after: Sequence[Application]) -> None:
    """Make the rows of `before` those of `after`: new ones, changed ones, and gone those that are not among them."""
    known = {a.id: a for a in before}
    for application in after:
        old = known.pop(application.id, None)
        if old == application:
            continue
        values = _values(application)
        if old is None:
            ApplicationRow.create(id=application.id, account=account_id, student=student_id, **values)
        else:
            ApplicationRow.update(**values, revision=ApplicationRow.revision + 1).where(
                ApplicationRow.id == application.id
            ).execute()
        _write_events(application, old.events if old else ())
    if known:
        ApplicationRow.delete().where(ApplicationRow.id.in_(list(known))).execute()


def exported(account_id: str) -> list[dict[str, Any]]:
    """Everything of an account's applications in the stored form, deleted ones that can be restored too."""
    found = load(ApplicationRow.account == account_id)
    return [stored(a) | {"studentId": a.student_id} for a in found]


def _write_events(application: Application, old: Sequence[Event]) -> None:
    """The history as it is now: what is new at its end, or all of it where a merge put events between."""
    new = application.events
    if [e.id for e in new[: len(old)]] != [e.id for e in old]:
        _E.delete().where(_E.application == application.id).execute()
        old = ()
    forgotten = [e.id for e, was in zip(new, old, strict=False) if e.before is None and was.before is not None]
    if forgotten:
        _E.update(before=None).where(_E.application == application.id, _E.key.in_(forgotten)).execute()
    rows = [
        {
            "id": new_id(), "application": application.id, "position": position, "created_at": stored_moment(e.at),
            "what": e.what, "key": e.id, "kind": e.kind, "change": e.change, "undoes": e.undoes, "before": e.before,
        }
        for position, e in enumerate(new)
        if position >= len(old)
    ]  # fmt: skip
    for start in range(0, len(rows), AT_ONCE):
        _E.insert_many(rows[start : start + AT_ONCE]).execute()


def _values(a: Application) -> dict[str, Any]:
    form = stored(a)
    return {
        "scholarship_id": a.scholarship_id, "status": a.status, "portal_status": a.portal_status,
        "target_date": form["targetDate"], "checklist": _items(a.checklist), "notes": a.notes, "reference": a.reference,
        "amount_awarded": a.amount_awarded, "created_at": stored_moment(a.created_at), "updated_at": stored_moment(a.updated_at),
        "saved_facts": json.dumps(dict(a.saved_facts)), "credited": a.credited, "credited_on": form["creditedOn"],
        "renewal_due": form["renewalDue"], "past_rounds": json.dumps(form["pastRounds"]),
        "seen": None if a.seen is None else json.dumps(dict(a.seen)),
        "deleted_at": stored_moment(a.deleted_at) if a.deleted_at else None,
    }  # fmt: skip


def _items(items: Sequence[ChecklistItem]) -> str:
    """As the first version stored them: snake_case."""
    return json.dumps([{"id": i.id, "text": i.text, "done": i.done, "lead_days": i.lead_days} for i in items])


def _application(row: Sequence[Any], events: tuple[Event, ...]) -> Application:
    (
        id_, scholarship_id, status, portal_status, target, checklist, notes, reference, amount, created, updated, facts,
        credited, credited_on, renewal, rounds, seen, deleted, student,
    ) = row  # fmt: skip
    return Application(
        id=id_, scholarship_id=scholarship_id, status=status, portal_status=portal_status, target_date=_day(target),
        checklist=tuple(
            ChecklistItem(i["id"], i["text"], i["done"], i.get("lead_days")) for i in orjson.loads(checklist)
        ), notes=notes, reference=reference,
        amount_awarded=amount, events=events, created_at=moment(created), updated_at=moment(updated),
        saved_facts=orjson.loads(facts), credited=None if credited is None else bool(credited), credited_on=_day(credited_on), renewal_due=_day(renewal),
        past_rounds=() if rounds == "[]" else tuple(map(_round, orjson.loads(rounds))),
        seen=orjson.loads(seen) if seen is not None else None, deleted_at=moment(deleted) if deleted else None,
        student_id=student,
    )  # fmt: skip


def _round(form: Mapping[str, Any]) -> Round:
    return Round(
        form["status"], datetime.fromisoformat(form["endedAt"]), form["portalStatus"], _day(form["targetDate"]),
        form["reference"], form["amountAwarded"], form["credited"], _day(form["creditedOn"]),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
