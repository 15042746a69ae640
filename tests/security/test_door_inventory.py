"""S40, S60, S23: every door of the running app is open on purpose or asks who is there; nobody reaches another's things."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

import app as program
from backend.services import build_services
from backend.settings import Settings
from tests.running_app import DoorError, McpDoor, Student, free_port
from tests.security.conftest import PageHandlers

NO_SUCH = "0" * 32
PUBLIC_REST = {
    "GET /health", "GET /api", "POST /api/auth/signup", "POST /api/auth/signin",
    "POST /api/auth/forgot", "POST /api/auth/new-password", "GET /api/auth/huggingface", "GET /api/auth/huggingface/callback",
    "POST /api/chat", "POST /api/chat/stream",
    "DELETE /api/chat/sessions/{id}/turns", "POST /api/chat/feedback", "GET /api/scholarships",
    "GET /api/scholarships/search", "GET /api/scholarships/deadlines", "GET /api/scholarships/compare",
    "GET /api/scholarships/calendar.ics", "POST /api/scholarships/match", "GET /api/scholarships/{id}",
    "POST /api/scholarships/{id}/eligibility", "POST /api/scholarships/{id}/report", "GET /api/stats",
    "GET /api/scholarships/{id}/card", "POST /api/tracker/apply", "POST /api/tracker/calendar", "POST /api/tracker/export",
}  # fmt: skip
"""Guests may chat, take back what they said, judge an answer they quote, read the catalogue, report a mistake, and have their
browser's own tracker computed."""
PUBLIC_CALLS = {
    "chat", "search_scholarships", "list_scholarships", "get_scholarship", "match_profile", "check_eligibility",
    "compare_scholarships", "upcoming_deadlines", "sign_up", "sign_in", "health",
}  # fmt: skip
NEEDED = {
    "save_application": {"scholarship_id": "nmmss"}, "update_application": {"id": NO_SUCH, "notes": "x"},
    "delete_application": {"id": NO_SUCH},
}  # fmt: skip
BODIES = {
    "POST /api/chat/feedback": {"messageId": "x", "rating": "up"}, "DELETE /api/auth/me": {"password": "x"},
    "POST /api/applications": {"scholarshipId": "nmmss"}, "PATCH /api/chat/sessions/{id}": {"title": "x"},
    "PATCH /api/auth/me": {"name": "X"}, "PATCH /api/applications/{id}": {"notes": "x"},
    "POST /api/applications/documents": {"document": "x", "done": True}, "POST /api/applications/import": {"applications": []},
    "POST /api/students": {"name": "x"}, "PATCH /api/students/{id}": {"name": "x"},
    "POST /api/chat/sessions/import": {"id": "x", "turns": [{"question": "q", "answer": "a"}]},
}  # fmt: skip
"""A good body for routes that ask who is there only after having read one."""
PUBLIC_HANDLERS = {
    "go", "look", "answer", "send", "pick", "stop", "again", "edit", "undo", "open", "open_again",
    "fresh", "forget", "show_form", "use_form", "hide_form", "like", "explain", "drop_thumb", "ask", "lambda",
    "on_report", "adopt", "accounts", "password_fields", "everything", "on_taken",
}  # fmt: skip
"""What a guest does on the page; each shows a guest's view. A number at the end tells a name's registrations apart."""
SIGNED_HANDLERS = {
    "save_profile",
    "on_remember",
    "create",
    "delete",
    "choose",
}
OWN_ROUTES = {
    "/docs", "/redoc", "/openapi.json", "/docs-assets", "/gradio_api/mcp", "/api/{rest:path}", "/offline", "/worker.js",
    "/brand/icon-192.png", "/brand/icon-512.png", "/brand/icon-maskable-512.png", "/brand/logo.svg", "/brand/preview.png",
}  # fmt: skip
GRADIO_ROUTES = set(
    """/ /assets/{path:path} /config /favicon.ico /login /logout /manifest.json /monitoring
    /monitoring/summary /monitoring/{key} /openapi.json /pwa_icon /pwa_icon/{size} /robots.txt /static/{path:path}
    /svelte/{path:path} /theme.css""".split()
)
"""Gradio's own routes outside its API: the page and what it is made of. Nobody signs in by Gradio (no `auth=`)."""
GRADIO_API = set(
    """api/{api_name} app_id call/v2/{api_name} call/v2/{api_name}/{event_id} call/{api_name} call/{api_name}/{event_id}
    cancel component_server custom_component/{id}/{environment}/{type}/{file_name} deep_link dev/reload file/{path:path}
    file={path_or_url:path} heartbeat/{session_hash} info login_check openapi.json process_recording
    proxy={url_path:path} queue/data queue/join queue/status reset
    run/{api_name} runs startup-events
    stream/{event_id} stream/{event_id}/close stream/{session_hash}/{run}/{component_id}/playlist-file
    stream/{session_hash}/{run}/{component_id}/playlist.m3u8
    stream/{session_hash}/{run}/{component_id}/{segment_id}.{ext} theme.css token undo-vibe-edit upload upload_progress
    user vibe-code vibe-edit vibe-starter-queries""".split()
)
"""Those under /gradio_api/: calls of handlers, which ask who is there themselves, and what S5 finds closed or empty."""
SHUT = (
    "GET /monitoring", "GET /monitoring/summary", "GET /gradio_api/runs", "POST /gradio_api/upload",
    "GET /gradio_api/upload_progress", "POST /gradio_api/component_server", "POST /gradio_api/process_recording",
    "GET /gradio_api/stream/x", "GET /gradio_api/token", "POST /gradio_api/vibe-edit", "POST /gradio_api/vibe-code",
    "POST /gradio_api/undo-vibe-edit", "GET /gradio_api/vibe-starter-queries", "GET /gradio_api/dev/reload",
    "GET /gradio_api/deep_link", "GET /gradio_api/proxy=https://example.com/x", "GET /gradio_api/file=/etc/passwd",
    "GET /gradio_api/run-history/buckets", "POST /gradio_api/run-history/connect", "POST /gradio_api/run-history/records",
)  # fmt: skip
"""Gradio's doors that this app has no use for."""


@pytest.fixture
def planted(http: httpx.Client, asha: Student) -> dict[str, str]:
    """Ids of Asha's things; each holds the word ASHAS."""
    mine = {"authorization": f"Bearer {asha.token}"}
    reply = http.post("/api/chat", json={"message": "ASHAS question about girls"}, headers=mine).json()["data"]
    given = {"scholarshipId": "nmmss", "notes": "ASHAS note"}
    application = http.post("/api/applications", json=given, headers=mine).json()["data"]
    http.cookies.clear()
    student = http.get("/api/students", headers=mine).json()["data"][0]["id"]
    return {
        "session": reply["sessionId"], "message": reply["messageId"], "application": application["id"], "student": student,
    }  # fmt: skip


def rest_routes(http: httpx.Client) -> Iterator[str]:
    """`GET /api/...` for each documented route."""
    for path, verbs in http.get("/openapi.json").json()["paths"].items():
        yield from (f"{verb.upper()} {path}" for verb in verbs)


def send(http: httpx.Client, route: str, id_: str, token: str | None = None) -> httpx.Response:
    """Call a route about a thing."""
    http.cookies.clear()
    verb, path = route.split(" ")
    body: dict[str, Any] = {} if verb == "GET" else {"json": BODIES.get(route, {})}
    params = {"last": 1} if path.endswith("/turns") else {}
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return http.request(verb, path.replace("{id}", id_), headers=headers, params=params, **body)


def bare(name: str) -> str:
    """A handler's name without the number that Gradio adds to its second registration and the next ones."""
    return name if name in PUBLIC_HANDLERS else re.sub(r"_\d+$", "", name)


def test_s40_door_inventory_rest(http: httpx.Client) -> None:
    routes = set(rest_routes(http))
    assert routes >= PUBLIC_REST, "a public route is gone: take it off the list"
    for route in sorted(routes - PUBLIC_REST):
        answer = send(http, route, NO_SUCH)
        assert answer.status_code == 401 and answer.json()["error"]["code"] == "UNAUTHORIZED", (route, answer.text)


def test_s40_door_inventory_named_endpoints(http: httpx.Client, doors: dict[str, Any]) -> None:
    info = http.get("/gradio_api/info").json()
    assert not info["unnamed_endpoints"]
    names = {name.strip("/") for name in info["named_endpoints"]}
    assert names >= PUBLIC_CALLS
    config = http.get("/config").json()["dependencies"]
    assert names == {d["api_name"] for d in config if d["api_visibility"] != "private"}
    refused(doors["gradio"], names - PUBLIC_CALLS)


def test_s40_door_inventory_tools(doors: dict[str, McpDoor]) -> None:
    names = {tool.name for tool in doors["mcp"].tools()}
    assert not names & {"sign_up", "sign_in", "sign_out"}
    refused(doors["mcp"], names - PUBLIC_CALLS)


def refused(door: Any, names: set[str]) -> None:
    """Each of these asks a stranger to sign in."""
    assert names
    for name in names:
        with pytest.raises(DoorError) as caught:
            door.call(name, **NEEDED.get(name, {}))
        assert caught.value.code == "UNAUTHORIZED", name


def test_s40_door_inventory_page_handlers(
    handlers: PageHandlers, planted: dict[str, str], asha: Student, ben: Student, http: httpx.Client
) -> None:
    names = {bare(d["api_name"]) for d in handlers.calls}
    assert names == PUBLIC_HANDLERS | SIGNED_HANDLERS, "a handler of the page is on neither list, or is gone"
    before = export(http, asha)
    for handler in {bare(d["api_name"]): d for d in handlers.calls}.values():
        name = bare(handler["api_name"])
        for thing, token in (*((id_, ben.token) for id_ in planted.values()), (planted["application"], None)):
            event = {"id": thing, "text": "hello", "status": "rejected", "notes": "not hers", "items": [], "chat": None}
            chosen = {"create": {"i0": "a name"}, "delete": {"i0": thing}, "choose": {"i0": thing}}.get(name, {})
            said = handlers.call(handler, token=token, event=event, **chosen)
            if "is not in the list of choices" in said:  # Gradio refuses before the handler is called
                continue
            seen = [said[max(0, said.find(x) - 90) :][:200] for x in ("ASHAS", asha.email, asha.id) if x in said]
            assert seen == [], name
            if token is None and name in SIGNED_HANDLERS:
                assert "Please sign in first." in said, name
    assert export(http, asha) == before, "a handler changed another student's things"


def test_s40_door_inventory_routes(tmp_path: Path) -> None:
    """The whole table of the server that Gradio starts."""
    settings = Settings(data_dir=tmp_path, llm_model="none", gradio_server_port=free_port(), bcrypt_cost=4)
    services = build_services(settings)
    demo = program.launch(services)
    try:
        found = {path.rstrip("/") or "/" for path in paths(demo.app.routes)}
    finally:
        demo.close()
        services.engine.close()
        services.database.close()
    documented = set(program.create_api(services).openapi()["paths"])
    listed = documented | OWN_ROUTES | GRADIO_ROUTES | {f"/gradio_api/{path}" for path in GRADIO_API}
    assert found == listed, f"not on a list: {sorted(found - listed)}; gone: {sorted(listed - found)}"


def paths(routes: list[Any]) -> Iterator[str]:
    """The paths of a route table, those of routers inside it too."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route.path
        else:
            yield from paths(inner.routes)


@pytest.mark.parametrize("door", SHUT)
def test_s40_door_inventory_gradios_unused_doors(http: httpx.Client, door: str) -> None:
    verb, path = door.split(" ")
    answer = http.request(verb, path, json={} if verb == "POST" else None)
    assert answer.status_code in (403, 404), (door, answer.status_code, answer.text[:200])


def export(http: httpx.Client, student: Student) -> Any:
    """All that is stored about a student, without the export's own time."""
    data = http.get("/api/auth/me/export", headers={"authorization": f"Bearer {student.token}"}).json()["data"]
    return {name: value for name, value in data.items() if "At" not in name}


def test_s60_anothers_things_look_like_none_by_rest(
    http: httpx.Client, planted: dict[str, str], asha: Student, ben: Student
) -> None:
    before = export(http, asha)
    for route in sorted(r for r in rest_routes(http) if "{id}" in r and "/scholarships/" not in r):
        kind = next((kind for kind in ("session", "student") if f"{kind}s/" in route), "application")
        theirs, none = send(http, route, planted[kind], ben.token), send(http, route, NO_SUCH, ben.token)
        assert theirs.status_code == none.status_code == 404, (route, theirs.text)
        assert theirs.json()["error"] == none.json()["error"], route
    for name, value, none in (("sessionId", planted["session"], NO_SUCH), ("userId", asha.id, NO_SUCH)):
        for verb, path in (("GET", "/api/chat/history"), ("POST", "/api/chat"), ("POST", "/api/chat/stream")):
            given = [
                {"params": {name: v}} if verb == "GET" else {"json": {"message": "hi", name: v}} for v in (value, none)
            ]
            headers = {"authorization": f"Bearer {ben.token}"}
            one, other = (http.request(verb, path, headers=headers, **g) for g in given)  # type: ignore[arg-type]
            assert one.status_code == other.status_code in (403, 404), (path, one.text)
            assert one.json()["error"] == other.json()["error"], path
    thumbs = [
        http.post("/api/chat/feedback", json={"messageId": m, "rating": "up"}, headers={"authorization": f"Bearer {ben.token}"})
        for m in (planted["message"], NO_SUCH)
    ]  # fmt: skip
    assert [t.status_code for t in thumbs] == [404, 404] and thumbs[0].json()["error"] == thumbs[1].json()["error"]
    assert export(http, asha) == before


@pytest.mark.parametrize("name", ["gradio", "mcp"])
def test_s60_anothers_things_look_like_none_by_call(
    doors: dict[str, Any], http: httpx.Client, planted: dict[str, str], asha: Student, ben: Student, name: str
) -> None:
    before = export(http, asha)
    for operation, key, theirs in (
        ("update_application", "id", planted["application"]), ("delete_application", "id", planted["application"]),
        ("chat", "session_id", planted["session"]), ("chat_history", "session_id", planted["session"]),
        ("chat", "user_id", asha.id), ("chat_history", "user_id", asha.id),
    ):  # fmt: skip
        more = {"chat": {"message": "hi"}, "update_application": {"notes": "not hers"}}.get(operation, {})
        said = []
        for value in (theirs, NO_SUCH):
            with pytest.raises(DoorError) as caught:
                doors[name].call(operation, token=ben.token, **{key: value}, **more)
            said.append(str(caught.value))
        assert said[0] == said[1] and said[0].startswith(("NOT_FOUND", "FORBIDDEN")), operation
    assert export(http, asha) == before


def test_s60_anothers_things_look_like_none_on_the_page(
    handlers: PageHandlers, http: httpx.Client, planted: dict[str, str], asha: Student, ben: Student
) -> None:
    before = export(http, asha)
    for name, kind in (("open", "session"),):
        said = []
        for value in (planted[kind], NO_SUCH):
            event = {"id": value, "status": "rejected", "notes": "x", "items": []}
            heard = handlers.call(handlers.named(name), token=ben.token, event=event)
            said.append(sorted(re.findall(r'"(?:log|error)": ("[^"]*")', heard)))
            assert "ASHAS" not in heard
        assert said[0] == said[1] and said[0], (name, said)
    assert export(http, asha) == before


def test_s23_a_pages_session_does_not_say_who_is_there(handlers: PageHandlers, asha: Student, ben: Student) -> None:
    session = uuid4().hex
    who = handlers.named("accounts")
    handlers.call(handlers.named("send"), token=asha.token, session=session, i0="a question")
    handlers.call(handlers.named("answer"), token=asha.token, session=session, i0="1")
    asked = handlers.call(who, token=asha.token, session=session)
    assert "Signed in as" in asked
    for token in (None, ben.token):
        for handler in {bare(d["api_name"]): d for d in handlers.calls}.values():
            said = handlers.call(handler, token=token, session=session, event={"id": "x", "text": "hello"})
            assert asha.id not in said and asha.email not in said, handler["api_name"]
    assert "Signed in as" not in handlers.call(who, session=session)
