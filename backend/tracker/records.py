"""Records as the tracker needs them, each read and worked out once a day: what does not depend on a student is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from backend.catalogue import Scholarship
from backend.deadlines import DeadlineState, deadline_state, local_day
from backend.holding import on_holding
from backend.search import Hit
from backend.tracker.stages import stage_set

MOST_KEPT = 4_000


@dataclass(frozen=True, eq=False)
class Known:
    """A record with its deadline state today, and what follows from it. `kept` is for what a door makes of it."""

    record: Scholarship
    deadline: DeadlineState

    @cached_property
    def hit(self) -> Hit:
        """As search results have it."""
        return Hit(self.record, None, self.deadline)

    @cached_property
    def kept(self) -> dict[str, Any]:
        """Values that were made of this record, by name."""
        return {}

    @cached_property
    def holding(self) -> tuple[str, ...]:
        """The record's own sentences about other awards at the same time."""
        return on_holding(self.record)

    @cached_property
    def stage_set(self) -> str:
        """The key of its portal's stages."""
        return stage_set(self.record.application_url)

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """What is kept of it on the day it is saved."""
        record = self.record
        return {
            "name": record.name, "provider": record.provider, "award": record.award, "deadline": record.deadline,
            "applicationUrl": record.application_url, "sourceUrl": record.source_url,
        }  # fmt: skip

    @cached_property
    def seen(self) -> Mapping[str, str | None]:
        """What a student sees of it, to be compared when they come back."""
        record, closes = self.record, self.deadline.closes_on
        return {
            "name": record.name, "award": record.award, "deadline": record.deadline, "applicationUrl": record.application_url,
            "state": self.deadline.state, "closesOn": closes.isoformat() if closes else None,
        }  # fmt: skip


class Records:
    """The records of a catalogue by id, at a moment; safe to share between threads."""

    def __init__(self, by_id: Mapping[str, Scholarship]) -> None:
        self._by_id = by_id
        self._kept: dict[str, Known] = {}

    def find(self, scholarship_id: str, now: datetime) -> Known | None:
        """The record at `now` (aware), or None where it is not in the catalogue."""
        kept = self._kept.get(scholarship_id)
        if kept is not None and local_day(kept.record, now) == kept.deadline.as_of:
            return kept
        record = kept.record if kept else self._by_id.get(scholarship_id)
        if record is None:
            return None
        if len(self._kept) >= MOST_KEPT:
            self._kept = {}
        known = self._kept[scholarship_id] = Known(record, deadline_state(record, now))
        return known
