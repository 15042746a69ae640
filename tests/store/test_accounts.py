import json
from datetime import UTC, datetime

import pytest

from backend.accounts import Account, Accounts, normalised_email
from backend.applications import Applications
from backend.catalogue import Catalogue
from backend.database import Database
from backend.errors import Conflict, Forbidden, NotFound, Unauthorized, ValidationFailed
from backend.history import ChatHistory
from backend.models import TABLES, AccountRow, ReportRow
from backend.profile import Profile
from backend.reports import Reports
from backend.sessions import Sessions
from backend.students import Students
from tests.store.conftest import PASSWORD, FakeClock, in_parallel

NEW_PASSWORD = "a boat on the lake"
PROFILE = Profile(level="undergraduate", fields=("science", "law"), disability=False, marks_percent=71.5, age=19)


def counts(database: Database) -> dict[str, int]:
    with database.session():
        return {table._meta.table_name: table.select().count() for table in TABLES}


def test_sign_up_gives_the_account(accounts: Accounts):
    account = accounts.sign_up("  Asha.K@Example.COM ", PASSWORD, "  Asha ")
    assert account == Account(account.id, "asha.k@example.com", "Asha", datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
    assert len(account.id) == 32
    assert accounts.get(account.id) == account


@pytest.mark.parametrize("email", ["", "asha", "asha@", "@example.com", "a b@example.com", "a@b@c.com", "x" * 400 + "@example.com",
                                   "\ud800@example.com", "a\0@example.com", "a@" + "b" * 2_000_000, "asha@[127.0.0.1]"])  # fmt: skip
def test_no_address(accounts: Accounts, email: str):
    with pytest.raises(ValidationFailed):
        accounts.sign_up(email, PASSWORD)
    with pytest.raises(Unauthorized):
        accounts.sign_in(email, PASSWORD)


@pytest.mark.parametrize(
    "email", ["a@example.com", "A@EXAMPLE.ORG", "आशा@example.in", "e\u0301@example.com", "İ@example.com", "a+b@x.test"]
)
def test_s13_normalising_twice_changes_nothing(email: str):
    once = normalised_email(email)
    assert normalised_email(once) == once == once.lower()


def test_s13_an_address_has_one_account(accounts: Accounts, asha: Account, database: Database):
    with pytest.raises(Conflict):
        accounts.sign_up("ASHA@example.com ", NEW_PASSWORD)
    assert counts(database)["account"] == 1


def test_s13_parallel_sign_ups_make_one_account(accounts: Accounts, database: Database):
    results = in_parallel(20, lambda n: accounts.sign_up("asha@example.com" if n % 2 else "Asha@Example.com", PASSWORD))
    assert sum(isinstance(r, Account) for r in results) == 1
    assert sum(isinstance(r, Conflict) for r in results) == 19
    assert counts(database)["account"] == 1


def test_sign_in(accounts: Accounts, asha: Account):
    assert accounts.sign_in("ASHA@example.com", PASSWORD) == asha


def test_s8_s11_unknown_and_wrong_are_told_the_same(accounts: Accounts, asha: Account):
    said = set()
    for email, password in (
        ("asha@example.com", "x"), ("nobody@example.com", PASSWORD), ("nobody", PASSWORD), ("asha@example.com", ""),
        ("asha@example.com", "a\0b"), ("asha@example.com", "\ud800"), ("asha@example.com", "y" * 10_000),
        ("asha@example.com", PASSWORD + "z" * 80),
    ):  # fmt: skip
        with pytest.raises(Unauthorized) as error:
            accounts.sign_in(email, password)
        said.add(error.value.message)
    assert len(said) == 1


def test_s8_a_damaged_hash_is_a_wrong_password(accounts: Accounts, asha: Account, database: Database):
    with database.session():
        AccountRow.update(password_hash="$2b$04$damaged").execute()
    with pytest.raises(Unauthorized):
        accounts.sign_in(asha.email, PASSWORD)
    with pytest.raises(Forbidden):
        accounts.delete(asha.id, PASSWORD)


def test_s9_weaker_hashes_are_renewed_at_sign_in(database: Database, clock: FakeClock, asha: Account):
    stronger = Accounts(database, clock, 5)
    for _ in range(2):
        stronger.sign_in(asha.email, PASSWORD)
        with database.session():
            assert AccountRow.get_by_id(asha.id).password_hash.startswith("$2b$05$")


def test_update_changes_what_is_given(accounts: Accounts, asha: Account):
    assert accounts.update(asha.id, name=" Asha K ").name == "Asha K"
    assert accounts.update(asha.id, name=" ").name is None
    assert accounts.update(asha.id) == accounts.get(asha.id)


def test_s15_a_new_password_ends_the_other_sessions(
    accounts: Accounts, sessions: Sessions, asha: Account, ben: Account
):
    mine, other, bens = sessions.issue(asha.id), sessions.issue(asha.id), sessions.issue(ben.id)
    accounts.update(
        asha.id, current_password=PASSWORD, new_password=NEW_PASSWORD, session_id=sessions.resolve(mine).session_id
    )
    assert sessions.resolve(mine).account_id == asha.id
    assert sessions.resolve(bens).account_id == ben.id
    with pytest.raises(Unauthorized):
        sessions.resolve(other)
    with pytest.raises(Unauthorized):
        accounts.sign_in(asha.email, PASSWORD)
    assert accounts.sign_in(asha.email, NEW_PASSWORD).id == asha.id


@pytest.mark.parametrize("current", [None, "", "wrong", NEW_PASSWORD])
def test_s15_a_new_password_needs_the_current_one(
    accounts: Accounts, sessions: Sessions, asha: Account, current: str | None
):
    other = sessions.issue(asha.id)
    with pytest.raises(Forbidden):
        accounts.update(asha.id, name="Changed", current_password=current, new_password=NEW_PASSWORD)
    assert accounts.get(asha.id).name == "Asha"
    assert sessions.resolve(other)


def test_a_new_password_keeps_to_the_policy(accounts: Accounts, asha: Account):
    with pytest.raises(ValidationFailed):
        accounts.update(asha.id, current_password=PASSWORD, new_password="12345678")
    assert accounts.sign_in(asha.email, PASSWORD)


def fill(account: Account, applications: Applications, history: ChatHistory, reports: Reports, sessions: Sessions,
         accounts: Accounts, students: Students, catalogue: Catalogue) -> None:  # fmt: skip
    """One row, at least, in every table, with the account's name planted in each text."""
    name = f"planted-{account.name}"
    record = catalogue.scholarships[0]
    accounts.update(account.id, name=name)
    students.update(account.id, account.id, profile=PROFILE)
    students.add(account.id, f"{name} sister", Profile(state=f"{name} state"))
    accounts.calendar_key(account.id)
    sessions.issue(account.id)
    saved = applications.save(account.id, record.id, {"notes": f"{name} notes", "reference": f"{name} reference"})
    applications.update(account.id, saved.id, {"portal_status": f"{name} portal"})
    _, message = history.append(account.id, None, f"{name} question", f"{name} answer", {"intent": f"{name} details"})
    history.feedback(account.id, message, "up", f"{name} comment")
    reports.add(record.id, f"{name} reason", f"{name} more", account.id)


def test_s58_export_holds_everything_of_mine_and_nothing_of_others(
    accounts: Accounts,
    applications,
    history,
    reports,
    sessions,
    students,
    catalogue,
    database: Database,
    asha: Account,
    ben: Account,
):
    for account in (asha, ben):
        fill(account, applications, history, reports, sessions, accounts, students, catalogue)
    exported = accounts.export(asha.id)
    text = json.dumps(exported)
    for planted in (
        "notes",
        "reference",
        "portal",
        "question",
        "answer",
        "details",
        "comment",
        "reason",
        "more",
        "sister",
        "state",
    ):
        assert f"planted-Asha {planted}" in text
    assert "Ben" not in text
    assert ben.id not in text
    assert "$2b$" not in text
    assert exported["students"][0]["profile"]["marksPercent"] == 71.5
    assert datetime.fromisoformat(exported["account"]["createdAt"]) == asha.created_at
    with database.session():
        for table in TABLES:  # an id of each table's row of Asha's stands in the export, but for parts of another row
            part_of_another = table._meta.table_name in ("application_event", "chat_feedback")
            ids = [row.id for row in table.select()]
            assert len(ids) >= 2
            assert part_of_another or any(i in text for i in ids)


def test_s21_s59_delete_takes_everything_of_mine_and_nothing_of_others(
    accounts: Accounts,
    applications,
    history,
    reports,
    sessions,
    students,
    catalogue,
    database: Database,
    asha: Account,
    ben: Account,
):
    fill(ben, applications, history, reports, sessions, accounts, students, catalogue)
    others = counts(database) | {"account": 1, "student": 2}
    fill(asha, applications, history, reports, sessions, accounts, students, catalogue)
    reports.add("x", "of a guest", None)
    token = sessions.issue(asha.id)
    with pytest.raises(Forbidden):
        accounts.delete(asha.id, "wrong")
    assert sessions.resolve(token)
    accounts.delete(asha.id, PASSWORD)
    assert counts(database) == others | {"report": others["report"] + 1}
    with database.session():
        assert ReportRow.select().where(ReportRow.account.is_null()).count() == 1
    with pytest.raises(Unauthorized):
        sessions.resolve(token)
    with pytest.raises(Unauthorized):
        accounts.sign_in(asha.email, PASSWORD)
    for call in (accounts.get, accounts.export, accounts.calendar_key, accounts.renew_calendar_key):
        with pytest.raises(NotFound):
            call(asha.id)
    with pytest.raises(NotFound):
        accounts.delete(asha.id, PASSWORD)
    with pytest.raises(NotFound):
        accounts.update(asha.id, name="back")


def test_calendar_keys(accounts: Accounts, asha: Account, ben: Account):
    key = accounts.calendar_key(asha.id)
    assert accounts.calendar_key(asha.id) == key != accounts.calendar_key(ben.id)
    assert accounts.account_for_calendar_key(key) == asha.id
    fresh = accounts.renew_calendar_key(asha.id)
    assert accounts.account_for_calendar_key(fresh) == asha.id
    for wrong in (key, "", "x" * 32, key + "\n", fresh[:-1], "\0" * 32, "\ud800" * 32, "x" * 2_000_000):
        with pytest.raises(Unauthorized):
            accounts.account_for_calendar_key(wrong)


def test_two_first_uses_at_once_give_one_calendar_key(accounts: Accounts, asha: Account):
    assert len(set(in_parallel(8, lambda _: accounts.calendar_key(asha.id)))) == 1


def test_the_export_holds_titles_messages_and_thumbs(accounts: Accounts, history: ChatHistory, asha: Account):
    chat, answer = history.append(asha.id, None, "q", "a", {})
    history.change(asha.id, chat, title="My plan")
    history.feedback(asha.id, answer, "down", "old", ["wrong_fact"])
    (exported,) = accounts.export(asha.id)["chats"]
    assert exported["title"] == "My plan" and exported["updatedAt"]
    assert [m["content"] for m in exported["messages"]] == ["q", "a"]
    (thumb,) = exported["messages"][1]["feedback"]
    assert (thumb["rating"], thumb["reasons"], thumb["comment"]) == ("down", ["wrong_fact"], "old")
