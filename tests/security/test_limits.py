"""Rows S27 to S30 and S32: who may call how often, over all doors, by the real client address."""

import sqlite3
import time
import tracemalloc
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import httpx
import pytest
from redis import Redis
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from backend.errors import RateLimited, SettingsError
from backend.limits import LIMITS, Limit, Limits, calling_from
from backend.settings import read_settings
from tests.running_app import PASSWORD, DoorError, GradioDoor, McpDoor, RestDoor, new_student, run_apart, running_app

REDIS = "redis://127.0.0.1:6379/15"


def passed(limits: Limits, what: str, times: int, account: str | None = None) -> int:
    """How many of so many calls are not refused."""
    count = 0
    for _ in range(times):
        try:
            limits.spend(what, account)
            count += 1
        except RateLimited:
            pass
    return count


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("10.16.3.80", ["203.0.113.7"], "203.0.113.7"),
        ("10.16.3.80", ["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
        ("10.16.3.80", ["203.0.113.7, 10.16.9.9"], "203.0.113.7"),
        ("10.16.3.80", ["198.51.100.1", "203.0.113.7"], "203.0.113.7"),
        ("10.16.3.80", ["<script>, 203.0.113.7"], "203.0.113.7"),
        ("203.0.113.50", ["198.51.100.1"], "203.0.113.50"),
    ],
    ids=["honest", "spoofed", "inner hop", "two headers", "garbage", "no trusted peer"],
)
def test_s27_the_address_is_the_right_most_untrusted_hop(monkeypatch, peer, forwarded, seen):
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    monkeypatch.setenv("SPACE_ID", "someone/space")
    trusted = read_settings().forwarded_allow_ips
    found = []

    async def app(scope, receive, send):
        found.append(scope["client"][0])

    scope = {
        "type": "http", "client": (peer, 1), "scheme": "http",
        "headers": [(b"x-forwarded-for", value.encode()) for value in forwarded],
    }  # fmt: skip
    run_apart(ProxyHeadersMiddleware(app, trusted)(scope, None, None))
    assert found == [seen]


@pytest.mark.parametrize("value", ["*", "10.0.0.0/8,*", "somewhere"])
def test_s27_every_proxy_trusted_is_refused_at_the_start(monkeypatch, value):
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", value)
    with pytest.raises(SettingsError, match="FORWARDED_ALLOW_IPS"):
        read_settings()


def test_s28_each_limit_refuses_the_next_call_and_says_how_long_to_wait():
    for what, rows in LIMITS.items():
        limits = Limits()
        calling_from("203.0.113.9")
        least = min(int(limit.calls.split("/")[0]) for limit in rows)
        assert passed(limits, what, least, "someone") == least
        with pytest.raises(RateLimited) as refused:
            limits.spend(what, "someone")
        assert refused.value.status == 429 and 1 <= refused.value.retry_after <= 86_400
        assert "wait" in refused.value.message and "try again" in refused.value.message


def test_s28_after_the_window_it_works_again():
    limits = Limits(table={"chat": [Limit("2/second")]})
    assert passed(limits, "chat", 3) == 2
    time.sleep(1.05)
    assert passed(limits, "chat", 1) == 1


def test_s28_by_account_by_address_and_ipv6_by_its_64():
    limits = Limits(table={"chat": [Limit("1/minute")]})
    calling_from("203.0.113.1")
    assert passed(limits, "chat", 2) == 1 and passed(limits, "chat", 1, "asha") == 1
    calling_from("203.0.113.2")
    assert passed(limits, "chat", 1) == 1 and passed(limits, "chat", 1, "asha") == 0
    calling_from("2001:db8:1:2::1")
    assert passed(limits, "chat", 1) == 1
    calling_from("2001:db8:1:2:ffff::9")
    assert passed(limits, "chat", 1) == 0
    calling_from("2001:db8:1:3::1")
    assert passed(limits, "chat", 1) == 1
    calling_from("::ffff:203.0.113.2")
    assert passed(limits, "chat", 1) == 0


@pytest.fixture(params=["memory", "redis"])
def ten_a_minute(request) -> Iterator[list[Limits]]:
    """One counter, or two replicas with one Redis."""
    table = {"chat": [Limit("10/minute")]}
    if request.param == "memory":
        yield [Limits(table=table)]
        return
    Redis.from_url(REDIS).flushdb()
    yield [Limits(REDIS, table), Limits(REDIS, table)]
    Redis.from_url(REDIS).flushdb()


def test_s28_sixteen_threads_and_exactly_ten_pass(ten_a_minute):
    assert {limits.state for limits in ten_a_minute} <= {"memory", "redis"}
    account = uuid.uuid4().hex
    with ThreadPoolExecutor(16) as threads:
        counts = threads.map(lambda i: passed(ten_a_minute[i % len(ten_a_minute)], "chat", 50, account), range(16))
    assert sum(counts) == 10


def test_s28_a_redis_out_of_reach_is_said_and_counting_goes_on():
    limits = Limits("redis://127.0.0.1:1/0", {"chat": [Limit("2/minute")]})
    assert passed(limits, "chat", 5, "asha") == 2
    assert limits.state == "memory (redis is out of reach)"


def test_s28_a_hundred_thousand_addresses_cost_less_than_60_mb():
    limits = Limits(table={"search": LIMITS["search"]})
    tracemalloc.start()
    for i in range(20_000):
        calling_from(str(ip_address(0x0B000000 + i)))
        limits.spend("search")
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used * 5 < 60e6


def test_s30_wrong_tries_from_elsewhere_lock_nobody_out():
    limits = Limits(table={"sign_in": LIMITS["sign_in"][:2]})
    for i in range(1_000):
        calling_from(f"203.0.113.{i % 250}")
        passed(limits, "sign_in", 1, "asha@example.org")
    calling_from("198.51.100.20")
    assert passed(limits, "sign_in", 5, "asha@example.org") == 5


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the app."""
    return tmp_path_factory.mktemp("limited")


@pytest.fixture(scope="module")
def limited(folder: Path) -> Iterator[httpx.Client]:
    """The app with its limits on."""
    with running_app(folder, RATE_LIMITS="on") as started, httpx.Client(base_url=started.url, timeout=30) as client:
        yield client


def test_s29_the_doors_share_one_count(limited):
    url = str(limited.base_url).rstrip("/")
    rest, gradio, mcp = RestDoor(url), GradioDoor(url), McpDoor(url)
    asha = new_student(rest)
    for door in (rest, gradio):
        for _ in range(10):
            assert door.call("chat", token=asha.token, message="hi")["message"]
    for door in (mcp, gradio, rest):
        with pytest.raises(DoorError, match=r"You have sent many messages.*Please wait .* and try again") as refused:
            door.call("chat", token=asha.token, message="hi")
        assert refused.value.code == "RATE_LIMITED"
    headers = {"Authorization": f"Bearer {asha.token}"}
    answer = limited.post("/api/chat", json={"message": "hi"}, headers=headers)
    assert answer.status_code == 429 and 1 <= int(answer.headers["retry-after"]) <= 60
    assert limited.post("/api/chat", json={"message": "hi"}).status_code == 200  # a guest has a count of their own


def from_address(address: str) -> dict[str, str]:
    """What a trusted proxy says of a client."""
    return {"x-forwarded-for": address}


def test_s12_who_has_an_account_can_be_asked_five_times_an_hour(limited):
    """Sign-up must say that an address is taken; what is left to an attacker is rationed, for new addresses too."""
    here = from_address("203.0.113.77")
    given = {"email": f"{uuid.uuid4().hex}@example.com", "password": "a quite long pass phrase 47"}
    said = [limited.post("/api/auth/signup", json=given, headers=here).status_code for _ in range(6)]
    assert said == [201, 409, 409, 409, 409, 429]
    unused = given | {"email": f"{uuid.uuid4().hex}@example.com"}
    assert limited.post("/api/auth/signup", json=unused, headers=here).status_code == 429


def test_s28_links_by_mail_are_rationed_for_addresses_without_an_account_too(limited):
    given = {"email": f"{uuid.uuid4().hex}@example.com"}
    for address, expected in (("203.0.113.78", [503] * 3 + [429]), ("203.0.113.79", [503] * 3 + [429])):
        asked = [limited.post("/api/auth/forgot", json=given, headers=from_address(address)) for _ in range(4)]
        assert [answer.status_code for answer in asked] == expected, "503: no mail server is set up here"


def test_s30_while_others_guess_her_password_she_stays_and_signs_in(limited):
    url = str(limited.base_url).rstrip("/")
    asha = new_student(RestDoor(url))
    guess = {"email": asha.email, "password": "a wrong one, surely"}
    for place in range(60):
        answer = limited.post("/api/auth/signin", json=guess, headers=from_address(f"203.0.113.{place % 12 + 100}"))
        assert answer.status_code in (401, 429)
    mine = {"authorization": f"Bearer {asha.token}"}
    assert limited.get("/api/auth/me", headers=mine).status_code == 200
    time.sleep(1.1)  # the cap of ten a second in all
    right = {"email": asha.email, "password": PASSWORD}
    assert limited.post("/api/auth/signin", json=right, headers=from_address("198.51.100.20")).status_code == 200


def test_s28_kept_replies_are_counted_too(limited):
    answers = [limited.get("/api/scholarships/search", params={"keywords": "law"}).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    assert limited.get("/api/scholarships").status_code == 200


def test_s32_a_full_queue_says_so_and_nothing_is_lost_or_hangs(limited, folder):
    """More calls than the queue holds, while each that runs waits for the database."""
    url = f"{limited.base_url}/gradio_api/call/save_application".replace("//gradio", "/gradio")
    headers = {"Authorization": f"Bearer {new_student(RestDoor(str(limited.base_url).rstrip('/'))).token}"}
    parameters = limited.get("/gradio_api/info").json()["named_endpoints"]["/save_application"]["parameters"]
    given = {"data": ["nmmss" if p["parameter_name"] == "scholarship_id" else None for p in parameters]}
    answers: list[str] = []

    def ask() -> None:
        joined = httpx.post(url, json=given, headers=headers, timeout=60)
        if joined.status_code != 200:
            answers.append(f"{joined.status_code} {joined.text}")
            return
        with httpx.stream("GET", f"{url}/{joined.json()['event_id']}", headers=headers, timeout=60) as events:
            answers.append("".join(events.iter_text()))

    lock = sqlite3.connect(next(folder.rglob("*.db")), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    threads = [Thread(target=ask) for _ in range(60)]
    for thread in threads:
        thread.start()
    time.sleep(2)
    lock.execute("ROLLBACK")
    lock.close()
    for thread in threads:
        thread.join(60)
    full = [a for a in answers if a.startswith("503")]
    done = [a for a in answers if "event: complete" in a]
    assert len(full) + len(done) == 60 and len(done) >= 32 and full and all("full" in a for a in full), answers
