"""What only the HTTP doors have: envelope, headers, cookies, streams, limits, documentation."""

import json
import re
import time
from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest

from tests.running_app import PASSWORD, App, Door, Student

PAGES = [
    "/", "/health", "/api", "/docs", "/redoc", "/openapi.json", "/config", "/gradio_api/info", "/api/nothing", "/nothing",
    "/api/scholarships/search?q=girls", "/api/scholarships/nmmss", "/api/auth/me", "/monitoring", "/gradio_api/mcp/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_s38_security_headers_are_on_every_answer(http: httpx.Client, path: str) -> None:
    headers = http.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "object-src 'none'" in policy
    assert "frame-ancestors 'self' https://huggingface.co https://*.huggingface.co" in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert headers.get_list("content-security-policy") == [policy]


@pytest.mark.parametrize("path", ["/", "/api/scholarships/nmmss", "/gradio_api/info", "/config"])
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_s39_no_other_site_is_let_in(http: httpx.Client, path: str, method: str) -> None:
    headers = {"Host": "me-scholar.hf.space", "Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = http.request(method, path, headers=headers)
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/monitoring"), ("GET", "/monitoring/summary"), ("GET", "/monitoring/"), ("GET", "/gradio_api/runs"),
        ("POST", "/gradio_api/upload"), ("POST", "/gradio_api/upload/"), ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file=app.py"), ("GET", "/file=app.py"), ("GET", "/app.py"),
    ],
)  # fmt: skip
def test_s5_doors_that_nobody_asked_for_are_closed(http: httpx.Client, method: str, path: str) -> None:
    assert http.request(method, path).status_code in (403, 404)


@pytest.mark.parametrize(
    "path", ["/health", "/api", "/api/scholarships", "/api/scholarships/search", "/api/stats", "/docs", "/openapi.json"]
)
def test_a_trailing_slash_makes_no_difference(http: httpx.Client, path: str) -> None:
    bare, slashed = http.get(path), http.get(path + "/")
    assert bare.status_code == slashed.status_code == 200
    assert not slashed.history
    assert len(bare.content) == pytest.approx(len(slashed.content), abs=40)


def test_a_trailing_slash_makes_no_difference_to_posts(http: httpx.Client) -> None:
    assert http.post("/api/chat/", json={"message": "hello"}).status_code == 200
    assert http.post("/api/auth/signin/", json={"email": "a@b.cd", "password": "x"}).status_code == 401
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"accept": "application/json, text/event-stream"}
    for path in ("/gradio_api/mcp", "/gradio_api/mcp/"):
        answer = http.post(path, json=call, headers=accept)
        assert answer.status_code == 200 and len(answer.json()["result"]["tools"]) == 16


def test_the_envelope(http: httpx.Client) -> None:
    good = http.get("/api").json()
    assert good["success"] is True and good["error"] is None and {"message", "status", "version"} <= set(good["data"])
    assert datetime.fromisoformat(good["timestamp"]).tzinfo is not None
    bad = http.get("/api/scholarships/none-such")
    assert bad.status_code == 404 and bad.json()["success"] is False and bad.json()["data"] is None
    assert datetime.fromisoformat(bad.json()["timestamp"]).tzinfo is not None


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "NOT_FOUND"), ("POST", "/api/a/b/c", 404, "NOT_FOUND"),
        ("GET", "/api/chat", 404, "NOT_FOUND"), ("DELETE", "/api/scholarships", 404, "NOT_FOUND"),
    ],
)  # fmt: skip
def test_unknown_routes_and_verbs(http: httpx.Client, method: str, path: str, status: int, code: str) -> None:
    answer = http.request(method, path)
    assert answer.status_code == status and answer.json()["error"]["code"] == code


@pytest.mark.parametrize("body", [b"{", b"", b"[]", b"null", b"\xff\xfe", b'"text"', b"{'message': 1}"])
def test_a_body_that_is_not_the_json_wanted(http: httpx.Client, body: bytes) -> None:
    for path in ("/api/chat", "/api/scholarships/match", "/api/auth/signin"):
        answer = http.post(path, content=body, headers={"content-type": "application/json"})
        if answer.status_code == 200:
            assert path == "/api/scholarships/match" and not body
            continue
        assert answer.status_code == 422 and answer.json()["error"]["code"] == "VALIDATION_ERROR", body


def test_unknown_fields_are_refused_in_bodies_and_passed_over_in_addresses(http: httpx.Client) -> None:
    answer = http.post("/api/chat", json={"message": "hello", "admin": True})
    assert answer.status_code == 422 and "admin" in answer.json()["error"]["message"]
    for path in ("/api/scholarships", "/api/scholarships/search", "/api/scholarships/deadlines"):
        assert http.get(path, params={"utm_source": "x", "level": ""}).status_code == 200


def test_lists_in_addresses(http: httpx.Client) -> None:
    ids = ["nmmss", "pm-usp-central-sector-scheme"]
    commas = http.get("/api/scholarships/compare", params={"ids": ",".join(ids)}).json()["data"]
    repeated = http.get("/api/scholarships/compare", params=[("ids", i) for i in ids]).json()["data"]
    assert commas == repeated and [r["id"] for r in commas["scholarships"]] == ids
    same = {row["field"]: row for row in commas["fields"]}
    assert len(same["name"]["values"]) == 2 and same["name"]["same"] is False


def test_both_spellings_of_names_are_read(http: httpx.Client) -> None:
    one = http.post("/api/scholarships/match", json={"marksPercent": 80, "pageSize": 2}).json()["data"]
    two = http.post("/api/scholarships/match", json={"marks_percent": 80, "page_size": 2}).json()["data"]
    assert one["profile"] == two["profile"] and one["pageSize"] == two["pageSize"] == 2


def test_s4_passwords_are_never_repeated(http: httpx.Client, app: App) -> None:
    for password in ("pw1!Zq", "x" * 5000, ["SECRETPW9"], {"a": "SECRETPW9"}):
        answer = http.post("/api/auth/signup", json={"email": "leak@example.com", "password": password})
        assert answer.status_code == 422
        assert "SECRETPW9" not in answer.text and "pw1!Zq" not in answer.text and "xxxx" not in answer.text
    assert "SECRETPW9" not in app.log.read_text() and "pw1!Zq" not in app.log.read_text()


def large_chunks() -> Iterator[bytes]:
    """2 MB without a declared length."""
    yield b'{"message": "'
    for _ in range(32):
        yield b"x" * 65_536
    yield b'"}'


@pytest.mark.parametrize(
    "path",
    ["/api/chat", "/api/auth/signup", "/api/nothing", "/gradio_api/call/health", "/gradio_api/queue/join",
     "/gradio_api/run/health", "/gradio_api/mcp/", "/gradio_api/mcp"],
)  # fmt: skip
def test_s31_large_bodies_are_refused_on_every_route(http: httpx.Client, path: str) -> None:
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    declared = http.post(path, content=b'{"message": "' + b"x" * 70_000 + b'"}', headers=headers)
    chunked = http.post(path, content=large_chunks(), headers=headers)
    for answer in (declared, chunked):
        assert answer.status_code == 413, answer.text[:200]
        assert answer.json()["error"]["code"] == "PAYLOAD_TOO_LARGE"
        assert answer.headers["x-content-type-options"] == "nosniff"


def events(text: str) -> list[tuple[str, object]]:
    """The events of a stream."""
    found = re.findall(r"event: (\w+)\r?\ndata: (.*)\r?\n\r?\n", text)
    return [(name, json.loads(data)) for name, data in found]


def test_the_stream_is_deltas_and_then_the_reply(http: httpx.Client) -> None:
    answer = http.post("/api/chat/stream", json={"message": "last date of nmmss?"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    got = events(answer.text)
    assert {name for name, _ in got[:-1]} == {"delta"} and got[-1][0] == "done"
    reply = got[-1][1]
    assert "".join(data["text"] for _, data in got[:-1]) == reply["message"]  # type: ignore[index]
    whole = http.post("/api/chat", json={"message": "last date of nmmss?"}).json()["data"]
    assert set(whole) == set(reply) and whole["message"] == reply["message"]  # type: ignore[call-overload, index]


def test_a_stream_that_cannot_begin_answers_with_a_status(http: httpx.Client) -> None:
    assert http.post("/api/chat/stream", json={"message": ""}).status_code == 422
    answer = http.post("/api/chat/stream", json={"message": "hello", "sessionId": "no-such"})
    assert answer.status_code == 404 and answer.json()["error"]["code"] == "NOT_FOUND"


def test_named_endpoints_stream_the_reply_so_far(doors: dict[str, Door]) -> None:
    job = doors["gradio"]._client.submit(message="last date of nmmss?", api_name="/chat")  # type: ignore[attr-defined]
    seen = list(job)
    assert len(seen) >= 2 and seen[0]["message"] == "" and set(seen[-1]) >= {"citations", "intent", "engine"}
    assert all(seen[-1]["message"].startswith(part["message"]) for part in seen)


def test_the_documentation(http: httpx.Client) -> None:
    for path in ("/docs", "/redoc"):
        page = http.get(path)
        assert page.status_code == 200 and "/openapi.json" in page.text
        for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
            if address.startswith("/"):
                assert http.get(address).status_code == 200, address
    api = http.get("/openapi.json").json()
    assert "VALIDATION_ERROR" in json.dumps(api) and "example" in json.dumps(api)


@pytest.fixture
def browser(app: App, asha: Student) -> Iterator[httpx.Client]:
    """Asha's page after signing in, as a browser sends things."""
    headers = {"sec-fetch-site": "same-origin", "origin": app.url}
    with httpx.Client(base_url=app.url, headers=headers, timeout=30) as client:
        answer = client.post("/api/auth/signin", json={"email": asha.email, "password": PASSWORD})
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie
        yield client


def test_s39_the_cookie_signs_the_own_page_in_and_no_other(browser: httpx.Client, asha: Student) -> None:
    assert browser.get("/api/auth/me").json()["data"]["id"] == asha.id
    for site in ("cross-site", "same-site"):
        assert browser.get("/api/auth/me", headers={"sec-fetch-site": site}).status_code == 401
    assert browser.post("/api/auth/renew").status_code == 200
    answer = browser.post("/api/auth/signout")
    assert answer.status_code == 200 and "Max-Age=0" in answer.headers["set-cookie"]
    assert browser.get("/api/auth/me").status_code == 401


def test_a_dead_cookie_is_a_guest_but_a_dead_token_is_not(browser: httpx.Client) -> None:
    token = browser.cookies["scholar_session"]
    browser.post("/api/auth/signout")
    browser.cookies.set("scholar_session", token)
    assert browser.get("/api/scholarships/nmmss").status_code == 200
    dead = {"authorization": f"Bearer {token}"}
    assert browser.get("/api/scholarships/nmmss", headers=dead).status_code == 401


def test_over_https_the_cookie_works_in_the_frame_of_the_space(http: httpx.Client, asha: Student) -> None:
    headers = {"x-forwarded-proto": "https", "sec-fetch-site": "same-origin"}
    answer = http.post("/api/auth/signin", json={"email": asha.email, "password": PASSWORD}, headers=headers)
    cookie = answer.headers["set-cookie"]
    http.cookies.clear()
    assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=None", "Partitioned"))


def test_programs_get_the_token_and_no_cookie(http: httpx.Client, asha: Student) -> None:
    answer = http.post("/api/auth/signin", json={"email": asha.email, "password": PASSWORD})
    assert answer.json()["data"]["token"] and "set-cookie" not in answer.headers


def test_the_account_can_be_changed_exported_and_deleted(http: httpx.Client, asha: Student) -> None:
    mine = {"authorization": f"Bearer {asha.token}"}
    profile = {"level": "undergraduate", "citizenship": "in", "state": "Bihar", "gender": "female"}
    changed = http.patch("/api/auth/me", json={"name": "Asha K", "profile": profile}, headers=mine).json()["data"]
    assert changed["name"] == "Asha K" and changed["profile"]["citizenship"] == "IN"
    assert http.get("/api/scholarships/nmmss", headers=mine).json()["data"]["match"]["status"] == "not_eligible"
    assert http.put("/api/scholarships/nmmss/bookmark", headers=mine).json()["data"]["status"] == "saved"
    assert http.get("/api/auth/me/export", headers=mine).json()["data"]["applications"][0]["scholarshipId"] == "nmmss"
    assert http.delete("/api/scholarships/nmmss/bookmark", headers=mine).json()["data"] is None
    wrong = http.request("DELETE", "/api/auth/me", json={"password": "not mine"}, headers=mine)
    assert wrong.status_code == 403
    assert http.request("DELETE", "/api/auth/me", json={"password": PASSWORD}, headers=mine).status_code == 200
    assert http.get("/api/auth/me", headers=mine).status_code == 401


def test_chat_sessions_and_feedback(http: httpx.Client, asha: Student, ben: Student) -> None:
    mine, other = ({"authorization": f"Bearer {s.token}"} for s in (asha, ben))
    reply = http.post("/api/chat", json={"message": "girls in Bihar"}, headers=mine).json()["data"]
    address = f"/api/chat/sessions/{reply['sessionId']}"
    listed = http.get("/api/chat/sessions", headers=mine).json()["data"]
    assert reply["sessionId"] in json.dumps(listed) and "girls in Bihar" in json.dumps(listed)
    messages = http.get(address, headers=mine).json()["data"]["messages"]
    assert [m["role"] for m in messages] == ["user", "assistant"]
    thumb = {"messageId": messages[1]["id"], "rating": "up"}
    assert http.post("/api/chat/feedback", json=thumb, headers=other).status_code == 404
    assert http.post("/api/chat/feedback", json=thumb, headers=mine).json()["data"] is None
    for verb in ("GET", "DELETE"):
        assert http.request(verb, address, headers=other).status_code == 404
    assert http.delete(address, headers=mine).status_code == 200
    assert http.get(address, headers=mine).status_code == 404


def test_the_calendar_has_a_private_key(http: httpx.Client, asha: Student) -> None:
    mine = {"authorization": f"Bearer {asha.token}"}
    http.post("/api/applications", json={"scholarshipId": "nmmss", "targetDate": "2031-05-17"}, headers=mine)
    key = http.get("/api/applications/calendar-key", headers=mine).json()["data"]["key"]
    answer = http.get("/api/applications/calendar.ics", params={"key": key})
    assert answer.headers["content-type"].startswith("text/calendar") and answer.text.count("BEGIN:VALARM") == 4
    fresh = http.post("/api/applications/calendar-key", headers=mine).json()["data"]["key"]
    assert http.get("/api/applications/calendar.ics", params={"key": key}).status_code == 401
    assert http.get("/api/applications/calendar.ics", params={"key": fresh}).status_code == 200


def test_reports_and_stats(http: httpx.Client) -> None:
    given = {"reason": "dead link"}
    assert http.post("/api/scholarships/nmmss/report", json=given).status_code == 201
    assert http.post("/api/scholarships/none-such/report", json=given).status_code == 404
    figures = http.get("/api/stats").json()["data"]
    assert figures["rows"] > 400 and 0 <= figures["officialLinkShare"] <= 1
    assert figures["closedShownAsOpen"] == 0
    assert {"grounding", "names"} <= set(figures["evaluation"])
    assert 0 <= figures["checkedWithin365DaysShare"] <= 1 and figures["perCategory"]


def test_raw_gradio_calls_give_the_code(http: httpx.Client) -> None:
    answer = http.post("/gradio_api/call/v2/get_scholarship", json={"id": "none-such"})
    event = answer.json()["event_id"]
    text = http.get(f"/gradio_api/call/get_scholarship/{event}").text
    assert "event: error" in text and "NOT_FOUND" in text


def test_tools_are_only_called_by_post(http: httpx.Client) -> None:
    begun = time.monotonic()
    assert http.get("/gradio_api/mcp/", headers={"accept": "text/event-stream"}).status_code == 405
    assert time.monotonic() - begun < 5


def test_s4_the_log_holds_nothing_private(http: httpx.Client, app: App, asha: Student, doors: dict[str, Door]) -> None:
    for door in doors.values():
        door.call("chat", token=asha.token, message="PLANTED-WORDS of mine")
    http.cookies.clear()
    text = app.log.read_text()
    for planted in (asha.email, asha.token, PASSWORD, "PLANTED-WORDS"):
        assert planted not in text
