"""What /docs, /redoc and /openapi.json add to the routes: query parameters, the envelope, examples, error codes."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html
from fastapi.responses import HTMLResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from backend.api.schemas import Input

ERRORS: dict[int | str, tuple[str, str]] = {
    401: ("UNAUTHORIZED", "No valid sign-in came with the call."),
    403: ("FORBIDDEN", "The caller is known, but may not do this."),
    404: ("NOT_FOUND", "There is no such thing, or it is not yours."),
    409: ("CONFLICT", "It exists already."),
    413: ("PAYLOAD_TOO_LARGE", "The request is larger than 64 KB."),
    422: ("VALIDATION_ERROR", "The input breaks a rule; the message names the field."),
    429: ("RATE_LIMITED", "Too many calls; wait for the seconds in Retry-After."),
    500: ("INTERNAL_ERROR", "A bug; the message carries a request id."),
    503: ("UNAVAILABLE", "A needed part is out for now."),
}
_TIME = "2026-01-15T09:30:00+00:00"
_USER = {"id": "5f3a", "email": "asha@example.com", "name": "Asha", "createdAt": _TIME}
_STATE = {
    "state": "closed", "closesOn": "2025-10-31", "closesMonth": 10, "opensMonth": 6, "nextExpected": "2026-06", "daysLeft": None,
    "asOf": "2026-01-15", "text": "Closed on 31 October 2025; usually opens again in June. Check the official page.",
}  # fmt: skip
_RECORD = {
    "id": "nmmss", "name": "National Means-cum-Merit Scholarship Scheme (NMMSS)", "category": "Merit-cum-Means",
    "award": "₹12,000 a year", "deadlineState": _STATE, "isBookmarked": False,
}  # fmt: skip
_MATCH = {
    "status": "needs_info", "satisfied": [{"rule": "level", "text": "For school; you: school."}], "failed": [],
    "unknown": [{"rule": "income", "text": "Family income up to ₹3,50,000 a year; not known for you yet."}],
}  # fmt: skip
_FOUND = {
    "scholarships": [_RECORD], "total": 1, "page": 1, "pageSize": 20, "facets": {"category": {"Merit-cum-Means": 1}},
    "resolvedId": "nmmss", "profile": {"level": None}, "dataVersion": "0a1b2c3d4e5f", "tookMs": 3.1,
}  # fmt: skip
_REPLY = {
    "message": "**National Means-cum-Merit Scholarship Scheme (NMMSS)** ...", "sessionId": "9c41", "timestamp": _TIME,
    "suggestions": ["Which documents do I need?"], "scholarships": [_RECORD], "citations": [], "intent": "deadline",
    "profile": {"level": None}, "engine": "catalogue", "dataVersion": "0a1b2c3d4e5f", "tookMs": 6.4,
}  # fmt: skip
_APPLICATION: dict[str, Any] = {
    "id": "77ab", "scholarshipId": "nmmss", "scholarship": _RECORD, "status": "saved", "targetDate": None, "checklist": [],
    "progress": 0.0, "notes": "", "createdAt": _TIME, "updatedAt": _TIME,
}  # fmt: skip
_APPLICATION |= {
    "portalStatus": "institute", "stageSet": "nsp",
    "stage": {
        "id": "institute", "label": "Verified by the institute", "meaning": "It waits for the district or state nodal officer.",
        "next": "Look at the portal once a week.", "call": "Your institute's nodal officer, then the district's",
        "source": "https://www.mahadevmaitri.org/nsp/status",
    },
    "due": {"on": None, "basis": None, "month": None, "daysLeft": None, "text": "Nothing to hand in."},
    "nextStep": {"key": "stage", "text": "Look at the portal once a week. To ask: ...", "itemId": None, "on": None},
    "events": [{"id": "a1", "at": _TIME, "what": "saved", "kind": "saved", "change": "b2", "undone": False}],
    "undo": None, "inCatalogue": True, "news": [], "changedFacts": [], "credited": None, "currency": "INR",
}  # fmt: skip
_BOARD: dict[str, Any] = {
    "applications": [_APPLICATION], "guest": False, "language": "en", "asOf": "2026-01-15",
    "columns": {"saved": [], "preparing": [], "submitted": ["77ab"], "awarded": [], "rejected": [], "withdrawn": []},
    "dueSoon": [], "news": [], "planner": [], "clashes": [], "holding": {"stated": [], "notStated": ["77ab"], "text": "..."},
    "totals": {
        "currencies": [
            {"currency": "INR", "inPlay": [{"period": "year", "low": 12000, "high": 12000, "count": 1}], "won": 0, "credited": 0}
        ],
        "inPlayUnknown": 0, "wonUnknown": 0, "text": "In play: ₹12,000 a year in 1 applications.",
    },
    "timeline": {"from": "2026-01-15", "to": "2026-04-15", "entries": [], "text": "No dates in the next 90 days."},
    "stageSets": {}, "deleted": [],
}  # fmt: skip
_DELETED = {
    "id": "77ab",
    "scholarshipId": "nmmss",
    "name": _RECORD["name"],
    "deletedAt": _TIME,
    "restorableUntil": _TIME,
}
_CARD_LINES = [
    "National Means-cum-Merit Scholarship Scheme (NMMSS)", "Award: ₹12,000 a year", f"Last date: {_STATE['text']}",
    "Who can apply: For school.", "Source: https://... (2025-09)", "Official page: https://scholarships.gov.in/",
]  # fmt: skip
_STUDENT: dict[str, Any] = {
    "id": "6f1e", "name": "Meena", "profile": {"level": "school"}, "rememberProfile": False, "createdAt": _TIME,
    "chosen": True,
}  # fmt: skip
_CHAT: dict[str, Any] = {
    "id": "9c41", "studentId": "6f1e", "title": "B.Tech in Bihar", "createdAt": _TIME, "updatedAt": _TIME, "snippet": "",
}  # fmt: skip
_OPENED_CHAT: dict[str, Any] = {
    **_CHAT, "total": 2,
    "messages": [
        {"id": "9f2b", "sessionId": "9c41", "role": "user", "content": "Last date of NMMSS?", "timestamp": _TIME, "imported": False},
        {
            "id": "9f2c", "sessionId": "9c41", "role": "assistant", "content": "**National Means-cum-Merit ...**",
            "timestamp": _TIME, "imported": False, "rating": "up", "profile": {"level": None}, "scholarshipIds": ["nmmss"],
        },
    ],
}  # fmt: skip
EXAMPLES: dict[str, Any] = {
    "get /api": {"message": "Scholarship Chatbot API. See /docs.", "status": "running", "version": "0.1.0"},
    "post /api/auth/signup": {"user": _USER, "token": "eyJ..."}, "post /api/auth/signin": {"user": _USER, "token": "eyJ..."},
    "get /api/auth/me": {**_USER, "studentId": "6f1e", "profile": {"level": "undergraduate"}, "rememberProfile": False}, "post /api/chat": _REPLY,
    "get /api/scholarships": _FOUND, "get /api/scholarships/search": _FOUND, "post /api/scholarships/match": _FOUND,
    "get /api/scholarships/deadlines": {"scholarships": [_RECORD], "total": 1}, "get /api/scholarships/{id}": _RECORD,
    "post /api/scholarships/{id}/eligibility": _MATCH, "put /api/scholarships/{id}/bookmark": _APPLICATION,
    "get /api/scholarships/compare": {
        "scholarships": [_RECORD, _RECORD], "fields": [{"field": "award", "values": ["₹12,000 a year"] * 2, "same": True}],
    },
    "get /api/students": [_STUDENT], "post /api/students": {**_STUDENT, "chosen": False}, "patch /api/students/{id}": _STUDENT,
    "get /api/chat/sessions": [_CHAT], "post /api/chat/sessions/import": _CHAT, "patch /api/chat/sessions/{id}": _CHAT,
    "get /api/chat/sessions/{id}": _OPENED_CHAT, "get /api/chat/sessions/{id}/export": _OPENED_CHAT,
    "post /api/applications": _APPLICATION, "get /api/applications/{id}": _APPLICATION,
    "patch /api/applications/{id}": _APPLICATION, "get /api/applications": [_APPLICATION],
    "get /api/applications/board": _BOARD, "get /api/applications/deleted": [_DELETED], "post /api/applications/documents": _BOARD,
    "post /api/applications/act": {"changed": "77ab", "result": None, "board": _BOARD},
    "post /api/applications/import": {"added": 1, "merged": 0, "unchanged": 0, "deleted": 0},
    "post /api/applications/{id}/undo": _APPLICATION, "post /api/applications/{id}/restore": _APPLICATION,
    "post /api/tracker/apply": {
        "applications": [], "changed": None, "result": None, "board": {**_BOARD, "applications": [], "guest": True},
        "room": {"applications": 0, "most": 40, "bytes": 2, "mostBytes": 60000},
    },
    "get /api/scholarships/{id}/card": {"id": "nmmss", "language": "en", "text": "...", "lines": _CARD_LINES},
}  # fmt: skip
_ASSETS = "/docs-assets"
CALENDARS = (".ics", "/tracker/calendar")
EXPORTS = ("/applications/export", "/tracker/export")
FILES = ("/stream", *CALENDARS, *EXPORTS)
"""Ends of paths that give no envelope."""


def query_parameters(model: type[Input]) -> dict[str, Any]:
    """The model's fields as documented query parameters (`openapi_extra`)."""
    schema = model.model_json_schema(by_alias=True)
    return {
        "parameters": [
            {
                "name": name, "in": "query", "required": name in schema.get("required", ()),
                "description": field.get("description", ""), "schema": field,
            }
            for name, field in schema["properties"].items()
        ]
    }  # fmt: skip


def add_pages(api: FastAPI) -> None:
    """The /docs and /redoc pages with the viewers' scripts from the package fastapi-offline: nothing from elsewhere."""
    api.router.routes.append(Mount(_ASSETS, StaticFiles(packages=[("fastapi_offline", "static")])))

    @api.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="./openapi.json", title=api.title, swagger_js_url=f".{_ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f".{_ASSETS}/swagger-ui.css", swagger_favicon_url=f".{_ASSETS}/favicon.png",
        )  # fmt: skip

    @api.get("/redoc", include_in_schema=False)
    def redoc() -> HTMLResponse:
        return get_redoc_html(
            openapi_url="./openapi.json", title=api.title, redoc_js_url=f".{_ASSETS}/redoc.standalone.js",
            redoc_favicon_url=f".{_ASSETS}/favicon.png", with_google_fonts=False,
        )  # fmt: skip


def document(api: FastAPI) -> None:
    """Complete the generated description: every JSON answer is the envelope, every error has its code."""
    generate: Callable[[], dict[str, Any]] = api.openapi

    def openapi() -> dict[str, Any]:
        if api.openapi_schema:
            return api.openapi_schema
        schema = generate()
        schema["components"].setdefault("securitySchemes", {})["bearer"] = {"type": "http", "scheme": "bearer"}
        schema["security"] = [{}, {"bearer": []}]
        for path, verbs in schema["paths"].items():
            for verb, route in verbs.items():
                _complete(path, verb, route)
        return schema

    api.openapi = openapi  # type: ignore[method-assign]


def _complete(path: str, verb: str, route: dict[str, Any]) -> None:
    """Examples for one route."""
    for status, answer in route["responses"].items():
        if status.startswith("2") and path.startswith("/api") and not path.endswith(FILES):
            example = {"success": True, "data": EXAMPLES.get(f"{verb} {path}"), "error": None, "timestamp": _TIME}
            answer["content"] = {"application/json": {"schema": _ENVELOPE, "example": example}}
        elif status.startswith("2") and path.endswith(CALENDARS):
            answer["content"] = {"text/calendar": {"schema": {"type": "string"}}}
        elif status.startswith("2") and path.endswith(EXPORTS):
            answer["content"] = {
                "application/json": {"schema": {"type": "object"}}, "text/csv": {"schema": {"type": "string"}},
            }  # fmt: skip
        elif not status.startswith(("2", "3")):
            code, text = ERRORS[int(status)]
            error = {"success": False, "data": None, "error": {"message": text, "code": code}, "timestamp": _TIME}
            answer["content"] = {"application/json": {"schema": _ENVELOPE, "example": error}}
            answer["description"] = f"{code}: {text}"


_ENVELOPE = {
    "type": "object", "required": ["success", "data", "error", "timestamp"],
    "properties": {
        "success": {"type": "boolean"}, "data": {"description": "What the route gives; null for errors."},
        "error": {
            "type": ["object", "null"],
            "properties": {"message": {"type": "string"}, "code": {"enum": [code for code, _ in ERRORS.values()]}},
        },
        "timestamp": {"type": "string", "format": "date-time"},
    },
}  # fmt: skip
