"""S16 to S18, S26: forged tokens at every door of the running app, whose key the tests know."""

import json
from typing import Any

import httpx
import jwt
import pytest

from tests.running_app import Student
from tests.security.conftest import PageHandlers
from tests.store.test_sessions import CLAIMS, claims_of, unsigned

KEY = "t" * 40
"""JWT_SECRET of the app under test."""


def signed(claims: dict[str, Any], key: str = KEY, algorithm: str = "HS256", **header: Any) -> str:
    """A token as the app makes it, but for what is said otherwise."""
    return jwt.encode(claims, key, algorithm, {"typ": "at+jwt", **header})


def statuses(http: httpx.Client, handlers: PageHandlers, token: str) -> list[str]:
    """What `me` says to a token: REST, MCP, a named endpoint, and the page."""
    header = {"authorization": f"Bearer {token}"}
    http.cookies.clear()
    plain = http.get("/api/auth/me", headers=header)
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "me", "arguments": {}}}
    accept = {"accept": "application/json, text/event-stream"}
    tool = http.post("/gradio_api/mcp/", json=call, headers=header | accept).json()["result"]
    event = http.post("/gradio_api/call/v2/me", json={"token": token}).json()["event_id"]
    endpoint = http.get(f"/gradio_api/call/me/{event}").text
    page = handlers.call(handlers.named("save_profile"), token=token)
    return [
        "ok" if plain.is_success else plain.json()["error"]["code"],
        tool["content"][0]["text"].partition(":")[0] if tool.get("isError") else "ok",
        "ok" if "event: complete" in endpoint else "UNAUTHORIZED" if "UNAUTHORIZED" in endpoint else endpoint,
        "ok" if '"success": true' in page else "UNAUTHORIZED" if "sign in" in page.lower() else page,
    ]


REFUSED = ["UNAUTHORIZED"] * 4


def test_the_tests_can_make_a_good_token(http: httpx.Client, handlers: PageHandlers, asha: Student) -> None:
    claims = claims_of(asha.token)
    assert statuses(http, handlers, signed(claims, **jwt.get_unverified_header(asha.token)))[:3] == ["ok"] * 3


@pytest.mark.filterwarnings("ignore:The HMAC key")
def test_s16_forged_tokens_are_refused_at_every_door(http: httpx.Client, handlers: PageHandlers, asha: Student) -> None:
    c = claims_of(asha.token)
    typ = {"typ": "at+jwt"}
    for forged in (
        unsigned({"alg": "none", **typ}, c), unsigned({"alg": "NONE", **typ}, c), unsigned(typ, c),
        signed(c, algorithm="HS512"), signed(c, algorithm="HS384"),
        unsigned({"alg": "RS256", **typ}, c) + signed(c).rpartition(".")[2],
        signed(c, key="another key that is longer than 32 bytes"), signed(c, crit=["exp"], exp=1),
        signed(c, key="k" * 40, jwk={"kty": "oct", "k": "a2tr"}), signed(c, key="k" * 40, jku="https://example.com/k"),
    ):  # fmt: skip
        assert statuses(http, handlers, forged) == REFUSED, forged


@pytest.mark.parametrize("claim", CLAIMS)
def test_s17_a_token_without_a_claim_is_refused(
    http: httpx.Client, handlers: PageHandlers, asha: Student, claim: str
) -> None:
    claims = claims_of(asha.token)
    del claims[claim]
    assert statuses(http, handlers, signed(claims)) == REFUSED


def test_s17_leeway_is_at_most_30_seconds(http: httpx.Client, handlers: PageHandlers, asha: Student) -> None:
    claims = claims_of(asha.token)
    assert statuses(http, handlers, signed(claims | {"exp": claims["iat"] - 31})) == REFUSED
    assert statuses(http, handlers, signed(claims | {"iat": claims["iat"] + 60})) == REFUSED


def test_s18_a_token_of_another_kind_is_refused(http: httpx.Client, handlers: PageHandlers, asha: Student) -> None:
    claims = claims_of(asha.token)
    for kind in ("reset", "backup", "refresh"):
        assert statuses(http, handlers, signed(claims | {"aud": f"scholarship-chatbot:{kind}"})) == REFUSED
        assert statuses(http, handlers, signed(claims, typ=f"{kind}+jwt")) == REFUSED
        answer = http.post(
            "/api/chat", json={"message": "hi"}, headers={"authorization": f"Bearer {signed(claims, typ=kind)}"}
        )
        assert answer.status_code == 401


def test_s26_a_header_of_2_mb_is_refused_and_the_app_lives_on(http: httpx.Client) -> None:
    try:
        answer = http.get("/api/auth/me", headers={"authorization": "Bearer " + "x" * 2_000_000})
        assert answer.status_code in (400, 401, 431), json.dumps(answer.text[:200])
    except httpx.TransportError:
        pass  # the server hung up on it
    assert http.get("/health").status_code == 200
