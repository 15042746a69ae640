import base64
import json
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.accounts import Account, Accounts
from backend.database import Database, default_url
from backend.errors import Unauthorized
from backend.models import SessionRow
from backend.sessions import Caller, Sessions, key_id
from tests.store.conftest import KEY, PASSWORD, FakeClock, in_parallel

ROOT = Path(__file__).parents[2]
HEADER = {"alg": "HS256", "typ": "at+jwt", "kid": key_id(KEY)}
CLAIMS = ("iss", "aud", "sub", "sid", "jti", "iat", "exp")


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


def signed(claims: dict[str, Any], key: str = KEY, algorithm: str = "HS256", **header: Any) -> str:
    return jwt.encode(claims, key, algorithm, {"typ": "at+jwt", "kid": key_id(KEY), **header})


def unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims))
    return ".".join((*parts, ""))


def test_a_token_names_its_session(sessions: Sessions, asha: Account):
    token = sessions.issue(asha.id)
    caller = sessions.resolve(token)
    assert caller == Caller(asha.id, claims_of(token)["sid"], asha.id)
    assert jwt.get_unverified_header(token) == HEADER
    assert set(claims_of(token)) == set(CLAIMS)


FORGED: dict[str, Callable[[dict[str, Any]], str]] = {
    "alg none": lambda c: unsigned({"alg": "none", "typ": "at+jwt", "kid": key_id(KEY)}, c),
    "alg None": lambda c: unsigned({"alg": "None", "typ": "at+jwt", "kid": key_id(KEY)}, c),
    "no alg": lambda c: unsigned({"typ": "at+jwt", "kid": key_id(KEY)}, c),
    "HS512": lambda c: signed(c, key=KEY, algorithm="HS512"),
    "HS384": lambda c: signed(c, key=KEY, algorithm="HS384"),
    "says RS256": lambda c: unsigned({"alg": "RS256", "typ": "at+jwt", "kid": key_id(KEY)}, c) + signed(c).rpartition(".")[2],
    "other key": lambda c: signed(c, key="another key that is also longer than 32 bytes"),
    "unknown crit": lambda c: signed(c, crit=["exp"], exp=1),
    "jwk in the header": lambda c: signed(c, key="k" * 40, jwk={"kty": "oct", "k": "a2tr"}),
    "jku in the header": lambda c: signed(c, key="k" * 40, jku="https://example.com/keys"),
    "other typ": lambda c: signed(c, typ="reset+jwt"),
    "plain typ": lambda c: signed(c, typ="JWT"),
    "other aud": lambda c: signed(c | {"aud": "scholarship-chatbot:reset"}),
    "other iss": lambda c: signed(c | {"iss": "elsewhere"}),
    "other sub": lambda c: signed(c | {"sub": secrets.token_hex(16)}),
    "unknown sid": lambda c: signed(c | {"sid": secrets.token_hex(16)}),
    "sid a number": lambda c: signed(c | {"sid": 1}),
    "sid a list": lambda c: signed(c | {"sid": [c["sid"]]}),
    "sid with NUL": lambda c: signed(c | {"sid": "a\0b"}),
    "sid a lone surrogate": lambda c: signed(c | {"sid": "\ud800"}),
    "exp a text": lambda c: signed(c | {"exp": "tomorrow"}),
    "exp null": lambda c: signed(c | {"exp": None}),
    "exp a fraction": lambda c: signed(c | {"exp": 1e300}),
    "from the future": lambda c: signed(c | {"iat": c["iat"] + 3600}),
    "signature cut": lambda c: signed(c)[:-2],
    "signature gone": lambda c: signed(c).rpartition(".")[0],
    "claims changed": lambda c: ".".join(
        (signed(c).split(".")[0], unsigned({}, c | {"x": 1}).split(".")[1], signed(c).split(".")[2])
    ),
    "a list as claims": lambda c: jwt.PyJWS().encode(b"[1]", KEY, "HS256", {"typ": "at+jwt"}),
    "no JSON": lambda c: jwt.PyJWS().encode(b"claims", KEY, "HS256", {"typ": "at+jwt"}),
    **{f"without {name}": lambda c, name=name: signed({k: v for k, v in c.items() if k != name}) for name in CLAIMS},
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:The HMAC key")
@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_s16_s17_s18_forged_tokens_are_refused(
    sessions: Sessions, asha: Account, ben: Account, forge: Callable[[dict[str, Any]], str]
):
    claims = claims_of(sessions.issue(asha.id))
    assert sessions.resolve(signed(claims)).account_id == asha.id
    with pytest.raises(Unauthorized):
        sessions.resolve(forge(claims))


def test_s16_ones_name_on_anothers_session_is_refused(sessions: Sessions, asha: Account, ben: Account):
    with pytest.raises(Unauthorized):
        sessions.resolve(signed(claims_of(sessions.issue(asha.id)) | {"sub": ben.id}))


@pytest.mark.parametrize(
    "odd", ["", ".", "..", "a.b.c", "x" * 2_000_000, "é.é.é", "\ud800", "\0", b"bytes", None, 7, ["x"]]
)
def test_s26_odd_values_are_refused(sessions: Sessions, odd: Any):
    with pytest.raises(Unauthorized):
        sessions.resolve(odd)


@pytest.fixture(scope="module")
def any_sessions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sessions, str]:
    database = Database(default_url(tmp_path_factory.mktemp("reader")))
    database.migrate()
    sessions = Sessions(database, FakeClock(), KEY)
    return sessions, sessions.issue(Accounts(database, FakeClock(), 4).sign_up("asha@example.com", PASSWORD).id)


@settings(max_examples=500, deadline=None)
@given(odd=st.text() | st.binary())
def test_s26_the_reader_survives_anything(any_sessions: tuple[Sessions, str], odd: str | bytes):
    with pytest.raises(Unauthorized):
        any_sessions[0].resolve(odd)  # type: ignore[arg-type]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_s26_the_reader_survives_damage(any_sessions: tuple[Sessions, str], data: st.DataObject):
    sessions, token = any_sessions
    place = data.draw(st.integers(0, len(token) - 2))  # the last sign holds spare bits
    damaged = token[:place] + data.draw(st.characters()) + token[place + 1 :]
    if damaged != token:
        with pytest.raises(Unauthorized):
            sessions._read(damaged)


claim_values = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@settings(max_examples=300, deadline=None)
@given(changes=st.dictionaries(st.sampled_from((*CLAIMS, "nbf", "crit")), claim_values, min_size=1))
def test_s26_the_reader_survives_odd_claims_that_are_rightly_signed(
    any_sessions: tuple[Sessions, str], changes: dict[str, Any]
):
    sessions, token = any_sessions
    claims = claims_of(token) | changes
    try:
        odd = signed(claims)
    except (TypeError, ValueError, jwt.PyJWTError):
        return  # cannot be signed either
    try:
        caller = sessions._read(odd)
    except Unauthorized:
        return
    assert (caller.account_id, caller.session_id) == (claims["sub"], claims["sid"])


def test_a_short_key_signs_nothing(database: Database, clock: FakeClock, asha: Account):
    with pytest.raises(jwt.InvalidKeyError):
        Sessions(database, clock, "short").issue(asha.id)


def test_s19_a_token_lives_24_hours(sessions: Sessions, clock: FakeClock, asha: Account):
    token = sessions.issue(asha.id)
    clock.advance(hours=23, minutes=59)
    renewed = sessions.renew(sessions.resolve(token))
    clock.advance(minutes=2)
    with pytest.raises(Unauthorized):
        sessions.resolve(token)
    assert sessions.resolve(renewed).session_id == claims_of(token)["sid"]


def test_s19_a_session_ends_after_7_idle_days(sessions: Sessions, clock: FakeClock, asha: Account):
    caller = sessions.resolve(sessions.issue(asha.id))
    clock.advance(days=6, hours=23)
    assert sessions.resolve(sessions.renew(caller)) == caller
    clock.advance(days=7, minutes=1)
    with pytest.raises(Unauthorized):
        sessions.resolve(sessions.renew(caller))


def test_s19_a_session_ends_after_30_days_in_all(sessions: Sessions, clock: FakeClock, asha: Account):
    caller = sessions.resolve(sessions.issue(asha.id))
    for _ in range(30):
        clock.advance(days=1)
        assert sessions.resolve(sessions.renew(caller)) == caller
    clock.advance(minutes=1)
    with pytest.raises(Unauthorized):
        sessions.resolve(sessions.renew(caller))


def test_last_seen_is_written_once_a_minute(sessions: Sessions, clock: FakeClock, database: Database, asha: Account):
    token = sessions.issue(asha.id)

    def seen() -> int:
        with database.session():
            return int(SessionRow.get().seen_at)

    begun = seen()
    clock.advance(seconds=59)
    sessions.resolve(token)
    assert seen() == begun
    clock.advance(seconds=2)
    sessions.resolve(token)
    assert seen() == begun + 61_000


def test_s20_sign_out_ends_every_token_of_the_session_and_no_other(sessions: Sessions, asha: Account):
    token, other = sessions.issue(asha.id), sessions.issue(asha.id)
    caller = sessions.resolve(token)
    renewed = sessions.renew(caller)
    for _ in range(2):
        sessions.end_session(caller.session_id)
    for dead in (token, renewed, sessions.renew(caller)):
        with pytest.raises(Unauthorized):
            sessions.resolve(dead)
    assert sessions.resolve(other)


def test_ended_sessions_are_cleared_away(
    sessions: Sessions, clock: FakeClock, database: Database, asha: Account, ben: Account
):
    sessions.issue(asha.id)
    sessions.issue(ben.id)
    clock.advance(days=8)
    sessions.issue(asha.id)
    with database.session():
        assert SessionRow.select().where(SessionRow.account == asha.id).count() == 1
        assert SessionRow.select().count() == 2


def test_s20_a_hundred_sign_outs_end_a_hundred_tokens(sessions: Sessions, asha: Account):
    tokens = [sessions.issue(asha.id) for _ in range(100)]
    for token in tokens:
        sessions.end_session(sessions.resolve(token).session_id)
    for token in tokens:
        with pytest.raises(Unauthorized):
            sessions.resolve(token)


def test_s1_a_random_key_of_another_process_reads_nothing(
    database: Database, clock: FakeClock, asha: Account, monkeypatch: pytest.MonkeyPatch
):
    """Without JWT_SECRET each start has a key of its own."""
    monkeypatch.delenv("JWT_SECRET", raising=False)
    show = "from backend.settings import read_settings; print(read_settings().signing_key())"
    first, second = (
        subprocess.run(
            [sys.executable, "-c", show], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    )
    token = Sessions(database, clock, first).issue(asha.id)
    assert Sessions(database, clock, first).resolve(token).account_id == asha.id
    with pytest.raises(Unauthorized):
        Sessions(database, clock, second).resolve(token)


def test_s21_there_is_no_session_without_an_account(sessions: Sessions, accounts: Accounts, asha: Account):
    accounts.delete(asha.id, PASSWORD)
    with pytest.raises(Unauthorized):
        sessions.issue(asha.id)


def test_parallel_calls_of_one_token(sessions: Sessions, clock: FakeClock, asha: Account):
    token = sessions.issue(asha.id)
    clock.advance(minutes=5)
    assert len(set(in_parallel(16, lambda _: sessions.resolve(token)))) == 1
