"""All open applications together: the documents that they need, each once, and where their work clashes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from backend.tracker.papers import documents
from backend.tracker.plan import FIRM, Plan, Step
from backend.vocabulary import HINDI, worded

CLOSE_DAYS = 3
"""Dates so near to each other clash."""
_LAST = date.max


@dataclass(frozen=True)
class Need:
    """One application's need of a document."""

    plan: Plan
    step: Step


@dataclass(frozen=True)
class Wanted:
    """A document of the planner: `id` a kind of data/documents.csv or the item's own text; `start_by` the earliest day of
    those applications in which it is not ticked."""

    id: str
    name: str
    days: int | None
    start_by: date | None
    late: bool
    done: bool
    needs: tuple[Need, ...]

    def named(self, language: str) -> str:
        """What it is called in a language."""
        kind = documents().get(self.id)
        return kind.name_hi if kind and language == HINDI else worded(self.name, language)


@dataclass(frozen=True)
class Clash:
    """Applications that get into each other's way between two days; `document` where it is about one."""

    kind: Literal["deadlines", "work", "document"]
    first: date
    last: date
    plans: tuple[Plan, ...]
    document: str | None = None


def planner(plans: Iterable[Plan]) -> list[Wanted]:
    """The documents over all open applications, each once, what must be started first in front; ticked ones last. Steps
    such as an interview are no documents."""
    needs: dict[str, list[Need]] = defaultdict(list)
    for plan in plans:
        if plan.application.is_open:
            for step in plan.steps:
                kind = documents().get(step.document)
                if kind is None or kind.kind != "step":
                    needs[step.document].append(Need(plan, step))
    return sorted((_wanted(id_, found) for id_, found in needs.items()), key=_order)


def _wanted(id_: str, needs: Sequence[Need]) -> Wanted:
    missing = [n.step for n in needs if not n.step.item.done]
    days = [s.days for s in missing if s.days is not None]
    kind = documents().get(id_)
    return Wanted(
        id_, kind.name if kind else needs[0].step.item.text, max(days, default=None),
        min((s.start_by for s in missing if s.start_by), default=None), any(s.late for s in missing), not missing, tuple(needs),
    )  # fmt: skip


def _order(wanted: Wanted) -> tuple[bool, date, str]:
    return wanted.done, wanted.start_by or _LAST, wanted.name


def clashes(plans: Iterable[Plan]) -> list[Clash]:
    """What gets into each other's way, by the first day. Only confirmed dates and the student's own count: an expected
    month is nobody's date.

    - deadlines: a row of dates, each at most three days after the one before;
    - document: one document, not ticked, that several applications need in days that overlap (from the day to start it
      to the date);
    - work: several applications that have papers to be got in days that overlap (from the earliest day to start one to the
      date), unless their dates clash anyway.
    """
    dated = [p for p in plans if p.application.is_open and p.due.basis in FIRM and p.due.on]
    found = [
        Clash("deadlines", _on(group[0]), _on(group[-1]), tuple(group))
        for group in _near(sorted(dated, key=_on))
        if len(group) > 1
    ]
    told = [set(_ids(c.plans)) for c in found]
    work = [(min(starts), _on(p), p) for p in dated if (starts := _starts(p))]
    for first, last, group in _overlapping(work):
        if not any(set(_ids(group)) <= ids for ids in told):
            found.append(Clash("work", first, last, group))
    needed: dict[str, list[tuple[date, date, Plan]]] = defaultdict(list)
    for p in dated:
        for step in p.steps:
            kind = documents().get(step.document)
            if not step.item.done and step.start_by and kind and kind.kind == "paper":
                needed[step.document].append((step.start_by, _on(p), p))
    for document, spans in needed.items():
        found += [Clash("document", first, last, group, document) for first, last, group in _overlapping(spans)]
    return sorted(found, key=lambda c: (c.first, c.kind, c.document or ""))


def _on(plan: Plan) -> date:
    return plan.due.on or _LAST


def _ids(plans: Iterable[Plan]) -> list[str]:
    return [p.application.id for p in plans]


def _starts(plan: Plan) -> list[date]:
    return [s.start_by for s in plan.steps if s.start_by and not s.item.done]


def _near(plans: Sequence[Plan]) -> list[list[Plan]]:
    groups: list[list[Plan]] = []
    for plan in plans:
        if groups and (_on(plan) - _on(groups[-1][-1])).days <= CLOSE_DAYS:
            groups[-1].append(plan)
        else:
            groups.append([plan])
    return groups


def _overlapping(spans: Iterable[tuple[date, date, Plan]]) -> list[tuple[date, date, tuple[Plan, ...]]]:
    """Spans that hang together by common days, as groups of two or more applications; first and last are the days of the
    second start and of the last but one end, between which at least two are at work."""
    groups: list[tuple[date, list[tuple[date, date, Plan]]]] = []
    for span in sorted(spans, key=lambda s: (s[0], s[1], s[2].application.id)):
        if groups and span[0] <= groups[-1][0]:
            end, group = groups[-1]
            groups[-1] = (max(end, span[1]), [*group, span])
        else:
            groups.append((span[1], [span]))
    return [
        (group[1][0], sorted(s[1] for s in group)[-2], tuple(plans.values()))
        for _, group in groups
        if len(plans := {s[2].application.id: s[2] for s in group}) > 1
    ]
