"""All applications at a glance: what is due soon, money in play and won, the next 90 days, what records state about holding
two awards. Each figure has its sentence beside it, for screen readers and small screens."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from backend.money import money
from backend.tracker.plan import FIRM, Due, Plan
from backend.tracker.planner import Wanted
from backend.tracker.state import ENDED
from backend.tracker.words import day_text, days_text, month_text, say
from backend.vocabulary import name_of

SOON_DAYS, TIMELINE_DAYS = 14, 90


@dataclass
class Sum:
    """The awards of one period (year, month, once, course; None: not stated) that were added up."""

    period: str | None
    low: float = 0
    high: float = 0
    count: int = 0


@dataclass
class Currency:
    """Money of one currency; None: the record states none."""

    currency: str | None
    in_play: dict[str | None, Sum] = field(default_factory=dict)
    won: float = 0
    credited: float = 0


@dataclass(frozen=True)
class Totals:
    """Money by currency; amounts that are not known are counted, never guessed."""

    currencies: tuple[Currency, ...]
    in_play_unknown: int
    won_unknown: int


@dataclass(frozen=True)
class Entry:
    """One date of the timeline; `certain` is false for an expected month. `application_id` None: a document."""

    on: date
    kind: Literal["closes", "target", "expected", "start", "renewal"]
    application_id: str | None
    name: str
    certain: bool
    text: str


def due_text(due: Due, is_open: bool, language: str) -> str:
    """What is planned for, in a sentence that never says more than is known."""
    if due.on is None or due.days_left is None:
        return say("due_none" if is_open else "due_done", language)
    on = day_text(due.on, language)
    if due.basis == "expected":
        return say("due_expected", language, month=month_text(due.month or due.on.isoformat(), language), on=on)
    return say(f"due_{due.basis}", language, on=on, left=days_text(due.days_left, language))


def due_soon(plans: Iterable[Plan]) -> list[Plan]:
    """What is due within two weeks, or was due by the student's own date, soonest first. No expected month."""
    soon = [
        p for p in plans if p.due.basis in FIRM and p.due.days_left is not None and p.due.days_left <= SOON_DAYS
    ]  # fmt: skip
    return sorted(soon, key=lambda p: (p.due.on or date.max, p.name))


def totals(plans: Iterable[Plan]) -> Totals:
    """Money in play (saved, preparing, submitted: as the records state it, for each period by itself) and won (as the
    student noted it, in the record's currency, earlier years too). Currencies and periods are never added up."""
    found: dict[str | None, Currency] = {}
    in_play_unknown = won_unknown = 0

    def of(currency: str | None) -> Currency:
        return found.setdefault(currency, Currency(currency))

    for plan in plans:
        application, record = plan.application, plan.known.record if plan.known else None
        if application.deleted_at:
            continue
        currency = record.currency if record else None
        if application.status in ("saved", "preparing", "submitted"):
            low, high = (record.award_min, record.award_max) if record else (None, None)
            if record is None or currency is None or (low is None and high is None):
                in_play_unknown += 1
            else:
                total = of(currency).in_play.setdefault(record.award_period, Sum(record.award_period))
                total.low += (low if low is not None else high) or 0
                total.high += (high if high is not None else low) or 0
                total.count += 1
        outcomes = [r for r in application.past_rounds if r.status == "awarded"]
        if application.status == "awarded":
            outcomes = [*outcomes, application]  # type: ignore[list-item]
        for outcome in outcomes:
            if outcome.amount_awarded is None:
                won_unknown += 1
            else:
                of(currency).won += outcome.amount_awarded
                of(currency).credited += outcome.amount_awarded if outcome.credited else 0
    return Totals(tuple(sorted(found.values(), key=lambda c: c.currency or "~")), in_play_unknown, won_unknown)


def totals_text(found: Totals, language: str) -> str:
    """The totals in sentences."""
    lines = []
    for currency in found.currencies:
        code = currency.currency
        for total in currency.in_play.values():
            ends = dict.fromkeys((money(total.low, code), money(total.high, code)))
            amount = (" से " if language == "hi" else " to ").join(ends)
            period = name_of("period", total.period, language) if total.period else ""
            lines.append(say("in_play", language, amount=amount, period=period, n=total.count).replace("  ", " "))
        if currency.won:
            won, arrived = money(currency.won, code), money(currency.credited, code)
            lines.append(say("won", language, amount=won, credited=arrived))
    if found.in_play_unknown:
        lines.append(say("in_play_unknown", language, n=found.in_play_unknown))
    if found.won_unknown:
        lines.append(say("won_unknown", language, n=found.won_unknown))
    return " ".join(lines) or say("totals_none", language)


def timeline(plans: Sequence[Plan], wanted: Iterable[Wanted], today: date, language: str) -> list[Entry]:
    """What lies in the next 90 days, in order: closing dates, own dates, expected months (not certain), renewals, and the
    days to start documents by (today for those that are late)."""
    last = today + timedelta(days=TIMELINE_DAYS)
    found: list[Entry] = []

    def add(kind: str, on: date | None, application_id: str | None, name: str, certain: bool = True) -> None:
        if on is not None and today <= on <= last:
            text = say(f"line_{kind}", language, on=day_text(on, language), name=name)
            found.append(Entry(on, kind, application_id, name, certain, text))  # type: ignore[arg-type]

    for plan in plans:
        application = plan.application
        if application.deleted_at or application.status in ENDED:
            continue
        id_ = application.id
        if application.is_open and plan.known and plan.known.deadline.is_open:
            add("closes", plan.known.deadline.closes_on, id_, plan.name)
        if plan.due.basis == "expected":
            add("expected", plan.due.on, id_, plan.name, False)
        add("target", application.target_date, id_, plan.name)
        add("renewal", application.renewal_due, id_, plan.name)
    for document in wanted:
        if not document.done and document.start_by:
            firm = [n.plan for n in document.needs if n.plan.due.basis in FIRM and not n.step.item.done]
            add("start", max(document.start_by, today), None, document.named(language), bool(firm))
    return sorted(found, key=lambda e: (e.on, e.kind, e.name))


@dataclass(frozen=True)
class Holding:
    """What the records of open, submitted and awarded applications state about other awards at the same time."""

    stated: tuple[tuple[Plan, tuple[str, ...]], ...]
    not_stated: tuple[Plan, ...]


def holding(plans: Iterable[Plan]) -> Holding:
    """Their own sentences; never a rule of ours."""
    sentences: dict[bool, list[tuple[Plan, tuple[str, ...]]]] = defaultdict(list)
    for plan in plans:
        if not plan.application.deleted_at and plan.application.status not in ENDED:
            said = plan.known.holding if plan.known else ()
            sentences[bool(said)].append((plan, said))
    return Holding(tuple(sentences[True]), tuple(p for p, _ in sentences[False]))
