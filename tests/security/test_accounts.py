"""Rows of the security checklist on accounts and tokens; each test is named after its row."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import jwt
import pytest

from backend.accounts import Account, Accounts
from backend.database import Database, default_url
from backend.errors import Unauthorized
from backend.models import AccountRow, ChatMessageRow, ChatSessionRow
from backend.sessions import LEEWAY_S, Sessions, key_id
from tests.store.conftest import KEY, PASSWORD, FakeClock

NEW_KEY = "the key that came after, longer than 32 bytes"
SECRETS = [f"a planted secret of Asha, number {number}, {'x' * 40 * number}" for number in range(5)]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(default_url(tmp_path))
    found.migrate()
    yield found
    found.close()


@pytest.fixture
def accounts(database: Database, clock: FakeClock) -> Accounts:
    return Accounts(database, clock, 4)


@pytest.fixture
def asha(accounts: Accounts) -> Account:
    return accounts.sign_up("asha@example.com", PASSWORD, "Asha")


def test_s25_a_key_is_changed_without_signing_anybody_out(database: Database, clock: FakeClock, asha: Account):
    token = Sessions(database, clock, KEY).issue(asha.id)
    both, only_new = Sessions(database, clock, NEW_KEY, KEY), Sessions(database, clock, NEW_KEY)
    caller = both.resolve(token)
    renewed = both.renew(caller)
    assert [jwt.get_unverified_header(t)["kid"] for t in (token, renewed)] == [key_id(KEY), key_id(NEW_KEY)]
    assert only_new.resolve(renewed) == caller
    with pytest.raises(Unauthorized):
        only_new.resolve(token)
    with pytest.raises(Unauthorized):
        Sessions(database, clock, KEY).resolve(renewed)


def test_s25_the_old_key_gives_no_longer_life(database: Database, clock: FakeClock, asha: Account):
    token = Sessions(database, clock, KEY).issue(asha.id)
    both = Sessions(database, clock, NEW_KEY, KEY)
    clock.now += timedelta(hours=24, seconds=LEEWAY_S)
    assert both.resolve(token)
    clock.advance(seconds=1)
    with pytest.raises(Unauthorized):
        both.resolve(token)


@pytest.mark.parametrize("kid", [None, "", "0" * 16, key_id(NEW_KEY)])
def test_s25_the_kid_must_name_the_key_that_signed(
    database: Database, clock: FakeClock, asha: Account, kid: str | None
):
    sessions = Sessions(database, clock, NEW_KEY, KEY)
    claims = jwt.decode(sessions.issue(asha.id), options={"verify_signature": False})
    header = {"typ": "at+jwt"} | ({} if kid is None else {"kid": kid})
    with pytest.raises(Unauthorized):
        sessions.resolve(jwt.encode(claims, KEY, "HS256", header))


def test_s59_nothing_of_a_deleted_account_is_left_in_the_files(
    accounts: Accounts, database: Database, clock: FakeClock, asha: Account, tmp_path: Path
):
    ben = accounts.sign_up("ben@example.com", PASSWORD, "Ben")
    at = int(clock().timestamp() * 1000)
    with database.session():
        for owner, words in ((asha, SECRETS), (ben, [f"a thing Ben said, {n}" for n in range(40)])):
            chat = ChatSessionRow.create(account=owner.id, title=words[0], created_at=at, updated_at=at)
            for position, content in enumerate(words):
                ChatMessageRow.create(chat=chat.id, position=position, role="user", content=content, created_at=at)

    def found(words: str) -> bool:
        return any(words.encode() in file.read_bytes() for file in tmp_path.glob("*.db*"))

    assert all(found(words) for words in (*SECRETS, asha.email))  # the search can find them
    with closing(sqlite3.connect(tmp_path / "app.db")) as other:  # keeps the log from going with the last connection
        other.execute("SELECT COUNT(*) FROM account").fetchall()
        accounts.delete(asha.id, PASSWORD)
        left = [words for words in (*SECRETS, asha.email) if found(words)]
    assert left == []
    with database.session():
        assert [row.id for row in AccountRow.select()] == [ben.id]
        assert ChatMessageRow.select().count() == 40
