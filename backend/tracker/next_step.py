"""The one next thing to do for an application, and what changed about its record since the student last looked."""

from dataclasses import dataclass
from datetime import date

from backend.answers import deadline_sentence
from backend.tracker.plan import FIRM, Plan, Step
from backend.tracker.stages import stage_of
from backend.tracker.words import day_text, days_text, say
from backend.vocabulary import worded


@dataclass(frozen=True, slots=True)
class NextStep:
    """`key` names the rule that gave the sentence; `item_id` the checklist's item that it is about, `on` its day."""

    key: str
    text: str
    item_id: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class News:
    """One fact that changed. Links are never shown as they were: what a browser kept could name a false one."""

    field: str
    was: str | None
    now: str | None
    text: str


def next_step(plan: Plan, language: str) -> NextStep | None:
    """The first rule that holds, in this order: hand in what is due, get the papers that take longest, follow the portal,
    see that the money arrives. None where the application ended."""
    status = plan.application.status
    if status in ("rejected", "withdrawn"):
        return None
    if status == "awarded":
        return _after_award(plan, language)
    return _at_the_portal(plan, language) if status == "submitted" else _to_hand_in(plan, language)


def _to_hand_in(plan: Plan, language: str) -> NextStep:
    def step(key: str, on: date | None = None, item: Step | None = None, /, **values: object) -> NextStep:
        text = say(f"step_{key}", language, **values)
        return NextStep(key, text, item.item.id if item else None, on)

    due, todo = plan.due, [s for s in plan.steps if not s.item.done]
    if due.basis in FIRM and due.on and due.days_left is not None:
        if due.days_left < 0:
            return step("over", due.on, on=day_text(due.on, language))
        if due.days_left == 0:
            return step("submit_today", due.on)
        if not todo:
            return step("submit", due.on, on=day_text(due.on, language))
    elif plan.known is None:
        return step("gone")
    if not todo:
        return step("ready")
    if due.basis not in FIRM and plan.known and plan.known.deadline.state == "closed":
        return step("closed", None, closed=deadline_sentence(plan.known.deadline, language))
    first = min(todo, key=lambda s: (s.start_by is None, s.start_by or date.max))
    item = worded(first.item.text, language)
    if first.late and due.on and due.days_left is not None:
        return step(
            "start_now", first.start_by, first, item=item, days=first.days,
            left=days_text(due.days_left, language), on=day_text(due.on, language),
        )  # fmt: skip
    if first.start_by and due.basis in FIRM:
        return step("start", first.start_by, first, item=item, on=day_text(first.start_by, language))
    return step("do", None, first, item=item)


def _at_the_portal(plan: Plan, language: str) -> NextStep:
    status = plan.application.portal_status
    if not status:
        return NextStep("no_stage", say("step_no_stage", language))
    stage = stage_of(_address(plan), status, language)
    if stage is None:
        return NextStep("own_stage", say("step_own_stage", language, stage=status))
    return NextStep("stage", say("step_stage", language, next=stage.next, call=stage.call))


def _after_award(plan: Plan, language: str) -> NextStep:
    application = plan.application
    if application.amount_awarded is None:
        return NextStep("amount", say("step_amount", language))
    if not application.credited:
        return NextStep("credit", say("step_credit", language))
    if application.renewal_due:
        on = application.renewal_due
        return NextStep("renewal", say("step_renewal", language, on=day_text(on, language)), None, on)
    if plan.known and plan.known.record.renewable:
        return NextStep("renewal_date", say("step_renewal_date", language))
    return NextStep("done", say("step_done", language))


def _address(plan: Plan) -> str:
    return (
        plan.known.record.application_url
        if plan.known
        else str(plan.application.saved_facts.get("applicationUrl") or "")
    )


def news(plan: Plan, language: str) -> tuple[News, ...]:
    """What differs from what the student last saw; the same however often it is asked, until it is marked as seen. Nothing
    where it is not known what they saw."""
    was = plan.application.seen
    if not was:
        return ()
    if plan.known is None:
        return (News("inCatalogue", None, None, say("news_gone", language)),)
    now = plan.known.seen
    changed = [name for name, value in now.items() if name in was and was[name] != value]
    return tuple(_news(name, was[name], now[name], language) for name in changed)


def _news(field: str, was: str | None, now: str | None, language: str) -> News:
    if field == "applicationUrl":
        return News(field, None, now, say("news_applicationUrl", language))
    if field == "closesOn":
        if now is None:
            return News(field, was, now, say("news_closesOn_none", language))
        return News(field, was, now, say("news_closesOn", language, now=day_text(date.fromisoformat(now), language)))
    if field == "state":
        old, new = (_state(x, language) for x in (was, now))
        return News(field, was, now, say("news_state", language, was=old, now=new))
    return News(field, was, now, say(f"news_{field}", language, was=was, now=now))


def _state(state: str | None, language: str) -> str:
    known = ("open", "closing_soon", "expected_open", "closed", "rolling", "unconfirmed")
    return say(f"state_{state}", language) if state in known else str(state)


def changed_facts(plan: Plan) -> list[tuple[str, str | None, str]]:
    """The record's facts that differ from those on the day it was saved, as (name, was, now)."""
    if plan.known is None:
        return []
    saved = plan.application.saved_facts
    return [(k, saved[k], v) for k, v in plan.known.facts.items() if saved.get(k) is not None and saved[k] != v]
