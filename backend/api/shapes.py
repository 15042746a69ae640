"""Backend values as the contract's JSON objects: camelCase, unknown values null, times ISO 8601 with zone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pydantic.alias_generators import to_camel

from backend.accounts import Account
from backend.chat import Reply
from backend.context import Context
from backend.deadlines import DeadlineState
from backend.eligibility import Match
from backend.history import ChatSummary, StoredMessage
from backend.profile import Profile
from backend.search import Hit, SearchPage
from backend.students import Student

Json = dict[str, Any]


def camel(value: Any) -> Any:
    """Dataclasses' dicts, dates and tuples as JSON values with camelCase names."""
    if isinstance(value, Mapping):
        return {to_camel(k): camel(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [camel(v) for v in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def scholarship(hit: Hit, bookmarked: Collection[str] = ()) -> Json:
    """The contract's Scholarship, with `match` where a profile is known and `rank` (see backend.ranking) where ranked."""
    r = hit.record
    shape: Json = {
        "id": r.id, "name": r.name, "category": r.category, "award": r.award, "deadline": r.deadline,
        "description": r.description, "eligibility": list(r.eligibility), "requirements": list(r.requirements),
        "applicationUrl": r.application_url, "isBookmarked": r.id in bookmarked, "provider": r.provider,
        "providerType": r.provider_type, "studyIn": list(r.study_in), "openTo": list(r.open_to),
        "closedTo": list(r.closed_to), "states": list(r.states), "levels": list(r.levels), "fields": list(r.fields),
        "gender": r.gender, "socialGroups": list(r.social_groups), "disability": r.disability,
        "minMarksPercent": camel(r.min_marks_percent), "maxFamilyIncome": camel(r.max_family_income),
        "incomeCurrency": r.income_currency, "minAge": r.min_age, "maxAge": r.max_age,
        "relaxations": [{"rule": x.rule, "limit": camel(x.limit), "who": list(x.who)} for x in r.relaxations],
        "awardMin": camel(r.award_min), "awardMax": camel(r.award_max), "currency": r.currency,
        "awardPeriod": r.award_period, "covers": list(r.covers), "renewable": r.renewable,
        "awardsPerYear": r.awards_per_year, "deadlineState": deadline_state(hit.deadline),
        "source": {"url": r.source_url, "date": r.source_date},
        "applicationUrlIsOfficial": r.application_url_official,
    }  # fmt: skip
    if hit.match is not None:
        shape["match"] = match(hit.match)
    if hit.rank is not None:
        shape["rank"] = dict(hit.rank)
    return shape


def deadline_state(state: DeadlineState) -> Json:
    """The contract's deadlineState."""
    return {
        "state": state.state, "closesOn": state.closes_on.isoformat() if state.closes_on else None,
        "closesMonth": state.closes_month, "opensMonth": state.opens_month, "nextExpected": state.next_expected,
        "daysLeft": state.days_left, "asOf": state.as_of.isoformat(), "text": state.text,
    }  # fmt: skip


def match(verdict: Match) -> Json:
    """The contract's Match."""
    return {
        "status": verdict.status,
        **{
            name: [{"rule": f.rule, "text": f.text} for f in getattr(verdict, name)]
            for name in ("satisfied", "failed", "unknown")
        },
    }


def profile(value: Profile) -> Json:
    """The contract's Profile; what is not known is null or empty."""
    return dict(camel(asdict(value)))


def search_result(page: SearchPage, bookmarked: Collection[str], version: str, took_ms: float) -> Json:
    """The contract's SearchResult; besides, `notShown` (named, but removed, with reasons) and `nearMisses`."""
    return {
        "scholarships": [scholarship(h, bookmarked) for h in page.hits], "total": page.total, "page": page.page,
        "pageSize": page.page_size, "facets": {k: dict(v) for k, v in page.facets.items()},
        "resolvedId": page.resolved_id, "profile": profile(page.profile),
        "notShown": [{"id": n.record.id, "name": n.record.name, "reasons": list(n.reasons)} for n in page.not_shown],
        "nearMisses": [
            {
                "rule": near.rule, "text": near.text, "total": near.total,
                "scholarships": [{"id": r.id, "name": r.name} for r in near.records],
            }
            for near in page.near_misses
        ],
        "dataVersion": version, "tookMs": round(took_ms, 2),
    }  # fmt: skip


def chat_reply(reply: Reply, bookmarked: Collection[str], version: str, at: datetime, took_ms: float) -> Json:
    """The contract's ChatReply, with `messageId` where the chat is stored, and the path of a calendar file of its records."""
    return {
        "message": reply.message, "sessionId": reply.session_id, "messageId": reply.message_id,
        "timestamp": at.isoformat(), "suggestions": list(reply.suggestions),
        "scholarships": [scholarship(h, bookmarked) for h in reply.hits],
        "citations": [camel(asdict(c)) for c in reply.citations], "intent": reply.intent,
        "profile": profile(reply.profile), "engine": reply.engine,
        "calendarPath": _calendar_path([h.record.id for h in reply.hits]), "dataVersion": version,
        "tookMs": round(took_ms, 2),
    }  # fmt: skip


def _calendar_path(ids: Sequence[str]) -> str | None:
    """Where the dates of these scholarships are as a calendar file."""
    return f"/api/scholarships/calendar.ics?ids={','.join(ids)}" if ids else None


def chat_summary(value: ChatSummary) -> Json:
    """One stored chat; `snippet` is where a search found its words in a message, or ''."""
    return {
        "id": value.id, "studentId": value.student_id, "title": value.title, "createdAt": value.created_at.isoformat(),
        "updatedAt": value.updated_at.isoformat(), "kept": value.kept, "snippet": value.snippet,
    }  # fmt: skip


def chat_message(value: StoredMessage) -> Json:
    """One stored message; `imported` ones were kept by a guest's browser."""
    return {
        "id": value.id, "sessionId": value.session_id, "role": value.role, "content": value.content,
        "timestamp": value.created_at.isoformat(), "imported": bool(value.details.get("imported")),
    }  # fmt: skip


def chat_turn(value: StoredMessage) -> Json:
    """One message of a chat that is opened again; an answer with its thumb, what the chat knew and showed after it."""
    if value.role == "user":
        return chat_message(value)
    context = Context.of(value.details.get("context") or {})
    return chat_message(value) | {
        "rating": value.rating, "profile": profile(context.profile), "scholarshipIds": list(context.shown),
    }  # fmt: skip


def user(value: Account) -> Json:
    """A signed-in user."""
    return {"id": value.id, "email": value.email, "name": value.name, "createdAt": value.created_at.isoformat()}


def account(value: Account, current: Student) -> Json:
    """A signed-in user as seen by themselves, with the profile of the student that their calls are about."""
    return {
        **user(value), "hasPassword": value.has_password, "studentId": current.id, "profile": profile(current.profile),
        "rememberProfile": current.remember_profile,
    }  # fmt: skip


def student(value: Student, chosen: bool) -> Json:
    """One student of an account; `chosen`: the calls of this sign-in are about them unless they name another."""
    return {
        "id": value.id, "name": value.name, "profile": profile(value.profile),
        "rememberProfile": value.remember_profile, "createdAt": value.created_at.isoformat(), "chosen": chosen,
    }  # fmt: skip
