from datetime import UTC, date, datetime

import pytest

from backend.accounts import Account, Accounts
from backend.applications import Applications
from backend.catalogue import Catalogue, Scholarship
from backend.database import Database
from backend.errors import NotFound, ValidationFailed
from backend.models import ApplicationRow
from backend.tracker.state import Application, ChecklistItem
from tests.store.conftest import PASSWORD, FakeClock, in_parallel

NOW = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def record(catalogue: Catalogue) -> Scholarship:
    return next(r for r in catalogue.scholarships if len(r.requirements) >= 3)


@pytest.fixture
def saved(applications: Applications, asha: Account, record: Scholarship) -> Application:
    return applications.save(asha.id, record.id)


def test_saving_takes_the_requirements_as_checklist_and_keeps_the_facts(saved: Application, record: Scholarship):
    assert tuple(i.text for i in saved.checklist) == record.requirements
    assert len({i.id for i in saved.checklist}) == len(saved.checklist)
    assert (saved.scholarship_id, saved.status, saved.progress) == (record.id, "saved", 0)
    assert [(e.at, e.what, e.kind) for e in saved.events] == [(NOW, "saved", "saved")]
    assert saved.created_at == saved.updated_at == NOW
    assert saved.saved_facts == {
        "name": record.name, "provider": record.provider, "award": record.award, "deadline": record.deadline,
        "applicationUrl": record.application_url, "sourceUrl": record.source_url,
    }  # fmt: skip


def test_saving_with_changes(applications: Applications, asha: Account, record: Scholarship):
    saved = applications.save(asha.id, record.id, {"status": "preparing", "notes": "call the school"})
    assert (saved.status, saved.notes) == ("preparing", "call the school")
    assert applications.save(asha.id, record.id, {"notes": "called"}).notes == "called"


def test_refused_changes_save_nothing(applications: Applications, asha: Account, record: Scholarship):
    with pytest.raises(ValidationFailed):
        applications.save(asha.id, record.id, {"status": "won"})
    assert applications.list(asha.id) == []


def test_saving_twice_gives_the_same_one(applications: Applications, asha: Account, saved: Application):
    applications.update(asha.id, saved.id, {"notes": "mine"})
    again = applications.save(asha.id, saved.scholarship_id)
    assert (again.id, again.notes) == (saved.id, "mine")


def test_saving_at_once_makes_one(applications: Applications, asha: Account, record: Scholarship):
    results = in_parallel(10, lambda n: applications.save(asha.id, record.id, {"notes": str(n)}))
    assert len({r.id for r in results}) == 1
    assert [a.id for a in applications.list(asha.id)] == [results[0].id]
    assert len(applications.list(asha.id)[0].events) == 11


def test_unknown_scholarships_and_accounts(
    applications: Applications, accounts: Accounts, asha: Account, record: Scholarship
):
    for unknown in ("nothing", "", "a\0b", "\ud800"):
        with pytest.raises(NotFound):
            applications.save(asha.id, unknown)
    accounts.delete(asha.id, PASSWORD)
    with pytest.raises(NotFound):
        applications.save(asha.id, record.id)


def test_each_change_is_a_dated_event_in_order(
    applications: Applications, clock: FakeClock, asha: Account, saved: Application
):
    clock.advance(days=1)
    changes = {
        "status": "submitted", "portal_status": "received", "target_date": date(2026, 10, 20), "notes": "sent by post",
        "reference": "A-17", "amount_awarded": 123_456_789.25,
    }  # fmt: skip
    changed = applications.update(asha.id, saved.id, changes)
    assert all(getattr(changed, name) == value for name, value in changes.items())
    assert changed == applications.get(asha.id, saved.id)
    assert changed.updated_at == clock() == changed.events[1].at
    assert [e.what for e in changed.events] == [
        "saved", "status: saved → submitted", "portal status changed", "target date: 2026-10-20", "notes changed",
        "reference changed", "amount awarded changed",
    ]  # fmt: skip
    same = applications.update(asha.id, saved.id, changes)
    assert same.events == changed.events
    emptied = applications.update(asha.id, saved.id, dict.fromkeys(list(changes)[1:]))
    assert (emptied.target_date, emptied.notes, emptied.reference, emptied.amount_awarded) == (None, "", None, None)


def test_checklist_and_progress(applications: Applications, asha: Account, saved: Application):
    items = [
        {"id": saved.checklist[0].id, "text": "Marksheet", "done": True, "lead_days": None},
        {"id": None, "text": "Income certificate", "done": False, "lead_days": 15},
        {"text": "Photo", "done": True},
    ]
    changed = applications.update(asha.id, saved.id, {"checklist": items})
    assert changed.checklist[0] == ChecklistItem(saved.checklist[0].id, "Marksheet", True)
    assert (changed.checklist[1].text, changed.checklist[1].lead_days) == ("Income certificate", 15)
    assert changed.progress == 0.67
    assert changed.events[-1].what == "checklist: 2 of 3 done"
    assert applications.update(asha.id, saved.id, {"checklist": None}).progress == 0


@pytest.mark.parametrize(
    "changes", [{"status": "won"}, {"status": None}, {"account": "x"}, {"notes": "kept?", "id": "x"}]
)
def test_changes_that_are_refused_change_nothing(
    applications: Applications, clock: FakeClock, asha: Account, saved: Application, changes
):
    clock.advance(days=1)
    with pytest.raises(ValidationFailed):
        applications.update(asha.id, saved.id, changes)
    assert applications.get(asha.id, saved.id) == saved


def test_changes_at_once_are_all_kept(applications: Applications, asha: Account, saved: Application):
    changes = [
        {"notes": "n"},
        {"reference": "r"},
        {"portal_status": "p"},
        {"amount_awarded": 5.0},
        {"status": "preparing"},
    ]
    in_parallel(5, lambda n: applications.update(asha.id, saved.id, changes[n]))
    found = applications.get(asha.id, saved.id)
    for change in changes:
        assert all(getattr(found, name) == value for name, value in change.items())
    assert len(found.events) == 6


def test_newest_first(applications: Applications, catalogue: Catalogue, clock: FakeClock, asha: Account):
    ids = [r.id for r in catalogue.scholarships[:3]]
    for scholarship_id in ids:
        applications.save(asha.id, scholarship_id)
        clock.advance(seconds=1)
    listed = applications.list(asha.id)
    assert [a.scholarship_id for a in listed] == ids[::-1]
    assert listed[0] == applications.get(asha.id, listed[0].id)
    assert applications.saved_ids(asha.id) == frozenset(ids)


def test_delete(applications: Applications, asha: Account, saved: Application, record: Scholarship):
    applications.delete(asha.id, saved.id)
    with pytest.raises(NotFound):
        applications.delete(asha.id, saved.id)
    applications.save(asha.id, record.id)
    for _ in range(2):
        applications.delete_for_scholarship(asha.id, record.id)
    assert applications.saved_ids(asha.id) == frozenset()


def test_s60_anothers_application_looks_like_none(
    applications: Applications, asha: Account, ben: Account, saved: Application
):
    said = set()
    for application_id in (saved.id, "0" * 32):
        for call in (
            lambda i: applications.get(ben.id, i),
            lambda i: applications.update(ben.id, i, {"notes": "of Ben"}),
            lambda i: applications.delete(ben.id, i),
        ):
            with pytest.raises(NotFound) as error:
                call(application_id)
            said.add(error.value.message)
    assert len(said) == 1
    applications.delete_for_scholarship(ben.id, saved.scholarship_id)
    assert applications.list(ben.id) == []
    assert applications.get(asha.id, saved.id) == saved


def test_two_people_save_one_scholarship(applications: Applications, ben: Account, saved: Application):
    assert applications.save(ben.id, saved.scholarship_id).id != saved.id


def test_facts_stay_when_the_record_goes(database: Database, clock: FakeClock, asha: Account, saved: Application):
    emptied = Applications(database, Catalogue((), {}, "none"), clock)
    assert emptied.list(asha.id) == [saved]
    with database.session():
        assert ApplicationRow.select().count() == 1
