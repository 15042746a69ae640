"""Two copies of one application become one, so that nothing is lost or doubled and the same import twice changes nothing.

The history decides: each event has an id of its own. Where all of their events are among ours, we know everything already;
where all of ours are among theirs, they went on from here and their values count; else both went on, and the values are
brought together field by field.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from backend.errors import Conflict
from backend.tracker.state import (
    MOST_EVENTS,
    MOST_ITEMS,
    MOST_NOTES,
    Application,
    ChecklistItem,
    Event,
    stored_fields,
)

_VALUES = (
    "status", "portal_status", "target_date", "reference", "amount_awarded", "credited", "credited_on", "renewal_due",
)  # fmt: skip
_MERGED = {*_VALUES, "notes", "checklist", "past_rounds"}


def merged(ours: Application, theirs: Application, call: str, now: datetime) -> Application:
    """Ours with what theirs knows; ours itself where that is nothing new. `call` is a fresh id for the event.

    Raises Conflict where notes, checklist or history would be longer than what is kept.
    """
    known = {e.id for e in ours.events}
    if all(e.id in known for e in theirs.events):
        return ours
    events = _in_order(ours.events, theirs.events)
    newer, older = (theirs, ours) if theirs.updated_at > ours.updated_at else (ours, theirs)
    if known <= {e.id for e in theirs.events}:
        newer = older = theirs
    values: dict[str, Any] = {name: _either(getattr(newer, name), getattr(older, name)) for name in _VALUES}
    values["notes"] = theirs.notes if newer is older else _notes(ours.notes, theirs.notes)
    values["checklist"] = theirs.checklist if newer is older else _checklist(ours.checklist, theirs.checklist)
    values["past_rounds"] = tuple(dict.fromkeys((*ours.past_rounds, *theirs.past_rounds)))
    if ours.deleted_at is not None and theirs.deleted_at is None and theirs.updated_at > ours.deleted_at:
        values["deleted_at"] = None
    if len(events) >= MOST_EVENTS:
        raise Conflict("history_full", most=MOST_EVENTS)
    before = json.dumps(stored_fields(ours, {*values}), ensure_ascii=False)
    event = Event(now, "merged with another copy", call, "merged", call, None, before)
    return replace(ours, **values, events=(*(replace(e, before=None) for e in events), event), updated_at=now)


def taken_over(theirs: Application, facts: Mapping[str, Any], id_: str, call: str, now: datetime) -> Application:
    """A copy from elsewhere as a new application; undo does not reach back into it."""
    event = Event(now, "taken over from another copy", call, "merged", call)
    events = (*(replace(e, before=None) for e in theirs.events[: MOST_EVENTS - 1]), event)
    return replace(theirs, id=id_, saved_facts=facts, events=events, updated_at=now, student_id=None)


def _either(first: Any, second: Any) -> Any:
    return second if first is None else first


def _notes(ours: str, theirs: str) -> str:
    if theirs.strip() in ours:
        return ours
    if ours.strip() in theirs:
        return theirs
    both = f"{ours}\n\n{theirs}"
    if len(both) > MOST_NOTES:
        raise Conflict("long_notes", most=MOST_NOTES)
    return both


def _checklist(ours: Sequence[ChecklistItem], theirs: Sequence[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """Items of either, once each (by their text); done where one of the two says so."""
    found: dict[str, ChecklistItem] = {}
    ids: set[str] = set()
    for item in (*ours, *theirs):
        key = " ".join(item.text.casefold().split())
        if key in found:
            same = found[key]
            found[key] = replace(same, done=same.done or item.done, lead_days=_either(same.lead_days, item.lead_days))
        else:
            found[key] = item if item.id not in ids else replace(item, id=f"{item.id[:56]}-{len(ids)}")
            ids.add(found[key].id)
    if len(found) > MOST_ITEMS:
        raise Conflict("long_checklists", most=MOST_ITEMS)
    return tuple(found.values())


def _in_order(ours: Sequence[Event], theirs: Sequence[Event]) -> tuple[Event, ...]:
    """The events of both by time, each once; each copy's own order stays, whatever its clock said."""
    known = {e.id for e in ours}
    new, merged_events = [e for e in theirs if e.id not in known], []
    for event in ours:
        while new and new[0].at < event.at:
            merged_events.append(new.pop(0))
        merged_events.append(event)
    return (*merged_events, *new)
