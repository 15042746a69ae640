"""The days of applications as entries of a calendar (backend.calendars): confirmed closing dates, the student's own, expected
months (labelled as not confirmed), renewals, and where wanted the days to start documents by."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256

from backend.answers import deadline_sentence
from backend.calendars import CalendarEntry, calendar_file
from backend.errors import NotFound
from backend.tracker.actions import World
from backend.tracker.plan import FIRM, Plan
from backend.tracker.planner import Wanted, planner
from backend.tracker.state import ENDED
from backend.tracker.words import say

START_ALARMS = (3, 1)
_DOMAIN = "scholarship-chatbot"


def calendar(world: World, plans: Sequence[Plan], id_: str | None, start_by: bool, language: str) -> str:
    """The calendar file of one application, or of all; with `start_by` the days to start documents by are in it too.
    NotFound for an unknown application."""
    chosen = [p for p in plans if id_ is None or p.application.id == id_]
    if id_ is not None and not chosen:
        raise NotFound("no_application")
    days = [*entries(chosen, language), *(start_entries(planner(chosen), language) if start_by else ())]
    return calendar_file(days, world.now, language)


def entries(plans: Iterable[Plan], language: str) -> Iterator[CalendarEntry]:
    """Of what is still to be handed in the closing date, or, without an own day, the expected month; the student's own day
    and the renewal of all that did not end. The ids of entries stay the same as long as the application does."""
    for plan in plans:
        application, known = plan.application, plan.known
        if application.deleted_at or application.status in ENDED:
            continue
        url = known.record.application_url if known else str(application.saved_facts.get("applicationUrl") or "")

        def entry(
            kind: str, day: date, text: str, is_firm: bool = True, plan: Plan = plan, url: str = url
        ) -> CalendarEntry:
            held = plan.application
            title = say(f"title_{kind}", language, name=plan.name)
            return CalendarEntry(
                f"{held.id}-{kind}@{_DOMAIN}",
                title,
                day,
                text,
                url,
                is_firm,
                sequence=len(held.events),
                changed=held.updated_at,
            )

        if application.is_open and known and known.deadline.is_open and known.deadline.closes_on:
            yield entry("closes", known.deadline.closes_on, deadline_sentence(known.deadline, language))
        elif application.is_open and not application.target_date and known and known.deadline.next_expected:
            month = known.deadline.next_expected
            day = date(int(month[:4]), int(month[5:7]), 1)
            yield entry("expected", day, deadline_sentence(known.deadline, language), False)
        if application.target_date:
            yield entry("target", application.target_date, say("own_date", language))
        if application.renewal_due:
            yield entry("renewal", application.renewal_due, say("own_date", language))


def start_entries(wanted: Iterable[Wanted], language: str) -> Iterator[CalendarEntry]:
    """The day to start each document by, once for all applications that need it."""
    for document in wanted:
        if document.start_by and not document.done:
            firm = any(n.plan.due.basis in FIRM for n in document.needs if not n.step.item.done)
            names = ", ".join(dict.fromkeys(n.plan.name for n in document.needs))
            first = min(n.plan.application.id for n in document.needs)
            yield CalendarEntry(
                f"{first}-start-{sha256(document.id.encode()).hexdigest()[:12]}@{_DOMAIN}", say("title_start", language, name=document.named(language)),
                document.start_by, say("start_for", language, names=names), "", firm, START_ALARMS,
            )  # fmt: skip
