"""Sign in with Hugging Face: who gets in, and which answers are forged; a real OpenID provider stands for it."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey

from backend.api.hugging_face import BEGIN, CALLBACK
from backend.api.hugging_face import COOKIE as FLOW
from backend.api.identity import COOKIE
from tests.openid_provider import CLIENT_SECRET, Provider
from tests.running_app import PASSWORD, App, McpDoor

BACK = "/?tab=account#huggingface"


@pytest.fixture
def browser(connected: App, provider: Provider) -> Iterator[httpx.Client]:
    """Keeps cookies, follows no redirect by itself."""
    provider.reset()
    with httpx.Client(base_url=connected.url, timeout=20) as client:
        yield client


def at_the_provider(browser: httpx.Client) -> str:
    """Begin, and come back with the address that the provider sends to."""
    begun = browser.get(BEGIN)
    assert begun.status_code == 302
    return str(httpx.get(begun.headers["location"]).headers["location"])


def place(answer: httpx.Response) -> str:
    """Where on our own page an answer leads."""
    assert answer.status_code == 302
    parts = urlsplit(answer.headers["location"])
    assert f"{parts.scheme}://{parts.netloc}" == str(answer.request.url).partition("/api")[0]
    return f"{parts.path}?{parts.query}#{parts.fragment}"


def me(browser: httpx.Client) -> dict | None:
    """Who is signed in by the cookie."""
    answer = browser.get("/api/auth/me")
    return answer.json()["data"] if answer.is_success else None


def test_who_comes_back_is_signed_in_like_anybody(browser: httpx.Client, connected: App, provider: Provider) -> None:
    back = at_the_provider(browser)
    answer = browser.get(back)
    assert place(answer) == BACK
    [cookie] = [c for c in answer.headers.get_list("set-cookie") if c.startswith(f"{COOKIE}=")]
    assert "HttpOnly" in cookie and FLOW not in browser.cookies
    token = browser.cookies[COOKIE]
    assert token not in answer.headers["location"] and token not in answer.text
    mine = me(browser)
    assert mine and (mine["email"], mine["name"], mine["hasPassword"]) == (
        provider.user["email"], "Asha of the hub", False,
    )  # fmt: skip
    assert McpDoor(connected.url).call("me", token=token)["id"] == mine["id"]
    assert browser.post("/api/auth/signout").is_success and me(browser) is None
    assert browser.get("/api/auth/me", headers={"authorization": f"Bearer {token}"}).status_code == 401
    browser.get(at_the_provider(browser))
    again = me(browser)
    assert again and again["id"] == mine["id"]
    asked = provider.asked[-1]
    assert asked["scope"] == "openid profile email" and provider.asked[0]["state"] != asked["state"]
    log = connected.log.read_text()
    assert not [x for x in (provider.user["email"], CLIENT_SECRET, token, asked["state"]) if x in log]


def test_over_https_the_cookies_are_kept_in_a_frame(tmp_path_factory: pytest.TempPathFactory) -> None:
    from backend.api.identity import cookie_header

    for name in (COOKIE, FLOW):
        assert cookie_header("x", True, name).endswith("HttpOnly; Secure; SameSite=None; Partitioned")


def test_the_account_of_a_verified_address_is_the_same_one(browser: httpx.Client, provider: Provider) -> None:
    made = browser.post("/api/auth/signup", json={"email": provider.user["email"].upper(), "password": PASSWORD})
    browser.cookies.clear()
    browser.get(at_the_provider(browser))
    mine = me(browser)
    assert mine and mine["id"] == made.json()["data"]["user"]["id"]
    before = made.json()["data"]["token"]
    browser.cookies.clear()
    assert browser.get("/api/auth/me", headers={"authorization": f"Bearer {before}"}).status_code == 401, (
        "made by who never showed that the address is theirs"
    )


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_signs_nobody_in(
    browser: httpx.Client, provider: Provider, verified: object
) -> None:
    provider.user["email_verified"] = verified
    assert place(browser.get(at_the_provider(browser))) == f"{BACK}=unverified"
    assert COOKIE not in browser.cookies


def test_an_address_that_only_userinfo_tells_counts_too(browser: httpx.Client, provider: Provider) -> None:
    provider.only_userinfo = ("email", "email_verified")
    browser.get(at_the_provider(browser))
    mine = me(browser)
    assert mine and mine["email"] == provider.user["email"]


def test_a_no_at_the_provider_is_a_no(browser: httpx.Client, provider: Provider) -> None:
    provider.says_yes = False
    assert place(browser.get(at_the_provider(browser))) == f"{BACK}=refused"
    assert COOKIE not in browser.cookies


def test_an_answer_counts_once_and_in_the_browser_that_asked(browser: httpx.Client, connected: App) -> None:
    back = at_the_provider(browser)
    with httpx.Client(base_url=connected.url) as other:  # another browser that was lured to the address
        assert place(other.get(back)) == f"{BACK}=again" and COOKIE not in other.cookies
        begun_too = at_the_provider(other)
        assert begun_too and place(other.get(back)) == f"{BACK}=again" and COOKIE not in other.cookies
    flow = browser.cookies[FLOW]
    assert place(browser.get(back)) == BACK
    browser.cookies.delete(COOKIE)
    assert place(browser.get(back)) == f"{BACK}=again", "the flow's secrets are gone"
    browser.cookies.set(FLOW, flow, domain="127.0.0.1", path=BEGIN)
    assert place(browser.get(back)) == f"{BACK}=again", "the code was used"
    assert COOKIE not in browser.cookies


def test_forged_answers_sign_nobody_in(browser: httpx.Client, provider: Provider) -> None:
    given = parse_qs(urlsplit(at_the_provider(browser)).query)
    code, state, flow = given["code"][0], given["state"][0], browser.cookies[FLOW]
    head, _, tail = flow.partition(".")
    for cookie, query in (
        (flow, {"code": code, "state": "another"}), (flow, {"code": code}), (flow, {"state": state}), (flow, {}),
        (flow, {"code": "guessed", "state": state}), ("", {"code": code, "state": state}),
        (f"{head[:-2]}xx.{tail}", {"code": code, "state": state}), ("e30.aaaaaa.bbbb", {"code": code, "state": state}),
    ):  # fmt: skip
        browser.cookies.clear()
        answer = browser.get(CALLBACK, params=query, headers={"cookie": f"{FLOW}={cookie}"})
        assert place(answer) == f"{BACK}=again", query
        assert COOKIE not in browser.cookies


@pytest.mark.parametrize("lie", ["key", "aud", "iss", "nonce", "exp", "sub", "none at all"])
def test_an_id_token_that_is_not_for_us_signs_nobody_in(browser: httpx.Client, provider: Provider, lie: str) -> None:
    if lie == "key":
        provider.key = RSAKey.generate_key(2048, parameters={"kid": "one"})
    elif lie == "none at all":
        provider.has_id_token = False
    else:
        provider.claims = {lie: {"exp": 1, "sub": "x" * 65}.get(lie, "another")}
    answer = browser.get(at_the_provider(browser))
    assert place(answer) in (f"{BACK}=again", f"{BACK}=unverified") and COOKIE not in browser.cookies


def test_a_provider_out_of_reach_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    from fastapi import FastAPI, Request
    from fastapi.testclient import TestClient

    from backend.api.hugging_face import HuggingFace
    from backend.settings import Settings

    there = HuggingFace(
        Settings(oauth_client_id="x", oauth_client_secret="y", openid_provider_url="http://127.0.0.1:1")
    )
    api = FastAPI()

    @api.get(BEGIN)
    async def begin(request: Request):
        return await there.begin(request)

    answer = TestClient(api).get(BEGIN, follow_redirects=False)
    assert answer.headers["location"].endswith(f"{BACK}=unavailable")


def test_where_no_space_offers_it_there_is_no_such_door(http: httpx.Client) -> None:
    for path in (BEGIN, CALLBACK):
        answer = http.get(path)
        assert answer.status_code == 404 and "not offered" in answer.json()["error"]["message"]


def test_without_a_password_the_account_is_deleted_after_a_fresh_sign_in(
    browser: httpx.Client, provider: Provider
) -> None:
    browser.get(at_the_provider(browser))
    answer = browser.request("DELETE", "/api/auth/me", json={"password": ""})
    assert answer.is_success, answer.text
    assert me(browser) is None
    browser.get(at_the_provider(browser))
    mine = me(browser)
    assert mine, "the same person may come back to an empty account"
    given = {"newPassword": "my own phrase from now on"}
    assert browser.patch("/api/auth/me", json=given).json()["data"]["hasPassword"] is True
    assert browser.request("DELETE", "/api/auth/me", json={}).status_code == 403
    browser.cookies.clear()
    signed = browser.post(
        "/api/auth/signin", json={"email": provider.user["email"], "password": given["newPassword"]}
    ).json()["data"]
    assert signed["user"]["id"] == mine["id"]
