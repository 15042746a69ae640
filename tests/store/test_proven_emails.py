"""Accounts by a proven address: the first sign-in of Hugging Face's users, and new passwords by a link."""

import pytest

from backend.accounts import Account, Accounts
from backend.database import Database
from backend.errors import Conflict, Forbidden, NotFound, Unauthorized, ValidationFailed
from backend.models import AccountRow, StudentRow
from backend.proven_emails import LINK_LIFE, HuggingFaceUser, ProvenEmails
from backend.sessions import JUST, Sessions
from tests.store.conftest import PASSWORD, FakeClock, in_parallel

NEW = "a boat on the lake"
HUB = HuggingFaceUser("hub-1", " Asha@Example.com", "Asha")


@pytest.fixture
def proven(database: Database, clock: FakeClock) -> ProvenEmails:
    return ProvenEmails(database, clock, 4)


def test_a_new_address_gets_an_account_without_a_password(proven: ProvenEmails, accounts: Accounts):
    made = proven.sign_in(HUB)
    assert (made.email, made.name, made.has_password) == ("asha@example.com", "Asha", False)
    assert proven.sign_in(HuggingFaceUser("hub-1", "moved@example.com", "Other")) == made, "the same user of the hub"
    for password in ("", PASSWORD):
        with pytest.raises(Unauthorized, match="E-mail or password is wrong"):
            accounts.sign_in("asha@example.com", password)
    with pytest.raises(Conflict):
        accounts.sign_up("asha@example.com", PASSWORD)
    exported = accounts.export(made.id)
    assert exported["account"]["huggingFaceId"] == "hub-1" and exported["account"]["emailProvenAt"]
    assert exported["students"][0]["name"] == "Me"


def test_an_account_whose_address_nobody_proved_goes_to_its_owner(
    proven: ProvenEmails, accounts: Accounts, sessions: Sessions, asha: Account
):
    """Somebody may have made it with another's address and lain in wait."""
    waiting, key, link = sessions.issue(asha.id), accounts.calendar_key(asha.id), proven.link_token(asha.email)
    found = proven.sign_in(HUB)
    assert found.id == asha.id and not found.has_password
    with pytest.raises(Unauthorized):
        sessions.resolve(waiting)
    with pytest.raises(Unauthorized):
        accounts.sign_in(asha.email, PASSWORD)
    with pytest.raises(Unauthorized):
        accounts.account_for_calendar_key(key)
    with pytest.raises(Forbidden):
        proven.set_password(link or "", NEW)


def test_a_proven_account_keeps_its_password_and_sign_ins(
    proven: ProvenEmails, accounts: Accounts, sessions: Sessions, asha: Account
):
    proven.set_password(proven.link_token(asha.email) or "", NEW)
    open_one, key = sessions.issue(asha.id), accounts.calendar_key(asha.id)
    assert proven.sign_in(HUB).id == asha.id
    assert sessions.resolve(open_one) and accounts.account_for_calendar_key(key) == asha.id
    assert accounts.sign_in(asha.email, NEW).has_password


def test_an_account_of_one_user_of_the_hub_is_not_anothers(proven: ProvenEmails):
    proven.sign_in(HUB)
    with pytest.raises(Conflict):
        proven.sign_in(HuggingFaceUser("hub-2", HUB.email, None))


def test_the_same_first_sign_in_at_once_makes_one_account(proven: ProvenEmails, database: Database):
    results = in_parallel(8, lambda _: proven.sign_in(HUB))
    assert len({r.id for r in results}) == 1
    with database.session():
        assert AccountRow.select().count() == StudentRow.select().count() == 1


def test_without_a_password_only_a_recent_sign_in_changes_or_deletes(
    proven: ProvenEmails, accounts: Accounts, sessions: Sessions, clock: FakeClock
):
    made = proven.sign_in(HUB)
    token = sessions.issue(made.id)
    clock.now += JUST
    assert sessions.just_signed_in(sessions.resolve(token))
    clock.advance(seconds=1)
    late = sessions.just_signed_in(sessions.resolve(token))
    assert not late
    for given in (None, "", PASSWORD):
        with pytest.raises(Forbidden, match="Hugging Face"):
            accounts.delete(made.id, given, late)
        with pytest.raises(Forbidden, match="Hugging Face"):
            accounts.update(made.id, current_password=given, new_password=NEW, just_signed_in=late)
    assert accounts.update(made.id, new_password=NEW, just_signed_in=True).has_password
    assert accounts.sign_in(made.email, NEW).id == made.id
    with pytest.raises(Forbidden, match="wrong"):  # now it has one, and a recent sign-in is not enough
        accounts.delete(made.id, None, True)
    accounts.delete(made.id, NEW)
    with pytest.raises(NotFound):
        accounts.get(made.id)


def test_s22_a_link_is_random_stored_hashed_and_good_once(
    proven: ProvenEmails, accounts: Accounts, sessions: Sessions, asha: Account, ben: Account, database: Database
):
    """There are no renewal tokens here; what mails carry keeps to their rules."""
    open_ones, bens = [sessions.issue(asha.id), sessions.issue(asha.id)], sessions.issue(ben.id)
    token = proven.link_token("ASHA@example.com ")
    assert token and len(token) == 43  # 256 random bits
    with database.session():
        row = AccountRow.get_by_id(asha.id)
    assert token not in str(row.__data__) and token not in str(accounts.export(asha.id))
    with pytest.raises(ValidationFailed):
        proven.set_password(token, "12345678")
    results = in_parallel(8, lambda n: proven.set_password(token, f"{NEW} {n}"))
    assert sum(r is None for r in results) == 1 and sum(isinstance(r, Forbidden) for r in results) == 7
    for dead in open_ones:
        with pytest.raises(Unauthorized):
            sessions.resolve(dead)
    assert sessions.resolve(bens).account_id == ben.id
    assert accounts.sign_in(asha.email, f"{NEW} {results.index(None)}")


def test_a_link_lives_half_an_hour_and_a_newer_one_voids_it(
    proven: ProvenEmails, accounts: Accounts, clock: FakeClock, asha: Account
):
    assert proven.link_token("nobody@example.com") is None
    first = proven.link_token(asha.email) or ""
    second = proven.link_token(asha.email) or ""
    clock.now += LINK_LIFE
    for dead in (first, second, "", "x" * 43, "\ud800" * 43, second + "\n"):
        with pytest.raises(Forbidden):
            proven.set_password(dead, NEW)
    third = proven.link_token(asha.email) or ""
    clock.advance(minutes=29)
    proven.set_password(third, NEW)
    assert accounts.sign_in(asha.email, NEW)
