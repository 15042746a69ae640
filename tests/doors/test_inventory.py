"""Which doors there are: exactly those of the contract. (That each asks who is there: tests/security.)"""

import inspect

import httpx

from backend.api.registry import DOORS
from tests.running_app import NOT_ON_MCP, ROUTES, McpDoor

REST = {
    "/health": {"get"}, "/api": {"get"}, "/api/auth/signup": {"post"}, "/api/auth/signin": {"post"},
    "/api/auth/forgot": {"post"}, "/api/auth/new-password": {"post"}, "/api/auth/huggingface": {"get"},
    "/api/auth/huggingface/callback": {"get"}, "/api/auth/signout": {"post"}, "/api/auth/renew": {"post"}, "/api/auth/me": {"get", "patch", "delete"},
    "/api/students": {"get", "post"}, "/api/students/{id}": {"patch", "delete"},
    "/api/auth/me/export": {"get"}, "/api/chat": {"post"}, "/api/chat/stream": {"post"}, "/api/chat/history": {"get"},
    "/api/chat/sessions": {"get", "delete"}, "/api/chat/sessions/import": {"post"}, "/api/chat/sessions/{id}": {"get", "patch", "delete"},
    "/api/chat/sessions/{id}/export": {"get"}, "/api/chat/sessions/{id}/turns": {"delete"}, "/api/chat/feedback": {"post"},
    "/api/scholarships": {"get"}, "/api/scholarships/search": {"get"}, "/api/scholarships/deadlines": {"get"},
    "/api/scholarships/{id}": {"get"}, "/api/scholarships/match": {"post"},
    "/api/scholarships/{id}/eligibility": {"post"}, "/api/scholarships/compare": {"get"},
    "/api/scholarships/{id}/bookmark": {"put", "delete"}, "/api/scholarships/{id}/report": {"post"},
    "/api/applications": {"get", "post"}, "/api/applications/{id}": {"get", "patch", "delete"},
    "/api/applications/calendar.ics": {"get"}, "/api/applications/board": {"get"}, "/api/applications/deleted": {"get"},
    "/api/applications/export": {"get"}, "/api/applications/act": {"post"}, "/api/applications/documents": {"post"},
    "/api/applications/seen": {"post"}, "/api/applications/import": {"post"}, "/api/applications/{id}/undo": {"post"},
    "/api/applications/{id}/restore": {"post"}, "/api/tracker/apply": {"post"}, "/api/tracker/calendar": {"post"},
    "/api/tracker/export": {"post"}, "/api/scholarships/{id}/card": {"get"},
    "/api/scholarships/calendar.ics": {"get"}, "/api/applications/calendar-key": {"get", "post"}, "/api/stats": {"get"},
}  # fmt: skip


def test_the_named_endpoints_are_those_of_the_contract(http: httpx.Client) -> None:
    info = http.get("/gradio_api/info").json()
    assert {name.strip("/") for name in info["named_endpoints"]} == set(ROUTES)
    assert not info["unnamed_endpoints"]
    for name, endpoint in info["named_endpoints"].items():
        parameters = [p["parameter_name"] for p in endpoint["parameters"]]
        assert "token" in parameters and "request" not in parameters, name
        assert all(p == p.lower() for p in parameters), name
        assert len(endpoint["description"]) > 20 and len(endpoint["returns"]) == 1, name


def test_s41_the_tools_are_those_of_the_contract(doors: dict[str, McpDoor]) -> None:
    tools = {t.name: t for t in doors["mcp"].tools()}
    assert set(tools) == set(ROUTES) - NOT_ON_MCP
    for tool in tools.values():
        documented = inspect.getdoc(next(d.run for d in DOORS if d.name == tool.name))
        assert documented and tool.description == documented, tool.name
        assert "token" not in tool.inputSchema.get("properties", {})
    assert tools["chat"].inputSchema["required"] == ["message"]
    assert "session_id" in tools["chat"].inputSchema["properties"]


def test_the_routes_are_those_of_the_contract(http: httpx.Client) -> None:
    api = http.get("/openapi.json").json()
    assert {path: set(verbs) for path, verbs in api["paths"].items()} == REST
    for path, verbs in api["paths"].items():
        for verb, route in verbs.items():
            assert route.get("description") or route.get("summary"), (path, verb)
            assert any(code.startswith(("2", "302")) for code in route["responses"]), (path, verb)
    search = {p["name"] for p in api["paths"]["/api/scholarships/search"]["get"]["parameters"]}
    assert search >= {"keywords", "q", "socialGroup", "studyIn", "eligibleOnly", "pageSize"}
