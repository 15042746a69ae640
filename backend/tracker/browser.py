"""A guest's tracker: the browser keeps the stored form, an action comes with it, and what must be kept now goes back. The same
rules as an account's; nothing is stored here, and nothing that a browser sends is believed but what is the student's own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from backend.errors import Conflict
from backend.tracker.actions import Action, Outcome, World, act
from backend.tracker.state import Application, from_outside, stored

MOST, MOST_HELD, MOST_BYTES = 40, 80, 60_000
"""Applications of a guest; with those that were deleted and can be restored; octets of the stored form, which must fit into
the 64 KB of a call with an action beside it."""


@dataclass(frozen=True)
class Kept:
    """What an action gave, the stored form to keep, and its octets."""

    outcome: Outcome
    forms: tuple[dict[str, Any], ...]
    octets: int


def apply(applications: Sequence[Application], action: Action, world: World) -> Kept:
    """Do an action on what a browser kept. Raises as `act` does, and Conflict where it would hold more than it can."""
    outcome = act([from_outside(a) for a in applications], action, world)
    held = sum(a.deleted_at is None for a in outcome.applications)
    is_grown = held > sum(a.deleted_at is None for a in applications)
    if is_grown and held > MOST:
        raise Conflict("browser_has_most", most=MOST)
    before = _octets(_forms(applications, None))
    for depth in (None, 1, 0):  # where room is short, undo goes first
        forms = _forms(outcome.applications, depth)
        octets = _octets(forms)
        if octets <= MOST_BYTES:
            return Kept(outcome, forms, octets)
    if octets > before or len(outcome.applications) > MOST_HELD:
        raise Conflict("browser_is_full", most=MOST_BYTES)
    return Kept(outcome, forms, octets)


def _forms(applications: Sequence[Application], depth: int | None) -> tuple[dict[str, Any], ...]:
    """The stored forms, with what undo needs for so many changes of each (None: all that there is)."""
    return tuple(stored(a if depth is None else _forgetting(a, depth)) for a in applications)


def _forgetting(application: Application, depth: int) -> Application:
    known = list(dict.fromkeys(e.change for e in reversed(application.events) if e.before is not None))
    kept = set(known[:depth])
    events = tuple(e if e.change in kept else replace(e, before=None) for e in application.events)
    return replace(application, events=events)


def _octets(forms: Sequence[dict[str, Any]]) -> int:
    return len(orjson.dumps(list(forms)))
