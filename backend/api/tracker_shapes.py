"""The tracker's values as the JSON objects of docs/tracker.md."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from backend.api.shapes import Json, camel, scholarship
from backend.award import award_words
from backend.tracker.actions import undoable
from backend.tracker.event_words import event_text
from backend.tracker.next_step import changed_facts, news, next_step
from backend.tracker.overview import TIMELINE_DAYS, due_soon, due_text, holding, timeline, totals, totals_text
from backend.tracker.papers import documents
from backend.tracker.plan import Plan, Step
from backend.tracker.planner import Clash, Wanted, clashes, planner
from backend.tracker.records import Known
from backend.tracker.stages import stage_of, stage_set, stage_sets
from backend.tracker.state import RESTORE_WITHIN, STATUSES, Application, Event
from backend.tracker.words import day_text, say
from backend.vocabulary import HINDI, worded


def application(plan: Plan, language: str) -> Json:
    """The contract's Application with what the tracker computes; `scholarship` is null where the record left the
    catalogue (see `savedFacts`)."""
    a, known = plan.application, plan.known
    record = known.record if known else None
    step, undo = next_step(plan, language), undoable(a)
    return {
        "id": a.id, "scholarshipId": a.scholarship_id, "scholarship": _record(known) if known else None,
        "award": award_words(record, language) if record else None, "status": a.status, "portalStatus": a.portal_status,
        "deadline": record.deadline if record else a.saved_facts.get("deadline"), "targetDate": _day(a.target_date),
        "checklist": [{"id": s.item.id, "text": s.item.text, "done": s.item.done, "leadDays": s.days} for s in plan.steps],
        "progress": a.progress, "notes": a.notes, "reference": a.reference, "amountAwarded": camel(a.amount_awarded),
        "events": _events(a, language), "createdAt": a.created_at.isoformat(), "updatedAt": a.updated_at.isoformat(),
        "savedFacts": dict(a.saved_facts), "studentId": a.student_id,
        "undo": {"change": undo.change, "what": event_text(undo.what, language)} if undo else None,
        "inCatalogue": known is not None,
        "changedFacts": [{"field": k, "was": was, "now": now} for k, was, now in changed_facts(plan)],
        "news": [asdict(n) for n in news(plan, language)],
        "stage": _stage(plan, language), "stageSet": known.stage_set if known else stage_set(_address(plan)),
        "due": {
            "on": _day(plan.due.on), "basis": plan.due.basis, "month": plan.due.month, "daysLeft": plan.due.days_left,
            "text": due_text(plan.due, a.is_open, language),
        },
        "items": [_item(s, language) for s in plan.steps],
        "nextStep": {"key": step.key, "text": step.text, "itemId": step.item_id, "on": _day(step.on)} if step else None,
        "credited": a.credited, "creditedOn": _day(a.credited_on), "renewalDue": _day(a.renewal_due),
        "pastRounds": [camel(asdict(r)) for r in a.past_rounds], "currency": record.currency if record else None,
        "holding": list(known.holding) if known else [],
    }  # fmt: skip


def board(
    plans: Sequence[Plan], deleted: Sequence[Application], today: date, language: str, is_guest: bool = False
) -> Json:
    """The Board: the applications, and all that is computed over them."""
    wanted, found = planner(plans), totals(plans)
    shapes = [application(p, language) for p in plans]
    return {
        "applications": shapes, "guest": is_guest, "language": language, "asOf": today.isoformat(),
        "columns": {status: [p.application.id for p in plans if p.application.status == status] for status in STATUSES},
        "dueSoon": [
            {
                "id": p.application.id, "on": _day(p.due.on), "daysLeft": p.due.days_left, "basis": p.due.basis,
                "text": f"{p.name}: {due_text(p.due, True, language)}",
            }
            for p in due_soon(plans)
        ],
        "news": [{"id": p.application.id, "name": p.name, **n} for p, s in zip(plans, shapes, strict=True) for n in s["news"]],
        "planner": [_wanted(w, language) for w in wanted],
        "clashes": [_clash(c, language) for c in clashes(plans)],
        "holding": _holding(plans, language),
        "totals": {
            "currencies": [
                {
                    "currency": c.currency, "won": camel(c.won), "credited": camel(c.credited),
                    "inPlay": [camel(asdict(s)) for s in c.in_play.values()],
                }
                for c in found.currencies
            ],
            "inPlayUnknown": found.in_play_unknown, "wonUnknown": found.won_unknown, "text": totals_text(found, language),
        },
        "timeline": _timeline(plans, wanted, today, language),
        "stageSets": {key: [asdict(s) for s in stages] for key, stages in stage_sets(language).items()},
        "deleted": [deleted_one(a) for a in deleted],
    }  # fmt: skip


def deleted_one(value: Application) -> Json:
    """A deleted application that can be restored."""
    at = value.deleted_at or value.updated_at
    return {
        "id": value.id, "scholarshipId": value.scholarship_id, "name": value.saved_facts.get("name"), "deletedAt": at.isoformat(),
        "restorableUntil": (at + RESTORE_WITHIN).isoformat(),
    }  # fmt: skip


def _record(known: Known) -> Json:
    """The contract's Scholarship, the same object for everybody: nobody changes it."""
    kept = known.kept.get("scholarship")
    if kept is None:
        kept = known.kept["scholarship"] = scholarship(known.hit, (known.record.id,))
    return dict(kept)


def _events(a: Application, language: str) -> list[Json]:
    taken_back = {e.undoes for e in a.events if e.undoes}
    return [_event(e, bool(e.change) and e.change in taken_back, language) for e in a.events]


def _event(e: Event, is_undone: bool, language: str) -> Json:
    return {
        "id": e.id, "at": e.at.isoformat(), "what": event_text(e.what, language), "kind": e.kind, "change": e.change,
        "undone": is_undone,
    }  # fmt: skip


def _stage(plan: Plan, language: str) -> Json | None:
    status = plan.application.portal_status
    if not status:
        return None
    stage = stage_of(_address(plan), status, language)
    own = {"id": None, "label": status, "meaning": None, "next": None, "call": None, "source": None}
    return asdict(stage) if stage else own


def _address(plan: Plan) -> str:
    return (
        plan.known.record.application_url
        if plan.known
        else str(plan.application.saved_facts.get("applicationUrl") or "")
    )


def _item(step: Step, language: str) -> Json:
    kind = documents().get(step.document)
    basis = None if step.days is None else "own" if step.is_own else "usual"
    note = (kind.note_hi if language == HINDI else kind.note) if kind else None
    return {
        "id": step.item.id, "name": worded(step.item.text, language), "document": kind.id if kind else None, "leadDays": step.days, "leadBasis": basis,
        "startBy": _day(step.start_by), "late": step.late, "note": note or None, "source": kind.source if kind else None,
    }  # fmt: skip


def _wanted(wanted: Wanted, language: str) -> Json:
    kind = documents().get(wanted.id)
    hindi = language == HINDI
    return {
        "document": wanted.id, "name": wanted.named(language), "startBy": _day(wanted.start_by),
        "late": wanted.late, "leadDays": wanted.days, "done": wanted.done,
        "note": ((kind.note_hi if hindi else kind.note) or None) if kind else None, "source": kind.source if kind else None,
        "applications": [
            {
                "id": n.plan.application.id, "itemId": n.step.item.id, "name": n.plan.name, "done": n.step.item.done,
                "neededBy": _day(n.plan.due.on), "basis": n.plan.due.basis,
            }
            for n in wanted.needs
        ],
    }  # fmt: skip


def _clash(clash: Clash, language: str) -> Json:
    kind = documents().get(clash.document or "")
    ends = dict.fromkeys(day_text(d, language) for d in (clash.first, clash.last))
    document = (kind.name_hi if language == HINDI else kind.name) if kind else clash.document
    names = ", ".join(p.name for p in clash.plans)
    return {
        "kind": clash.kind, "from": clash.first.isoformat(), "to": clash.last.isoformat(), "document": clash.document,
        "ids": [p.application.id for p in clash.plans],
        "text": say(f"clash_{clash.kind}", language, names=names, span=" – ".join(ends), document=document),
    }  # fmt: skip


def _holding(plans: Sequence[Plan], language: str) -> Json:
    found = holding(plans)
    stated, every = len(found.stated), len(found.stated) + len(found.not_stated)
    text = (
        say("holding_some", language, n=stated, all=every) if stated else say("holding_none", language) if every else ""
    )
    return {
        "stated": [{"id": p.application.id, "name": p.name, "sentences": list(said)} for p, said in found.stated],
        "notStated": [p.application.id for p in found.not_stated], "text": text,
    }  # fmt: skip


def _timeline(plans: Sequence[Plan], wanted: Sequence[Wanted], today: date, language: str) -> Json:
    entries = timeline(plans, wanted, today, language)
    key = "timeline" if entries else "timeline_none"
    return {
        "from": today.isoformat(), "to": (today + timedelta(days=TIMELINE_DAYS)).isoformat(),
        "entries": [
            {"on": e.on.isoformat(), "kind": e.kind, "id": e.application_id, "name": e.name, "certain": e.certain, "text": e.text}
            for e in entries
        ],
        "text": say(key, language, n=len(entries), days=TIMELINE_DAYS),
    }  # fmt: skip


def _day(value: date | datetime | None) -> Any:
    return value.isoformat() if value else None
