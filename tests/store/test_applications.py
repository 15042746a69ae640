from datetime import UTC, date, datetime

import pytest

from backend.accounts import Account, Accounts
from backend.applications import Applications
from backend.catalogue import Catalogue, Scholarship
from backend.database import Database
from backend.errors import NotFound, ValidationFailed
from backend.models import ApplicationEventRow, ApplicationRow
from backend.tracker import actions, browser
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


def test_sessions_at_once_lose_nothing(
    applications: Applications, catalogue: Catalogue, asha: Account, record: Scholarship, clock: FakeClock
):
    """Twelve threads on one tracker: saves, ticks, notes, undo, deletion and restoring, imports of one browser."""
    world = applications.world()
    others = [r.id for r in catalogue.scholarships[:4] if r.id != record.id][:3]
    saved = applications.save(asha.id, record.id)
    kept = browser.apply([], actions.Save(record.id, {"notes": "from the browser"}), world).outcome.applications

    def work(n: int) -> object:
        kind = n % 6
        if kind == 0:
            return applications.update(asha.id, saved.id, {"add_item": f"item {n}"})
        if kind == 1:
            return [applications.save(asha.id, o, {"reference": str(n)}) for o in others]
        if kind == 2:
            return applications.act(asha.id, actions.Import(kept))
        if kind == 3:
            return applications.act(asha.id, actions.Tick("income-certificate", True))
        if kind == 4:
            other = Applications(applications._database, catalogue, clock)
            return other.update(asha.id, saved.id, {"ticks": {saved.checklist[0].id: True}})
        return applications.act(asha.id, actions.Seen())

    results = in_parallel(12, work)
    assert not [r for r in results if isinstance(r, Exception)]
    held = {a.scholarship_id: a for a in applications.list(asha.id)}
    assert set(held) == {record.id, *others}
    mine = held[record.id]
    assert {"item 0", "item 6"} <= {i.text for i in mine.checklist} and mine.checklist[0].done
    assert mine.notes == "from the browser" and {e.id for e in kept[0].events} <= {e.id for e in mine.events}
    assert sum(e.kind == "merged" for e in mine.events) == 1
    for a in held.values():
        assert len({e.id for e in a.events}) == len(a.events)
    with applications._database.session():
        positions = [
            p
            for (p,) in ApplicationEventRow.select(ApplicationEventRow.position)
            .where(ApplicationEventRow.application == mine.id)
            .tuples()
        ]
    assert sorted(positions) == list(range(len(mine.events)))


def test_deleted_for_thirty_days_then_gone_for_good(
    applications: Applications, database: Database, clock: FakeClock, asha: Account, saved: Application
):
    applications.delete(asha.id, saved.id)
    assert applications.list(asha.id) == [] and applications.saved_ids(asha.id) == frozenset()
    (gone,) = applications.deleted(asha.id)
    assert gone.id == saved.id
    clock.advance(days=29)
    assert applications.act(asha.id, actions.Undo(saved.id)).changed.id == saved.id  # type: ignore[union-attr]
    applications.delete(asha.id, saved.id)
    clock.advance(days=30)
    assert applications.deleted(asha.id) == []
    with pytest.raises(NotFound):
        applications.act(asha.id, actions.Restore(saved.id))
    applications.sweep()
    with database.session():
        assert ApplicationRow.select().count() == 0 == ApplicationEventRow.select().count()


def test_what_was_worked_out_is_new_after_every_change(
    applications: Applications, clock: FakeClock, asha: Account, ben: Account, saved: Application
):
    def shown(account: Account) -> list[bytes]:
        return list(
            applications.worked_out(account.id, None, "list", lambda p: f"{p.application.notes}|{p.due.on}".encode())
        )

    before = shown(asha)
    assert shown(asha) == before and shown(ben) == []
    applications.update(asha.id, saved.id, {"notes": "new"})
    assert shown(asha)[0].startswith(b"new|")
    applications.update(asha.id, saved.id, {"target_date": date(2026, 10, 20)})
    assert shown(asha) == [b"new|2026-10-20"]
    applications.delete(asha.id, saved.id)
    assert shown(asha) == []
