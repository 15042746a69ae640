"""The tracker's own operations: the board, actions of accounts and of guests, files. (Those that are named endpoints too are in
backend.api.operations.) Both go through the same rules, backend.tracker.actions."""

from collections.abc import Sequence

import orjson

from backend.api import schemas as s
from backend.api import tracker_schemas as ts
from backend.api import tracker_shapes as shapes
from backend.api.operations import signed_in, student_of
from backend.api.shapes import Json
from backend.card import card
from backend.errors import NotFound
from backend.profile import Profile
from backend.services import Services
from backend.sessions import Caller
from backend.tracker import actions, browser
from backend.tracker.dates import calendar
from backend.tracker.files import table
from backend.tracker.plan import Plan, plans_of
from backend.tracker.state import Application, from_outside, stored


def board(services: Services, caller: Caller | None, given: s.ShownInput) -> Json:
    """The student's tracker at a glance: applications with their next step, due soon, what changed since last seen,
    documents in the order to start them, clashes, money, the next 90 days."""
    who = signed_in(services, caller)
    return _board(services, who, student_of(services, who, given.student_id), given.language)


def act(services: Services, caller: Caller | None, given: ts.ActInput) -> Json:
    """One action on the student's tracker (docs/tracker.md): gives the id that it was about, the counts of an import, and
    the board after it."""
    who = signed_in(services, caller)
    student_id = student_of(services, who, given.student_id)
    outcome = services.applications.act(who.account_id, given.action.action(), student_id)
    return {
        "changed": outcome.changed.id if outcome.changed else None, "result": outcome.counts,
        "board": _board(services, who, student_id, given.language),
    }  # fmt: skip


def apply(services: Services, caller: Caller | None, given: ts.ApplyInput) -> Json:
    """A guest's tracker: takes what the browser keeps and one action, gives what it must keep now, with the board. Nothing is
    stored here. At most 40 applications and 60,000 bytes; facts are always read from the catalogue."""
    services.limits.spend("lookup", caller.account_id if caller else None)
    world = services.applications.world()
    kept = browser.apply(given.applications, given.action.action(), world)
    held = kept.outcome.applications
    live, deleted = [a for a in held if a.deleted_at is None], [a for a in held if a.deleted_at is not None]
    plans = plans_of(live, world)
    changed = kept.outcome.changed
    return {
        "applications": list(kept.forms), "changed": changed.id if changed else None, "result": kept.outcome.counts,
        "board": shapes.board(plans, deleted, world.today, given.language, True),
        "room": {
            "applications": len(live), "most": browser.MOST, "bytes": kept.octets, "mostBytes": browser.MOST_BYTES,
        },
    }  # fmt: skip


def browser_calendar(services: Services, caller: Caller | None, given: ts.BrowserCalendarInput) -> str:
    """What a guest's browser keeps as an iCalendar (RFC 5545) text. Nothing is stored here."""
    plans = _guests(services, caller, given.applications)
    return calendar(services.applications.world(), plans, given.id, given.start_by, given.language)


def browser_export(services: Services, caller: Caller | None, given: ts.BrowserExportInput) -> str:
    """What a guest's browser keeps as CSV, or as JSON that can be imported again. Nothing is stored here."""
    plans = _guests(services, caller, given.applications)
    return table(plans) if given.format == "csv" else _json([stored(p.application) for p in plans])


def deleted_applications(services: Services, caller: Caller | None, given: s.ForStudent) -> list[Json]:
    """The student's deleted applications that can be restored (for 30 days)."""
    who = signed_in(services, caller)
    found = services.applications.deleted(who.account_id, student_of(services, who, given.student_id))
    return [shapes.deleted_one(a) for a in found]


def undo(services: Services, caller: Caller | None, id_: str, given: ts.UndoFields) -> Json:
    """Take the last change of an application back, a deletion too; with `change` only if that one still is the last."""
    return _one(services, caller, actions.Undo(id_, given.change))


def restore(services: Services, caller: Caller | None, id_: str) -> Json:
    """Bring a deleted application back with its history."""
    return _one(services, caller, actions.Restore(id_))


def tick_document(services: Services, caller: Caller | None, given: ts.DocumentFields) -> Json:
    """Tick one document of the planner, or not any more, in every open application that needs it; gives the board."""
    who = signed_in(services, caller)
    student_id = student_of(services, who, given.student_id)
    services.applications.act(who.account_id, actions.Tick(given.document, given.done), student_id)
    return _board(services, who, student_id, given.language)


def mark_seen(services: Services, caller: Caller | None, given: ts.SeenFields) -> None:
    """What has changed about the records so far is known to the student."""
    who = signed_in(services, caller)
    student_id = student_of(services, who, given.student_id)
    services.applications.act(who.account_id, actions.Seen(tuple(given.ids)), student_id)


def import_applications(services: Services, caller: Caller | None, given: ts.ImportFields) -> Json:
    """Merge applications that a browser kept, or of our own export, into the student's: duplicates of one scholarship become
    one without losing notes, events or ticks; the same import twice changes nothing. Gives how many were added, merged,
    unchanged, and are deleted here."""
    who = signed_in(services, caller)
    student_id = student_of(services, who, given.student_id)
    outcome = services.applications.act(who.account_id, actions.Import(tuple(given.applications)), student_id)
    return dict(outcome.counts or {})


def export_applications(services: Services, caller: Caller | None, given: s.ExportApplicationsInput) -> str:
    """The student's applications as CSV for spreadsheets, or as JSON that can be imported again."""
    who = signed_in(services, caller)
    student_id = student_of(services, who, given.student_id)
    if given.format == "json":
        return _json(services.applications.export(who.account_id, student_id))
    world = services.applications.world()
    return table(plans_of(services.applications.list(who.account_id, student_id), world))


def scholarship_card(services: Services, caller: Caller | None, id_: str, given: s.CardInput) -> Json:
    """A scholarship as six lines of plain text for a messenger: name, award, date with its certainty, who, source, link."""
    services.limits.spend("lookup", caller.account_id if caller else None)
    hit = services.search.hit(id_, Profile(), services.clock())
    if hit is None:
        raise NotFound("no_scholarship")
    lines = card(hit, given.language)
    return {"id": id_, "language": given.language, "text": "\n".join(lines), "lines": list(lines)}


def _guests(services: Services, caller: Caller | None, applications: Sequence[Application]) -> list[Plan]:
    services.limits.spend("lookup", caller.account_id if caller else None)
    world = services.applications.world()
    held = actions.act([from_outside(a) for a in applications], actions.View(), world).applications
    return plans_of([a for a in held if a.deleted_at is None], world)


def _one(services: Services, caller: Caller | None, action: actions.Undo | actions.Restore) -> Json:
    changed = services.applications.act(signed_in(services, caller).account_id, action).changed
    assert changed is not None
    return shapes.application(plans_of([changed], services.applications.world())[0], "en")


def _board(services: Services, who: Caller, student_id: str, language: str) -> Json:
    world = services.applications.world()
    live, deleted = services.applications.both(who.account_id, student_id)
    return shapes.board(plans_of(live, world), deleted, world.today, language)


def _json(forms: Sequence[Json]) -> str:
    return orjson.dumps({"applications": list(forms)}, option=orjson.OPT_INDENT_2).decode()
