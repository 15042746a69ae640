import pytest

from backend.accounts import Account, Accounts
from backend.applications import Applications
from backend.catalogue import Catalogue
from backend.errors import Conflict, NotFound
from backend.history import ChatHistory
from backend.profile import Profile
from backend.sessions import Sessions
from backend.students import MOST, Students
from tests.store.conftest import FakeClock, in_parallel

PROFILE = Profile(level="school", state="Bihar")


def test_an_account_begins_with_one_student(students: Students, asha: Account, ben: Account):
    (me,) = students.list(asha.id)
    assert (me.id, me.name, me.profile, me.remember_profile) == (asha.id, "Me", Profile(), False)
    sister = students.add(asha.id, "Meena", PROFILE)
    assert [s.name for s in students.list(asha.id)] == ["Me", "Meena"]
    assert students.get(asha.id, sister.id).profile == PROFILE
    for call in (
        lambda: students.get(ben.id, sister.id),
        lambda: students.update(ben.id, sister.id, name="Mine"),
        lambda: students.learn(ben.id, sister.id, PROFILE),
        lambda: students.choose(ben.id, sister.id, "x"),
        lambda: students.delete(ben.id, sister.id),
        lambda: students.get(asha.id, "f" * 32),
        lambda: students.add("f" * 32, "Nobody", PROFILE),
    ):
        with pytest.raises(NotFound):
            call()
    assert students.get(asha.id, sister.id) == sister


def test_changes_of_different_fields_at_once_both_stay(students: Students, asha: Account):
    in_parallel(2, lambda n: students.update(asha.id, asha.id, **({"name": "Asha"} if n else {"profile": PROFILE})))
    assert (students.get(asha.id, asha.id).name, students.get(asha.id, asha.id).profile) == ("Asha", PROFILE)


def test_there_are_at_most_ten(students: Students, asha: Account):
    results = in_parallel(MOST + 2, lambda n: students.add(asha.id, f"s{n}", Profile()))
    assert sum(isinstance(r, Conflict) for r in results) == 3, results
    assert len(students.list(asha.id)) == MOST


def test_chats_add_to_the_profile_only_with_consent(accounts: Accounts, students: Students, asha: Account):
    bihar = Profile(state="Bihar", family_income=2e5, income_currency="INR")
    sister = students.add(asha.id, "Meena", Profile(level="school", gender="female"))
    students.learn(asha.id, sister.id, bihar, ["gender"])
    assert students.get(asha.id, sister.id) == sister
    students.update(asha.id, sister.id, remember_profile=True)
    students.learn(asha.id, sister.id, bihar, ["gender"])
    changed = students.get(asha.id, sister.id)
    assert changed.profile == Profile(level="school", state="Bihar", family_income=2e5, income_currency="INR")
    students.learn(asha.id, sister.id, Profile(), ["family_income"])
    assert students.get(asha.id, sister.id).profile == PROFILE
    assert students.get(asha.id, asha.id).profile == Profile(), "of nobody else"
    consents = {x["id"]: x["rememberProfile"] for x in accounts.export(asha.id)["students"]}
    assert consents == {asha.id: False, sister.id: True}


def test_each_has_chats_and_applications_which_go_with_them(
    accounts: Accounts,
    students: Students,
    sessions: Sessions,
    applications: Applications,
    history: ChatHistory,
    catalogue: Catalogue,
    asha: Account,
    clock: FakeClock,
):
    sister = students.add(asha.id, "Meena", PROFILE)
    record = catalogue.scholarships[0].id
    mine = applications.save(asha.id, record)
    hers = applications.save(asha.id, record, student_id=sister.id)
    assert mine.id != hers.id
    assert [a.id for a in applications.list(asha.id, sister.id)] == [hers.id]
    assert len(applications.list(asha.id)) == 2 and applications.saved_ids(sister.id) == {record}
    history.append(asha.id, None, "of me", "a", {})
    history.append(asha.id, None, "of Meena", "a", {}, sister.id)
    assert [c.title for c in history.sessions(asha.id, student_id=sister.id)] == ["of Meena"]
    assert history.messages(asha.id, student_id=asha.id)[1] == 2 and history.messages(asha.id)[1] == 4
    token = sessions.issue(asha.id)
    caller = sessions.resolve(token)
    assert caller.student_id == asha.id
    students.choose(asha.id, sister.id, caller.session_id)
    assert sessions.resolve(token).student_id == sister.id
    assert sessions.resolve(sessions.issue(asha.id)).student_id == asha.id, "chosen for one sign-in"
    students.delete(asha.id, sister.id)
    assert sessions.resolve(token).student_id == asha.id
    assert [a.id for a in applications.list(asha.id)] == [mine.id]
    assert [c.title for c in history.sessions(asha.id)] == ["of me"]
    assert "Meena" not in str(accounts.export(asha.id))
    with pytest.raises(Conflict):
        students.delete(asha.id, asha.id)
    history.delete_all(asha.id, asha.id)
    assert history.sessions(asha.id) == []
