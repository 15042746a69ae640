"""Scholarships as the page shows them: our sentences in the language of the moment; what the source wrote stays as it is."""

from collections.abc import Iterable
from datetime import date

from backend.answers import deadline_sentence
from backend.criteria import criterion
from backend.deadlines import DeadlineState
from backend.services import Services
from ui.common import Json
from ui.strings import DEFAULT, language


def in_own_words(services: Services, records: Iterable[Json]) -> list[Json]:
    """The records with the deadline's sentence and the reasons of the verdict in the page's language."""
    now = language() or DEFAULT
    return list(records) if now == DEFAULT else [_said(services, record, now) for record in records]


def deadline_text(state: Json, wanted: str) -> str:
    """The sentence of a `deadlineState` in a language; it says no more than the state's own text."""
    if wanted == DEFAULT:
        return str(state["text"])
    closes = state["closesOn"] and date.fromisoformat(state["closesOn"])
    known = DeadlineState(
        state["state"], closes, state["closesMonth"], state["opensMonth"], state["nextExpected"], state["daysLeft"],
        date.fromisoformat(state["asOf"]), state["text"],
    )  # fmt: skip
    return deadline_sentence(known, wanted)


def _said(services: Services, record: Json, wanted: str) -> Json:
    state = record["deadlineState"]
    said = {**record, "deadlineState": {**state, "text": deadline_text(state, wanted)}}
    row = services.catalogue.by_id.get(record["id"])
    if row is not None and record.get("match"):
        verdict = {
            kind: [{**rule, "text": criterion(row, rule["rule"], wanted) or rule["text"]} for rule in record["match"][kind]]
            for kind in ("satisfied", "failed", "unknown")
        }  # fmt: skip
        said["match"] = {**record["match"], **verdict}
    return said
