"""What can be done with applications: one function, `act`, gives the applications after an action, each change with its
event. An account's store and a guest's tracker both go through it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.errors import Conflict, NotFound, ValidationFailed
from backend.tracker.merging import merged, taken_over
from backend.tracker.papers import document_of, usual_days
from backend.tracker.records import Known
from backend.tracker.state import (
    MOST_EVENTS,
    MOST_ITEMS,
    MOST_ROUNDS,
    RESTORE_WITHIN,
    STATUSES,
    Application,
    ChecklistItem,
    Event,
    Round,
    from_outside,
    restored,
    stored,
    stored_fields,
)

UNDO_DEPTH = 10
"""Changes that can be taken back, the last ones."""
REOPEN_BEFORE = timedelta(days=60)
"""An awarded application is opened again for the next year so long before its renewal is due."""
STUDENTS_ZONE = ZoneInfo("Asia/Kolkata")
"""Whose calendar day counts for the student's own dates."""
_PLAIN = {
    "portal_status": ("portal", "portal status"), "notes": ("notes", "notes"), "reference": ("reference", "reference"),
    "amount_awarded": ("amount", "amount awarded"),
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """All that an action takes from outside: the moment (aware), records by id, new ids."""

    now: datetime
    find: Callable[[str], Known | None]
    new_id: Callable[[], str]

    @property
    def today(self) -> date:
        """The student's calendar day."""
        return self.now.astimezone(STUDENTS_ZONE).date()


@dataclass(frozen=True)
class View:
    """Only look."""


@dataclass(frozen=True)
class Save:
    """Save a scholarship; a second time gives the existing application, and a deleted one comes back."""

    scholarship_id: str
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """Change what is given of one application."""

    id: str
    changes: Mapping[str, Any]


@dataclass(frozen=True)
class Undo:
    """Take the last change back; with `change` only if that one still is the last."""

    id: str
    change: str | None = None


@dataclass(frozen=True)
class Delete:
    """Delete one; `forever`: at once, else it can be restored for 30 days."""

    id: str
    forever: bool = False


@dataclass(frozen=True)
class Restore:
    """Bring a deleted one back."""

    id: str


@dataclass(frozen=True)
class Tick:
    """Tick one document, or not any more, in every open application that needs it."""

    document: str
    done: bool


@dataclass(frozen=True)
class Seen:
    """What has changed so far is known, of all or of these."""

    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Import:
    """Take over applications that a browser kept or an export holds."""

    applications: tuple[Application, ...]


Action = View | Save | Change | Undo | Delete | Restore | Tick | Seen | Import


@dataclass(frozen=True)
class Outcome:
    """The applications after an action; `changed` is the one that it was about; `counts` those of an import."""

    applications: tuple[Application, ...]
    changed: Application | None = None
    counts: Mapping[str, int] | None = None


def act(applications: Sequence[Application], action: Action, world: World) -> Outcome:
    """The applications after an action; those given are of one student, at most one of each scholarship.

    Raises NotFound for an unknown application or scholarship, ValidationFailed for a bad change, Conflict where there is
    nothing to undo or a list is full. An action that raises changes nothing.
    """
    held = tuple(rolled(a, world) for a in applications if is_kept(a, world.now))
    match action:
        case View():
            return Outcome(held)
        case Save():
            return _saved(held, action, world)
        case Import():
            return _imported(held, action, world)
        case Seen():
            wanted = set(action.ids)
            return Outcome(tuple(_seen(a, world) if not wanted or a.id in wanted else a for a in held))
        case Tick():
            return Outcome(tuple(_ticked(a, action, world) for a in held))
        case Delete(forever=True):
            gone = _named(held, action.id)
            return Outcome(tuple(a for a in held if a is not gone))
    is_back = isinstance(action, Undo | Restore)
    before = _named(held, action.id, also_deleted=is_back)
    after = _one(before, action, world)
    return Outcome(tuple(after if a is before else a for a in held), after)


def _one(before: Application, action: Change | Undo | Delete | Restore, world: World) -> Application:
    match action:
        case Change():
            return changed(before, action.changes, world)
        case Undo():
            return undone(before, world, action.change)
        case Delete():
            return _recorded(before, world, {"deleted_at": world.now}, [("deleted", "deleted")])
        case Restore():
            if before.deleted_at is None:
                return before
            return _recorded(before, world, {"deleted_at": None}, [("restored", "restored")])


def is_kept(application: Application, now: datetime) -> bool:
    """Whether it is there, or deleted so lately that it can be restored."""
    return application.deleted_at is None or now - application.deleted_at < RESTORE_WITHIN


def new_application(known: Known, world: World) -> Application:
    """A fresh one, its checklist made from the record's requirements."""
    call, record = world.new_id(), known.record
    return Application(
        id=world.new_id(), scholarship_id=record.id, status="saved", portal_status=None, target_date=None,
        checklist=tuple(ChecklistItem(world.new_id()[:8], text[:300], False) for text in record.requirements[:MOST_ITEMS]),
        notes="", reference=None, amount_awarded=None,
        events=(Event(world.now, "saved", world.new_id(), "saved", call),),
        created_at=world.now, updated_at=world.now, saved_facts=known.facts, seen=known.seen,
    )  # fmt: skip


def changed(before: Application, changes: Mapping[str, Any], world: World) -> Application:
    """The application with the changes, one event for each field that differs. Names as in docs/tracker.md, in
    snake_case. Raises ValidationFailed for other names and values."""
    if changes.get("reopen"):
        before = _reopened(before, world, world.now, world.new_id(), before.renewal_due)
    values: dict[str, Any] = {}
    said: list[tuple[str, str]] = []
    for name, value in changes.items():
        if name != "reopen":
            new, events = _field(replace(before, **values), name, value, world)
            values |= new
            said += events
    return _recorded(before, world, values, said) if said else before


def undone(before: Application, world: World, wanted: str | None = None) -> Application:
    """The application without its last change; the history keeps both. Raises Conflict where there is none left, or
    where another one than `wanted` is the last by now."""
    last = undoable(before)
    if last is None:
        raise Conflict("nothing_to_undo")
    if wanted is not None and wanted != last.change:
        raise Conflict("changed_meanwhile")
    form = stored(before)
    for event in reversed([e for e in before.events if e.change == last.change]):
        form |= _what_was(event)
    kept = {"id": before.id, "events": [], "scholarshipId": before.scholarship_id}
    after = replace(
        restored(form | kept), events=before.events, saved_facts=before.saved_facts, seen=before.seen,
        student_id=before.student_id, created_at=before.created_at,
    )  # fmt: skip
    event = Event(world.now, f"undone: {last.what}"[:400], world.new_id(), "undo", world.new_id(), last.change)
    return replace(after, events=(*before.events, event), updated_at=world.now)


def _what_was(event: Event) -> dict[str, Any]:
    """What undo puts back; ValidationFailed where a browser sent something else."""
    try:
        found = json.loads(event.before or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ValidationFailed("false_before", where="applications")
    return found


@dataclass(frozen=True)
class Undoable:
    """The change that undo would take back, and what it was."""

    change: str
    what: str


def undoable(application: Application) -> Undoable | None:
    """The last change that was not taken back and still can be."""
    taken_back = {e.undoes for e in application.events if e.undoes}
    for event in reversed(application.events):
        if event.kind != "undo" and event.change and event.change not in taken_back:
            same = [e for e in application.events if e.change == event.change]
            if any(e.before is None for e in same):
                return None
            return Undoable(event.change, "; ".join(e.what for e in same))
    return None


def rolled(application: Application, world: World) -> Application:
    """The application as it is today: an awarded one whose renewal comes near is opened again, once for each due date.

    It is computed, not waited for: whoever looks first, and however often, sees the same; it is written down with the
    next change.
    """
    due = application.renewal_due
    if application.status != "awarded" or due is None or application.deleted_at or world.today < due - REOPEN_BEFORE:
        return application
    id_ = f"renewal-{due.isoformat()}"
    if any(e.id == id_ for e in application.events) or len(application.past_rounds) >= MOST_ROUNDS:
        return application
    opened = datetime.combine(due - REOPEN_BEFORE, time(), STUDENTS_ZONE).astimezone(UTC)
    return _reopened(application, world, max(opened, application.updated_at), id_, due)


def _reopened(before: Application, world: World, at: datetime, id_: str, due: date | None) -> Application:
    """Next year's round: the outcome so far goes to the past ones, the checklist is empty again."""
    past = Round(
        before.status, at, before.portal_status, before.target_date, before.reference, before.amount_awarded,  # type: ignore[arg-type]
        before.credited, before.credited_on,
    )  # fmt: skip
    if len(before.past_rounds) >= MOST_ROUNDS:
        raise Conflict("most_rounds", most=MOST_ROUNDS)
    values = {
        "status": "preparing", "portal_status": None, "target_date": due, "reference": None, "amount_awarded": None,
        "credited": None, "credited_on": None, "renewal_due": None, "past_rounds": (*before.past_rounds, past),
        "checklist": tuple(replace(item, done=False) for item in before.checklist),
    }  # fmt: skip
    what = "opened again for renewal" + (f", due on {due.isoformat()}" if due else "")
    return _recorded(before, replace(world, now=at), values, [("reopened", what)], id_)


def _recorded(
    before: Application,
    world: World,
    values: Mapping[str, Any],
    said: Sequence[tuple[str, str]],
    id_: str | None = None,
) -> Application:
    """The application with new values and their events, all of one change; the first one holds what undo puts back."""
    after = replace(before, **values, updated_at=world.now)
    old = json.dumps(stored_fields(before, set(values)), ensure_ascii=False, separators=(",", ":"))
    call = id_ or world.new_id()
    events = [
        Event(world.now, what[:400], (id_ if i == 0 else None) or world.new_id(), kind, call, None, old if i == 0 else "{}")
        for i, (kind, what) in enumerate(said)
    ]  # fmt: skip
    return replace(after, events=_forgetting((*before.events, *events)))


def _forgetting(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events, with what undo puts back of the last changes only."""
    if len(events) > MOST_EVENTS:
        raise Conflict("history_full", most=MOST_EVENTS)
    changes = list(dict.fromkeys(e.change for e in reversed(events) if e.before is not None))
    old = set(changes[UNDO_DEPTH:])
    return tuple(replace(e, before=None) if e.change in old else e for e in events) if old else events


def _field(before: Application, name: str, value: Any, world: World) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """New values and events for one changed field; none where nothing differs."""
    if name == "status":
        if value not in STATUSES:
            raise ValidationFailed("one_of", where="status", expected=", ".join(STATUSES))
        return _differs(before, name, value, "status", f"status: {before.status} → {value}")
    if name in ("target_date", "renewal_due"):
        kind, label = ("target", "target date") if name == "target_date" else ("renewal", "renewal due")
        return _differs(before, name, value or None, kind, f"{label}: {value.isoformat() if value else 'removed'}")
    if name == "credited_on" and value:
        new, said = _differs(before, name, value, "credited", f"credited on {value.isoformat()}")
        return new | {"credited": True}, said or _differs(before, "credited", True, "credited", "credited")[1]
    if name in ("credited", "credited_on"):
        value = value if name == "credited" else before.credited
        words = {True: "credited", False: "not credited yet", None: "credited: not said"}[value]
        day = before.credited_on if value and name == "credited" else None
        same = (before.credited, before.credited_on) == (value, day)
        return ({}, []) if same else ({"credited": value, "credited_on": day}, [("credited", words)])
    if name == "checklist":
        items = tuple(_item(i, world) for i in value or ())
        done = f"checklist: {sum(i.done for i in items)} of {len(items)} done"
        return _differs(before, name, items, "checklist", done)
    if name == "add_item":
        if len(before.checklist) >= MOST_ITEMS:
            raise ValidationFailed("most_items", where="addItem", most=MOST_ITEMS)
        item = ChecklistItem(world.new_id()[:8], value, False)
        return {"checklist": (*before.checklist, item)}, [("checklist", f"added: {value}")]
    if name == "ticks":
        return _ticks(before, value or {})
    if name in _PLAIN:
        kind, label = _PLAIN[name]
        return _differs(before, name, (value or "") if name == "notes" else value, kind, f"{label} changed")
    raise ValidationFailed("fixed", where=name)


def _differs(before: Application, name: str, value: Any, kind: str, what: str) -> tuple[dict[str, Any], list[Any]]:
    return ({}, []) if value == getattr(before, name) else ({name: value}, [(kind, what)])


def _ticks(before: Application, ticks: Mapping[str, bool]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Items ticked or not any more, by id; ids that are gone are passed over: another window may have deleted them."""
    items = tuple(replace(i, done=ticks.get(i.id, i.done)) for i in before.checklist)
    said = [
        ("checklist", f"{'done' if new.done else 'not done'}: {new.text}")
        for old, new in zip(before.checklist, items, strict=True)
        if old.done != new.done
    ]
    return ({"checklist": items}, said) if said else ({}, [])


def _item(given: Mapping[str, Any], world: World) -> ChecklistItem:
    """An item as it is kept: the usual time is not the student's own."""
    days = given.get("lead_days")
    own = None if days is None or days == usual_days(given["text"]) else days
    return ChecklistItem(given.get("id") or world.new_id()[:8], given["text"], given["done"], own)


def _saved(held: tuple[Application, ...], action: Save, world: World) -> Outcome:
    known = world.find(action.scholarship_id)
    if known is None:
        raise NotFound("no_scholarship")
    before = next((a for a in held if a.scholarship_id == action.scholarship_id), None)
    if before is None:
        after = changed(new_application(known, world), action.changes, world)
        return Outcome((after, *held), after)
    back = _one(before, Restore(before.id), world)
    after = changed(back, action.changes, world)
    return Outcome(tuple(after if a is before else a for a in held), after)


def _seen(application: Application, world: World) -> Application:
    """No event: looking is no change of the application."""
    known = world.find(application.scholarship_id)
    now = known.seen if known else {}
    return application if application.seen == now else replace(application, seen=now)


def _ticked(application: Application, action: Tick, world: World) -> Application:
    if not application.is_open:
        return application
    ticks = {i.id: action.done for i in application.checklist if document_of(i.text) == action.document}
    return changed(application, {"ticks": ticks}, world) if ticks else application


def _imported(held: tuple[Application, ...], action: Import, world: World) -> Outcome:
    """Each one is merged into that of its scholarship, or added (docs/decisions)."""
    now = {a.scholarship_id: a for a in held}
    counts = dict.fromkeys(("added", "merged", "unchanged", "deleted"), 0)
    for given in action.applications:
        theirs = from_outside(given)
        ours = now.get(theirs.scholarship_id)
        if ours is None and theirs.deleted_at is not None:
            continue  # nothing that is deleted is taken along
        if ours is None:
            known = world.find(theirs.scholarship_id)
            facts = known.facts if known else theirs.saved_facts
            after = taken_over(theirs, facts, world.new_id(), world.new_id(), world.now)
            counts["added"] += 1
        else:
            after = merged(ours, theirs, world.new_id(), world.now)
            counts["deleted" if after.deleted_at else "unchanged" if after is ours else "merged"] += 1
        now[theirs.scholarship_id] = after
    before = {a.scholarship_id for a in held}
    new = tuple(a for key, a in now.items() if key not in before)
    return Outcome((*new, *(now[a.scholarship_id] for a in held)), counts=counts)


def _named(held: Sequence[Application], id_: str, also_deleted: bool = False) -> Application:
    found = next((a for a in held if a.id == id_ and (also_deleted or a.deleted_at is None)), None)
    if found is None:
        raise NotFound("no_application")
    return found
